"""填充 in the window: what the button of that name offers, and the safe mendings of ``xxgk fix``, each asked about."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from xxgk.files import refuse_open
from xxgk.records import Record, replace
from xxgk.report import Figure, Number
from xxgk.sources import read_workbook_bytes
from xxgk.window.entries import CAPTIONS, FILL
from xxgk.window.memory import Fill
from xxgk.window.watch import stamp_of
from xxgk.window.work import Checked, Outcome, Question, Tell, backed_up, digest, findings_of, save_book, told

TYPE_CHECKING = False
if TYPE_CHECKING:
    from xxgk.excel.undo import Change

NOTHING = "没有可以自动改的地方，文件没有改动。"
DECLINED = "没有改动。"


class _Offer(Record):
    """Changes of one kind: the question, what would change one a line, and how many cells that are."""

    text: str
    lines: tuple[str, ...]
    caption: str
    make: Callable[[bytes], bytes]


def fill_book(path: Path, tell: Tell) -> Outcome:
    """Look for what can be filled in or mended, and ask about each kind; only then write, after a backup."""
    tell("正在查找能自动改的地方…")
    data, _ = read_workbook_bytes(path)
    refuse_open(path)
    offers = (*_mendings(data), *_groups(data))
    return _ask(path, data, offers, (), tell) if offers else Outcome(NOTHING)


def _ask(path: Path, data: bytes, offers: tuple[_Offer, ...], agreed: tuple[_Offer, ...], tell: Tell) -> Outcome:
    """Ask about the first of ``offers``; when none is left, write what was agreed to."""
    if offers:
        first, *others = offers
        go_on = partial(_ask, path, data, tuple(others))
        question = Question(
            first.text, first.lines, first.caption, partial(go_on, (*agreed, first)), partial(go_on, agreed)
        )
        return Outcome("", question=question)
    return _fill(path, data, agreed, tell) if agreed else Outcome(DECLINED)


def _fill(path: Path, before: bytes, agreed: tuple[_Offer, ...], tell: Tell) -> Outcome:
    tell(f"正在{CAPTIONS[FILL]}…")
    after = before
    for offer in agreed:
        after = offer.make(after)
    kept = save_book(path, before, after, tell)
    _, report = read_workbook_bytes(path)
    findings = findings_of(path, report)
    return Outcome(
        f"已改 {sum(len(offer.lines) for offer in agreed)} 处。{told(findings)}{backed_up(kept)}",
        checked=Checked(findings, stamp_of(path)),
        fill=Fill(str(path), str(kept), digest(after)),
    )


def _mendings(data: bytes) -> tuple[_Offer, ...]:
    from xxgk.mending.mend import mend_workbook
    from xxgk.mending.told import mending_line

    lines = tuple(mending_line(mending) for mending in mend_workbook(data).mendings)
    text = f"下面 {len(lines)} 处的写法可以改好，意思都不变。改吗？"
    return (_Offer(text, lines, "改", lambda found: mend_workbook(found).data),) if lines else ()


def _groups(data: bytes) -> tuple[_Offer, ...]:
    from xxgk.excel.fill import wider_groups
    from xxgk.excel.opened import NEVER_SAVED, Home, Traces, read_opened
    from xxgk.xlsx.book import open_book

    opened = read_opened(open_book(data), Traces({}, ()), Home(None, NEVER_SAVED))
    return tuple(
        _Offer(
            group.question.format(len(group.changes)),
            tuple(map(_line, group.changes)),
            "填",
            partial(_with_figures, {change.address: change.after for change in group.changes}),
        )
        for group in wider_groups(opened)
    )


def _line(change: Change) -> str:
    before = change.before.strip()
    place = f"【{change.cell.sheet}】{change.cell.ref} {' › '.join(change.labels)}"
    return f"{place}：{f'“{before}”' if before else '（空）'} → {change.after}"


def _with_figures(figures: dict[str, Number], data: bytes) -> bytes:
    """Return the workbook with these figures of its own year."""
    from xxgk.formats import load_form
    from xxgk.workbook.reading.read import read_report
    from xxgk.workbook.writing.write import fill_workbook

    report = read_report(data)
    found = {a: Figure(number, note=report.figures.get(a, Figure(None)).note) for a, number in figures.items()}
    return fill_workbook(data, replace(report, figures={**report.figures, **found}), load_form(report.form)).data
