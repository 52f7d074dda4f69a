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


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DRAGOMAN_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.mark.parametrize("name", NAMES)
def test_what_is_kept_equals_what_is_parsed(name: str, cache: Path) -> None:
    for _ in range(2):
        resources.load.cache_clear()
        assert resources.load(name) == resources.parse((ROOT / name).read_text(encoding="utf-8"), name)
    assert len(list(cache.iterdir())) == 1


def test_kept_data_go_with_their_source(cache: Path) -> None:
    made: list[str] = []

    def make() -> list[str]:
        made.append("once")
        return ["data"]

    assert resources.kept("words", b"one", make) == resources.kept("words", b"one", make) == ["data"]
    assert len(made) == 1
    resources.kept("words", b"two", make)
    assert len(made) == 2


def test_a_broken_or_forbidden_cache_costs_time_only(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    resources.kept("words", b"one", lambda: [1])
    (file,) = cache.iterdir()
    file.write_bytes(b"not what it was")
    assert resources.kept("words", b"one", lambda: [2]) == [2]
    monkeypatch.setenv("DRAGOMAN_CACHE", str(file / "no folder"))
    assert resources.kept("words", b"one", lambda: [3]) == [3]
    monkeypatch.setenv("DRAGOMAN_CACHE", "")
    assert resources.kept("words", b"one", lambda: [4]) == [4]


def test_errors_name_the_file() -> None:
    with pytest.raises(ResourceError, match=r"en/nothing\.yaml"):
        resources.load("en/nothing.yaml")
    with pytest.raises(ResourceError, match=r"mine\.yaml: not valid YAML"):
        resources.parse("[", "mine.yaml")
