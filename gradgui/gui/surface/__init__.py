"""The loss as a landscape: in three dimensions, or as a map where the screen cannot do that."""
