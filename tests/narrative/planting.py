"""Faults that are planted into a sound text: what is done to a paragraph, and the code that must find it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from xxgk.records import replace
from xxgk.report import Paragraph, Report

Spot = tuple[str, int]


@dataclass(frozen=True)
class Fault:
    """``change`` makes the fault in a paragraph's text; None where this text has no place for it."""

    code: str
    name: str
    change: Callable[[str, Random, Report], str | None]

    def places(self, report: Report) -> Iterator[Spot]:
        """Yield the paragraphs of ``report`` into which it can be planted."""
        for part, paragraphs in report.narrative.items():
            for index, paragraph in enumerate(paragraphs):
                if not paragraph.heading and self.change(paragraph.text, Random(0), report) is not None:
                    yield part, index


def planted(report: Report, part: str, index: int, fault: Fault, random: Random) -> Report:
    """Return ``report`` with the fault in one paragraph, and last year's report where that is what it is about."""
    paragraphs = report.narrative[part]
    text = fault.change(paragraphs[index].text, random, report)
    assert text is not None
    changed = (*paragraphs[:index], Paragraph(text), *paragraphs[index + 1 :])
    report = replace(report, narrative={**report.narrative, part: changed})
    if fault.code == "W121" and report.year is not None:
        last = replace(report, year=report.year - 1, narrative={part: (Paragraph(text),)})
        report = replace(report, previous=last)
    return report


Change = Callable[[str, Random, Report], str | None]


def _at_mark(text: str, random: Random, mark: str, new: str) -> str | None:
    """Return ``text`` with ``new`` in place of one ``mark`` that stands between two Chinese characters."""
    places = [
        at
        for at in range(1, len(text) - 1)
        if text[at] == mark and all("\u4e00" <= text[n] <= "\u9fff" for n in (at - 1, at + 1))
    ]
    return None if not places else (lambda at: text[:at] + new + text[at + 1 :])(random.choice(places))


def _swap(mark: str, new: str) -> Change:
    return lambda text, random, _: _at_mark(text, random, mark, new)


def _insert(words: str) -> Change:
    """Return what puts a sentence behind one of a paragraph's sentences."""

    def change(text: str, random: Random, _: Report) -> str | None:
        ends = [at + 1 for at, character in enumerate(text) if character == "。"]
        return None if not ends else (lambda at: text[:at] + words + text[at:])(random.choice(ends))

    return change


def _without(sign: str) -> Change:
    def change(text: str, random: Random, _: Report) -> str | None:
        places = [at for at, character in enumerate(text) if character == sign]
        return None if not places else (lambda at: text[:at] + text[at + 1 :])(random.choice(places))

    return change


def _replaced(old: str, new: str) -> Change:
    return lambda text, _, __: text.replace(old, new, 1) if old in text else None


def _unended(text: str, _: Random, __: Report) -> str | None:
    return text[:-1] if text.endswith("。") and text.count("。") > 1 else None


def _old_year(text: str, _: Random, report: Report) -> str | None:
    return text.replace(f"{report.year}年，", "2020年，", 1) if text.startswith(f"{report.year}年，") else None


def _twice(text: str, random: Random, _: Report) -> str | None:
    first = text.partition("。")[0]
    return f"{text}{first.strip()}。" if text.endswith("。") and "。" in text and len(first) >= 30 else None


def _copied(text: str, _: Random, __: Report) -> str | None:
    return text if len(text) >= 80 and not any(c.isdigit() for c in text) and "条例" not in text else None


def _other_self(text: str, random: Random, report: Report) -> str | None:
    word = "我局" if "局" not in report.unit else "我镇"
    return _insert(f"{word}的做法得到了群众的肯定。")(text, random, report)


FAULTS = (
    Fault("W101", "a phrase twice", _insert("不断提高不断提高服务水平。")),
    Fault("W103", "a clause that begins with 的", _swap("，", "，的")),
    Fault("W104", "a space", _swap("、", "、 ")),
    Fault("W111", "a number left out", _replaced("二是", "四是")),
    Fault("W121", "a paragraph of last year's", _copied),
    Fault("W123", "an old year", _old_year),
    Fault("W131", "no full stop", _unended),
    Fault("W132", "a quotation mark lost", _without("”")),
    Fault("W132", "a bracket lost", _without("》")),
    Fault("W133", "a half-width comma", _swap("，", ",")),
    Fault("W134", "a comma twice", _swap("，", "，，")),
    Fault("W141", "a wrong character", _replaced("申请", "申请，没有行政法复议，申请")),
    Fault("W142", "words of a sample", _insert("联系人为XX同志。")),
    Fault("W143", "another kind of unit", _other_self),
    Fault("W145", "a law misquoted", _insert("认真学习《中华人民共和国政府信息公开条列》。")),
    Fault("W146", "a number of another document", _insert("依据是国办公开办函〔2019〕60号。")),
    Fault("W147", "wrong brackets", _insert("依据是县政办发[2021]12号文件。")),
    Fault("W148", "a sentence twice", _twice),
    Fault("W151", "an identity number", _insert("当事人证件号为11010519491231002X。")),
    Fault("W152", "a mobile number", _insert("申请人为13800138000的机主。")),
)
