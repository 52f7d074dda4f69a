"""Files, pages, lines and streams to reports: one format a file."""
