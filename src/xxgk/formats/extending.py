"""A form that is declared by what it has other than another form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

TYPE_CHECKING = False  # importing typing costs as much as loading the form
if TYPE_CHECKING:
    from typing import Any

DOCUMENT = "{document}"


class ExtendingError(ValueError):
    """``without`` names something that the other form does not have."""


def extended(base: Mapping[str, Any], own: Mapping[str, Any], without: Sequence[str]) -> dict[str, Any]:
    """Return ``base`` less the entries that ``without`` names, with ``own`` laid over it.

    Tables are laid over each other key by key, lists of entries with an id (or code) entry by entry; what is new
    comes last. Anything else that stands in ``own`` is taken instead. ``without`` holds paths such as
    ``tables/applications/rows/other.unpaid``. Raise ``ExtendingError`` for a path that leads nowhere.
    """
    left: Any = base
    for path in without:
        left = _less(left, path.split("/"), path)
    laid: dict[str, Any] = _over(left, own)
    return laid


def with_document(value: Any, document: str) -> Any:
    """Return ``value`` with the circular's number in place of each ``{document}``, at any depth."""
    if isinstance(value, str):
        return value.replace(DOCUMENT, document)
    if isinstance(value, Mapping):
        return {key: with_document(inner, document) for key, inner in value.items()}
    return [with_document(inner, document) for inner in value] if isinstance(value, list) else value


def _name(entry: Any) -> Any:
    return entry.get("id", entry.get("code")) if isinstance(entry, Mapping) else None


def _less(value: Any, steps: Sequence[str], path: str) -> Any:
    """Return ``value`` without what ``steps`` lead to."""
    is_list = isinstance(value, list)
    entries = {_name(entry): entry for entry in value} if is_list else value
    if not isinstance(entries, Mapping) or steps[0] not in entries:
        raise ExtendingError(path)
    kept = {key: entry for key, entry in entries.items() if key != steps[0] or steps[1:]}
    if steps[1:]:
        kept[steps[0]] = _less(entries[steps[0]], steps[1:], path)
    return list(kept.values()) if is_list else kept


def _over(base: Any, own: Any) -> Any:
    """Return ``own`` laid over ``base``."""
    if isinstance(base, Mapping) and isinstance(own, Mapping):
        return {**base, **{key: _over(base[key], value) if key in base else value for key, value in own.items()}}
    if _is_named(base) and _is_named(own):
        laid = _over({_name(entry): entry for entry in base}, {_name(entry): entry for entry in own})
        return list(laid.values())
    return own


def _is_named(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(_name(entry) is not None for entry in value)
