"""Measure what docs/performance.md says of figures in the text, and print it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from itertools import cycle
from pathlib import Path

from xxgk.checks.narrative import check_narrative
from xxgk.checks.narrative_tables import check_narrative_tables
from xxgk.checks.subject import subject_of
from xxgk.records import replace
from xxgk.report import Paragraph

from timing import compare

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from support.reports import FORM, example
from support.sentences import Sentence, report, sentences, told

LENGTH = 3_000
FILES = ("sentences.txt", "sentences_held_out.txt")


def checking(texts: Iterable[str]) -> Callable[[], None]:
    """Return a function that checks ``LENGTH`` characters of ``texts``, over and over, against tables."""
    paragraphs, length = [], 0
    for text in cycle(texts):
        if length >= LENGTH:
            break
        paragraphs.append(Paragraph(text))
        length += len(text)
    subject = subject_of(replace(report("large"), narrative={"overview": tuple(paragraphs)}), FORM)

    def run() -> None:
        list(check_narrative(subject))
        list(check_narrative_tables(subject))

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
    dense = [one.text for one in sentences(FILES[0]) if one.tables == "large" and not one.wrong]
    time = compare("", checking(prose), checking(dense), 41, "")
    print(f"{LENGTH} characters: {time.ours * 1e3:.1f} ms of prose, {time.other * 1e3:.1f} ms of nothing but figures")


if __name__ == "__main__":
    main()
