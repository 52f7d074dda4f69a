"""Full-text search, a port with two sides: FTS5 on SQLite, tsvector on PostgreSQL. Words are matched by their stems; a phrase stands in quotation marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, Protocol

from sqlalchemy import ColumnElement, Connection, column, func, literal, literal_column, select, table, text

from dragoman.ledger.tables import reports, statements

Indexed = Literal["reports", "statements"]
COLUMNS: dict[Indexed, tuple[str, ...]] = {"reports": ("headline", "text"), "statements": ("content",)}
KEYS: dict[Indexed, str] = {"reports": "id", "statements": "finding"}
TABLES = {"reports": reports, "statements": statements}
WORD = re.compile(r'"([^"]*)"?|(\S+)')


class TextIndex(Protocol):
    """What a database must be able to do with words."""

    def make(self, connection: Connection) -> None:
        """Create what the index needs; called once, by the first migration."""

    def add(self, connection: Connection, what: Indexed, ids: Sequence[int]) -> None:
        """Index rows that were inserted."""

    def remove(self, connection: Connection, what: Indexed, ids: Sequence[int]) -> None:
        """Take rows out; called before they are deleted."""

    def matches(self, what: Indexed, words: str) -> ColumnElement[bool]:
        """The condition on a row of the table that holds all the words."""


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

    def matches(self, what: Indexed, words: str) -> ColumnElement[bool]:
        """Rows that hold all words."""
        terms = " ".join('"' + t.replace('"', '""') + '"' for t in terms_of(words))
        index = table(f"{what}_words", column("rowid"))
        found = select(index.c.rowid).where(literal_column(f"{what}_words").op("MATCH")(literal(terms)))
        return TABLES[what].c[KEYS[what]].in_(found)


class TsVector:
    """PostgreSQL's full-text index, an expression index over the same columns."""

    def make(self, connection: Connection) -> None:
        """Create the indexes."""
        for what in COLUMNS:
            connection.execute(text(f"CREATE INDEX IF NOT EXISTS ix_{what}_words ON {what} USING gin ({_vector(what)})"))

    def add(self, connection: Connection, what: Indexed, ids: Sequence[int]) -> None:
        """Nothing to do: PostgreSQL keeps the index itself."""

    def remove(self, connection: Connection, what: Indexed, ids: Sequence[int]) -> None:
        """Nothing to do: PostgreSQL keeps the index itself."""

    def matches(self, what: Indexed, words: str) -> ColumnElement[bool]:
        """Rows that hold all words."""
        query = func.websearch_to_tsquery(literal_column("'english'::regconfig"), " ".join(f'"{t}"' for t in terms_of(words)))
        return literal_column(_vector(what)).op("@@")(query)


def text_index(dialect: str) -> TextIndex:
    """The index of a database: `sqlite` or `postgresql`."""
    return Fts5() if dialect == "sqlite" else TsVector()


def terms_of(words: str) -> list[str]:
    """Words and phrases of a query; nothing in it is taken as an operator."""
    found = [phrase or word for phrase, word in WORD.findall(words)]
    return [t for t in (f.replace('"', " ").strip() for f in found) if any(c.isalnum() for c in t)]


def _vector(what: Indexed) -> str:
    joined = " || ' ' || ".join(f"coalesce({what}.{c}, '')" for c in COLUMNS[what])
    return f"to_tsvector('english'::regconfig, {joined})"
