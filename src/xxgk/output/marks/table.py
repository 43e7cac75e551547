"""The list of findings as a table, whoever writes it: a file, or a spreadsheet program that is running."""

from __future__ import annotations

from collections.abc import Sequence

from xxgk.checks.finding import SEVERITY_WORDS, Finding, Value
from xxgk.output.result import counted
from xxgk.records import Record

SHEET = "校验结果"
REMOVAL = "本页和各页上的颜色、批注是校验时写入的，可以一次全部去掉。"
LONGEST = 300  # characters of a value that are shown


class Column(Record):
    """A column: heading and width in units of a character. ``centred`` ones hold short words."""

    heading: str
    width: float
    centred: bool = False


class Row(Record):
    """One finding: a value for each column, and the sheet and cell to jump to ("" where it has none)."""

    severity: str
    values: tuple[Value, ...]
    sheet: str
    cell: str


SEVERITY, PLACE = 1, 2  # the column of the severity, and the one that jumps
COLUMNS = (
    Column("序号", 6.0, centred=True),
    Column("级别", 7.0, centred=True),
    Column("位置", 15.0),
    Column("标签", 26.0),
    Column("问题", 44.0),
    Column("现在的值", 14.0),
    Column("应为", 14.0),
    Column("怎么改", 40.0),
    Column("编号", 8.0, centred=True),
)


def rows_of(findings: Sequence[Finding]) -> tuple[Row, ...]:
    """Return a row for each of ``findings``, in their order."""
    return tuple(_row(number, finding) for number, finding in enumerate(findings, 1))


def summary(findings: Sequence[Finding]) -> str:
    """Return how many findings of each severity there are, and what to do next."""
    return f"{counted(findings)}。点“位置”跳到有关的格子。改好、存盘、关闭以后，再校验一次。{REMOVAL}"


def _row(number: int, finding: Finding) -> Row:
    return Row(
        finding.severity,
        (
            number,
            SEVERITY_WORDS[finding.severity],
            f"{finding.sheet} {finding.cell}".strip() or "整个文件",
            " › ".join(finding.labels),
            finding.message,
            _shown(finding.value),
            _shown(finding.expected),
            finding.hint,
            finding.code,
        ),
        finding.sheet,
        finding.cell,
    )


def _shown(value: Value) -> Value:
    return value[:LONGEST] + "…" if isinstance(value, str) and len(value) > LONGEST else value
