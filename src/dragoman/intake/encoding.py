"""Bytes to text: which encoding, and what had to be assumed."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from dragoman.errors import NotTextError

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Source: the formats' own specifications (first bytes of a file).
SIGNATURES = (
    (b"%PDF-", "a PDF", "Convert it to text first, for instance with pdftotext."),
    (b"PK\x03\x04", "a ZIP archive or an office document", "Unpack it, or save the document as plain text."),
    (b"\x1f\x8b", "gzip-compressed", "Unpack it first: gunzip -c FILE | dragoman read -"),
    (b"\xd0\xcf\x11\xe0", "an old office document", "Save it as plain text."),
    (b"\x89PNG", "a picture", "Dragoman reads text."),
    (b"\xff\xd8\xff", "a picture", "Dragoman reads text."),
    (b"GIF8", "a picture", "Dragoman reads text."),
    (b"{\\rtf", "a rich-text document", "Save it as plain text."),
)
SAMPLE = 65_536  # bytes that decide which encoding
CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# Letters and marks that Western text in windows-1252 holds: curly quotation marks, dashes, the ellipsis, the euro, accented letters, signs.
WESTERN = re.compile(rb"[\x80\x85\x91-\x97\xa0-\xff]")
HIGH = re.compile(rb"[\x80-\xff]")
MULTIBYTE = re.compile(rb"[\xc2-\xf4][\x80-\xbf]+")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, and what was assumed to get it (None where nothing was)."""

    text: str
    note: str | None = None


def decode(raw: bytes, *, declared: str | None = None) -> Decoded:
    """The text of a file, without its byte-order mark.

    Args:
        raw: All of it.
        declared: The encoding that the file itself names, if it does; believed where it fits.

    Raises:
        NotTextError: If it holds no text.

    Source of the guess for other encodings than UTF-8: charset-normalizer.
    """
    for mark, marked in BOMS:
        if raw.startswith(mark):
            return _whole(raw[len(mark) :], marked)
    _refuse_other_formats(raw)
    if b"\x00" in raw[:SAMPLE] and (encoding := _utf16(raw[:SAMPLE])):  # UTF-16 is valid UTF-8 too, with a zero after every letter
        return _whole(raw, encoding, note=f"The encoding was not told: read as {encoding}.")
    try:
        return Decoded(raw.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    if declared and (text := _try(raw, declared)) is not None:
        return Decoded(text)
    guessed = _guess(raw)
    if guessed is None:
        raise NotTextError("The file holds no text in any encoding that is known. Save it as UTF-8.")
    return _whole(raw, guessed, note=f"The encoding was not told: read as {guessed}.")


def _whole(raw: bytes, encoding: str, note: str | None = None) -> Decoded:
    text = raw.decode(encoding, errors="replace")
    broken = text.count("\ufffd")
    if broken:
        note = f"{note or f'Read as {encoding}.'} {broken} characters were broken and are shown as \ufffd."
    return Decoded(text, note)


def _try(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except (LookupError, UnicodeDecodeError):
        return None


def _refuse_other_formats(raw: bytes) -> None:
    for signature, what, remedy in SIGNATURES:
        if raw.startswith(signature):
            raise NotTextError(f"The file is {what}, not text. {remedy}")
    sample = raw[:SAMPLE]
    if b"\x00" in sample and _utf16(sample) is None:
        raise NotTextError("The file is binary, not text. Give a text file, a page (HTML) or JSON Lines.")
    if len(CONTROLS.findall(sample)) > len(sample) / 50 and b"\x00" not in sample:
        raise NotTextError("The file is binary, not text. Give a text file, a page (HTML) or JSON Lines.")


def _utf16(sample: bytes) -> str | None:
    """UTF-16 without a mark: in Western text every second byte is zero."""
    half = len(sample) // 2
    for name, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if half and zeros.count(0) > 0.6 * half and sample.count(0) < 1.1 * zeros.count(0):
            return name
    return None


def _guess(raw: bytes) -> str | None:
    high = HIGH.findall(raw)
    multibyte = sum(len(x) for x in MULTIBYTE.findall(raw))
    if multibyte > 0.8 * len(high):  # UTF-8 with a few broken places
        return "utf-8"
    if len(high) < len(raw) / 6 and len(WESTERN.findall(raw)) == len(high):  # an English text with a curly mark or an accent here and there
        return "windows-1252"
    from charset_normalizer import from_bytes

    best = from_bytes(raw[:SAMPLE]).best()
    return best.encoding.replace("cp125", "windows-125") if best else None
