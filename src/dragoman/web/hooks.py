"""Webhooks: what moved, signed and sent to an address, as https://www.standardwebhooks.com has it; never into a private network unless the desk is told to."""

from __future__ import annotations

import base64
import hmac
import ipaddress
import json
import time
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

import httpcore
import httpx

from dragoman.answers.moved import Moved
from dragoman.errors import InputError
from dragoman.intake.fetch import NotPublicError, Over, PublicOnly, check_address, is_public
from dragoman.ledger.watches import SECRET, Watch
from dragoman.web.pages import source_url

AGENT = "Dragoman (webhook)"
SECONDS = 10.0  # for an answer
ANSWER = 200  # characters of what came of a try that are kept

type Network = ipaddress.IPv4Network | ipaddress.IPv6Network
type Allowed = Callable[[str], bool]


def allowed_by(networks: Sequence[Network]) -> Allowed:
    """Which addresses may be told: public ones, and those of some networks."""

    def allowed(address: str) -> bool:
        try:
            told = ipaddress.ip_address(address.partition("%")[0])
        except ValueError:
            return False
        return is_public(address) or any(told in n for n in networks)

    return allowed


def check_hook(url: str, allowed: Allowed) -> None:
    """That an address can be told at all. A host's name is looked up when it is told, each time anew.

    Raises:
        InputError: If it is no web address, or one of this machine or a private network.
    """
    check_address(url)
    host = urlsplit(url).hostname or ""
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return
    if not allowed(host):
        raise InputError(f"{host} is an address of this machine or of a private network; such are told only where DRAGOMAN_DESK_HOOK_NETWORKS names the network.")


def message(watch: Watch, moved: Sequence[Moved]) -> bytes:
    """What is sent: JSON, with the address of every sentence on the desk; the same when it is tried again."""
    about = {k: v for k, v in (("a", watch.about.a), ("b", watch.about.b), ("affair", watch.about.affair)) if v is not None}
    rows = [{**m.model_dump(mode="json"), "headline": m.headline(), "path": source_url(m.source)} for m in moved]
    told: dict[str, Any] = {"type": "dragoman.moved", "timestamp": max(m.known for m in moved).isoformat(), "data": {"watch": watch.id, "about": about, "moved": rows}}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def signed(secret: str, id: str, at: int, body: bytes) -> str:
    """The signature of a message: HMAC-SHA256 over its id, the second and the body, with the watch's secret.

    Args:
        secret: As it was shown: `whsec_` and Base64.
        id: The message's id, the same when it is tried again.
        at: Seconds since 1970.
        body: As it is sent.
    """
    key = base64.b64decode(secret.removeprefix(SECRET))
    return "v1," + base64.b64encode(hmac.new(key, f"{id}.{at}.".encode() + body, "sha256").digest()).decode()


def send(url: str, secret: str, id: str, body: bytes, *, allowed: Allowed, backend: httpcore.NetworkBackend | None = None) -> str | None:
    """Send a message. No redirect is followed, and of the answer nothing but its status is looked at.

    Args:
        url: Where to.
        secret: Signs it.
        id: Its id.
        body: The message.
        allowed: Which addresses may be connected to.
        backend: Connects; None: to such addresses only.

    Returns:
        None where it was taken; else why it was not, for a person.
    """
    at = int(time.time())
    headers = {"User-Agent": AGENT, "Content-Type": "application/json", "webhook-id": id, "webhook-timestamp": str(at), "webhook-signature": signed(secret, id, at, body)}
    try:
        with (
            httpx.Client(transport=Over(backend or PublicOnly(allowed=allowed)), timeout=SECONDS, follow_redirects=False) as client,
            client.stream("POST", url, content=body, headers=headers) as response,
        ):
            return None if response.is_success else f"The address answered {response.status_code}."
    except NotPublicError as error:
        return str(error)[:ANSWER]
    except (httpx.HTTPError, httpx.InvalidURL, httpcore.ConnectError) as error:
        return f"It could not be reached: {error or type(error).__name__}."[:ANSWER]
