"""How well stories are told apart: rewrites made of the own reports, and a week of short reports."""
