"""Data files: all of them parse, and what is kept of a file goes with its content."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman import resources
from dragoman.errors import ResourceError

ROOT = Path(resources.__file__).parent
NAMES = sorted(str(p.relative_to(ROOT)) for p in ROOT.rglob("*.yaml"))


@pytest.mark.parametrize("name", NAMES)
def test_every_resource_says_what_it_holds(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert text.startswith("#"), "a head comment on fields and source"
    assert resources.parse(text, name) is not None


@pytest.mark.parametrize("name", NAMES)
def test_what_is_kept_equals_what_is_parsed(name: str) -> None:
    resources.load.cache_clear()
    first = resources.load(name)
    resources.load.cache_clear()
    assert resources.load(name) == first == resources.parse((ROOT / name).read_text(encoding="utf-8"), name)


def test_a_changed_file_is_parsed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "words.yaml").write_text("# words\n[one]\n", encoding="utf-8")
    monkeypatch.setattr("importlib.resources.files", lambda _: tmp_path)
    resources.load.cache_clear()
    assert resources.load("words.yaml") == ["one"]
    (tmp_path / "words.yaml").write_text("# words\n[two]\n", encoding="utf-8")
    resources.load.cache_clear()
    assert resources.load("words.yaml") == ["two"]
    resources.load.cache_clear()


def test_errors_name_the_file() -> None:
    with pytest.raises(ResourceError, match=r"en/nothing\.yaml"):
        resources.load("en/nothing.yaml")
    with pytest.raises(ResourceError, match=r"mine\.yaml: not valid YAML"):
        resources.parse("[", "mine.yaml")
