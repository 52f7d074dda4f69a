"""Findings gained and lost on a fixed sample, so that a person can judge a change.

    uv run python -m evals.gained                   # against the latest release tag, or the commit before where there is none
    uv run python -m evals.gained --base main~5     # against any revision

The sample is `reports/` and `sentences/`. Both readers run in processes of their own; the earlier one reads with the sources of its revision.
"""

from __future__ import annotations

import argparse
import collections
import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
KINDS = ("statements", "events", "conditions", "affairs")
DUMP = """
import datetime as dt, json, sys
from dragoman.pipeline import Reader
from dragoman.records import Record, Report
reader = Reader()
items = [json.loads(line) for line in sys.stdin]
reports = [(x["ref"], Report(text=x["text"], published=dt.date.fromisoformat(x["published"]) if x["published"] else None)) for x in items]
for (ref, _), outcome in zip(reports, reader.read_batch(reports), strict=True):
    print(outcome.to_json() if isinstance(outcome, Record) else json.dumps({"ref": ref, "error": str(outcome)}))
"""


def main() -> None:
    """Read the sample twice and print the differences."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--base", help="the revision to compare with (default: the latest tag, else the commit before)")
    parser.add_argument("--kind", choices=KINDS, action="append", help="only these findings")
    options = parser.parse_args()
    base = options.base or _latest_release()
    lines = list(sample())
    with tempfile.TemporaryDirectory() as room:
        archive = subprocess.run(["git", "archive", base, "src"], cwd=HERE.parent, capture_output=True, check=False)
        if archive.returncode:
            raise SystemExit(f"{base}: no such revision with a src folder: {archive.stderr.decode().strip()}")
        with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as sources:
            sources.extractall(room, filter="data")
        before, now = told(lines, Path(room) / "src"), told(lines, HERE.parent / "src")
    for kind in options.kind or KINDS:
        old, new = before[kind], now[kind]
        print(f"{kind}: {sum(new.values())} findings, {sum((new - old).values())} gained, {sum((old - new).values())} lost since {base}")
        for mark, difference in (("+", new - old), ("-", old - new)):
            for line in sorted(difference.elements()):
                print(f"  {mark} {line}")


def sample() -> list[str]:
    """The fixed sample as JSON Lines."""
    lines = [json.dumps({"ref": p.stem, "text": p.read_text(encoding="utf-8"), "published": _published().get(p.stem)}) for p in sorted((HERE / "reports").glob("*.txt"))]
    for path in sorted((HERE / "sentences").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            item = json.loads(line)
            lines.append(json.dumps({"ref": item["ref"], "text": item["text"], "published": item.get("published")}))
    return lines


def told(lines: list[str], source: Path) -> dict[str, collections.Counter[str]]:
    """Findings by kind, each told in one line, as the sources in a folder read the sample."""
    environment = {**os.environ, "PYTHONPATH": str(source)}
    done = subprocess.run([sys.executable, "-c", DUMP], input="\n".join(lines), capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        raise SystemExit(f"{source}: the reader failed:\n{done.stderr[-2000:]}")
    found: dict[str, collections.Counter[str]] = {kind: collections.Counter() for kind in KINDS}
    for line in done.stdout.splitlines():
        record = json.loads(line)
        for kind in KINDS:
            found[kind].update(_in_words(kind, record, x) for x in record.get(kind, []))
    return found


def _in_words(kind: str, record: dict, finding: dict) -> str:
    text = record["report"]["headline" if finding["part"] == "headline" else "text"] or ""
    names = {a["id"]: a["acts_for"] or a["name"] for a in record["actors"]}

    def who(ids: list[str]) -> str:
        return ",".join(sorted({names[i] for i in ids})) or "?"

    def words(span: list[int]) -> str:
        return text[span[0] : span[1]]

    if kind == "statements":
        told = f"{who([finding['speaker']] if finding['speaker'] else [])} {finding['act']}: {' … '.join(words(s) for s in finding['content_spans'])}"
    elif kind == "events":
        told = f"{finding['type']} {finding['cameo']} {who(finding['sources'])} → {who(finding['targets'])} {finding['status']}{' background' if finding['background'] else ''}: {words(finding['trigger_span'])}"
    elif kind == "conditions":
        told = f"{finding['kind']} {finding['polarity']} {who([finding['holder']] if finding['holder'] else [])}: {words(finding['consequent_span'])} | {words(finding['antecedent_span'])}"
    else:
        told = f"{finding['kind']} {who(finding['parties'])} {finding['status']}: {finding['subject']}"
    return f"{record['ref']}: {told}"


def _published() -> dict[str, str]:
    return {m["id"]: m["published"] for path in sorted((HERE / "reports").glob("meta*.json")) for m in json.loads(path.read_text(encoding="utf-8"))}


def _latest_release() -> str:
    tag = subprocess.run(["git", "describe", "--tags", "--abbrev=0"], cwd=HERE.parent, capture_output=True, text=True, check=False)
    return tag.stdout.strip() if tag.returncode == 0 else "HEAD~1"


if __name__ == "__main__":
    main()
