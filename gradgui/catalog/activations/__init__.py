"""One file for each activation function."""
