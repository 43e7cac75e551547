"""Where a number of a report comes from: its cell, typed or computed, the parts of its sum, last year's number."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from xxgk.checks.subject import Spot, Subject, subject_of
from xxgk.errors import UsageProblem
from xxgk.figures import is_stated, known_values, same_as_last_year, values_of_last_year
from xxgk.formats import load_form
from xxgk.records import Record
from xxgk.report import Figure, Number, Place, Report

SUGGESTIONS = 3
FORMULA = "S105"  # the remark of readers on a formula where a number is typed


class Role(Enum):
    """What an origin has to do with the number that is traced."""

    TYPED = "typed"  # the number itself, as somebody typed it
    COMPUTED = "computed"  # the number itself, the sum of the parts that follow
    STATED = "stated"  # the number itself: typed where a sum belongs
    BLANK = "blank"  # the number itself: nothing is there
    PART = "part"  # one of the numbers that it is the sum of
    LAST_YEAR = "last year"  # the same number in last year's report
    CARRIED = "carried"  # the number of last year's report that this one must equal


class Origin(Record):
    """One number on the way to the traced one. ``seen`` is what stands there where that is no number.

    ``formula`` is the one that gives the number where staff put it in the place of a typed one.

    ``place`` has no sheet where the number did not come from the workbook itself.
    """

    role: Role
    address: str
    labels: tuple[str, ...]
    place: Place
    value: Number | None
    note: str = ""
    seen: str = ""
    formula: str = ""


def trace(report: Report, address: str) -> tuple[Origin, ...]:
    """Return the number at ``address``, the parts of its sum, and last year's numbers beside it.

    ``address`` is one of the report's form, such as ``applications.new.person``; see ``find_address``.
    """
    subject = subject_of(report, load_form(report.form))
    return (*_this_year(subject, address), *_last_year(subject, address))


def find_address(report: Report, text: str) -> str:
    """Return the address that ``text`` means: an address, or a cell such as ``三 依申请公开!E12``.

    Raise ``UsageProblem`` with the nearest ones where there is none.
    """
    form = load_form(report.form)
    known = [*(a for table in form.tables.values() for a in table.addresses), *(field.id for field in form.fields)]
    if text in known:
        return text
    sheet, mark, cell = text.rpartition("!")
    if mark:
        subject = subject_of(report, form)
        wanted = Place(sheet.strip("'"), cell.replace("$", "").upper())
        for address in known:
            if _spot(subject, address).place == wanted:
                return address
        raise UsageProblem(f"{text} 不是填数字的格子。请写成“工作表名!单元格”，如 {_sample(subject, known[0])}。")
    from difflib import get_close_matches

    near = get_close_matches(text, known, SUGGESTIONS, 0.5)
    hint = f"您要找的是不是 {'、'.join(near)}？" if near else ""
    raise UsageProblem(f"没有 {text} 这个数。{hint}请写数的地址，如 {known[0]}；或者写“工作表名!单元格”。")


def _sample(subject: Subject, address: str) -> str:
    place = _spot(subject, address).place
    return f"{place.sheet}!{place.cell}"


def _spot(subject: Subject, address: str) -> Spot:
    return subject.figure(address) if subject.form.table_of(address) else subject.field(address)


def _this_year(subject: Subject, address: str) -> Iterator[Origin]:
    form, report = subject.form, subject.report
    figure = report.figures.get(address) or report.fields.get(address)
    total = form.totals.get(address)
    values = known_values(form, report.figures)
    spot = _spot(subject, address)
    typed, empty = (Role.STATED, Role.COMPUTED) if total else (Role.TYPED, Role.BLANK)
    role = typed if is_stated(figure) else empty
    value = values.get(address) if subject.form.table_of(address) else figure.value if figure else None
    formula = next((r.seen for r in report.remarks if (r.code, r.address) == (FORMULA, address)), "")
    yield _origin(role, spot, value, figure, formula)
    for part in total.parts if total else ():
        yield _origin(Role.PART, subject.figure(part), values.get(part), report.figures.get(part))


def _last_year(subject: Subject, address: str) -> Iterator[Origin]:
    last = subject.report.previous
    if last is None:
        return
    values = values_of_last_year(subject.form, last)
    carried = same_as_last_year(subject.form, last.form, subject.report.year).get(address)
    for role, before in ((Role.LAST_YEAR, address), (Role.CARRIED, carried)):
        if before is not None and before in values:
            yield _origin(role, subject.previous_figure(before), values[before], last.figures.get(before))


def _origin(role: Role, spot: Spot, value: Number | None, figure: Figure | None, formula: str = "") -> Origin:
    note, seen = (figure.note, figure.seen if figure.value is None else "") if figure else ("", "")
    return Origin(role, spot.address, spot.labels, spot.place, value, note, seen, formula)
