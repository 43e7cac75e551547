"""The workbook whose button was pressed, by way of xlwings: the only place that imports it."""

from __future__ import annotations

import atexit
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from xxgk.errors import UsageProblem
from xxgk.excel.opened import NEVER_SAVED, NOT_LOCAL, Home

TYPE_CHECKING = False
if TYPE_CHECKING:
    import xlwings

# xlwings imports these where they are installed, and we use none: pandas and numpy make its import four times as long.
# Its commercial part (xlwings.pro) has another licence and must not be loaded at all.
UNUSED = ("numpy", "pandas", "polars", "matplotlib", "plotly", "PIL", "xlwings.pro")


def calling_book(name: str, hwnd: str) -> xlwings.Book:
    """Return the open workbook ``name`` in the Excel whose active window is ``hwnd``.

    Raise ``UsageProblem``, with a sentence for staff, when there is none.
    """
    with _absent(UNUSED):
        import xlwings
    _leave_other_programs_alone()
    # Book.caller() cuts a name at "=", and may so find another workbook.
    if "=" not in name:
        return xlwings.Book.caller()
    apps = sorted(xlwings.apps, key=lambda app: str(app.hwnd) != hwnd)
    for app in apps:
        for book in app.books:
            if book.name.casefold() == name.casefold():
                return book
    raise UsageProblem(f"在 Excel 里找不到打开的“{name}”，请关闭后重新打开，再试一次。")


def home_of_book(book: xlwings.Book) -> Home:
    """Return where the open workbook is saved, on this computer or a share; OneDrive's folders are found."""
    import xlwings

    if not book.api.Path:
        return Home(None, NEVER_SAVED)
    try:
        path = Path(book.fullname)
    except xlwings.XlwingsError:
        return Home(None, NOT_LOCAL)
    return Home(path) if path.parent.is_dir() else Home(None, NOT_LOCAL)


@contextmanager
def _absent(modules: tuple[str, ...]) -> Iterator[None]:
    """Let imports behave as if ``modules`` were not installed, unless they are loaded already."""
    blocked = [module for module in modules if module not in sys.modules]
    sys.modules.update(dict.fromkeys(blocked))  # type: ignore[arg-type]  # None stands for a module that is not there
    try:
        yield
    finally:
        for module in blocked:
            del sys.modules[module]


def _leave_other_programs_alone() -> None:
    """Forbid what xlwings does on Windows when Python ends: it looks for Excels without a window, and ends them."""
    engine = sys.modules.get("xlwings._xlwindows")
    if engine is not None:
        atexit.unregister(engine.cleanup)
