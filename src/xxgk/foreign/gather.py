"""The figures in a CSV file, or in a workbook from another system: cells matched by the labels beside them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from xxgk.checks.quoting import quote
from xxgk.errors import UnreadableWorkbook
from xxgk.figures import known_values, without_computed_totals
from xxgk.foreign.csvfile import csv_cells
from xxgk.foreign.shapes import Shape, shapes_of
from xxgk.formats import Form
from xxgk.labels import fold
from xxgk.money import is_money, units_named
from xxgk.records import Record
from xxgk.report import Figure
from xxgk.suffixes import WORKBOOKS
from xxgk.workbook.reading.index import TextIndex, index_texts
from xxgk.workbook.reading.locate import is_ours
from xxgk.workbook.reading.numbers import read_content, unreadable
from xxgk.workbook.reading.search import Match, labels_here, match, sightings
from xxgk.xlsx.book import open_book
from xxgk.xlsx.cells import SheetCells, reference
from xxgk.xlsx.package import load_file

CSV = (".csv", ".tsv")
SHARE = 0.6  # of a table's labels, for it to be that table
MAX_CSV = 20_000_000  # bytes

_Sheets = Mapping[str, tuple[SheetCells, Collection[str]]]  # cells, and the styles that show dates or percentages


class Gathered(Record):
    """The figures that were found, a line on each table, and a sentence for all that was not understood."""

    figures: Mapping[str, Figure]
    read: tuple[str, ...]
    unsure: tuple[str, ...]


class _Found(Record, eq=False):
    """A table in a sheet: where its figures are, as far as known; ``hits`` of its labels are there."""

    shape: Shape
    match: Match
    cells: Mapping[str, str]
    hits: int


def is_foreign(path: Path) -> bool:
    """Tell whether ``path`` is a CSV file or a workbook that is none of ours, so that only its tables can be read."""
    if path.suffix.lower() not in WORKBOOKS:
        return path.suffix.lower() in CSV
    try:
        return not is_ours(open_book(load_file(path)))
    except UnreadableWorkbook as error:
        raise UnreadableWorkbook(f"读不了 {path}：{error}。") from error


def read_figures(path: Path, form: Form) -> Gathered:
    """Return the figures of the tables of ``form`` in ``path``. Raise ``UnreadableWorkbook`` when there are none.

    A figure is taken where row and column are known by their labels. Totals that are the sums of their parts are not.
    """
    try:
        return gather(_sheets(path), form)
    except UnreadableWorkbook as error:
        raise UnreadableWorkbook(f"读不了 {path}：{error}。") from error


def gather(sheets: _Sheets, form: Form) -> Gathered:
    """Return the same for sheets by name. Raise ``UnreadableWorkbook``, with the reason only, when there are none."""
    indexes = {name: index_texts(cells) for name, (cells, _) in sheets.items()}
    figures: dict[str, Figure] = {}
    read: list[str] = []
    unsure: list[str] = []
    for shapes in shapes_of(form).values():
        options = sorted(_options(shapes, sheets, indexes), key=_fit, reverse=True)
        if not options:
            continue
        best, table = options[0], shapes[0].table
        values = _figures(best, *sheets[best.match.sheet])
        rivals = [other for other in options[1:] if _apart(best, other)]
        if any(_figures(other, *sheets[other.match.sheet]) != values for other in rivals):
            unsure.append(f"{table.name}：来源里有不止一份，数字不一样，没有填；请只留下一份。")
            continue
        taken = {a: Figure(figure.value, figure.note) for a, figure in values.items() if figure.value is not None}
        doubts = list(_doubts(best, sheets[best.match.sheet][0], values))
        if _other_unit(best, sheets[best.match.sheet][0]):
            taken = {a: figure for a, figure in taken.items() if not is_money(table.column(a).unit)}
            doubts.append("金额的单位与本表不同，没有填。")
        figures.update(taken)
        read.append(f"{table.name}：从“{best.match.sheet}”读到 {len(taken)} 个数。")
        unsure += (f"{table.name}：{doubt}" for doubt in doubts)
    if not (read or unsure):
        raise UnreadableWorkbook("里面没有找到年报的表：表头和行名要与官方表格相同")
    computed = without_computed_totals(form, figures)
    unsure += _stated(form, figures, computed)
    return Gathered(computed, tuple(read), tuple(unsure))


def _sheets(path: Path) -> _Sheets:
    if path.suffix.lower() in CSV:
        try:
            if path.stat().st_size > MAX_CSV:
                raise UnreadableWorkbook("文件太大")
            return {path.name: (csv_cells(path.read_bytes()), ())}
        except OSError as error:
            raise UnreadableWorkbook("请核对文件名，并确认有权限读取") from error
    book = open_book(load_file(path))
    return {name: (book.cells(name), book.formats().keys()) for name in book.sheets}


def _options(shapes: tuple[Shape, ...], sheets: _Sheets, indexes: Mapping[str, TextIndex]) -> Iterator[_Found]:
    """Yield each place where the table may stand, in any of its shapes."""
    for sheet in sheets:
        for shape in shapes:
            for sighting in sightings(shape.pattern, indexes[sheet], SHARE):
                found = match(shape.pattern, sheet, indexes[sheet], sighting, None)
                spots = {address: found.at(*place) for address, place in shape.cells.items()}
                cells = {address: reference(*spot) for address, spot in spots.items() if spot}
                if cells:
                    yield _Found(shape, found, cells, len(sighting.hits))


def _fit(found: _Found) -> tuple[int, float]:
    return len(found.cells), found.hits / len(found.shape.pattern.labels)


def _apart(one: _Found, other: _Found) -> bool:
    """Tell whether two places are not the same table seen in two shapes."""
    return one.match.sheet != other.match.sheet or set(one.cells.values()).isdisjoint(other.cells.values())


def _figures(found: _Found, cells: SheetCells, shows: Collection[str]) -> dict[str, Figure]:
    figures = {}
    for address, at in found.cells.items():
        content = cells.at(at)
        if content is None:
            continue
        unit = found.shape.table.column(address).unit
        figure = unreadable(content.text) if content.style in shows else read_content(content, unit)
        if figure is not None:
            figures[address] = figure
    return figures


def _doubts(found: _Found, cells: SheetCells, figures: Mapping[str, Figure]) -> Iterator[str]:
    """Yield what is missing, blank, no number, or was known by something else than its exact label."""
    table = found.shape.table
    for label, spot in labels_here(found.match):
        seen = cells.text(reference(*spot))
        if fold(seen) != fold(label.text):
            said = f"写的是{quote(seen)}" if seen.strip() else "是空的"
            yield f"{reference(*spot)} {said}，当作{quote(label.text)}，请核对。"
    for lines, known, what in (
        (found.match.pattern.rows, found.match.rows, "行"),
        (found.match.pattern.columns, found.match.columns, "列"),
    ):
        for line in lines:
            if line.typed and line.at not in known.found:
                yield f"没有找到{quote(line.head)}这一{what}，没有填。"
    blank = [address for address in found.cells if address not in figures]
    if blank:
        yield f"有 {len(blank)} 格是空的，没有填，如 {' › '.join(table.labels[blank[0]])}（{found.cells[blank[0]]}）。"
    for address, figure in figures.items():
        if figure.value is None:
            labels = " › ".join(table.labels[address])
            yield f"{labels}（{found.cells[address]}）填的是{quote(figure.seen)}，不是数字，没有填。"
    yield from _strange(found, cells)


def _strange(found: _Found, cells: SheetCells) -> Iterator[str]:
    """Yield the rows between those of the table that hold numbers and are none of its own."""
    rows, columns = set(found.match.rows.found.values()), sorted(found.match.columns.found.values())
    for row in range(min(rows), max(rows) + 1):
        if row not in rows:
            held = (read_content(content) for column in columns if (content := cells.at(reference(row, column))))
            if any(figure is not None and figure.value is not None for figure in held):
                name = next((text for column in columns if (text := cells.text(reference(row, column)))), "")
                yield f"第 {row} 行{quote(name)}不知道是哪一项，没有填。"


def _other_unit(found: _Found, cells: SheetCells) -> bool:
    """Tell whether an amount stands there in another unit than the form has: in 元 for 万元, or the other way round."""
    table = found.shape.table
    own = {column.unit for column in table.columns if is_money(column.unit)}
    return any(
        (named := units_named(cells.text(reference(*spot)))) != units_named(label.text) and named != own
        for label, spot in labels_here(found.match)
    )


def _stated(form: Form, figures: Mapping[str, Figure], kept: Mapping[str, Figure]) -> Iterator[str]:
    """Yield the totals that are not the sums of their parts: they are filled in as they are."""
    parts = {address: figure for address, figure in kept.items() if address not in form.totals}
    sums = known_values(form, parts)
    for address in form.totals:
        if address in kept and address in sums:
            labels = " › ".join(form.labels_of(address))
            yield f"{labels}：来源写的是 {figures[address].value}，各项的和是 {sums[address]}，照来源填。"
