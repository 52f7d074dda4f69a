"""Disputes, agreements, sanctions, negotiations, hostilities, relations, and where they stand."""
