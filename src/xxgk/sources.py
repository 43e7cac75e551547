"""Anything that holds a report, read into a ``Report``: a workbook, JSON, or a published report."""

from __future__ import annotations

from pathlib import Path

from xxgk.errors import UnreadableWorkbook
from xxgk.records import replace
from xxgk.report import Remark, Report
from xxgk.suffixes import PUBLISHED

MAX_JSON = 20_000_000  # bytes


def read_report(path: Path) -> Report:
    """Return the report in ``path``. Raise ``UnreadableWorkbook`` when there is none.

    What could not be taken from a JSON file is kept as a remark of code S109, what is not certain in a published
    report as one of code S117.
    """
    suffix = path.suffix.lower()
    if suffix == ".json":
        return _read_json(path)
    if suffix in PUBLISHED:
        from xxgk.published.read import read_published

        found = read_published(path)
        return replace(found.report, remarks=tuple(Remark("S117", seen=doubt.sentence) for doubt in found.doubts))
    from xxgk.workbook.reading.read import read_workbook

    return read_workbook(path)


def read_workbook_bytes(path: Path) -> tuple[bytes, Report]:
    """Return a workbook's bytes and the report in these very bytes. Raise ``UnreadableWorkbook`` as above."""
    from xxgk.workbook.reading.read import read_report as read_bytes
    from xxgk.xlsx.package import load_file

    try:
        data = load_file(path)
        return data, read_bytes(data)
    except UnreadableWorkbook as error:
        raise UnreadableWorkbook(f"读不了 {path}：{error}。") from error


def _read_json(path: Path) -> Report:
    from xxgk.jsonio import JsonError, load_json

    try:
        if not path.is_file() or path.stat().st_size > MAX_JSON:
            raise UnreadableWorkbook(f"读不了 {path}：没有这个文件，或者它不是 xxgk 的 JSON 文件。")
        report, problems = load_json(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UnreadableWorkbook(f"打不开 {path}：请核对文件名，并确认有权限读取。") from error
    except UnicodeDecodeError as error:
        raise UnreadableWorkbook(f"{path} 不是 UTF-8 编码的 JSON 文件，请另存为 UTF-8 再试。") from error
    except JsonError as error:
        raise UnreadableWorkbook(f"{path} 不是 xxgk 的 JSON 文件：{error}。") from error
    return replace(report, remarks=tuple(Remark("S109", seen=problem) for problem in problems))
