"""What gradgui can do without a window: one file for each command."""
