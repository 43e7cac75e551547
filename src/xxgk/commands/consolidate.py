"""``xxgk consolidate``: many units' workbooks and reports into one, with the sheets that prove it."""

from __future__ import annotations

import gc
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from xxgk.consolidate.adjustments import Line, problems_of, read_adjustments
from xxgk.consolidate.book import make, read_before
from xxgk.consolidate.extras import extras_of, not_reports, write_extras
from xxgk.consolidate.gather import Arranged, Wanted, arrange, by_name, summed
from xxgk.consolidate.model import Gathered, Source, Standing, Taken
from xxgk.consolidate.places import Url, place_of
from xxgk.consolidate.roster import read_roster
from xxgk.consolidate.sources import find_sources
from xxgk.consolidate.store import Shelf
from xxgk.consolidate.summarysheet import completeness
from xxgk.errors import Interrupted, UsageProblem
from xxgk.files import file_stem, make_folder, publish, refuse_open
from xxgk.formats import load_form
from xxgk.output.result import CLEAN, FOUND, FileResult, exit_code
from xxgk.output.terminal import colours_shown, terminal_width
from xxgk.records import Record, replace
from xxgk.suffixes import WORKBOOKS

ALLOCATIONS = 2_000  # between two looks for garbage
LEVELS = "各级汇总"  # the folder beside the result, for the sums of the levels below
OPEN = (Standing.UNMATCHED, Standing.RIVAL, Standing.UNREADABLE)  # what the office has to settle


class Plan(Record):
    """A result to be written: the unit's id, where, and the adjustments typed into what an earlier run wrote there."""

    unit: str
    path: Path
    lines: tuple[Line, ...]


def run(arguments: Namespace) -> int:
    """Write the result; return 1 when a sum does not agree or a file is unsettled, else 0."""
    target, folder = Path(arguments.output), place_of(arguments.folder)
    if target.suffix.lower() not in WORKBOOKS:
        raise UsageProblem("-o 后面的文件名请以 .xlsx 或者 .xlsm（带按钮）结尾。")
    refuse_open(target)
    below = levels_folder(target)
    extras = extras_of(target, arguments.page, arguments.returns, arguments.tables)
    roster = read_roster(Path(arguments.roster)) if arguments.roster else None
    aside = [
        target,
        below,
        *not_reports(target, extras),
        *(Path(name) for name in (arguments.roster, arguments.adjust, arguments.own) if name),
    ]
    found = find_sources(folder, aside)
    if not found.files:
        raise UsageProblem(f"{folder} 里没有工作簿，也没有报告，没有汇总。")
    own = Source(Path(arguments.own).absolute(), Path(arguments.own).name) if arguments.own else None
    if own:
        found.files.put(own)
    for problem in found.problems:
        print(problem, file=sys.stderr)
    wanted = Wanted(roster, arguments.year, arguments.unit or "", own)
    taken = _taken(found.files, target, arguments)
    with often_swept():
        arranged = arrange(taken, wanted)
        plans = _plans(arranged, target, below, arguments.adjust)
        adjustments = (line.adjustment for plan in plans for line in plan.lines if line.adjustment)
        gathered = summed(arranged, adjustments)
        _write(gathered, plans)
        for sentence in write_extras(extras, gathered):
            print(sentence)
        return _show(gathered, plans)


@contextmanager
def often_swept() -> Iterator[None]:
    """Look for garbage more often than the program does elsewhere: each result leaves some with whole sheets in it."""
    before = gc.get_threshold()
    gc.set_threshold(ALLOCATIONS)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def levels_folder(target: Path) -> Path:
    """Return the folder beside the result ``target`` for the sums of the levels below."""
    return target.with_name(f"{target.stem}-{LEVELS}")


def _taken(sources: Shelf[Source], target: Path, arguments: Namespace) -> Shelf[Taken]:
    """Return what each source gives: known from an earlier run, or read on several processes or computers."""
    from contextlib import closing, nullcontext

    from xxgk.checking import default_jobs
    from xxgk.consolidate import remote
    from xxgk.consolidate.cache import cache_path, opened, take_all
    from xxgk.consolidate.cluster import connected, local
    from xxgk.output.progress import Progress
    from xxgk.workers import START_METHOD

    method = remote.START_METHOD if isinstance(place_of(arguments.folder), Url) else START_METHOD
    team = local(arguments.jobs or default_jobs(), start_method=method)
    taken: Shelf[Taken] = Shelf(sources.store)
    with (
        connected(arguments.cluster) if arguments.cluster else nullcontext(team) as team,
        opened(cache_path(target)) as cache,
        closing(take_all(sources, team, cache)) as done,
    ):
        progress = Progress(len(sources), sys.stderr, "读")
        try:
            for _, one in done:
                taken.put(one, by_name(one))
                progress.add(faulty=bool(one.error))
        except KeyboardInterrupt:
            raise Interrupted(
                f"已中断：共 {len(sources)} 个文件，已读 {progress.done} 个，没有写汇总；再运行一次，接着读没有读的。"
            ) from None
        finally:
            progress.clear()
    return taken


def _plans(arranged: Arranged, target: Path, below: Path, adjust: str | None) -> tuple[Plan, ...]:
    """Return the results that will be written, the top one first, with what the office has typed into earlier ones."""
    found: list[Plan] = []
    names: set[str] = set()
    for unit in arranged.tree.inner():
        if not found:
            path = target
        else:
            name = file_stem(unit.name)
            name = file_stem(f"{unit.name}{unit.code}") if name in names else name
            names.add(name)
            path = below / f"{name}{target.suffix}"
        before = read_before(path, unit.id)
        found.append(Plan(unit.id, path, before.lines if before else ()))
    if adjust:
        lines = read_adjustments(Path(adjust), load_form(arranged.form))
        unused = [
            line for line in found[0].lines if (line.place, line.reason) not in {(x.place, x.reason) for x in lines}
        ]
        if unused:
            print(f"“汇总调整”页里有 {len(unused)} 条不在 {adjust} 里，这次没有用，也不再写进去。", file=sys.stderr)
        found[0] = replace(found[0], lines=lines)
    return tuple(found)


def _write(gathered: Gathered, plans: Sequence[Plan]) -> None:
    """Write the results, the lowest first, so that what links to another is written after it."""
    links = {plan.unit: plan.path for plan in plans}
    top = plans[0]
    for plan in reversed(plans):
        if plan is not top:
            make_folder(plan.path.parent)
        of = next(gathered.sums.keyed(plan.unit))
        made = make(of, gathered, read_before(plan.path, plan.unit), plan.lines, links, plan.path)
        kept = publish(plan.path, made.data)
        for problem in made.problems:
            print(problem, file=sys.stderr)
        if plan is top:
            print(f"已汇总：{plan.path}" + (f"（原来的在 {kept}）" if kept else ""))
    if len(plans) > 1:
        print(f"下面各级的汇总在：{plans[1].path.parent}")


def _show(gathered: Gathered, plans: Sequence[Plan]) -> int:
    """Print what the sums consist of and what stands against them; return the exit code."""
    from xxgk.output.text import render_file

    if not gathered.given:
        print("没有用名单：文件里有哪些单位，就汇总哪些；缺了谁，看不出来。要核对的，加 --roster 名单。")
    typed = [problem for plan in plans for problem in problems_of(plan.lines)]
    for problem in (*gathered.problems, *typed):
        print(problem)
    code = FOUND if gathered.problems or typed else CLEAN
    for one in gathered.sums:
        print(completeness(one, gathered))
        if one.findings:
            result = FileResult(one.unit.name, one.findings)
            print(render_file(result, terminal_width(), colours_shown()))
            code = max(code, exit_code(result, "error"))
    return max(code, FOUND if any(one.standing in OPEN for one in gathered.handed) else CLEAN)
