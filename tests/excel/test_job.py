"""The command behind the buttons where there is no COM: a folder in, a list of changes or a sentence out."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from xxgk.checks import check
from xxgk.excel.changelist import change_list, unescape
from xxgk.excel.marks import mark_actions
from xxgk.excel.opened import NEVER_SAVED
from xxgk.workbook.reading.read import read_report

from support.reports import FORM, example, with_figure
from support.steps import opened
from support.workbooks import filled

OURS = filled(with_figure(example(), "disputes.review.total", 9))


def job(folder: Path, verb: str, data: bytes = OURS, **more: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "in.xlsx").write_bytes(data)
    fields = {
        "verb": verb,
        "url": "",
        "sheet": "a",
        "cell": "A1",
        "modified": "1",
        "readonly": "0",
        "answer": "",
        **more,
    }
    (folder / "job.txt").write_text("".join(f"{key}={value}\n" for key, value in fields.items()), encoding="ascii")
    return folder


def started(*words: str, python: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "LANG": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii:backslashreplace"}
    command = [sys.executable, "-P", "-B", *python, "-m", "xxgk.excel", *words]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def test_the_list_of_changes_is_what_the_verb_says(tmp_path: Path) -> None:
    done = started("job", str(job(tmp_path / "工作 夹", "check")))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    expected = change_list(mark_actions(opened(OURS, tmp_path), check(read_report(OURS), FORM)))
    assert (tmp_path / "工作 夹" / "changes.txt").read_text(encoding="ascii") == expected
    assert unescape((tmp_path / "工作 夹" / "progress.txt").read_text(encoding="ascii")).strip() == "正在校验…"


def test_the_report_is_written_on_the_second_round(tmp_path: Path) -> None:
    url = (tmp_path / "和平镇=1.xlsm").as_uri()
    folder = job(tmp_path / "job", "report", url=url)
    assert started("job", str(folder)).returncode == 0
    assert "again\t\t\treport" in (folder / "changes.txt").read_text(encoding="ascii")
    assert started("job", str(job(folder, "report", url=url, answer="yes"))).returncode == 0
    assert len(list(tmp_path.glob("*（草稿）.*"))) == 2


@pytest.mark.parametrize(
    ("verb", "data", "sentence"),
    [("report", OURS, NEVER_SAVED), ("dance", OURS, "不认识“dance”"), ("check", b"PK", "这本工作簿读不了")],
)
def test_what_cannot_be_done_is_said_in_one_line(tmp_path: Path, verb: str, data: bytes, sentence: str) -> None:
    done = started("job", str(job(tmp_path / "job", verb, data)))
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.isascii()
    assert sentence in unescape(done.stdout)
    assert not (tmp_path / "job" / "changes.txt").exists()


def test_a_fault_names_its_record_and_shows_no_traceback(tmp_path: Path) -> None:
    done = started("job", str(tmp_path / "没有"))
    assert (done.returncode, done.stdout) == (2, "")
    sentence = unescape(done.stderr).strip()
    assert "\n" not in sentence
    record = Path(sentence.rpartition("：")[2])
    assert "FileNotFoundError" in record.read_text(encoding="utf-8")
    record.unlink()


@pytest.mark.parametrize("words", [(), ("check",), ("check", "--wb="), ("job",), ("--wb=a.xlsm",)])
def test_by_hand_it_says_what_it_is_for(words: tuple[str, ...]) -> None:
    done = started(*words)
    assert done.returncode == 1
    assert "按钮" in unescape(done.stdout)


def test_a_job_needs_no_xlwings_and_no_openpyxl(tmp_path: Path) -> None:
    done = started("job", str(job(tmp_path / "job", "check")), python=("-X", "importtime"))
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}
    assert "xxgk" in loaded
    assert not loaded & {"xlwings", "openpyxl", "jinja2", "dataclasses"}
