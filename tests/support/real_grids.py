"""The form's tables in the shapes that units give them: merged, split and headed otherwise."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from xxgk.records import Record, replace
from xxgk.render.document import TableBlock

from support.layouts import Cell, Rows, one_row_high

# The table's number among the form's (0, 1, 2) and its rows.
Shape = Callable[[int, Rows], Rows]
APPLICATIONS, DISPUTES = 1, 2
LONG = 20  # rows of a table whose headings come again on the next page


def rows_of(block: TableBlock) -> Rows:
    """Return the cells of ``block`` row by row."""
    return [[Cell(cell.text, cell.height, cell.width, cell.header) for cell in row] for row in block.rows()]


def width(rows: Rows) -> int:
    """Return how many columns ``rows`` have."""
    return sum(cell.columns for cell in rows[0])


def as_printed(table: int, rows: Rows) -> Rows:
    """Return the table as the form has it."""
    return rows


def filled(rows: Rows, again: Callable[[Cell, int, int], str]) -> list[list[Cell]]:
    """Return ``rows`` with no cell merged; ``again`` tells the text of the place so far down and right in one."""
    grid: list[dict[int, Cell]] = [{} for _ in rows]
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            while x in grid[y]:
                x += 1
            for down in range(cell.rows):
                for right in range(cell.columns):
                    text = cell.text if not down and not right else again(cell, down, right)
                    grid[y + down][x + right] = Cell(text, header=cell.header)
            x += cell.columns
    return [[line[x] for x in sorted(line)] for line in grid]


def unmerged(table: int, rows: Rows) -> Rows:
    """Return the table as spreadsheets paste it: what was merged is blank but for its first cell."""
    return filled(rows, lambda cell, down, right: "")


def repeated(table: int, rows: Rows) -> Rows:
    """Return the table with the label of merged rows in every one of them."""
    return one_row_high(rows, lambda cell: cell.text if cell.header else "")


def headed_inside(title: str, rows: Rows) -> Rows:
    """Return the table with ``title`` in a row of its own at the top."""
    return [[Cell(title, columns=width(rows), header=True)], *rows]


def with_unit_row(table: int, rows: Rows) -> Rows:
    """Return the table with a row at the top that names the unit of its numbers."""
    return [[Cell("单位：件", columns=width(rows), header=True)], *rows]


def with_remark_row(remark: str, rows: Rows) -> Rows:
    """Return the table with a remark in its last row."""
    return [*rows, [Cell(remark, columns=width(rows), header=True)]]


def flat_head(table: int, rows: Rows) -> Rows:
    """Return 表三 with one row of headings only, and its explanation in the corner left out."""
    if table != APPLICATIONS:
        return rows
    corner, _ = rows[0]
    person, _, total = rows[1]
    labels = [replace(person, rows=1), *rows[2], replace(total, rows=1)]
    return [[replace(corner, text="申请人情况", rows=1), *labels], *rows[3:]]


def other_head(table: int, rows: Rows) -> Rows:
    """Return 表三 with its explanation in a row of its own, and headings that begin above and end further down."""
    if table != APPLICATIONS:
        return rows
    corner, _ = rows[0]
    person, bodies, total = rows[1]
    return [
        [replace(corner, rows=1, columns=width(rows))],
        [Cell("项目", 2, corner.columns, header=True), person, replace(bodies, columns=bodies.columns), total],
        rows[2],
        *rows[3:],
    ]


def narrow_labels(table: int, rows: Rows) -> Rows:
    """Return 表三 with all labels of a row in one column, the groups in rows of their own."""
    if table != APPLICATIONS:
        return rows
    result = [
        [replace(cell, columns=1) if at == 0 and y == 0 else cell for at, cell in enumerate(row)]
        for y, row in enumerate(rows[:3])
    ]
    for row in rows[3:]:
        labels = [cell for cell in row if cell.header]
        numbers = [cell for cell in row if not cell.header]
        result += [[Cell(group.text, header=True), *(Cell("") for _ in numbers)] for group in labels[:-1]]
        result.append([replace(labels[-1], rows=1, columns=1), *numbers])
    return result


def transposed(table: int, rows: Rows) -> Rows:
    """Return 表三 or 表四 with rows for columns."""
    if table == 0:
        return rows
    flat: dict[tuple[int, int], Cell] = {}
    taken: set[tuple[int, int]] = set()
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            while (y, x) in taken:
                x += 1
            flat[x, y] = replace(cell, rows=cell.columns, columns=cell.rows)
            taken |= {(y + down, x + right) for down in range(cell.rows) for right in range(cell.columns)}
            x += cell.columns
    return [[flat[key] for key in sorted(flat) if key[0] == y] for y in range(width(rows))]


def disputes_by_row(table: int, rows: Rows) -> Rows:
    """Return 表四 with one row for each of its three groups."""
    if table != DISPUTES:
        return rows
    numbers = rows[-1]
    size = len(numbers) // 3
    heads = rows[-2]
    names = [rows[0][0], *rows[1][-2:]]
    top = [Cell("类别", header=True), *heads[:size]]
    body = [[replace(name, rows=1, columns=1), *numbers[at * size : (at + 1) * size]] for at, name in enumerate(names)]
    return [[replace(cell, rows=1, columns=1) for cell in top], *body]


def page_ends(rows: Rows, head: int) -> list[Rows]:
    """Return the table in two, where no cell reaches over the page's end; ``head`` rows of a long one come again."""
    head = head if len(rows) > LONG else 0
    reach, free = 0, []
    for at, row in enumerate(rows):
        if at > max(head, len(rows) // 3) and at >= reach:
            free.append(at)
        reach = max(reach, *(at + cell.rows for cell in row))
    if not free:
        return [rows]
    return [rows[: free[0]], [*rows[:head], *rows[free[0] :]]]


def with_subtotal(table: int, rows: Rows) -> Rows:
    """Return 表三 with a column more: 小计 of all bodies, before the total."""
    if table != APPLICATIONS:
        return rows
    corner, group = rows[0]
    person, bodies, total = rows[1]
    heads = [
        [corner, replace(group, columns=group.columns + 1)],
        [person, replace(bodies, columns=bodies.columns + 1), total],
        [*rows[2], Cell("小计", header=True)],
    ]
    data = []
    for row in rows[3:]:
        numbers = [cell for cell in row if not cell.header]
        more = Cell(str(sum(int(cell.text) for cell in numbers[1:-1])))
        data.append([*row[:-1], more, row[-1]])
    return [*heads, *data]


def with_numbers(table: int, rows: Rows) -> Rows:
    """Return 表三 with a column at the left that counts its rows."""
    if table != APPLICATIONS:
        return rows
    head = [[Cell("序号", 3, header=True), *rows[0]], *rows[1:3]]
    return [*head, *([Cell(str(at), header=True), *row] for at, row in enumerate(rows[3:], 1))]


def labels_above(table: int, rows: Rows) -> Rows:
    """Return 表三 with each label in a row of its own above its numbers."""
    if table != APPLICATIONS:
        return rows
    person, _, total = rows[1]
    result = [[replace(one, rows=1) for one in (person, *rows[2], total)]]
    for row in rows[3:]:
        result += [[Cell(cell.text, columns=7, header=True)] for cell in row if cell.header]
        result.append([cell for cell in row if not cell.header])
    return result


def two_years(table: int, rows: Rows) -> Rows:
    """Return 表二 with the numbers of another year beside each."""
    if table:
        return rows
    return [
        [cell for one in row for cell in ([one] if one.header else [one, Cell("77", columns=one.columns)])]
        for row in rows
    ]


def units_apart(table: int, rows: Rows) -> Rows:
    """Return 表二 with 件 in a cell of its own behind each number."""
    if table:
        return rows
    return [[part for c in row for part in ([c] if c.header else [c, Cell("件")])] for row in rows]


class Writing(Record):
    """How numbers are written: each in turn of ``ways``."""

    ways: tuple[Callable[[str], str], ...]

    def __call__(self, random: Random, rows: Rows) -> Rows:
        return [
            [cell if cell.header else replace(cell, text=random.choice(self.ways)(cell.text)) for cell in row]
            for row in rows
        ]


def grouped(text: str) -> str:
    """Return a number with commas between thousands."""
    whole, point, rest = text.partition(".")
    return f"{int(whole):,}{point}{rest}" if whole.isdigit() else text


def two_places(text: str) -> str:
    """Return an amount with two decimals, another number as it is."""
    return f"{float(text):.2f}" if "." in text else text


def spaced(text: str) -> str:
    """Return a number with thin blanks between thousands."""
    return f"{int(text):,}".replace(",", "\u2009") if text.isdigit() else text


def wide(text: str) -> str:
    """Return a number in full-width digits."""
    return text.translate({ord(digit): chr(ord(digit) + 0xFEE0) for digit in "0123456789.-"})


PLAIN = Writing((str,))
MIXED = Writing((str, grouped, wide, two_places, lambda text: f" {text}　", lambda text: f"{text}\xa0"))
SPACED = Writing((spaced,))
