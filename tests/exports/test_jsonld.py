from __future__ import annotations

import json
import os
import subprocess
import warnings

import pytest
from tests.exports.filled import fill

from dragoman.answers.ledger import Ledger
from dragoman.exports import jsonld

# Every name must be a term of the context, and every node must survive being expanded; run by whichever Python has the package.
CHECK = """
import json, sys
from pyld import jsonld
told = json.load(sys.stdin)
expanded = jsonld.expand(told, {"documentLoader": None})
quads = jsonld.to_rdf(told, {"format": "application/n-quads"})
print(json.dumps({"nodes": len(expanded), "quads": quads.count(chr(10)), "kinds": sorted({t for n in expanded for t in n["@type"]})}))
"""
PYTHON = "DRAGOMAN_FTM_PYTHON"  # another Python that has the package, for where it is not installed beside Dragoman


@pytest.fixture
def told(any_ledger: Ledger) -> dict:
    fill(any_ledger)
    with any_ledger.engine.connect() as connection:
        return json.loads("".join(jsonld.pieces(connection, every=True)))


def test_every_name_is_in_the_context(told: dict) -> None:
    names = {name for node in told["@graph"] for part in (node, node.get("location", {})) for name in part}
    assert names <= set(told["@context"])
    kinds = {t for node in told["@graph"] for t in ([node["type"]] if isinstance(node["type"], str) else node["type"])}
    assert all(k.partition(":")[0] in told["@context"] for k in kinds)


def test_nodes_hang_together_and_come_once(told: dict) -> None:
    ids = [n["id"] for n in told["@graph"]]
    assert len(ids) == len(set(ids))
    for node in told["@graph"]:
        for name in ("agent", "recipient", "derivedFrom"):
            assert set(node.get(name, ())) <= set(ids)
        for name in ("quotedFrom", "attributedTo", "claimedBy"):
            assert node.get(name, ids[0]) in ids


def test_an_event_leads_to_its_reports(told: dict) -> None:
    nodes = {n["id"]: n for n in told["@graph"]}
    event = next(n for n in nodes.values() if n.get("plover") == "ACCUSE")
    reports = [nodes[nodes[f]["quotedFrom"]] for f in event["derivedFrom"]]
    assert sorted(r["publisher"] for r in reports) == ["Andes Wire", "Desert Daily"]
    assert nodes[event["agent"][0]]["sameAs"] == "http://www.wikidata.org/entity/Q1"
    assert event["location"]["name"] == "Arica"


def test_it_is_valid(told: dict) -> None:
    python = os.environ.get(PYTHON)
    if python is None:
        try:
            import pyld  # noqa: F401
        except ImportError:
            missing = f"JSON-LD is NOT validated: the package pyld is missing. Run: uv sync --group ftm, or set {PYTHON}."
            warnings.warn(missing, stacklevel=1)
            pytest.skip(missing)
        import sys

        python = sys.executable
    checked = subprocess.run([python, "-c", CHECK], input=json.dumps(told), text=True, capture_output=True, timeout=120, check=False)
    assert checked.returncode == 0, checked.stderr[-800:]
    found = json.loads(checked.stdout)
    assert found["nodes"] == len(told["@graph"])
    assert found["quads"] > 5 * found["nodes"]
    assert "http://www.w3.org/ns/prov#Entity" in found["kinds"]


def test_an_empty_ledger_gives_an_empty_graph(ledger: Ledger) -> None:
    with ledger.engine.connect() as connection:
        assert json.loads("".join(jsonld.pieces(connection)))["@graph"] == []
