"""The written examples: lines `CAMEO code<TAB>status<TAB>sentence with [S source] and [T target]`, led to parsed pairs."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language

from dragoman.events.codes import published_type, table
from dragoman.events.features import Pair
from dragoman.language.document import Document, compose, tokenise
from dragoman.language.wire import lay_out
from dragoman.records import Report, Span

FOLDER = Path(__file__).parent / "examples"
MARK = re.compile(r"\[([ST]) ([^\[\]]*)\]")
MERGED = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
HELD_OUT = 10  # one sentence in so many is held out


@dataclass(frozen=True, slots=True)
class Example:
    """One line of the examples; spans are code points of `text`, the sentence without its marks."""

    cameo: str
    status: str
    text: str
    source: Span
    target: Span
    file: str
    line: int

    @property
    def type(self) -> str:
        """Type by the published table, CONCEDE and RETREAT as YIELD, 191 and 192 as ASSAULT; `NONE` for 000."""
        return type_of(self.cameo)

    @property
    def held_out(self) -> bool:
        """Whether it is kept from training: by hash of the sentence, so that it stays so when examples are added."""
        return int(hashlib.sha256(self.text.encode()).hexdigest(), 16) % HELD_OUT == 0


def type_of(cameo: str) -> str:
    """The model's type of a code."""
    if cameo == "000":
        return "NONE"
    if cameo in ("191", "192"):
        return "ASSAULT"
    published = published_type(cameo)
    if published is None:
        raise ValueError(f"the published table has no type for {cameo}")
    return MERGED.get(published, published)


def read_examples(folder: Path = FOLDER) -> list[Example]:
    """All examples, in order of file and line; a sentence that is there twice with the same pair counts once.

    Raises:
        ValueError: If a line is not as it should be; the message names file and line.
    """
    found: dict[tuple[str, Span, Span], Example] = {}
    for path in sorted(folder.glob("*.tsv")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if line.strip():
                example = read_line(line, path.name, number)
                found.setdefault((example.text, example.source, example.target), example)
    return list(found.values())


def read_line(line: str, file: str, number: int) -> Example:
    """One line.

    Raises:
        ValueError: If it has not three fields, a known code, and one mark of either kind.
    """
    fields = line.split("\t")
    if len(fields) != 3:
        raise ValueError(f"{file}:{number}: {len(fields)} fields, not 3")
    cameo, status, marked = fields
    if cameo != "000" and cameo not in table():
        raise ValueError(f"{file}:{number}: unknown code {cameo}")
    text, at = "", 0
    spans: dict[str, Span] = {}
    for mark in MARK.finditer(marked):
        text += marked[at : mark.start()]
        if mark.group(1) in spans:
            raise ValueError(f"{file}:{number}: two marks [{mark.group(1)} …]")
        spans[mark.group(1)] = Span(len(text), len(text) + len(mark.group(2)))
        text += mark.group(2)
        at = mark.end()
    if set(spans) != {"S", "T"}:
        raise ValueError(f"{file}:{number}: a mark [S …] and a mark [T …] are needed")
    return Example(cameo, status, text + marked[at:], spans["S"], spans["T"], file, number)


def parsed(examples: Iterable[Example], nlp: Language) -> Iterator[tuple[Example, Pair]]:
    """Examples with their parse; one whose actor is no part of the prose (a dateline) is left out."""
    laid_out = ((e, compose(lay_out(Report(text=e.text)))) for e in examples)
    for doc, (example, composed) in nlp.pipe(((tokenise(c, nlp), (e, c)) for e, c in laid_out), as_tuples=True):
        document = Document.of(composed, doc)
        source, target = document.tokens(example.source), document.tokens(example.target)
        if source is not None and target is not None:
            yield example, Pair(doc, (source.start, source.end), (target.start, target.end))
