"""The lesson pane."""
