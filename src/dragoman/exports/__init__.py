"""Records to what people and programs look at: terminal, page, notebook, tables."""
