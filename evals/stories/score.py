"""How well reports of one happening are told from others: pairwise precision and recall of the stories that a ledger makes, by kind of rewrite.

    uv run python -m evals.stories.score             # the table
    uv run python -m evals.stories.score --show 10   # and ten pairs missed and ten joined wrongly of each row

Texts, all written for the project: the 31 reports of evals/reports with the rewrites that `rewriting` makes of them, and `week.jsonl`: 54 short reports about a few pairs of states in one week each,
39 happenings, some told twice or thrice. Thresholds were set on its set a (India and Pakistan, Russia and Ukraine); set b (China and the Philippines, Ethiopia and Eritrea) was written before and
not looked at for that. Set c is what agencies tell every day in the same words (drones shot down overnight, aircraft counted), each day another happening.

Each row is a ledger of its own: the originals, the whole week and the rewrites of one kind, added in two orders which must give the same stories. Recall counts pairs of an original and its
rewrite; precision all pairs with a rewrite that stand in one story.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

from sqlalchemy import select

from dragoman.answers.ledger import Ledger
from dragoman.ledger import tables
from dragoman.pipeline import Reader
from dragoman.records import Record, Report
from evals.stories.rewriting import KINDS, Text, rewrites

HERE = Path(__file__).parent
REPORTS = HERE.parent / "reports"
ORDERS = (1, 2)  # seeds of the orders in which reports are added


@dataclass
class Grouped:
    """Pairs of one row."""

    name: str
    right: int = 0
    joined: int = 0
    there: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Share of the joined pairs that tell the same; 1 where none is joined."""
        return self.right / self.joined if self.joined else 1.0

    @property
    def recall(self) -> float:
        """Share of the pairs that tell the same which are joined."""
        return self.right / self.there if self.there else 1.0

    def row(self) -> str:
        """One line of the table."""
        return f"{self.name:40s} P {self.precision:.3f}  R {self.recall:.3f}  ({self.right} of {self.there} pairs, {self.joined} joined)"


def main() -> int:
    """Score and print; 1 where stories depend on the order."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print N pairs that are missed and N that are joined wrongly")
    options = parser.parse_args()
    read = reading(Reader())
    originals, week = own_reports(), {name: week_reports(name) for name in "abc"}
    everything = originals + [r for rows in week.values() for r in rows]
    rows = [score(f"week, set {name}", read, everything, of=week[name]) for name in week]
    rows.append(score("different reports of evals/reports", read, everything, of=originals))
    for kind in KINDS:
        made = [rewrites(o)[kind] for o in originals]
        rows.append(score(kind, read, everything + made, of=made, to=originals + made))
    short_ones = [*week["a"], *week["b"]]
    short = [r for x in short_ones for r in (rewrites(x)["all of these at once"],)]
    rows.append(score("all at once, of the week's short reports", read, everything + short, of=short, to=short_ones))
    for row in rows:
        print(row.row())
        for label, pairs in (("missed", row.missed), ("wrong", row.wrong)):
            for pair in pairs[: options.show]:
                print(f"    {label}: {pair}")
    return 0


def score(name: str, read: Callable[[Text], Record], texts: Sequence[Text], *, of: Sequence[Text], to: Sequence[Text] | None = None) -> Grouped:
    """Pairs of one row.

    Args:
        name: What the row is called.
        read: Gives a text's record.
        texts: All that the ledger holds.
        of: Precision counts pairs with one of these.
        to: Recall counts pairs of one of `of` and one of these; None: pairs among `of`.

    Raises:
        SystemExit: If the stories depend on the order in which reports came.
    """
    stories = [grouped(read, texts, order) for order in ORDERS]
    if any(s != stories[0] for s in stories):
        sys.exit(f"{name}: stories depend on the order of arrival")
    told, mine, partners = stories[0], {t.id for t in of}, {t.id for t in (to or of)}
    made = Grouped(name)
    for a, b in combinations(texts, 2):
        same, joined = a.story == b.story, told[a.id] == told[b.id]
        if not (a.id in mine or b.id in mine):
            continue
        asked = (a.id in mine and b.id in partners) or (b.id in mine and a.id in partners)
        made.there += same and asked
        made.joined += joined and (asked or not same)
        made.right += joined and same and asked
        if joined and not same:
            made.wrong.append(f"{a.id} + {b.id}")
        if same and asked and not joined:
            made.missed.append(f"{a.id} + {b.id}")
    return made


def grouped(read: Callable[[Text], Record], texts: Sequence[Text], order: int) -> dict[str, frozenset[str]]:
    """For each text those that stand in one story with it, itself among them."""
    records = [read(t) for t in texts]
    random.Random(order).shuffle(records)
    with tempfile.TemporaryDirectory() as folder, Ledger(Path(folder) / "stories.db") as ledger:
        ledger.add(records)
        with ledger.engine.connect() as connection:
            rows = connection.execute(select(tables.reports.c.ref, tables.reports.c.story)).all()
        numbers = {row.ref: row.story for row in rows}
    stories = {number: frozenset(ref for ref, n in numbers.items() if n == number) for number in set(numbers.values())}
    return {ref: stories[number] for ref, number in numbers.items()}


def reading(reader: Reader) -> Callable[[Text], Record]:
    """A function that reads each text once."""
    known: dict[Text, Record] = {}

    def read(text: Text) -> Record:
        if text not in known:
            report = Report(text=text.text, headline=text.headline, publisher=text.publisher, published=text.published)
            known[text] = reader.read(report).model_copy(update={"ref": text.id})
        return known[text]

    return read


def own_reports() -> list[Text]:
    """The 31 reports of evals/reports; not those that stay unread."""
    heads = [m for name in ("meta-a.json", "meta-b.json") for m in json.loads((REPORTS / name).read_text(encoding="utf-8"))]
    return [
        Text(m["id"], m["id"], m["publisher"], dt.date.fromisoformat(m["published"]), m["headline"], (REPORTS / f"{m['id']}.txt").read_text(encoding="utf-8").strip())
        for m in heads
    ]


def week_reports(set_: str) -> list[Text]:
    """One set of week.jsonl."""
    rows = [json.loads(line) for line in (HERE / "week.jsonl").read_text(encoding="utf-8").splitlines()]
    return [Text(r["id"], r["story"], r["publisher"], dt.date.fromisoformat(r["published"]), r["headline"], r["text"]) for r in rows if r["set"] == set_]


if __name__ == "__main__":
    sys.exit(main())
