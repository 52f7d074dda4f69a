"""The accuracy gate: the project's own annotated texts, a scorer, floors."""
