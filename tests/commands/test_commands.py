"""The commands, as staff run them."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from xxgk.cli import main
from xxgk.formats import load_form
from xxgk.jsonio import dump_json
from xxgk.options import COMMANDS
from xxgk.workbook.layout import layout_of

from support.reports import EXAMPLE_PATH, FORM, zero_report

WORKBOOK = "和平镇 年报.xlsx"
SYSTEM = Path("/sys")


def run(*arguments: str) -> int:
    return main(list(arguments))


@pytest.fixture
def workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """The running example in a folder whose name has Chinese and spaces."""
    folder = tmp_path / "年报 目录"
    folder.mkdir()
    monkeypatch.chdir(folder)
    assert run("new", "2023", "--unit", "和平镇人民政府", "--level", "乡镇街道", "-o", WORKBOOK) == 0
    assert run("fill", WORKBOOK, "--from", str(EXAMPLE_PATH)) == 0
    capsys.readouterr()
    return folder / WORKBOOK


def rewrite(workbook: Path, change: dict[str, object]) -> None:
    """Fill ``change`` (report JSON) into ``workbook``."""
    source = workbook.with_suffix(".json")
    source.write_text(json.dumps(change), encoding="utf-8")
    assert run("fill", str(workbook), "--from", str(source)) == 0
    source.unlink()


def test_new_check_export_fill_report_go_all_the_way(workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", WORKBOOK) == 0
    assert "警告" in capsys.readouterr().out
    assert run("export", WORKBOOK, "-o", "数据.json") == 0
    assert json.loads(Path("数据.json").read_text("utf-8")) == json.loads(EXAMPLE_PATH.read_text("utf-8"))
    assert run("report", WORKBOOK, "--to", "docx,html,md") == 0
    names = {path.name for path in workbook.parent.iterdir() if path.is_file()}
    title = "2023年和平镇政府信息公开工作年度报告"
    assert {f"{title}.docx", f"{title}.html", f"{title}.md"} <= names
    assert [path.name for path in workbook.parent.iterdir() if path.is_dir()] == ["备份"]


def test_a_new_workbook_is_unfinished_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("new", "2025", "--unit", "青石镇人民政府") == 0
    (path,) = tmp_path.iterdir()
    assert path.name == "青石镇人民政府2025年政府信息公开年报.xlsm"
    assert run("check", path.name) == 1
    assert run("report", path.name) == 1
    assert "没有生成报告" in capsys.readouterr().out
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_new_never_overwrites(workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = workbook.read_bytes()
    assert run("new", "2023", "--unit", "甲", "-o", WORKBOOK) == 2
    assert "没有覆盖" in capsys.readouterr().err
    assert workbook.read_bytes() == before


def test_json_findings_have_the_agreed_shape(workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rewrite(workbook, {"tables": {"disputes": {"review": {"total": 5}}}})
    capsys.readouterr()
    assert run("check", WORKBOOK, "--format", "json") == 1
    (file,) = json.loads(capsys.readouterr().out)["files"]
    assert file["file"] == WORKBOOK
    error = next(f for f in file["findings"] if f["severity"] == "error")
    assert set(error) == {
        "code", "severity", "address", "sheet", "cell", "labels", "message", "value", "expected", "difference", "hint",
    }  # fmt: skip
    assert (error["code"], error["address"], error["value"], error["expected"], error["difference"]) == (
        "A104", "disputes.review.total", 5, 0, 5,
    )  # fmt: skip
    assert error["labels"] == ["行政复议", "总计"]


def test_errors_stop_the_report_and_force_makes_a_draft(workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rewrite(workbook, {"tables": {"applications": {"new": {"person": 3}}}})
    assert run("report", WORKBOOK) == 1
    assert "A101" in capsys.readouterr().out
    assert not list(workbook.parent.glob("*.docx"))
    assert run("report", WORKBOOK, "--force") == 1
    (page,) = workbook.parent.glob("*.html")
    assert "草稿" in page.name
    assert "草稿" in page.read_text("utf-8")


def test_fail_on_warning(workbook: Path) -> None:
    assert run("check", WORKBOOK, "--fail-on", "warning") == 1


def test_previous_year_from_a_file(workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    last = {"format": "2021", "year": 2022, "tables": {"applications": {"carried_out": {"person": 2}}}}
    Path("上年.json").write_text(json.dumps(last), encoding="utf-8")
    assert run("check", WORKBOOK, "--previous", "上年.json") == 1
    assert "Y101" in capsys.readouterr().out


def test_many_files_give_the_highest_code(workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("坏.xlsx").write_text("not a zip")
    assert run("check", WORKBOOK, "坏.xlsx", "没有.xlsx") == 3
    out = capsys.readouterr().out
    assert "坏.xlsx" in out
    assert "没有.xlsx" in out


def test_blank_cells_that_get_a_0_are_told_in_one_line(workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    zeros = zero_report()
    Path("零.json").write_text(dump_json(zeros, FORM), encoding="utf-8")
    assert run("new", "2023", "--unit", zeros.unit, "-o", "空.xlsx") == 0
    capsys.readouterr()
    assert run("fill", "空.xlsx", "--from", "零.json", "--dry-run") == 0
    said = capsys.readouterr().out
    blank = sum(address not in FORM.totals for table in FORM.tables.values() for address in table.addresses)
    assert f"另有 {blank + len(FORM.fields)} 格原来空着，填 0。" in said
    assert "（空） → 0" not in said


def test_fill_dry_run_changes_nothing(workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = workbook.read_bytes()
    Path("改.json").write_text(json.dumps({"tables": {"applications": {"new": {"person": 3}}}}), encoding="utf-8")
    assert run("fill", WORKBOOK, "--from", "改.json", "--dry-run") == 0
    assert "一、本年新收政府信息公开申请数量 › 自然人：0 → 3" in capsys.readouterr().out
    assert workbook.read_bytes() == before


def test_fill_says_what_found_no_place(workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("改.json").write_text(json.dumps({"tables": {"applications": {"new": {"alien": 3}}}}), encoding="utf-8")
    assert run("fill", WORKBOOK, "--from", "改.json") == 1
    assert "tables.applications.new.alien" in capsys.readouterr().out


def test_fill_keeps_a_backup(workbook: Path) -> None:
    before = workbook.read_bytes()
    rewrite(workbook, {"tables": {"applications": {"new": {"person": 3}}}})
    backups = list((workbook.parent / "备份").iterdir())
    assert before in [path.read_bytes() for path in backups]


def test_sound_totals_replace_a_wrong_stated_one(workbook: Path) -> None:
    rewrite(workbook, {"tables": {"disputes": {"review": {"total": 5}}}})
    assert run("check", WORKBOOK) == 1
    assert run("fill", WORKBOOK, "--from", str(EXAMPLE_PATH)) == 0
    assert run("check", WORKBOOK) == 0


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("frobnicate",),
        ("check",),
        ("new", "2023"),
        ("new", "今年", "--unit", "甲"),
        ("new", "1999", "--unit", "甲"),
        ("new", "2018", "--unit", "甲"),
        ("new", "2101", "--unit", "甲"),
        ("new", "2023", "--unit", " "),
        ("new", "2023", "--unit", "甲", "--level", "村"),
        ("new", "2023", "--unit", "甲", "-o", "甲.doc"),
        ("report", "甲.xlsx", "--to", "wps"),
        ("check", "甲.xlsx", "--format", "xml"),
        ("explain", "Z999"),
    ],
)
def test_wrong_usage_is_said_in_chinese(
    arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(*arguments) == 2
    text = capsys.readouterr().err
    assert any("一" <= char <= "鿿" for char in text)
    assert not set(text.lower().split()) & {"error:", "usage:", "the", "argument", "invalid", "required:"}
    assert list(tmp_path.iterdir()) == []


def test_a_year_before_the_oldest_form_is_told_which_years_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("new", "2018", "--unit", "甲") == 2
    assert "2019 年度及以后" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_chinese(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*([command] if command else []), "--help") == 0
    text = capsys.readouterr().out
    assert text.startswith("用法：xxgk")
    assert not set(text.lower().split()) & {"usage:", "options:", "show", "help", "message", "positional"}


@pytest.mark.parametrize("command", ["check", "report", "export"])
def test_a_file_that_is_none_of_ours_ends_with_3(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from openpyxl import Workbook

    strange = tmp_path / "工资表.xlsx"
    Workbook().save(strange)
    for path in (strange, tmp_path / "没有.xlsx", tmp_path):
        assert run(command, str(path)) == 3
    captured = capsys.readouterr()
    assert "Traceback" not in captured.err + captured.out


@pytest.mark.skipif(not SYSTEM.exists(), reason="needs a folder in which not even root may write")
def test_a_read_only_folder_is_said(workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("report", WORKBOOK, "-o", str(SYSTEM)) == 3
    assert run("export", WORKBOOK, "-o", str(SYSTEM / "数据.json")) == 3
    first, second = capsys.readouterr().err.splitlines()
    assert "只读" in first
    assert "只读" in second


def test_demo_makes_workbook_findings_and_reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("demo") == 0
    names = sorted(path.suffix for path in (tmp_path / "和平镇示例").iterdir())
    assert names == [".docx", ".html", ".md", ".txt", ".txt", ".xlsx"]
    assert run("demo") == 0
    (tmp_path / "占用").write_text("x")
    assert run("demo", "占用") == 2


def test_check_imports_no_office_library(workbook: Path) -> None:
    code = (
        "import sys; from xxgk.cli import main; main(['check', sys.argv[1]]);"
        "print(sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code, WORKBOOK], capture_output=True, text=True, check=True)
    loaded = set(done.stderr.strip("[]\n").replace("'", "").split(", "))
    assert "xxgk" in loaded
    assert not loaded & {
        "openpyxl",
        "xlwings",
        "docx",
        "jinja2",
        "lxml",
        "numpy",
        "pandas",
        "zipfile",
        "json",
        "multiprocessing",
    }


def test_a_fault_of_ours_is_a_sentence_and_a_log(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import tempfile

    import xxgk.checks.explain

    def broken() -> str:
        raise RuntimeError("boom")

    monkeypatch.setattr(xxgk.checks.explain, "explain_all", broken)
    monkeypatch.delitem(sys.modules, "xxgk.commands.explain", raising=False)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert run("explain") == 3
    text = capsys.readouterr().err
    assert "程序内部出错" in text
    assert "Traceback" not in text
    (log,) = tmp_path.iterdir()
    assert "boom" in log.read_text("utf-8")


def test_export_never_writes_over_a_workbook(workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = workbook.read_bytes()
    assert run("export", WORKBOOK, "-o", WORKBOOK) == 2
    assert ".json" in capsys.readouterr().err
    assert workbook.read_bytes() == before


def test_check_takes_a_pattern_and_leaves_lock_files_aside(workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path(f"~${WORKBOOK}").write_bytes(b"\x00" * 165)
    assert run("check", "*.xlsx", "--format", "json") == 0
    assert [file["file"] for file in json.loads(capsys.readouterr().out)["files"]] == [WORKBOOK]


def test_a_new_number_does_not_keep_the_old_remark(workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = {"made": {"value": 22, "note": "其中修订16件"}, "in_force": 22}
    rewrite(workbook, {"tables": {"disclosure": {"normative": made}}})
    rewrite(workbook, {"tables": {"disclosure": {"normative": {"made": 0, "in_force": 0}}}})
    capsys.readouterr()
    assert run("export", WORKBOOK) == 0
    assert "修订" not in capsys.readouterr().out


def test_what_is_no_file_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", "/dev/null") == 3
    assert "Traceback" not in capsys.readouterr().err


def test_fill_tells_what_it_took_from_what_it_could_not(workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = Path("另一个.xlsx")
    shutil.copy(workbook, source)
    book = load_workbook(source)
    plan = layout_of(load_form("2021"))
    taken, sign = plan.figures["applications.new.person"], plan.figures["applications.new.business"]
    book[taken.sheet][taken.ref] = "７"
    book[sign.sheet][sign.ref] = "/"
    book.save(source)
    capsys.readouterr()
    assert run("fill", WORKBOOK, "--from", source.name) == 1
    out = capsys.readouterr().out
    assert "自然人：0 → 7" in out
    assert out.count("商业企业") == 1
    assert "有 1 处没能填入" in out
