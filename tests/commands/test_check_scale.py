"""``xxgk check`` over many files: whole folders, bad files among them, Ctrl-C, a terminal, memory."""

from __future__ import annotations

import errno
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from xxgk.checking import TIME_LIMIT, check_file, check_files
from xxgk.cli import main
from xxgk.files import BACKUPS
from xxgk.inputs import find_inputs
from xxgk.output import html, sarif
from xxgk.output.json import render_json
from xxgk.output.result import FileResult
from xxgk.output.width import display_width
from xxgk.workers import Lost

from support.reports import with_figure, zero_report
from support.sizes import FULL, spread
from support.workbooks import filled

FEW, MANY = 40, 1000 if FULL else 40
KINDS = 7  # different contents, one of them without fault
BAR = re.compile(r"\r?([^\r\n]*)\r +\r")
PEAK = 40_000  # kB for a process
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes through /proc")


def make_folder(top: Path, sound: int) -> Path:
    """Make many workbooks in folders with Chinese and spaces, and among them whatever else lies about."""
    kinds = [filled(with_figure(zero_report(), "applications.new.person", number)) for number in range(KINDS)]
    for number in range(sound):
        place = top / f"片区 {number % 3}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"第{number:04}镇.xlsx").write_bytes(kinds[number % KINDS])
    bad = top / "坏的"
    bad.mkdir()
    (bad / "空.xlsx").write_bytes(b"")
    (bad / "半.xlsx").write_bytes(kinds[0][: len(kinds[0]) // 2])
    (bad / "密.xlsx").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(4096))
    (bad / "文件夹.xlsx").mkdir()
    (bad / "旧.xls").write_bytes(b"\xd0\xcf")
    (bad / "~$第0001镇.xlsx").write_bytes(bytes(165))
    (bad / "说明.docx").write_bytes(b"PK")
    (bad / BACKUPS).mkdir()
    (bad / BACKUPS / "第0001镇-20240101.xlsx").write_bytes(kinds[1])
    return top


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that is checked in no time."""
    return make_folder(tmp_path_factory.mktemp("县") / "各镇 年报", FEW)


@pytest.fixture(scope="module")
def large_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as large as there will be, in the full run."""
    return make_folder(tmp_path_factory.mktemp("省") / "各镇 年报", MANY)


def one_by_one(folder: Path) -> list[FileResult]:
    """Return what each file gives when it is checked alone."""
    return [check_file(path) for path in find_inputs([str(folder)]).files]


@pytest.fixture(scope="module")
def expected(folder: Path) -> list[FileResult]:
    """What the files of ``folder`` give."""
    return one_by_one(folder)


def xxgk(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "xxgk", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
    )


def test_a_folder_gives_what_its_files_give_one_by_one(large_folder: Path) -> None:
    done = xxgk("check", large_folder, "--format", "json", "--jobs", "2")
    expected = one_by_one(large_folder)
    assert done.stdout == "".join(render_json(expected))
    assert len(expected) == MANY + 3
    assert done.returncode == 3
    assert "旧.xls" in done.stderr
    assert "\r" not in done.stderr


def test_text_tells_of_each_faulty_file_and_sums_up(folder: Path, expected: list[FileResult]) -> None:
    done = xxgk("check", folder)
    shown = [line for line in done.stdout.splitlines() if line.endswith(".xlsx") and not line.startswith(" ")]
    assert shown == [result.file for result in expected if result.status != "ok"]
    clean = sum(result.status == "ok" for result in expected)
    assert clean > 1
    assert done.stdout.splitlines()[-1] == f"共 {FEW + 3} 个文件：通过 {clean} 个，有错误 {FEW - clean} 个，读不了 3 个"
    assert done.returncode == 3


@pytest.mark.parametrize(("name", "render"), [("sarif", sarif.render_sarif), ("html", html.render_html)])
def test_the_other_formats_go_to_a_file(
    name: str,
    render: Callable[[list[FileResult]], Iterator[str]],
    folder: Path,
    expected: list[FileResult],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    some = [*expected[:3], *expected[-3:]]
    assert {result.status for result in some} >= {"unreadable", "findings"}
    names = [result.file for result in some]
    target = tmp_path / f"问题 清单.{name}"
    assert main(["check", *names, "--format", name, "-o", str(target)]) == 3
    assert str(target) in capsys.readouterr().out
    assert target.read_text("utf-8") == "".join(render(some))
    assert main(["check", *names, "--format", name]) == 3
    assert capsys.readouterr().out == "".join(render(some))


@pytest.mark.parametrize("words", [("-o", "年报.xlsx"), ("-o", "年报.xlsx", "--format", "json"), ("--jobs", "0")])
def test_wrong_usage_is_told_before_any_work(
    words: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("年报.xlsx").write_bytes(b"work of days")
    assert main(["check", "年报.xlsx", *words]) == 2
    assert re.search(r"[一-鿿]", capsys.readouterr().err)
    assert Path("年报.xlsx").read_bytes() == b"work of days"
    assert [path.name for path in tmp_path.iterdir()] == ["年报.xlsx"]


def test_an_empty_folder_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path)]) == 3
    assert "没有工作簿" in "".join(line.strip() for line in capsys.readouterr().out.splitlines())
    assert main(["check", str(tmp_path), "--format", "json"]) == 3
    (file,) = json.loads(capsys.readouterr().out)["files"]
    assert file["status"] == "unreadable"


def test_one_file_on_a_process_of_its_own_looks_as_ever(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = next(folder.rglob("*.xlsx"))
    code = main(["check", str(path)])
    alone = capsys.readouterr().out
    done = xxgk("check", path, "--jobs", "1")
    assert (done.returncode, done.stdout) == (code, alone)


def test_a_file_that_our_program_fails_on_is_a_result_and_a_log(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import tempfile

    def broken(path: Path) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr("xxgk.checking.read_report", broken)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    result = check_file(Path("甲.xlsx"))
    (log,) = tmp_path.iterdir()
    assert result.status == "unreadable"
    assert "甲.xlsx" in result.error
    assert str(log) in result.error
    assert "boom" in log.read_text("utf-8")


def test_a_file_that_hangs_or_kills_its_process_is_told_from_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    fine = FileResult("丙.xlsx")

    def lossy(*arguments: object) -> Iterator[tuple[int, object]]:
        assert arguments[-1] == TIME_LIMIT
        yield from ((1, Lost(late=True)), (2, fine), (0, Lost(late=False)))

    monkeypatch.setattr("xxgk.workers.run_each", lossy)
    results = dict(check_files([Path("甲.xlsx"), Path("乙.xlsx"), Path("丙.xlsx")], None, 2))
    assert results[2] == fine
    assert "甲.xlsx" in results[0].error
    assert "意外中止" in results[0].error
    assert "乙.xlsx" in results[1].error
    assert "时间太长" in results[1].error


# ------------------------------------------------------------------ processes and signals


def children(process: int) -> list[int]:
    """Return the processes that ``process`` has started."""
    try:
        return [int(word) for word in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []


def alive(process: int) -> bool:
    """Tell whether ``process`` still works; one that is only waiting to be counted as dead does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def wait_for_children(process: subprocess.Popen[str], count: int) -> list[int]:
    for _ in range(10_000):
        found = children(process.pid)
        if len(found) >= count:
            return found
        assert process.poll() is None
        time.sleep(0.001)
    raise AssertionError("no processes were started")


def started(*arguments: str | Path) -> subprocess.Popen[str]:
    """Start ``xxgk`` as the leader of a process group, as a shell does."""
    return subprocess.Popen(
        [sys.executable, "-m", "xxgk", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )


@LINUX
def test_a_killed_process_costs_one_file(folder: Path, expected: list[FileResult]) -> None:
    with started("check", folder, "--format", "json", "--jobs", "2") as process:
        os.kill(wait_for_children(process, 1)[0], signal.SIGKILL)
        out, errors = process.communicate()
    assert process.returncode == 3
    assert "Traceback" not in errors
    whole = json.loads("".join(render_json(expected)))["files"]
    found = json.loads(out)["files"]
    changed = [(file, other) for file, other in zip(found, whole, strict=True) if file != other]
    ((lost, other),) = changed
    assert lost["file"] == other["file"]
    assert lost["status"] == "unreadable"


@LINUX
@pytest.mark.parametrize("name", ["text", "json"])
def test_ctrl_c_ends_all_at_once(folder: Path, name: str) -> None:
    with started("check", folder, "--format", name, "--jobs", "2") as process:
        workers = wait_for_children(process, 2)
        os.killpg(process.pid, signal.SIGINT)
        begun = time.monotonic()
        out, errors = process.communicate()
        assert time.monotonic() - begun < 5
    assert process.returncode == 130
    assert re.fullmatch(rf"已中断：共 {FEW + 3} 个文件，已校验 \d+ 个。\n", errors)
    assert not out or name == "text"
    assert not any(map(alive, workers))


@LINUX
def test_processes_do_not_outlive_a_killed_parent(folder: Path) -> None:
    with started("check", folder, "--jobs", "2") as process:
        workers = wait_for_children(process, 2)
        process.kill()
        process.communicate()
    for _ in range(1000):
        if not any(map(alive, workers)):
            break
        time.sleep(0.01)
    else:
        raise AssertionError("left behind")


@LINUX
@pytest.mark.parametrize("name", ["text", "json"])
def test_memory_stays_flat(large_folder: Path, name: str) -> None:
    # The kernel's own high-water mark of this process; getrusage would count the one that started it too.
    code = (
        "import re, resource, sys; from pathlib import Path; from xxgk.cli import main;"
        "main(['check', sys.argv[1], '--format', sys.argv[2], '--jobs', '2']);"
        "print(re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1],"
        "resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(large_folder), name], capture_output=True, encoding="utf-8", check=True
    )
    own, workers = map(int, done.stderr.splitlines()[-1].split())
    assert own < PEAK
    assert workers < PEAK


# ------------------------------------------------------------------ a terminal


def on_terminal(width: int, environment: Mapping[str, str], *arguments: str | Path) -> tuple[int, bytes]:
    """Run ``xxgk`` on a terminal of its own and return its exit code and what was written there."""
    import fcntl
    import pty
    import struct
    import termios

    near, far = pty.openpty()
    fcntl.ioctl(far, termios.TIOCSWINSZ, struct.pack("HHHH", 24, width, 0, 0))
    with subprocess.Popen(
        [sys.executable, "-m", "xxgk", *map(str, arguments)],
        stdin=far,
        stdout=far,
        stderr=far,
        env={**os.environ, **environment},
    ) as process:
        os.close(far)
        written = bytearray()
        try:
            while piece := os.read(near, 1 << 16):
                written += piece
        except OSError as error:  # how Linux says that the other side is closed
            if error.errno != errno.EIO:
                raise
        finally:
            os.close(near)
    return process.returncode, bytes(written)


@LINUX
@pytest.mark.parametrize("width", [40, 15])
def test_on_a_terminal_a_bar_runs_below_the_text_and_leaves_nothing(
    folder: Path, expected: list[FileResult], width: int
) -> None:
    code, written = on_terminal(width, {"PYTHONIOENCODING": "utf-8"}, "check", folder, "--jobs", "2")
    assert code == 3
    text = written.decode().replace("\r\n", "\n")
    bars = BAR.findall(text)
    assert all(display_width(bar) < width for bar in bars)
    if width == 40:
        assert any(re.fullmatch(r"已校验 \d+/\d+ 个.*", bar) for bar in bars)
    # Nothing of a bar stays between the lines.
    rest = BAR.sub("", text)
    assert "\r" not in rest
    assert "已校验" not in rest
    assert sum(f"{Path(result.file).stem}" in rest for result in expected if result.error) == 3


@LINUX
@pytest.mark.parametrize(
    "environment", spread([{"PYTHONIOENCODING": "gbk"}, {"PYTHONIOENCODING": "ascii"}, {"NO_COLOR": "1"}], 2)
)
def test_odd_terminals_do_not_break_it(folder: Path, environment: dict[str, str]) -> None:
    code, written = on_terminal(80, environment, "check", folder, "--jobs", "2")
    assert code == 3
    assert b"Traceback" not in written
    assert f"/{FEW + 3}".encode() in written


@LINUX
def test_json_on_a_terminal_is_clean_below_the_bar(folder: Path, expected: list[FileResult]) -> None:
    _, written = on_terminal(80, {"PYTHONIOENCODING": "utf-8"}, "check", folder, "--format", "json", "--jobs", "2")
    text = BAR.sub("", written.decode().replace("\r\n", "\n"))
    assert text.startswith("".join(render_json(expected)))


def test_whoever_reads_the_output_may_stop(folder: Path) -> None:
    command = [sys.executable, "-m", "xxgk", "check", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.close()
        assert process.stderr
        errors = process.stderr.read()
    assert process.returncode == 130
    assert errors == b""
