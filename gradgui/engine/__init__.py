"""How a network learns: one tape over preallocated NumPy buffers."""
