"""A docx made into a PDF by the Word of this computer. The only module that knows Word's object model."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread

from xxgk.errors import FileProblem, UsageProblem

TIMEOUT = 120  # seconds; a first start of Word can take one minute
NO_BRIDGE = "缺少 pywin32，不能让 Word 转成 PDF：请重新安装 xxgk，或者用 Word 打开生成的 .docx，另存为 PDF。"
_OTHERWISE = "请用 Word 打开生成的 .docx，另存为 PDF，或者去掉 --pdf-from 再试。"
FAILED = f"Word 没有转成 PDF。{_OTHERWISE}"
LATE = f"等了 {TIMEOUT} 秒，Word 还没有转成 PDF，可能有对话框在等人回答。请打开一次 Word，答完、关闭它。{_OTHERWISE}"

# WdAlertLevel, MsoAutomationSecurity, WdSaveOptions, WdExportFormat, WdExportOptimizeFor, WdExportCreateBookmarks
NO_ALERTS, NO_MACROS, NOT_SAVED, AS_PDF, FOR_PRINT, BY_HEADINGS = 0, 3, 0, 17, 0, 1


def word_pdf(source: Path, seconds: float = TIMEOUT) -> bytes:
    """Return the PDF that Word makes, beside it, of the docx ``source``: a Word of its own that nobody sees.

    Raise ``UsageProblem`` when Word cannot be reached from here, ``FileProblem`` when it gives no PDF in ``seconds``.
    """
    try:
        import_module("win32com.client")
    except ImportError as error:
        raise UsageProblem(NO_BRIDGE) from error
    target = source.with_suffix(".pdf")
    said: SimpleQueue[Exception | None] = SimpleQueue()
    # A call of COM cannot be broken off. Once this process has ended, Word, which has no other user, ends too.
    Thread(target=lambda: said.put(_outcome(source, target)), daemon=True).start()
    try:
        failure = said.get(timeout=seconds)
    except Empty:
        raise FileProblem(LATE) from None
    try:
        if failure is not None:
            raise failure
        return target.read_bytes()
    except Exception as error:  # pywin32's, which is not there on every system
        raise FileProblem(FAILED) from error


def _outcome(source: Path, target: Path) -> Exception | None:
    com = import_module("pythoncom")
    com.CoInitialize()  # each thread must
    try:
        _convert(source, target)
    except Exception as error:  # pywin32's, which is not there on every system
        return error
    finally:
        com.CoUninitialize()
    return None


def _convert(source: Path, target: Path) -> None:
    # Dispatch would take the Word in which the user is writing, and Quit would close it.
    word = import_module("win32com.client").DispatchEx("Word.Application")
    try:
        word.Visible = False
        word.DisplayAlerts = NO_ALERTS
        word.AutomationSecurity = NO_MACROS
        document = word.Documents.Open(
            FileName=str(source), ConfirmConversions=False, ReadOnly=True, AddToRecentFiles=False
        )
        document.ExportAsFixedFormat(
            OutputFileName=str(target),
            ExportFormat=AS_PDF,
            OpenAfterExport=False,
            OptimizeFor=FOR_PRINT,
            IncludeDocProps=True,
            CreateBookmarks=BY_HEADINGS,
            DocStructureTags=True,
            UseISO19005_1=True,
        )
    finally:
        word.Quit(SaveChanges=NOT_SAVED)
