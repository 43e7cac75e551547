"""A table of a form's file with its name, so that every complaint can say where it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

TYPE_CHECKING = False  # importing typing costs as much as loading the form
if TYPE_CHECKING:
    from typing import Any, TypeVar

    _T = TypeVar("_T")


class FormError(ValueError):
    """A form's file is malformed. The message names the file and the entry."""


class Entry:
    """A TOML table with its name. What is taken from it is of the type asked for, or ``FormError`` is raised."""

    def __init__(self, data: Mapping[str, Any], where: str) -> None:
        self.data, self.where, self.used = data, where, set[str]()

    def fail(self, message: str) -> FormError:
        """Return the complaint ``message`` about this entry."""
        return FormError(f"{self.where}: {message}")

    def get(self, key: str, kind: type[_T], default: _T | None = None) -> _T:
        """Return the value of ``key``, or ``default`` where it is missing and there is one."""
        self.used.add(key)
        if key not in self.data:
            if default is None:
                raise self.fail(f"{key} is missing")
            return default
        value = self.data[key]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.fail(f"{key} must be {kind.__name__}, not {value!r}")
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text."""
        return self.get(key, str, default)

    def texts(self, key: str, default: Sequence[str] | None = None) -> tuple[str, ...]:
        """Return a list of texts."""
        found = self.get(key, list, None if default is None else list(default))
        if not all(isinstance(item, str) for item in found):
            raise self.fail(f"{key} must be a list of texts")
        return tuple(found)

    def choice(self, key: str, choices: Sequence[str]) -> str:
        """Return a text that is one of ``choices``."""
        value = self.text(key)
        if value not in choices:
            raise self.fail(f"{key} must be one of {', '.join(choices)}, not {value!r}")
        return value

    def one(self, key: str) -> Entry:
        """Return the table that stands in this one."""
        return Entry(self.get(key, dict), f"{self.where}.{key}")

    def many(self, key: str, default: Sequence[Any] | None = None) -> list[Entry]:
        """Return the tables of a list, each called by its id or code."""
        found = self.get(key, list, None if default is None else list(default))
        entries = []
        for number, item in enumerate(found):
            if not isinstance(item, dict):
                raise self.fail(f"{key}[{number}] must be a table")
            name = item.get("id", item.get("code", number))
            entries.append(Entry(item, f"{self.where}.{key}[{name}]"))
        return entries

    def done(self) -> None:
        """Refuse what nobody has asked for."""
        unknown = sorted(set(self.data) - self.used)
        if unknown:
            raise self.fail(f"{unknown[0]} is not known here")
