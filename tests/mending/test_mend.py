"""Mendable damage planted in random workbooks: it goes, and nothing else changes."""

from __future__ import annotations

import html
import io
import re
from collections import Counter
from decimal import Decimal
from random import Random

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from xxgk.checks import check
from xxgk.figures import known_values
from xxgk.mending.mend import Mended, mend_workbook
from xxgk.records import replace
from xxgk.report import Figure, Number, Report
from xxgk.workbook.formula import snapshot
from xxgk.workbook.formulas import formulas
from xxgk.workbook.reading.read import read_report
from xxgk.xlsx.a1 import Cell, parse_reference
from xxgk.xlsx.patch import patch
from xxgk.xlsx.sheetpatch import CellChange

from support.packages import parts_of
from support.reports import FORM, example, report_of, sound_previous, sound_values
from support.workbooks import LAYOUT, edited, filled, insert_columns, insert_rows

# Each example fills, mends and reads whole workbooks.
FEWER = settings(max_examples=settings().max_examples // 4)
INPUTS = [address for address in LAYOUT.figures if address not in FORM.totals]
ZERO_ROWS = {f"{t.id}.{r.id}" for t in FORM.tables.values() for r in t.rows if r.sign_is_zero}
SIGN_ADDRESSES = [address for address in INPUTS if address.rpartition(".")[0] in ZERO_ROWS]
WIDE = {ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789.,-"}
FAULTY = "1、 加强领导， 落实责任。"
MENDED = "1、加强领导，落实责任。"


def as_text(value: Number, random: Random) -> str:
    """Return ``value`` the way people type it when it becomes text."""
    plain = f"{value:f}" if isinstance(value, Decimal) else str(value)
    grouped = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    text = random.choice((plain, grouped, plain.translate(WIDE), grouped.translate(WIDE)))
    return random.choice(("", " ", "　", "\u00a0")) + text + random.choice(("", " ", "　 "))


def change(cells: dict[Cell, CellChange]) -> dict[str, dict[tuple[int, int], CellChange]]:
    found: dict[str, dict[tuple[int, int], CellChange]] = {}
    for cell, content in cells.items():
        found.setdefault(cell.sheet, {})[cell.row, cell.column] = content
    return found


def plant(report: Report, random: Random) -> tuple[bytes, dict[Cell, Number | str]]:
    """Return a workbook of ``report`` with mendable damage, and what each damaged cell should hold afterwards."""
    values = known_values(FORM, report.figures)
    expected: dict[Cell, Number | str] = {}
    damage: dict[Cell, CellChange] = {}
    for address in random.sample(INPUTS, random.randint(1, 12)):
        cell = LAYOUT.figures[address]
        expected[cell], damage[cell] = values[address], CellChange(as_text(values[address], random))
    if report.previous and report.previous.figures:
        address, figure = random.choice(sorted(report.previous.figures.items(), key=lambda item: item[0]))
        assert figure.value is not None
        cell = LAYOUT.previous[address]
        expected[cell], damage[cell] = figure.value, CellChange(as_text(figure.value, random))
    slot = LAYOUT.narrative[random.choice(FORM.parts).id]
    cell = Cell(slot.sheet, slot.row, slot.column + 1)
    expected[cell], damage[cell] = MENDED, CellChange(FAULTY)
    unit = LAYOUT.cover["unit"]
    expected[unit], damage[unit] = report.unit, CellChange(f"　{report.unit} ")
    return patch(filled(report), change(damage)), expected


def stored(data: bytes) -> dict[tuple[str, str], bytes]:
    """Return the bytes of each cell, by part and reference."""
    found = {}
    for name, part in parts_of(data).items():
        if name.startswith("xl/worksheets/sheet"):
            for cell in re.finditer(rb'<c r="([A-Z]+[0-9]+)"[^>]*?(?:/>|>.*?</c>)', part, re.DOTALL):
                found[name, cell[1].decode()] = cell[0]
    return found


def faults(report: Report) -> Counter[tuple[str, str]]:
    return Counter((finding.code, finding.address) for finding in check(report, FORM))


def changed_cells(before: bytes, after: bytes) -> dict[Cell, Number | str]:
    """Return the cells whose bytes changed and what they hold now; our own formulas may only change their values."""
    old, new = stored(before), stored(after)
    assert old.keys() == new.keys()
    found: dict[Cell, Number | str] = {}
    for part, ref in (key for key in old if old[key] != new[key]):
        was, now = (html.unescape(cells[part, ref].decode()) for cells in (old, new))
        if "<f>" in now:
            assert re.findall("<f>.*?</f>", was) == re.findall("<f>.*?</f>", now)
            continue
        assert re.findall(r' s="[0-9]+"', was) == re.findall(r' s="[0-9]+"', now)
        (text,) = re.findall("<[vt][^>]*>(.*?)</[vt]>", now, re.DOTALL)
        sheet = LAYOUT.sheets[int(re.findall("[0-9]+", part)[-1]) - 1]
        found[Cell(sheet, *parse_reference(ref))] = text if "inlineStr" in now else Decimal(text)
    return found


@FEWER
@given(st.integers(0, 10**9))
def test_planted_damage_goes_and_nothing_else_changes(seed: int) -> None:
    random = Random(seed)
    values = sound_values(random)
    report = report_of(values, sound_previous(values))
    damaged, expected = plant(report, random)
    before = read_report(damaged)
    mended = mend_workbook(damaged)
    after = read_report(mended.data)
    # It says what it said, and what it was before the damage.
    assert known_values(FORM, after.figures) == known_values(FORM, before.figures)
    assert (after.figures, after.previous and after.previous.figures) == (
        report.figures,
        report.previous and report.previous.figures,
    )
    # Every mended finding is gone, none is new.
    gone = Counter((m.code, m.spot.address) for m in mended.mendings if m.spot.address != "unit")
    assert faults(before) - gone == faults(after)
    # The cells that changed are the damaged ones, and hold what they should.
    assert changed_cells(damaged, mended.data) == expected
    same = {name for name, part in parts_of(damaged).items() if parts_of(mended.data)[name] == part}
    assert parts_of(damaged).keys() - same <= {
        "xl/workbook.xml",
        *(name for name in parts_of(damaged) if name.startswith("xl/worksheets/")),
    }
    # Once is enough.
    again = mend_workbook(mended.data)
    assert (again.mendings, again.data) == ((), mended.data)


# ------------------------------------------------------------------ what is left alone

PERSON = LAYOUT.figures["applications.new.person"]
OVERVIEW = LAYOUT.narrative["overview"]
TEXT = Cell(OVERVIEW.sheet, OVERVIEW.row, OVERVIEW.column + 1)


def typed(cell: Cell, value: object, number_format: str = "") -> Mended:
    """Return what becomes of the example when ``value`` is typed into a cell."""

    def change_cell(workbook: openpyxl.Workbook) -> None:
        target = workbook[cell.sheet][cell.ref]
        target.value = value
        target.number_format = number_format or target.number_format

    return mend_workbook(edited(SOUND, change_cell))


# The example's own W104 is mended here, so that all else can be told from it.
SOUND = mend_workbook(filled(example())).data


def test_the_example_loses_its_one_space() -> None:
    mended = mend_workbook(filled(example()))
    (mending,) = mended.mendings
    assert (mending.code, mending.before.replace("1、 ", "1、")) == ("W104", mending.after)
    assert mend_workbook(SOUND).data == SOUND


def test_a_formula_stays() -> None:
    assert typed(PERSON, '="１２"').mendings == ()


def test_a_number_stays_where_the_cell_would_show_it_as_a_percentage() -> None:
    assert typed(PERSON, "１２", "0%").mendings == ()
    assert [mending.after for mending in typed(PERSON, "１２").mendings] == [12]


def test_a_paragraph_with_words_in_bold_stays_and_is_said() -> None:
    bold = CellRichText("一是加强领导， ", TextBlock(InlineFont(b=True), "落实责任"), "。")
    mended = typed(TEXT, bold)
    assert mended.mendings == ()
    assert [spot.place.cell for spot in mended.formatted] == [TEXT.ref]
    assert [mending.after for mending in typed(TEXT, str(bold)).mendings] == ["一是加强领导，落实责任。"]


def test_the_users_own_sheets_stay() -> None:
    def add(workbook: openpyxl.Workbook) -> None:
        sheet = workbook.create_sheet("草稿")
        sheet["A1"], sheet["A2"] = "１２", FAULTY
        workbook[PERSON.sheet][PERSON.ref] = "１２"

    damaged = edited(SOUND, add)
    assert changed_cells(damaged, mend_workbook(damaged).data) == {PERSON: 12}


def test_a_moved_table_is_mended_where_it_stands() -> None:
    def move(workbook: openpyxl.Workbook) -> None:
        workbook[PERSON.sheet][PERSON.ref] = " １２ "
        insert_rows(workbook, PERSON.sheet, 1, 2)
        insert_columns(workbook, PERSON.sheet, 1, 1)

    mended = mend_workbook(edited(SOUND, move))
    moved = Cell(PERSON.sheet, PERSON.row + 2, PERSON.column + 1)
    assert [(mending.spot.place.cell, mending.after) for mending in mended.mendings] == [(moved.ref, 12)]
    assert read_report(mended.data).figures["applications.new.person"] == Figure(12)


# ------------------------------------------------------------------ the totals beside it


def test_totals_that_wait_for_the_number_carry_their_value_at_once() -> None:
    values = sound_values(Random(5))
    report = report_of(values)
    text = filled(
        replace(
            report,
            figures={
                **report.figures,
                "applications.new.person": replace(report.figures["applications.new.person"], value=None),
            },
        )
    )
    damaged = patch(text, change({PERSON: CellChange(str(values["applications.new.person"]) + " ")}))
    after = openpyxl.load_workbook(io.BytesIO(mend_workbook(damaged).data), data_only=True)
    state = snapshot(FORM, report)
    for formula in formulas(LAYOUT):
        expected = formula.value(state)
        assert (after[formula.cell.sheet][formula.cell.ref].value or "") == (expected or ""), formula.cell
