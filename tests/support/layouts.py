"""Published pages as sites and offices really make them: a report's HTML with its tables taken apart in seeded ways."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from random import Random

from xxgk.records import Record, replace
from xxgk.render.document import Document, Heading, Paragraph, TableBlock


class Cell(Record):
    """A cell as it is written into the page."""

    text: str
    rows: int = 1
    columns: int = 1
    header: bool = False


Rows = list[list[Cell]]
Mutation = Callable[[Random, Rows], Rows]
FULL_WIDTH = {ord(digit): chr(ord(digit) + 0xFEE0) for digit in "0123456789"}
BREAK = "\n"


def page(document: Document, random: Random, mutations: Sequence[Mutation]) -> str:
    """Return the page of ``document``, each table changed by every one of ``mutations``."""
    parts = [f"<html><head><title>{escape(document.title)}_某某网</title></head><body><div>首页 &gt; 信息公开</div>"]
    parts.append(f"<p style='text-align:center'><b>{escape(document.title)}</b></p>")
    for block in document.blocks:
        if isinstance(block, TableBlock):
            rows = [[Cell(c.text, c.height, c.width, c.header) for c in row] for row in block.rows()]
            for mutation in mutations:
                rows = mutation(random, rows)
            parts += _tables(random, rows)
            parts += [f"<p>{escape(note)}</p>" for note in block.notes]
        elif isinstance(block, Heading | Paragraph):
            parts.append(f"<p>&nbsp;&nbsp;<span>{escape(block.text)}</span></p>")
        else:
            parts += [f"<p align=right>{escape(text)}</p>" for text in (block.unit, block.date) if text]
    parts.append("<div>打印 关闭</div><div>主办单位：某某网 ICP备00000000号</div></body></html>")
    return "".join(parts)


def _tables(random: Random, rows: Rows) -> list[str]:
    """Return the table of ``rows``; a row of None would end it, so a page break is an empty row."""
    found, start = [], 0
    for end in [*(at for at, row in enumerate(rows) if not row), len(rows)]:
        body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows[start:end])
        found.append(f"<table border=1><tbody>{body}</tbody></table>")
        start = end + 1
    return found


def _cell(cell: Cell) -> str:
    text = escape(cell.text).replace(BREAK, "<br>")
    spans = (f" rowspan={cell.rows}" if cell.rows > 1 else "") + (
        f" colspan={cell.columns}" if cell.columns > 1 else ""
    )
    return f"<td{spans}><p><span>{text}</span></p></td>"


def _each(change: Callable[[Random, Cell], Cell]) -> Mutation:
    return lambda random, rows: [[change(random, cell) for cell in row] for row in rows]


def _is_number(cell: Cell) -> bool:
    return not cell.header and cell.text[:1].isdigit()


def _broken_label(random: Random, cell: Cell) -> Cell:
    if not cell.header or len(cell.text) < 3 or random.random() < 0.5:
        return cell
    at = random.randrange(1, len(cell.text))
    return replace(cell, text=cell.text[:at] + random.choice((BREAK, " ", "　")) + cell.text[at:])


def _padded_number(random: Random, cell: Cell) -> Cell:
    if not _is_number(cell):
        return cell
    text = cell.text.translate(FULL_WIDTH) if random.random() < 0.2 else cell.text
    return replace(
        cell, text=random.choice(("", " ", "　", "\xa0", BREAK)) + text + random.choice(("", "\xa0 ", BREAK))
    )


def _slip(random: Random, cell: Cell) -> Cell:
    """Return the cell with one character of its label lost, doubled or another."""
    if not cell.header or len(cell.text) < 4 or random.random() < 0.85:
        return cell
    at = random.randrange(len(cell.text))
    middle = random.choice(("", cell.text[at] * 2, random.choice("的了和政府文件")))
    return replace(cell, text=cell.text[:at] + middle + cell.text[at + 1 :])


def _unnumbered(random: Random, cell: Cell) -> Cell:
    for mark in (".", "、", "）"):
        head, found, rest = cell.text.partition(mark)
        if cell.header and found and len(head) <= 2 and rest and random.random() < 0.5:
            return replace(cell, text=rest)
    return cell


def _lost_row_spans(random: Random, rows: Rows) -> Rows:
    """Return the rows with blank cells in the place of what cells above covered, as editors leave them."""
    return one_row_high(rows, lambda cell: "")


def one_row_high(rows: Rows, text: Callable[[Cell], str]) -> Rows:
    """Return ``rows`` with cells that are one row high, each with ``text`` of the higher one that covered its place."""
    result: list[dict[int, Cell]] = [{} for _ in rows]
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            while x in result[y]:
                x += result[y][x].columns
            for below in range(y, min(y + cell.rows, len(rows))):
                result[below][x] = replace(cell, rows=1, text=text(cell) if below > y else cell.text)
            x += cell.columns
    return [[line[x] for x in sorted(line)] for line in result]


def _lost_spans(random: Random, rows: Rows) -> Rows:
    """Return the rows as a list of their cells: nothing tells any more how far each reaches."""
    return [[replace(cell, rows=1, columns=1) for cell in row] for row in _lost_row_spans(random, rows)]


def _crooked(random: Random, rows: Rows) -> Rows:
    """Return the rows with borders a little off, as tables drawn by hand have them: columns are thirds of old ones."""
    result = []
    for row in rows:
        if sum(cell.columns for cell in row) != max(sum(cell.columns for cell in one) for one in rows):
            result.append([replace(cell, columns=cell.columns * 3) for cell in row])
            continue
        widths = [cell.columns * 3 for cell in row]
        for at in range(len(row) - 1):
            shift = random.choice((0, 0, 0, 1, -1))
            if widths[at] + shift > 1 and widths[at + 1] - shift > 1:
                widths[at] += shift
                widths[at + 1] -= shift
        result.append([replace(cell, columns=width) for cell, width in zip(row, widths, strict=True)])
    return result


def _page_end(random: Random, rows: Rows) -> Rows:
    """Return the rows with a page break before one of them that no cell reaches over."""
    reach, free = 0, []
    for at, row in enumerate(rows):
        if at and at >= reach:
            free.append(at)
        reach = max(reach, *(at + cell.rows for cell in row))
    if not free:
        return rows
    at = random.choice(free)
    return [*rows[:at], [], *rows[at:]]


def _page_end_with_headings(random: Random, rows: Rows) -> Rows:
    broken = _page_end(random, rows)
    at = next((at for at, row in enumerate(broken) if not row), 0)
    heads = [row for row in rows[:3] if all(cell.header for cell in row)]
    return [*broken[: at + 1], *heads, *broken[at + 1 :]] if at > len(heads) else broken


def _more_column(random: Random, rows: Rows) -> Rows:
    """Return the rows with a column of remarks at the right."""
    return [[*row, Cell("备注" if not at else "", header=all(c.header for c in row))] for at, row in enumerate(rows)]


def _split_number(random: Random, rows: Rows) -> Rows:
    """Return the rows with one number of several digits in two cells."""
    spots = [
        (y, x) for y, row in enumerate(rows) for x, cell in enumerate(row) if _is_number(cell) and len(cell.text) > 1
    ]
    if not spots:
        return rows
    y, x = random.choice(spots)
    cell = rows[y][x]
    parts = [replace(cell, text=cell.text[:1], columns=1), replace(cell, text=cell.text[1:], columns=1)]
    return [[*row[:x], *parts, *row[x + 1 :]] if at == y else row for at, row in enumerate(rows)]


def _merged_numbers(random: Random, rows: Rows) -> Rows:
    """Return the rows with two neighbouring numbers in one cell."""
    spots = [
        (y, x)
        for y, row in enumerate(rows)
        for x in range(len(row) - 1)
        if _is_number(row[x]) and _is_number(row[x + 1])
    ]
    if not spots:
        return rows
    y, x = random.choice(spots)
    one, other = rows[y][x : x + 2]
    joined = replace(
        one, text=f"{one.text}{random.choice((' ', BREAK))}{other.text}", columns=one.columns + other.columns
    )
    return [[*row[:x], joined, *row[x + 2 :]] if at == y else row for at, row in enumerate(rows)]


def _lost_row(random: Random, rows: Rows) -> Rows:
    """Return the rows without one that has numbers and that no other reaches into."""
    free = [at for at, row in enumerate(rows) if row and any(map(_is_number, row)) and all(c.rows == 1 for c in row)]
    gone = random.choice(free) if free else -1
    return [row for at, row in enumerate(rows) if at != gone] if len(free) > 3 else rows


def _signs(random: Random, cell: Cell) -> Cell:
    return (
        replace(cell, text=random.choice(("/", "—", "无", ""))) if cell.text == "0" and random.random() < 0.1 else cell
    )


# What only changes how a report looks: everything can still be read.
HARMLESS: dict[str, Mutation] = {
    "broken labels": _each(_broken_label),
    "padded numbers": _each(_padded_number),
    "slips of the pen": _each(_slip),
    "no numbering": _each(_unnumbered),
    "lost row spans": _lost_row_spans,
    "lost spans": _lost_spans,
    "crooked borders": _crooked,
    "one more column": _more_column,
}
# What takes something away, or leaves it open.
HARMFUL: dict[str, Mutation] = {
    "split number": _split_number,
    "merged numbers": _merged_numbers,
    "lost row": _lost_row,
    "signs": _each(_signs),
}
# What ends a page comes last: a table of two parts is changed no more.
PAGE_ENDS: dict[str, Mutation] = {"page end": _page_end, "page end, headings again": _page_end_with_headings}
EVERY: dict[str, Mutation] = {**HARMLESS, **HARMFUL, **PAGE_ENDS}


def several(random: Random, count: int) -> list[str]:
    """Return the names of ``count`` changes that go together, in the order in which they are made."""
    chosen = random.sample([name for name in EVERY if name not in PAGE_ENDS], count - 1)
    last = random.choice([*EVERY])
    return sorted({*chosen, last}, key=list(EVERY).index)
