"""What was read from a published report, as a page beside the workbook: what to check first, then every number."""

from __future__ import annotations

from xxgk.formats import Form
from xxgk.output.html import environment
from xxgk.published.assembling import failing
from xxgk.published.found import Difference, Found, Trace
from xxgk.records import Record

EXACT, NEAR, BY_ORDER = "与官方表式一致", "文字略有不同，请核对", "按列的顺序认的，请核对"


class Row(Record):
    """A number of the list: the labels a person knows it by, itself with its remark, place, text as seen, certainty."""

    labels: tuple[str, ...]
    value: str
    place: str
    seen: str
    certainty: str


class Chapter(Record):
    """Sentences under a heading; ``aside`` are those that nobody needs to act upon."""

    title: str
    sentences: tuple[str, ...]
    aside: bool = False


def chapters(found: Found, form: Form) -> tuple[Chapter, ...]:
    """Return what staff should look at, what matters most first; nothing that has no sentences."""
    every = (
        Chapter("加起来对不上：不是读错了，就是原报告有误，请先核对这些", failing(form, found)),
        Chapter(
            "没有读准，或者缺少的：工作簿里空着，请对照原报告填写", tuple(doubt.sentence for doubt in found.doubts)
        ),
        Chapter("不在表格里，按别处的文字填的", found.inferred),
        Chapter("原报告里与官方格式不同的文字", tuple(map(_compared, found.differences))),
        Chapter("不属于报告正文，没有放进工作簿的文字", found.dropped, aside=True),
    )
    return tuple(chapter for chapter in every if chapter.sentences)


def render_imported(found: Found, form: Form, source: str, workbook: str) -> str:
    """Return the page; ``source`` and ``workbook`` are names of files."""
    rows = tuple(_row(trace, form) for trace in found.traces)
    return (
        environment()
        .get_template("imported.html.j2")
        .render(source=source, workbook=workbook, chapters=chapters(found, form), rows=rows)
    )


def _row(trace: Trace, form: Form) -> Row:
    figure = trace.figure
    value = f"{figure.value}（{figure.note}）" if figure.note else str(figure.value)
    certainty = NEAR if trace.score < 1 else BY_ORDER if trace.by_order else EXACT
    return Row(form.labels_of(trace.address), value, trace.spot.words, trace.seen, certainty)


def _compared(difference: Difference) -> str:
    where = f"（{difference.spot.words}）" if difference.spot.words else ""
    return f"原文“{difference.seen}”，官方格式是“{difference.expected}”{where}"
