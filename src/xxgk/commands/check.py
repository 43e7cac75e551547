"""``xxgk check``: findings of workbooks, one or a thousand."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from xxgk.checking import check_file
from xxgk.errors import Interrupted, UsageProblem
from xxgk.inputs import Inputs, find_inputs
from xxgk.output.result import CLEAN, UNREADABLE, FileResult, exit_code
from xxgk.output.terminal import as_utf8, colours_shown, terminal_width, write_utf8
from xxgk.suffixes import OTHER_WORKBOOKS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from xxgk.earlier import Earlier
    from xxgk.output.progress import Progress

FEW = 8  # files that are done before other processes would have started
SUFFIXES = {"json": (".json",), "sarif": (".sarif", ".json"), "html": (".html", ".htm")}
NAMES_SHOWN = 3


def run(arguments: Namespace) -> int:
    """Print the findings and return 0, 1 or 3; over many files the highest."""
    if arguments.unmark and (arguments.output or arguments.previous or arguments.format != "text"):
        raise UsageProblem("--unmark 只去掉标记，不校验，不能与 -o、--previous、--format 一起用。")
    if arguments.output:
        _refuse_unfit(Path(arguments.output), arguments.format)
    previous = _earlier(arguments.previous) if arguments.previous else None
    inputs = find_inputs(arguments.files)
    if arguments.mark or arguments.unmark:
        code = _mark(inputs, previous, arguments)
    elif len(inputs.files) <= FEW and arguments.jobs is None:
        code = _show([*_barren(inputs), *(check_file(path, previous) for path in inputs.files)], arguments)
    else:
        code = _check_many(inputs, previous, arguments)
    if inputs.aside:
        print(_left_aside(inputs.aside), file=sys.stderr)
    return code


def _mark(inputs: Inputs, previous: Earlier | None, arguments: Namespace) -> int:
    """Show the results and write them into the workbooks, or only take older ones out; return the exit code."""
    from itertools import chain

    from xxgk.marking import Done, mark_files, unmark_files

    code = CLEAN
    if arguments.unmark:
        done = chain((Done(result.error, UNREADABLE) for result in _barren(inputs)), unmark_files(inputs.files))
    else:
        from xxgk.output.progress import Progress

        progress = Progress(len(inputs.files), sys.stderr)
        each = enumerate(check_file(path, previous) for path in inputs.files)
        results = [*_barren(inputs), *(result for _, result in _counted(each, progress, arguments.fail_on))]
        code = _show(results, arguments)
        done = chain(mark_files(results))
    for one in done:
        # Where the results are for programs, standard output is theirs alone.
        print(one.text, file=sys.stdout if one.code == CLEAN and arguments.format == "text" else sys.stderr)
        code = max(code, one.code)
    return code


def _check_many(inputs: Inputs, previous: Earlier | None, arguments: Namespace) -> int:
    """Check on several processes; show text as the results come, the other formats at the end."""
    from contextlib import closing
    from itertools import chain

    from xxgk.checking import check_files, default_jobs
    from xxgk.output.progress import Progress
    from xxgk.workers import in_order

    progress = Progress(len(inputs.files), sys.stderr)
    with closing(check_files(inputs.files, previous, arguments.jobs or default_jobs())) as completed:
        try:
            results = chain(_barren(inputs), in_order(_counted(completed, progress, arguments.fail_on)))
            if arguments.format == "text" and len(inputs.files) > FEW:
                return _print_each(results, progress, arguments.fail_on)
            return _show(results, arguments)
        except KeyboardInterrupt:
            raise Interrupted(f"已中断：共 {len(inputs.files)} 个文件，已校验 {progress.done} 个。") from None
        finally:
            progress.clear()


def _earlier(names: Sequence[str]) -> Earlier:
    from xxgk.earlier import find_earlier

    found = find_earlier(names)
    for problem in found.problems:
        print(problem, file=sys.stderr)
    return found


def _barren(inputs: Inputs) -> Iterator[FileResult]:
    return (FileResult(str(path), error=reason) for path, reason in inputs.barren)


def _counted(
    completed: Iterable[tuple[int, FileResult]], progress: Progress, fail_on: str
) -> Iterator[tuple[int, FileResult]]:
    for index, result in completed:
        progress.add(faulty=exit_code(result, fail_on) > 0)
        yield index, result
    progress.clear()


def _print_each(results: Iterable[FileResult], progress: Progress, fail_on: str) -> int:
    """Print each file that has something to say as it comes, and the summary; return the exit code."""
    from xxgk.output.summary import render_summary, summarise
    from xxgk.output.text import render_file

    width, colour = terminal_width(), colours_shown()

    def printed() -> Iterator[FileResult]:
        for result in results:
            if result.status != "ok":
                with progress.hidden():
                    sys.stdout.write(render_file(result, width, colour) + "\n")
            yield result

    summary = summarise(printed(), fail_on)
    sys.stdout.write(render_summary(summary, width, colour))
    return summary.exit_code


def _show(results: Iterable[FileResult], arguments: Namespace) -> int:
    """Print the results, or write them to the file that was asked for; return the exit code."""
    codes: set[int] = set()

    def noted() -> Iterator[FileResult]:
        for result in results:
            codes.add(exit_code(result, arguments.fail_on))
            yield result

    pieces = _rendered(noted(), arguments.format)
    if arguments.output:
        from xxgk.files import publish_pieces

        target = Path(arguments.output)
        kept = publish_pieces(target, map(as_utf8, pieces))
        print(f"校验结果已写入：{target}" + (f"（原来的在 {kept}）" if kept else ""))
    elif arguments.format == "text":
        sys.stdout.writelines(pieces)
    else:
        # Programs read this: UTF-8 whatever the console speaks.
        for piece in pieces:
            write_utf8(piece)
    return max(codes)


def _rendered(results: Iterable[FileResult], name: str) -> Iterable[str]:
    if name == "json":
        from xxgk.output.json import render_json

        return render_json(results)
    if name == "sarif":
        from xxgk.output.sarif import render_sarif

        return render_sarif(results)
    if name == "html":
        from xxgk.output.html import render_html

        return render_html(results)
    from xxgk.output.text import render_text

    return [render_text(list(results), terminal_width(), colours_shown())]


def _refuse_unfit(target: Path, name: str) -> None:
    """Raise ``UsageProblem`` for a file that is none of the format: it might be somebody's workbook."""
    if name not in SUFFIXES:
        raise UsageProblem(f"-o 要与 --format {'、'.join(SUFFIXES)} 中的一种一起用。")
    if target.suffix.lower() not in SUFFIXES[name]:
        raise UsageProblem(f"--format {name} 的结果，-o 后面请写 {SUFFIXES[name][0]} 文件，不是 {target.name}。")


def _left_aside(paths: Sequence[Path]) -> str:
    names = "、".join(path.name for path in paths[:NAMES_SHOWN]) + (" 等" if len(paths) > NAMES_SHOWN else "")
    return (
        f"另有 {len(paths)} 个表格是 {'、'.join(OTHER_WORKBOOKS)} 格式，没有校验：{names}。"
        f"请用 Excel 或 WPS 另存为 .xlsx 后再校验。"
    )
