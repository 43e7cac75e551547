"""The formats by their names, and that they all say the same numbers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from xxgk.errors import FileProblem, UsageProblem
from xxgk.figures import known_values
from xxgk.jsonio import load_json
from xxgk.machine.programs import Program
from xxgk.published.read import read_published
from xxgk.render import pdf_office
from xxgk.render.document import build_document
from xxgk.render.outputs import NOT_STYLED, OUTPUTS, outputs_named
from xxgk.report import Report
from xxgk.reporting import checked_document, publish_document
from xxgk.suffixes import PUBLISHED

from support.published import written
from support.reports import FORM, city, example

READ_BACK = [name for name, (output, *_) in OUTPUTS.items() if output.ending in PUBLISHED]


@pytest.mark.parametrize("make", [example, city])
def test_every_format_has_the_same_numbers(tmp_path: Path, make: Callable[[], Report]) -> None:
    report = make()
    expected = known_values(FORM, report.figures)
    for kind in READ_BACK:
        path = tmp_path / f"report.{kind}"
        path.write_bytes(written(report, kind))
        found = read_published(path)
        assert {trace.address: trace.figure.value for trace in found.traces} == expected, kind
        assert found.report.narrative.keys() == report.narrative.keys() - {
            part for part, text in report.narrative.items() if not text
        }
    read, problems = load_json(written(report, "json").decode())
    assert problems == ()
    assert known_values(FORM, read.figures) == expected
    assert {"docx", "html", "pdf", "md", "txt"} == set(READ_BACK)


def test_names_are_taken_in_any_case_and_once() -> None:
    assert [output.ending for output in outputs_named("PDF, docx,pdf,picture")] == [
        ".pdf",
        ".docx",
        "（一图读懂）.svg",
        "（一图读懂）.png",
    ]


@pytest.mark.parametrize("words", ["", ",", "docx,doc", "图"])
def test_an_unknown_name_is_answered_with_the_list(words: str) -> None:
    with pytest.raises(UsageProblem, match=f"{'、'.join(OUTPUTS)}.*不认识“{words}”"):
        outputs_named(words)


def test_a_source_for_a_pdf_that_is_not_asked_for_is_refused() -> None:
    with pytest.raises(UsageProblem, match="--to pdf"):
        outputs_named("docx", "docx")


def test_files_carry_the_reports_title_and_an_ending_of_their_own(tmp_path: Path) -> None:
    names = ",".join(OUTPUTS)
    document = checked_document(example(), FORM, ())
    made = publish_document(document, tmp_path, "年报", outputs_named(names), None, lambda _: None)
    assert len({file.path for file in made}) == len(made) == len(list(tmp_path.iterdir()))
    assert all(file.path.name.startswith(document.title) for file in made)
    assert [file.path.suffix for file in made if file.notes] == [".pdf"]
    again = publish_document(document, tmp_path, "年报", outputs_named(names), None, lambda _: None)
    assert all(file.kept is None for file in again)


def test_the_json_file_is_what_is_published(tmp_path: Path) -> None:
    data = json.loads(written(city(), "json"))
    assert data["previous"] is None
    assert data["unit"] == city().unit


def test_a_pdf_says_that_it_takes_no_style() -> None:
    (output,) = outputs_named("pdf")
    document = build_document(example(), FORM)
    assert output.render(document, b"a style").notes == (*output.render(document, None).notes, NOT_STYLED)


# ------------------------------------------------------------------ by LibreOffice


def test_without_any_office_program_there_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_office, "find_libreoffice", lambda _: None)
    with pytest.raises(UsageProblem, match="没有 LibreOffice，也没有 Word"):
        pdf_office.office_pdf(b"")


@pytest.mark.parametrize("program", ["false", "true", "no-such-program"])
def test_a_libreoffice_that_gives_nothing_is_said(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    monkeypatch.setattr(pdf_office, "find_libreoffice", lambda _: Program(program, ""))
    with pytest.raises(FileProblem, match="没有转成 PDF"):
        pdf_office.office_pdf(b"")


def test_it_is_asked_with_a_profile_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    def office(command: list[str], **_: object) -> None:
        asked = SimpleNamespace(profile=command[1], folder=Path(command[-2]), source=Path(command[-1]))
        assert asked.profile.startswith(f"-env:UserInstallation={asked.folder.as_uri()}/")
        asked.source.with_suffix(".pdf").write_bytes(b"%PDF of " + asked.source.read_bytes())

    monkeypatch.setattr(pdf_office, "find_libreoffice", lambda _: Program("soffice", ""))
    monkeypatch.setattr(pdf_office.subprocess, "run", office)
    (output,) = outputs_named("pdf", "docx")
    made = output.render(build_document(example(), FORM), None)
    assert made.data.startswith(b"%PDF of PK")
    assert made.notes == (pdf_office.FROM_LIBREOFFICE,)
