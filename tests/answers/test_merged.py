from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from tests.making import Wire

from dragoman.answers.ledger import Ledger
from dragoman.errors import UnknownNameError
from dragoman.ledger import tables


@pytest.fixture
def merged(any_ledger: Ledger) -> Ledger:
    """A ledger in which rebels were found to be Peru's, with Chile on the other side."""
    made = Wire("Rebels attacked Chile. Rebels said Chile must leave until autumn comes. Rebels and Chile have no treaty.", "2024-06-06")
    made.actor("group:rebels", "Rebels")
    made.event("ASSAULT", ("group:rebels",), ("state:CHL",), "attacked").statement("group:rebels", "said", "Chile must leave", act="demand", to=("state:CHL",))
    made.condition("group:rebels", "leave", "autumn comes", ("state:CHL",)).affair("agreement", ("group:rebels", "state:CHL"), "absent", "treaty", "have no treaty")
    any_ledger.add(made.record())
    any_ledger.correct("merge_actors", "Rebels", "Peru", who="Ana")
    return any_ledger


def test_every_question_about_two_sides_counts_who_was_merged_into_one(merged: Ledger) -> None:
    def answers(**asked: Any) -> list[int]:
        timeline = merged.timeline("Peru", "Chile", **asked)
        measured = [m.events for m in merged.measures("Peru", "Chile", **asked) if m.direction == "both"]
        covered = sum(c.reports for c in merged.coverage("Peru", "Chile", **asked))
        return [
            len(timeline),
            sum(measured),
            min(covered, 1),
            len(merged.affairs("Peru", **asked)),
            len(merged.conditions(by="Peru", **asked)),
            len(merged.events("Peru", "Chile", **asked)),
        ]

    assert answers() == [4, 1, 1, 1, 1, 1]
    assert answers(as_read=True) == [0] * 6
    merged.undo()
    assert answers() == [0] * 6


def test_who_somebody_is_tells_what_people_said(merged: Ledger) -> None:
    merged.correct("alias", "Peru", "Land of the Condor", who="Ana")
    merged.correct("office", "Peru", "chair of the league", begin="2023", who="Ana")
    profile = merged.actor("land of the condor")
    assert "Land of the Condor" in profile.names
    assert [(o.office, o.begin, o.end, o.said_by, o.term()) for o in profile.offices] == [("chair of the league", "2023", None, "Ana", "2023 to …, says Ana")]
    assert merged.actor("Peru", as_read=True).offices == ()
    with pytest.raises(UnknownNameError):
        merged.actor("land of the condor", as_read=True)


def test_a_side_alone_is_asked_for_as_fast_as_before(ledger: Ledger) -> None:
    with ledger.engine.connect() as connection:
        d = tables.dyads.c
        query = select(d.finding).where(d.source.in_(("PER",)), d.target.in_(("CHL",)), d.kind == "event").order_by(d.day.desc())
        compiled = query.compile(connection, compile_kwargs={"literal_binds": True})
        plan = " ".join(str(row) for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}"))
    assert "ix_dyads_pair (source=? AND target=? AND kind=?)" in plan
    assert "TEMP B-TREE" not in plan
