"""What the window shows, as plain data: all that follows from it is computed, no widget is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from xxgk.appearance import Appearance
from xxgk.checks.finding import SEVERITIES, SEVERITY_WORDS, Finding
from xxgk.output.lines import printable
from xxgk.output.marks.table import COLUMNS, rows_of
from xxgk.output.result import FileResult, count_severities
from xxgk.records import Record, replace
from xxgk.window.entries import CAPTIONS, CHOOSE, LOOK_CAPTIONS, OWN_STYLE, UNDO
from xxgk.window.memory import Fill
from xxgk.window.watch import Glance, Stamp
from xxgk.window.work import Outcome

ALL = ""  # in place of a severity
FIRST = f"请点“{CAPTIONS[CHOOSE]}”，选择填好、存过盘的年报工作簿。"
OPEN_ELSEWHERE = "工作簿正在别的程序里开着：校验的是上次存盘的内容；填充、标记要先关闭它。"
CHANGED = "文件已改动，请再校验。"
OWN = "默认样式"
GONE = "找不到这个文件了：可能已经改名、移走，或者网络断开了。"
# Headings of the columns of the findings (output/marks/table.py) that the list has room for.
SHOWN = ("级别", "位置", "标签", "问题", "怎么改")
# With a colour font, Tk on Linux dies of these.
EMOJI = re.compile("[\U0001f000-\U0001faff]")


class Line(Record):
    """A line of the list: a text for each of ``SHOWN``, how grave it is, and the whole finding to read and copy."""

    severity: str
    values: tuple[str, ...]
    whole: str


class State(Record):
    """What is known.

    ``glance`` is None before the first look. ``findings`` is None where nothing is known, ``checked`` the stamp of the
    file when it was checked. ``shown`` is the severity to which the list is limited. ``busy`` is the caption of the
    work that is being done, "" for none. ``fill`` is the last 填充 that can be taken back, ``look`` how reports look.
    """

    path: Path | None = None
    glance: Glance | None = None
    findings: tuple[Finding, ...] | None = None
    checked: Stamp | None = None
    shown: str = ALL
    busy: str = ""
    status: str = FIRST
    fill: Fill | None = None
    look: Appearance = Appearance()


# ------------------------------------------------------------------ what happens


def chosen(path: Path, fill: Fill | None) -> State:
    """Return the state after a workbook was chosen."""
    return State(path, fill=fill)


def started(state: State, caption: str, checking: bool) -> State:
    """Return the state while work is done; what is being checked anew is not known any more."""
    findings = None if checking else state.findings
    return replace(state, busy=caption, status=f"{caption}…", findings=findings)


def seen(state: State, path: Path, glance: Glance) -> State:
    """Return the state after a look at ``path``, which may be another workbook's by now."""
    return replace(state, glance=glance) if path == state.path else state


def finished(state: State, outcome: Outcome) -> State:
    """Return the state after work came to its end."""
    state = replace(state, busy="", status=outcome.text)
    if outcome.checked is not None:
        stamp = outcome.checked.stamp
        glance = Glance(stamp, state.glance is not None and state.glance.in_use)
        state = replace(state, findings=outcome.checked.findings, checked=stamp, glance=glance)
    if outcome.look is not None:
        state = replace(state, look=outcome.look)
    if outcome.undone:
        return replace(state, fill=None)
    return state if outcome.fill is None else replace(state, fill=outcome.fill)


# ------------------------------------------------------------------ what follows


def enabled(state: State) -> frozenset[str]:
    """Return the names of the entries that can be started now: while work is done, none."""
    if state.busy:
        return frozenset()
    if state.path is None:
        return frozenset((CHOOSE,))
    names = {*CAPTIONS, *LOOK_CAPTIONS}
    unusable = {UNDO} if state.fill is None else set()
    if state.look.style is None:
        unusable.add(OWN_STYLE)
    return frozenset(names - unusable)


def notice(state: State) -> str:
    """Return what must be known about the file besides its findings, "" for nothing."""
    if state.glance is None:
        return ""
    if state.glance.stamp is None:
        return GONE
    changed = state.findings is not None and state.glance.stamp != state.checked
    return (CHANGED if changed and not state.busy else "") + (OPEN_ELSEWHERE if state.glance.in_use else "")


def style_caption(state: State) -> str:
    """Return which style the reports have."""
    return f"现在：{OWN if state.look.style is None else displayed(state.look.style.name)}"


def filters(state: State) -> tuple[tuple[str, str], ...]:
    """Return the severities to which the list can be limited, ``ALL`` first, each with its caption."""
    found = state.findings or ()
    counts = count_severities([FileResult("", found)])
    each = tuple((severity, f"{SEVERITY_WORDS[severity]} {counts[severity]}") for severity in SEVERITIES)
    return (ALL, f"全部 {len(found)}"), *each


def lines(findings: Sequence[Finding], shown: str) -> tuple[Line, ...]:
    """Return the lines of the list."""
    headings = [column.heading for column in COLUMNS]
    places = [headings.index(heading) for heading in SHOWN]
    return tuple(
        Line(row.severity, tuple(displayed(str(row.values[n])) for n in places), _whole(finding))
        for finding, row in zip(findings, rows_of(findings), strict=True)
        if shown in (ALL, row.severity)
    )


def displayed(text: str) -> str:
    """Return ``text`` in one line, with a sign in the place of what Tk cannot draw."""
    return EMOJI.sub("□", printable(text))


def flowing(text: str) -> str:
    """Return ``text`` for a label, which else breaks Chinese lines at spaces only."""
    return "\n".join(displayed(line).replace(" ", "\u00a0") for line in text.splitlines())


def _whole(finding: Finding) -> str:
    """Return all that is known of a finding: to be read below the list, and copied."""
    row = rows_of([finding])[0]
    values = {column.heading: value for column, value in zip(COLUMNS, row.values, strict=True)}
    told = [f"{values['级别']} {values['编号']} {values['位置']} {values['标签']}"]
    for headings in (("问题",), ("怎么改",), ("现在的值", "应为")):
        told += ["，".join(f"{name}：{values[name]}" for name in headings if values[name] not in (None, ""))]
    return "\n".join(displayed(line) for line in told if line)
