"""Measure what docs/performance.md says of figures in the text and of all that is checked in it, and print it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from itertools import cycle
from pathlib import Path

from xxgk.checks.contents import check_contents
from xxgk.checks.finding import Finding
from xxgk.checks.last_year import check_last_year
from xxgk.checks.narrative import check_narrative
from xxgk.checks.narrative_amounts import check_narrative_amounts
from xxgk.checks.narrative_tables import check_narrative_tables
from xxgk.checks.outline import check_outline
from xxgk.checks.placeholders import check_placeholders
from xxgk.checks.subject import Subject, subject_of
from xxgk.checks.wording import check_wording
from xxgk.records import replace
from xxgk.report import Paragraph

from timing import compare

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from support.reports import FORM, example
from support.sentences import FILES, Sentence, report, sentences, told

LENGTH = 3_000
FIGURES = (check_narrative, check_narrative_tables, check_narrative_amounts)
ALL = (*FIGURES, check_placeholders, check_contents, check_wording, check_outline, check_last_year)


def checking(texts: Iterable[str], checks: Sequence[Callable[[Subject], Iterable[Finding]]]) -> Callable[[], None]:
    """Return a function that applies ``checks`` to ``LENGTH`` characters of ``texts``, over and over, beside tables."""
    paragraphs, length = [], 0
    for text in cycle(texts):
        if length >= LENGTH:
            break
        paragraphs.append(Paragraph(text))
        length += len(text)
    subject = subject_of(replace(report("large"), narrative={"overview": tuple(paragraphs)}), FORM)

    def run() -> None:
        for one in checks:
            list(one(subject))

    return run


def is_told(sentence: Sentence) -> bool:
    """Tell whether the check says that ``sentence`` contradicts its tables."""
    return bool(told(sentence.text, report(sentence.tables)))


def main() -> None:
    """Print both measurements."""
    for file in FILES:
        every = list(sentences(file))
        found = [sentence for sentence in every if is_told(sentence)]
        right = sum(sentence.wrong for sentence in found)
        wrong = sum(sentence.wrong for sentence in every)
        print(f"{file}: {len(every)} sentences, precision {right / len(found):.1%}, recall {right / wrong:.1%}")
    prose = [paragraph.text for part in example().narrative.values() for paragraph in part]
    dense = [one.text for one in sentences(next(iter(FILES))) if one.tables == "large" and not one.wrong]
    for name, checks in (("figures", FIGURES), ("all", ALL)):
        time = compare("", checking(prose, checks), checking(dense, checks), 41, "")
        print(f"{name}, {LENGTH} characters of prose: {time.ours * 1e3:.1f} ms, of figures: {time.other * 1e3:.1f} ms")


if __name__ == "__main__":
    main()
