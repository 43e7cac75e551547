"""The template workbook: complete, safe, the same each time, and faithful to the form."""

from __future__ import annotations

import io
import os
import posixpath
import re
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

import xxgk
from xxgk.figures import State
from xxgk.workbook.building.book import build_template
from xxgk.workbook.formulas import CODE, JUMP, PROGRESS_TOP, SENTENCE, formulas, progress_rows
from xxgk.workbook.layout import (
    CHECKS,
    COVER,
    COVER_FIELDS,
    GUIDE,
    META,
    PREVIOUS,
    PREVIOUS_FIELDS,
    PREVIOUS_TEXT,
    TEMPLATE_VERSION,
    layout_of,
)
from xxgk.xlsx.a1 import Cell, Slot, column_letter

from support.packages import parts_of
from support.reports import FORM, changed_form

LAYOUT = layout_of(FORM)
BUILT = build_template(FORM)
BOOK = openpyxl.load_workbook(io.BytesIO(BUILT))
PARTS = parts_of(BUILT)
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
VISIBLE = [name for name in LAYOUT.sheets if name not in (META, PREVIOUS_TEXT)]
TABLES = pytest.mark.parametrize("plan", LAYOUT.tables.values(), ids=list(LAYOUT.tables))
# Known to Excel 2010, WPS and LibreOffice alike.
FUNCTIONS = {
    *(
        "AND",
        "COUNT",
        "COUNTA",
        "COUNTIF",
        "IF",
        "IFERROR",
        "INT",
        "ISBLANK",
        "ISERROR",
        "ISNUMBER",
        "LEFT",
        "LEN",
        "NOT",
        "OR",
        "RIGHT",
    ),
    *("ROUND", "SUBSTITUTE", "SUM", "SUMPRODUCT", "CONCATENATE", "EXACT", "TEXT"),
}


def cells(slot: Slot) -> Iterator[Cell]:
    for row in range(slot.row, slot.row + slot.height):
        for column in range(slot.column, slot.column + slot.width):
            yield Cell(slot.sheet, row, column)


def typed() -> set[Cell]:
    """Every cell that staff type into, by what the layout says about each."""
    found = {*LAYOUT.cover.values(), *LAYOUT.notes.values(), *LAYOUT.table_notes.values()}
    found |= {cell for address, cell in LAYOUT.figures.items() if address not in FORM.totals}
    found |= {cell for address, cell in LAYOUT.previous.items() if address not in FORM.totals}
    found |= {LAYOUT.slots[key].cell for key, _, _ in PREVIOUS_FIELDS} | set(LAYOUT.explanations.values())
    for slot in (*LAYOUT.narrative.values(), LAYOUT.waivers, *(LAYOUT.slots[field.id] for field in FORM.fields)):
        found |= set(cells(slot))
    return found


def sheet_xml(name: str) -> ElementTree.Element:
    return ElementTree.fromstring(PARTS[f"xl/worksheets/sheet{LAYOUT.sheets.index(name) + 1}.xml"])


def merges(sheet: Worksheet) -> set[tuple[int, int, int, int]]:
    return {(area.min_row, area.min_col, area.max_row, area.max_col) for area in sheet.merged_cells.ranges}


def fill_of(cell: Cell) -> str:
    return str(BOOK[cell.sheet].cell(cell.row, cell.column).fill.start_color.rgb)


def test_a_rule_for_some_years_asks_the_year_on_the_cover() -> None:
    plan = layout_of(changed_form("A104", since=2023))
    year = f"'{COVER}'!{plan.cover['year'].ref}"
    row = plan.checks["A104.review"]
    sides = [f.text for f in formulas(plan) if f.cell.sheet == CHECKS and f.cell.row == row and year in f.text]
    assert len(sides) == 2
    assert all(">=2023" in text for text in sides)
    assert not any(year in formula.text for formula in formulas(LAYOUT) if formula.cell.sheet == CHECKS)


def test_built_twice_gives_the_same_bytes() -> None:
    assert build_template(FORM) == BUILT


def test_the_bytes_do_not_depend_on_lxml() -> None:
    code = (
        "import sys, hashlib; from xxgk.formats import load_form;"
        "from xxgk.workbook.building.book import build_template;"
        f"print(hashlib.sha256(build_template(load_form({FORM.id!r}))).hexdigest())"
    )
    source = str(Path(xxgk.__file__).parents[1])
    for lxml in ("True", "False"):
        environment = {**os.environ, "OPENPYXL_LXML": lxml, "PYTHONPATH": source}
        shown = subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
        )
        assert shown.stdout.strip() == sha256(BUILT).hexdigest()


def test_every_part_is_well_formed_and_every_relation_leads_somewhere() -> None:
    for name, part in PARTS.items():
        root = ElementTree.fromstring(part)
        if name.endswith(".rels"):
            folder = posixpath.dirname(posixpath.dirname(name))
            for relation in root:
                target = relation.get("Target", "")
                path = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
                assert path in PARTS, (name, target)


def test_sheets_stand_in_the_order_in_which_staff_work() -> None:
    assert tuple(BOOK.sheetnames) == LAYOUT.sheets
    assert {name: BOOK[name].sheet_state for name in LAYOUT.sheets} == {
        name: {META: "veryHidden", PREVIOUS_TEXT: "hidden"}.get(name, "visible") for name in LAYOUT.sheets
    }


def test_the_hidden_sheet_tells_form_and_version() -> None:
    form, version = (BOOK[META][LAYOUT.meta[key].ref].value for key in ("form", "version"))
    assert (form, version) == (FORM.id, TEMPLATE_VERSION)


def test_each_slot_has_its_name() -> None:
    found = {}
    for name, defined in BOOK.defined_names.items():
        ((sheet, area),) = defined.destinations
        found[name] = (sheet, range_boundaries(area))
    assert found == {
        slot.name: (slot.sheet, (slot.column, slot.row, slot.end.column, slot.end.row))
        for slot in LAYOUT.slots.values()
    }


def test_the_workbook_has_the_layouts_formulas_and_no_others() -> None:
    found = {
        Cell(sheet.title, cell.row, cell.column): cell.value
        for sheet in BOOK
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }
    assert found == {formula.cell: formula.text for formula in formulas(LAYOUT)}


def test_exactly_the_cells_to_type_into_are_open() -> None:
    merged = {}
    for sheet in BOOK:
        for top, left, bottom, right in merges(sheet):
            area = Slot("", sheet.title, top, left, bottom - top + 1, right - left + 1)
            merged[area.cell] = set(cells(area))
    expected = set().union(*(merged.get(cell, {cell}) for cell in typed()))
    found = {
        Cell(sheet.title, cell.row, cell.column)
        for sheet in BOOK
        for row in sheet.iter_rows()
        for cell in row
        if not cell.protection.locked
    }
    assert found == expected


@pytest.mark.parametrize("name", LAYOUT.sheets)
def test_each_cell_to_type_into_is_in_the_file(name: str) -> None:
    present = {cell.get("r") for cell in sheet_xml(name).iter(f"{MAIN}c") if cell.get("s") not in (None, "0")}
    assert {cell.ref for cell in typed() if cell.sheet == name} <= present


@pytest.mark.parametrize("name", LAYOUT.sheets)
def test_sheets_are_protected_without_a_password(name: str) -> None:
    found = sheet_xml(name).find(f"{MAIN}sheetProtection")
    assert found is not None
    assert found.get("sheet") == "1"
    assert not {"password", "hashValue"} & set(found.attrib)
    for allowed in ("formatColumns", "formatRows", "selectLockedCells", "selectUnlockedCells"):
        assert found.get(allowed) == "0", allowed


@TABLES
def test_the_printed_grid_is_the_forms(plan) -> None:  # type: ignore[no-untyped-def]
    sheet = BOOK[plan.grid.sheet]
    expected = set()
    for cell in plan.table.grid:
        top, left = plan.grid.row + cell.row, plan.grid.column + cell.column
        assert (sheet.cell(top, left).value or "") == cell.text or cell.address in FORM.totals
        if cell.height > 1 or cell.width > 1:
            expected.add((top, left, top + cell.height - 1, left + cell.width - 1))
    inside = {area for area in merges(sheet) if Cell(sheet.title, area[0], area[1]) in plan.grid}
    assert inside == expected


@TABLES
def test_inputs_totals_and_labels_differ_in_colour(plan) -> None:  # type: ignore[no-untyped-def]
    fills: dict[str, set[str]] = {"input": set(), "total": set(), "label": set()}
    for cell in plan.table.grid:
        kind = "label" if not cell.address else "total" if cell.address in FORM.totals else "input"
        fills[kind].add(fill_of(Cell(plan.grid.sheet, plan.grid.row + cell.row, plan.grid.column + cell.column)))
    assert len(fills["input"]) == 1
    assert len(fills["total"]) <= 1
    assert not fills["input"] & fills["total"] | fills["input"] & fills["label"] | fills["total"] & fills["label"]
    legend = [cell for row in BOOK[plan.grid.sheet].iter_rows(max_row=plan.grid.row - 1) for cell in row if cell.value]
    assert {str(cell.fill.start_color.rgb) for cell in legend} >= fills["input"] | fills["total"]


@TABLES
def test_headings_prompts_guidance_and_rules_stand_around_the_table(plan) -> None:  # type: ignore[no-untyped-def]
    section = next(section for section in FORM.sections if section.table == plan.table.id)
    texts = [str(cell.value) for row in BOOK[section.sheet].iter_rows() for cell in row if cell.value]
    assert section.heading in texts
    assert all(any(prompt in text for text in texts) for prompt in section.prompts)
    for row in plan.table.rows:
        place = plan.guidance[row.id]
        line = BOOK[section.sheet][place.row]
        assert BOOK[section.sheet][place.ref].value == row.guidance
        assert row.basis in [cell.value for cell in line]
    assert {rule.title for rule in FORM.rules if rule.table == plan.table.id} <= set(texts)


def test_numbers_are_validated_with_a_chinese_message() -> None:
    inputs = {cell: FORM.kind_of(a) for a, cell in LAYOUT.figures.items() if a not in FORM.totals}
    inputs |= {cell: FORM.kind_of(a) for a, cell in LAYOUT.previous.items() if a not in FORM.totals}
    inputs |= {cell: FORM.kind_of(field) for field, cell in LAYOUT.fields.items()}
    for cell, kind in inputs.items():
        (rule,) = (rule for rule in BOOK[cell.sheet].data_validations.dataValidation if cell.ref in rule.sqref)
        assert (rule.type, rule.operator, rule.formula1) == (
            "whole" if kind.integer else "decimal",
            "greaterThanOrEqual",
            "0",
        )
        assert (rule.errorTitle, rule.error) == (kind.title, kind.message)


def test_every_validation_stops_wrong_input_and_says_what_to_do() -> None:
    for sheet in BOOK:
        for rule in sheet.data_validations.dataValidation:
            assert rule.errorStyle in (None, "stop")
            assert rule.showErrorMessage
            assert rule.allowBlank
            assert 0 < len(rule.errorTitle) <= 32
            assert re.search("[\u4e00-\u9fff]", rule.error)
            assert len(rule.error) <= 225
            assert len(rule.prompt or "") <= 255
            assert len(rule.formula1) <= 255


@pytest.mark.parametrize(
    ("cell", "choices"),
    [
        (LAYOUT.cover["level"], [level.label for level in FORM.levels]),
        *((slot.cell, [kind.label for kind in FORM.paragraph_kinds]) for slot in LAYOUT.narrative.values()),
    ],
)
def test_lists_offer_what_the_form_knows(cell: Cell, choices: list[str]) -> None:
    (rule,) = (rule for rule in BOOK[cell.sheet].data_validations.dataValidation if cell.ref in rule.sqref)
    assert rule.type == "list"
    assert rule.formula1 == '"' + ",".join(choices) + '"'


def test_year_and_date_are_validated() -> None:
    kinds = {}
    for key in ("year", "date"):
        cell = LAYOUT.cover[key]
        (rule,) = (rule for rule in BOOK[COVER].data_validations.dataValidation if cell.ref in rule.sqref)
        kinds[key] = rule.type
    assert kinds == {"year": "whole", "date": "date"}
    assert BOOK[COVER][LAYOUT.cover["date"].ref].number_format == 'yyyy"年"m"月"d"日"'


def conditional() -> Iterator[tuple[str, str, str]]:
    """Yield sheet, areas and formula of every conditional format."""
    for sheet in BOOK:
        for areas in sheet.conditional_formatting:
            for rule in areas.rules:
                yield sheet.title, str(areas.sqref), rule.formula[0]


def test_conditional_formats_look_at_their_own_sheet_only() -> None:
    assert not [one for one in conditional() if "!" in one[2]]


@pytest.mark.parametrize("instance", FORM.instances, ids=lambda instance: instance.id)
def test_the_left_side_of_a_failing_rule_turns_red(instance) -> None:  # type: ignore[no-untyped-def]
    status = LAYOUT.tables[instance.rule.table].status[instance.id]
    reference = re.sub("([A-Z]+)([0-9]+)", r"$\1$\2", status.ref)
    for cell in (*(LAYOUT.figures[term.address] for term in instance.left), status):
        assert any(
            sheet == cell.sheet and f"LEFT({reference},1)" in formula and covers(areas, cell)
            for sheet, areas, formula in conditional()
        )


def covers(areas: str, cell: Cell) -> bool:
    for area in areas.split():
        left, top, right, bottom = range_boundaries(area)
        assert None not in (left, top, right, bottom)
        if left <= cell.column <= right and top <= cell.row <= bottom:  # type: ignore[operator]
            return True
    return False


def test_every_number_turns_red_when_it_is_none() -> None:
    checked = [(sheet, areas) for sheet, areas, formula in conditional() if "ISNUMBER" in formula]
    inputs = [cell for a, cell in (*LAYOUT.figures.items(), *LAYOUT.previous.items()) if a not in FORM.totals]
    for cell in (*inputs, *LAYOUT.fields.values()):
        assert any(sheet == cell.sheet and covers(areas, cell) for sheet, areas in checked), cell


def test_only_functions_that_every_program_has() -> None:
    texts = [formula.text for formula in formulas(LAYOUT)] + [formula for _, _, formula in conditional()]
    texts += [rule.formula1 for sheet in BOOK for rule in sheet.data_validations.dataValidation]
    used = set()
    for text in texts:
        bare = re.sub("\"[^\"]*\"|'[^']*'", "", text)
        used |= set(re.findall(r"([A-Za-z_.][A-Za-z0-9_.]*)\(", bare))
    assert used == FUNCTIONS


def test_checks_show_every_rule_with_a_link_to_its_cell() -> None:
    sheet = BOOK[CHECKS]
    for instance in FORM.instances:
        row = LAYOUT.checks[instance.id]
        assert sheet.cell(row, CODE).value == instance.rule.code
        assert sheet.cell(row, SENTENCE).value.endswith(instance.sentence)
        cell = LAYOUT.figures[instance.left[0].address]
        assert sheet.cell(row, JUMP).hyperlink.location == f"'{cell.sheet}'!{cell.ref}"
    for check in FORM.kind_checks:
        row = LAYOUT.checks[check.id]
        assert (sheet.cell(row, CODE).value, sheet.cell(row, SENTENCE).value) == (check.kind.code, check.sentence)
        assert sheet.cell(row, JUMP).hyperlink is not None


def test_outcomes_are_coloured_on_the_checks_sheet() -> None:
    shown = {formula.partition('="')[2].rstrip('"') for sheet, _, formula in conditional() if sheet == CHECKS}
    assert shown == {state.value for state in State}


def test_every_link_leads_to_a_cell_of_the_workbook() -> None:
    for sheet in BOOK:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.hyperlink:
                    name, _, place = cell.hyperlink.location.rpartition("!")
                    assert name.strip("'") in VISIBLE
                    assert re.fullmatch("[A-Z]+[0-9]+", place)
    for name in VISIBLE[1:]:
        locations = [c.hyperlink.location for row in BOOK[name].iter_rows() for c in row if c.hyperlink]
        assert any(location.startswith(f"'{COVER}'!") for location in locations), name


@pytest.mark.parametrize("name", VISIBLE)
def test_printing_is_one_page_wide_on_a4(name: str) -> None:
    sheet = BOOK[name]
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (9, 1, 0)
    assert sheet.print_area


@TABLES
def test_a_table_prints_with_its_title_and_note_and_nothing_else(plan) -> None:  # type: ignore[no-untyped-def]
    sheet = BOOK[plan.grid.sheet]
    left, top, right, bottom = range_boundaries(sheet.print_area.rpartition("!")[2])
    assert (left, top, right) == (plan.grid.column, plan.grid.row, plan.grid.end.column)
    assert bottom == plan.table_note.row
    assert sheet.print_title_rows == "$1:$1"


@TABLES
def test_headings_of_a_table_stay_in_view(plan) -> None:  # type: ignore[no-untyped-def]
    first = min(cell.row for cell in plan.table.cells.values())
    leading = plan.table.header_rows == tuple(range(first))
    expected = Cell("", plan.grid.row + first, plan.grid.column + plan.table.header_columns)
    assert BOOK[plan.grid.sheet].freeze_panes == (expected.ref if leading else f"A{plan.grid.row}")


def test_the_guide_lists_guidance_and_rules() -> None:
    texts = {str(cell.value) for row in BOOK[GUIDE].iter_rows() for cell in row if cell.value}
    for table in FORM.tables.values():
        assert {row.guidance for row in table.rows} | {row.basis for row in table.rows} <= texts
    assert {field.guidance for field in FORM.fields} <= texts
    assert {rule.code for rule in FORM.rules} | {rule.clause for rule in FORM.rules} <= texts
    assert all(any(rule.hint in text for text in texts) for rule in FORM.rules)


def test_cells_that_last_year_does_not_have_are_closed_and_grey() -> None:
    for table in FORM.tables.values():
        slot = LAYOUT.previous_tables[table.id]
        absent = set(cells(slot)) - set(LAYOUT.previous.values())
        assert not {fill_of(cell) for cell in absent} & {fill_of(cell) for cell in LAYOUT.previous.values()}
        assert all(BOOK[PREVIOUS][cell.ref].protection.locked for cell in absent)


def test_rows_for_paragraphs_grow_with_what_is_typed() -> None:
    for part in FORM.parts:
        slot = LAYOUT.narrative[part.id]
        rows = {row.get("r"): row for row in sheet_xml(slot.sheet).iter(f"{MAIN}row")}
        for number in range(slot.row, slot.end.row + 1):
            assert not {"ht", "customHeight"} & set(rows[str(number)].attrib)


def texts_of(name: str) -> list[str]:
    return [str(cell.value) for row in BOOK[name].iter_rows() for cell in row if cell.value is not None]


def test_the_cover_asks_for_the_unit_and_tells_progress_and_steps() -> None:
    sheet = BOOK[COVER]
    for key, label, guidance in COVER_FIELDS:
        cell = LAYOUT.cover[key]
        assert sheet.cell(cell.row, cell.column - 1).value == label
        assert sheet.cell(cell.row, cell.column + 1).value == guidance
    links = [sheet.cell(PROGRESS_TOP + n, LAYOUT.cover["unit"].column + 1) for n in range(len(progress_rows(LAYOUT)))]
    sheets = [link.hyperlink.location.rpartition("!")[0].strip("'") for link in links]
    assert sheets == [*(section.sheet for section in FORM.sections), CHECKS, CHECKS]
    shown = "\n".join(texts_of(COVER))
    assert "xxgk check" in shown
    assert "xxgk report" in shown


@pytest.mark.parametrize("part", FORM.parts, ids=lambda part: part.id)
def test_prompts_and_count_stand_beside_a_written_part(part) -> None:  # type: ignore[no-untyped-def]
    slot, count = LAYOUT.narrative[part.id], LAYOUT.counts[part.id]
    beside = BOOK[slot.sheet].cell(slot.row, slot.end.column + 1).value
    assert all(prompt in beside for prompt in part.prompts)
    turns_red = [one for one in conditional() if one[0] == count.sheet and one[1] == count.ref]
    assert bool(turns_red) == bool(part.limit)
    assert all(formula.endswith(f">{part.limit}") for _, _, formula in turns_red)


def test_single_fields_show_label_unit_and_guidance() -> None:
    for field in FORM.fields:
        shown = texts_of(LAYOUT.fields[field.id].sheet)
        assert f"{field.label}（单位：{field.unit}）" in shown
        assert field.guidance in shown


def test_columns_are_wide_enough_for_a_number_and_its_frame() -> None:
    for cell in (*LAYOUT.figures.values(), *LAYOUT.previous.values(), *LAYOUT.fields.values()):
        assert BOOK[cell.sheet].column_dimensions[column_letter(cell.column)].width >= 9
