from __future__ import annotations

import json
import os
import re
import subprocess
import warnings
from pathlib import Path

import pytest
from tests.exports.filled import fill

from dragoman.answers.ledger import Ledger
from dragoman.exports import ftm

# Checks entities with the package itself; run by whichever Python has it.
CHECK = """
import json, sys
from followthemoney import model
from followthemoney.exc import InvalidData
count = 0
for line in sys.stdin:
    told = json.loads(line)
    entity = model.get_proxy(told, cleaned=False)
    entity.schema.validate(told)
    kept = {k: sorted(v) for k, v in entity.to_dict()["properties"].items()}
    lost = {k: v for k, v in told["properties"].items() if k not in kept or len(set(kept[k])) != len(set(v))}
    assert not lost, (told["schema"], lost)
    for name, value in entity.itervalues():
        assert name.type.validate(value), (name, value)
    count += 1
print(count)
"""
PYTHON = "DRAGOMAN_FTM_PYTHON"  # another Python that has the package, for where it is not installed beside Dragoman


def entities(ledger: Ledger, *, every: bool = True) -> list[dict]:
    with ledger.engine.connect() as connection:
        return [json.loads(line) for line in ftm.lines(connection, every=every)]


@pytest.fixture
def filled(any_ledger: Ledger) -> Ledger:
    fill(any_ledger)
    return any_ledger


def test_the_package_finds_them_whole(filled: Ledger) -> None:
    python = os.environ.get(PYTHON)
    if python is None:
        try:
            import followthemoney  # noqa: F401
        except ImportError:
            missing = f"FollowTheMoney entities are NOT validated: the package is missing (it compiles PyICU, which needs libicu-dev). Run: uv sync --group ftm, or set {PYTHON}."
            warnings.warn(missing, stacklevel=1)
            pytest.skip(missing)
        import sys

        python = sys.executable
    told = entities(filled)
    lines = "".join(json.dumps(e) + "\n" for e in told)
    checked = subprocess.run([python, "-c", CHECK], input=lines, text=True, capture_output=True, timeout=120, check=False)
    assert checked.returncode == 0, checked.stderr[-800:]
    assert int(checked.stdout) == len(told)


def test_an_event_names_who_is_involved_and_what_proves_it(filled: Ledger) -> None:
    told = entities(filled, every=False)
    by_id = {e["id"]: e for e in told}
    event = next(e for e in told if e["schema"] == "Event" and "ACCUSE" in e["properties"]["name"][0])
    assert event["properties"]["name"] == ["ACCUSE: Ana Sousa → Chile"]
    assert sorted(by_id[i]["properties"]["name"][0] for i in event["properties"]["involved"]) == ["Ana Sousa", "Chile"]
    assert sorted(by_id[i]["properties"]["publisher"][0] for i in event["properties"]["proof"]) == ["Andes Wire", "Desert Daily"]
    link = next(e for e in told if e["schema"] == "UnknownLink" and e["properties"]["recordId"] == event["properties"]["recordId"])
    assert (by_id[link["properties"]["subject"][0]]["schema"], by_id[link["properties"]["object"][0]]["schema"]) == ("Person", "PublicBody")
    assert link["properties"]["role"] == ["ACCUSE: Accuse"]


def test_whoever_is_named_is_told_before_and_once(filled: Ledger) -> None:
    seen: set[str] = set()
    for e in entities(filled):
        for name in ("involved", "proof", "subject", "object", "agent", "client"):
            assert set(e["properties"].get(name, ())) <= seen
        assert re.fullmatch(r"drg-[0-9a-f]{20}", e["id"])
        seen.add(e["id"])
    told = [json.dumps(e, sort_keys=True) for e in entities(filled) if e["schema"] in ("Article", "Event", "Person")]
    assert len(told) == len(set(told))


def test_no_text_of_a_report_is_given_but_the_sentence(filled: Ledger, tmp_path: Path) -> None:
    assert not any("bodyText" in e["properties"] for e in entities(filled))
    with Ledger(tmp_path / "bare.db", keep_text=False) as bare:
        fill(bare)
        assert not any("summary" in e["properties"] for e in entities(bare))
