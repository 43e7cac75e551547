"""The formats of a finished report, by the word after ``--to``."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from xxgk.errors import UsageProblem
from xxgk.records import Record, replace
from xxgk.render.document import Document
from xxgk.render.stamp import stamp_keywords

PDF, DOCX = "pdf", "docx"
NOT_STYLED = "样式文件只用于 Word 文件；PDF 也要照它排版，请加 --pdf-from docx（要有 LibreOffice 或 Word）。"


class Rendered(Record):
    """What a file holds, and what staff should know of it, a sentence each."""

    data: bytes
    notes: tuple[str, ...] = ()


class Output(Record):
    """A file that a report can become. ``ending`` follows the report's title in its name.

    ``render`` takes an office's own reference docx besides; formats without styles from Word leave it aside.
    """

    ending: str
    render: Callable[[Document, bytes | None], Rendered]


def outputs_named(words: str, pdf_from: str = "") -> tuple[Output, ...]:
    """Return the files that ``words``, names with commas between, ask for; ``pdf_from`` docx makes the PDF of that.

    Raise ``UsageProblem`` for a name that is not in ``OUTPUTS``.
    """
    names = tuple(dict.fromkeys(name.strip().lower() for name in words.split(",") if name.strip()))
    if not names or any(name not in OUTPUTS for name in names):
        raise UsageProblem(f"--to 后面可以写 {'、'.join(OUTPUTS)}，用逗号隔开；不认识“{words}”。")
    if pdf_from and PDF not in names:
        raise UsageProblem("--pdf-from 是说 PDF 怎样生成的，要与 --to pdf 一起用。")
    known = {**OUTPUTS, PDF: _PDF_FROM_DOCX} if pdf_from else OUTPUTS
    return tuple(output for name in names for output in known[name])


# A renderer is imported when it is first asked for.


def _docx(document: Document, style: bytes | None) -> Rendered:
    from xxgk.render.docx import to_docx

    return Rendered(to_docx(document, style))


def _html(document: Document, _style: bytes | None) -> Rendered:
    from xxgk.render.html import to_html

    return Rendered(to_html(document).encode())


def _fragment(document: Document, _style: bytes | None) -> Rendered:
    from xxgk.render.fragment import to_fragment

    return Rendered(to_fragment(document).encode())


def _markdown(document: Document, _style: bytes | None) -> Rendered:
    from xxgk.render.markdown import to_markdown

    return Rendered(to_markdown(document).encode())


def _text(document: Document, _style: bytes | None) -> Rendered:
    from xxgk.render.text import to_text

    # As the Notepad of old Windows versions wants it.
    return Rendered(to_text(document).replace("\n", "\r\n").encode("utf-8-sig"))


def _json(document: Document, _style: bytes | None) -> Rendered:
    return Rendered(document.data.encode())


def _pdf(document: Document, style: bytes | None) -> Rendered:
    from xxgk.render.pdf import to_pdf

    made = to_pdf(document)
    return Rendered(made.data, made.notes if style is None else (*made.notes, NOT_STYLED))


def _pdf_from_docx(document: Document, style: bytes | None) -> Rendered:
    from xxgk.render.docx import to_docx
    from xxgk.render.pdf_office import office_pdf

    # Of what a docx says of itself, programs carry only the usual properties over into a PDF.
    keywords = ", ".join(stamp_keywords(document.stamp)) if document.stamp else ""
    marked = replace(document, metadata=replace(document.metadata, keywords=keywords))
    made = office_pdf(to_docx(marked, style))
    return Rendered(made.data, (made.note,))


def _svg(document: Document, _style: bytes | None) -> Rendered:
    from xxgk.render.picture import to_svg

    return Rendered(to_svg(document))


def _png(document: Document, _style: bytes | None) -> Rendered:
    from xxgk.render.picture import to_png

    return Rendered(to_png(document))


_PDF_FROM_DOCX = (Output(".pdf", _pdf_from_docx),)
OUTPUTS: Mapping[str, tuple[Output, ...]] = {
    DOCX: (Output(".docx", _docx),),
    "html": (Output(".html", _html),),
    "html-fragment": (Output("（网页片段）.html", _fragment),),
    PDF: (Output(".pdf", _pdf),),
    "md": (Output(".md", _markdown),),
    "txt": (Output(".txt", _text),),
    "json": (Output(".json", _json),),
    "picture": (Output("（一图读懂）.svg", _svg), Output("（一图读懂）.png", _png)),
}
