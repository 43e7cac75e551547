"""Defined names of the engine over LibreOffice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

if TYPE_CHECKING:
    from support.xlwings_lo import Book


class Names(base_classes.Names):
    api: Any = None

    def __init__(self, book: Book) -> None:
        self._book, self._names = book, book.document.NamedRanges

    def __call__(self, key: str | int) -> Name:
        found = self._names.getByIndex(key - 1) if isinstance(key, int) else self._names.getByName(key)
        return Name(self._book, found)

    def contains(self, key: str | int) -> bool:
        return 1 <= key <= len(self) if isinstance(key, int) else bool(self._names.hasByName(key))

    def __len__(self) -> int:
        return int(self._names.Count)

    def add(self, name: str, refers_to: str) -> Name:
        tokens = self._book.parser.parseFormula(refers_to.removeprefix("="), _first_cell())
        self._names.addNewByName(name, "$A$1", _first_cell(), 0)
        self._names.getByName(name).setTokens(tokens)
        return self(name)


class Name(base_classes.Name):
    api: Any = None

    def __init__(self, book: Book, name: Any) -> None:
        self._book, self._name = book, name

    @property
    def name(self) -> str:
        return str(self._name.Name)

    @property
    def refers_to(self) -> str:
        return "=" + str(self._book.parser.printFormula(self._name.getTokens(), _first_cell()))

    def delete(self) -> None:
        self._book.document.NamedRanges.removeByName(self.name)


def _first_cell() -> Any:
    import uno  # loaded by the office that runs

    return uno.createUnoStruct("com.sun.star.table.CellAddress")
