"""Reports in layouts that nobody can list: each number is right, or it is said that it was not read."""

from __future__ import annotations

from contextlib import suppress
from random import Random

import pytest

from xxgk.errors import UnreadableWorkbook
from xxgk.figures import known_values
from xxgk.formats import Form, form_ids, load_form
from xxgk.published.assembling import failing
from xxgk.published.html import read_markup
from xxgk.published.read import read_blocks
from xxgk.records import Record
from xxgk.render.document import build_document
from xxgk.report import Report

from support.layouts import EVERY, HARMLESS, PAGE_ENDS, Mutation, page, several
from support.reports import report_of, sound_values
from support.sizes import FULL, spread

SEEDS = 8 if FULL else 1
FORMS = [load_form(form_id) for form_id in form_ids()]
READABLE = (*HARMLESS, *PAGE_ENDS)


class Outcome(Record):
    """How many numbers were read right, not read but said so, and wrong or missing without a word."""

    right: int
    said: int
    silent: tuple[str, ...]


def report(form: Form, random: Random) -> Report:
    return report_of(sound_values(random, form), form=form)


def outcome(form: Form, truth: Report, text: str) -> Outcome:
    found = read_blocks(read_markup(text))
    known = known_values(form, truth.figures)
    read = {trace.address: trace.figure.value for trace in found.traces}
    doubted = {address for doubt in found.doubts for address in doubt.addresses}
    sums = " ".join(failing(form, found))
    right = sum(read.get(address) == value for address, value in known.items())
    said = sum(address not in read and address in doubted for address in known)
    silent = [
        f"{address}: {known[address]} read as {read.get(address)} {sums[:80]}"
        for address in known
        if read.get(address) != known[address] and not (address not in read and address in doubted)
    ]
    return Outcome(right, said, tuple(silent))


def mutated(form: Form, seed: int, mutations: list[Mutation]) -> Outcome:
    random = Random(seed)
    truth = report(form, random)
    return outcome(form, truth, page(build_document(truth, form), random, mutations))


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
@pytest.mark.parametrize("name", EVERY)
def test_one_change_of_layout(form: Form, name: str) -> None:
    for seed in range(SEEDS):
        assert mutated(form, seed, [EVERY[name]]).silent == ()


@pytest.mark.parametrize("form", spread(FORMS, 1), ids=lambda form: form.id)
@pytest.mark.parametrize("name", READABLE)
def test_what_only_looks_different_is_read(form: Form, name: str) -> None:
    found = [mutated(form, seed, [EVERY[name]]) for seed in range(SEEDS)]
    right, said = (sum(getattr(one, key) for one in found) for key in ("right", "said"))
    assert right >= 0.97 * (right + said)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_several_changes_at_once(form: Form) -> None:
    for seed in range(SEEDS * 5):
        names = several(Random(f"several {seed}"), 3)
        assert mutated(form, seed, [EVERY[name] for name in names]).silent == (), names


def test_the_head_of_several_rows_is_not_taken_for_a_row_that_is_gone() -> None:
    form = load_form("2021")
    truth = report(form, Random(1))
    text = page(build_document(truth, form), Random(1), [])
    start = text.index("（一）予以公开")
    row = text.rindex("<td", 0, start), text.index("</tr>", start)
    text = (text[: row[0]] + text[row[1] :]).replace("1.属于国家秘密", "××")
    assert outcome(form, truth, text).silent == ()


def test_a_page_cut_anywhere_is_read_or_refused() -> None:
    form = load_form("2021")
    text = page(build_document(report(form, Random(2)), form), Random(2), [])
    for seed in range(SEEDS * 5):
        start, end = sorted(Random(seed).sample(range(len(text)), 2))
        with suppress(UnreadableWorkbook):
            found = read_blocks(read_markup(text[:start] + text[end:]))
            assert found.report.figures.keys() <= {trace.address for trace in found.traces}
