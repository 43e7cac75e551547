"""PDF files from outside: limits, locks and damage are told in a sentence; a published one is read to its last cell."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from io import BytesIO

import playa
import pytest
from pypdf import PdfReader, PdfWriter

from xxgk.checks import check
from xxgk.errors import UnreadableWorkbook
from xxgk.figures import known_values
from xxgk.formats import load_form
from xxgk.jsonio import load_json
from xxgk.published import pdf, pdf_page
from xxgk.published.pdf import read_blocks
from xxgk.published.read import read_published

from support.corpus import CORPUS
from support.pdf_pages import drawn, pdf_file
from support.sizes import full_only

LETTERS = b"BT /F1 12 Tf 72 700 Td (Hello) Tj ET"
PICTURE = b"q 500 0 0 700 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q"


def encrypted(user: str, algorithm: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(drawn(LETTERS))))
    writer.encrypt(user, "owner", algorithm=algorithm)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        pytest.param(lambda: b"", pdf.BROKEN, id="nothing"),
        pytest.param(lambda: b"%PDF-1.7\n" + bytes(1000), pdf.BROKEN, id="no PDF"),
        pytest.param(lambda: drawn(b""), pdf.EMPTY, id="a blank page"),
        pytest.param(lambda: drawn(PICTURE, pages=3), pdf.SCANNED, id="a scan"),
        pytest.param(lambda: drawn(LETTERS, pages=10_000), pdf.TOO_MANY_PAGES, id="10,000 pages"),
        pytest.param(lambda: encrypted("secret", "RC4-128"), pdf.LOCKED, id="locked"),
        pytest.param(lambda: encrypted("secret", "AES-256"), pdf.LOCKED, id="locked by AES"),
    ],
)
def test_a_file_that_cannot_be_read_is_explained_in_one_sentence(made: Callable[[], bytes], reason: str) -> None:
    with pytest.raises(UnreadableWorkbook) as caught:
        read_blocks(made())
    assert str(caught.value) == reason


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_a_file_that_anyone_may_open_is_read_though_it_is_encrypted(algorithm: str) -> None:
    assert [block.text for block in read_blocks(encrypted("", algorithm))] == ["Hello"]


def test_a_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "SECONDS", 0.01)
    with pytest.raises(UnreadableWorkbook) as caught:
        read_blocks(drawn(LETTERS * 5_000))
    assert str(caught.value) == pdf.TOO_SLOW


@pytest.mark.parametrize("operators", [LETTERS, b"0 0 m 90 0 l S "], ids=["letters", "lines"])
def test_a_page_with_more_on_it_than_any_report_has_is_not_read(
    operators: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_page, "MOST", 1_000)
    document = playa.parse(drawn(operators * 1_001))
    with pytest.raises(UnreadableWorkbook) as caught:
        pdf_page.read_page(document.pages[0])
    assert str(caught.value) == pdf_page.TOO_MUCH


@full_only  # unpacks gigabytes
def test_a_stream_that_unpacks_to_gigabytes_is_not_read() -> None:
    packer = zlib.compressobj(9)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(4_000)) + packer.flush()
    with pytest.raises(UnreadableWorkbook) as caught:
        read_blocks(pdf_file(zlib.compress(bomb, 9), "/FlateDecode/FlateDecode"))
    assert str(caught.value) == pdf.TOO_MUCH


def test_turned_pages_are_read_as_they_are_seen() -> None:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(drawn(b"BT /F1 12 Tf 0 1 -1 0 300 100 Tm (Turned) Tj ET"))))
    writer.pages[0].rotate(90)
    out = BytesIO()
    writer.write(out)
    assert [block.text for block in read_blocks(out.getvalue())] == ["Turned"]


def test_a_number_cut_off_by_the_edge_of_the_page_is_not_taken_for_whole() -> None:
    [block] = read_blocks(drawn(b"BT /F1 12 Tf 575 700 Td (1234) Tj ET"))
    assert block.text == f"123{pdf_page.UNKNOWN}"


@pytest.mark.corpus
def test_a_published_report_is_read_with_every_cell_right_and_its_two_errors_found() -> None:
    truth, problems = load_json((CORPUS / "hongze-2023.json").read_text(encoding="utf-8"))
    assert not problems
    found = read_published(CORPUS / "hongze-2023.pdf")
    form = load_form(truth.form)
    read = {trace.address: trace.figure.value for trace in found.traces}
    expected = {address: figure.value for address, figure in truth.figures.items()}
    # The transcription leaves out totals that are right; the reader has all that is printed.
    assert {address: read.get(address) for address in expected} == expected
    assert known_values(form, found.report.figures) == known_values(form, truth.figures)
    assert (found.report.form, found.report.year) == (truth.form, truth.year)
    wrong = [(f.code, f.address) for f in check(found.report, form) if f.severity == "error" and f.code[0] == "A"]
    assert wrong == [("A104", "disputes.review.total"), ("A104", "disputes.suit_after_review.total")]
    assert [len(found.report.narrative[part]) for part in ("overview", "problems", "matters")] == [7, 1, 1]
