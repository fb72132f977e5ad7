"""One file for each set of examples."""
