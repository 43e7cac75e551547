"""Which forms there are, and each one from its file: TOML, or what the wheel has of it already parsed."""

from __future__ import annotations

import functools
import marshal
import zlib
from collections.abc import Mapping
from pathlib import Path

from xxgk.formats.entries import Entry, FormError
from xxgk.formats.extending import ExtendingError, extended
from xxgk.formats.model import LAST_YEAR, Form
from xxgk.formats.parsing import parse_form

TYPE_CHECKING = False  # importing typing costs as much as loading the form
if TYPE_CHECKING:
    from typing import Any

FOLDER = Path(__file__).parent


def form_ids() -> tuple[str, ...]:
    """Return the ids of all forms that this version knows, oldest first."""
    return _ids(FOLDER)


@functools.cache
def _ids(folder: Path) -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in folder.iterdir() if path.suffix == ".toml"))


@functools.cache
def load_form(form_id: str) -> Form:
    """Return the form ``form_id``. Raise ``FormError`` when it is unknown or malformed."""
    return parse_form(_declared(form_id), _file(form_id).name)


def newest_form() -> Form:
    """Return the form that came into use last. Raise ``FormError`` when a form's file is malformed."""
    return load_form(_first_years()[-1][1])


def oldest_form() -> Form:
    """Return the form that came into use first. Raise ``FormError`` when a form's file is malformed."""
    return load_form(_first_years()[0][1])


def form_for_year(year: int) -> Form:
    """Return the form that reports of ``year`` use, the last to come into use by then.

    Raise ``FormError`` when every form is younger, or a form's file is malformed.
    """
    used = [form_id for since, form_id in _first_years() if since <= year]
    if not used:
        raise FormError(f"{year}: no form was in use")
    return load_form(used[-1])


def last_year(form: Form) -> int:
    """Return the last year whose reports use ``form``, the one before the next form; ``LAST_YEAR`` if there is none."""
    return min((since - 1 for since, _ in _first_years() if since > form.since), default=LAST_YEAR)


def _first_years() -> tuple[tuple[int, str], ...]:
    """Return the first year and the id of each form, oldest first; a form is not built for that."""
    return _years_in(FOLDER)


@functools.cache
def _years_in(folder: Path) -> tuple[tuple[int, str], ...]:
    files = {form_id: folder / f"{form_id}.toml" for form_id in _ids(folder)}
    years = ((Entry(data_of(path), path.name).get("since", int), form_id) for form_id, path in files.items())
    return tuple(sorted(years))


def _file(form_id: str) -> Path:
    if form_id not in form_ids():
        raise FormError(f"{form_id}: no such form")
    return FOLDER / f"{form_id}.toml"


def _declared(form_id: str, extending: tuple[str, ...] = ()) -> Mapping[str, Any]:
    """Return what the form's file declares, together with what the file has that it extends."""
    path = _file(form_id)
    entry = Entry(data_of(path), path.name)
    base_id = entry.text("extends", "")
    if not base_id:
        return entry.data
    extending += (form_id,)
    if base_id in extending:
        raise FormError(f"{path.name}: extends: {base_id!r} extends this form in turn")
    if base_id not in form_ids():
        raise FormError(f"{path.name}: extends: {base_id!r} is no form")
    own = {key: value for key, value in entry.data.items() if key not in ("extends", "without")}
    try:
        return extended(_declared(base_id, extending), own, entry.texts("without", ()))
    except ExtendingError as error:
        raise FormError(f"{path.name}: without: {base_id} has no {error}") from error


@functools.cache
def data_of(path: Path) -> Mapping[str, Any]:
    """Return what stands in a TOML file of ours, as the wheel has it parsed beside it where that is so."""
    source = path.read_bytes()
    return _prepared(path.with_suffix(".data"), source) or _parse(source, path.name)


def _prepared(path: Path, source: bytes) -> dict[str, Any] | None:
    """Return the data as the wheel carries it parsed, if it was made from ``source``; see hatch_build.py."""
    try:
        checksum, data = marshal.loads(path.read_bytes())
    except (OSError, EOFError, TypeError, ValueError):
        return None
    return data if checksum == zlib.crc32(source) else None


def _parse(source: bytes, name: str) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(source.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FormError(f"{name}: {error}") from error
