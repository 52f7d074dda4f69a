"""Bringing a ledger's tables to a version: Alembic, with the migrations in `migrations/versions`."""

from __future__ import annotations

import logging
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

FOLDER = Path(__file__).with_name("migrations")


def migrate(connection: Connection, version: str) -> None:
    """Run every migration up to a version, within the caller's transaction."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    command.upgrade(config(connection), version)


def config(connection: Connection) -> Config:
    """Alembic's configuration for a connection that is already open."""
    made = Config()
    made.set_main_option("script_location", str(FOLDER))
    made.attributes["connection"] = connection
    return made
