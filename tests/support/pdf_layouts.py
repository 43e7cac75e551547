"""Reports printed by Chromium in layouts drawn at random: borders, sizes, alignment, paper, where pages end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from random import Random

from xxgk.render.document import build_document
from xxgk.render.html import to_html
from xxgk.report import Report

from support.chromium import run_chromium
from support.reports import FORM

SHEET = "=====xxgk-{}====="  # alone on a page before each report: where the PDF is taken apart
BORDERS = {
    "all": "border: .75pt solid #000",
    "none": "border: 0",
    "rows": "border: 0; border-bottom: .5pt solid #333",
    "columns": "border: 0; border-left: .5pt solid #333",
    "dotted": "border: 1pt dotted #000",
    "dashed": "border: .5pt dashed #444",
    "double": "border: 2.25pt double #000",
    "thick": "border: 2pt solid #888",
    "apart": "border: .5pt solid #000",
    "shaded": "border: .5pt solid #ccc; background: #eef",
}
PAPERS = ("A4", "A4", "A4 landscape", "letter")


def styled(number: int, borders: str, random: Random) -> str:
    """Return the style of layout ``number``; all but the borders is drawn by ``random``."""
    pick = random.choice
    apart = "border-collapse: separate !important; border-spacing: 2pt" if borders == "apart" else ""
    frame = pick(("", "border: 1pt solid #000 !important")) if borders in ("rows", "none") else ""
    foot = pick(("", '@bottom-center { content: "- " counter(page) " -" }', '@top-left { content: "政府信息公开" }'))
    return f"""
    @page p{number} {{ size: {pick(PAPERS)}; margin: {pick((10, 18, 25))}mm {pick((12, 20, 28))}mm; {foot} }}
    .v{number} {{ page: p{number}; break-before: page;
      figure {{ break-inside: {pick(("auto", "avoid"))} !important; padding-top: {pick((0, 0, 20, 40, 90))}pt }}
      table {{ {frame}; {apart}; width: {pick((100, 100, 92, 85))}% !important;
        font-size: {pick((6.5, 7.5, 9, 10.5, 12))}pt !important; line-height: {pick((1.1, 1.3, 1.5, 2.0))} !important }}
      th, td {{ {BORDERS[borders]} !important; overflow-wrap: {pick(("normal",) * 9 + ("anywhere",))} !important;
        padding: {pick((1, 2.5, 4, 7))}pt {pick((1, 2.5, 5))}pt !important;
        vertical-align: {pick(("middle", "middle", "top", "bottom"))} !important }}
      td {{ text-align: {pick(("center", "center", "right", "left"))} !important;
        letter-spacing: {pick((0, 0, 0, 0, 0, 0, 0, 0.3, 1, 4))}pt }}
      th {{ text-align: {pick(("center", "center", "left"))} !important }}
      thead {{ display: {pick(("table-header-group", "table-row-group"))} !important }}
      tr {{ break-inside: {pick(("auto", "avoid"))} !important }}
      p {{ text-indent: {pick((2, 2, 0))}em !important; text-align: {pick(("justify", "left"))} !important;
        margin-bottom: {pick((0, 6))}pt !important; font-size: {pick((10.5, 12, 16))}pt !important }}
      {pick(("", "col { width: auto !important }"))}
      {pick(("", "th[rowspan='22'] { writing-mode: vertical-rl }"))}
    }}"""


def printed(folder: Path, reports: Sequence[Report], styles: Sequence[str]) -> list[bytes]:
    """Return each of ``reports`` as a PDF in the layout of its style; Chromium starts once."""
    from pypdf import PdfReader, PdfWriter

    pages = [to_html(build_document(report, FORM)) for report in reports]
    head = pages[0].partition("</head>")[0]
    sections = [
        f'<p style="break-before: page; text-indent: 0">{SHEET.format(number)}</p><section class="v{number}">'
        + re.sub(r".*<body>|</body>.*", "", page, flags=re.DOTALL)
        + "</section>"
        for number, page in enumerate(pages)
    ]
    source, made = folder / "layouts.html", folder / "layouts.pdf"
    source.write_text(
        f"{head}<style>{''.join(styles)}</style></head><body>{''.join(sections)}</body></html>", encoding="utf-8"
    )
    run_chromium(folder / "profile", "--no-pdf-header-footer", f"--print-to-pdf={made}", source.as_uri())
    writers: list[PdfWriter] = []
    for page in PdfReader(made).pages:
        if SHEET.format(len(writers)) in page.extract_text():
            writers.append(PdfWriter())
        else:
            writers[-1].add_page(page)
    return [_bytes(writer) for writer in writers]


def _bytes(writer: object) -> bytes:
    out = BytesIO()
    writer.write(out)  # type: ignore[attr-defined]
    return out.getvalue()
