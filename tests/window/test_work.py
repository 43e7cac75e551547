"""Each verb on a real file: what it says, what it writes, and what it leaves alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from xxgk.checking import check_file
from xxgk.errors import FileProblem, UnreadableWorkbook
from xxgk.files import BACKUPS
from xxgk.output.marks import mark
from xxgk.window import filling, work
from xxgk.window.runner import outcome_of
from xxgk.window.watch import stamp_of
from xxgk.window.work import BookWork, Outcome
from xxgk.workbook.reading.read import read_workbook

from support.reports import zero_report
from support.window_books import MENDED, UNMENDED, faulty_report, mendable_report, written

STOPPED = "停了"


def quiet(_: str) -> None:
    return


def after_yes(outcome: Outcome) -> Outcome:
    assert outcome.question is not None
    return outcome.question.yes(quiet)


def backups(folder: Path) -> list[Path]:
    return sorted((folder / BACKUPS).glob("*")) if (folder / BACKUPS).exists() else []


def test_checking_finds_what_the_command_finds_and_writes_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, faulty_report())
    before = path.read_bytes()
    outcome = work.check_book(path, quiet)
    assert outcome.checked == work.Checked(check_file(path).findings, stamp_of(path))
    assert outcome.text.startswith("错误 ")
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (before, [path])


def test_checking_a_sound_workbook_says_so(tmp_path: Path) -> None:
    outcome = work.check_book(written(tmp_path, zero_report()), quiet)
    assert outcome.text == work.CLEAN
    assert outcome.checked is not None
    assert outcome.checked.findings == ()


def test_what_is_no_workbook_is_refused_with_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "年报.xlsx"
    path.write_text("不是工作簿")
    outcome = work.check_book(path, quiet)
    assert (outcome.refused, outcome.checked) == (True, None)
    assert str(path) in outcome.text
    with pytest.raises(UnreadableWorkbook, match="年报"):
        work.mark_book(path, quiet)


def test_filling_asks_first_and_is_taken_back_byte_for_byte(tmp_path: Path) -> None:
    path = written(tmp_path, mendable_report())
    before = path.read_bytes()
    asked = filling.fill_book(path, quiet)
    assert asked.question is not None
    assert len(asked.question.lines) == 1
    assert (path.read_bytes(), backups(tmp_path)) == (before, [])

    done = after_yes(asked)
    assert done.fill is not None
    assert read_workbook(path).narrative["problems"][0].text == MENDED
    assert [kept.read_bytes() for kept in backups(tmp_path)] == [before]
    assert done.checked == work.Checked(check_file(path).findings, stamp_of(path))

    undone = work.undo_book(path, done.fill, quiet)
    assert undone.undone
    assert path.read_bytes() == before
    assert undone.checked == work.Checked(check_file(path).findings, stamp_of(path))


def test_filling_finds_nothing_to_do(tmp_path: Path) -> None:
    outcome = filling.fill_book(written(tmp_path, zero_report()), quiet)
    assert (outcome.question, outcome.refused) == (None, False)
    assert "没有改动" in outcome.text


def test_a_workbook_that_was_changed_since_is_not_restored(tmp_path: Path) -> None:
    path = written(tmp_path, mendable_report())
    fill = after_yes(filling.fill_book(path, quiet)).fill
    assert fill is not None
    written(tmp_path, faulty_report())
    changed = path.read_bytes()
    with pytest.raises(FileProblem, match=fill.backup):
        work.undo_book(path, fill, quiet)
    assert path.read_bytes() == changed


def test_a_backup_that_is_gone_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, mendable_report())
    fill = after_yes(filling.fill_book(path, quiet)).fill
    assert fill is not None
    after = path.read_bytes()
    Path(fill.backup).unlink()
    with pytest.raises(UnreadableWorkbook, match=fill.backup):
        work.undo_book(path, fill, quiet)
    assert path.read_bytes() == after


def test_a_change_between_question_and_answer_is_not_overwritten(tmp_path: Path) -> None:
    path = written(tmp_path, mendable_report())
    asked = filling.fill_book(path, quiet)
    written(tmp_path, faulty_report())
    changed = path.read_bytes()
    with pytest.raises(FileProblem, match="改过"):
        after_yes(asked)
    assert path.read_bytes() == changed


def test_marks_come_and_go(tmp_path: Path) -> None:
    path = written(tmp_path, faulty_report())
    findings = check_file(path).findings
    marked = work.mark_book(path, quiet)
    assert marked.checked == work.Checked(findings, stamp_of(path))
    assert check_file(path).findings == findings
    assert "不用改动" in work.mark_book(path, quiet).text
    cleared = work.clear_book(path, quiet)
    assert cleared.checked == work.Checked(findings, stamp_of(path))
    assert work.clear_book(path, quiet).text.startswith("没有标记")
    assert len(backups(tmp_path)) == 2


def test_marking_a_workbook_that_was_mended_takes_the_marks_out(tmp_path: Path) -> None:
    path = written(tmp_path, mendable_report())
    work.mark_book(path, quiet)
    after_yes(filling.fill_book(path, quiet))
    outcome = work.mark_book(path, quiet)
    assert outcome.text.startswith(f"{work.CLEAN}原来的标记已去掉。")


@pytest.mark.parametrize("verb", [filling.fill_book, work.mark_book], ids=["fill", "mark"])
def test_a_workbook_that_is_open_elsewhere_is_not_changed(verb: work.BookWork, tmp_path: Path) -> None:
    path = written(tmp_path, mendable_report())
    before = path.read_bytes()
    lock = path.with_name(f"~${path.name}")
    lock.write_bytes(b"")
    with pytest.raises(FileProblem, match="关闭"):
        verb(path, quiet)
    assert (path.read_bytes(), backups(tmp_path)) == (before, [])
    assert work.check_book(path, quiet).checked is not None
    lock.unlink()
    verb(path, quiet)


def test_a_sound_report_is_written_beside_the_workbook(tmp_path: Path) -> None:
    path = written(tmp_path, zero_report())
    before = path.read_bytes()
    outcome = work.report_book(path, quiet)
    made = sorted(set(tmp_path.iterdir()) - {path})
    assert [file.suffix for file in made] == [".docx", ".html"]
    assert all(file.name in outcome.text and "草稿" not in file.name for file in made)
    assert path.read_bytes() == before


def test_errors_make_a_draft_only_and_only_on_yes(tmp_path: Path) -> None:
    path = written(tmp_path, faulty_report())
    asked = work.report_book(path, quiet)
    assert list(tmp_path.iterdir()) == [path]
    assert asked.checked is not None
    assert asked.checked.findings == check_file(path).findings
    after_yes(asked)
    made = set(tmp_path.iterdir()) - {path}
    assert len(made) == 2
    assert all("草稿" in file.name for file in made)


def test_a_draft_of_what_is_sound_by_now_is_none(tmp_path: Path) -> None:
    path = written(tmp_path, faulty_report())
    asked = work.report_book(path, quiet)
    written(tmp_path, zero_report())
    after_yes(asked)
    assert not any("草稿" in file.name for file in tmp_path.iterdir())


@pytest.mark.parametrize(
    "verb", [work.check_book, filling.fill_book, work.mark_book, work.clear_book, work.report_book]
)
def test_work_that_is_stopped_writes_nothing(verb: BookWork, tmp_path: Path) -> None:
    """At whichever step it is stopped."""
    path = written(tmp_path, mendable_report())
    if verb is work.clear_book:
        path.write_bytes(mark(path.read_bytes(), check_file(path).findings))
    before = path.read_bytes()
    steps: list[str] = []
    stopped = Outcome("")
    for last in range(9):
        steps.clear()
        stopped = outcome_of(lambda tell: verb(path, tell), _stops_after(last, steps))
        if stopped.text != STOPPED:
            break
        assert (path.read_bytes(), list(tmp_path.iterdir())) == (before, [path])
    assert steps
    assert not stopped.refused


def _stops_after(last: int, steps: list[str]) -> work.Tell:
    def tell(text: str) -> None:
        if len(steps) == last:
            raise work.Stopped(STOPPED)
        steps.append(text)

    return tell


def test_the_unmended_text_is_a_finding(tmp_path: Path) -> None:
    """The samples are what the tests above take them for."""
    path = written(tmp_path, mendable_report())
    assert [finding.code for finding in check_file(path).findings] == ["W104"]
    assert UNMENDED != MENDED
