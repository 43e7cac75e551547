"""``{{ 本年新收 }}`` in a text: where such placeholders stand, and what they ask for, as a tree of our own.

jinja2 parses. Of its syntax tree only names, whole numbers and calls of a name are taken; everything else is refused
by the type of its node, so that nothing typed into a workbook can run, loop or grow. No template is ever rendered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from xxgk.records import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from jinja2 import Environment, nodes

MOST = 100  # placeholders in a paragraph
MOST_SIGNS = 100  # between the braces: the longest that makes sense has about 40
MOST_DEPTH = 8  # of brackets in brackets
MOST_ARGUMENTS = 12
LARGEST = 10**15

_HALF_WIDTH = str.maketrans({"（": "(", "）": ")", "，": ",", "、": ",", "\u3000": " ", "\xa0": " ", "\n": " "})


class Name(Record):
    """A quantity, by its name."""

    name: str


class Call(Record):
    """Something done with what stands in the brackets."""

    name: str
    arguments: tuple[Expression, ...]


Expression = Name | Call | int


class Placeholder(Record):
    """A placeholder in a text, from ``start`` to ``end``, with what stands between its braces."""

    start: int
    end: int
    source: str


class PlaceholderError(ValueError):
    """What a placeholder says cannot be understood. The message is a clause for staff, without a full stop."""


def has_placeholder(text: str) -> bool:
    """Tell whether ``text`` may hold placeholders, or a piece of one. Chinese keyboards give full-width braces too."""
    return "{{" in text or "}}" in text or "｛" in text or "｝" in text


def find_placeholders(text: str) -> Iterator[Placeholder]:
    """Yield the placeholders of ``text``, in order, at most ``MOST``. A brace without its counterpart is none."""
    for match in islice(_placeholder().finditer(text), MOST):
        yield Placeholder(*match.span(), match[1])


def find_braces(text: str) -> Iterator[tuple[int, int]]:
    """Yield where double braces stand in ``text`` that belong to none of its placeholders."""
    end = 0
    for start, after in (*((one.start, one.end) for one in find_placeholders(text)), (len(text), len(text))):
        for match in _brace().finditer(text, end, start):
            yield match.span()
        end = after


def parse(source: str) -> Expression:
    """Return what stands between the braces. Raise ``PlaceholderError`` for what is neither a name nor a known form."""
    text = source.translate(_HALF_WIDTH).strip()
    if len(text) > MOST_SIGNS:
        raise PlaceholderError(f"太长，最多 {MOST_SIGNS} 个字")
    if sum(text.count(bracket) for bracket in "([{") > MOST_DEPTH:
        raise PlaceholderError("括号太多")
    if not text:
        raise PlaceholderError("花括号里没有写名称")
    # Parsing takes longer to import than a check takes.
    from jinja2 import TemplateError
    from jinja2.parser import Parser

    try:
        parser = Parser(_environment(), text, state="variable")
        node = parser.parse_expression()
        if not parser.stream.eos:
            raise PlaceholderError(_UNKNOWN)
    except (TemplateError, ValueError) as error:
        raise PlaceholderError(_UNKNOWN) from error
    return _taken(node)


_UNKNOWN = "看不懂，只能写名称，或者像“占比(名称, 名称)”这样写，中间不加空格和别的符号"


def _taken(node: nodes.Expr) -> Expression:
    """Return ``node`` as a tree of ours, or raise ``PlaceholderError`` for a node of any other type."""
    from jinja2 import nodes

    if type(node) is nodes.Name:
        return Name(node.name)
    if type(node) is nodes.Const and type(node.value) is int:
        if node.value > LARGEST:
            raise PlaceholderError("数太大")
        return node.value
    if type(node) is nodes.Call and type(node.node) is nodes.Name:
        if node.kwargs or node.dyn_args or node.dyn_kwargs or len(node.args) > MOST_ARGUMENTS:
            raise PlaceholderError(_UNKNOWN)
        return Call(node.node.name, tuple(_taken(argument) for argument in node.args))
    raise PlaceholderError(_UNKNOWN)


@cache
def _environment() -> Environment:
    from jinja2 import Environment

    return Environment(autoescape=False)


@cache
def _placeholder() -> re.Pattern[str]:
    return re.compile(r"[{｛]{2}([^{}｛｝]*)[}｝]{2}")


@cache
def _brace() -> re.Pattern[str]:
    return re.compile(r"[{｛]{2}|[}｝]{2}")
