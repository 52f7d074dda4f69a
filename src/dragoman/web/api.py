"""The HTTP API, version 1: the same questions as on the command line, under the same names."""

from __future__ import annotations

from fastapi import APIRouter, Depends

from dragoman.web import api_affairs, api_answers, api_corrections, api_docs, api_reports, api_stream
from dragoman.web.api_strict import known_parameters

router = APIRouter(prefix="/api/v1", dependencies=[Depends(known_parameters)])
for _room in (api_answers, api_affairs, api_reports, api_corrections, api_stream, api_docs):
    router.include_router(_room.router)
