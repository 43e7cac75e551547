"""The program with its own Python, built for this system, run where no Python is found."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from support.display import display, missing, wait_for, xdotool
from support.installations import ROOT, pack, pyinstaller, run, seconds
from support.reports import zero_report
from support.sizes import full_only
from support.workbooks import filled

pytestmark = [full_only, pyinstaller]

# A process started as Windows and macOS start those that check part of many files.
SPAWN = """
import multiprocessing, sys
from xxgk.cli import main
sys.frozen, sys.executable = True, sys.argv[1]
multiprocessing.set_executable(sys.argv[1])
process = multiprocessing.get_context("spawn").Process(target=main, args=(["--version"],))
process.start()
process.join()
sys.exit(process.exitcode)
"""


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pack("program", tmp_path_factory.mktemp("免安装") / "年报 程序") / "xxgk"


def test_it_shows_the_main_job(program: Path, tmp_path: Path) -> None:
    place = tmp_path / "空 目录"
    place.mkdir()
    assert "已生成" in run(program, "demo", home=tmp_path, cwd=place)
    made = place / "和平镇示例"
    assert {path.suffix for path in made.iterdir()} == {".xlsx", ".txt", ".docx", ".html", ".md"}
    (workbook,) = made.glob("*.xlsx")
    shutil.copy(workbook, made / "另一个.xlsx")
    assert "共 2 个文件" in run(program, "check", made, "--jobs", "2", home=tmp_path)


def test_the_buttons_will_start_it(program: Path, tmp_path: Path) -> None:
    run(program, "setup", home=tmp_path)
    assert (tmp_path / ".config" / "xxgk" / "python.txt").read_text("utf-8") == f"{program}\n"
    items = json.loads(run(program, "doctor", "--format", "json", home=tmp_path))["items"]
    found = {item["id"]: item for item in items}
    assert "程序自带" in found["python"]["found"]
    assert all(item["state"] == "good" for item in items if item["needed"])
    assert str(program) in found["buttons"]["found"]


def test_it_does_what_a_button_asks(program: Path, tmp_path: Path) -> None:
    run(program, "demo", home=tmp_path, cwd=tmp_path)
    job = tmp_path / "作业"
    job.mkdir()
    (workbook,) = (tmp_path / "和平镇示例").glob("*.xlsx")
    shutil.copy(workbook, job / "in.xlsx")
    (job / "job.txt").write_text(f"verb=check\nurl={workbook.as_uri()}\nmodified=0\nreadonly=0\nanswer=\n", "ascii")
    run(program, "excel", "job", job, home=tmp_path)
    *changes, end = (job / "changes.txt").read_text("ascii").splitlines()
    assert end == f"end {len(changes)}"
    assert any(line.startswith("note\t") for line in changes)


@pytest.mark.window
@pytest.mark.skipif(bool(missing()), reason=missing())
def test_a_workbook_dropped_on_it_becomes_a_report_in_its_window(program: Path, tmp_path: Path) -> None:
    workbook = tmp_path / "年报 2023.xlsx"
    workbook.write_bytes(filled(zero_report()))
    with display(1366, 768, HOME=str(tmp_path)) as environment:
        window = subprocess.Popen([program, workbook], env=environment, stdin=subprocess.DEVNULL)

        def made() -> list[Path]:
            xdotool(environment, "key", "F9")  # does nothing before the window is there and has checked
            time.sleep(1)
            return list(tmp_path.glob("*.docx"))

        try:
            wait_for(made)
        finally:
            window.terminate()
            window.wait()


def test_it_makes_pdf_files_and_reads_them(program: Path, tmp_path: Path) -> None:
    run(program, "demo", home=tmp_path, cwd=tmp_path)
    (workbook,) = (tmp_path / "和平镇示例").glob("*.xlsx")
    run(program, "report", workbook, "-o", tmp_path, "--to", "pdf,picture", home=tmp_path)
    (report,) = tmp_path.glob("*.pdf")
    assert "一致" in run(program, "verify", report, workbook, home=tmp_path)
    assert "已读入" in run(program, "import", report, home=tmp_path, cwd=tmp_path)


def test_it_holds_nothing_that_tests_or_oracles_use(program: Path) -> None:
    names = {path.name for path in (program.parent / "_internal").iterdir()}
    assert not names & {"lxml", "numpy", "pandas", "PIL", "docx", "hypothesis", "pytest", "pyarrow", "distributed"}
    assert (program.parent / "_internal" / "xxgk" / "formats" / "2021.data").is_file()


def test_a_process_of_its_own_is_the_program_too(program: Path) -> None:
    command = [sys.executable, "-c", SPAWN, str(program)]
    # The tracker of shared memory, which we do not use, is started with this Python's flags and ends in a sentence.
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stdout.startswith("xxgk ")


def test_it_starts_at_once(program: Path, tmp_path: Path) -> None:
    assert seconds(program, "--version", home=tmp_path) < 0.5
