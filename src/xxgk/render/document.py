"""What a finished report consists of, before any file format: title, text, tables, signature."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Context

from xxgk import wording
from xxgk.figures import known_values
from xxgk.formats import Form, Section, Table
from xxgk.jsonio import dump_json
from xxgk.narrative.resolve import resolve
from xxgk.records import Record, field, replace
from xxgk.render.site import Site
from xxgk.render.stamp import Stamp
from xxgk.render.summary import Summary, summarise
from xxgk.report import Figure, Number, Report

LANGUAGE = "zh-CN"
DRAFT_MARK = "草稿"
# A spreadsheet keeps no more digits; what follows them is noise of binary fractions.
DIGITS = 15
# The first is printed; either is understood where it was typed.
NOTE_MARKS = ("注：", "注:", "备注：", "备注:")
# Not allowed in XML 1.0, or controls that no reader shows.
_ILLEGAL = re.compile("[^\t\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Heading(Record):
    """A heading; level 1 is one of the form's sections, 2 to 4 are sub-headings as typed."""

    level: int
    text: str


class Paragraph(Record):
    """A paragraph of body text, without line breaks."""

    text: str


class Cell(Record):
    """A printed cell with its merge. ``text`` is a label where ``header`` is true, else a number, with its remark.

    A number that is not known is an empty text.
    """

    row: int
    column: int
    height: int
    width: int
    text: str
    header: bool


class TableBlock(Record):
    """One official table. ``caption`` names it for people who cannot see it; ``notes`` stand below it.

    ``cells`` come in reading order; ``widths`` are proportions, one a column.
    """

    caption: str
    cells: tuple[Cell, ...]
    height: int
    width: int
    header_rows: tuple[int, ...]
    header_columns: int
    widths: tuple[int, ...]
    notes: tuple[str, ...]

    @property
    def head(self) -> int:
        """How many rows at the top head the whole table; 0 where header rows come again further down."""
        leading = sum(row == place for place, row in enumerate(self.header_rows))
        return leading if leading == len(self.header_rows) else 0

    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        """Return the cells that begin in each row."""
        found: list[list[Cell]] = [[] for _ in range(self.height)]
        for cell in self.cells:
            found[cell.row].append(cell)
        return tuple(tuple(row) for row in found)

    def reads_left(self, cell: Cell) -> bool:
        """Tell whether ``cell`` is set flush left, as the official form sets bands and nested row labels."""
        nested = cell.header and cell.column < self.header_columns and self.header_columns > 1
        return nested or cell.width == self.width


class Signature(Record):
    """The 落款: the unit, and the date as printed. Either may be empty, not both. ``sealed`` leaves room for a seal."""

    unit: str
    date: str
    sealed: bool = False


Block = Heading | Paragraph | TableBlock | Signature


class Metadata(Record):
    """What a file says about itself. ``form`` is the number of the official document behind the form.

    ``site`` is where the web page will stand, as far as it is known; ``keywords`` go into the properties of a docx.
    """

    unit: str
    year: int | None
    form: str
    date: date | None
    language: str = LANGUAGE
    site: Site = field(default_factory=Site)
    keywords: str = ""


class Document(Record):
    """A report ready to be set. ``title_parts`` make up the title; a long title breaks between them.

    ``draft`` puts 草稿 on every page. ``stamp`` tells what the report was made of; None where it is no report.
    ``summary`` is the year at a glance, ``data`` what is published, as JSON (docs/json.md).
    """

    title_parts: tuple[str, ...]
    metadata: Metadata
    blocks: tuple[Block, ...]
    draft: bool = False
    stamp: Stamp | None = None
    summary: Summary | None = None
    data: str = ""

    @property
    def title(self) -> str:
        """The title in one line; empty while unit or year are missing."""
        return "".join(self.title_parts)


def build_document(report: Report, form: Form) -> Document:
    """Return ``report``, with its numbers in place of the placeholders, as a document in the order of ``form``."""
    report = resolve(report, form)
    values = known_values(form, report.figures)
    blocks: list[Block] = []
    for section in form.sections:
        if section.preface is not None:
            blocks += _narrative(report, section.preface.id)
        blocks.append(Heading(1, section.heading))
        if section.part is not None:
            blocks += _narrative(report, section.part.id)
        if section.table:
            blocks.append(_table(report, form.tables[section.table], section, values))
    signature = Signature(
        _one_line(wording.signature(report)), wording.printed_date(report.date) if report.date else ""
    )
    if signature.unit or signature.date:
        blocks.append(signature)
    metadata = Metadata(_one_line(report.unit), report.year, form.document, report.date)
    # Last year's report and notes to oneself are no part of what is published.
    data = dump_json(replace(report, previous=None, explanations=(), waivers=()), form)
    return Document(_title_parts(form, report), metadata, tuple(blocks), summary=summarise(report, form), data=data)


def with_seal(document: Document) -> Document:
    """Return ``document`` with its 落款 placed as one that bears a seal."""
    blocks = (replace(block, sealed=True) if isinstance(block, Signature) else block for block in document.blocks)
    return replace(document, blocks=tuple(blocks))


def print_number(value: Number) -> str:
    """Return ``value`` in plain decimal: no exponent, no thousands mark, no float noise, no idle zeros."""
    if isinstance(value, int):
        return str(value)
    rounded = Context(prec=DIGITS).plus(value)
    return format(rounded.normalize(), "f") if rounded % 1 else str(int(rounded))


def clean_lines(text: str) -> tuple[str, ...]:
    """Return the lines of ``text`` that hold anything, stripped, without characters that files cannot hold."""
    lines = (_ILLEGAL.sub("", line.replace("\t", " ")).strip() for line in text.splitlines())
    return tuple(line for line in lines if line)


def _one_line(text: str) -> str:
    return " ".join(clean_lines(text))


def _title_parts(form: Form, report: Report) -> tuple[str, ...]:
    lines = clean_lines(wording.title(form, report))
    if len(lines) != 1:
        return lines
    ending = form.title.rpartition("}")[2]
    name = lines[0].removesuffix(ending)
    return (name, ending) if name and name != lines[0] else lines


def _narrative(report: Report, part: str) -> Iterator[Block]:
    for paragraph in report.narrative.get(part, ()):
        for line in clean_lines(paragraph.text):
            yield Heading(paragraph.heading, line) if paragraph.heading else Paragraph(line)


def _table(report: Report, table: Table, section: Section, values: Mapping[str, Number]) -> TableBlock:
    # A fold's remark tells of whole rows, so it stands under the table, not in one cell.
    folds = {
        fold.marker: fold.remark
        for fold in table.folds
        if fold.marker in report.figures and report.figures[fold.marker].note == fold.remark
    }
    cells = []
    for place in table.grid:
        text = place.text
        if place.address:
            note = "" if place.address in folds else _note(report.figures.get(place.address))
            text = (print_number(values[place.address]) if place.address in values else "") + note
        cells.append(Cell(place.row, place.column, place.height, place.width, text, place.header))
    notes = [*folds.values(), *clean_lines(report.table_notes.get(table.id, ""))]
    return TableBlock(
        caption=f"{table.name} {section.title}",
        cells=tuple(cells),
        height=table.height,
        width=table.width,
        header_rows=table.header_rows,
        header_columns=table.header_columns,
        widths=table.widths,
        notes=tuple(_marked(notes)),
    )


def _note(figure: Figure | None) -> str:
    note = _one_line(figure.note) if figure else ""
    if not note or (note[0] == "（" and note[-1] == "）"):
        return note
    return f"（{note}）"


def _marked(notes: Iterable[str]) -> Iterator[str]:
    """Put 注： before the first note, unless it was typed."""
    for number, note in enumerate(notes):
        typed = note.startswith(NOTE_MARKS)
        yield note if number or typed else f"{NOTE_MARKS[0]}{note}"
