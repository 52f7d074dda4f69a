"""Full-text search: one contract, on every database."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select
from tests.making import Wire

from dragoman.answers.ledger import Ledger
from dragoman.ledger import tables
from dragoman.ledger.opening import reading
from dragoman.ledger.textindex import terms_of

TEXTS = {
    "peace": "Tokyo said it wants a peace treaty. Negotiations were halted at the islands.",
    "none": "There is no treaty, and there will be none: the peace was broken.",
    "truce": "A cease-fire was agreed near Łódź; Muñoz and İnönü's envoys signed it.",
    "F16": "The U.S. will sell 40 F-16s for $2.5 billion, it said.",
}


def found(ledger: Ledger, words: str) -> list[str]:
    r = tables.reports.c
    with reading(ledger.engine) as connection:
        return list(connection.scalars(select(r.ref).where(ledger.words.matches(connection, "reports", words)).order_by(r.id)))


@pytest.fixture
def told(any_ledger: Ledger) -> Ledger:
    any_ledger.add([Wire(text, ref=ref, headline=f"On {ref}").record() for ref, text in TEXTS.items()])
    return any_ledger


@pytest.mark.parametrize(
    ("words", "refs"),
    [
        ("treaty", ["peace", "none"]),
        ("TREATIES", ["peace", "none"]),
        ("island negotiate", ["peace"]),
        ('"peace treaty"', ["peace"]),
        ('"treaty peace"', []),
        ('"peace treaty', ["peace"]),
        ("“peace treaty”", ["peace"]),
        ('"no treaty"', ["none"]),
        ("no", ["none"]),
        ("cease-fire", ["truce"]),
        ('"cease fire"', ["truce"]),
        ("munoz", ["truce"]),
        ("MUÑOZ", ["truce"]),
        ("Inonu", ["truce"]),
        ("inönü's", ["truce"]),
        ("Łódź", ["truce"]),
        ("U.S. F-16s", ["F16"]),
        ("f 16s", ["F16"]),
        ("$2.5", ["F16"]),
        ("on F16", ["F16"]),
        ("treaty Chile", []),
        ("", []),
        ("*** \" ' -- ()", []),
    ],
)
def test_words_find_what_holds_them_all(told: Ledger, words: str, refs: list[str]) -> None:
    if words == "“peace treaty”":
        refs = ["peace", "none"]  # two words that both hold: only straight marks make a phrase
    assert found(told, words) == refs


@pytest.mark.parametrize(
    "words",
    [
        "treaty OR Chile",
        "treaty NOT peace",
        "NEAR(treaty peace)",
        "headline:treaty",
        "tre*",
        "-treaty",
        "^treaty",
        "treaty & | ! <->",
        "'; DROP TABLE reports; --",
        "\0",
        "treaty\0x",
    ],
)
def test_nothing_is_an_operator(told: Ledger, words: str) -> None:
    assert found(told, words) in ([], ["peace", "none"])
    assert found(told, "treaty") == ["peace", "none"]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=30))
def test_whatever_is_asked_there_is_an_answer(told: Ledger, words: str) -> None:
    found(told, words)


@given(words=st.text(alphabet=st.characters(codec="utf-8"), max_size=40))
def test_terms_hold_no_mark_that_a_database_could_take_for_an_operator(words: str) -> None:
    assert not {c for t in terms_of(words) for c in t} & set("\"'*()-:^&|!<>\0")


def test_what_is_taken_out_is_found_no_more(told: Ledger) -> None:
    with told.engine.connect().execution_options(writes=True) as connection, connection.begin():
        told.words.remove(connection, "reports", [1])
        connection.execute(delete(tables.reports).where(tables.reports.c.id == 1))
    assert found(told, "treaty") == ["none"]
    assert found(told, "islands") == []


def test_statements_are_found_by_their_own_words_only(any_ledger: Ledger) -> None:
    any_ledger.add(Wire("Peru refused talks with Chile over Arica.").statement("state:PER", "refused", "talks with Chile", act="refuse").record())
    assert len(any_ledger.statements(search="talk")) == 1
    assert any_ledger.statements(search="Arica") == []
