"""The formats of a finished report, by the word after ``--to``, which is the file's suffix too."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from xxgk.render.document import Document

# A renderer is imported when it is first asked for. The second argument is an office's own
# reference docx; formats that take no styles from Word leave it aside.
Output = Callable[[Document, bytes | None], bytes]


def _docx(document: Document, style: bytes | None) -> bytes:
    from xxgk.render.docx import to_docx

    return to_docx(document, style)


def _html(document: Document, _style: bytes | None) -> bytes:
    from xxgk.render.html import to_html

    return to_html(document).encode()


def _markdown(document: Document, _style: bytes | None) -> bytes:
    from xxgk.render.markdown import to_markdown

    return to_markdown(document).encode()


def _text(document: Document, _style: bytes | None) -> bytes:
    from xxgk.render.text import to_text

    # As the Notepad of old Windows versions wants it.
    return to_text(document).replace("\n", "\r\n").encode("utf-8-sig")


OUTPUTS: Mapping[str, Output] = {"docx": _docx, "html": _html, "md": _markdown, "txt": _text}
