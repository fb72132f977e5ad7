"""Scripts, tables and pictures made from an experiment."""
