"""The table of codes."""

from __future__ import annotations

import pytest

from dragoman.events.codes import code, goldstein, published_type, table, type_of

HOUSE = {
    "057": ("SUPPORT", "AGREE"),
    "163": ("COERCE", "SANCTION"),
    "0841": ("RETREAT", "CONCEDE"),
    "0871": ("RETREAT", "CONCEDE"),
    "0874": ("RETREAT", "RETREAT"),
    "190": ("ASSAULT", "ASSAULT"),
}


@pytest.mark.parametrize(("cameo", "types"), HOUSE.items())
def test_house_and_published_type(cameo: str, types: tuple[str, str]) -> None:
    assert (published_type(cameo), type_of(cameo)) == types


def test_weights_lie_on_the_scale() -> None:
    assert all(-10 <= line.goldstein <= 10 for line in table().values())
    assert goldstein("057") > 0 > goldstein("190")


def test_finer_codes_stand_under_a_coarser_one() -> None:
    assert all(cameo[:3] in table() for cameo in table())


def test_every_act_has_a_type_and_no_mere_statement_has_one() -> None:
    assert all((line.house is None) == cameo.startswith("01") for cameo, line in table().items())


def test_mode_and_context_come_with_the_code() -> None:
    assert code("0841").mode == "release"
    assert code("094").context == ("military", "legal")


def test_unknown_code() -> None:
    with pytest.raises(KeyError):
        type_of("999")
