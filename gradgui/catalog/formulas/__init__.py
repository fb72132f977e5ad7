"""Classic landscapes: formulas with two parameters, for races and for looking."""
