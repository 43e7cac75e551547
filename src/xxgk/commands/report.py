"""``xxgk report``: the finished report, refused while errors stand; of one workbook, or of a folder full."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from xxgk.checks.finding import WARNING
from xxgk.errors import Interrupted, UnreadableWorkbook
from xxgk.files import quoted
from xxgk.inputs import Inputs, find_inputs
from xxgk.output.result import CLEAN, FileResult
from xxgk.output.terminal import terminal_width
from xxgk.output.text import render_text
from xxgk.publishing import Order, Outcome, report_file, report_files
from xxgk.render.outputs import outputs_named
from xxgk.render.site import Site, parse_site
from xxgk.reporting import Published

TYPE_CHECKING = False
if TYPE_CHECKING:
    from xxgk.output.progress import Progress

WORD = ".docx"
REFUSED = "还有错误，没有生成报告。改好后再试；只想先看样子，可以加 --force，每页会标“草稿”。"


def run(arguments: Namespace) -> int:
    """Check, then write the reports; return 1 when errors stop one or it is a draft, 3 for an unreadable workbook."""
    order = Order(
        formats=outputs_named(arguments.formats, arguments.pdf_from),
        folder=Path(arguments.folder) if arguments.folder else None,
        style=read_style(Path(arguments.style)) if arguments.style else None,
        site=parse_site(arguments.site) if arguments.site else Site(),
        sealed=arguments.sealed,
        drafts=arguments.force,
    )
    inputs = find_inputs(arguments.files)
    single = inputs.files == tuple(map(Path, arguments.files))[:1] and len(arguments.files) == 1
    outcomes = _report_one(inputs.files[0], order) if single else _report_many(inputs, order, arguments.jobs)
    if any(file.path.suffix == WORD for outcome in outcomes for file in outcome.files):
        _tell_fonts()
    return max((outcome.code for outcome in outcomes), default=CLEAN)


def read_style(path: Path) -> bytes:
    """Return the bytes of a reference docx."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableWorkbook(f"打不开样式文件 {path}：请核对文件名，并确认有权限读取。") from error


def _report_one(path: Path, order: Order) -> Sequence[Outcome]:
    outcome = report_file(path, order)
    if not outcome.files:
        print(render_text([FileResult(str(path), outcome.findings)], terminal_width(), False), end="")
        print(REFUSED)
        return (outcome,)
    for line in _written(outcome.files):
        print(line)
    rest = len(outcome.findings) - outcome.errors
    if rest:
        print(f"另有 {rest} 处警告或提示，运行 xxgk check {quoted(path)} 查看。")
    return (outcome,)


def _report_many(inputs: Inputs, order: Order, jobs: int | None) -> Sequence[Outcome]:
    """Report on several processes; say of each workbook what became of it, and the sums at the end."""
    from contextlib import closing

    from xxgk.checking import default_jobs
    from xxgk.output.progress import Progress
    from xxgk.workers import in_order

    progress = Progress(len(inputs.files), sys.stderr, "处理")
    outcomes = []
    for path, reason in inputs.barren:
        print(reason)
        outcomes.append(Outcome(path, error=reason))
    with closing(report_files(inputs.files, order, jobs or default_jobs())) as completed:
        try:
            for outcome in in_order(_counted(completed, progress)):
                outcomes.append(outcome)
                with progress.hidden():
                    _tell(outcome)
        except KeyboardInterrupt:
            raise Interrupted(f"已中断：共 {len(inputs.files)} 个文件，已处理 {progress.done} 个。") from None
        finally:
            progress.clear()
    for line in _summed_up(outcomes[len(inputs.barren) :]):
        print(line)
    return outcomes


def _counted(completed: Iterable[tuple[int, Outcome]], progress: Progress) -> Iterator[tuple[int, Outcome]]:
    for index, outcome in completed:
        progress.add(faulty=not outcome.files)
        yield index, outcome


def _tell(outcome: Outcome) -> None:
    if outcome.error:
        print(outcome.error)
    elif not outcome.files:
        print(f"没有生成：{outcome.path} 有 {outcome.errors} 处错误，运行 xxgk check {quoted(outcome.path)} 查看。")
    for line in _written(outcome.files):
        print(line)


def _written(files: Iterable[Published]) -> Iterator[str]:
    for file in files:
        yield f"已生成：{file.path}" + (f"（原来的在 {file.kept}）" if file.kept else "")
        yield from (f"  {note}" for note in file.notes)


def _summed_up(outcomes: Sequence[Outcome]) -> Iterator[str]:
    sources: dict[Path, list[Path]] = {}
    for outcome in outcomes:
        for file in outcome.files:
            sources.setdefault(file.path, []).append(outcome.path)
    for path, same in sources.items():
        if len(same) > 1:
            yield f"注意：{'、'.join(map(str, same))} 的报告同名，{path} 只留了最后写的一份。"
    unreadable = sum(bool(outcome.error) for outcome in outcomes)
    refused = sum(not outcome.files for outcome in outcomes) - unreadable
    drafts = sum(bool(outcome.files and outcome.errors) for outcome in outcomes)
    parts = [f"生成报告 {len(outcomes) - unreadable - refused - drafts} 个"]
    parts += [f"草稿 {drafts} 个"] if drafts else []
    parts += [f"有错误没有生成 {refused} 个"] if refused else []
    parts += [f"读不了或存不下 {unreadable} 个"] if unreadable else []
    warned = sum(any(finding.severity == WARNING for finding in outcome.findings) for outcome in outcomes)
    yield f"共 {len(outcomes)} 个工作簿：{'，'.join(parts)}。" + (f"其中 {warned} 个有警告。" if warned else "")


def _tell_fonts() -> None:
    from xxgk.machine.fonts import installed_fonts, told_missing
    from xxgk.machine.machine import this_machine

    if sentence := told_missing(installed_fonts(this_machine())):
        print(sentence)
