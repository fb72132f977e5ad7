"""Wires between the session and the panes: one file for each pane or purpose, each a few connections."""
