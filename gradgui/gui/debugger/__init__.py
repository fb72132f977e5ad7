"""The step-through debugger: timeline, events, formula, report."""
