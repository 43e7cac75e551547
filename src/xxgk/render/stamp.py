"""What a report file says of its own making: of which figures, by which form and version, with which check result."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping

from xxgk import __version__
from xxgk.formats import Form
from xxgk.jsonio import to_data
from xxgk.records import Record
from xxgk.report import Report

TYPE_CHECKING = False
if TYPE_CHECKING:
    from xxgk.checks import Finding

_DIGEST, _FORM, _VERSION = "xxgk-sha256", "xxgk-form", "xxgk-version"
_ERRORS, _WARNINGS, _DRAFT = "xxgk-errors", "xxgk-warnings", "xxgk-draft"
_YES, _NO = "yes", "no"


class Stamp(Record):
    """``digest`` is the SHA-256 of the report's canonical JSON in hexadecimal, ``form`` the form's id.

    ``version`` is that of the program; ``errors`` and ``warnings`` count what the check found.
    """

    digest: str
    form: str
    version: str
    errors: int
    warnings: int
    draft: bool


def canonical_json(report: Report, form: Form) -> bytes:
    """Return ``report`` as docs/json.md has it, on one line, keys in order: equal reports give equal bytes."""
    data = to_data(report, form)
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8", "surrogatepass")


def stamp(report: Report, form: Form, findings: Iterable[Finding]) -> Stamp:
    """Return the stamp of ``report`` as typed, checked with ``findings``; with errors it can only be a draft."""
    # Here, since who only prints a document needs no checks.
    from xxgk.checks.finding import ERROR, WARNING

    severities = [finding.severity for finding in findings]
    errors = severities.count(ERROR)
    digest = hashlib.sha256(canonical_json(report, form)).hexdigest()
    return Stamp(digest, form.id, __version__, errors, severities.count(WARNING), draft=errors > 0)


def stamp_properties(stamp: Stamp) -> dict[str, str]:
    """Return ``stamp`` as named texts, as every format carries it."""
    return {
        _DIGEST: stamp.digest,
        _FORM: stamp.form,
        _VERSION: stamp.version,
        _ERRORS: str(stamp.errors),
        _WARNINGS: str(stamp.warnings),
        _DRAFT: _YES if stamp.draft else _NO,
    }


def stamp_keywords(stamp: Stamp) -> list[str]:
    """Return ``stamp`` as keywords, as a PDF carries it."""
    return [f"{name}={value}" for name, value in stamp_properties(stamp).items()]


def read_stamp(properties: Mapping[str, str]) -> Stamp | None:
    """Return the stamp among ``properties``, None where it is missing, incomplete or damaged."""
    try:
        return Stamp(
            digest=properties[_DIGEST],
            form=properties[_FORM],
            version=properties[_VERSION],
            errors=int(properties[_ERRORS]),
            warnings=int(properties[_WARNINGS]),
            draft=properties[_DRAFT] == _YES,
        )
    except (KeyError, ValueError):
        return None
