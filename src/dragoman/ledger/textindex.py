"""Full-text search, a port with two sides: FTS5 on SQLite, tsvector on PostgreSQL. Words are matched by their stems, without accents; a phrase stands in quotation marks.

Both sides must find the same: punctuation parts words (`cease-fire` is the phrase `cease fire`), no word is left out for being common ("no treaty" is not "treaty").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import reduce
from typing import Any, Literal, Protocol

from sqlalchemy import ColumnElement, Connection, column, false, func, literal, literal_column, select, table, text

from dragoman.ledger.tables import reports, statements

Indexed = Literal["reports", "statements"]
COLUMNS: dict[Indexed, tuple[str, ...]] = {"reports": ("headline", "text"), "statements": ("content",)}
KEYS: dict[Indexed, str] = {"reports": "id", "statements": "finding"}
TABLES = {"reports": reports, "statements": statements}
FREQUENT = 10_000  # rows that hold a word
WORD = re.compile(r'"([^"]*)"?|(\S+)')
PARTS = r"\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f\u3000-\u303f"  # what parts words; ranges, as classes such as [:alnum:] go by the database's locale
ACCENTS = r"\u0300-\u036f"  # once letters are decomposed
PARTING, ACCENT = re.compile(f"[\0{PARTS}]+"), re.compile(f"[{ACCENTS}]")
CONFIGURATION = "dragoman"  # PostgreSQL's name for: English stems, no stop words


class TextIndex(Protocol):
    """What a database must be able to do with words."""

    def make(self, connection: Connection) -> None:
        """Create what the index needs; called once, by the first migration."""

    def add(self, connection: Connection, what: Indexed, ids: Sequence[int]) -> None:
        """Index rows that were inserted."""

    def remove(self, connection: Connection, what: Indexed, ids: Sequence[int]) -> None:
        """Take rows out; called before they are deleted."""

    def tidy(self, connection: Connection) -> None:
        """Leave nothing of rows that were taken out."""

    def matches(self, connection: Connection, what: Indexed, words: str) -> ColumnElement[bool]:
        """The condition on a row of the table that holds all the words, for a query that takes the first rows of many in an order of its own."""


class Fts5:
    """SQLite's full-text index over the tables' own text, which it does not copy."""

    def make(self, connection: Connection) -> None:
        """Create the virtual tables."""
        for what, columns in COLUMNS.items():
            connection.exec_driver_sql(
                f"CREATE VIRTUAL TABLE IF NOT EXISTS {what}_words USING fts5({', '.join(columns)}, content='{what}', content_rowid='{KEYS[what]}', tokenize='porter unicode61 remove_diacritics 2')"
            )

    def add(self, connection: Connection, what: Indexed, ids: Sequence[int]) -> None:
        """Index rows by their ids."""
        columns = ", ".join(COLUMNS[what])
        insert = f"INSERT INTO {what}_words(rowid, {columns}) SELECT {KEYS[what]}, {columns} FROM {what} WHERE {KEYS[what]} = ? AND {COLUMNS[what][-1]} IS NOT NULL"
        if ids:
            connection.exec_driver_sql(insert, [(i,) for i in ids])

    def remove(self, connection: Connection, what: Indexed, ids: Sequence[int]) -> None:
        """Tell the index which words go; it keeps no text of its own."""
        columns = ", ".join(COLUMNS[what])
        delete = f"INSERT INTO {what}_words({what}_words, rowid, {columns}) SELECT 'delete', {KEYS[what]}, {columns} FROM {what} WHERE {KEYS[what]} = ? AND {COLUMNS[what][-1]} IS NOT NULL"
        if ids:
            connection.exec_driver_sql(delete, [(i,) for i in ids])

    def tidy(self, connection: Connection) -> None:
        """Write the index anew: a word that was taken out stays in it, with a mark, until its part of the index is merged with others."""
        for what in COLUMNS:
            connection.exec_driver_sql(f"INSERT INTO {what}_words({what}_words) VALUES ('optimize')")

    def matches(self, connection: Connection, what: Indexed, words: str) -> ColumnElement[bool]:
        """Rows that hold all words. What few rows hold is looked up in the index; of what many hold, each row is asked in its turn, as the first ones soon make a page."""
        terms = " ".join(f'"{t}"' for t in terms_of(words))
        if not terms:
            return false()
        index, key = table(f"{what}_words", column("rowid")), TABLES[what].c[KEYS[what]]
        found = select(index.c.rowid).where(literal_column(f"{what}_words").op("MATCH")(literal(terms)))
        if len(connection.execute(found.limit(FREQUENT)).all()) < FREQUENT:
            return key.in_(found)
        return found.where(index.c.rowid == key).correlate(TABLES[what]).exists()


class TsVector:
    """PostgreSQL's full-text index, an expression index over the same columns."""

    def make(self, connection: Connection) -> None:
        """Create the indexes, and what they go by: English stems without stop words."""
        for command in _CONFIGURED if connection.scalar(text("SELECT 1 FROM pg_ts_config WHERE cfgname = :name"), {"name": CONFIGURATION}) is None else ():
            connection.execute(text(command))
        for what in COLUMNS:
            connection.execute(text(f"CREATE INDEX IF NOT EXISTS ix_{what}_words ON {what} USING gin ({_vector(what)})"))

    def add(self, connection: Connection, what: Indexed, ids: Sequence[int]) -> None:
        """Nothing to do: PostgreSQL keeps the index itself."""

    def remove(self, connection: Connection, what: Indexed, ids: Sequence[int]) -> None:
        """Nothing to do: PostgreSQL keeps the index itself."""

    def tidy(self, connection: Connection) -> None:
        """Nothing to do here: the vacuum that follows a deletion cleans the index."""

    def matches(self, connection: Connection, what: Indexed, words: str) -> ColumnElement[bool]:
        """Rows that hold all words."""
        asked: list[ColumnElement[Any]] = [func.phraseto_tsquery(literal_column(f"'{CONFIGURATION}'::regconfig"), t) for t in terms_of(words)]
        if not asked:
            return false()
        return literal_column(_vector(what)).op("@@")(reduce(lambda one, other: one.op("&&")(other), asked))


def text_index(dialect: str) -> TextIndex:
    """The index of a database: `sqlite` or `postgresql`."""
    return Fts5() if dialect == "sqlite" else TsVector()


def terms_of(words: str) -> list[str]:
    """Words and phrases of a query, without accents and punctuation; nothing in it is taken as an operator."""
    found = (_folded(phrase or word) for phrase, word in WORD.findall(words))
    return [t for t in found if any(c.isalnum() for c in t)]


def _folded(term: str) -> str:
    """As both databases see a text: see `_vector`; FTS5's tokenizer does the same by itself."""
    return PARTING.sub(" ", ACCENT.sub("", unicodedata.normalize("NFKD", term))).strip()


def _vector(what: Indexed) -> str:
    joined = " || ' ' || ".join(f"coalesce({what}.{c}, '')" for c in COLUMNS[what])
    plain = f"regexp_replace(normalize({joined}, NFKD), '[{ACCENTS}]', '', 'g')"
    return f"to_tsvector('{CONFIGURATION}'::regconfig, regexp_replace({plain}, '[{PARTS}]+', ' ', 'g'))"


_CONFIGURED = (
    f"CREATE TEXT SEARCH DICTIONARY {CONFIGURATION} (TEMPLATE = snowball, LANGUAGE = english)",
    f"CREATE TEXT SEARCH CONFIGURATION {CONFIGURATION} (COPY = english)",
    f"ALTER TEXT SEARCH CONFIGURATION {CONFIGURATION} ALTER MAPPING REPLACE english_stem WITH {CONFIGURATION}",
)
