"""What was read, kept: reports, their readings, stories, matters through time, corrections. Nothing that was known is overwritten."""
