"""Tables drawn in a text with bars, with or without lines between the rows: Markdown, and ┌─┬─┐ or +---+---+."""

from __future__ import annotations

import re
from collections.abc import Sequence

BARS = str.maketrans("│┃║", "|||")
BAR_RULE = re.compile(r"\|?(?:\s*:?-+:?\s*\|)+\s*(?::?-+:?)?\s*")
DRAWN_RULE = re.compile(r"[^\w]*(?:[─━═]{2}|[├┼┬┴┌└╔╚╠]|\+[-=:]{2})[^\w]*")


def is_drawn(line: str) -> bool:
    """Tell whether ``line`` is one of a drawn table."""
    return "|" in line.translate(BARS) or is_rule(line)


def is_rule(line: str) -> bool:
    """Tell whether ``line`` is drawn between the rows of a table."""
    return DRAWN_RULE.fullmatch(line) is not None


def drawn_rows(lines: Sequence[str]) -> list[list[str]]:
    """Return the texts of the cells in each row of the table that ``lines`` draw.

    Between two lines that are drawn stands one row, its cells broken over several lines; where several of these have
    numbers, or no lines are drawn, each is a row.
    """
    groups: list[list[list[str]]] = [[]]
    for line in lines:
        if is_rule(line):
            groups.append([])
        elif not BAR_RULE.fullmatch(line.strip()):
            groups[-1].append(_cells(line))
    if len(groups) == 1:
        return groups[0]
    rows: list[list[str]] = []
    for group in filter(None, groups):
        numbered = sum(any(re.fullmatch(r"\s*[0-9.,]+\s*", cell) for cell in cells) for cells in group)
        even = len({len(cells) for cells in group}) == 1
        rows += [["\n".join(column).strip() for column in zip(*group, strict=True)]] if even and numbered < 2 else group
    return rows


def _cells(line: str) -> list[str]:
    inner = line.translate(BARS).strip().removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return [re.sub(r"<br\s*/?>", "\n", cell) for cell in re.split(r"(?<!\\)\|", inner)]
