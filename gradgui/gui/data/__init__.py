"""The data pane: points, decision map and the model's answer."""
