"""The pieces of the standard workbook found in one that is not as the template made it."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Mapping

from xxgk.formats import Form
from xxgk.labels import fold
from xxgk.records import Record
from xxgk.workbook.layout import Layout
from xxgk.workbook.printed import META_LIST, NOTES, Label, Pattern, patterns_of, slots_by_pattern
from xxgk.workbook.reading.index import MAX_COLUMN
from xxgk.workbook.reading.lines import Lines
from xxgk.workbook.reading.search import ANYWHERE, AT_HOME, Match, match, sightings
from xxgk.workbook.reading.sheets import Sheets, home_sheets, named_area, named_shift
from xxgk.xlsx.cells import reference

Spots = set[tuple[int, int]]


class Pieces(Record):
    """What was found, by pattern key: ``matches`` by labels, ``unproven`` at their named or old place without any.

    ``lost`` are not there, ``gone`` are the standard sheets that are not there. ``labels`` has, by sheet, the
    cells whose text is a label of ours.
    """

    matches: Mapping[str, Match]
    unproven: frozenset[str]
    lost: Mapping[str, str]
    gone: tuple[str, ...]
    labels: Mapping[str, Spots]


def find_pieces(sheets: Sheets, layout: Layout) -> Pieces:
    """Return where the pieces of the workbook of ``layout`` stand, whatever happened to rows, columns and sheets."""
    matches: dict[str, Match] = {}
    unproven, lost = set(), {}
    gone: dict[str, None] = {}
    labels: dict[str, Spots] = {}
    for pattern in _in_order(layout):
        homes = _homes(sheets, layout, pattern, matches)
        found = _sighted(sheets, layout, pattern, homes, labels)
        if found is None and homes and pattern.key != META_LIST:
            found = _unlabelled(sheets, layout, pattern, homes[0])
            unproven.add(pattern.key)
        if found is not None:
            matches[pattern.key] = found
        elif homes:
            lost[pattern.key] = homes[0]
            unproven.discard(pattern.key)
        elif not pattern.key.startswith(NOTES):
            gone[pattern.sheet] = None
    return Pieces(matches, frozenset(unproven), lost, tuple(gone), labels)


def labels_together(sheets: Sheets, layout: Layout) -> int:
    """Return how many labels of the tables of a form stand together in the workbook; 0 when no table is there."""
    count = 0
    for table in layout.tables:
        pattern = patterns_of(layout.form)[table]
        found = [sightings(pattern, sheets.index(sheet), AT_HOME) for sheet in sheets.book.sheets]
        count += max((len(best[0].hits) for best in found if best), default=0)
    return count


def _in_order(layout: Layout) -> list[Pattern]:
    # Headings that repeat a table's are looked for last, when the table's own are known.
    return sorted(patterns_of(layout.form).values(), key=lambda pattern: pattern.key.startswith(NOTES))


def _homes(sheets: Sheets, layout: Layout, pattern: Pattern, matches: Mapping[str, Match]) -> list[str]:
    if pattern.key.startswith(NOTES):
        table = matches.get(pattern.key.removeprefix(NOTES))
        return [table.sheet] if table else []
    return home_sheets(sheets.book, layout, pattern)


def _sighted(
    sheets: Sheets, layout: Layout, pattern: Pattern, homes: list[str], labels: dict[str, Spots]
) -> Match | None:
    """Return the best place of ``pattern``: on its own sheet, where its names point, else anywhere."""
    bound = pattern.key == META_LIST or pattern.key.startswith(NOTES)
    others = [] if bound else [sheet for sheet in sheets.book.sheets if sheet not in homes]
    tries = [(sheet, share) for share in (ANYWHERE, AT_HOME) for sheet in homes]
    for sheet, share in (*tries, *((other, ANYWHERE) for other in others)):
        taken = labels.setdefault(sheet, set())
        seen = sightings(pattern, sheets.index(sheet), share, () if sheet in homes else pattern.proof, taken)
        shift = named_shift(sheets.book, layout, pattern, sheet)
        options = [(match(pattern, sheet, sheets.index(sheet), one, shift), one) for one in seen]
        options = [(found, one) for found, one in options if not _is_another(sheets, layout, found)]
        if options:
            # The first of equals: sightings come best first.
            best, sighting = max(options, key=lambda option: _named(sheets, layout, option[0]))
            shared = _shared(layout.form)
            taken.update(spot for label, spot in sighting.hits.items() if _place(pattern, label) not in shared)
            return _only_filled_row(sheets, _bridged(sheets, layout, best))
    return None


@functools.cache
def _shared(form: Form) -> frozenset[tuple[str, int, int]]:
    """Return the places of the labels that several pieces have: the heading of a sheet with two texts."""
    patterns = patterns_of(form).values()
    count = Counter(_place(pattern, label) for pattern in patterns for label in pattern.labels)
    return frozenset(place for place, pieces in count.items() if pieces > 1)


def _place(pattern: Pattern, label: Label) -> tuple[str, int, int]:
    return pattern.sheet, label.row, label.column


def _is_another(sheets: Sheets, layout: Layout, found: Match) -> bool:
    """Tell whether the title of another piece stands where that of ``found`` should, so that it is that one."""
    titles = {fold(text) for pattern in patterns_of(layout.form).values() for text in pattern.proof}
    titles -= {fold(text) for text in found.pattern.proof}
    cells = sheets.cells(found.sheet)
    places = [
        (_planned(label.row, found.rows.found), _planned(label.column, found.columns.found))
        for label in found.pattern.labels
        if label.text in found.pattern.proof
    ]
    return any(fold(cells.text(reference(row, column))) in titles for row, column in places if row > 0 and column > 0)


def _planned(line: int, seen: Mapping[int, int]) -> int:
    """Return where a line should stand, judged by its nearest neighbour that was found; 0 when there is none."""
    near = min(seen, key=lambda other: abs(other - line), default=None)
    return 0 if near is None else seen[near] + line - near


def _bridged(sheets: Sheets, layout: Layout, found: Match) -> Match:
    """Return ``found`` with the column of its cells where no heading tells it, after a column was put beside it.

    It is the one that all names point to, or between its neighbours the only one with anything in it.
    """
    seen, lines = found.columns.found, found.pattern.columns
    unknown = [line.at for line in lines if line.typed and not line.head and line.at not in seen]
    if len(unknown) != 1:
        return found
    before = max((at for line, at in seen.items() if line < unknown[0]), default=0)
    after = min((at for line, at in seen.items() if line > unknown[0]), default=MAX_COLUMN)
    rows = [found.rows.found[row] for row, _ in found.pattern.cells if row in found.rows.found]
    cells = sheets.cells(found.sheet)
    filled = {c for c in range(before + 1, after) if any(cells.text(reference(row, c)) for row in rows)}
    areas = [named_area(sheets.book, slot) for slot in slots_by_pattern(layout.form)[found.pattern.key].values()]
    named = {area.column for area in areas if area is not None and area.sheet == found.sheet}
    column = named if len(named) == 1 and filled <= named and before < min(named) < after else filled
    if len(column) != 1:
        return found
    return Match(found.pattern, found.sheet, found.rows, Lines({**seen, unknown[0]: min(column)}, frozenset()))


def _only_filled_row(sheets: Sheets, found: Match) -> Match:
    """Return ``found`` with the one row of its cells that no label names, after a row was put above or below it.

    It is the only row with anything in it between its neighbours. Two of them are not told apart.
    """
    seen, lines = found.rows.found, found.pattern.rows
    unknown = [line.at for line in lines if line.typed and not line.head and line.at not in seen]
    before = max((at for line, at in seen.items() if unknown and line < unknown[0]), default=None)
    after = min((at for line, at in seen.items() if unknown and line > unknown[0]), default=None)
    if len(unknown) != 1 or before is None or after is None:
        return found
    cells, columns = sheets.cells(found.sheet), found.columns.found.values()
    filled = [row for row in range(before + 1, after) if any(cells.at(reference(row, column)) for column in columns)]
    if not filled:
        return found
    if len(filled) > 1:
        rows = Lines(seen, found.rows.doubled | {unknown[0]})
    else:
        rows = Lines({**seen, unknown[0]: filled[0]}, found.rows.doubled)
    return Match(found.pattern, found.sheet, rows, found.columns)


def _named(sheets: Sheets, layout: Layout, found: Match) -> int:
    """Return how many names point to where ``found`` stands."""
    rows = set(found.rows.found.values())
    areas = (named_area(sheets.book, slot) for slot in slots_by_pattern(layout.form)[found.pattern.key].values())
    return sum(area is not None and area.sheet == found.sheet and area.row in rows for area in areas)


def _unlabelled(sheets: Sheets, layout: Layout, pattern: Pattern, sheet: str) -> Match | None:
    """Return ``pattern`` where its names point, or at its old place, when all of its labels are blank there."""
    down, right = named_shift(sheets.book, layout, pattern, sheet) or (0, 0)
    cells = sheets.cells(sheet)
    for label in pattern.labels:
        if not label.aid and fold(cells.text(reference(label.row + down, label.column + right))):
            return None
    rows = Lines({line.at: line.at + down for line in pattern.rows}, frozenset())
    columns = Lines({line.at: line.at + right for line in pattern.columns}, frozenset())
    return Match(pattern, sheet, rows, columns)
