"""The written examples: lines `CAMEO code<TAB>status<TAB>sentence with [S source] and [T target]`, led to parsed pairs."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language

from dragoman.events.codes import code, table
from dragoman.events.features import Pair
from dragoman.language.document import Document, compose, tokenise
from dragoman.language.wire import lay_out
from dragoman.records import Report, Span

FOLDER = Path(__file__).parent / "examples"
MARK = re.compile(r"\[([ST]) ([^\[\]]*)\]")
MERGED = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
INTENT = (  # roots of an act → the code of announcing it
    (("04",), "036"),
    (("05",), "032"),
    (("061",), "0311"),
    (("062",), "0312"),
    (("063",), "0313"),
    (("064",), "0314"),
    (("06",), "031"),
    (("071",), "0331"),
    (("072",), "0332"),
    (("073",), "0333"),
    (("074",), "0334"),
    (("07",), "033"),
    (("081",), "0352"),
    (("083",), "034"),
    (("084",), "0353"),
    (("085",), "0354"),
    (("086",), "0355"),
    (("087",), "0356"),
    (("08",), "035"),
    (("14",), "133"),
    (("163",), "1312"),
    (("16", "172"), "131"),
    (("17",), "132"),
    (("15", "18", "19"), "138"),
)
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
        return type_of(self.code)

    @property
    def code(self) -> str:
        """The code that the model shall learn: of what is planned the code of announcing it."""
        return intended(self.cameo) if self.status == "planned" else self.cameo

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
    line = code(cameo)
    found = line.published or line.house  # appeals (02x) have no line in the published table
    if found is None:
        raise ValueError(f"{cameo} is no act")
    return MERGED.get(found, found)


def intended(cameo: str) -> str:
    """The code of announcing an act: what is planned is coded as CAMEO codes it, as an intent to cooperate (03x) or a threat (13x)."""
    return next((code_ for roots, code_ in INTENT if cameo.startswith(roots)), cameo)


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
