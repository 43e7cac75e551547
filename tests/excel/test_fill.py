"""What can be filled in: asked about in groups, written with the old values kept, and taken back."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from pathlib import Path

import openpyxl
from openpyxl import Workbook

from xxgk.excel import actions as do
from xxgk.excel.fill import fill_actions, groups
from xxgk.excel.undo import SHEET, undo_actions
from xxgk.records import replace
from xxgk.report import Figure, Report
from xxgk.workbook.reading.read import read_report

from support.loaded import loaded
from support.reports import FORM, report_of, with_figure, zero_report
from support.steps import opened, state_of, taken
from support.workbooks import LAYOUT, TEMPLATE, edited, filled

NEW, BEFORE, AFTER = "applications.new.person", "applications.carried_in.person", "applications.carried_out.person"
MADE = "disclosure.regulations.made"
REVIEW = "disputes.review.upheld"
Change = Callable[[Workbook], None]


def with_last_year(report: Report, **figures: int) -> Report:
    last = Report(form=FORM.id, year=2022, figures={AFTER: Figure(figures["carried_out"])})
    return replace(report, previous=last)


def typed(**texts: str) -> Change:
    """Return a change that types ``texts`` into cells of figures, by the constants of this module."""

    def write(workbook: Workbook) -> None:
        for name, text in texts.items():
            cell = LAYOUT.figures[globals()[name]]
            workbook[cell.sheet][cell.ref].value = text

    return write


def value_at(data: bytes, address: str) -> object:
    cell = LAYOUT.figures[address]
    return loaded(data)[cell.sheet][cell.ref].value


def asked_about(data: bytes, folder: Path) -> list[dict[str, object]]:
    return [{change.address: change.after for change in group.changes} for group in groups(opened(data, folder))]


BLANKS = filled(with_last_year(with_figure(with_figure(zero_report(), BEFORE, None), NEW, None), carried_out=7))
WRONG = edited(BLANKS, typed(MADE="　３ ", REVIEW="/"))


@cache
def all_filled() -> bytes:
    """Return ``WRONG`` after a fill in which everything was agreed to."""
    return taken(WRONG, fill_actions(state_of(WRONG)))


def test_each_kind_is_a_group_of_its_own_and_each_cell_in_one(tmp_path: Path) -> None:
    assert asked_about(WRONG, tmp_path) == [{MADE: 3}, {BEFORE: 7}, {NEW: 0}, {REVIEW: 0}]


def test_the_question_says_how_many_and_which(tmp_path: Path) -> None:
    questions = [action.text for action in fill_actions(opened(WRONG, tmp_path)) if action.op == do.ASK]
    assert "１" not in questions[0]
    assert "“３” → 3" in questions[0]
    assert "（空） → 7" in questions[1]
    for question, address in zip(questions, (MADE, BEFORE, NEW, REVIEW), strict=True):
        assert "有 1 格" in question
        assert " › ".join(FORM.labels_of(address)) in question


def test_a_long_list_is_cut_in_the_question(tmp_path: Path) -> None:
    report = zero_report()
    kept = {a: f for a, f in report.figures.items() if not a.startswith("disputes.") or a == REVIEW}
    (question,) = (
        action.text
        for action in fill_actions(opened(filled(replace(report, figures=kept)), tmp_path))
        if action.op == do.ASK
    )
    assert question.splitlines()[-1] == "……等 11 格"
    assert len(question.splitlines()) == 8


def test_only_what_was_agreed_to_is_written(tmp_path: Path) -> None:
    after = taken(WRONG, fill_actions(opened(WRONG, tmp_path)), lambda question: "空着，都填成 0" in question)
    values = [value_at(after, address) for address in (MADE, BEFORE, NEW, REVIEW)]
    assert values == ["　３ ", None, 0, "/"]


def test_everything_agreed_to_reads_as_numbers() -> None:
    after = read_report(all_filled())
    assert [after.figures[address] for address in (MADE, BEFORE, NEW, REVIEW)] == [
        Figure(3),
        Figure(7),
        Figure(0),
        Figure(0),
    ]


def test_an_empty_table_is_not_filled_with_zeros(tmp_path: Path) -> None:
    assert asked_about(TEMPLATE, tmp_path) == []
    assert [action.op for action in fill_actions(opened(TEMPLATE, tmp_path))] == [do.MESSAGE]


def test_formulas_and_totals_are_left_alone(tmp_path: Path) -> None:
    data = edited(filled(with_figure(zero_report(), NEW, None)), typed(NEW='=""'))
    assert asked_about(data, tmp_path) == []


def test_a_merged_away_cell_is_not_written(tmp_path: Path) -> None:
    cell = LAYOUT.figures[BEFORE]

    def merge(workbook: Workbook) -> None:
        above = LAYOUT.figures[NEW]
        workbook[cell.sheet].merge_cells(f"{above.ref}:{cell.ref}")

    assert asked_about(edited(filled(with_figure(zero_report(), BEFORE, None)), merge), tmp_path) == []


def test_a_table_with_damaged_labels_is_left_alone(tmp_path: Path) -> None:
    cell = LAYOUT.figures[NEW]

    def damage(workbook: Workbook) -> None:
        workbook[cell.sheet].cell(cell.row, 2).value = "什么"

    assert asked_about(edited(filled(with_figure(zero_report(), NEW, None)), damage), tmp_path) == []


# ------------------------------------------------------------------ undo


def test_undo_restores_texts_and_blanks_and_leaves_no_trace(tmp_path: Path) -> None:
    after = all_filled()
    assert loaded(after)[SHEET].sheet_state == "veryHidden"
    restored = taken(after, undo_actions(opened(after, tmp_path)))
    assert [value_at(restored, address) for address in (MADE, BEFORE, NEW, REVIEW)] == ["　３ ", None, None, "/"]
    assert SHEET not in loaded(restored).sheetnames
    assert read_report(restored) == read_report(WRONG)


def test_what_was_typed_since_stays_and_is_named(tmp_path: Path) -> None:
    after = edited(all_filled(), typed(NEW="5"))
    actions = undo_actions(opened(after, tmp_path))
    (told,) = (action.text for action in actions if action.op == do.MESSAGE)
    assert "已恢复 3 格" in told
    assert " › ".join(FORM.labels_of(NEW)) in told
    assert value_at(taken(after, actions), NEW) == "5"


def test_undo_takes_back_one_fill_after_the_other(tmp_path: Path) -> None:
    data = taken(WRONG, fill_actions(opened(WRONG, tmp_path)), lambda question: "文字" in question)
    data = taken(data, fill_actions(opened(data, tmp_path)))
    data = taken(data, undo_actions(opened(data, tmp_path)))
    assert [value_at(data, address) for address in (MADE, BEFORE, NEW, REVIEW)] == [3, None, None, "/"]
    data = taken(data, undo_actions(opened(data, tmp_path)))
    assert value_at(data, MADE) == "　３ "
    assert [action.op for action in undo_actions(opened(data, tmp_path))] == [do.MESSAGE]


def test_undo_follows_rows_that_have_moved(tmp_path: Path) -> None:
    after = taken(WRONG, fill_actions(opened(WRONG, tmp_path)), lambda question: "文字" in question)
    cell = LAYOUT.figures[MADE]
    moved = edited(after, lambda workbook: setattr(workbook[cell.sheet], "title", "表二改了名"))
    # openpyxl does not rename sheets in names and formulas: the reader finds the table by its labels.
    restored = openpyxl.load_workbook(io.BytesIO(taken(moved, undo_actions(opened(moved, tmp_path)))))
    assert restored["表二改了名"][cell.ref].value == "　３ "


def test_declined_questions_change_nothing(tmp_path: Path) -> None:
    after = taken(WRONG, fill_actions(opened(WRONG, tmp_path)), lambda _: False)
    assert loaded(after).sheetnames == loaded(WRONG).sheetnames
    assert read_report(after) == read_report(WRONG)


def test_a_report_of_random_numbers_needs_nothing(tmp_path: Path) -> None:
    from random import Random

    from support.reports import sound_values

    assert asked_about(filled(report_of(sound_values(Random(3)))), tmp_path) == []
