"""Which units are behind a number of a result, in words."""

from __future__ import annotations

from collections.abc import Iterator

from xxgk.consolidate.figuresheet import members_behind
from xxgk.report import Number


def member_lines(data: bytes, address: str) -> Iterator[str]:
    """Yield the units behind the number at ``address`` of the workbook ``data``, the largest first; nothing of others.

    Raise ``UsageProblem`` when the sheet with the units is no longer whole.
    """
    found = members_behind(data, address)
    if found is None:
        return
    parts, adjustment = found
    known = sorted((part for part in parts if part.value), key=lambda part: -(part.value or 0))
    zero = [part for part in parts if part.value == 0]
    without = [part.unit for part in parts if part.value is None]
    yield f"下级单位：{len(parts)} 个，有数的 {len(known)} 个，是 0 的 {len(zero)} 个"
    for part in known:
        yield f"    {part.value} {part.unit}"
    if without:
        yield f"    没有数的 {len(without)} 个：{'、'.join(without)}"
    if adjustment:
        yield f"    {_signed(adjustment)} 调整，理由见“汇总调整”一页"


def _signed(value: Number) -> str:
    return f"{value:+}"
