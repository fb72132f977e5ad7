"""The loss surface in three dimensions, and its flat twin."""
