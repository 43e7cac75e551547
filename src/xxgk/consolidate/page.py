"""The office's page: one HTML file that tells who has handed in, the commonest faults, and the figures by unit.

It needs no server and no network, and says everything without its script, which only sorts and searches.
"""

from __future__ import annotations

import functools
import os
from bisect import insort
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
from xxgk.consolidate.places import Url
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


class Overview(Record):
    """What all units come to: how many are in each state, of several parents or not, their faults, the charts.

    Units whose figures are added up from others are in ``faults`` only, which count units as ``files``.
    """

    states: Counter[State]
    several: bool
    faults: tuple[Fault, ...]
    charts: tuple[Chart, ...]


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
    overview = overview_of(unit_lines(gathered), keys)
    total = tuple(Pair(figure_of(key, gathered.top.totals), figure_of(key, gathered.top.last)) for key in keys)
    page = (
        environment()
        .get_template("page.html.j2")
        .stream(
            gathered=gathered,
            keys=keys,
            rows=(_row(line, keys, folder) for line in unit_lines(gathered)),
            several=overview.several,
            total=list(zip(keys, total, strict=True)),
            slices=slices(overview.states),
            units=overview.states.total(),
            faults=overview.faults,
            titles={code: entry.title for code, entry in catalogue(form).items()},
            charts=[chart for chart in overview.charts if chart.bars],
            unplaced=list(gathered.handed.keyed("")),
            levels={level.id: level.label for level in form.levels},
            words=SEVERITY_WORDS,
            grave=(ERROR, WARNING),
            State=State,
            full=FULL,
        )
    )
    page.enable_buffering(PIECES)
    return iter(page)


def overview_of(lines: Iterable[UnitLine], keys: Sequence[Quantity]) -> Overview:
    """Return what ``lines`` come to, looking at each but once."""
    states: Counter[State] = Counter()
    parents: set[str] = set()
    charts = [_Chart(key) for key in keys]

    def results() -> Iterator[FileResult]:
        for line in lines:
            if line.state is not State.SUMMED:
                states[line.state] += 1
                parents.add(line.unit.parent)
                for chart in charts:
                    chart.add(line)
            yield FileResult(line.unit.id, line.findings)

    faults = summarise(results(), ERROR).faults
    return Overview(states, len(parents) > 1, faults, tuple(chart.drawn() for chart in charts))


def slices(counts: Counter[State]) -> tuple[Slice, ...]:
    """Return how many units there are in each state, those that there are."""
    found: list[Slice] = []
    done, whole = 0, counts.total()
    for state in State:
        if counts[state]:
            found.append(Slice(state, counts[state], FULL * done / whole, FULL * counts[state] / whole))
            done += counts[state]
    return tuple(found)


class _Chart:
    """The units with the most of one figure, by this year, then by last year, then by id."""

    def __init__(self, key: Quantity) -> None:
        self.key, self.count = key, 0
        self.most: list[tuple[Number, Number, str, Unit, Pair]] = []

    def add(self, line: UnitLine) -> None:
        pair = Pair(figure_of(self.key, line.values), figure_of(self.key, line.last))
        if pair.this or pair.last:
            self.count += 1
            insort(self.most, (-(pair.this or 0), -(pair.last or 0), line.unit.id, line.unit, pair))
            del self.most[BARS:]

    def drawn(self) -> Chart:
        shown = [(unit, pair) for *_, unit, pair in self.most]
        most = max((number for _, pair in shown for number in (pair.this, pair.last) if number), default=1)
        bars = (Bar(unit, pair, _part(pair.this, most), _part(pair.last, most)) for unit, pair in shown)
        return Chart(self.key.name, tuple(bars), self.count)


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
    """Return the address of a file, or of the zip file it is in; on disk a relative one, "" where none leads there."""
    if isinstance(source.path, Url):
        return source.path.link
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
