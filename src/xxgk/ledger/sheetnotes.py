"""What there is to say of a ledger's sheets as a whole: what was not read, and where that may matter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xxgk.checks.finding import ERROR, INFO, WARNING
from xxgk.ledger.counting import CASES
from xxgk.ledger.entries import Entries
from xxgk.ledger.headers import Header
from xxgk.ledger.opening import OpenLedger
from xxgk.ledger.plan import KEPT, LISTS_SHEET
from xxgk.ledger.tables import Sheet
from xxgk.ledger.told import Note, Told


def notes_on_sheets(told: Told, opened: OpenLedger, read: Sequence[tuple[Sheet, Header, Entries]]) -> Iterator[Note]:
    """Yield a note on everything in the file that was left aside, or may stand where nobody looked for it."""
    if not any(entries.found for _, _, entries in read):
        yield Note(WARNING, "台账里一件申请也没有，各项都按 0 计；请核对是不是拿错了文件，或者台账还没有填。")
    for sheet, header, entries in read:
        yield from _merged(told, sheet, header)
        if entries.gaps:
            yield Note(INFO, f"{told.rows(entries.gaps)}起是空行，后面还有申请，也都数了。")
        if entries.skipped:
            text = f"{told.rows(entries.skipped)}是合计、示例或者说明，不是一件申请，没有数。"
            yield Note(INFO, text)
        yield from _columns(told, opened, sheet, header)
    for sheet, header in opened.sheets:
        lacks = header.lacks(told.plan)
        # A sheet with none of them is some other table.
        if lacks and len(lacks) < len(told.plan.needed):
            lacking = "、".join(f"“{told.plan.column(column_id).caption}”" for column_id in lacks)
            text = f"“{sheet.name}”这一页里认不出{lacking}，没有读；如果它也是台账，请把这几列的列名改成这样。"
            yield Note(WARNING, text)
    for kind in CASES:
        column = told.plan.column(f"{kind}_outcome")
        if any(column.id not in header.columns for _, header, _ in read):
            yield Note(INFO, f"台账里没有“{column.caption}”这一列，表四里的{column.group}没有填。")
    hidden = "、".join(f"“{name}”" for name in opened.file.hidden if name != LISTS_SHEET)
    if hidden:
        yield Note(WARNING, f"隐藏的工作表没有读：{hidden}。里面有申请的，请取消隐藏。")


def _merged(told: Told, sheet: Sheet, header: Header) -> Iterator[Note]:
    """Yield a note on each merge over several rows below the header, of which only the first holds anything."""
    columns = {number: column_id for column_id, number in header.columns.items()}
    for top, left, bottom, right in sheet.merged:
        hit = [columns[number] for number in range(left, right + 1) if number in columns]
        if hit and header.row < top < bottom:
            spot = (sheet.name, top)
            where = f"{told.row(spot)}到第 {bottom} 行的“{told.caption(hit[0], spot)}”"
            yield Note(ERROR, f"{where}是合并的格子，只有第一行有内容；请取消合并，每一件都填。")


def _columns(told: Told, opened: OpenLedger, sheet: Sheet, header: Header) -> Iterator[Note]:
    known = header.columns.keys() | header.doubtful | opened.answered.columns.keys()
    absent = [column.caption for column in told.plan.columns if column.use != KEPT and column.id not in known]
    if absent:
        yield Note(INFO, f"“{sheet.name}”里没有这些列，按没有填看待：{'、'.join(absent)}。")
    for column_id in sorted(header.doubtful):
        caption = told.plan.column(column_id).caption
        yield Note(WARNING, f"“{sheet.name}”里有两列都像是“{caption}”，没有读；请把不是的那一列改个列名。")
