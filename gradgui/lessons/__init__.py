"""Lessons as values: loader, expressions, goals."""
