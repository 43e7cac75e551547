"""Tables without drawn borders: figures one below another make the columns, what stands beside them the labels.

Nothing here knows the form. Where a label cannot be told to belong to one row, it gets a row of its own, so that
the rows beside it have no label rather than a wrong one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from xxgk.published.blocks import Cell, Table
from xxgk.published.pdf_heads import Block, levels_of, reaching_down, spans_of
from xxgk.published.pdf_lines import SeenLine, cell_text, split_at_gaps
from xxgk.published.pdf_page import Glyph
from xxgk.published.pdf_paragraphs import Measure
from xxgk.published.pdf_tables import PlacedTable
from xxgk.records import Record, replace

WIDE_GAP = 1.2  # of the size: no line of running text has a wider gap
CELL_GAP = 0.5  # of the size: cells of one row stand further apart
CLOSE = 0.92  # of the least distance of two rows: what stands closer is no row of its own
LEADING = 1.9  # of the size: lines of one label hardly ever stand further apart
SAME_LEADING = 1.1  # times the least distance of two lines: lines of one label stand no further apart
FIGURE = re.compile(r"[0-9０-９]+(?:[.．][0-9０-９]+)?|[/／—–-]|——")
HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、")
SENTENCE = ("。", "；", "：")
CLOSE_FIGURES = 0.8  # of the size: figures so close may be one, whose digits are spaced
ENOUGH_FIGURES = 3  # of a row without a gap that makes it plain
GLUED = "同一列里有几个隔开的数字，分不清是几个数"
STRAY = "这一行的数字比列多，分不清哪个属于哪一列"
BETWEEN = "数字不在哪一列的正下方，分不清属于哪一列"


class OpenTable(Record):
    """A table without borders, and the lines of the page that it is made of."""

    placed: PlacedTable
    lines: tuple[SeenLine, ...]


def open_tables(lines: Sequence[SeenLine], text: Measure, page: int) -> list[OpenTable]:
    """Return the tables among ``lines``, in order; ``text`` tells where full lines of running text begin and end."""
    regions: list[list[SeenLine]] = [[]]
    rows = [line for line in lines if _is_row(line)]
    for line in lines:
        if _is_text(line, text, rows):
            regions.append([])
        else:
            regions[-1].append(line)
    return [_table(region, page) for region in regions if _is_table(region)]


def _is_table(lines: Sequence[SeenLine]) -> bool:
    """Tell whether there are enough figures: one beside a word may be a telephone number."""
    rows = [_figures_at_end(split_at_gaps(line, CELL_GAP)) for line in lines if _is_row(line)]
    return len(rows) > 1 or any(len(figures) >= ENOUGH_FIGURES for figures in rows)


def _is_row(line: SeenLine) -> bool:
    """Tell whether ``line`` holds figures of a table: all that is far from the label, or several at its end."""
    wide = split_at_gaps(line, WIDE_GAP)
    if len(wide) > 1 and all(map(_is_figure, wide[1:])):
        return True
    pieces = split_at_gaps(line, CELL_GAP)
    figures = _figures_at_end(pieces)
    return len(figures) >= ENOUGH_FIGURES and pieces[-len(figures) :] == figures


def _is_figure(piece: SeenLine) -> bool:
    return FIGURE.fullmatch(piece.text) is not None


def _is_text(line: SeenLine, text: Measure, rows: Sequence[SeenLine]) -> bool:
    """Tell whether ``line`` is running text or a heading."""
    if line in rows or len(split_at_gaps(line, WIDE_GAP)) > 1:
        return False
    full = line.left < text.left + 3 * line.size and line.right > text.right - 2 * line.size
    if full or line.text.endswith(SENTENCE):
        return not any(row.top < line.middle < row.bottom for row in rows)
    free = all(max(row.top - line.bottom, line.top - row.bottom) > line.size / 2 for row in rows)
    return HEADING.match(line.text) is not None and free


def _table(lines: Sequence[SeenLine], page: int) -> OpenTable:
    rows = [line for line in lines if _is_row(line)]
    columns = _columns(rows)
    border = _border(rows, columns)
    last = lines.index(rows[-1])
    pitch = _pitch(lines, rows)
    end = _end(lines, last, pitch)
    used = lines[: end + 1]
    pieces = [piece for line in used for piece in split_at_gaps(line, CELL_GAP)]
    figures = [piece for row in rows for piece in _figures_at_end(split_at_gaps(row, CELL_GAP))]
    others = _blocks([piece for piece in pieces if piece not in figures], pitch)
    labels = [block for block in others if block.centre < border]
    heads = [block for block in others if block.centre >= border]
    cells = _cells(rows, columns, figures, labels, heads)
    front = max(cell.column + cell.columns for cell in cells) - len(columns)
    return OpenTable(PlacedTable(Table(tuple(cells), page), spans=tuple(columns), front=front), tuple(used))


def _columns(rows: Sequence[SeenLine]) -> list[tuple[float, float]]:
    """Return from where to where the figures of each column reach, by the rows with the usual number of them."""
    found = [_figures_at_end(split_at_gaps(line, CELL_GAP)) for line in rows]
    counts = Counter(len(figures) for figures in found)
    # Rows of one figure, in a cell that reaches over all columns, may be the most.
    usual = max(counts, key=lambda count: (count > 1, counts[count], count))
    full = [figures for figures in found if len(figures) == usual]
    return [(min(f.left for f in column), max(f.right for f in column)) for column in zip(*full, strict=True)]


def _border(rows: Sequence[SeenLine], columns: Sequence[tuple[float, float]]) -> float:
    """Return how far the labels of the rows reach: what has its middle to the right of it stands over a column."""
    first = columns[0][0]
    rights = [piece.right for line in rows for piece in split_at_gaps(line, CELL_GAP) if piece.left < first]
    return max((right for right in rights if right <= first), default=float("-inf"))


def _figures_at_end(pieces: Sequence[SeenLine]) -> list[SeenLine]:
    """Return the figures of a row; a numeral within its label is none."""
    words = [index for index, piece in enumerate(pieces) if not _is_figure(piece)]
    return [piece for index, piece in enumerate(pieces) if _is_figure(piece) and (not words or index > words[0])]


def _pitch(lines: Sequence[SeenLine], rows: Sequence[SeenLine]) -> float:
    """Return how close together lines of one label stand: closer than any two rows; 0 when none do."""
    words = [piece for line in lines for piece in split_at_gaps(line, CELL_GAP) if not _is_figure(piece)]
    apart = [after.bottom - before.bottom for before, after in pairwise(rows)]
    index = lines.index(rows[0])
    if index:
        apart.append(rows[0].bottom - lines[index - 1].bottom)
    least = min([*apart, LEADING * rows[0].size / CLOSE])
    closer = Counter(
        round(distance * 2) / 2 for piece in words if 0 < (distance := _below(piece, words)) < CLOSE * least
    )
    # A label over several rows stands at any distance from the others; what comes often enough is the leading.
    often = [distance for distance, count in closer.items() if 4 * count >= max(closer.values())]
    return min(often, default=0.0) * SAME_LEADING


def _below(piece: SeenLine, words: Sequence[SeenLine]) -> float:
    """Return how far below ``piece`` the next line stands under it; 0 for a single character or when none does."""
    under = [
        other.bottom - piece.bottom
        for other in words
        if other.bottom - piece.bottom > 0.95 * piece.size and piece.left < other.right and other.left < piece.right
    ]
    return min(under, default=0.0) if len(piece.glyphs) > 1 else 0.0


def _end(lines: Sequence[SeenLine], last: int, pitch: float) -> int:
    """Return the index of the last line of the table: after the last row, only the rest of its label."""
    while last + 1 < len(lines) and lines[last + 1].bottom - lines[last].bottom <= pitch:
        last += 1
    return last


def _blocks(pieces: Iterable[SeenLine], pitch: float) -> list[Block]:
    blocks: list[list[SeenLine]] = []
    for piece in sorted(pieces, key=lambda piece: (piece.bottom, piece.left)):
        for block in blocks:
            last = block[-1]
            close = 0 < piece.bottom - last.bottom <= pitch
            if close and piece.left < last.right and last.left < piece.right:
                block.append(piece)
                break
        else:
            blocks.append([piece])
    return [Block(tuple(block)) for block in blocks]


def _cells(
    rows: Sequence[SeenLine],
    columns: Sequence[tuple[float, float]],
    figures: Sequence[SeenLine],
    labels: Sequence[Block],
    heads: Sequence[Block],
) -> list[Cell]:
    """Return the cells: labels in front, then one column for each column of figures."""
    at_rows = {row.middle: [label for label in labels if label.top < row.middle < label.bottom] for row in rows}
    front = max(map(len, at_rows.values()))
    # Every row of figures, every heading and every label without a row of its own is a row here.
    lonely = [label for label in labels if not any(label in own for own in at_rows.values())]
    levels = levels_of(heads)
    place = {y: row for row, y in enumerate(sorted({*at_rows, *levels.values(), *(label.middle for label in lonely)}))}
    cells = [_cell(label.glyphs, place[label.middle], 0, max(front, 1)) for label in lonely]
    for y, own in at_rows.items():
        ordered = sorted(own, key=lambda label: label.left)
        for column, label in enumerate(ordered, front - len(ordered)):
            # The first label of a row reaches back to the edge of the table.
            start = 0 if label is ordered[0] else column
            cells.append(_cell(label.glyphs, place[y], start, column + 1 - start))
    spans = spans_of(heads, rows, columns)
    over = []
    for head, (first, last) in spans.items():
        over.append(_cell(head.glyphs, place[levels[head]], front + first, last - first + 1))
    cells += _figure_cells(rows, columns, figures, [place[row.middle] for row in rows], front)
    cells += [reaching_down(cell, [*over, *cells]) for cell in over]
    return sorted(cells, key=lambda cell: (cell.row, cell.column))


def _figure_cells(
    rows: Sequence[SeenLine],
    columns: Sequence[tuple[float, float]],
    figures: Sequence[SeenLine],
    places: Sequence[int],
    front: int,
) -> list[Cell]:
    """Return the cells of figures; what cannot be told apart shares a cell, with a doubt."""
    cells = []
    for row, place in zip(rows, places, strict=True):
        own = [piece for piece in figures if piece.glyphs[0] in row.glyphs]
        at: dict[int, list[SeenLine]] = defaultdict(list)
        unsure = set()
        close = {
            piece
            for pair in pairwise(own)
            if pair[1].left - pair[0].right < CLOSE_FIGURES * pair[0].size
            for piece in pair
        }
        stray = len(own) > len(columns) and any(not _over(piece, columns) for piece in own)
        for number, piece in enumerate(own):
            column, sure = _column(piece, columns, number if len(own) == len(columns) else -1)
            at[column].append(piece)
            if not sure:
                unsure.add(column)
        for column, pieces in at.items():
            cell = _cell([glyph for piece in pieces for glyph in piece.glyphs], place, front + column, 1)
            if len(pieces) > 1:
                cell = replace(cell, text=" ".join(piece.text for piece in pieces), doubt=GLUED)
            doubt = STRAY if stray else GLUED if close.intersection(pieces) else BETWEEN if column in unsure else ""
            cells.append(replace(cell, doubt=cell.doubt or doubt))
    return cells


def _column(piece: SeenLine, columns: Sequence[tuple[float, float]], number: int) -> tuple[int, bool]:
    """Return the column of a figure and whether that is certain.

    ``number`` is which one it is in a row that has as many as there are columns, else -1.
    """
    middle = (piece.left + piece.right) / 2
    over = _over(piece, columns)
    nearest = min(range(len(columns)), key=lambda column: abs(sum(columns[column]) / 2 - middle))
    if number >= 0:
        return number, nearest == number or over == [number]
    return nearest, over == [nearest]


def _over(piece: SeenLine, columns: Sequence[tuple[float, float]]) -> list[int]:
    return [column for column, (left, right) in enumerate(columns) if piece.left < right and left < piece.right]


def _cell(glyphs: Sequence[Glyph], row: int, column: int, columns: int) -> Cell:
    text, doubt = cell_text(glyphs)
    return Cell(text, row, column, 1, columns, doubt)
