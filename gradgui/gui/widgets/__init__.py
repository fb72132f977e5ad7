"""Small parts that know no document: buttons, labels, panes, formulas."""
