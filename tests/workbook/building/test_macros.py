"""The .xlsm: its macros, buttons and ribbon fit together, and nothing else differs from the .xlsx."""

from __future__ import annotations

import io
import itertools
import posixpath
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from lxml import etree

from xxgk.cli import main
from xxgk.excel.verbs import VERBS
from xxgk.output.marks import mark, unmark
from xxgk.output.marks.looks import RULE
from xxgk.output.marks.mark import NAME
from xxgk.output.marks.table import COLUMNS, PLACE
from xxgk.suffixes import XLSM, XLSX
from xxgk.workbook.building.buttons import buttons_vml
from xxgk.workbook.building.macros import (
    BUTTONS,
    PROJECT,
    RIBBON,
    WITH_MACROS,
    compile_macros,
    project_of,
    read_sources,
    with_macros,
)
from xxgk.workbook.building.ribbon import GROUP, TAB, ribbon_xml
from xxgk.workbook.layout import COVER
from xxgk.workbook.template import template_path
from xxgk.xlsx.book import open_book
from xxgk.xlsx.package import CONTENT_TYPES

from support.macros import PUBLIC_SUB, SOURCES, extracted, unescaped
from support.marked import finding
from support.packages import packed, parts_of
from support.reports import EXAMPLE_PATH, FORM
from support.sizes import full_only

PLAIN = template_path(FORM, XLSX).read_bytes()
BUILT = with_macros(PLAIN, compile_macros(PLAIN, SOURCES))
PARTS = parts_of(BUILT)
ALL_SOURCE = "\n".join(SOURCES.values())
SUBS = dict(PUBLIC_SUB.findall(SOURCES["modXxgk"]))
COVER_PART = open_book(BUILT).sheets[COVER]
# The one module that may do without Option Explicit, since the names of LibreOffice are unknown to Excel.
LOOSE = "modXxgkUno"
OURS = (PROJECT, BUTTONS, RIBBON)


# ------------------------------------------------------------------- macros


def test_the_template_with_buttons_is_built_from_these_sources() -> None:
    assert parts_of(template_path(FORM, XLSM).read_bytes()) == PARTS
    assert compile_macros(PLAIN, SOURCES) == project_of(BUILT)


def test_what_olevba_takes_out_is_what_went_in() -> None:
    modules = extracted(BUILT)
    assert {name: code for name, code in modules.items() if name in SOURCES} == SOURCES
    documents = {name: code for name, code in modules.items() if name not in SOURCES}
    assert not any(re.search(r"^(?!Attribute )\S", code, re.MULTILINE) for code in documents.values())
    assert set(documents) == code_names()


def code_names() -> set[str]:
    book = open_book(BUILT)
    sheets = [etree.fromstring(PARTS[part]).find("{*}sheetPr").get("codeName") for part in book.sheets.values()]
    workbook = etree.fromstring(PARTS[book.part]).find("{*}workbookPr").get("codeName")
    assert len({workbook, *sheets}) == len(sheets) + 1
    return {workbook, *sheets}


def test_a_source_that_is_not_ascii_is_refused(tmp_path: Path) -> None:
    (tmp_path / "modOther.bas").write_text('Attribute VB_Name = "modOther"\n\' 中\n', encoding="utf-8")
    with pytest.raises(UnicodeDecodeError):
        read_sources(tmp_path)


def test_modules_declare_their_names_and_their_variables() -> None:
    for name, code in SOURCES.items():
        assert code.startswith(f'Attribute VB_Name = "{name}"\n')
        assert ("\nOption Explicit\n" in code) == (name != LOOSE)


@full_only
def test_static_analysis_finds_nothing_but_the_loose_module(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsm"
    path.write_bytes(BUILT)
    said = subprocess.run(
        [sys.executable, "-m", "pyvbaanalysis", str(path)], capture_output=True, text=True, encoding="utf-8"
    ).stdout
    found = [line for line in said.splitlines() if re.match(r"\s+\d+:\d+ ", line)]
    modules = [line.strip() for line in said.splitlines() if re.fullmatch(r"  \w+", line)]
    assert modules == [LOOSE]
    assert len(found) == 1
    assert "option-explicit-missing" in found[0]


def test_the_macros_know_what_python_calls_things() -> None:
    escaped = 'N(""' + RULE[3:-4].encode("unicode_escape").decode() + '"")=0'
    assert SOURCES["modXxgkLO"].count(f'RULE As String = "{escaped}"') == 1
    assert SOURCES["modXxgkWps"].count(f'RULE As String = "={escaped}"') == 1
    assert f'MARKS As String = "{NAME}"' in SOURCES["modXxgk"]
    heading = re.search(r"Function PlaceHeading\(\).*\n.*Txt\(\"(.*)\"\)", SOURCES["modXxgkWords"])
    assert heading
    assert unescaped(heading[1]) == COLUMNS[PLACE].heading


def test_no_path_of_a_machine_is_in_the_workbook() -> None:
    paths = rb"/(?:home|root|work|tmp|usr)/|[A-Z]:\\"
    assert [name for name, data in PARTS.items() if re.search(paths, data)] == []
    assert not re.search(paths, ALL_SOURCE.encode())


# ------------------------------------------------------------ buttons and ribbon


def test_each_verb_has_a_button_that_starts_its_sub_and_does_not_print() -> None:
    root = etree.fromstring(PARTS[BUTTONS])
    shapes = root.findall("{*}shape")
    assert [("".join(shape.find("{*}textbox").itertext()), macro_of(shape)) for shape in shapes] == [
        (verb.caption, f"[0]!{verb.button}") for verb in VERBS
    ]
    for verb, shape in zip(VERBS, shapes, strict=True):
        assert SUBS[verb.button] == ""
        assert calls(verb.button) == verb.name
        assert shape.find("{*}ClientData/{*}PrintObject").text == "False"
    assert len({shape.get("id") for shape in shapes}) == len(shapes)


def macro_of(shape: Any) -> str:
    return str(shape.find("{*}ClientData/{*}FmlaMacro").text)


def calls(sub: str) -> str:
    """Return the verb that a Sub starts."""
    found = re.search(rf'Public Sub {sub}\(.*\)\n    RunVerb "(\w+)"\nEnd Sub\n', SOURCES["modXxgk"])
    assert found, sub
    return found[1]


def test_buttons_lie_apart_beside_the_cells_that_staff_fill() -> None:
    anchors = [
        [int(number) for number in shape.find("{*}ClientData/{*}Anchor").text.split(",")]
        for shape in etree.fromstring(buttons_vml()).findall("{*}shape")
    ]
    corners = [
        ((left, dx), (top, dy), (right, rx), (bottom, by)) for left, dx, top, dy, right, rx, bottom, by in anchors
    ]
    for one, other in itertools.combinations(corners, 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
    used = {
        cell.column for row in openpyxl.load_workbook(io.BytesIO(PLAIN))[COVER]["A3:Z11"] for cell in row if cell.value
    }
    assert min(left for (left, _), *_ in corners) >= max(used)


def test_the_ribbon_has_each_verb_in_the_order_of_work() -> None:
    root = etree.fromstring(PARTS[RIBBON])
    assert PARTS[RIBBON] == ribbon_xml()
    assert [tab.get("label") for tab in root.iter("{*}tab")] == [TAB]
    assert [group.get("label") for group in root.iter("{*}group")] == [GROUP]
    buttons = list(root.iter("{*}button"))
    assert [(b.get("label"), b.get("supertip"), b.get("onAction")) for b in buttons] == [
        (verb.caption, verb.tip, verb.ribbon) for verb in VERBS
    ]
    assert all(button.get("imageMso") for button in buttons)
    for verb in VERBS:
        assert SUBS[verb.ribbon] == "control As Object"
        assert calls(verb.ribbon) == verb.name


# --------------------------------------------------------------- the package


def test_every_part_is_well_formed_and_typed_and_every_relation_leads_somewhere() -> None:
    types = etree.fromstring(PARTS[CONTENT_TYPES])
    typed = {entry.get("PartName") for entry in types.iter("{*}Override")}
    endings = {entry.get("Extension") for entry in types.iter("{*}Default")}
    for name, data in PARTS.items():
        if not name.endswith(".bin"):
            etree.fromstring(data)  # fails for a prefix that is not declared, too
        assert name == CONTENT_TYPES or f"/{name}" in typed or name.rpartition(".")[2] in endings
    for name in (name for name in PARTS if name.endswith(".rels")):
        folder = name.rpartition("_rels/")[0]
        for relation in etree.fromstring(PARTS[name]).iter("{*}Relationship"):
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target"))).lstrip("/")
            assert target in PARTS


def test_types_and_relations_are_those_that_excel_looks_for() -> None:
    types = {
        e.get("PartName"): e.get("ContentType") for e in etree.fromstring(PARTS[CONTENT_TYPES]).iter("{*}Override")
    }
    assert types["/xl/workbook.xml"].encode() == WITH_MACROS
    assert types[f"/{PROJECT}"] == "application/vnd.ms-office.vbaProject"
    kinds = {
        relation.get("Target"): relation.get("Type")
        for name in ("_rels/.rels", "xl/_rels/workbook.xml.rels")
        for relation in etree.fromstring(PARTS[name]).iter("{*}Relationship")
    }
    microsoft = "http://schemas.microsoft.com/office/2006/relationships"
    assert kinds[f"/{PROJECT}"] == f"{microsoft}/vbaProject"
    assert kinds[f"/{RIBBON}"] == f"{microsoft}/ui/extensibility"


def test_all_else_is_as_in_the_plain_workbook() -> None:
    plain = parts_of(PLAIN)
    touched = {CONTENT_TYPES, "_rels/.rels", "xl/_rels/workbook.xml.rels", COVER_PART}
    assert {name: data for name, data in PARTS.items() if name not in touched} == {
        **{name: data for name, data in plain.items() if name not in touched},
        **{name: PARTS[name] for name in (*OURS, f"xl/worksheets/_rels/{posixpath.basename(COVER_PART)}.rels")},
    }
    without = re.sub(rb"<legacyDrawing [^>]*/>", b"", PARTS[COVER_PART])
    assert without == plain[COVER_PART]


def test_an_independent_check_of_the_format_finds_no_more_than_in_the_plain_workbook(tmp_path: Path) -> None:
    from openxml_audit import OpenXmlValidator

    found = []
    for name, data in (("plain.xlsx", PLAIN), ("macros.xlsm", BUILT)):
        path = tmp_path / name
        path.write_bytes(data)
        found.append([str(error) for error in OpenXmlValidator().validate(path).errors])
    assert found[1] == found[0]


def test_openpyxl_keeps_macros_buttons_and_ribbon() -> None:
    out = io.BytesIO()
    workbook = openpyxl.load_workbook(io.BytesIO(BUILT), keep_vba=True)
    workbook[COVER]["C4"] = "和平镇人民政府"
    workbook.save(out)
    kept = parts_of(out.getvalue())
    assert kept[PROJECT] == PARTS[PROJECT]
    assert kept[RIBBON] == PARTS[RIBBON]
    drawings = b"".join(data for name, data in kept.items() if name.endswith(".vml"))
    assert all(f"[0]!{verb.button}<".encode() in drawings for verb in VERBS)
    assert WITH_MACROS in kept[CONTENT_TYPES]
    assert RIBBON.encode() in kept["_rels/.rels"]
    assert b"vbaProject.bin" in kept["xl/_rels/workbook.xml.rels"]


# ----------------------------------------------------------- what commands do


@pytest.fixture
def workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workbook with buttons that is not filled in."""
    monkeypatch.chdir(tmp_path)
    assert main(["new", "2023", "--unit", "和平镇人民政府"]) == 0
    (path,) = tmp_path.iterdir()
    assert path.suffix == XLSM
    return path


def ours(path: Path) -> dict[str, bytes]:
    parts = parts_of(path.read_bytes())
    assert WITH_MACROS in parts[CONTENT_TYPES]
    return {name: parts[name] for name in OURS}


def test_every_command_that_writes_keeps_macros_buttons_and_ribbon(workbook: Path) -> None:
    expected = ours(workbook)
    name = workbook.name
    assert expected == {name: PARTS[name] for name in OURS}
    assert main(["fill", name, "--from", str(EXAMPLE_PATH)]) == 0
    assert ours(workbook) == expected
    assert main(["check", name]) == 0
    assert main(["fix", name]) == 0
    assert main(["export", name, "-o", "数据.json"]) == 0
    assert main(["report", name]) == 0
    assert ours(workbook) == expected
    assert main(["repair", name]) == 0
    assert ours(workbook.with_stem(f"{workbook.stem}（修复）")) == expected
    assert main(["repair", name, "-o", "修复.xlsx"]) == 0
    assert PROJECT not in parts_of(Path("修复.xlsx").read_bytes())


def test_marks_on_the_sheet_with_buttons_leave_these_in_place(workbook: Path) -> None:
    before = workbook.read_bytes()
    marked = mark(before, [finding(COVER, "C4"), finding(COVER, "C5")])
    parts = parts_of(marked)
    assert {name: data for name, data in parts.items() if name in (PROJECT, RIBBON)} == {
        name: PARTS[name] for name in (PROJECT, RIBBON)
    }
    shapes = etree.fromstring(parts[BUTTONS]).findall("{*}shape")
    assert [macro_of(shape) for shape in shapes[: len(VERBS)]] == [f"[0]!{verb.button}" for verb in VERBS]
    assert len(shapes) == len(VERBS) + 2
    assert len({shape.get("id") for shape in shapes}) == len(shapes)
    assert parts_of(unmark(marked)) == parts_of(before)


def test_macros_are_ours_only_where_the_file_says_that_it_has_some() -> None:
    assert open_book(BUILT).foreign() == ()
    assert open_book(packed({**parts_of(PLAIN), PROJECT: b"x"})).foreign() == ("宏",)


def test_new_makes_either_kind_and_no_other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for suffix, has in ((XLSM, True), (XLSX, False), (".XLSM", True)):
        path = tmp_path / f"年报{suffix}"
        assert main(["new", "2023", "--unit", "甲", "-o", str(path)]) == 0
        assert (PROJECT in parts_of(path.read_bytes())) is has
        path.unlink()
    assert main(["new", "2023", "--unit", "甲", "-o", str(tmp_path / "年报.xls")]) == 2
    assert ".xlsm" in capsys.readouterr().err


# --------------------------------------------------------- building templates


def test_without_pyopenvba_templates_are_verified_but_not_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "pyopenvba", None)
    folder = str(template_path(FORM).parent)
    assert main(["template", "verify", folder]) == 0
    assert "宏没有重新编译" in capsys.readouterr().out
    assert main(["template", "build", str(tmp_path / "new")]) == 2
    assert "pyOpenVBA" in capsys.readouterr().err
    assert main(["template", "verify", str(tmp_path)]) == 1


def test_without_sources_nothing_is_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("xxgk.commands.template.resource", lambda *_: tmp_path)
    assert main(["template", "build", str(tmp_path / "new")]) == 2
    assert "macros" in capsys.readouterr().err


def test_verify_tells_a_macro_that_differs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("xxgk.commands.template.form_ids", lambda: [FORM.id])  # the others are built no differently
    for path in template_path(FORM).parent.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    name = template_path(FORM, XLSM).name
    old = {**SOURCES, "modXxgk": SOURCES["modXxgk"].replace("Busy", "Occupied")}
    (tmp_path / name).write_bytes(with_macros(PLAIN, compile_macros(PLAIN, old)))
    assert main(["template", "verify", str(tmp_path)]) == 1
    said = capsys.readouterr().out
    assert f"不同：{PROJECT}" in said
    assert said.count("不同") == 1
