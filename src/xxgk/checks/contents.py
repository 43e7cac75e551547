"""P: what each part of the text has to speak of, and whether it does (format.md, section 1; T10)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xxgk.checks.finding import Finding
from xxgk.checks.labels import part_heading
from xxgk.checks.quoting import quote
from xxgk.checks.subject import Subject
from xxgk.narrative.markers import ITEM, SECTION, WORD, marker_of, words_of
from xxgk.report import Paragraph
from xxgk.texts import bare

OVERVIEW, PROBLEMS, MATTERS = "overview", "problems", "matters"
GOVERNMENTS = ("county", "city", "province")  # levels whose report is a government's, for all below it
LEAST_PROBLEMS = 40  # characters of part five
_NOTHING = frozenset({"无", "没有", "暂无", "无问题", "无。", "没有。", "暂无。", "无问题。", "/", "—", "略", "略。"})
_FEES = ("信息处理费", "处理费", "收费", "费用")
# From here on part five speaks of what is done about the problems.
_TURNS = ("下一步", "改进措施", "改进情况", "整改措施", "今后", "针对上述", "针对以上", "针对存在", "针对这些", "为此")


def check_contents(subject: Subject) -> Iterator[Finding]:
    """Yield the findings about parts that say nothing, or not all that they have to."""
    for part_id in (OVERVIEW, PROBLEMS, MATTERS):
        text = _text(subject, part_id)
        if not text:
            continue  # P101
        spot = subject.part(part_id)
        if text in _NOTHING:
            yield subject.finding("P107", spot, f"“{part_heading(subject.form, part_id)}”只写了{quote(text)}。")
        elif part_id == OVERVIEW:
            yield from _aspects(subject, text)
        elif part_id == PROBLEMS:
            yield from _problems(subject, text)
        elif not any(word in text for word in _FEES):
            yield subject.finding("P110", spot, "没有写收取信息处理费的情况；没有收取的，也要写明。")


def _text(subject: Subject, part_id: str) -> str:
    return bare("".join(paragraph.text for paragraph in subject.report.narrative.get(part_id, ())))


def _aspects(subject: Subject, text: str) -> Iterator[Finding]:
    words = subject.words
    asked = [("五个方面中没有写到", words.aspects)]
    if subject.report.level in GOVERNMENTS:
        asked.append(("各级政府还要写的没有写到", words.government_aspects))
    missing = [(what, _unmentioned(aspects, text)) for what, aspects in asked]
    message = "；".join(f"{what}：{'、'.join(names)}" for what, names in missing if names)
    if message:
        yield subject.finding("P108", subject.part(OVERVIEW), f"{message}。")


def _unmentioned(aspects: Mapping[str, Sequence[str]], text: str) -> list[str]:
    return [aspect for aspect, words in aspects.items() if not any(word in text for word in words)]


def _problems(subject: Subject, text: str) -> Iterator[Finding]:
    spot = subject.part(PROBLEMS)
    if len(text) < LEAST_PROBLEMS:
        message = f"这一部分只有 {len(text)} 字，问题和改进都要写具体。"
        yield subject.finding("P107", spot, message, value=len(text))
        return
    words = subject.words
    lacking = [
        name
        for name, known in (("存在的问题", words.problems), ("改进的措施", words.improvements))
        if not any(word in text for word in known)
    ]
    if lacking:
        yield subject.finding("P109", spot, f"没有写{'，也没有写'.join(lacking)}。")
        return
    problems, improvements = _counted(subject.report.narrative[PROBLEMS])
    if 0 < improvements < problems:
        message = f"写了 {problems} 个问题，改进只有 {improvements} 条，每个问题都要有改进。"
        yield subject.finding("P109", spot, message, value=improvements, expected=problems)


def _counted(paragraphs: Sequence[Paragraph]) -> tuple[int, int]:
    """Return how many problems and how many improvements are numbered; 0 where that cannot be told for certain."""
    texts = [paragraph.text for paragraph in paragraphs]
    joined = "\n".join(texts)
    turns = [at for at in (joined.find(word) for word in _TURNS) if at >= 0]
    if not turns:
        return 0, 0
    turn = min(turns)
    line = joined.rfind("\n", 0, turn) + 1
    heading = marker_of(joined[line:turn])
    turn = turn if heading is None or heading.level == WORD else line
    return _length(joined[:turn]), _length(joined[turn:])


def _length(text: str) -> int:
    """Return the length of the only list in ``text``, its headings apart; 0 where there is none, or more than one."""
    lists: dict[int, list[int]] = {}
    for line in text.split("\n"):
        marker = marker_of(line)
        if marker is not None and marker.level in (SECTION, ITEM):
            lists.setdefault(marker.level, []).append(marker.number)
    words = [number for _, number in words_of(text)]
    if words:
        lists[WORD] = words
    if len(lists) > 1 and len(lists.get(SECTION, ())) == 1:
        del lists[SECTION]
    found = list(lists.values())
    if len(found) != 1 or found[0] != list(range(1, len(found[0]) + 1)):
        return 0
    return len(found[0])
