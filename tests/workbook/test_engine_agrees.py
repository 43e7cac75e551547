"""Every formula of the workbook in an independent engine (formualizer): same values as ours, same verdicts.

The engine is stricter than LibreOffice where it matters: as in Excel, a truth value is no number to it.
It has one fault of its own (0.13): inside SUMPRODUCT, functions of a single value (ISNUMBER, TEXT,
SUBSTITUTE) do not go through the cells of a range. So each part of the books is one paragraph, and
where a count is a fraction, below 0 or no number, the rows of 校验 that look for such counts, and how
many rules fail, are left to LibreOffice.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from pathlib import Path
from random import Random

import formualizer
import openpyxl

from xxgk.cli import main
from xxgk.figures import State
from xxgk.records import replace
from xxgk.report import Explanation
from xxgk.workbook.formula import CellValue, Formula, snapshot
from xxgk.workbook.formulas import DIFFERENCE, LEFT, RIGHT, STATE, formulas
from xxgk.workbook.layout import CHECKS
from xxgk.xlsx.a1 import Cell
from xxgk.xlsx.book import open_book
from xxgk.xlsx.cells import Holds

from support.books import Book, Entry, Verdict, book_count, expected_verdicts, is_error, random_book
from support.packages import parts_of
from support.rawcells import RawBook, error
from support.reports import EXAMPLE_PATH, FORM, report_of, with_figure, zero_report
from support.workbooks import LAYOUT, filled

BOOKS = book_count(6, 200)
FORMULAS = formulas(LAYOUT)
COUNT_CHECKS = {check.id for check in FORM.kind_checks if check.kind.integer}
OF_ODD_COUNTS = {
    Cell(CHECKS, LAYOUT.checks[key], column) for key in COUNT_CHECKS for column in (LEFT, DIFFERENCE, STATE)
}
OF_ODD_COUNTS |= {f.cell for f in FORMULAS if "COUNTIF(" in f.text and State.FAIL.value in f.text}

OF_MANY_TEXTS = {formula.cell for formula in FORMULAS if "LEN(SUBSTITUTE(" in formula.text}


class Engine:
    """A workbook, all of whose formulas the engine has calculated."""

    def __init__(self, data: bytes) -> None:
        self.workbook = formualizer.Workbook.from_bytes(data)
        self.workbook.evaluate_all()

    def value(self, cell: Cell) -> CellValue:
        found = self.workbook.get_value(cell.sheet, cell.row, cell.column)
        return "" if found is None else found

    def verdicts(self) -> dict[str, Verdict]:
        columns = (LEFT, RIGHT, DIFFERENCE, STATE)
        return {key: tuple(self.value(Cell(CHECKS, row, c)) for c in columns) for key, row in LAYOUT.checks.items()}  # type: ignore[misc]


def planted(book: Book) -> dict[Cell, Entry]:
    """Return the cells of both years and what ``book`` has in them."""
    this = {LAYOUT.figures[address]: entry for address, entry in book.this.items()}
    return this | {LAYOUT.previous[address]: entry for address, entry in book.last.items()}


def without_errors(book: Book) -> Book:
    """Return ``book`` less its error values, which nobody can type and our writer does not write."""

    def kept(entries: Mapping[str, Entry]) -> dict[str, Entry]:
        return {address: entry for address, entry in entries.items() if not is_error(entry)}

    return Book(kept(book.this), kept(book.last), book.breaks, book.last_form, book.folded)


def same(found: CellValue, expected: CellValue) -> bool:
    if isinstance(found, str) or isinstance(expected, str):
        return found == expected
    return math.isclose(found, expected, rel_tol=1e-12, abs_tol=1e-9)


def asked(book: Book) -> list[Formula]:
    """Return the formulas of ``book`` that the engine can calculate; see above."""
    constants = planted(book)
    found = [formula for formula in FORMULAS if formula.cell not in constants]
    return [formula for formula in found if formula.cell not in OF_ODD_COUNTS] if book.odd_counts else found


def assert_same_values(found: Engine, book: Book, where: str) -> None:
    """Assert that the engine's value of every formula, and every verdict, is ours."""
    state = snapshot(FORM, book.report)
    for formula in asked(book):
        value, ours = found.value(formula.cell), formula.value(state)
        assert same(value, ours), f"{where}: {formula.cell} {formula.text} gives {value!r}, ours is {ours!r}"
    verdicts = found.verdicts()
    for key, expected in expected_verdicts(book.report).items():
        if key not in COUNT_CHECKS or not book.odd_counts:
            assert all(map(same, verdicts[key], expected)), f"{where}: {key} {verdicts[key]}, ours is {expected}"
    if book.breaks is not None and not book.odd_counts:
        assert {key for key, verdict in verdicts.items() if verdict[3] == State.FAIL.value} == book.breaks, where


def assert_written_values(data: bytes, found: Engine, book: Book, where: str) -> None:
    """Assert that the file carries, beside each formula, the value that the engine gives."""
    opened = open_book(data)
    sheets = {name: opened.cells(name) for name in dict.fromkeys(formula.cell.sheet for formula in FORMULAS)}
    for formula in asked(book):
        content = sheets[formula.cell.sheet].at(formula.cell.ref)
        assert content is not None, f"{where}: nothing in {formula.cell}"
        assert content.formula, f"{where}: no formula in {formula.cell}"
        written: CellValue = float(content.text) if content.holds is Holds.NUMBER else content.text
        assert same(found.value(formula.cell), written), f"{where}: {formula.cell} holds {written!r}"


def test_engine_and_python_agree_on_every_formula_of_every_book() -> None:
    random = Random(20231231)
    for number in range(BOOKS):
        book = random_book(random)
        where = f"book {number}: {book}"
        data = filled(without_errors(book).report)
        broken = {cell: error(str(entry)) for cell, entry in planted(book).items() if is_error(entry)}
        found = Engine(RawBook(data).with_cells(broken) if broken else data)
        assert_same_values(found, book, where)
        if not broken:
            assert_written_values(data, found, book, where)


def test_a_reason_makes_a_failed_rule_explained_and_no_other() -> None:
    address = "disclosure.normative.in_force"
    last = report_of({address: 5})
    failing = replace(with_figure(zero_report(), address, 9), previous=replace(last, year=2022))
    for reason, state in (("集中清理", State.EXPLAINED), ("　 ", State.FAIL), ("", State.FAIL)):
        report = replace(failing, explanations=(Explanation(address, reason),))
        found = Engine(filled(report))
        assert found.value(Cell(CHECKS, LAYOUT.checks["Y102.normative"], STATE)) == state.value
        snapped = snapshot(FORM, report)
        for formula in FORMULAS:
            assert same(found.value(formula.cell), formula.value(snapped)), formula.cell


def test_every_formula_that_the_commands_write_carries_its_value(tmp_path: Path) -> None:
    path = tmp_path / "年报.xlsx"
    assert main(["new", "2023", "--unit", "青石镇人民政府", "-o", str(path)]) == 0
    assert_all_values(path)
    assert main(["fill", str(path), "--from", str(EXAMPLE_PATH), "--overwrite"]) == 0
    assert_all_values(path)
    assert main(["demo", str(tmp_path / "示例")]) in (0, 1)
    (demo,) = (tmp_path / "示例").glob("*.xlsx")
    assert_all_values(demo)


def assert_all_values(path: Path) -> None:
    """Assert that every formula cell of the file, as openpyxl finds them, has the value that the engine gives."""
    found = Engine(path.read_bytes())
    formulas_of, values_of = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    cells = [cell for sheet in formulas_of for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert len(cells) == len(FORMULAS)
    for cell in cells:
        at = Cell(cell.parent.title, cell.row, cell.column)
        stored = values_of[at.sheet][at.ref].value
        written = "" if stored is None else stored
        assert at in OF_MANY_TEXTS or same(found.value(at), written), f"{at}: {cell.value} holds {written!r}"
    empty = re.compile(rb"<c [^>]*><f>[^<]*</f></c>")
    assert not any(empty.search(part) for part in parts_of(path.read_bytes()).values()), "a formula without a value"
