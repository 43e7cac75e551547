"""An xlwings engine over LibreOffice: code written for Excel runs against a real spreadsheet program.

Made from xlwings' open base classes alone (never ``xlwings.pro``). It has what ``xxgk.excel`` uses; where LibreOffice
is laxer than Excel (it writes into protected sheets without a word) the engine is as strict as Excel.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import xlwings
from xlwings import base_classes

from support.office import Office, properties
from support.xlwings_lo_com import AppApi, BookApi, ExcelError, SheetApi
from support.xlwings_lo_names import Names
from support.xlwings_lo_notes import Note
from support.xlwings_lo_range import Range

FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".xlsm": "Calc MS Excel 2007 VBA XML"}
HWND = 4711


class Engine:
    """The engine; xlwings asks it for the apps, and to clean values on their way in and out."""

    name, type = "libreoffice", "desktop"

    def __init__(self) -> None:
        self.apps = Apps()
        # Formulas as Excel writes them, by how LibreOffice does: it takes three questions to learn one.
        self.formulas: dict[str, str] = {}

    @staticmethod
    def prepare_xl_data_element(value: Any, _options: Any) -> Any:
        return "" if value is None else value

    @staticmethod
    def clean_value_data(data: Any, _dates: Any, empty_as: Any, numbers: Any, _errors: Any) -> Any:
        def cleaned(value: Any) -> Any:
            if value is None:
                return empty_as
            return numbers(value) if numbers is not None and isinstance(value, float) else value

        return [[cleaned(value) for value in row] for row in data]


class Apps(base_classes.Apps):
    def __init__(self) -> None:
        self._apps: list[App] = []

    def keys(self) -> list[int]:
        return [app.pid for app in self._apps]

    def take(self, office: Office) -> App:
        app = App(office)
        self._apps.insert(0, app)
        return app

    def drop(self, app: App) -> None:
        self._apps.remove(app)

    def __iter__(self) -> Iterator[App]:
        return iter(list(self._apps))

    def __len__(self) -> int:
        return len(self._apps)

    def __getitem__(self, pid: int) -> App:
        return next(app for app in self._apps if app.pid == pid)


class App(base_classes.App):
    """An office. ``alerts`` are the sentences shown, ``answers`` what is pressed, "yes" when there are no more."""

    # The base class has properties of these names.
    screen_updating = enable_events = display_alerts = visible = True
    calculation, status_bar, version, hwnd = "automatic", False, "16.0", HWND
    api: Any = None

    def __init__(self, office: Office) -> None:
        self.office = office
        self.api = AppApi(self)
        self.open_books: list[Book] = []
        self.alerts: list[str] = []
        self.answers: list[str] = []

    @property
    def engine(self) -> Engine:
        return ENGINE

    @property
    def pid(self) -> int:
        return self.office.process.pid

    @property
    def books(self) -> Books:
        return Books(self)

    @property
    def selection(self) -> Range | None:
        book = self.open_books[-1]
        selected = book.document.CurrentController.getSelection()
        return Range(Sheet(book, selected.Spreadsheet), selected)

    def activate(self, steal_focus: bool = False) -> None:
        """There is one office, and its window is hidden."""

    def alert(self, prompt: str, _title: str, buttons: str, _mode: str, _callback: None) -> str:
        self.alerts.append(prompt)
        if buttons == "ok":
            return "ok"
        return self.answers.pop(0) if self.answers else "yes"


class Books(base_classes.Books):
    def __init__(self, app: App) -> None:
        self.app = app

    @property
    def active(self) -> Book:
        return self.app.open_books[-1]

    def __call__(self, key: str | int) -> Book:
        if isinstance(key, int):
            return self.app.open_books[key - 1]
        for book in self.app.open_books:
            if book.name.lower() == key.lower():
                return book
        raise KeyError(key)

    def __len__(self) -> int:
        return len(self.app.open_books)

    def __iter__(self) -> Iterator[Book]:
        return iter(list(self.app.open_books))

    def open(self, fullname: str, *_more: Any) -> Book:
        return self._take(self.app.office.open(Path(fullname)))

    def add(self) -> Book:
        arguments = ("private:factory/scalc", "_blank", 0, properties(Hidden=True))
        return self._take(self.app.office.desktop.loadComponentFromURL(*arguments))

    def _take(self, document: Any) -> Book:
        book = Book(self.app, document)
        self.app.open_books.append(book)
        return book


class Book(base_classes.Book):
    app: Any = None  # the base class has a property of this name

    def __init__(self, app: App, document: Any) -> None:
        self.app, self.document = app, document
        self.api = BookApi(self)
        self.protections: dict[str, dict[str, bool]] = {}  # by sheet: what Protect was last told
        self.logical: dict[str, bool] = {}  # formulas: whether they give truth values
        self._formats: dict[int, tuple[str, int]] = {}

    api: Any = None

    @property
    def fullname(self) -> str:
        return unquote(urlsplit(self.document.URL).path) or self.document.Title

    @property
    def name(self) -> str:
        return Path(self.fullname).name

    @property
    def sheets(self) -> Sheets:
        return Sheets(self)

    @property
    def names(self) -> Names:
        return Names(self)

    def activate(self) -> None:
        self.app.open_books.remove(self)
        self.app.open_books.append(self)

    def close(self) -> None:
        self.app.open_books.remove(self)
        self.document.close(True)

    def save(self, path: str | None = None, password: str | None = None) -> None:
        """Store a copy: the tests look at files, and the open document keeps its name."""
        assert path is not None
        assert password is None
        arguments = properties(FilterName=FILTERS[Path(path).suffix])
        self.document.storeToURL(Path(path).as_uri(), arguments)

    def number_format(self, key: int) -> tuple[str, int]:
        """Return code and type of the number format that LibreOffice calls ``key``."""
        if key not in self._formats:
            found = self.document.NumberFormats.getByKey(key)
            self._formats[key] = str(found.FormatString), int(found.Type)
        return self._formats[key]

    @cached_property
    def parser(self) -> Any:
        """Return what reads and writes formulas as Excel does."""
        parser = self.document.createInstance("com.sun.star.sheet.FormulaParser")
        parser.CompileEnglish, parser.FormulaConvention = True, 3  # AddressConvention.XL_OOX
        return parser


class Sheets(base_classes.Sheets):
    def __init__(self, book: Book) -> None:
        self._book = book

    @property
    def _sheets(self) -> Any:
        return self._book.document.Sheets

    @property
    def active(self) -> Sheet:
        return Sheet(self._book, self._book.document.CurrentController.ActiveSheet)

    def __call__(self, key: str | int) -> Sheet:
        if isinstance(key, int):
            return Sheet(self._book, self._sheets.getByIndex(key - 1))
        if not self._sheets.hasByName(key):
            raise ExcelError(f"no sheet {key}")
        return Sheet(self._book, self._sheets.getByName(key))

    def __len__(self) -> int:
        return int(self._sheets.Count)

    def __iter__(self) -> Iterator[Sheet]:
        return (self(number + 1) for number in range(len(self)))

    def add(self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None) -> Sheet:
        assert name
        assert before is None
        self._sheets.insertNewByName(name, after.index if after else 0)
        added = self(name)
        added.activate()  # as Excel does
        return added


class Sheet(base_classes.Sheet):
    api: Any = None  # the base class has a property of this name

    def __init__(self, book: Book, sheet: Any) -> None:
        self._book, self.uno = book, sheet
        self.api = SheetApi(book, sheet)

    @property
    def book(self) -> Book:
        return self._book

    @property
    def name(self) -> str:
        return str(self.uno.Name)

    @name.setter
    def name(self, value: str) -> None:
        self.uno.Name = value

    @property
    def index(self) -> int:
        return int(self.uno.RangeAddress.Sheet) + 1

    @property
    def visible(self) -> int:
        return -1 if self.uno.IsVisible else 0

    @property
    def cells(self) -> Range:
        return Range(self, self.uno)

    @property
    def used_range(self) -> Range:
        cursor = self.uno.createCursor()
        cursor.gotoEndOfUsedArea(False)
        last = cursor.RangeAddress
        return self.range((1, 1), (last.EndRow + 1, last.EndColumn + 1))

    @property
    def notes(self) -> list[Note]:
        notes = self.uno.Annotations
        return [Note(self, notes.getByIndex(number).Position) for number in range(notes.Count)]

    def range(self, first: Any, last: Any = None) -> Range:
        if isinstance(first, Range):
            first, last = (first.row, first.column), (last.row, last.column) if last is not None else None
        if isinstance(first, str):
            return self._addressed(first)
        if len(first) == 4:  # row, column, and how many of each
            first, last = first[:2], (first[0] + first[2] - 1, first[1] + first[3] - 1)
        (top, left), (bottom, right) = first, last or first
        return Range(self, self.uno.getCellRangeByPosition(left - 1, top - 1, right - 1, bottom - 1))

    def _addressed(self, text: str) -> Range:
        """Return a range by its address, which may be several areas."""
        pieces = [self.uno.getCellRangeByName(piece.replace("$", "")) for piece in text.split(",")]
        if len(pieces) == 1:
            return Range(self, pieces[0])
        union = self._book.document.createInstance("com.sun.star.sheet.SheetCellRanges")
        for piece in pieces:
            union.addRangeAddress(piece.RangeAddress, False)
        return Range(self, union)

    def activate(self) -> None:
        self._book.document.CurrentController.setActiveSheet(self.uno)

    def delete(self) -> None:
        self._book.document.Sheets.removeByName(self.name)


ENGINE = Engine()


def start(office: Office) -> xlwings.App:
    """Make LibreOffice the program that xlwings works on, and return it as an app."""
    if ENGINE.name not in [engine.name for engine in xlwings.engines]:
        xlwings.engines.add(xlwings.Engine(impl=ENGINE))
    xlwings.engines[ENGINE.name].activate()
    return xlwings.App(impl=ENGINE.apps.take(office))


def stop(app: xlwings.App) -> None:
    """Forget the app; its office goes on."""
    ENGINE.apps.drop(app.impl)
