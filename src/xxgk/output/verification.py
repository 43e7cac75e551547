"""How a finished report differs from its workbook, as text for a terminal and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from xxgk.comparing.texts import Kind, Span
from xxgk.formats import load_form
from xxgk.output.lines import INDENT, LEAST_WIDTH, Line, block, heading, joined
from xxgk.published.found import Spot
from xxgk.render.stamp import Stamp
from xxgk.verifying.tables import FigureDifference, LabelDifference
from xxgk.verifying.texts import Change, TextDifference
from xxgk.verifying.verify import Verification

BLANK = "（空）"
LONGEST = 60  # characters of a text that are quoted
CONTEXT = 12  # characters around a change that show where it is
MOST_ASIDE = 8  # texts around the report that are named
DIGEST_SHOWN = 12  # characters that tell one stamp from another
MARKS = {Kind.REMOVED: "〖工作簿：{}〗", Kind.ADDED: "〖报告：{}〗"}


def render_verification(found: Verification, report: str, workbook: str, width: int, colour: bool) -> str:
    """Return the differences wrapped to ``width`` columns, ending in a newline; ``colour`` adds ANSI codes.

    ``report`` and ``workbook`` are what to call the two files.
    """
    return joined(_lines(found, report, workbook, max(width, LEAST_WIDTH)), colour)


def render_verification_data(found: Verification, report: str, workbook: str) -> str:
    """Return the same as JSON, ending in a newline; see docs/verify.md."""
    tables = found.tables
    data = {
        "report": report,
        "workbook": workbook,
        "equal": found.equal,
        "form": found.form or found.current.form,
        "stamp": _stamp_data(found.carried),
        "workbook_stamp": _stamp_data(found.current),
        "figures": [_figure_data(one) for one in tables.figures],
        "labels": [{"workbook": one.expected, "report": one.seen, **_spot_data(one.spot)} for one in tables.labels],
        "misplaced_rows": [list(labels) for labels in tables.misplaced],
        "texts": [_text_data(one) for one in found.texts.differences],
        "glance": [_text_data(one) for one in found.page.glance.differences],
        "data": [_text_data(one) for one in found.page.data],
        "unsure": list(tables.unsure),
        "aside": list(found.texts.aside),
        "same": {"figures": tables.same, "texts": found.texts.same},
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _stamp_data(stamp: Stamp | None) -> dict[str, Any] | None:
    if stamp is None:
        return None
    return {
        "sha256": stamp.digest,
        "form": stamp.form,
        "version": stamp.version,
        "errors": stamp.errors,
        "warnings": stamp.warnings,
        "draft": stamp.draft,
    }


def _figure_data(one: FigureDifference) -> dict[str, Any]:
    return {
        "address": one.address,
        "labels": list(one.labels),
        "workbook": one.expected,
        "report": one.seen,
        **_spot_data(one.spot),
    }


def _text_data(one: TextDifference) -> dict[str, Any]:
    return {
        "change": one.change.value,
        "where": one.where,
        "workbook": one.expected,
        "report": one.seen,
        "page": one.page,
    }


def _spot_data(spot: Spot) -> dict[str, int]:
    return {"page": spot.page, "table": spot.table, "row": spot.row}


def _lines(found: Verification, report: str, workbook: str, width: int) -> Iterator[Line]:
    tables, texts = found.tables, found.texts
    yield from heading(f"报告：{report}", width)
    yield from heading(f"工作簿：{workbook}", width)
    for sentence in _on_stamp(found):
        yield from block(sentence, width)
    yield Line("")
    if found.form:
        yield from block(
            f"报告用的是 {found.form} 版格式，工作簿是 {found.current.form} 版：只有两版都有的行能比较。", width
        )
    count = found.differences
    if found.equal:
        yield from heading(f"一致：{tables.same} 个数、{texts.same} 段文字都与工作簿相同。", width)
    else:
        yield from _chapter("表中的数不同", [_figure(one) for one in tables.figures], width)
        yield from _chapter("表中的字不同", [_label(one) for one in tables.labels], width)
        yield from _chapter("表中的行换了位置", [" › ".join(labels) for labels in tables.misplaced], width)
        yield from _chapter("文字不同", [_text(one) for one in texts.differences], width)
        yield from _chapter("一图读懂里不同", [_text(one) for one in found.page.glance.differences], width)
        yield from _chapter("网页里供程序读取的数据不同", [_text(one) for one in found.page.data], width)
        yield from _chapter("没有读准，不知道是否相同，请自己对照", tables.unsure, width)
    if texts.aside:
        names = "、".join(f"“{_shortened(text)}”" for text in texts.aside[:MOST_ASIDE])
        more = f"等 {len(texts.aside)} 处" if len(texts.aside) > MOST_ASIDE else ""
        yield from block(f"不属于年报、没有比较的文字：{names}{more}。", width)
    if not found.equal:
        unsure = f"，{len(tables.unsure)} 处没有读准" if tables.unsure else ""
        yield from heading(f"不同的有 {count} 处{unsure}；相同的有 {tables.same} 个数、{texts.same} 段文字。", width)


def _on_stamp(found: Verification) -> Iterator[str]:
    stamp = found.carried
    if stamp is None:
        yield "这份报告里没有生成时的记录：不是本程序生成的，或者另存时丢了，只能逐字比较。"
        return
    form = load_form(found.current.form) if stamp.form == found.current.form else None
    name = f"{form.document}的格式" if form else f"{stamp.form} 版格式"
    checked = f"{stamp.errors} 处错误、{stamp.warnings} 处警告"
    yield (
        f"生成时的记录：{name}，xxgk {stamp.version}，校验有 {checked}{'，是草稿' if stamp.draft else ''}，"
        f"编号 {stamp.digest[:DIGEST_SHOWN]}。"
    )
    if found.of_this_workbook:
        yield "工作簿的编号也是这个：生成报告以后，工作簿没有改过。"
    else:
        yield (
            f"工作簿现在的编号是 {found.current.digest[:DIGEST_SHOWN]}："
            "生成报告以后工作簿改过，或者报告是用另一个工作簿生成的。"
        )


def _chapter(title: str, sentences: Sequence[str], width: int) -> Iterator[Line]:
    if sentences:
        yield from heading(f"{title}（{len(sentences)} 处）：", width)
        for sentence in sentences:
            yield from block(sentence, width, INDENT)


def _figure(one: FigureDifference) -> str:
    return f"{' › '.join(one.labels)}：工作簿是 {one.expected or BLANK}，报告是 {one.seen or BLANK}{_at(one.spot)}"


def _label(one: LabelDifference) -> str:
    seen = f"报告是“{one.seen}”" if one.seen else "报告里找不到"
    return f"应为“{one.expected}”，{seen}{_at(one.spot)}"


def _text(one: TextDifference) -> str:
    at = _at(Spot(one.page))
    if one.change is Change.MISSING:
        return f"{one.where}：报告里没有“{_shortened(one.expected)}”"
    if one.change is Change.MOVED:
        return f"{one.where}：在报告里换了位置，“{_shortened(one.expected)}”"
    if one.change is Change.ADDED:
        place = f"在“{one.where}”之后" if one.where else "在最前面"
        return f"报告里多出“{_shortened(one.seen)}”（{place}）{at}"
    return f"{one.where}：{''.join(_span(one.spans, n) for n in range(len(one.spans)))}{at}"


def _span(spans: Sequence[Span], number: int) -> str:
    span = spans[number]
    if span.kind is not Kind.SAME:
        return MARKS[span.kind].format(span.text)
    # Of what is the same only what stands next to a change.
    first, last = number == 0, number == len(spans) - 1
    room = CONTEXT if first or last else 2 * CONTEXT
    if len(span.text) <= room:
        return span.text
    return f"{'' if first else span.text[:CONTEXT]}……{'' if last else span.text[-CONTEXT:]}"


def _at(spot: Spot) -> str:
    return f"（{spot.words}）" if spot.words else ""


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}……"
