"""N: the figures in the text beside those in the tables. In doubt nothing is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from xxgk.checks.finding import Finding
from xxgk.checks.quoting import quote
from xxgk.checks.subject import Spot, Subject
from xxgk.checks.years import other_year
from xxgk.narrative.claim_reader import claims_in
from xxgk.narrative.claim_tokens import Scanner
from xxgk.narrative.claim_words import words_for
from xxgk.narrative.claims import Change, Claim, Count, Nothing, Share, Trend, Uniform
from xxgk.narrative.figures_in_text import Contradiction, contradictions, parts
from xxgk.narrative.readings import Reading, Tables
from xxgk.report import Number
from xxgk.wording import short_name

QUOTED = 32  # how much of a clause is quoted
TRIED = 4  # how many readings are told
DECIMALS = 4  # of a percentage, at most
_WAN = 10_000


def check_narrative(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each claim of the text that the tables contradict in every customary reading."""
    report, form = subject.report, subject.form
    if report.year is None or not report.figures or not any(report.narrative.values()):
        return
    names = (report.unit, short_name(form, report), report.signature)
    scanner = Scanner(words_for(report.year), names, report.level)
    tables: Tables | None = None
    for part in form.parts:
        for index, paragraph in enumerate(report.narrative.get(part.id, ())):
            claims = tuple(claims_in(paragraph.text, scanner))
            if claims:
                tables = tables or Tables(form, report, None if other_year(report) else report.previous)
                spot = subject.paragraph(part.id, index)
                # The same said twice in a paragraph is told once.
                yield from dict.fromkeys(_finding(subject, spot, tables, one) for one in contradictions(tables, claims))


def _finding(subject: Subject, spot: Spot, tables: Tables, found: Contradiction) -> Finding:
    claim = found.claim
    message = f"正文说{quote(claim.said, QUOTED)}，{_sentence(tables, found)}。"
    if not isinstance(claim, Count):
        return subject.finding(_code(claim), spot, message)
    values = {None if one.least else one.value for one in found.readings}
    expected = values.pop() if len(values) == 1 else None
    difference = None if expected is None else claim.value - expected
    return subject.finding(_code(claim), spot, message, value=claim.value, expected=expected, difference=difference)


def _code(claim: Claim) -> str:
    if isinstance(claim, (Change, Trend)) or (isinstance(claim, Count) and claim.last_year):
        return "N104"
    if isinstance(claim, Share):
        return "N103"
    if isinstance(claim, Uniform) or (isinstance(claim, Nothing) and claim.outcome):
        return "N105"
    return "N102" if isinstance(claim, Nothing) or (isinstance(claim, Count) and not claim.value) else "N101"


def _sentence(tables: Tables, found: Contradiction) -> str:
    """Return what the tables say, with each reading that was tried."""
    claim, readings = found.claim, found.readings
    if isinstance(claim, Share):
        part = parts(tables, claim)[0]
        shares = (f"{name}是{_shown(one.value, one)}，{part}件占{_percent(part, one.value, claim.decimals)}"
                  for name, one in _named(tables, readings))  # fmt: skip
        return "；".join(shares)
    if isinstance(claim, (Change, Trend)):
        changes = (f"{name}由上年的{_shown(one.before, one)}变为{_shown(one.value, one)}，{_changed(one, claim)}"
                   for name, one in _named(tables, readings))  # fmt: skip
        return "；".join(changes)
    if isinstance(claim, Uniform):
        every, those = readings
        among = f"其中{tables.column_name(those)}{_shown(those.value, those)}"
        return f"{tables.name(every)}是{_shown(every.value, every)}，{among}"
    told = [
        f"{name}{'至少' if one.least else ''}是{_shown(one.value, one)}{_stated(one)}"
        for name, one in _named(tables, readings)
    ]
    if not isinstance(claim, Count):
        return "，".join(told)
    last = "上年报告的" if claim.last_year else ""
    unequal = "都不相等" if len(told) > 1 else "不相等"
    slip = f"；{claim.value}是{tables.name(found.slip)}的数" if found.slip is not None else ""
    return f"{last}{'，'.join(told)}，{unequal}{slip}"


def _named(tables: Tables, readings: Sequence[Reading]) -> Iterator[tuple[str, Reading]]:
    """Yield the first readings that differ, with their names; that of the table is not said again."""
    table = ""
    different = {(one.value, one.before): one for one in reversed(readings)}
    for one in list(reversed(different.values()))[:TRIED]:
        name, said = tables.name(one), table
        table = tables.table_name(one)
        yield name.removeprefix(table) if table == said else name, one


def _shown(value: Number | None, reading: Reading) -> str:
    """Return a value with its unit, as the table has it."""
    assert value is not None
    if reading.unit == "万元":
        value = Decimal(value) / _WAN
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) + reading.unit


def _stated(reading: Reading) -> str:
    return "" if reading.stated == reading.value else f"（总计格写的是{_shown(reading.stated, reading)}）"


def _percent(part: Number, whole: Number, decimals: int) -> str:
    exact = Decimal(part) * 100 / Decimal(whole)
    rounded = exact.quantize(Decimal(1).scaleb(-min(max(1, decimals), DECIMALS)), ROUND_HALF_UP)
    return f"{rounded}%"


def _changed(reading: Reading, claim: Change | Trend) -> str:
    assert reading.before is not None
    more = reading.value > reading.before
    difference = reading.value - reading.before if more else reading.before - reading.value
    if not difference:
        return "与上年持平"
    if isinstance(claim, Trend) or not claim.percent:
        return f"{'增加' if more else '减少'}{_shown(difference, reading)}"
    return f"{'增长' if more else '下降'}{_percent(difference, reading.before, claim.decimals)}"
