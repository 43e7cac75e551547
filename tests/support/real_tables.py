"""Pages in whose tables something is otherwise than in the form's."""

from __future__ import annotations

from random import Random

from xxgk.records import replace
from xxgk.render.document import NOTE_MARKS, TableBlock

from support import real_sites as sites
from support.layouts import Rows
from support.real_grids import MIXED, Shape, headed_inside, page_ends, rows_of, with_remark_row
from support.real_pages import html, site
from support.real_reports import File, Layout, Said

REMARK = "本表数据来自业务系统。"


def mixed(says: Said, random: Random) -> File:
    """A page that writes its numbers in one way here and another there."""
    style = sites.Style(table=sites.pasted, shape=lambda number, rows: MIXED(random, rows))
    return html(says, sites.trs, style)


def shaped(shape: Shape) -> Layout:
    """Return a layout with tables in another shape."""
    return site(sites.trs, shape=shape)


def title_in_table(says: Said, random: Random) -> File:
    """A page whose headings of tables stand in the tables."""
    sections = [section for section in says.form.sections if section.table]
    names = {section.heading for section in sections}
    style = sites.Style(
        heading=lambda text: "" if text in names else f"<p><b>{text}</b></p>",
        shape=lambda number, rows: headed_inside(sections[number].heading, rows),
    )
    return html(says, sites.trs, style)


def one_table(says: Said, random: Random) -> File:
    """A page with one table for all three, their headings in rows of it."""
    sections = [section for section in says.form.sections if section.table]
    blocks = [block for block in says.document.blocks if isinstance(block, TableBlock)]
    rows = [
        row
        for section, block in zip(sections, blocks, strict=True)
        for row in headed_inside(section.heading, rows_of(block))
    ]
    names = {section.heading for section in sections}
    says = replace(says, report=replace(says.report, table_notes={}))
    drawn: list[str] = []

    def table(own: Rows) -> str:
        drawn.append("")
        return sites.table(rows) if len(drawn) == 1 else ""

    document = replace(
        says.document,
        blocks=tuple(replace(b, notes=()) if isinstance(b, TableBlock) else b for b in says.document.blocks),
    )
    style = sites.Style(heading=lambda text: "" if text in names else f"<p><b>{text}</b></p>", table=table)
    return html(replace(says, document=document), sites.trs, style)


def remark_rows(says: Said, random: Random) -> File:
    """A page with a remark in the last row of each table."""
    notes = dict.fromkeys(says.report.table_notes.keys() | says.form.tables.keys(), REMARK)
    for table, note in says.report.table_notes.items():
        # The mark of the second remark stays with it.
        notes[table] = f"{REMARK}\n{NOTE_MARKS[0]}{note}"
    says = replace(says, report=replace(says.report, table_notes=notes))
    return html(
        says, sites.trs, sites.Style(shape=lambda number, rows: with_remark_row(f"{NOTE_MARKS[0]}{REMARK}", rows))
    )


def broken(head: int, between: str) -> Layout:
    """Return a layout whose tables end with a page and go on; ``head`` rows of a long one come again there."""

    def made(says: Said, random: Random) -> File:
        style = sites.Style(table=lambda rows: between.join(map(sites.table, page_ends(rows, head))))
        return html(says, sites.trs, style)

    return made


def lone_signs(says: Said, random: Random) -> File:
    """A page where none is written as a sign: not read, but said."""

    def signs(number: int, rows: Rows) -> Rows:
        return [
            [replace(c, text=random.choice("/—无-")) if c.text == "0" and not c.header else c for c in row]
            for row in rows
        ]

    return html(says, sites.trs, sites.Style(shape=signs))


def units_behind(says: Said, random: Random) -> File:
    """A page with 件 behind the numbers."""

    def shape(number: int, rows: Rows) -> Rows:
        return (
            rows
            if number == 0
            else [[c if c.header or not c.text else replace(c, text=f"{c.text}件") for c in row] for row in rows]
        )

    return html(says, sites.trs, sites.Style(shape=shape))


def excel_page(says: Said, random: Random) -> File:
    """A page with tables as Excel pastes them."""
    cell = (
        '<td{spans} class=xl65 style="height:14.25pt;border-left:none" x:num><font color="#000000">{text}</font></td>'
    )
    return html(
        says,
        sites.aspx,
        sites.Style(table=lambda rows: sites.table(rows, cell, "x:str border=0 style='border-collapse:collapse'")),
    )


def upright_words(says: Said, random: Random) -> File:
    """A page whose tall cells have a character a line."""

    def shape(number: int, rows: Rows) -> Rows:
        return [[replace(c, text="\n".join(c.text)) if c.header and c.rows > 3 else c for c in row] for row in rows]

    return html(says, sites.trs, sites.Style(shape=shape, table=lambda rows: sites.table(rows).replace("\n", "<br>")))


def in_ten_thousands(says: Said, random: Random) -> File:
    """A page that heads an amount with another unit than the form: the amount is not read, but said."""

    def shape(number: int, rows: Rows) -> Rows:
        other = {"采购总金额": "采购总金额（万元）", "本年收费金额（单位：万元）": "本年收费金额（单位：元）"}
        return [[replace(c, text=other.get(c.text, c.text)) for c in row] for row in rows]

    return html(says, sites.trs, sites.Style(shape=shape))


def blanks_left_out(says: Said, random: Random) -> File:
    """A page of boxes whose zeros are not drawn at all."""

    def shape(number: int, rows: Rows) -> Rows:
        return [[c for c in row if c.header or c.text != "0"] for row in rows]

    return html(says, sites.trs, sites.Style(shape=shape, table=sites.flex))


def zeros_left_out(says: Said, random: Random) -> File:
    """A page whose tables have no cells where a zero should stand."""

    def shape(number: int, rows: Rows) -> Rows:
        return [[c for c in row if c.header or c.text != "0"] for row in rows]

    return html(says, sites.trs, sites.Style(shape=shape))
