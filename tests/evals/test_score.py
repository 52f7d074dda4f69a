"""The accuracy gate can tell right from wrong: a key held against a record made of it, and against records with one thing changed."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest

from dragoman.records import Span
from evals import gained, keys, matching, score

HERE = Path(keys.__file__).parent
TEXT = "Chile said Peru “will not answer” until Lima's envoy, who left, returns."


def span(words: str) -> Span:
    return keys.located(TEXT, words)[0]


def test_overlap_counts_letters_only() -> None:
    assert matching.overlap(TEXT, [span("“will not answer”")], [span("will not answer")]) == 1.0
    assert matching.overlap(TEXT, [span("will not answer")], [span("returns")]) == 0.0
    assert matching.half(0.49) == 0.0


def test_each_find_matches_once_and_the_best_first() -> None:
    assert sorted(matching.match([1, 2], [2, 1, 1], lambda g, f: 1.0 if g == f else 0.0)) == [(0, 2), (1, 0)]
    assert matching.match(["a"], ["b"], lambda g, f: 0.0) == []


@pytest.mark.parametrize(
    ("gold", "found", "same"),
    [
        ("CHL", "CHL", True),
        ("CHL", "PER", False),
        ("opposition:VEN", "venezuelan opposition", True),
        ("western allies", "allies", True),
        ("rebels", "RUS", False),
    ],
)
def test_actors_agree_by_code_or_by_words(gold: str, found: str, same: bool) -> None:
    assert matching.same_actor(gold, found) is same


@pytest.mark.parametrize(
    ("gold", "found", "same"),
    [
        (["CHL", "PER"], ["CHL", "PER"], True),
        (["CHL", "PER"], ["CHL"], True),
        (["CHL"], ["CHL", "PER", "BOL"], False),
        ([], ["BOL"], False),
        ([], ["gunman"], True),
        (["CHL"], [], False),
    ],
)
def test_a_side_agrees_by_half(gold: list[str], found: list[str], same: bool) -> None:
    assert matching.same_side(gold, found) is same


def test_the_event_asked_for_is_the_one_that_shares_most() -> None:
    events = [SimpleNamespace(trigger_span=Span(0, 5), part="text"), SimpleNamespace(trigger_span=Span(6, 10), part="text")]
    assert matching.event_at(events, 6, 11) is events[1]
    assert matching.event_at(events, 20, 25) is None


def test_words_that_are_not_there_are_an_error() -> None:
    with pytest.raises(ValueError, match="not in the text"):
        keys.located(TEXT, "Bolivia")


def test_every_key_stands_in_its_text() -> None:
    read, unread = keys.reports(HERE / "reports"), keys.reports(HERE / "reports" / "held-out")
    assert len(read) >= 30
    assert len(unread) >= 14
    for key in (*read, *unread):
        for entries, field in ((key.statements, "content"), (key.events, "trigger"), (key.conditions, "antecedent"), (key.conditions, "consequent"), (key.affairs, "anchor")):
            for entry in entries:
                assert keys.located(key.text, entry[field], entry.get("nth", 1))
    sentences = [k for path in (HERE / "sentences").glob("*.jsonl") for k in keys.sentences(path)]
    assert len(sentences) >= 400
    assert len({k.text for k in sentences}) == len(sentences)


def test_the_held_out_reports_bind_and_teach_nothing() -> None:
    held_out = {k.id for k in keys.reports(HERE / "reports" / "held-out")}
    assert held_out.isdisjoint(k.id for k in keys.reports(HERE / "reports"))  # what calibration reads
    assert held_out.isdisjoint(json.loads(line)["ref"] for line in gained.sample())
    floors = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))["floors"]
    assert not [name for name in floors if name.startswith("held-out reports")]


def test_examples_of_the_held_out_reports_are_never_printed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def one(_: object, name: str, __: object, *, shown: bool = True) -> list[score.Measure]:
        return [score.Measure(f"{name}: events", shown, missed=[f"an example of {name}"])]

    monkeypatch.setattr(score, "Reader", lambda: None)
    monkeypatch.setattr(score, "score_reports", one)
    monkeypatch.setattr(score, "score_conditions", lambda *_: [])
    monkeypatch.setattr(score, "score_statuses", lambda *_: [])
    monkeypatch.setattr("sys.argv", ["score", "--show", "3"])
    assert score.main() == 0
    told = capsys.readouterr().out
    assert "an example of reports" in told
    assert "an example of held-out reports" not in told
