"""A page by its URL: only public addresses, only so much, only so long, only where robots.txt lets one."""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx
from protego import Protego

from dragoman.errors import InputError

AGENT = "Dragoman/0.1 (reads news reports that a person names; one page at a time)"
REDIRECTS = 5
ROBOTS_BYTES = 500_000  # source: RFC 9309, 2.5 asks for at least 500 KiB
STEP = 10.0  # seconds that a connection may be silent

type Resolve = Callable[[str, int], list[str]]


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came.

    Attributes:
        url: Where it was in the end.
        raw: Its bytes, unpacked.
        type: The media type that the server named, without parameters; empty where it named none.
    """

    url: str
    raw: bytes
    type: str


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, as the machine's resolver gives them."""
    try:
        return [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError(f"{host} is not known ({error})") from error


class PublicOnly(httpcore.NetworkBackend):
    """Connects to public addresses only; the address that is checked is the one that is connected to, so that a name cannot change its mind in between."""

    def __init__(self, resolved: Resolve = resolve, allowed: Callable[[str], bool] | None = None) -> None:
        self._resolved, self._allowed, self._plain = resolved, allowed or is_public, httpcore.SyncBackend()

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        """A connection to the first address of a host, if all of them are public."""
        addresses = self._resolved(host, port)
        if not addresses or not all(self._allowed(a) for a in addresses):
            raise NotPublicError(f"{host} is an address of this machine or of a private network; such are not fetched.")
        return self._plain.connect_tcp(addresses[0], port, timeout, local_address, socket_options)

    def connect_unix_socket(self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None) -> httpcore.NetworkStream:
        """Never."""
        raise NotPublicError("A socket of this machine is not fetched from.")

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)


class NotPublicError(InputError):
    """An address that lies in this machine or in a private network."""


def is_public(address: str) -> bool:
    """Whether an IP address can be reached by everybody; one that carries another within it is judged by that."""
    try:
        told = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(told, ipaddress.IPv6Address):
        within = told.ipv4_mapped or told.sixtofour or (told.teredo[1] if told.teredo else None)
        if told in ipaddress.ip_network("64:ff9b::/96"):  # NAT64, RFC 6052
            within = ipaddress.IPv4Address(int(told) & 0xFFFFFFFF)
        if within is not None:
            return is_public(str(within))
    return told.is_global and not told.is_multicast


def fetch(url: str, *, most_bytes: int = 5_000_000, seconds: float = 30.0, backend: httpcore.NetworkBackend | None = None) -> Fetched:
    """Fetch one page.

    Args:
        url: An http or https address.
        most_bytes: The largest page, unpacked.
        seconds: How long all of it may take.
        backend: Connects; None: to public addresses only.

    Raises:
        InputError: If it is no such address, is not public, forbids it by robots.txt, is too large or too slow, or answers with an error.
    """
    until = time.monotonic() + seconds
    with httpx.Client(
        transport=Over(backend or PublicOnly()), headers={"User-Agent": AGENT, "Accept-Encoding": "gzip"}, timeout=min(STEP, seconds), follow_redirects=False
    ) as client:
        try:
            for _ in range(REDIRECTS + 1):
                check_address(url)
                _ask_robots(client, url, until)
                status, headers, raw = _get(client, url, most_bytes, until)
                if status in (301, 302, 303, 307, 308) and "location" in headers:
                    url = urljoin(url, headers["location"])
                    continue
                if status != 200:
                    raise InputError(f"The server answered {status}. Open the address in a browser to see why.", source=url)
                return Fetched(url, raw, headers.get("content-type", "").partition(";")[0].strip().lower())
        except httpx.HTTPError as error:
            raise InputError(f"It could not be fetched: {error or type(error).__name__}.", source=url) from error
        except InputError as error:
            raise error.at(url) from error
    raise InputError(f"It leads on more than {REDIRECTS} times.", source=url)


class Over(httpx.HTTPTransport):
    """A transport of httpx over a network of our own."""

    def __init__(self, backend: httpcore.NetworkBackend) -> None:
        super().__init__()
        self._pool = httpcore.ConnectionPool(ssl_context=httpx.create_ssl_context(), network_backend=backend, max_connections=2)


def check_address(url: str) -> None:
    """That it is one of the web; where it leads is seen when it is connected to.

    Raises:
        InputError: If it is not.
    """
    try:
        told = urlsplit(url)
        port = told.port
        httpx.URL(url)
    except (ValueError, httpx.InvalidURL):
        raise InputError("This is no web address.", source=url) from None
    if told.scheme not in ("http", "https") or not told.hostname:
        raise InputError("Only http:// and https:// addresses are fetched.", source=url)
    if told.username or told.password:
        raise InputError("An address with a name or password in it is not fetched.", source=url)
    if port not in (None, 80, 443, 8080, 8443) and not 1024 <= port <= 65535:
        raise InputError(f"Port {port} is not one of the web.", source=url)


def _ask_robots(client: httpx.Client, url: str, until: float) -> None:
    """Whether a site lets its page be fetched. Source: RFC 9309; one that has no robots.txt (4xx) lets all, one that fails (5xx) none."""
    place = urljoin(url, "/robots.txt")
    status, _, raw = _get(client, place, ROBOTS_BYTES, until, cut=True)
    if status >= 500:
        raise InputError(f"The site's robots.txt cannot be read (the server answered {status}), so its pages are left alone.", source=url)
    if status == 200 and not Protego.parse(raw.decode("utf-8", "replace")).can_fetch(url, AGENT):
        raise InputError("The site's robots.txt does not let programs fetch this page. Save it from a browser and add the file.", source=url)


def _get(client: httpx.Client, url: str, most: int, until: float, *, cut: bool = False) -> tuple[int, httpx.Headers, bytes]:
    """Status, headers and unpacked body; what grows too large or takes too long is left (or cut)."""
    raw = bytearray()
    with client.stream("GET", url) as response:
        for piece in response.iter_bytes(65_536):
            raw += piece
            if len(raw) > most:
                if cut:
                    break
                raise InputError(f"The page is larger than {most:,} bytes.", source=url)
            if time.monotonic() > until:
                raise InputError("The server is too slow.", source=url)
        return response.status_code, response.headers, bytes(raw[:most])
