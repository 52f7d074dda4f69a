from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpcore
import pytest

from dragoman.errors import InputError
from dragoman.intake.fetch import NotPublicError, PublicOnly, fetch, is_public

PAGES: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/robots.txt": (200, {}, b"User-agent: *\nDisallow: /closed/\n"),
    "/a.html": (200, {"Content-Type": "text/html; charset=utf-8"}, b"<p>Peru refused.</p>"),
    "/closed/a.html": (200, {}, b"secret"),
    "/moved": (302, {"Location": "/a.html"}, b""),
    "/inward": (302, {"Location": "http://169.254.169.254/latest/"}, b""),
    "/round": (302, {"Location": "/round"}, b""),
    "/gone": (404, {}, b""),
    "/bomb": (200, {"Content-Encoding": "gzip"}, gzip.compress(b"0" * 3_000_000)),
}


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, body = PAGES.get(self.path, (404, {}, b""))
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://news.test:{server.server_address[1]}"
    server.shutdown()


def network() -> httpcore.NetworkBackend:
    """The site of the tests lies on this machine, under a name of its own; everything else is what it is."""
    return PublicOnly(lambda host, _: ["127.0.0.1"] if host == "news.test" else [host], lambda a: a == "127.0.0.1" or is_public(a))


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "::1", "fe80::1", "fd00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "224.0.0.1", "x"],
)  # fmt: skip
def test_what_is_not_public_is_known(address: str) -> None:
    assert not is_public(address)


def test_public_addresses_are_public() -> None:
    assert is_public("93.184.216.34")
    assert is_public("2606:2800:220:1:248:1893:25c8:1946")


def test_a_page_comes_with_its_type(site: str) -> None:
    page = fetch(f"{site}/a.html", backend=network())
    assert (page.raw, page.type) == (b"<p>Peru refused.</p>", "text/html")
    assert fetch(f"{site}/moved", backend=network()).url.endswith("/a.html")


@pytest.mark.parametrize(
    ("path", "told"),
    [("/closed/a.html", "robots.txt"), ("/gone", "answered 404"), ("/round", "leads on"), ("/bomb", "larger than"), ("/inward", "private network")],
)
def test_what_is_not_fetched_says_why(site: str, path: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        fetch(f"{site}{path}", backend=network(), most_bytes=1_000_000)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://news.test/", "http://user:pw@news.test/", "http://news.test:22/", "//x", "http://[::1", "gopher://x"])
def test_what_is_no_address_of_the_web_is_refused(url: str) -> None:
    with pytest.raises(InputError):
        fetch(url, backend=network())


def test_a_name_that_means_this_machine_is_not_fetched() -> None:
    with pytest.raises(NotPublicError):
        fetch("http://rebound.test/", backend=PublicOnly(lambda *_: ["93.184.216.34", "127.0.0.1"]))
    with pytest.raises(NotPublicError):
        fetch("http://127.0.0.1:8710/")
    with pytest.raises(NotPublicError):
        fetch("http://localhost/")
