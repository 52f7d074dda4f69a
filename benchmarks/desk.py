"""The desk under load: readers beside one who adds, from a process of its own.

    uv run python -m benchmarks.desk [--ledger /tmp/synthetic-ledger.db] [--readers 50] [--seconds 120] [--think 7] [--workers 2] [--only dyad]

Opens `dragoman serve` over a copy of a ledger (`uv run python -m benchmarks.ledger` makes one of 100,000 synthetic reports) and visits it as people do: each reader asks for a page, with
what a browser asks for beside it, reads for a while, and asks for the next. How long he reads is drawn anew each time: exponentially distributed around --think seconds, at most ten times as
long; 7 seconds are the think time of TPC-W. So 50 readers ask for some 7 pages a second. Half of what they ask of two states is about the twenty busiest pairs, the rest about any. Whoever
adds sends a report of the project's own, waits until it is read and in the ledger, and sends the next --pause seconds later.

What is measured is the time from the request to the last byte of the page, as the reader's process sees it; style sheets and scripts, which browsers keep, are not asked for. The first
--warm seconds are left out. Readers come from one address, so the desk is told to allow them as many requests as they are people.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from sqlalchemy import select

from benchmarks.synthetic import Newsroom
from dragoman.answers.ledger import Ledger
from dragoman.ledger import tables
from dragoman.ledger.opening import reading
from dragoman.web.tokens import make_token

GOAL = 250.0  # milliseconds, for 95 of 100 pages
LONGEST = 30.0  # seconds after which a request counts as an error
EXAMPLES = Path(__file__).parents[1] / "examples" / "wire.jsonl"
# How often each page is asked for, of a hundred. `charts` of two states are asked for with their page, as a browser does that runs JavaScript.
SHARES = {
    "home": 8, "dyad": 22, "dyad, as of a day": 8, "timeline": 6, "measures": 3, "report": 17, "statements": 7, "events": 4, "conditions": 3, "affairs": 3, "affair": 3, "actor": 6,
    "story": 2, "search, words": 4, "search, names": 2, "map": 1, "network": 1,
}  # fmt: skip


@dataclass
class Seen:
    """What came of the requests for a page."""

    times: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


class Town:
    """Addresses that readers ask for.

    Args:
        ledger: Where they lead.
        chance: Draws them.
    """

    def __init__(self, ledger: Ledger, chance: random.Random) -> None:
        self.chance, self.room = chance, Newsroom()
        with reading(ledger.engine) as connection:
            self.reports = connection.scalars(select(tables.reports.c.id)).all()
            self.stories = connection.scalars(select(tables.reports.c.story).where(tables.reports.c.story.is_not(None)).distinct()).all()
            self.affairs = connection.scalars(select(tables.matters.c.affair).distinct()).all()

    def address(self, page: str) -> str:
        """One of them."""
        a, b = self.chance.choice(self.room.busy(20) if self.chance.random() < 0.5 else self.room.pairs)
        word = self.chance.choice(self.room.words[:2000])
        day = f"{self.chance.randint(2019, 2023)}-{self.chance.randint(1, 12):02}-15"
        made: Mapping[str, Callable[[], str]] = {
            "home": lambda: "/",
            "dyad": lambda: f"/dyads/{a}/{b}",
            "dyad, as of a day": lambda: f"/dyads/{a}/{b}?as_of={day}",
            "timeline": lambda: f"/dyads/{a}/{b}/timeline",
            "measures": lambda: f"/dyads/{a}/{b}/measures",
            "chart": lambda: f"/dyads/{a}/{b}/chart.json",
            "report": lambda: f"/reports/{self.chance.choice(self.reports)}",
            "statements": lambda: f"/statements?by={a}&about={b}",
            "events": lambda: f"/events?a={a}&b={b}",
            "conditions": lambda: f"/conditions?by={a}",
            "affairs": lambda: f"/affairs?a={a}&b={b}",
            "affair": lambda: f"/affairs/{self.chance.choice(self.affairs)}",
            "actor": lambda: f"/actors/state:{a}",
            "story": lambda: f"/stories/{self.chance.choice(self.stories)}",
            "search, words": lambda: f"/find?q=%22{word}%22",
            "search, names": lambda: f"/find?q={a}+{b}",
            "map": lambda: "/map",
            "network": lambda: "/network",
        }
        return made[page]()


def main() -> None:
    """Open the desk, let people in, print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ledger", type=Path, default=Path("/tmp/synthetic-ledger.db"), help="it is copied, not changed")
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--warm", type=float, default=20, help="seconds at the start that do not count")
    parser.add_argument("--think", type=float, default=7, help="seconds that a page is read for, on average")
    parser.add_argument("--pause", type=float, default=5, help="seconds between reports that are added; 0: none are")
    parser.add_argument("--workers", type=int, default=2, help="processes of the desk that answer")
    parser.add_argument("--only", help="ask only for pages whose name holds this")
    options = parser.parse_args()
    if not options.ledger.exists():
        raise SystemExit(f"{options.ledger}: there is no ledger. Make one with: uv run python -m benchmarks.ledger --keep --where {options.ledger}")
    with tempfile.TemporaryDirectory(prefix="dragoman-desk-") as folder:
        copy = Path(folder) / "ledger.db"
        shutil.copyfile(options.ledger, copy)
        os.sync()  # what is still to be written would hold up what is measured
        with Ledger(copy, create=False) as ledger:
            token, town = make_token(ledger, "benchmark", ["add"]), Town(ledger, random.Random(7))
        with served(copy, options.workers) as (url, desk):
            seen, added = asyncio.run(visit(url, token, town, options))
            used = usage(desk.pid)
    tell(seen, added, used, options)


@contextlib.contextmanager
def served(ledger: Path, workers: int) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The desk in a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "DRAGOMAN_DESK_REQUESTS_A_MINUTE": "60000"}
    desk = subprocess.Popen([sys.executable, "-m", "dragoman", "serve", "--ledger", str(ledger), "--port", str(port), "--workers", str(workers)], env=environment)
    try:
        for _ in range(300):
            with contextlib.suppress(httpx.HTTPError):
                if httpx.get(f"http://127.0.0.1:{port}/health").status_code == 200:
                    break
            time.sleep(0.1)
        else:
            raise SystemExit("the desk did not open")
        yield f"http://127.0.0.1:{port}", desk
    finally:
        desk.terminate()
        desk.wait(60)


async def visit(url: str, token: str, town: Town, options: argparse.Namespace) -> tuple[dict[str, Seen], Seen]:
    """Let everybody in, for a time."""
    async with httpx.AsyncClient(base_url=url, timeout=120) as client:
        there = [page for page in SHARES if (options.only or "") in page and await is_there(client, town.address(page))]
    missing = [page for page in SHARES if (options.only or "") in page and page not in there]
    if missing:
        print(f"not there: {', '.join(missing)}")
    seen, added = defaultdict[str, Seen](Seen), Seen()
    counts = time.monotonic() + options.warm
    until = counts + options.seconds
    people = [reader(url, town, there, seen, counts, until, options.think) for _ in range(options.readers)]
    if options.pause:
        people.append(adder(url, token, added, counts, until, options.pause))
    await asyncio.gather(*people)
    return seen, added


async def is_there(client: httpx.AsyncClient, address: str) -> bool:
    """Whether the desk has such a page."""
    with contextlib.suppress(httpx.TransportError):
        return (await client.get(address, follow_redirects=True)).status_code != 404
    return True  # a page that fails is there; its errors are counted


async def reader(url: str, town: Town, pages: list[str], seen: dict[str, Seen], counts: float, until: float, think: float) -> None:
    """One who reads."""
    chance = town.chance
    await asyncio.sleep(chance.uniform(0, think))
    async with httpx.AsyncClient(base_url=url, timeout=LONGEST, headers={"accept": "text/html"}, follow_redirects=True) as client:
        while time.monotonic() < until:
            (page,) = chance.choices(pages, [SHARES[p] for p in pages])
            address = town.address(page)
            asked = [(page, address)]
            if page.startswith("dyad"):
                path, _, query = address.partition("?")
                asked.append(("chart of a dyad", f"{path}/chart.json{'?' + query if query else ''}"))
            for name, each in asked:
                begun = time.monotonic()
                fault = await ask(client, each)
                if begun >= counts:
                    seen[name].times.append((time.monotonic() - begun) * 1000)
                    seen[name].errors += [fault] if fault else []
            await asyncio.sleep(min(chance.expovariate(1 / think), 10 * think))


async def ask(client: httpx.AsyncClient, address: str) -> str | None:
    """None where it was answered; else what went wrong. An actor or affair that nothing is told of is an answer."""
    try:
        answer = await client.get(address)
    except httpx.HTTPError as error:
        return f"{address}: {type(error).__name__}"
    return f"{address}: {answer.status_code}" if answer.status_code >= 500 or answer.status_code == 429 else None


async def adder(url: str, token: str, added: Seen, counts: float, until: float, pause: float) -> None:
    """One who adds reports."""
    texts = [json.loads(line) for line in EXAMPLES.read_text(encoding="utf-8").splitlines()]
    async with httpx.AsyncClient(base_url=url, timeout=LONGEST, headers={"authorization": f"Bearer {token}"}) as client:
        async for number in paced(until, pause):
            text = texts[number % len(texts)]
            begun = time.monotonic()
            try:
                given = await client.post("/api/v1/reports", json={**text, "ref": f"added-{number}", "text": f"{text['text']} It was report {number} of the day."})
                given.raise_for_status()
                while (job := (await client.get(f"/jobs/{given.json()['id']}.json")).json())["state"] != "done":
                    await asyncio.sleep(0.1)
                fault = f"set aside: {job['reports']}" if job["aside"] else None
            except (httpx.HTTPError, KeyError) as error:
                fault = f"adding: {error!r}"
            if begun >= counts:
                added.times.append((time.monotonic() - begun) * 1000)
                added.errors += [fault] if fault else []


async def paced(until: float, pause: float) -> AsyncIterator[int]:
    """Numbers, until it is time to stop."""
    number = 0
    while time.monotonic() < until:
        yield number
        number += 1
        await asyncio.sleep(pause)


def usage(desk: int) -> tuple[float, float]:
    """Seconds of processor time and peak memory in MiB of a process and of those it started."""
    seconds, memory = 0.0, 0.0
    for pid in (desk, *descendants(desk)):
        with contextlib.suppress(OSError):
            stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            told = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
            seconds += (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")
            memory += int(told["VmHWM"].split()[0]) / 1024
    return seconds, memory


def descendants(pid: int) -> list[int]:
    """Processes that a process started, and theirs."""
    with contextlib.suppress(OSError):
        started = [int(n) for task in Path(f"/proc/{pid}/task").iterdir() for n in (task / "children").read_text().split()]
        return [p for child in started for p in (child, *descendants(child))]
    return []


def tell(seen: Mapping[str, Seen], added: Seen, used: tuple[float, float], options: argparse.Namespace) -> None:
    """Print what came of it."""
    print(
        f"{options.readers} readers for {options.seconds:.0f} s, {options.think:g} s on a page, {'one who adds' if options.pause else 'nobody adds'}; {options.workers} processes on {os.cpu_count()} cores"
    )
    print(f"{'page':<22} {'asked':>6} {'p50':>8} {'p95':>8} {'longest':>8}  ms")
    pages = [t for s in seen.values() for t in s.times]
    for name in [*(p for p in (*SHARES, "chart of a dyad") if p in seen)]:
        line(name, seen[name].times)
    line("all", pages)
    if added.times:
        print(
            f"{len(added.times)} reports added; {statistics.median(added.times) / 1000:.1f} s from sending one until it is in the ledger, at most {max(added.times) / 1000:.1f} s"
        )
    print(f"the desk used {used[0]:.0f} s of processor time and at most {used[1]:,.0f} MiB, reader and all; {len(pages) / options.seconds:.1f} requests a second")
    errors = [e for s in (*seen.values(), added) for e in s.errors]
    print(f"{len(errors)} errors" + "".join(f"\n  {e}" for e in errors[:20]))


def line(name: str, times: list[float]) -> None:
    """One page's figures."""
    p95 = statistics.quantiles(times, n=20)[-1] if len(times) > 1 else max(times, default=0)
    print(f"{name:<22} {len(times):>6} {statistics.median(times or [0]):>8.0f} {p95:>8.0f} {max(times, default=0):>8.0f}{f'  OVER {GOAL:.0f}' if p95 > GOAL else ''}")


if __name__ == "__main__":
    main()
