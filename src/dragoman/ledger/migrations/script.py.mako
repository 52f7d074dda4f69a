"""${message}."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from dragoman.errors import LedgerError
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    """${message}."""
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    """A ledger is never taken back to an older version."""
    raise LedgerError("A ledger is never taken back to an older version. Go on with a copy that was made before.")
