"""What the desk is told when it is opened, and what every page can reach: the ledger, the reader, the tokens."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pydantic import Field, IPvAnyNetwork
from pydantic_settings import BaseSettings, SettingsConfigDict

from dragoman.answers.ledger import Ledger

if TYPE_CHECKING:
    from dragoman.pipeline import Reader


AT_ONCE = 2  # answers that a process works out at once: more would only wait for each other, each with its own connection and its own memory


class DeskSettings(BaseSettings):
    """Settings of the desk; each can be given as an environment variable with the prefix `DRAGOMAN_DESK_`."""

    model_config = SettingsConfigDict(env_prefix="DRAGOMAN_DESK_", frozen=True, extra="forbid")

    ledger: str = Field(default="ledger.db", description="The ledger: a file, or a database URL.")
    host: str = Field(default="127.0.0.1", description="The address to listen at. Any other than loopback asks readers for a token, unless `open_reading` is set.")
    port: int = Field(default=8710, ge=0, le=65535, description="The port; 0 takes a free one.")
    root_path: str = Field(default="", description="The path under which a reverse proxy shows the desk.")
    trusted_proxies: tuple[str, ...] = Field(default=(), description="Addresses of reverse proxies whose X-Forwarded headers are believed.")
    open_reading: bool = Field(default=False, description="Whether anybody who reaches the desk may read, though it listens at more than loopback.")
    upload_bytes: int = Field(default=5_000_000, ge=1_000, description="The largest body that is taken in.")
    upload_seconds: float = Field(default=30.0, gt=0, description="How long a body may take to come, and a URL to be fetched.")
    workers: int = Field(default=1, ge=1, description="Processes that answer; more than one pays on a machine with several processors.")
    errands: bool = Field(default=True, description="Whether this process reads what was accepted and tells whoever watches; of several, one does.")
    requests_a_minute: int = Field(default=600, ge=1, description="Requests that one client may make in a minute; writing counts ten times.")
    hook_networks: tuple[IPvAnyNetwork, ...] = Field(default=(), description="Private networks whose hosts may be told by webhook too, such as 10.0.0.0/8.")
    hook_tries: int = Field(default=8, ge=1, le=20, description="Tries after which a webhook is given up; the waits between them grow from ten seconds to twelve hours.")
    public_metrics: bool = Field(default=False, description="Whether anybody may read /metrics; else who comes from this machine, or with a token.")

    @property
    def is_local(self) -> bool:
        """Whether only this machine reaches it."""
        return self.host in ("127.0.0.1", "::1", "localhost")

    @property
    def asks_readers(self) -> bool:
        """Whether reading needs a token."""
        return not self.is_local and not self.open_reading


@dataclass
class Desk:
    """What every page can reach."""

    settings: DeskSettings
    ledger: Ledger
    turn: threading.Lock = field(default_factory=threading.Lock)  # held while a report is read: reading takes a whole core, so two at once would only slow the pages
    places: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    long_places: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _reader: Reader | None = None

    @property
    def reader(self) -> Reader:
        """The reader, built when it is first needed, in a process of its own: it takes a second and 600 MB, and pages must not wait for it."""
        with self._lock:
            if self._reader is None:
                from dragoman.engines.apart import ReaderApart

                self._reader = ReaderApart()
            return self._reader

    def close(self) -> None:
        """End what the desk itself began."""
        from dragoman.engines.apart import ReaderApart

        if isinstance(self._reader, ReaderApart):
            self._reader.close()
