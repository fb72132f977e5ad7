"""Sheets of paper for the classroom: worksheets and teacher's pages as PDF."""
