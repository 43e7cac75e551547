"""Two reports side by side as text for a terminal, and as one self-contained HTML page to read and print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xxgk.comparing.compare import Comparison
from xxgk.comparing.numbers import NumberChange, TableChanges
from xxgk.comparing.texts import Kind, Passage, Span
from xxgk.output.lines import INDENT, LEAST_WIDTH, Line, block, heading, joined, printable
from xxgk.output.width import display_width, pad, wrap
from xxgk.report import Number

BLANK = "（空）"
MARKS = {Kind.SAME: ("", ""), Kind.REMOVED: ("〖删：", "〗"), Kind.ADDED: ("〖增：", "〗")}
NUMBER_HEADINGS = ("项目", "原来", "现在", "增减", "增减幅度")
CONTEXT = 20  # characters around a change that show where it is
LEAST_LABEL = 16  # columns: where there are fewer, a number stands below its label


def render_comparison(found: Comparison, width: int, colour: bool) -> str:
    """Return the differences wrapped to ``width`` columns, ending in a newline; ``colour`` adds ANSI codes."""
    return joined(_lines(found, max(width, LEAST_WIDTH)), colour)


def render_comparison_page(found: Comparison) -> str:
    """Return the differences as an HTML page."""
    from xxgk.output.html import environment

    template = environment().get_template("comparison.html.j2")
    return template.render(found=found, kind=Kind, headings=NUMBER_HEADINGS, cells=_cells)


def _lines(found: Comparison, width: int) -> Iterator[Line]:
    yield from heading(f"原来：{found.old}", width)
    yield from heading(f"现在：{found.new}", width)
    if found.forms_differ:
        yield from block("两份报告的格式版本不同，只比较含义相同的数。", width)
    for single in found.singles:
        yield from block(f"{single.label}：{_marked(single.spans)}", width)
    for table in found.tables:
        yield Line("")
        yield from heading(f"【{table.heading}】", width)
        yield from _table_lines(table, width)
    for part in found.parts:
        if part.passages:
            yield Line("")
            yield from heading(f"【{part.heading}】", width)
            yield from _passage_lines(part.passages, width)
    yield Line("")
    yield from block(f"数字有 {found.numbers_changed} 处不同，文字有 {found.paragraphs_changed} 段不同。", width)


def _table_lines(table: TableChanges, width: int) -> Iterator[Line]:
    rows = [(" › ".join(change.labels), *_cells(change)) for change in table.changes]
    columns = [max(map(display_width, column)) for column in zip(NUMBER_HEADINGS, *rows, strict=True)][1:]
    room = width - len(INDENT) - sum(columns) - 2 * len(columns)
    if rows and room >= LEAST_LABEL:
        for label, *values in (NUMBER_HEADINGS, *rows):
            numbers = "".join("  " + _right(value, size) for value, size in zip(values, columns, strict=True))
            first, *others = wrap(printable(label), room)
            yield Line((INDENT + pad(first, room) + numbers).rstrip())
            yield from (Line(INDENT + other) for other in others)
    else:
        for label, old, new, difference, share in rows:
            yield from block(label, width, INDENT)
            yield from block(
                "  ".join(text for text in (f"{old} → {new}", difference, share) if text), width, INDENT * 2
            )
    if table.same or not rows:
        yield from block(f"{'其余' if rows else ''} {table.same} 个数相同。".strip(), width, INDENT)
    for row in table.apart:
        yield from block(f"不能比较：{row}", width, INDENT)


def _cells(change: NumberChange) -> tuple[str, str, str, str]:
    """Return old number, new number, difference and share as they are shown."""
    difference, share = change.difference, change.share
    return (
        _number(change.old),
        _number(change.new),
        "" if difference is None else f"{'+' if difference > 0 else ''}{_number(difference)}",
        "" if share is None else f"{share:+.1%}",
    )


def _passage_lines(passages: Sequence[Passage], width: int) -> Iterator[Line]:
    same = 0
    for passage in passages:
        if passage.same:
            same += 1
            continue
        yield from _same_lines(same, width)
        same = 0
        yield from block(_marked(passage.spans), width, INDENT)
    yield from _same_lines(same, width)


def _same_lines(count: int, width: int) -> Iterator[Line]:
    if count:
        yield from block(f"（{count} 段相同）", width, INDENT)


def _marked(spans: Sequence[Span]) -> str:
    return "".join(_shortened(span).join(MARKS[span.kind]) for span in spans)


def _shortened(span: Span) -> str:
    """Return a span's text; of a long one that is the same only what stands next to the changes."""
    if span.kind is not Kind.SAME or len(span.text) <= 2 * CONTEXT:
        return span.text
    return f"{span.text[:CONTEXT]}……{span.text[-CONTEXT:]}"


def _number(value: Number | None) -> str:
    if value is None:
        return BLANK
    return str(value) if isinstance(value, int) else f"{value:f}"


def _right(text: str, width: int) -> str:
    return " " * (width - display_width(text)) + text
