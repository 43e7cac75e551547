"""What a file gave comes back from text as it went in."""

from __future__ import annotations

import pickle
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xxgk.checks.finding import SEVERITIES, Finding
from xxgk.consolidate.cache_text import taken_of, text_of
from xxgk.consolidate.lean import every_address, figures_of
from xxgk.consolidate.model import Source, Taken
from xxgk.formats import form_ids, load_form

NUMBERS = st.one_of(
    st.integers(0, 70_000),
    st.integers(-(10**15), 10**15),
    st.decimals(-(10**8), 10**8, allow_nan=False, allow_infinity=False, places=6),
)
VALUES = st.dictionaries(st.sampled_from(every_address()), NUMBERS, max_size=20)
TEXTS = st.text(max_size=20)
DATES = st.none() | st.dates(date(2000, 1, 1), date(2100, 1, 1))
FINDINGS = st.builds(
    Finding,
    code=TEXTS,
    severity=st.sampled_from(SEVERITIES),
    address=TEXTS,
    sheet=TEXTS,
    cell=TEXTS,
    labels=st.lists(TEXTS, max_size=3).map(tuple),
    message=TEXTS,
    value=st.none() | NUMBERS | TEXTS,
    expected=st.none() | NUMBERS | TEXTS,
    difference=st.none() | NUMBERS,
    hint=TEXTS,
)
SOURCE = Source(Path("报来/和平镇.xlsx"), "和平镇.xlsx")


@given(
    st.builds(
        Taken,
        source=st.just(SOURCE),
        digest=TEXTS,
        modified=DATES,
        error=TEXTS,
        unit=TEXTS,
        level=TEXTS,
        year=st.none() | st.integers(2000, 2100),
        form=TEXTS,
        signed=DATES,
        values=VALUES,
        absent=st.frozensets(st.sampled_from(every_address()), max_size=5),
        wrong_totals=VALUES,
        last=VALUES,
        last_year=st.none() | st.integers(2000, 2100),
        last_form=TEXTS,
        findings=st.lists(FINDINGS, max_size=3).map(tuple),
    )
)
def test_what_a_file_gave_comes_back(taken: Taken) -> None:
    back = taken_of(text_of(taken), taken.source, taken.modified)
    assert back == taken
    assert {a: type(value) for a, value in back.values.items()} == {a: type(v) for a, v in taken.values.items()}


@given(VALUES)
def test_figures_are_a_mapping_of_what_is_known(values: dict[str, int | Decimal]) -> None:
    figures = pickle.loads(pickle.dumps(figures_of(values)))
    assert dict(figures) == values
    assert len(figures) == len(values)
    for address in every_address():
        assert (address in figures) == (address in values)
        assert figures.get(address) == values.get(address)
    with pytest.raises(KeyError):
        figures["applications.new.nobody"]


def test_every_figure_of_every_form_has_its_place() -> None:
    for form_id in form_ids():
        form = load_form(form_id)
        assert {address for table in form.tables.values() for address in table.addresses} <= set(every_address())
        assert {field.id for field in form.fields} <= set(every_address())
    assert len(set(every_address())) == len(every_address())


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"digest": 1}', "null"])
def test_other_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"no text of ours|Expecting|char 0"):
        taken_of(text, SOURCE, None)
