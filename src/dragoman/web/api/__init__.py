"""The HTTP API, version 1: a file a kind of question, put together in `router.py`."""
