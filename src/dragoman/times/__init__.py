"""Dates, times, durations: found and normalised."""
