"""Whose a file is: tolerant where it is certain, a question where it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from xxgk.consolidate.model import Source, Taken, Unit, id_of
from xxgk.consolidate.names import Match, Matcher, key_of
from xxgk.consolidate.store import shelved

UNITS = (
    Unit("清江县人民政府", "330100", "county"),
    Unit("和平镇人民政府", "330101", "township", "330100"),
    Unit("青山街道办事处", "330102", "township", "330100"),
    Unit("清江县教育局", "330103", "county_department", "330100"),
    Unit("白沙县", "330200", "county"),
    Unit("城关镇", "330201", "township", "330200"),
    Unit("城关镇", "330104", "township", "330100"),
)
MATCHER = Matcher(shelved(UNITS, id_of))


def match(unit: str, shown: str = "年报.xlsx") -> Match:
    return MATCHER.match(Taken(Source(Path(shown), shown), unit=unit))


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("和平镇人民政府", "330101"),
        ("和平镇", "330101"),
        (" 和 平　镇政府 ", "330101"),
        ("清江县和平镇", "330101"),
        ("清江县人民政府和平镇人民政府", "330101"),
        ("青山街道", "330102"),
        ("清江县青山街道办事处", "330102"),
        ("教育局", "330103"),
        ("清江县（教育局）", "330103"),
        ("清江县", "330100"),
    ],
)
def test_a_name_is_known_however_it_is_written(written: str, code: str) -> None:
    found = match(written).unit
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("written", ["和平乡", "和平街道办事处", "平和镇", "水利局", ""])
def test_a_name_that_is_not_certain_is_nobodys(written: str) -> None:
    assert match(written).unit is None


def test_what_it_may_be_is_named() -> None:
    found = match("和平街道办事处")
    assert [unit.name for unit in found.candidates][:1] == ["和平镇人民政府"]
    assert "“和平街道办事处”" in found.how
    assert [unit.code for unit in match("", "和平镇年报.xlsx").candidates] == ["330101"]


def test_two_units_of_one_name_are_told_apart_by_folder_code_or_prefix_only() -> None:
    assert match("城关镇").unit is None
    assert {unit.code for unit in match("城关镇").candidates} == {"330104", "330201"}
    for written, shown, code in (
        ("城关镇", "白沙县/年报.xlsx", "330201"),
        ("城关镇", "清江县.zip › 清江县/年报.xlsx", "330104"),
        ("城关镇", "330201城关镇.xlsx", "330201"),
        ("白沙县城关镇人民政府", "年报.xlsx", "330201"),
    ):
        found = match(written, shown).unit
        assert found is not None
        assert found.code == code


def test_a_code_that_contradicts_the_name_is_asked_about() -> None:
    found = match("青山街道", "330101.xlsx")
    assert found.unit is None
    assert {unit.code for unit in found.candidates} == {"330101", "330102"}


def test_a_code_in_the_name_of_a_folder_is_not_the_files() -> None:
    found = match("和平镇", "330100/和平镇2023.xlsx").unit
    assert found is not None
    assert found.code == "330101"


def test_what_the_office_typed_into_the_list_counts_first() -> None:
    units = (*UNITS[:2], Unit("水文站", "9", parent="330100", file="站.xlsx"))
    found = Matcher(shelved(units, id_of)).match(Taken(Source(Path("x"), "交来/站.xlsx"), unit="和平镇"))
    assert found.unit == units[-1]


def test_a_key_is_its_own_key() -> None:
    for unit in UNITS:
        assert key_of(key_of(unit.name)) == key_of(unit.name)
