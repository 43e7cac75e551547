"""How many contradictions are found, and how many of those told are none: four collections of sentences."""

from __future__ import annotations

import pytest

from support.sentences import FILES, Sentence, report, sentences, told

PRECISION, RECALL = 0.99, 0.95


def alarmed(sentence: Sentence) -> bool:
    part = "matters" if "信息处理费" in sentence.text else "overview"
    return bool(told(sentence.text, report(sentence.tables), part))


@pytest.mark.parametrize("file", FILES)
def test_precision_and_recall(file: str) -> None:
    every = list(sentences(file))
    assert len(every) == FILES[file]
    found = [sentence for sentence in every if alarmed(sentence)]
    right = [sentence for sentence in found if sentence.wrong]
    missed = [sentence for sentence in every if sentence.wrong and sentence not in found]
    false = [sentence for sentence in found if not sentence.wrong]
    assert len(right) / len(found) >= PRECISION, false
    assert len(right) / (len(right) + len(missed)) >= RECALL, missed
