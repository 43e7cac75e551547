"""The office's page: one HTML file that tells who has handed in, the commonest faults, and the figures by unit.

It needs no server and no network, and says everything without its script, which only sorts and searches.
"""

from __future__ import annotations

import functools
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import quote as quoted_url

from jinja2 import ChoiceLoader, Environment, FileSystemLoader

from xxgk.checks.catalogue import catalogue
from xxgk.checks.finding import ERROR, SEVERITY_WORDS, WARNING
from xxgk.consolidate.keyfigures import figure_of, key_figures
from xxgk.consolidate.model import Gathered, Handed, Source, Unit
from xxgk.consolidate.page_lines import COUNTING, State, UnitLine, unit_lines
from xxgk.files import publish_pieces
from xxgk.formats import load_form
from xxgk.narrative.names import Quantity
from xxgk.output.html import environment as findings_environment
from xxgk.output.result import FileResult
from xxgk.output.summary import Fault, summarise
from xxgk.records import Record
from xxgk.report import Number

FOLDER = Path(__file__).parent / "templates"
PIECES = 100  # of the template engine's, handed on at once
BARS = 15  # units in a chart
FULL = 100.0  # the width of a whole bar, in its own units


class Pair(Record):
    """A figure of this year beside that of last year; None is not known."""

    this: Number | None
    last: Number | None

    @property
    def change(self) -> Number | None:
        """By how much it has grown."""
        return None if self.this is None or self.last is None else self.this - self.last


class Bar(Record):
    """A unit in a chart; the widths are parts of ``FULL``."""

    unit: Unit
    pair: Pair
    this: float
    last: float


class Chart(Record):
    """The units with the largest figures of one kind, of ``units`` that have one other than 0."""

    name: str
    bars: tuple[Bar, ...]
    units: int


class Slice(Record):
    """How many units are in one state, and the part of a whole bar before and in it."""

    state: State
    count: int
    start: float
    width: float


class RowOfPage(Record):
    """A unit as the page shows it. ``counts`` are findings by severity, ``codes`` what the search finds it by."""

    line: UnitLine
    link: str
    counts: Mapping[str, int]
    codes: tuple[str, ...]
    pairs: tuple[Pair, ...]


def write_page(path: Path, gathered: Gathered) -> Path | None:
    """Write the page to ``path``; one that says something else is kept in 备份, whose path is returned."""
    return publish_pieces(path, (piece.encode(errors="replace") for piece in render_page(gathered, path.parent)))


def render_page(gathered: Gathered, folder: Path) -> Iterator[str]:
    """Yield the page in pieces; its links to the units' files are relative to ``folder``, where it will stand."""
    form = load_form(gathered.form)
    keys = key_figures(form)
    lines = unit_lines(gathered)
    rows = [_row(line, keys, folder) for line in lines]
    leaves = [line for line in lines if line.state is not State.SUMMED]
    total = tuple(Pair(figure_of(key, gathered.top.totals), figure_of(key, gathered.top.last)) for key in keys)
    page = (
        environment()
        .get_template("page.html.j2")
        .stream(
            gathered=gathered,
            keys=keys,
            rows=rows,
            several=len({line.unit.parent for line in leaves}) > 1,
            total=list(zip(keys, total, strict=True)),
            slices=slices(leaves),
            units=len(leaves),
            faults=faults(lines),
            titles={code: entry.title for code, entry in catalogue(form).items()},
            charts=[chart for key in keys if (chart := chart_of(key, leaves)).bars],
            unplaced=[one for one in gathered.handed if one.unit is None],
            levels={level.id: level.label for level in form.levels},
            words=SEVERITY_WORDS,
            grave=(ERROR, WARNING),
            State=State,
            full=FULL,
        )
    )
    page.enable_buffering(PIECES)
    return iter(page)


def slices(lines: Sequence[UnitLine]) -> tuple[Slice, ...]:
    """Return how many units there are in each state, those that there are."""
    counts = Counter(line.state for line in lines)
    found: list[Slice] = []
    done = 0
    for state in State:
        if counts[state]:
            found.append(Slice(state, counts[state], FULL * done / len(lines), FULL * counts[state] / len(lines)))
            done += counts[state]
    return tuple(found)


def faults(lines: Iterable[UnitLine]) -> tuple[Fault, ...]:
    """Return what was found, gravest and commonest first; ``files`` counts units."""
    return summarise((FileResult(line.unit.id, line.findings) for line in lines), ERROR).faults


def chart_of(key: Quantity, lines: Iterable[UnitLine]) -> Chart:
    """Return the chart of one figure: the units with the most, by this year, then by name."""
    pairs = [(line.unit, Pair(figure_of(key, line.values), figure_of(key, line.last))) for line in lines]
    shown = [(unit, pair) for unit, pair in pairs if pair.this or pair.last]
    shown.sort(key=lambda one: (-(one[1].this or 0), -(one[1].last or 0), one[0].id))
    most = max((number for _, pair in shown[:BARS] for number in (pair.this, pair.last) if number), default=1)
    bars = (Bar(unit, pair, _part(pair.this, most), _part(pair.last, most)) for unit, pair in shown[:BARS])
    return Chart(key.name, tuple(bars), len(shown))


@functools.cache
def environment() -> Environment:
    """Return what the pages of this folder are made with; they may include those of the list of findings."""
    lists = findings_environment()
    assert lists.loader is not None
    made = lists.overlay(loader=ChoiceLoader([FileSystemLoader(FOLDER), lists.loader]))
    made.filters = {**lists.filters, "number": shown_number}
    return made


def shown_number(value: Number | None) -> str:
    """Return a number as it is printed, "—" for one that is not known."""
    if value is None:
        return "—"
    return str(value) if isinstance(value, int) else f"{value:f}"


def link_to(source: Source, folder: Path) -> str:
    """Return the relative address of a file, or of the zip file it is in; "" where no relative one leads there."""
    try:
        return quoted_url(Path(os.path.relpath(source.path, folder)).as_posix(), errors="replace")
    except ValueError:  # another drive of Windows
        return ""


def _row(line: UnitLine, keys: Sequence[Quantity], folder: Path) -> RowOfPage:
    counts = Counter(finding.severity for finding in line.findings)
    file = _file(line.handed)
    return RowOfPage(
        line,
        link_to(file.taken.source, folder) if file else "",
        {severity: counts[severity] for severity in SEVERITY_WORDS},
        tuple(sorted({finding.code for finding in line.findings})),
        tuple(Pair(figure_of(key, line.values), figure_of(key, line.last)) for key in keys),
    )


def _file(handed: Sequence[Handed]) -> Handed | None:
    """Return the file that counts, else the first."""
    return next((one for one in handed if one.standing in COUNTING), handed[0] if handed else None)


def _part(value: Number | None, most: Number) -> float:
    return max(0.0, float(FULL * float(value) / float(most))) if value else 0.0
