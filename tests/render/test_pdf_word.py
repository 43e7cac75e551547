"""A PDF made by Word: what is asked of it, and that it always ends. Word is a stand-in; there is none here."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from xxgk.errors import FileProblem, UsageProblem
from xxgk.machine.programs import Program
from xxgk.render import pdf_office
from xxgk.render.document import build_document
from xxgk.render.outputs import outputs_named
from xxgk.render.pdf_word import AS_PDF, NO_ALERTS, NO_MACROS, word_pdf

from support.reports import FORM, example


class Word:
    """``Word.Application`` as far as it is used; ``export`` is what it does with the document and its target."""

    def __init__(self, export: Callable[[bytes, Path], None]) -> None:
        self.Documents = self
        self.export = export
        self.opened: dict[str, Any] = {}
        self.exported: dict[str, Any] = {}
        self.quits: list[int] = []

    def Open(self, **named: Any) -> Word:  # noqa: N802
        self.opened = named
        return self

    def ExportAsFixedFormat(self, **named: Any) -> None:  # noqa: N802
        self.exported = named
        self.export(Path(self.opened["FileName"]).read_bytes(), Path(named["OutputFileName"]))

    def Quit(self, SaveChanges: int) -> None:  # noqa: N802, N803
        self.quits.append(SaveChanges)


def as_pdf(docx: bytes, target: Path) -> None:
    target.write_bytes(b"%PDF of " + docx)


def refusing(_docx: bytes, _target: Path) -> None:
    raise RuntimeError("com_error")


def with_word(monkeypatch: pytest.MonkeyPatch, word: Word) -> list[str]:
    """Put ``word`` behind pywin32 and return what becomes of COM, in order."""
    log: list[str] = []

    def dispatch(name: str) -> Word:
        log.append(f"{name} {threading.current_thread() is threading.main_thread()}")
        return word

    com = SimpleNamespace(CoInitialize=lambda: log.append("begin"), CoUninitialize=lambda: log.append("end"))
    monkeypatch.setitem(sys.modules, "pythoncom", com)
    monkeypatch.setitem(sys.modules, "win32com", ModuleType("win32com"))
    monkeypatch.setitem(sys.modules, "win32com.client", SimpleNamespace(DispatchEx=dispatch))
    return log


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "report.docx"
    path.write_bytes(b"a docx")
    return path


def test_a_word_of_its_own_opens_read_only_and_is_closed(monkeypatch: pytest.MonkeyPatch, source: Path) -> None:
    word: Any = Word(as_pdf)
    log = with_word(monkeypatch, word)
    assert word_pdf(source) == b"%PDF of a docx"
    assert log == ["begin", "Word.Application False", "end"]
    assert (word.Visible, word.DisplayAlerts, word.AutomationSecurity) == (False, NO_ALERTS, NO_MACROS)
    assert word.opened["ReadOnly"]
    assert not word.opened["AddToRecentFiles"]
    assert word.exported["ExportFormat"] == AS_PDF
    # The stamp is among these.
    assert word.exported["IncludeDocProps"]
    assert word.quits == [0]


@pytest.mark.parametrize("export", [refusing, lambda _docx, _target: None])
def test_a_word_that_gives_nothing_is_said_and_closed(
    monkeypatch: pytest.MonkeyPatch, source: Path, export: Callable[[bytes, Path], None]
) -> None:
    word = Word(export)
    log = with_word(monkeypatch, word)
    with pytest.raises(FileProblem, match="Word 没有转成 PDF"):
        word_pdf(source)
    assert word.quits == [0]
    assert log[-1] == "end"


def test_a_word_that_waits_for_somebody_is_not_waited_for(monkeypatch: pytest.MonkeyPatch, source: Path) -> None:
    answered = threading.Event()
    with_word(monkeypatch, Word(lambda _docx, _target: bool(answered.wait(60)) or None))
    try:
        with pytest.raises(FileProblem, match="对话框"):
            word_pdf(source, seconds=0.05)
    finally:
        answered.set()


def test_without_pywin32_there_is_a_sentence(monkeypatch: pytest.MonkeyPatch, source: Path) -> None:
    monkeypatch.setitem(sys.modules, "win32com.client", None)
    with pytest.raises(UsageProblem, match="pywin32"):
        word_pdf(source)


def test_word_is_asked_where_there_is_no_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    with_word(monkeypatch, Word(as_pdf))
    monkeypatch.setattr(pdf_office, "find_libreoffice", lambda _: None)
    monkeypatch.setattr(pdf_office, "find_word", lambda _: Program("WINWORD.EXE", ""))
    (output,) = outputs_named("pdf", "docx")
    made = output.render(build_document(example(), FORM), None)
    assert made.data.startswith(b"%PDF of PK")
    assert made.notes == (pdf_office.FROM_WORD,)
