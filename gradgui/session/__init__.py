"""What is going on: the worker thread, the snapshots and the cursor through time."""
