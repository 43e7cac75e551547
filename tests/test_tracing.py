"""Where a number comes from: typed, computed, stated or blank; its parts and last year's."""

from __future__ import annotations

from pathlib import Path

import pytest

from xxgk.cli import main
from xxgk.errors import UsageProblem
from xxgk.records import replace
from xxgk.report import Figure
from xxgk.tracing import Role, find_address, trace
from xxgk.workbook.layout import PREVIOUS, layout_of
from xxgk.workbook.reading.read import read_report

from support.reports import FORM, with_figure, zero_report
from support.workbooks import filled

PERSON, TOTAL = "applications.carried_in.person", "applications.carried_in.total"
OUT = "applications.carried_out.person"
LAYOUT = layout_of(FORM)


def test_a_typed_number_and_what_it_must_equal() -> None:
    last = with_figure(replace(zero_report(), year=2022), OUT, 4)
    report = read_report(filled(replace(with_figure(zero_report(), PERSON, 4), previous=last)))
    number, same, carried = trace(report, PERSON)
    assert (number.role, number.value) == (Role.TYPED, 4)
    assert number.place.cell == LAYOUT.figures[PERSON].ref
    assert (same.role, same.value) == (Role.LAST_YEAR, 0)
    assert (carried.role, carried.value) == (Role.CARRIED, 4)
    assert (carried.place.sheet, carried.place.cell) == (PREVIOUS, LAYOUT.previous[OUT].ref)


def test_a_total_has_its_parts() -> None:
    report = with_figure(zero_report(), PERSON, 4)
    number, *parts = trace(report, TOTAL)
    assert (number.role, number.value) == (Role.COMPUTED, 4)
    assert [part.address for part in parts] == list(FORM.totals[TOTAL].parts)
    assert [part.value for part in parts] == [4, 0, 0, 0, 0, 0]
    assert trace(with_figure(report, TOTAL, 9), TOTAL)[0].role is Role.STATED


def test_what_is_blank_or_no_number() -> None:
    blank = with_figure(zero_report(), PERSON, None)
    assert (trace(blank, PERSON)[0].role, trace(blank, TOTAL)[0].value) == (Role.BLANK, None)
    signed = read_report(filled(replace(blank, figures={**blank.figures, PERSON: Figure(None, seen="/")})))
    assert (trace(signed, PERSON)[0].value, trace(signed, PERSON)[0].seen) == (None, "/")
    assert trace(zero_report(), "processing_fee.received")[0].value == 0


def test_an_address_is_found_by_its_cell() -> None:
    cell = LAYOUT.figures[PERSON]
    assert find_address(zero_report(), f"{cell.sheet}!{cell.ref}") == PERSON
    assert find_address(zero_report(), f"'{cell.sheet}'!${cell.ref[0]}${cell.ref[1:]}".lower()) == PERSON
    assert find_address(zero_report(), PERSON) == PERSON
    with pytest.raises(UsageProblem, match="不是填数字的格子"):
        find_address(zero_report(), f"{cell.sheet}!A1")
    with pytest.raises(UsageProblem, match=PERSON):
        find_address(zero_report(), PERSON[:-1])


def test_the_command_says_it_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "年报.xlsx"
    path.write_bytes(filled(with_figure(with_figure(zero_report(), PERSON, 4), TOTAL, 9)))
    assert main(["trace", str(path), TOTAL]) == 0
    said = capsys.readouterr().out
    for words in ("总计：9", "位置：三 依申请公开!K9", "没有用公式", "    4 ", "按各项计算：4"):
        assert words in said
    assert main(["trace", str(path), "applications"]) == 2
