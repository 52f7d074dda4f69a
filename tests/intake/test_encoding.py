from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.errors import NotTextError
from dragoman.intake.encoding import decode

CURLY = "“We won’t wait,” Łódź’s mayor said – in São Tomé."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_marked_or_plain_unicode_needs_no_note(encoding: str) -> None:
    decoded = decode(CURLY.encode(encoding))
    assert decoded.text == CURLY
    assert decoded.note is None


def test_western_marks_are_read_as_windows_1252_and_said_so() -> None:
    text = "“We won’t wait,” the minister told reporters – in São Tomé."
    decoded = decode(text.encode("windows-1252"))
    assert decoded.text == text
    assert decoded.note == "The encoding was not told: read as windows-1252."


def test_utf_16_without_a_mark_is_recognised() -> None:
    text = "Chile rejected the demand. " * 5
    assert decode(text.encode("utf-16-le")).text == text


def test_cyrillic_in_an_old_encoding_is_read_as_text() -> None:
    text = "Министр иностранных дел заявил, что переговоры продолжатся на следующей неделе в столице. " * 8
    decoded = decode(text.encode("windows-1251"))
    assert decoded.text == text
    assert decoded.note is not None


def test_utf_8_with_one_broken_byte_stays_utf_8() -> None:
    decoded = decode("“Non”, dit-il à Genève. Ça va. ".encode() * 20 + b"\xff")
    assert decoded.text.startswith("“Non”, dit-il à Genève.")
    assert decoded.note == "The encoding was not told: read as utf-8. 1 characters were broken and are shown as \ufffd."


def test_the_declared_encoding_is_believed_where_it_fits() -> None:
    assert decode("Gdańsk i Łódź".encode("iso-8859-2"), declared="iso-8859-2").text == "Gdańsk i Łódź"


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"%PDF-1.7 ...", "a PDF"),
        (b"PK\x03\x04rest", "office document"),
        (b"\x1f\x8b\x08rest", "gunzip"),
        (b"\x89PNG\r\n\x1a\nrest", "a picture"),
        (bytes(range(256)) * 20, "binary"),
    ],
)
def test_what_is_no_text_is_refused_with_a_remedy(raw: bytes, words: str) -> None:
    with pytest.raises(NotTextError, match=words):
        decode(raw)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # other work may share the machine
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_every_text_survives_utf_8(text: str) -> None:
    if not text.startswith("\ufeff") and not text.startswith(("%PDF-", "GIF8", "{\\rtf")):
        assert decode(text.encode()).text == text
