from __future__ import annotations

from pathlib import Path

import pytest
from tests.making import Wire

from dragoman.answers.ledger import Ledger

from .conftest import Run, lines_of


@pytest.fixture
def news(tmp_path: Path) -> Path:
    path = tmp_path / "news.db"
    with Ledger(path) as ledger:
        ledger.add(talks("2024-03-01").record())
    return path


def talks(day: str) -> Wire:
    made = Wire(f"On {day} Peru held talks with Chile. Talks are stalled.", day, url=day).event("CONSULT", ("state:PER",), ("state:CHL",), "held talks")
    return made.affair("negotiation", ("state:PER", "state:CHL"), "stalled", "talks", "Talks are stalled")


def test_watches_are_made_listed_and_ended(run: Run, news: Path) -> None:
    (told,) = lines_of(run("watch", "add", "peru", "chile", "--hook", "https://watcher.example/hook", "--kind", "event", "--ledger", news))
    number, about, feed, secret = told.split("\t")
    assert (number, about, feed) == ("1", "PER – CHL", "/dyads/PER/CHL/feed.atom")
    assert secret.startswith("whsec_")
    assert lines_of(run("watch", "add", "--affair", "1", "--who", "desk", "--ledger", news)) == ["2\taffair a1\t/affairs/1/feed.atom"]
    assert lines_of(run("watch", "list", "--ledger", news)) == [
        "1\tPER – CHL\tevent\tcommand line\thttps://watcher.example/hook: told",
        "2\taffair a1\taffair, condition, event\tdesk\tfeed",
    ]
    assert run("watch", "end", "1", "--ledger", news).exit_code == 0
    assert len(lines_of(run("watch", "list", "--ledger", news))) == 1
    assert len(lines_of(run("watch", "list", "--ended", "--ledger", news))) == 2
    assert run("watch", "end", "1", "--ledger", news).exit_code == 1


@pytest.mark.parametrize(
    "wrong",
    [(), ("a", "b", "c"), ("peru", "lima"), ("peru", "--affair", "1"), ("--affair", "x"), ("nobodyland",), ("peru", "--hook", "http://10.0.0.1/"), ("peru", "--hook", "example.org"), ("peru", "--kind", "all")],
    ids=str,
)  # fmt: skip
def test_what_cannot_be_watched_is_told(run: Run, news: Path, wrong: tuple[str, ...]) -> None:
    result = run("watch", "add", *wrong, "--ledger", news)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_delivering_tells_what_was_not_taken(run: Run, news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []

    def post(url: str, secret: str, id: str, body: bytes, *, allowed: object) -> str | None:
        sent.append(url)
        return None if url.endswith("good") else "The address answered 500."

    monkeypatch.setattr("dragoman.web.deliveries.send", post)
    for path in ("good", "bad"):
        run("watch", "add", "peru", "--hook", f"https://watcher.example/{path}", "--ledger", news)
    with Ledger(news) as ledger:
        ledger.add(talks("2024-05-01").record())
    told = run("watch", "deliver", "--ledger", news)
    assert told.exit_code == 1
    assert "1 message taken, 1 not yet" in told.output
    assert "Watch 2: The address answered 500." in told.output
    assert sent == ["https://watcher.example/good", "https://watcher.example/bad"]
    assert "tried again (The address answered 500.)" in run("watch", "list", "--ledger", news).stdout
