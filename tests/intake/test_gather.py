from __future__ import annotations

import io
from pathlib import Path

import pytest

from dragoman.errors import EmptyTextError, InputError, NoArticleError, NoFilesError, NotTextError
from dragoman.intake.gather import Form, gather
from dragoman.intake.item import Item, SetAside

EXAMPLES = Path(__file__).parents[2] / "examples"


def reason(path: Path, form: Form | None = None) -> Exception:
    (found,) = gather([path], form=form)
    assert isinstance(found, SetAside)
    assert str(path) in str(found.error)
    return found.error


def test_a_page_gives_its_article_headline_day_and_publisher() -> None:
    (item,) = gather([EXAMPLES / "caribbean-envoys.html"])
    assert isinstance(item, Item)
    report = item.report
    assert report.text.startswith("BOGOTA, May 22 (Reuters) - Colombia expelled")
    assert "All rights reserved" not in report.text
    assert (report.headline, report.publisher, str(report.published)) == ("Colombia expels two Nicaraguan diplomats", "The Isthmus Courier", "2024-05-22")
    assert report.url == "https://isthmus-courier.example/2024/05/colombia-expels-two-nicaraguan-diplomats"
    assert item.notes == ("The day, 2024-05-22, was taken from the page.",)


def test_a_text_is_kept_to_the_character(tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    file.write_bytes("\ufeff“Non,”\r\n\r\nhe said.\r\n".encode())
    (item,) = gather([file])
    assert isinstance(item, Item)
    assert item.report.text == "“Non,”\r\n\r\nhe said.\r\n"


def test_a_folder_is_read_in_order_with_all_that_is_in_it(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/.hidden.txt", ".git/x.txt", "c.csv"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text("Peru agreed.")
    refs = [x.ref for x in gather([tmp_path])]
    assert refs == [str(tmp_path / "a/z.txt"), str(tmp_path / "b.txt")]


def test_a_folder_without_files_to_read_says_what_is_read(tmp_path: Path) -> None:
    error = reason(tmp_path)
    assert isinstance(error, NoFilesError)
    assert ".txt" in str(error)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("empty.txt", b"", EmptyTextError),
        ("blank.txt", b" \n\t\n", EmptyTextError),
        ("empty.html", b"", EmptyTextError),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00", NotTextError),
        ("menu.html", b"<html><body><nav><a href=/>Home</a> <a href=/x>World</a></nav></body></html>", NoArticleError),
        ("text.html", b"This is no page at all.", NoArticleError),
        ("many.json", b"[]", InputError),
        ("empty.jsonl", b"", InputError),
    ],
)
def test_what_holds_no_report_is_set_aside(tmp_path: Path, name: str, content: bytes, kind: type[Exception]) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    assert type(reason(file)) is kind


def test_a_missing_file_does_not_stop_the_next(tmp_path: Path) -> None:
    missing, item = gather([tmp_path / "none.txt", EXAMPLES / "blue-nile.txt"])
    assert isinstance(missing, SetAside)
    assert "no such file" in str(missing.error)
    assert isinstance(item, Item)


@pytest.mark.parametrize(
    ("start", "refs"),
    [(b'{"ref": "a", "text": "Peru agreed."}\n', ["a"]), (b"Peru agreed.", ["<stdin>"]), (b"  \n<!DOCTYPE html><html></html>", ["<stdin>"])],
)
def test_standard_input_is_known_by_its_first_characters(start: bytes, refs: list[str]) -> None:
    found = list(gather([Path("-")], stdin=io.BytesIO(start)))
    assert [x.ref for x in found] == refs
    assert isinstance(found[0], SetAside) == (b"<" in start)


def test_the_form_given_goes_before_the_suffix(tmp_path: Path) -> None:
    file = tmp_path / "lines.txt"
    file.write_text('{"ref": "a", "text": "Peru agreed."}\n')
    (item,) = gather([file], form="jsonl")
    assert isinstance(item, Item)
    assert item.ref == "a"
