"""What placeholders come to: the quantities of a report by name, and what may be done with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal

from xxgk.figures import PLACES, folded_addresses, known_values, sum_of, values_of_last_year
from xxgk.formats import Form, form_ids, load_form
from xxgk.narrative.names import Quantity, columns, in_columns, quantities
from xxgk.narrative.numerals import LARGEST, write_number
from xxgk.narrative.placeholders import Call, Expression, Name, PlaceholderError, parse
from xxgk.records import Record
from xxgk.report import Number, Report

UNKNOWN, NO_VALUE = "W106", "W107"  # the codes of the findings
YEAR, YEAR_BEFORE, UNIT = "年度", "上年度", "单位"
SHARE, CHANGE, CHINESE, BEFORE, DIFFERENCE, SUM = "占比", "同比", "中文", "上年", "差", "合计"
NEAR = 3  # names that are proposed for one that is unknown
LIKENESS = 0.5  # how like they must be, as difflib counts
RISEN, FALLEN, SAME, NEARLY = "增长", "下降", "持平", "基本持平"


class Unresolved(Exception):
    """A placeholder gives no text; ``code`` is that of the finding, the message a clause for staff."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class UnknownName(Unresolved):
    """There is no such name; the message, which proposes some that are near, is made only when it is asked for."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(UNKNOWN, name)
        self.name, self.known = name, tuple(known)

    def __str__(self) -> str:
        from difflib import get_close_matches

        inside = [one for one in self.known if self.name in one or one in self.name]
        near = dict.fromkeys([*get_close_matches(self.name, self.known, NEAR, LIKENESS), *inside])
        proposed = "、".join(f"“{one}”" for one in list(near)[:NEAR])
        return f"没有“{self.name}”这个名称" + (f"，是不是{proposed}" if proposed else "")


class Year(Record):
    """The numbers of one year that are known, and the addresses that count as 0 in sums; ``words`` name the year."""

    numbers: Mapping[str, Number]
    absent: frozenset[str]
    words: str = ""


class Values(Record):
    """What the names of a report stand for: its texts, and its numbers of this year and (None if unknown) of last."""

    form: Form
    texts: Mapping[str, str]
    now: Year
    last: Year | None


class Function(Record):
    """What may be called: how it is used, what it gives, how many arguments it takes."""

    usage: str
    meaning: str
    least: int
    most: int
    apply: Callable[..., str | Number]


def values_of(report: Report, form: Form) -> Values:
    """Return what the placeholders of ``report`` can name."""
    numbers = known_values(form, report.figures)
    numbers.update({key: figure.value for key, figure in report.fields.items() if figure.value is not None})
    now = Year(numbers, folded_addresses(form, report.figures))
    texts = {YEAR: _year(report.year), YEAR_BEFORE: _year(report.year and report.year - 1), UNIT: report.unit.strip()}
    return Values(form, texts, now, None if report.previous is None else _last_year(form, report.previous))


def written(source: str, values: Values) -> str:
    """Return the text that stands for the placeholder ``{{ source }}``. Raise ``Unresolved`` where there is none."""
    try:
        expression = parse(source)
    except PlaceholderError as error:
        raise Unresolved(UNKNOWN, str(error)) from error
    if isinstance(expression, Name) and expression.name in values.texts:
        text = values.texts[expression.name]
        # A unit called {{ 单位 }} must not be resolved in its turn.
        if not text or "{" in text or "｛" in text:
            raise Unresolved(NO_VALUE, f"首页没有填好“{expression.name}”")
        return text
    result = _evaluated(expression, values)
    return result if isinstance(result, str) else plain_number(result)


def number_of(quantity: Quantity, year: Year) -> Number | None:
    """Return the value of ``quantity``, None where a part of it is not known."""
    return sum_of(year.numbers, year.absent, quantity.addresses)


def plain_number(value: Number) -> str:
    """Return ``value`` as a text has it: 126, 12.5."""
    if isinstance(value, Decimal):
        value = round(value, PLACES).normalize()
        return f"{value:f}" if value else "0"
    return str(value)


def _evaluated(expression: Expression, values: Values) -> str | Number:
    if isinstance(expression, Call):
        function = FUNCTIONS.get(expression.name)
        if function is None:
            return _number(expression, values)
        if not function.least <= len(expression.arguments) <= function.most:
            raise Unresolved(UNKNOWN, f"“{expression.name}”要写成{function.usage}")
        return function.apply(values, *expression.arguments)
    return _number(expression, values)


def _number(expression: Expression, values: Values) -> Number:
    """Return the number that ``expression`` is. Raise ``Unresolved`` where it is a text, or not known."""
    if isinstance(expression, int):
        return expression
    if isinstance(expression, Call) and expression.name in FUNCTIONS:
        result = _evaluated(expression, values)
        if isinstance(result, str):
            raise Unresolved(UNKNOWN, f"“{expression.name}(…)”算出来是文字，不能再用来计算")
        return result
    quantity = _quantity(expression, values)
    value = number_of(quantity, values.now)
    if value is None:
        raise Unresolved(NO_VALUE, _missing(quantity, values))
    return _within(value)


def _quantity(expression: Name | Call, values: Values) -> Quantity:
    known = quantities(values.form)
    if isinstance(expression, Name):
        if expression.name in known:
            return known[expression.name]
        if expression.name in values.texts:
            raise Unresolved(UNKNOWN, f"“{expression.name}”不是件数，不能用来计算")
        if expression.name in FUNCTIONS or expression.name in columns(values.form):
            raise Unresolved(UNKNOWN, f"“{expression.name}”后面要有括号，如“{_usage(expression.name)}”")
        raise UnknownName(expression.name, (*known, *values.texts))
    of = columns(values.form)
    if expression.name in FUNCTIONS:
        raise Unresolved(UNKNOWN, f"这里要写名称，不能写“{expression.name}(…)”")
    if expression.name not in of:
        if expression.name in known:
            raise Unresolved(UNKNOWN, f"“{expression.name}”后面不用写括号")
        raise UnknownName(expression.name, (*FUNCTIONS, *of))
    if len(expression.arguments) != 1 or isinstance(expression.arguments[0], int):
        raise Unresolved(UNKNOWN, f"“{expression.name}”要写成“{_usage(expression.name)}”")
    whole = _quantity(expression.arguments[0], values)
    part = in_columns(values.form, whole, of[expression.name])
    if part is None:
        raise Unresolved(UNKNOWN, f"“{whole.name}”没有“{expression.name}”这一栏")
    return part


def _usage(name: str) -> str:
    return FUNCTIONS[name].usage if name in FUNCTIONS else f"{name}(名称)"


def _missing(quantity: Quantity, values: Values) -> str:
    form, year = values.form, values.now
    blank = next(_blanks(form, year, quantity.addresses), quantity.addresses[0])
    table = form.table_of(blank)
    where = " › ".join((*([table.name] if table else []), *form.labels_of(blank)))
    return f"{year.words}“{where}”还没有填，或者读不懂"


def _blanks(form: Form, year: Year, addresses: Iterable[str]) -> Iterator[str]:
    """Yield what is not known among ``addresses``, or among the parts of the totals that are not."""
    for address in addresses:
        if address not in year.numbers and address not in year.absent:
            total = form.totals.get(address)
            yield from _blanks(form, year, total.parts) if total else (address,)


# ------------------------------------------------------------------ what may be called


def _share(values: Values, part: Expression, whole: Expression) -> str:
    top, bottom = _number(part, values), _number(whole, values)
    if bottom == 0:
        raise Unresolved(NO_VALUE, "总数是 0，算不出占比")
    return f"{_percentage(top, bottom)}%"


def _change(values: Values, what: Expression) -> str:
    now, before = _number(what, values), _before(values, what)
    if now == before:
        return SAME
    if before <= 0:
        raise Unresolved(NO_VALUE, f"上年是 {plain_number(before)}，算不出增减的百分比，请直接写件数")
    change = _percentage(max(now, before) - min(now, before), before)
    return NEARLY if change == "0" else f"{RISEN if now > before else FALLEN}{change}%"


def _chinese(values: Values, what: Expression) -> str:
    return write_number(_within(_number(what, values)))


def _before(values: Values, what: Expression) -> Number:
    if values.last is None:
        raise Unresolved(NO_VALUE, "没有上年数据")
    return _number(what, Values(values.form, values.texts, values.last, None))


def _difference(values: Values, first: Expression, second: Expression) -> Number:
    return _within(_number(first, values) - _number(second, values))


def _sum(values: Values, *parts: Expression) -> Number:
    total: Number = 0
    for part in parts:
        total += _number(part, values)
    return _within(total)


def _within(value: Number) -> Number:
    if not -LARGEST <= value <= LARGEST:
        raise Unresolved(NO_VALUE, "数太大")
    return value


def _percentage(part: Number, whole: Number) -> str:
    """Return ``part`` in hundredths of ``whole``, to one decimal, halves up."""
    share = (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return plain_number(share)


FUNCTIONS: Mapping[str, Function] = {
    SHARE: Function("占比(名称, 总数的名称)", "百分比，保留一位小数，如 45.3%", 2, 2, _share),
    CHANGE: Function("同比(名称)", "与上年相比：增长40%、下降12.5%或者持平", 1, 1, _change),
    BEFORE: Function("上年(名称)", "上年的数", 1, 1, _before),
    DIFFERENCE: Function("差(名称, 名称)", "前一个数减后一个数", 2, 2, _difference),
    SUM: Function("合计(名称, 名称, …)", "几个数之和", 2, 12, _sum),
    CHINESE: Function("中文(名称)", "写成汉字，如一百二十六", 1, 1, _chinese),
}


def _year(year: int | None) -> str:
    return str(year) if year else ""


def _last_year(form: Form, last: Report) -> Year:
    """Return last year's numbers, as far as they mean the same as this year's."""
    numbers = values_of_last_year(form, last)
    if last.form != form.id and last.form in form_ids():
        same = frozenset(form.comparable(load_form(last.form)))
        numbers = {address: value for address, value in numbers.items() if address in same}
    return Year(numbers, folded_addresses(form, last.figures), BEFORE)
