"""In front of a class: polls by show of hands."""
