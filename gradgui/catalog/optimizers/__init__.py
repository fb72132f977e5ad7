"""One file for each optimiser."""
