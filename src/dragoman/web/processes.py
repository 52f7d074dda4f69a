"""The desk in several processes, for a machine with several processors: each of them answers; the one that started them reads what was accepted and tells whoever watches."""

from __future__ import annotations

import json
import os
from contextlib import closing
from typing import Any

import uvicorn

from dragoman.answers.ledger import Ledger
from dragoman.web.deliveries import Deliveries
from dragoman.web.desk import Desk, DeskSettings
from dragoman.web.hooks import allowed_by
from dragoman.web.works import Works

PATIENCE = 60  # seconds until a process that says nothing is taken for dead: a busy one may be slow to answer


def serve_in(settings: DeskSettings, number: int, **options: Any) -> None:
    """Open the desk in so many processes until it is told to close; what was accepted is then finished or goes on at the next start.

    Args:
        settings: What the desk is told; the processes find it in their environment.
        number: Processes that answer.
        options: For uvicorn.

    Raises:
        LedgerError: If the ledger cannot be opened.
    """
    with closing(Ledger(settings.ledger)) as ledger:
        desk = Desk(settings, ledger)
        errands = (Works(desk), Deliveries(ledger, allowed_by(settings.hook_networks), settings.hook_tries))
        os.environ.update(environment(settings.model_copy(update={"errands": False})))
        for errand in errands:
            errand.start()
        try:
            uvicorn.run("dragoman.web.app:opened", factory=True, workers=number, timeout_worker_healthcheck=PATIENCE, **options)
        finally:
            for errand in errands:
                errand.stop()
            desk.close()


def environment(settings: DeskSettings) -> dict[str, str]:
    """Settings as environment variables."""
    prefix = str(DeskSettings.model_config.get("env_prefix", ""))
    return {f"{prefix}{name}".upper(): told if isinstance(told, str) else json.dumps(told) for name, told in settings.model_dump(mode="json").items()}
