from __future__ import annotations

import datetime as dt
import gzip
import json
import random
import shutil
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.exports.filled import fill

from dragoman.answers.ledger import Ledger
from dragoman.errors import InputError
from dragoman.exports.snapshot import Contents, verify, write_snapshot
from dragoman.ledger.transfer import one_state, take_files

AT = dt.datetime(2024, 7, 2, 12, tzinfo=dt.UTC)


def taken(ledger: Ledger, path: Path) -> dict:
    with one_state(ledger.engine) as connection:
        return write_snapshot(connection, path, AT)


@pytest.mark.parametrize("name", ["state", "state.zip"])
def test_a_snapshot_is_whole_and_says_what_it_is(any_ledger: Ledger, tmp_path: Path, name: str) -> None:
    fill(any_ledger)
    manifest = taken(any_ledger, tmp_path / name)
    assert verify(tmp_path / name) == (manifest, [])
    assert (manifest["counts"]["reports"], manifest["counts"]["events"], manifest["counts"]["lines"]) == (3, 9, 3)
    assert manifest["readers"] == ["dragoman-test+1"]
    assert manifest["codebook"] == "1.0"
    assert manifest["contents"] in manifest["cite"]
    assert manifest["ledger"] in manifest["cite"]


def test_the_hash_is_the_same_in_another_ledger_and_in_either_form(any_ledger: Ledger, tmp_path: Path) -> None:
    fill(any_ledger)
    one = taken(any_ledger, tmp_path / "one")
    with Ledger(tmp_path / "copy.db") as copy:
        list(take_files(copy, [tmp_path / "one" / "ledger.jsonl.gz"]))
        other = taken(copy, tmp_path / "other.zip")
    assert one["contents"] == other["contents"]
    assert one["ledger"] != other["ledger"]


def test_equal_states_give_equal_bytes(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger)
    taken(ledger, tmp_path / "one.zip")
    taken(ledger, tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


@given(st.lists(st.dictionaries(st.text(max_size=3), st.integers(), max_size=3), max_size=8), st.randoms())
def test_the_order_of_lines_does_not_matter_but_their_number_does(lines: list[dict], some: random.Random) -> None:
    mixed = [dict(sorted(line.items(), key=lambda _: some.random())) for line in lines]
    some.shuffle(mixed)
    one, other, more = Contents([]), Contents([]), Contents([])
    for line in lines:
        one.add({"reading": line})
    for line in mixed:
        other.add({"reading": line})
    for line in [*lines, {}]:
        more.add({"reading": line})
    assert one.hexdigest() == other.hexdigest() != more.hexdigest()


def test_whatever_was_changed_is_told(ledger: Ledger, tmp_path: Path) -> None:
    fill(ledger)
    taken(ledger, tmp_path / "state")

    def spoiled(name: str) -> Path:
        return Path(shutil.copytree(tmp_path / "state", tmp_path / name))

    missing, changed, forged, cut = (spoiled(n) for n in ("missing", "changed", "forged", "cut"))
    (missing / "codebook.md").unlink()
    assert verify(missing)[1] == ["codebook.md is missing."]
    (changed / "codebook.md").write_text("nothing")
    assert "codebook.md was changed" in verify(changed)[1][0]
    (cut / "ledger.jsonl.gz").write_bytes((cut / "ledger.jsonl.gz").read_bytes()[:200])
    assert "ledger.jsonl.gz was changed" in verify(cut)[1][0]
    lines = gzip.decompress((forged / "ledger.jsonl.gz").read_bytes()).replace(b"Andes Wire", b"Other Wire")
    (forged / "ledger.jsonl.gz").write_bytes(gzip.compress(lines))
    manifest = json.loads((forged / "manifest.json").read_text())
    import hashlib

    manifest["files"]["ledger.jsonl.gz"] = hashlib.sha256((forged / "ledger.jsonl.gz").read_bytes()).hexdigest()
    (forged / "manifest.json").write_text(json.dumps(manifest))
    assert "contents are others" in verify(forged / "manifest.json")[1][0]


def test_what_is_no_snapshot_is_refused_and_nothing_is_written_over(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no archive")
    (tmp_path / "folder").mkdir()
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("a.txt", "a")
    for name in ("text", "folder", "other.zip", "none"):
        with pytest.raises(InputError, match="no snapshot|no such snapshot"):  # noqa: RUF043
            verify(tmp_path / name)
    (tmp_path / "folder" / "a.txt").write_text("mine")
    with pytest.raises(InputError, match="there already"):
        taken(ledger, tmp_path / "folder")
    with pytest.raises(InputError, match="there already"):
        taken(ledger, tmp_path / "text")


def test_an_empty_ledger_has_a_snapshot_too(ledger: Ledger, tmp_path: Path) -> None:
    manifest = taken(ledger, tmp_path / "state.zip")
    assert manifest["counts"]["lines"] == 0
    assert verify(tmp_path / "state.zip")[1] == []
