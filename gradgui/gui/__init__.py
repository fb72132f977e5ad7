"""What is seen: one window and its panes."""
