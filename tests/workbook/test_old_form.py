"""A workbook of the form before: filled, read, recognised, checked and rendered like one of today's."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from openpyxl import Workbook

from xxgk.checks import check
from xxgk.cli import main
from xxgk.figures import known_values
from xxgk.jsonio import dump_json, load_json
from xxgk.mending.repair import repair_workbook
from xxgk.records import replace
from xxgk.report import Figure, Paragraph, Reading, Report
from xxgk.workbook.layout import META, layout_of
from xxgk.workbook.reading.read import read_report
from xxgk.workbook.template import new_workbook

from support.rawcells import RawBook, number, text
from support.reports import FORM, OLD_FORM, report_of, sound_previous, sound_values
from support.sizes import spread
from support.workbooks import edited, insert_rows

LAYOUT = layout_of(OLD_FORM)
THIS = sound_values(Random(2020), OLD_FORM)
LAST = Report(OLD_FORM.id, year=2019, figures={a: Figure(v) for a, v in sound_previous(THIS, OLD_FORM).items()})
SOUND = replace(report_of(THIS, form=OLD_FORM), year=2020, level="city", previous=LAST)
FULL = replace(
    SOUND,
    figures={
        **SOUND.figures,
        "disclosure.fees.change": Figure(-15, "清理了15项"),
        "disclosure.procurement.amount": Figure(Decimal("39573.5")),
        "disputes.review.total": Figure(99_999),
    },
    previous=replace(LAST, unit=SOUND.unit, level=SOUND.level),
)


def filled(report: Report) -> bytes:
    made = new_workbook(OLD_FORM, report)
    assert made.problems == ()
    return made.data


DATA = filled(FULL)
BOOK = RawBook(DATA)


def test_what_is_written_is_read() -> None:
    read = read_report(DATA)
    assert read == FULL
    assert read.remarks == ()


def test_what_is_exported_is_read_again() -> None:
    again, problems = load_json(dump_json(FULL, OLD_FORM))
    assert (again, problems) == (FULL, ())


@pytest.mark.parametrize("year", [2020, "明年"])
def test_its_labels_tell_the_form_when_nothing_else_does(year: object) -> None:
    def change(workbook: Workbook) -> None:
        workbook.remove(workbook[META])
        cell = LAYOUT.cover["year"]
        workbook[cell.sheet][cell.ref] = year
        insert_rows(workbook, LAYOUT.tables["disclosure"].grid.sheet, LAYOUT.tables["disclosure"].grid.row, 2)

    read = read_report(edited(DATA, change))
    assert read.form == OLD_FORM.id
    assert read.figures == FULL.figures


@pytest.mark.parametrize(
    ("typed", "value", "reading"),
    [
        (-2, -2, Reading.NUMBER),
        ("+3", 3, Reading.TEXT_NUMBER),
        ("＋３", 3, Reading.TEXT_NUMBER),
        ("-2", -2, Reading.TEXT_NUMBER),
        ("增3", 3, Reading.TEXT_NUMBER),
        ("增加 3", 3, Reading.TEXT_NUMBER),
        ("减2", -2, Reading.TEXT_NUMBER),
        ("减少2项", -2, Reading.ANNOTATED),
        ("增/减", None, Reading.UNREADABLE),
        ("减-2", None, Reading.UNREADABLE),
        ("增3减2", None, Reading.UNREADABLE),
    ],
)
def test_an_increase_or_decrease_is_understood(typed: str | int, value: int | None, reading: Reading) -> None:
    address = "disclosure.licences.change"
    raw = text(typed) if isinstance(typed, str) else number(str(typed))
    found = read_report(BOOK.with_cells({LAYOUT.figures[address]: raw})).figures[address]
    assert (found.value, found.reading) == (value, reading)
    assert found.seen == ("" if reading is Reading.NUMBER else typed)


def test_a_sign_is_for_changes_only() -> None:
    address = "disclosure.licences.previous"
    read = read_report(BOOK.with_cells({LAYOUT.figures[address]: text("增3")}))
    assert read.figures[address].reading is Reading.UNREADABLE


@pytest.mark.parametrize(
    ("address", "value", "broken"),
    spread(
        [
            ("applications.new.legal", 1, {"A101.legal", "A101.total"}),
            ("applications.carried_in.legal", 1, {"A101.legal", "A101.total", "Y101.legal", "Y101.total"}),
            ("applications.other.rest.legal", 1, {"A101.legal", "A101.total"}),
            ("applications.processed.legal", 1, {"A101.legal", "A102.legal", "A103.processed"}),
            ("applications.other.rest.total", 1, {"A103.other.rest", "A103.processed", "A101.total"}),
            ("disputes.suit_direct.total", 1, {"A104.suit_direct"}),
            ("disclosure.fees.change", -100_000, set()),
            ("disclosure.fees.change", Decimal("0.5"), {"V110"}),
            ("disclosure.fees.previous", -100_000, {"V102"}),
            ("disclosure.procurement.amount", Decimal("0.25"), set()),
            ("disclosure.procurement.amount", -100_000, {"V103"}),
        ],
        6,
    ),
)
def test_a_changed_figure_breaks_exactly_its_rules(address: str, value: int | Decimal, broken: set[str]) -> None:
    before = known_values(OLD_FORM, SOUND.figures)[address]
    changed = replace(SOUND, figures={**SOUND.figures, address: Figure(before + value)})
    members = {(one.rule.code, one.left[0].address): f".{one.member}" for one in OLD_FORM.instances}
    known = {rule.code for rule in OLD_FORM.rules} | {kind.code for kind in OLD_FORM.kinds.values()}
    found = [f for f in check(read_report(filled(changed)), OLD_FORM) if f.code in known]
    assert {finding.code + members.get((finding.code, finding.address), "") for finding in found} == broken


def test_a_damaged_one_is_repaired_into_its_own_form() -> None:
    def damage(workbook: Workbook) -> None:
        workbook.remove(workbook[META])
        workbook[LAYOUT.tables["disclosure"].grid.sheet].delete_cols(20, 3)

    repaired = repair_workbook(edited(DATA, damage))
    assert read_report(repaired.data).form == OLD_FORM.id


def test_this_years_report_compares_with_one_of_the_form_before_what_both_have() -> None:
    this = sound_values(Random(3))
    last = sound_previous(this)
    carried = {a: Figure(v) for a, v in last.items() if a in OLD_FORM.comparable(FORM)}
    carried["applications.carried_out.legal"] = Figure(last["applications.carried_out.legal"] + 1)
    old = Report(OLD_FORM.id, year=2020, figures=carried)
    report = replace(report_of(this), year=2021, previous=old)
    found = {(f.code, f.address) for f in check(report, FORM) if f.code in {rule.code for rule in FORM.rules}}
    assert found == {("Y101", "applications.carried_in.legal"), ("Y101", "applications.carried_in.total")}


def test_last_years_report_of_the_form_before_is_kept_in_json() -> None:
    old = replace(SOUND, previous=None, narrative={"overview": (Paragraph("去年。"),)})
    report = replace(report_of(sound_values(Random(3))), year=2021, previous=old)
    assert load_json(dump_json(report, FORM)) == (report, ())


def test_the_commands_make_the_form_of_the_year(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for year, form in ((2019, OLD_FORM), (2020, OLD_FORM), (2021, FORM), (2024, FORM)):
        assert main(["new", str(year), "--unit", "青石镇人民政府", "-o", f"{year}.xlsm"]) == 0
        assert read_report(Path(f"{year}.xlsm").read_bytes()).form == form.id
    Path("old.xlsx").write_bytes(filled(SOUND))
    assert main(["report", "old.xlsx", "--to", "html,docx,md", "--force"]) == 0
    capsys.readouterr()
    (page,) = tmp_path.glob("*.html")
    shown = page.read_text(encoding="utf-8")
    assert all(cell.text in shown for table in OLD_FORM.tables.values() for cell in table.grid)
    assert FORM.labels_of("disclosure.normative.in_force")[-1] not in shown
