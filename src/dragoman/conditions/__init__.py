"""No X until Y."""
