"""The network pane: nodes, links and what can be done to them."""
