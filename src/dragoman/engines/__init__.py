"""Reading mapped over many reports."""
