"""A nation of workbooks with known faults: whether ``xxgk consolidate`` finds just these, and what it costs.

``python benchmarks/nation.py [WORKBOOKS] [--reading] [--cluster]`` makes that many (46,000 unless told) in a temporary
folder, over four levels: province › city › county › township. It measures whole processes and prints a Markdown table:
reading and checking, again when nothing has changed, by Dask (``--cluster``), and all of ``consolidate`` (not with
``--reading``), which also writes the workbook of every county, city and province, the page, and the 退改单.

The files are quick to make: some sound reports are filled in once, and each unit's file is one of these with the unit's
name patched into its bytes. Sums to compare with are added up here, from what was planted.
"""

from __future__ import annotations

import csv
import gc
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from random import Random

from xxgk.checks import check
from xxgk.cli import ALLOCATIONS
from xxgk.consolidate.cache import Cache, cache_path, opened, take_all
from xxgk.consolidate.cluster import connected, local
from xxgk.consolidate.gather import Wanted, by_name, gather
from xxgk.consolidate.model import Gathered
from xxgk.consolidate.page_lines import State, UnitLine, unit_lines
from xxgk.consolidate.roster import read_roster
from xxgk.consolidate.sources import find_sources
from xxgk.consolidate.store import shelved
from xxgk.consolidate.tidy import tidy_lines
from xxgk.figures import known_values
from xxgk.formats import load_form
from xxgk.records import replace
from xxgk.report import Figure, Number, Paragraph, Report
from xxgk.workbook.template import new_workbook
from xxgk.xlsx.package import Package, open_package
from xxgk.xlsx.repack import repack

FORM = load_form("2021")
NATION, YEAR, PROCESSES = 46_000, 2023, 2
BASES = 24  # different reports
BELOW = (("province", 11), ("city", 8), ("county", 16))  # how many units each has right under it
DUE, IN_TIME, TOO_LATE = date(2024, 1, 31), datetime(2024, 1, 20), datetime(2024, 2, 15)
PLACEHOLDER = "第000000000镇人民政府"
WRONG_TOTAL, TOTAL_BY = "disputes.review.total", 7
ZERO = ("disclosure.", ".unpaid.", ".carried_in.", ".carried_out.", "suit_direct.")  # what else would be looked at
BLANK = "disputes.review.upheld"
OPENPYXL_FILES = 40  # it takes long; a part tells what one file takes

TEXTS = {
    "preface": "现公布本单位政府信息公开工作年度报告，统计期限自1月1日至12月31日。",
    "overview": "主动公开工作有序推进，依申请公开规范办理，政府信息管理不断加强，"
    "政府信息公开平台建设持续完善，监督保障落实到位。",
    "problems": "存在的主要问题是公开内容还不够丰富。改进措施是加强培训，及时更新栏目，主动听取群众意见。",
    "matters": "本年度没有收取信息处理费。没有其他需要报告的事项。",
}

OPENPYXL = """
import sys, openpyxl
from concurrent.futures import ProcessPoolExecutor

def read(path):
    book = openpyxl.load_workbook(path, data_only=True)
    return sum(value for sheet in book for row in sheet.iter_rows(values_only=True) for value in row
               if isinstance(value, int | float))

if __name__ == "__main__":
    with ProcessPoolExecutor(int(sys.argv[1])) as pool:
        print(sum(pool.map(read, sys.argv[2:])))
"""

STARTER = """
import json, resource, subprocess, sys, time
start = time.perf_counter()
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss]))
"""


@dataclass(frozen=True)
class Kind:
    """A planted fault: how many of a thousand units have it, the state it leads to and the codes to be found."""

    per_mille: int
    state: State = State.IN_TIME
    codes: frozenset[str] = frozenset()


KINDS: Mapping[str, Kind] = {
    "wrong total": Kind(10, codes=frozenset({"A104"})),
    "blank": Kind(10, codes=frozenset({"V101"})),
    "missing": Kind(10, State.MISSING),
    "late": Kind(10, State.LATE),
    "other year": Kind(5, State.NOT_COUNTED),
    "damaged": Kind(5, State.NOT_COUNTED),
}
SOUND = Kind(0)


@dataclass(frozen=True)
class Base:
    """A report filled in: its figures, and its workbook with and without each fault that is one of contents."""

    values: Mapping[str, Number]
    books: Mapping[str, tuple[Package, Mapping[str, bytes]]]


@dataclass(frozen=True)
class Made:
    """What was made: the faults by unit code, and the sum of what counts."""

    planted: Mapping[str, str]
    sums: Counter[str]
    units: int


@dataclass(frozen=True)
class Cost:
    """Seconds by the clock and of processor time of a whole process, and the most memory of it or a child, in KiB."""

    clock: float
    processor: float
    memory: int = 0


# ------------------------------------------------------------------ making


def sound_report(random: Random) -> Report:
    """Return a report in which nothing is to be found, like many a township's: small numbers, much of it 0."""
    values: dict[str, Number] = {
        address: random.choice((0, 0, 0, 1, 2, 3))
        for table in FORM.tables.values()
        for address in table.addresses
        if address not in FORM.totals
    }
    for address in values:
        if any(word in address for word in ZERO):
            values[address] = 0
    for instance in (one for one in FORM.instances if one.rule.source == "R1"):
        received, done = instance.left[0].address, instance.right[0].address
        if received in values:
            values[received] = sum(int(values[part]) for part in FORM.totals[done].parts)
    figures = {address: Figure(value) for address, value in values.items()}
    return Report(
        FORM.id,
        PLACEHOLDER,
        YEAR,
        "township",
        figures=figures,
        narrative={part: (Paragraph(text),) for part, text in TEXTS.items()},
        fields={field.id: Figure(0) for field in FORM.fields},
        date=date(2024, 1, 20),
        previous=Report(FORM.id, PLACEHOLDER, YEAR - 1, "township", figures=figures),
    )


def planted_in(report: Report, kind: str) -> Report:
    """Return ``report`` with a fault of its contents."""
    figures = dict(report.figures)
    if kind == "wrong total":
        total = known_values(FORM, figures)[WRONG_TOTAL]
        figures[WRONG_TOTAL] = Figure(total + TOTAL_BY)
    elif kind == "blank":
        del figures[BLANK]
    elif kind == "other year":
        assert report.previous is not None
        return replace(report, year=YEAR - 1, previous=replace(report.previous, year=YEAR - 2))
    return replace(report, figures=figures)


def base(number: int) -> Base:
    """Return a report filled in, sure to have the findings that are planted and no other."""
    report = sound_report(Random(number))
    books = {}
    for kind in ("", "wrong total", "blank", "other year"):
        made = planted_in(report, kind)
        found = {finding.code for finding in check(made, FORM)}
        assert kind == "other year" or found == KINDS.get(kind, SOUND).codes, (kind, found)
        package = open_package(new_workbook(FORM, made).data)
        parts = {member.name: package.read(member.name) for member in package.members.values()}
        books[kind] = (package, {part: data for part, data in parts.items() if PLACEHOLDER.encode() in data})
    return Base({a: figure.value for a, figure in report.figures.items() if figure.value is not None}, books)


def make(folder: Path, workbooks: int) -> Made:
    """Write ``workbooks`` townships' files and the list of all units into ``folder``."""
    random = Random(workbooks)
    bases = [base(number) for number in range(min(BASES, workbooks))]
    weights = [kind.per_mille for kind in KINDS.values()]
    planted: dict[str, str] = {}
    sums: Counter[str] = Counter()
    rows = [("全国", "0", "", "", "")]
    inner: dict[str, None] = {}
    for number in range(workbooks):
        code, over = place_of(number)
        for level, one in over.items():
            if one not in inner:
                inner[one] = None
                rows.append((f"{one}号{level}", one, "", one[:-2] or "0", ""))
        name = PLACEHOLDER.replace("0" * len(code), code)
        rows.append((name, code, "township", code[:-3], DUE.isoformat()))
        [kind] = random.choices(["", *KINDS], [1000 - sum(weights), *weights])
        if kind:
            planted[code] = kind
        chosen = bases[number % len(bases)]
        write(folder / "报来" / f"p{code[:2]}" / f"c{code[:4]}" / f"{code}.xlsx", chosen, kind, name)
        if kind in ("", "late", "wrong total"):
            sums.update(chosen.values)
        elif kind == "blank":
            sums.update({address: value for address, value in chosen.values.items() if address != BLANK})
    write_list(folder / "名单.csv", rows)
    return Made(planted, sums, len(rows))


def place_of(number: int) -> tuple[str, dict[str, str]]:
    """Return the code of the ``number``-th township, and those of the units over it by level."""
    over, code = {}, ""
    sizes = [size for _, size in BELOW]
    for depth, (level, _) in enumerate(BELOW):
        step = number
        for size in sizes[depth:]:
            step //= size
        code += f"{10 + (step if depth == 0 else step % sizes[depth - 1])}"
        over[level] = code
    return f"{code}{100 + number % sizes[-1]}", over


def write(path: Path, chosen: Base, kind: str, name: str) -> None:
    """Write one unit's file, with the fault that is planted."""
    if kind == "missing":
        return
    package, parts = chosen.books[kind if kind in chosen.books else ""]
    data = repack(package, {part: xml.replace(PLACEHOLDER.encode(), name.encode()) for part, xml in parts.items()})
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data[: len(data) // 2] if kind == "damaged" else data)
    when = (TOO_LATE if kind == "late" else IN_TIME).timestamp()
    os.utime(path, (when, when))


def write_list(path: Path, rows: list[tuple[str, ...]]) -> None:
    """Write the list of units."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([("单位名称", "单位代码", "单位级别", "上级单位", "交来期限"), *rows])


# ------------------------------------------------------------------ measuring


def timed(command: list[str]) -> Cost:
    """Run a whole process, started by a small one: on Linux a process begins with the memory of its parent."""
    done = subprocess.run([sys.executable, "-c", STARTER, *command], capture_output=True, text=True, check=True)
    return Cost(*json.loads(done.stdout))


def spent() -> float:
    """Return the seconds of processor time of this process and of those that it started and that have ended."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def consolidate(folder: Path, *more: str) -> list[str]:
    """Return the command that consolidates everything in ``folder``."""
    words = ["consolidate", str(folder / "报来"), "-o", str(folder / "汇总.xlsx"), "--roster", str(folder / "名单.csv")]
    extras = ["--table", str(folder / "数.sqlite"), "--page", "--returns"]
    return [sys.executable, "-m", "xxgk", *words, *extras, *more]


def gathered_in(folder: Path) -> Gathered:
    """Return what comes of all files, by what was read before."""
    sources = find_sources(folder / "报来").files
    with opened(cache_path(folder / "汇总.xlsx")) as cache:
        taken = (one for _, one in take_all(sources, local(PROCESSES), cache))
        return gather(taken, Wanted(read_roster(folder / "名单.csv")))


def told_wrongly(gathered: Gathered, planted: Mapping[str, str]) -> tuple[int, int]:
    """Return how many planted faults were not found, and how many units had one found that was not planted."""
    lines = [line for line in unit_lines(gathered) if line.unit.level == "township"]
    wrong = [line for line in lines if not as_planted(line, KINDS.get(planted.get(line.unit.code, ""), SOUND))]
    return sum(line.unit.code in planted for line in wrong), sum(line.unit.code not in planted for line in wrong)


def as_planted(line: UnitLine, kind: Kind) -> bool:
    """Tell whether just what was planted in a unit's file is said of it."""
    return line.state is kind.state and {finding.code for finding in line.findings} == kind.codes


def sums_differ(gathered: Gathered, sums: Mapping[str, int]) -> int:
    """Return how many sums over the tidy table are others than those of what was planted."""
    found: Counter[str] = Counter()
    for line in tidy_lines(gathered):
        if line.year == YEAR:
            found[line.address] += int(line.value)
    return sum(found[address] != value for address, value in sums.items())


@contextmanager
def dask() -> Iterator[str]:
    """Yield the address of a Dask cluster of as many processes of this computer."""
    from distributed import LocalCluster

    with LocalCluster(PROCESSES, threads_per_worker=1, dashboard_address=None) as cluster:
        yield cluster.scheduler_address


def read_all(folder: Path, cache: str, address: str = "") -> None:
    """Read all files and keep what they give, as the program does before it adds up, with the ``cache`` at a path."""
    sources = find_sources(folder / "报来").files
    kept = opened(Path(cache)) if cache else nullcontext(Cache(None))
    with kept as known, connected(address) if address else nullcontext(local(PROCESSES)) as team:
        taken = shelved((one for _, one in take_all(sources, team, known)), by_name, sources.store)
    assert len(taken) == len(sources)


def measured(folder: Path, made: Made, workbooks: int, words: list[str]) -> Iterator[str]:
    """Yield the lines of the table."""
    mine = [sys.executable, __file__, "read", str(folder)]
    cache = str(cache_path(folder / "汇总.xlsx"))
    new = timed([*mine, cache])
    known = timed([*mine, cache])
    rows = {"reading and checking": new, "the same, unchanged": known}
    if "--cluster" in words:
        before, start = spent(), time.perf_counter()
        with dask() as address:
            timed([*mine, "", address])
        rows["reading and checking by Dask, its start included"] = Cost(time.perf_counter() - start, spent() - before)
    if "--reading" not in words:
        rows["all of `consolidate`, unchanged"] = timed(consolidate(folder, "--jobs", str(PROCESSES)))
    yield f"| {workbooks:,} workbooks | clock | processor | a workbook | largest process |\n|---|---|---|---|---|"
    for what, cost in rows.items():
        each, memory = cost.processor / workbooks * 1000, f"{cost.memory / 1024:.0f} MiB" if cost.memory else ""
        yield f"| {what} | {cost.clock:.0f} s | {cost.processor:.0f} s | {each:.2f} ms | {memory} |"
    files = sorted(map(str, (folder / "报来").rglob("*.xlsx")))[:OPENPYXL_FILES]
    other = timed([sys.executable, "-c", OPENPYXL, str(PROCESSES), *files])
    ratio = (other.processor / len(files)) / (new.processor / workbooks)
    gathered = gathered_in(folder)
    unfound, invented = told_wrongly(gathered, made.planted)
    yield f"\nopenpyxl reading / our reading and checking, processor time of a workbook: {ratio:.1f}×."
    yield f"Unchanged: 1/{new.processor / known.processor:.0f} of the processor time."
    yield f"Faults planted {len(made.planted)}, not found {unfound}, invented {invented}."
    yield f"Sums that differ: {sums_differ(gathered, made.sums)} of {len(made.sums)}."


def main() -> None:
    """Print the table, or do what is to be measured in a process of its own."""
    words = sys.argv[1:]
    if words[:1] == ["read"]:
        gc.set_threshold(ALLOCATIONS)  # as the program's own process has it
        read_all(Path(words[1]), *words[2:])
        return
    workbooks = next((int(word) for word in words if word.isdecimal()), NATION)
    with tempfile.TemporaryDirectory() as name:
        start = time.perf_counter()
        made = make(Path(name), workbooks)
        print(f"{made.units:,} units made in {time.perf_counter() - start:.0f} s\n", flush=True)
        for line in measured(Path(name), made, workbooks, words):
            print(line, flush=True)


if __name__ == "__main__":
    main()
