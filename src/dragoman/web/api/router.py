"""The HTTP API, version 1: the same questions as on the command line, under the same names."""

from __future__ import annotations

from fastapi import APIRouter, Depends

from dragoman.web.api import affairs, answers, corrections, docs, reports, stream
from dragoman.web.api.strict import known_parameters

router = APIRouter(prefix="/api/v1", dependencies=[Depends(known_parameters)])
for _room in (answers, affairs, reports, corrections, stream, docs):
    router.include_router(_room.router)
