"""What a run writes besides the sums: where it stands, and the writing of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from xxgk.consolidate.model import Gathered
from xxgk.errors import UsageProblem
from xxgk.records import Record

RETURNS = "退改单"  # the folder beside the result where no other is named
PAGE = ".html"


class Extras(Record):
    """The files and folders that were asked for; None and () where they were not."""

    page: Path | None = None
    returns: Path | None = None
    tables: tuple[Path, ...] = ()


def extras_of(target: Path, page: str | None, returns: str | None, tables: Sequence[str]) -> Extras:
    """Return where the extras of the result ``target`` go; "" for a page or a folder is the usual place beside it.

    Raise ``UsageProblem``, before anything is read, for a file that could not be written.
    """
    from xxgk.consolidate.tidy import writer_for

    found = Extras(
        None if page is None else Path(page) if page else _usual_page(target),
        None if returns is None else Path(returns) if returns else _usual_folder(target),
        tuple(map(Path, tables)),
    )
    if found.page is not None and found.page.suffix.lower() not in (PAGE, ".htm"):
        raise UsageProblem(f"--page 后面请写 {PAGE} 文件，不是 {found.page.name}。")
    for table in found.tables:
        writer_for(table)
    return found


def not_reports(target: Path, extras: Extras) -> list[Path]:
    """Return what this run or an earlier one writes into the units' folder: none of it is a report."""
    asked = [path for path in (extras.page, extras.returns, *extras.tables) if path is not None]
    return [*asked, _usual_page(target), _usual_folder(target)]


def write_extras(extras: Extras, gathered: Gathered) -> Iterator[str]:
    """Write everything, yielding a sentence on each. Raise ``FileProblem`` where one cannot be written."""
    if extras.page is not None:
        from xxgk.consolidate.page import write_page

        yield f"汇总情况的网页：{extras.page}{_older(write_page(extras.page, gathered))}"
    if extras.returns is not None:
        from xxgk.consolidate.returns import write_returns

        written = write_returns(extras.returns, gathered)
        kept = f"（变了的和不再需要的 {len(written.kept)} 份旧的在备份里）" if written.kept else ""
        yield f"退改单 {written.returned} 份、催报名单 {written.reminded} 个单位、审核表，在：{extras.returns}{kept}"
    for table in extras.tables:
        from xxgk.consolidate.tidy import write_tidy

        yield f"数据表：{table}{_older(write_tidy(table, gathered))}"


def _usual_page(target: Path) -> Path:
    return target.with_suffix(PAGE)


def _usual_folder(target: Path) -> Path:
    return target.with_name(RETURNS)


def _older(kept: Path | None) -> str:
    return f"（原来的在 {kept}）" if kept else ""
