"""A ``Report`` put into a workbook: the blank template, or one that staff have worked in."""

from __future__ import annotations

from xxgk.figures import known_values, values_of_last_year
from xxgk.formats import Form, form_ids
from xxgk.records import Record, replace
from xxgk.report import Figure, Report
from xxgk.workbook.reading.locate import locate
from xxgk.workbook.reading.read import report_in
from xxgk.workbook.writing.changes import report_changes
from xxgk.workbook.writing.placed import formulas_elsewhere
from xxgk.xlsx.book import open_book
from xxgk.xlsx.patch import patch_book


class Filled(Record):
    """A filled workbook, a line for each cell that changed, and a sentence for what could not be placed.

    What a problem names is left as the workbook had it; nothing is written in part.
    """

    data: bytes
    changes: tuple[str, ...]
    problems: tuple[str, ...]


def fill_workbook(data: bytes, report: Report, form: Form) -> Filled:
    """Return the workbook ``data`` holding the whole of ``report``, formulas and their values included.

    Input cells are set or cleared; a new number is written as one. A total is a formula unless the
    report states it. What is read from the workbook as the report has it stays as it was typed. Of last
    year's report the workbook keeps only the year, the form, the figures and the text. Where sheets, rows or
    columns were moved, the values beside other formulas than totals wait for the program that opens the
    file next. Raise ``UnreadableWorkbook`` when ``data`` is no workbook of ours.
    """
    book = open_book(data)
    places = locate(book)
    if not places.form.id == report.form == form.id:
        problem = f"工作簿是 {places.form.id} 版格式，要填的报告是 {report.form} 版，没有写入。"
        return Filled(data, (), (problem,))
    if report.previous is not None:
        report = replace(report, previous=_as_kept(form, report.previous))
    found = report_changes(places, book.date1904, report_in(places, book), report)
    cells = {sheet: dict(changes) for sheet, changes in found.cells.items()}
    for cell, change in formulas_elsewhere(book, places, report):
        cells.setdefault(cell.sheet, {})[cell.row, cell.column] = change
    return Filled(patch_book(book, cells), found.lines, found.problems)


def _as_kept(form: Form, previous: Report) -> Report:
    """Return last year's report as the workbook of ``form`` keeps it: without remarks, and in this form's cells.

    A total that only a remark (see ``Fold``) or last year's own form lets us compute becomes a stated one. Figures
    that only an older form has are left out.
    """
    older = previous.form != form.id and previous.form in form_ids()
    here = {address for table in form.tables.values() for address in table.addresses}
    figures = {
        address: replace(figure, note="")
        for address, figure in previous.figures.items()
        if address in here or not older
    }
    before, after = values_of_last_year(form, previous), known_values(form, figures)
    figures.update({address: Figure(before[address]) for address in form.totals if address in before.keys() - after})
    return replace(previous, figures=figures)
