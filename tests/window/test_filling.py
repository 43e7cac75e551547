"""填充 in the window offers what the button offers, and writes only what was agreed to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from xxgk.figures import known_values
from xxgk.records import replace
from xxgk.report import Figure, Paragraph, Report
from xxgk.window import filling, work
from xxgk.window.work import Outcome
from xxgk.workbook.reading.read import read_workbook

from support.reports import FORM, with_figure, zero_report
from support.window_books import MENDED, NAME, UNMENDED
from support.workbooks import LAYOUT, edited, filled

BLANK, CARRIED, LAST = "applications.new.person", "applications.carried_in.person", "applications.carried_out.person"
SIGN, TOTAL = "disputes.review.upheld", "applications.new.total"


def quiet(_: str) -> None:
    return


def answered(path: Path, answers: Sequence[bool]) -> tuple[Outcome, list[str]]:
    """Return what comes of 填充 after these answers, and what was asked."""
    outcome, questions = filling.fill_book(path, quiet), []
    for answer in answers:
        assert outcome.question is not None
        questions.append("\n".join((outcome.question.text, *outcome.question.lines)))
        go_on = outcome.question.yes if answer else outcome.question.no
        assert go_on is not None
        outcome = go_on(quiet)
    assert outcome.question is None
    return outcome, questions


@pytest.fixture
def path(tmp_path: Path) -> Path:
    last = Report(form=FORM.id, year=2022, figures={LAST: Figure(7)})
    report = with_figure(with_figure(zero_report(), BLANK, None), CARRIED, None)
    report = replace(report, previous=last, narrative={**report.narrative, "problems": (Paragraph(UNMENDED),)})
    cell = LAYOUT.figures[SIGN]
    path = tmp_path / NAME
    path.write_bytes(edited(filled(report), lambda book: setattr(book[cell.sheet][cell.ref], "value", "/")))
    return path


def test_each_kind_is_asked_about_with_its_cells(path: Path) -> None:
    outcome, questions = answered(path, [True] * 4)
    for question, place in zip(questions[1:], (CARRIED, BLANK, SIGN), strict=True):
        cell = LAYOUT.figures[place]
        assert f"【{cell.sheet}】{cell.ref} {' › '.join(FORM.labels_of(place))}" in question
    assert "“/” → 0" in questions[3]
    report = read_workbook(path)
    assert [report.figures[address] for address in (BLANK, CARRIED, SIGN)] == [Figure(0), Figure(7), Figure(0)]
    assert report.narrative["problems"][0].text == MENDED
    assert known_values(FORM, report.figures)[TOTAL] == 0
    assert outcome.text.startswith("已改 4 处。")


def test_only_what_was_agreed_to_is_written_and_taken_back_at_once(path: Path) -> None:
    before, old = path.read_bytes(), read_workbook(path)
    outcome, _ = answered(path, [False, False, True, False])
    figures = {**old.figures, BLANK: Figure(0)}
    assert read_workbook(path) == replace(old, figures=figures)
    assert outcome.fill is not None
    work.undo_book(path, outcome.fill, quiet)
    assert path.read_bytes() == before


def test_where_nothing_was_agreed_to_nothing_is_written(path: Path) -> None:
    before = path.read_bytes()
    outcome, _ = answered(path, [False] * 4)
    assert (outcome.text, outcome.fill) == (filling.DECLINED, None)
    assert (path.read_bytes(), list(path.parent.iterdir())) == (before, [path])
