"""Keys and buttons on real files, with a view that answers from a list and work done at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from xxgk.appearance import Appearance, appearance_beside
from xxgk.checking import check_file
from xxgk.checks import check
from xxgk.formats import load_form
from xxgk.narrative.words import words_beside
from xxgk.render.document import with_seal
from xxgk.render.docx import reference_docx, to_docx
from xxgk.reporting import checked_document
from xxgk.window import work
from xxgk.window.entries import (
    CHECK,
    CHOOSE,
    CLEAR,
    EDIT,
    FILL,
    FOLDER,
    MARK,
    OWN_STYLE,
    REPORT,
    SEAL,
    STYLE,
    UNDO,
)
from xxgk.window.memory import load_memory
from xxgk.window.presenter import STOPPING, Presenter
from xxgk.window.runner import outcome_of
from xxgk.window.state import FIRST, State, enabled
from xxgk.window.watch import Glance, glance
from xxgk.window.work import Outcome, Question, Work
from xxgk.workbook.reading.read import read_workbook

from support.reports import zero_report
from support.window_books import MENDED, faulty_report, mendable_report, written


class Desk:
    """View, hand and watch in one. ``answers`` are given to questions; ``held`` keeps the work from being done."""

    def __init__(self, folder: Path, *answers: bool, held: bool = False) -> None:
        self.answers, self.held = list(answers), held
        self.states: list[State] = []
        self.sentences: list[str] = []
        self.questions: list[Question] = []
        self.pieces: list[Work] = []
        self.watched: list[Path] = []
        self.file: Path | None = None
        self.stopped = 0
        self.memory = folder / "设置" / "window.json"
        self.presenter = Presenter(self, self, self.memory, self.watched.append)

    def show(self, state: State) -> None:
        self.states.append(state)

    def tell(self, text: str) -> None:
        self.sentences.append(text)

    def agreed(self, question: Question) -> bool:
        self.questions.append(question)
        return self.answers.pop(0)

    def ask_file(self, folder: Path | None) -> Path | None:
        return self.file

    def ask_style(self, folder: Path) -> Path | None:
        return self.file

    def start(self, work: Work) -> None:
        self.pieces.append(work)
        if not self.held:
            self.presenter.finished(outcome_of(work, self.presenter.told))

    def stop(self) -> None:
        self.stopped += 1

    @property
    def state(self) -> State:
        return self.presenter.state


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files and folders that were opened."""
    found: list[Path] = []
    monkeypatch.setattr(work, "open_path", found.append)
    return found


def test_a_no_may_lead_on(tmp_path: Path) -> None:
    desk = Desk(tmp_path, False)
    question = Question("改吗？", (), "改", lambda _: Outcome("改了"), lambda _: Outcome("没改"))
    desk.presenter.finished(Outcome("", question=question))
    assert (desk.questions, desk.state.status) == ([question], "没改")


def test_a_chosen_workbook_is_checked_watched_and_remembered(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    assert (desk.state.status, desk.presenter.recent) == (FIRST, ())
    desk.file = written(tmp_path, faulty_report())
    desk.presenter.do(CHOOSE)
    assert desk.state.findings == check_file(desk.file).findings
    assert desk.watched == [desk.file]
    assert Desk(tmp_path).presenter.recent == (desk.file,)


def test_no_choice_changes_nothing(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.presenter.do(CHOOSE)
    assert (desk.state, desk.states) == (State(), [])


def test_nothing_can_be_done_without_a_workbook(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    for name in (EDIT, FOLDER, CHECK, FILL, MARK, CLEAR, REPORT, UNDO):
        desk.presenter.do(name)
    assert desk.pieces == []


def test_other_files_are_refused_with_a_sentence(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.presenter.choose(tmp_path / "年报.docx")
    assert len(desk.sentences) == 1
    assert "年报.docx" in desk.sentences[0]
    assert desk.state == State()


def test_a_missing_workbook_is_told_and_the_window_lives_on(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.presenter.choose(tmp_path / "没有.xlsx")
    assert "没有.xlsx" in desk.sentences[0]
    assert (desk.state.findings, desk.state.busy) == (None, "")
    desk.presenter.choose(written(tmp_path, zero_report()))
    assert desk.state.findings == ()


def test_filling_and_undoing_also_in_another_session(tmp_path: Path) -> None:
    desk = Desk(tmp_path, True)
    path = written(tmp_path, mendable_report())
    before = path.read_bytes()
    desk.presenter.choose(path)
    desk.presenter.do(FILL)
    assert read_workbook(path).narrative["problems"][0].text == MENDED
    assert desk.state.findings == ()

    later = Desk(tmp_path)
    later.presenter.choose(path)
    later.presenter.do(UNDO)
    assert path.read_bytes() == before
    assert later.state.fill is None
    assert load_memory(later.memory).fills == ()
    later.presenter.do(UNDO)
    assert len(later.pieces) == 2


def test_filling_is_not_done_on_no(tmp_path: Path) -> None:
    desk = Desk(tmp_path, False)
    path = written(tmp_path, mendable_report())
    before = path.read_bytes()
    desk.presenter.choose(path)
    desk.presenter.do(FILL)
    assert path.read_bytes() == before
    assert desk.state.status == "没有改动。"
    assert desk.state.fill is None


def test_a_report_with_errors_is_a_draft_on_yes(tmp_path: Path, opened: list[Path]) -> None:
    desk = Desk(tmp_path, True, True)
    path = written(tmp_path, faulty_report())
    desk.presenter.choose(path)
    desk.presenter.do(REPORT)
    assert [question.caption for question in desk.questions] == ["生成草稿", "打开"]
    (docx,) = tmp_path.glob("*草稿*.docx")
    assert opened == [docx]


def test_a_report_is_refused_on_no(tmp_path: Path, opened: list[Path]) -> None:
    desk = Desk(tmp_path, False)
    path = written(tmp_path, faulty_report())
    desk.presenter.choose(path)
    desk.presenter.do(REPORT)
    assert list(tmp_path.glob("*.docx")) == opened == []
    assert desk.state.status == "还有错误，没有生成报告。"


def test_seal_and_style_are_kept_beside_the_workbook_and_used(tmp_path: Path) -> None:
    path = written(tmp_path, zero_report())
    desk = Desk(tmp_path, False)
    desk.presenter.choose(path)
    assert OWN_STYLE not in enabled(desk.state)
    desk.presenter.do(SEAL)
    desk.file = tmp_path / "样式.docx"
    desk.file.write_bytes(reference_docx())
    desk.presenter.do(STYLE)
    kept = Appearance(sealed=True, style=desk.file)
    assert desk.state.look == appearance_beside(path) == kept
    # Another session, and the report itself.
    again = Desk(tmp_path, False)
    again.presenter.choose(path)
    assert again.state.look == kept
    again.presenter.do(REPORT)
    (report,) = tmp_path.glob("*报告.docx")
    assert report.read_bytes() == sealed_docx(path, desk.file)
    again.presenter.do(OWN_STYLE)
    again.presenter.do(SEAL)
    assert again.state.look == appearance_beside(path) == Appearance()


def test_a_style_that_is_none_is_refused_and_not_kept(tmp_path: Path) -> None:
    path = written(tmp_path, zero_report())
    desk = Desk(tmp_path)
    desk.presenter.choose(path)
    desk.presenter.do(STYLE)
    assert not desk.sentences
    desk.file = path
    desk.presenter.do(STYLE)
    assert "样式文件" in desk.sentences[0]
    assert desk.state.look == appearance_beside(path) == Appearance()


def sealed_docx(path: Path, style: Path) -> bytes:
    report = read_workbook(path)
    form = load_form(report.form)
    document = checked_document(report, form, check(report, form, words_beside(path)))
    return to_docx(with_seal(document), style.read_bytes())


def test_folder_and_workbook_are_opened(tmp_path: Path, opened: list[Path]) -> None:
    desk = Desk(tmp_path)
    path = written(tmp_path, zero_report())
    desk.presenter.choose(path)
    desk.presenter.do(FOLDER)
    desk.presenter.do(EDIT)
    assert opened == [tmp_path, path]


def test_a_fault_becomes_a_sentence_and_the_window_lives_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opened: list[Path]
) -> None:
    desk = Desk(tmp_path)
    path = written(tmp_path, faulty_report())
    desk.presenter.choose(path)

    def fault(*_: object) -> None:
        raise ZeroDivisionError("bad")

    with monkeypatch.context() as patched:
        patched.setattr(work, "read_workbook_bytes", fault)
        desk.presenter.do(MARK)
    (sentence,) = desk.sentences
    assert "Traceback" not in sentence
    log = Path(sentence.rpartition("：")[2])
    assert "ZeroDivisionError: bad" in log.read_text(encoding="utf-8")
    log.unlink()
    desk.presenter.do(MARK)
    assert desk.state.status.startswith("错误")
    assert opened == []


def test_one_thing_at_a_time_and_it_can_be_stopped(tmp_path: Path) -> None:
    desk = Desk(tmp_path, held=True)
    path = written(tmp_path, faulty_report())
    desk.presenter.choose(path)
    for name in (CHECK, REPORT, CHOOSE):
        desk.presenter.do(name)
    desk.presenter.choose(tmp_path / "另一个.xlsx")
    assert (len(desk.pieces), desk.state.path) == (1, path)
    desk.presenter.told("第 1 步")
    assert desk.state.status == "第 1 步"
    desk.presenter.stop()
    desk.presenter.told("第 2 步")
    assert (desk.stopped, desk.state.status) == (1, STOPPING)
    desk.presenter.finished(Outcome("已停止"))
    desk.presenter.stop()
    desk.presenter.told("太晚了")
    assert (desk.stopped, desk.state.status, desk.state.busy) == (1, "已停止", "")


def test_a_look_is_shown_where_it_is_news(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    path = written(tmp_path, faulty_report())
    desk.presenter.choose(path)
    shown = len(desk.states)
    desk.presenter.glanced(path, glance(path))
    assert len(desk.states) == shown
    desk.presenter.glanced(path, Glance((1, 1)))
    desk.presenter.limit("error")
    assert len(desk.states) == shown + 2
    assert desk.state.shown == "error"
