"""What of a piece is damaged: labels changed or out of order, lines lost or there twice. One remark for one cause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from xxgk.report import Place, Remark
from xxgk.workbook.printed import NOTES, Line
from xxgk.workbook.reading.lines import Lines
from xxgk.workbook.reading.search import Match, labels_here, same_text
from xxgk.xlsx.cells import SheetCells, reference

JOIN = "、"
NUMBERS = "填数的一行"  # what to call a row without a label of its own


def doubts(found: Match, cells: SheetCells) -> Iterator[Remark]:
    """Yield a remark for each label that is not the form's (S101), lost line (S103), and line there twice (S113)."""
    if not found.pattern.key.startswith(NOTES):  # remarks stand in the rows of their table
        yield from _lost(found, found.pattern.rows, found.rows, True)
    yield from _lost(found, found.pattern.columns, found.columns, False)
    yield from _relabelled(found, cells)
    yield from _disordered(found, found.pattern.rows, found.rows, True)
    yield from _disordered(found, found.pattern.columns, found.columns, False)


def _lost(found: Match, lines: Sequence[Line], seen: Lines, down: bool) -> Iterator[Remark]:
    """Yield one remark for each run of neighbouring lines that were not found."""
    typed = [line for line in lines if line.typed]
    missing = [line for line in typed if line.at not in seen.found]
    place = _corner(found)
    if missing and len(missing) == len(typed):
        yield Remark("S103", expected=found.pattern.name, labels=(found.pattern.name,), place=place)
        return
    for line in (line for line in missing if line.at in seen.doubled):
        head = line.head or NUMBERS
        yield Remark("S113", expected=head, labels=(found.pattern.name, head), place=place)
    lost = [line for line in missing if line.at not in seen.doubled]
    heads = [line.head for line in typed]
    for _, group in groupby(lost, key=lambda line: line.at - lost.index(line)):
        run = list(group)
        names = [line.head if heads.count(line.head) == 1 else " ".join((*line.around, line.head)) for line in run]
        text = JOIN.join(name for name in names if name) or found.pattern.name
        before = max((at for line, at in seen.found.items() if line < run[0].at), default=0)
        yield Remark("S103", expected=text, labels=(found.pattern.name, text), place=_beside(found, before, down))


def _beside(found: Match, before: int, down: bool) -> Place:
    """Return the place after line ``before``, where a lost line should be."""
    corner = min(found.rows.found.values(), default=1), min(found.columns.found.values(), default=1)
    spot = (before + 1, corner[1]) if down else (corner[0], before + 1)
    return Place(found.sheet, reference(*spot))


def _corner(found: Match) -> Place:
    row, column = (min(lines.found.values(), default=1) for lines in (found.rows, found.columns))
    return Place(found.sheet, reference(row, column))


def _relabelled(found: Match, cells: SheetCells) -> Iterator[Remark]:
    for label, spot in labels_here(found):
        if not label.aid and not same_text(cells, spot, label.text):
            at = reference(*spot)
            labels = (found.pattern.name, label.text)
            yield Remark("S101", cells.text(at), label.text, labels=labels, place=Place(found.sheet, at))


def _disordered(found: Match, lines: Sequence[Line], seen: Lines, down: bool) -> Iterator[Remark]:
    """Yield a remark on the first line that stands where another should."""
    here = [line for line in lines if line.at in seen.found]
    for line, at in zip(here, sorted(seen.found.values()), strict=True):
        if seen.found[line.at] == at:
            continue
        other = next(one for one in here if seen.found[one.at] == at)
        label = next((label for label in found.pattern.labels if label.text == line.head), None)
        across = (found.columns.found if down else found.rows.found).get(
            0 if label is None else label.column if down else label.row, 0
        )
        place = (
            Place(found.sheet, reference(at, across) if down else reference(across, at)) if across else _corner(found)
        )
        yield Remark("S101", other.head, line.head, labels=(found.pattern.name, line.head), place=place)
        return
