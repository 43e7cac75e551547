"""Published reports for tests: files of every kind that say the same."""

from __future__ import annotations

import io
from zipfile import ZipFile

from xxgk.figures import known_values
from xxgk.formats import Form, load_form
from xxgk.published.found import Found
from xxgk.records import replace
from xxgk.render.document import build_document
from xxgk.render.outputs import OUTPUTS
from xxgk.report import Number, Report
from xxgk.wording import short_name, signature, title

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def written(report: Report, kind: str) -> bytes:
    """Return ``report`` published as ``kind`` (see ``OUTPUTS``)."""
    (output,) = OUTPUTS[kind]
    return output.render(build_document(report, load_form(report.form)), None).data


def as_printed(report: Report) -> Report:
    """Return ``report`` with the texts that it is printed with, whose edges nobody sees, and without last year's."""
    form = load_form(report.form)
    parts = {
        part: tuple(replace(paragraph, text=paragraph.text.strip()) for paragraph in text)
        for part, text in report.narrative.items()
        if text
    }
    texts = {"title": title(form, report), "short_name": short_name(form, report), "signature": signature(report)}
    return replace(report, **texts, narrative=parts, previous=None, waivers=(), explanations=())


def values_read(found: Found) -> dict[str, Number | None]:
    """Return the numbers that were read, by address."""
    return {trace.address: trace.figure.value for trace in found.traces}


def values_of(form: Form, report: Report) -> dict[str, Number]:
    """Return the numbers that ``report`` prints, totals included."""
    return known_values(form, report.figures)


def word_file(body: str, **parts: str) -> bytes:
    """Return a Word file with ``body`` as its text, and further parts of folder ``word`` by their names."""
    out = io.BytesIO()
    with ZipFile(out, "w") as package:
        package.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
        for name, text in parts.items():
            package.writestr(f"word/{name}.xml", text)
    return out.getvalue()


def paragraph(text: str, properties: str = "") -> str:
    """Return a paragraph of a Word file."""
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
