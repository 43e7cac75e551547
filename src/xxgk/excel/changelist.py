"""Files between the macro and Python: one record a line, ASCII alone, since VBA knows no UTF-8."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from xxgk.excel.actions import Action

NAMED = {"\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
NAMES = {written: character for character, written in NAMED.items()}
ESCAPE = r"\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[\\ntr])"


def escape(text: str) -> str:
    """Return ``text`` as one line of printable ASCII: ``\\n``, ``\\t``, ``\\\\``, ``\\uXXXX``, ``\\UXXXXXXXX``."""
    return re.sub(r"[^ -\[\]-~]", lambda found: _escaped(found[0]), text)


def unescape(text: str) -> str:
    """Return what ``escape`` was given. Halves of a pair, as VBA writes them, become the character they stand for."""
    whole = re.sub(ESCAPE, lambda found: _character(found[0]), text)
    return whole.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def change_list(actions: Iterable[Action]) -> str:
    """Return the list of changes: ``op TAB sheet TAB cell TAB text`` a line, and how many, so that a cut one shows."""
    lines = ["\t".join((one.op, escape(one.sheet), one.cell, escape(one.text))) for one in actions]
    return "\n".join((*lines, f"end {len(lines)}")) + "\n"


def read_job(text: str) -> dict[str, str]:
    """Return the fields of a job, lines of ``key=value``."""
    pairs = (line.partition("=") for line in text.splitlines())
    return {key.strip(): unescape(value) for key, _, value in pairs}


def put(path: Path, text: str) -> None:
    """Write a file that appears whole: aside first, then renamed."""
    aside = path.with_suffix(".part")
    aside.write_text(text, encoding="ascii", newline="\n")
    aside.replace(path)


def _escaped(character: str) -> str:
    code = ord(character)
    return NAMED.get(character) or (f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}")


def _character(written: str) -> str:
    return NAMES.get(written) or chr(int(written[2:], 16))
