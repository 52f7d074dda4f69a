"""A synthetic ledger, how fast it grows and how fast it answers.

    uv run python -m benchmarks.ledger [--reports 100000] [--where /tmp/synthetic-ledger.db] [--keep] [--only NAME] [--more 2000]

Adds synthetic records (see `benchmarks.synthetic`) as `dragoman add records.jsonl` does, from their JSON, in one process; making them is left out of the time. Then asks busy and quiet
pairs of states, cold (a fresh connection, the file out of the system's cache) and warm. Beside the time on the clock stands the processor's, which other programs on the machine change less.
With --keep an existing ledger is asked only, and a new one is left there; with --more so many records are added to it instead, and it is left with them.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy import func, select

from benchmarks.synthetic import Newsroom
from dragoman.answers.ledger import Ledger
from dragoman.intake.item import Recorded
from dragoman.ledger import tables
from dragoman.ledger.opening import reading
from dragoman.ledger.taking import take

PAIRS = 6  # busy ones and quiet ones, each
ROUNDS = 8  # each question of each pair


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--where", default="/tmp/synthetic-ledger.db", help="a path, or the URL of an empty database")
    parser.add_argument("--keep", action="store_true", help="ask a ledger that is there, and leave it there")
    parser.add_argument("--only", help="ask only questions whose name holds this")
    parser.add_argument("--more", type=int, help="only add so many records to a ledger that is there")
    options = parser.parse_args()
    file = Path(options.where) if "://" not in options.where else None
    if options.more:
        with Ledger(options.where, create=False) as ledger, reading(ledger.engine) as connection:
            there = connection.scalar(select(func.count()).select_from(tables.reports)) or 0
        grow(Newsroom(seed=8), options.more, options.where, there)
        return
    if file is not None and file.exists() and not options.keep:
        raise SystemExit(f"{file} is there already. Give --keep to ask it, or another --where.")
    room = Newsroom()
    if file is None or not file.exists():
        grow(room, options.reports, options.where)
    with Ledger(options.where) as ledger, reading(ledger.engine) as connection:
        counted = {t.name: connection.scalar(select(func.count()).select_from(t)) for t in (tables.reports, tables.findings, tables.events, tables.statements, tables.dyads)}
    print(f"A synthetic ledger of {', '.join(f'{n:,} {name}' for name, n in counted.items())}" + (f"; {file.stat().st_size / 2**20:,.0f} MiB" if file else ""))
    ask(room, options.where, options.only or "")
    if file is not None and not options.keep:
        for f in (file, Path(f"{file}-wal"), Path(f"{file}-shm")):
            f.unlink(missing_ok=True)


def grow(room: Newsroom, number: int, where: str, there: int = 0) -> None:
    """Add records to so many that are there; print how long each tenth took, by the clock and of the processor, and how much memory."""
    making = [0.0, 0.0]

    def now() -> tuple[float, float]:
        return time.perf_counter() - making[0], time.process_time() - making[1]

    def lines() -> Iterator[Recorded]:
        records = room.records(number, there)
        for n in range(1, number + 1):
            begun = time.perf_counter(), time.process_time()
            line = next(records).to_json().encode()
            making[0] += time.perf_counter() - begun[0]
            making[1] += time.process_time() - begun[1]
            yield Recorded(line, "synthetic.jsonl", n)

    def no_reader() -> None:
        raise AssertionError("records need no reader")

    tenth = max(1, number // 10)
    rates = []
    with Ledger(where) as ledger:
        begun = now()
        for n, added in enumerate(take(ledger, lines(), no_reader), start=1):
            if added.fate not in ("new", "revision"):
                raise SystemExit(f"record {n}: {added}")
            if n % tenth == 0:
                clock, busy = (tenth / (after - before) * 60 for after, before in zip(now(), begun, strict=True))
                rates.append(busy)
                print(f"{there + n:>9,} reports: {clock:>8,.0f} a minute by the clock, {busy:>8,.0f} of the processor, {resident():,.0f} MiB", flush=True)
                begun = now()
    print(f"of the processor: first tenth over last tenth {rates[0] / rates[-1]:.2f}; slowest tenth {min(rates):,.0f} a minute")


def ask(room: Newsroom, where: str, only: str) -> None:
    """Print how long answers take. What the benchmark itself holds, the names and pairs of states, is kept from the collector of garbage, which would look through it in every seventh answer."""
    gc.collect()
    gc.freeze()
    print(f"{'question':<34} {'':<6} {'rows':>5} {'cold':>8} {'p50':>8} {'p95':>8} {'cpu best':>8} {'cpu p50':>8} {'cpu p95':>8}   ms")
    for kind, pairs in (("busy", room.busy(PAIRS)), ("quiet", room.quiet(PAIRS))):
        for name in [q for q in questions(*pairs[0], room.words[9_000]) if only in q]:
            try:
                cold = [timed(where, questions(*pair, room.words[9_000])[name]) for pair in pairs[:3]]
                with Ledger(where, create=False) as ledger:
                    rows, times, spent = 0, [], []
                    for pair in pairs:
                        question = questions(*pair, room.words[9_000])[name]
                        question(ledger)
                        for _ in range(ROUNDS):
                            begun, busy = time.perf_counter(), time.process_time()
                            answered = question(ledger)
                            times.append((time.perf_counter() - begun) * 1000)
                            spent.append((time.process_time() - busy) * 1000)
                        rows = max(rows, len(answered) if hasattr(answered, "__len__") else 1)
            except (AttributeError, TypeError) as error:
                print(f"{name:<34} {kind:<6} not there yet ({error})")
                continue
            p95, cpu = statistics.quantiles(times, n=20)[-1], statistics.quantiles(spent, n=20)[-1]
            print(
                f"{name:<34} {kind:<6} {rows:>5} {statistics.median(cold):>8.1f} {statistics.median(times):>8.1f} {p95:>8.1f} "
                f"{min(spent):>8.1f} {statistics.median(spent):>8.1f} {cpu:>8.1f}{'  OVER 100' if p95 > 100 else ''}",
                flush=True,
            )


def questions(a: str, b: str, rare: str) -> dict[str, Callable[[Ledger], object]]:
    """What is asked of a pair of states, by name."""
    return {
        "standing A B": lambda x: x.standing(a, b),
        "standing A B, as of": lambda x: x.standing(a, b, as_of="2021-06-30"),
        "timeline A B": lambda x: x.timeline(a, b),
        "timeline A": lambda x: x.timeline(a),
        "statements by A": lambda x: x.statements(by=a),
        "statements by A about B": lambda x: x.statements(by=a, about=b),
        "statements by A about B, as of": lambda x: x.statements(by=a, about=b, as_of="2021-06-30"),
        "statements by A, act": lambda x: x.statements(by=a, act="threaten"),
        "statements by A, known": lambda x: x.statements(by=a, known="2030-01-01"),
        "statements, frequent word": lambda x: x.statements(search="that"),
        "statements by A, rare word": lambda x: x.statements(by=a, search=rare),
        "events A B": lambda x: x.events(a, b),
        "events A B, directed, type": lambda x: x.events(a, b, directed=True, type="SANCTION"),
        "events A": lambda x: x.events(a),
        "events told A B": lambda x: x.events_told(a, b),
        "conditions A B": lambda x: x.conditions(by=a, of=b),
        "conditions by A, open": lambda x: x.conditions(by=a, open=True),
        "affairs A B": lambda x: x.affairs(a, b),
        "affairs A": lambda x: x.affairs(a),
        "affair 1": lambda x: x.affair(1),
        "measures A B": lambda x: x.measures(a, b),
        "coverage": lambda x: x.coverage(),
        "coverage A B": lambda x: x.coverage(a, b),
        "actor A": lambda x: x.actor(a),
        "story 1": lambda x: x.story(1),
        "stories": lambda x: x.stories(),
        "stories about A": lambda x: x.stories(about=a),
        "changes since": lambda x: x.changes(since="2023-11-01"),
        "search, frequent word": lambda x: x.search("over"),
        "search, rare word": lambda x: x.search(rare),
        "search, phrase": lambda x: x.search('"border treaty"'),
        "a wrong name": lambda x: _wrong(x),
    }


def timed(where: str, question: Callable[[Ledger], object]) -> float:
    """Milliseconds of a question with nothing in memory; opening is left out."""
    if "://" not in where and sys.platform == "linux":
        with open(where, "rb") as stream:
            os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    with Ledger(where, create=False) as ledger:
        begun = time.perf_counter()
        question(ledger)
        return (time.perf_counter() - begun) * 1000


def resident() -> float:
    """Memory of this process now, in MiB."""
    with contextlib.suppress(OSError):
        told = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
        return int(told["VmRSS"].split()[0]) / 1024
    return float("nan")


def _wrong(ledger: Ledger) -> list[str]:
    from dragoman.errors import UnknownNameError

    try:
        ledger.statements(by="Frnace")
    except UnknownNameError as error:
        return list(error.nearest)
    raise AssertionError("somebody is called so")


if __name__ == "__main__":
    main()
