"""`python -m dragoman`."""

from dragoman.cli.app import app

app()
