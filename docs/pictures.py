"""Pictures of the desk's main pages, for the docs: `uv run python -m docs.pictures`.

Opens the desk over the reports of `dragoman demo` and photographs it with Chromium, which must be there (apt-get install chromium). Colours are few, so that a picture stays small.
"""

from __future__ import annotations

import io
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx
from PIL import Image
from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).with_name("pictures")
SIZE = {"width": 1200, "height": 860}
COLOURS = 64
MOST_BYTES = 150_000
PAGES = {
    "home": "/?since=2024-04-15",
    "dyad": "/dyads/BOL/CHL",
    "report": "/find?q=",  # the report with most findings, see `richest`
    "review": "/review",
    "map": "/map?since=2024-03-01",
    "network": "/network?since=2024-03-01",
}
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


def main() -> None:
    """Make all of them."""
    chromium = os.environ.get("DRAGOMAN_CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        raise SystemExit("There is no Chromium. Install it with: apt-get install chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        ledger = str(Path(folder) / "demo.db")
        dragoman = [sys.executable, "-m", "dragoman"]
        subprocess.run([*dragoman, "demo", ledger, "--no-serve"], check=True)
        token = subprocess.run([*dragoman, "token", "make", "you", "--scope", "correct", "--ledger", ledger], check=True, capture_output=True, text=True).stdout.split()[0]
        port = free_port()
        with subprocess.Popen([*dragoman, "serve", "--ledger", ledger, "--port", str(port)]) as desk:
            try:
                url = f"http://127.0.0.1:{port}"
                wait_for(url)
                browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
                page = browser.new_page(viewport=SIZE, color_scheme="light", locale="en-GB")
                page.goto(f"{url}/enter")
                page.get_by_label("Token").fill(token)
                page.get_by_role("button", name="Sign in").click()
                for name, address in PAGES.items():
                    page.goto(url + (richest(url) if name == "report" else address), wait_until="networkidle")
                    keep(page.screenshot(), FOLDER / f"{name}.png")
                browser.close()
            finally:
                desk.terminate()


def richest(url: str) -> str:
    """The address of the report that most was found in."""
    hits = httpx.get(f"{url}/find.json", params={"q": "border"}, timeout=30).json()
    return f"/reports/{max(hits, key=lambda hit: hit['findings'])['report']}"


def keep(picture: bytes, path: Path) -> None:
    """Write a picture in few colours."""
    FOLDER.mkdir(exist_ok=True)
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(path, optimize=True)
    size = path.stat().st_size
    print(f"{path.relative_to(FOLDER.parent.parent)}: {size / 1000:.0f} kB{'  TOO LARGE' if size > MOST_BYTES else ''}")


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        port: int = place.getsockname()[1]
        return port


def wait_for(url: str) -> None:
    """Until the desk answers."""
    for _ in range(300):
        try:
            if httpx.get(f"{url}/health").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    raise SystemExit("The desk did not open.")


if __name__ == "__main__":
    main()
