"""What Alembic runs: the migrations, on the connection that it was given."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context

from dragoman.ledger.moments import Moment
from dragoman.ledger.tables import metadata


def _rendered(kind: str, item: Any, _: Any) -> str | Literal[False]:
    """A migration names no type of ours: it must run as it is when the type has changed."""
    return "sa.DateTime()" if kind == "type" and isinstance(item, Moment) else False


connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, transactional_ddl=False, render_item=_rendered)
context.run_migrations()
