"""What became of many files, told in one look: the commonest faults, the files to mend, the totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from xxgk.checks.catalogue import catalogue
from xxgk.checks.finding import ERROR, SEVERITIES, SEVERITY_WORDS, WARNING
from xxgk.formats import newest_form
from xxgk.output.lines import INDENT, LEAST_WIDTH, SEVERITY_COLOURS, Line, block, heading, joined
from xxgk.output.result import CLEAN, FOUND, UNREADABLE, FileResult, count_severities, exit_code
from xxgk.records import Record

CODES_SHOWN = 10
FILES_SHOWN = 60  # of each kind


class Fault(Record):
    """A code, as grave as it was found, in so many places of so many files."""

    code: str
    severity: str
    places: int
    files: int


class Failed(Record):
    """A file that did not pass, and how many findings of each severity it has."""

    file: str
    counts: Mapping[str, int]


class Summary(Record):
    """Many files that were checked.

    ``passed`` files have nothing that the check is to fail on, ``remarked`` of them have findings all the same.
    ``faults`` are sorted, gravest and commonest first; ``unreadable`` has the sentences that say why.
    """

    passed: int
    remarked: int
    faults: tuple[Fault, ...]
    failed: tuple[Failed, ...]
    unreadable: tuple[str, ...]

    @property
    def files(self) -> int:
        """How many there are."""
        return self.passed + len(self.failed) + len(self.unreadable)

    @property
    def exit_code(self) -> int:
        """The highest of the files' exit codes."""
        if self.unreadable:
            return UNREADABLE
        return FOUND if self.failed else CLEAN


def summarise(results: Iterable[FileResult], fail_on: str) -> Summary:
    """Return the summary of ``results``, none of which is kept; ``fail_on`` is the severity that a file fails on."""
    passed = remarked = 0
    failed: list[Failed] = []
    unreadable: list[str] = []
    places: Counter[tuple[str, str]] = Counter()
    files: Counter[tuple[str, str]] = Counter()
    for result in results:
        found = [(finding.code, finding.severity) for finding in result.findings]
        places.update(found)
        files.update(set(found))
        code = exit_code(result, fail_on)
        if code == UNREADABLE:
            unreadable.append(result.error)
        elif code == FOUND:
            failed.append(Failed(result.file, count_severities([result])))
        else:
            passed += 1
            remarked += bool(found)
    faults = (Fault(*key, count, files[key]) for key, count in places.items())
    return Summary(passed, remarked, tuple(sorted(faults, key=_gravest_first)), tuple(failed), tuple(unreadable))


def render_summary(summary: Summary, width: int, colour: bool) -> str:
    """Return the summary as text of ``width`` columns, the totals last: that is where a reader of long output looks."""
    width = max(width, LEAST_WIDTH)
    lines: list[Line] = []
    for section in (_faults(summary.faults, width), _failed(summary, width), _unreadable(summary.unreadable, width)):
        text = list(section)
        lines += [*text, Line("")] if text else []
    if summary.faults:
        lines += block(f"为什么、怎么改：xxgk explain {summary.faults[0].code}", width)
    lines += block(_totals(summary), width)
    return joined(lines, colour)


def _gravest_first(fault: Fault) -> tuple[int, int, str]:
    return SEVERITIES.index(fault.severity), -fault.files, fault.code


def _faults(faults: Sequence[Fault], width: int) -> Iterator[Line]:
    if not faults:
        return
    yield from heading("最常见的问题", width)
    titles = catalogue(newest_form())
    shown = faults[:CODES_SHOWN]
    most_files = len(str(max(fault.files for fault in shown)))
    most_places = len(str(max(fault.places for fault in shown)))
    for fault in shown:
        word = f"{SEVERITY_WORDS[fault.severity]} {fault.code}"
        # An older form may have a code that the newest has not.
        title = titles[fault.code].title if fault.code in titles else ""
        counted = f"{fault.files:>{most_files}} 个文件 {fault.places:>{most_places}} 处"
        first, *more = block(f"{word} {counted}  {title}", width, INDENT)
        yield Line(first.text, SEVERITY_COLOURS[fault.severity], len(INDENT + word))
        yield from more
    yield from _rest(len(faults) - len(shown), "种问题", width)


def _failed(summary: Summary, width: int) -> Iterator[Line]:
    if not summary.failed:
        return
    yield from heading(_failing(summary) + "的文件", width)
    shown = summary.failed[:FILES_SHOWN]
    most = {severity: len(str(max(file.counts[severity] for file in shown))) for severity in (ERROR, WARNING)}
    for file in shown:
        counts = (f"{SEVERITY_WORDS[severity]} {file.counts[severity]:>{size}} 处" for severity, size in most.items())
        yield from block(f"{' '.join(counts)}  {file.file}", width, INDENT)
    yield from _rest(len(summary.failed) - len(shown), "个文件", width)


def _unreadable(sentences: Sequence[str], width: int) -> Iterator[Line]:
    if not sentences:
        return
    yield from heading("读不了的文件", width)
    for sentence in sentences[:FILES_SHOWN]:
        yield from block(sentence, width, INDENT)
    yield from _rest(len(sentences) - FILES_SHOWN, "个文件", width)


def _rest(count: int, what: str, width: int) -> Iterator[Line]:
    if count > 0:
        yield from block(f"……另有 {count} {what}，见上面各个文件的结果", width, INDENT)


def _failing(summary: Summary) -> str:
    return "有错误" if all(file.counts[ERROR] for file in summary.failed) else "有错误或警告"


def _totals(summary: Summary) -> str:
    remarked = f"（其中 {summary.remarked} 个有警告或提示）" if summary.remarked else ""
    parts = [f"通过 {summary.passed} 个{remarked}"]
    if summary.failed:
        parts.append(f"{_failing(summary)} {len(summary.failed)} 个")
    if summary.unreadable:
        parts.append(f"读不了 {len(summary.unreadable)} 个")
    return f"共 {summary.files} 个文件：{'，'.join(parts)}"
