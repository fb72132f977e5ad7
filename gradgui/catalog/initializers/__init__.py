"""One file for each way to draw the first weights."""
