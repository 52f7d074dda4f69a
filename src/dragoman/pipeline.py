"""The stages in order: a report in, a record out. The first file to open.

    language → actors → times, places → statements → events → conditions → affairs → record

A stage takes the parsed document and what earlier stages found, and gives its findings; it does no I/O and changes nothing of theirs.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from importlib import resources as package_files
from importlib.metadata import version
from typing import Any

from dragoman.actors.find import find_actors
from dragoman.actors.world import World
from dragoman.affairs.find import find_affairs
from dragoman.calibration import calibrated
from dragoman.conditions.find import find_conditions
from dragoman.errors import DragomanError, EmptyTextError, LanguageError
from dragoman.events.find import find_events
from dragoman.language.detect import detect_language
from dragoman.language.document import Composed, Document, compose, tokenise
from dragoman.language.model import load_model, model_fingerprint
from dragoman.language.pieces import cut
from dragoman.language.wire import lay_out
from dragoman.places.find import find_places
from dragoman.records import Actor, Record, Report
from dragoman.settings import Settings
from dragoman.statements.find import find_statements
from dragoman.times.find import find_times

FINDINGS = ("mentions", "times", "places", "statements", "events", "conditions", "affairs")  # fields of a record that the pieces of a long text fill one after another


class Reader:
    """Reads reports. Built once: from settings, resources, model and the user's own actor files; then pure.

    A reader pickles as its settings, so that it can be sent to another process or machine.

    Args:
        settings: What the user set; read from the environment where None.
        calibrated: Whether findings carry measured confidences; False gives what each rule claims by itself, which is what calibration starts from.
    """

    def __init__(self, settings: Settings | None = None, *, calibrated: bool = True) -> None:
        self.settings = settings or Settings()
        self.calibrated = calibrated
        self.nlp = load_model(self.settings.model)
        self.world = World(self.settings.actor_files)

    def __reduce__(self) -> tuple[Any, ...]:
        return functools.partial(Reader, calibrated=self.calibrated), (self.settings,)

    @functools.cached_property
    def fingerprint(self) -> str:
        """Short hash of version, model, settings, resources and actor files: two readers with the same one read alike."""
        digest = hashlib.sha256()
        told = (version("dragoman"), model_fingerprint(self.nlp), self.settings.model_dump_json(exclude={"actor_files", "batch_characters"}))
        for raw in (*(t.encode() for t in told), *_data(self.settings)):
            digest.update(len(raw).to_bytes(8, "big") + raw)
        return f"dragoman-{version('dragoman')}+{digest.hexdigest()[:12]}"

    def read(self, report: Report | str, *, published: dt.date | str | None = None, ref: str | None = None) -> Record:
        """Read one report.

        Args:
            report: A report, or its text alone.
            published: The report's day (`2024-06-06`), where `report` is a text; without it, relative dates stay open.
            ref: The caller's own name for it.

        Raises:
            EmptyTextError: If there is nothing to read.
            LanguageError: If the text is not English.
            ValueError: If `published` is no date.
        """
        if isinstance(report, str):
            report = Report(text=report, published=dt.date.fromisoformat(published) if isinstance(published, str) else published)
        (outcome,) = self.read_batch([(ref, report)])
        if isinstance(outcome, DragomanError):
            raise outcome
        return outcome

    def read_batch(self, reports: Iterable[tuple[str | None, Report]]) -> Iterator[Record | DragomanError]:
        """Read (ref, report) pairs, parsing them in batches bounded by characters; gives a record or the reason for none, in order."""
        batch: list[tuple[str | None, Report]] = []
        characters = 0
        for item in reports:
            if batch and characters + len(item[1].text) > self.settings.batch_characters:
                yield from self._read_together(batch)
                batch, characters = [], 0
            batch.append(item)
            characters += len(item[1].text)
        if batch:
            yield from self._read_together(batch)

    def read_pieces(self, report: Report, *, ref: str | None = None) -> Iterator[Record]:
        """Read one very long report piece by piece, for whoever cannot hold all its findings at once.

        Returns:
            A record of the whole report a piece, each with the findings of that piece only; ids do not repeat. Put together, they say what `read` says.

        Raises:
            DragomanError: As `read` does.
        """
        pieces = self._prepare(report)
        if isinstance(pieces, DragomanError):
            raise pieces
        for number, piece in enumerate(pieces):
            document = Document.of(piece, self.nlp(tokenise(piece, self.nlp)), number)
            yield self._read_document(document, ref)
            document.close()

    def _read_together(self, batch: Sequence[tuple[str | None, Report]]) -> Iterator[Record | DragomanError]:
        prepared = [self._prepare(report) for _, report in batch]
        composed = [c for pieces in prepared if not isinstance(pieces, DragomanError) for c in pieces]
        longest = max((len(c.text) for c in composed), default=1)
        at_once = max(1, self.settings.batch_characters // max(longest, 1))  # the pieces of one long text are many: the parser must not take them all together
        parsed = self.nlp.pipe(((tokenise(c, self.nlp), c) for c in composed), as_tuples=True, batch_size=at_once)
        for (ref, _), pieces in zip(batch, prepared, strict=True):
            if isinstance(pieces, DragomanError):
                yield pieces
                continue
            records = []
            for number in range(len(pieces)):
                doc, piece = next(parsed)
                document = Document.of(piece, doc, number)
                records.append(self._read_document(document, ref))
                document.close()
            yield _joined(records)

    def _prepare(self, report: Report) -> list[Composed] | DragomanError:
        """What is to be parsed of a report, in pieces; or why it cannot be read."""
        if not report.text.strip():
            return EmptyTextError("The report has no text.")
        language = report.language or detect_language(report.text)
        if self.settings.check_language and language not in (None, "en"):
            return LanguageError(language)
        layout = lay_out(report.model_copy(update={"language": language}))
        return [compose(piece) for piece in cut(layout, self.settings.piece_characters)]

    def _read_document(self, document: Document, ref: str | None) -> Record:
        cast = find_actors(document, self.world)
        times = find_times(document)
        places = find_places(document, cast)
        statements = find_statements(document, cast)
        events = find_events(document, cast, times, places, statements)
        conditions = find_conditions(document, cast, statements, events)
        affairs = find_affairs(document, cast, statements, events, conditions)
        if self.calibrated:
            statements, events = calibrated("statements", statements), calibrated("events", events)
            conditions, affairs = calibrated("conditions", conditions), calibrated("affairs", affairs)
        return Record(
            ref=ref,
            reader=self.fingerprint,
            report=document.report,
            actors=tuple(cast.actors.values()),
            mentions=cast.mentions,
            times=times,
            places=places,
            statements=statements,
            events=events,
            conditions=conditions,
            affairs=affairs,
            notes=_notes(document),
        )


def _notes(document: Document) -> tuple[str, ...]:
    """What had to be left open or assumed, in words."""
    notes = []
    if document.report.published is None:
        notes.append("The report's day is not known: relative dates are left open. Give it with --published (published=).")
    if document.report.language is None:
        notes.append("Too few words to tell the language: read as English.")
    return tuple(notes)


def _joined(records: Sequence[Record]) -> Record:
    """One record from the pieces of a long report; an actor met again keeps what the first piece said of it."""
    first, *rest = records
    if not rest:
        return first
    actors: dict[str, Actor] = {}
    for record in records:
        for actor in record.actors:
            actors.setdefault(actor.id, actor)
    together = {f: tuple(x for record in records for x in getattr(record, f)) for f in FINDINGS}
    return first.model_copy(update={"actors": tuple(actors.values()), **together, "notes": (*first.notes, pieces_note(len(records)))})


def pieces_note(number: int) -> str:
    """What a reader of the record has to know of a text that was read in pieces."""
    return f"The text was read in {number} pieces: who is who was carried over between them by name only."


def _data(settings: Settings) -> Iterator[bytes]:
    """Content of all resources and of the user's actor files, in a fixed order."""
    stack = [package_files.files("dragoman.resources")]
    while stack:
        for place in sorted(stack.pop().iterdir(), key=lambda p: p.name):
            if place.is_dir() and not place.name.startswith("__"):
                stack.append(place)
            elif place.is_file() and not place.name.endswith((".py", ".pyc")):
                yield place.read_bytes()
    for path in settings.actor_files:
        for file in sorted(path.glob("*.yaml")) if path.is_dir() else [path]:
            yield file.read_bytes()
