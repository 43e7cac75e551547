"""``xxgk setup`` as staff run it, in a home of its own; Excel's part over a registry in memory."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest

from xxgk.cli import main
from xxgk.commands import setup
from xxgk.machine.machine import Machine, this_machine
from xxgk.machine.registry import NoRegistry
from xxgk.machine.trust_excel import OFFICE, excel_macros
from xxgk.machine.trust_libreoffice import libreoffice_macros, lock_file, settings_file
from xxgk.records import replace

from support.machines import SOFFICE, FakeRegistry


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with a folder for the reports; LibreOffice is there, whether this computer has it or not."""
    home = tmp_path / "用户 一"
    (home / "年报 2024").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    _machine(monkeypatch, which=lambda name: SOFFICE, is_file=lambda path: path == SOFFICE or Path(path).is_file())
    return home


def _machine(monkeypatch: pytest.MonkeyPatch, **changes: object) -> None:
    monkeypatch.setattr(setup, "this_machine", lambda: replace(this_machine(), **changes))


def _libreoffice(machine: Machine) -> tuple[str, ...]:
    return libreoffice_macros(Path(settings_file(machine)).read_bytes()).folders


def test_the_buttons_will_start_this_python(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["setup"]) == 0
    assert (home / ".config" / "xxgk" / "python.txt").read_text("utf-8") == f"{sys.executable}\n"
    said = capsys.readouterr().out
    assert sys.executable in said
    assert "xxgk setup --trust" in said
    assert not (home / ".config" / "libreoffice").exists()


def test_what_is_written_starts_xxgk(home: Path) -> None:
    assert main(["setup"]) == 0
    program = (home / ".config" / "xxgk" / "python.txt").read_text("utf-8").strip()
    done = subprocess.run([program, "-P", "-B", "-m", "xxgk", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("xxgk ")


def test_a_folder_is_trusted_once_and_no_more(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = home / "年报 2024"
    assert main(["setup", "--trust", str(folder)]) == 0
    assert "LibreOffice" in capsys.readouterr().out
    url = f"file://{quote(str(folder))}"
    assert _libreoffice(this_machine()) == (url,)
    before = settings_file(this_machine())
    assert main(["setup", "--trust", str(folder)]) == 0
    assert _libreoffice(this_machine()) == (url,)
    assert not Path(before).with_name("备份").exists()
    assert main(["setup", "--remove", "--trust", str(folder)]) == 0
    assert _libreoffice(this_machine()) == ()
    assert not (home / ".config" / "xxgk" / "python.txt").exists()
    assert len(list(Path(before).with_name("备份").iterdir())) == 1


def test_a_folder_that_is_gone_can_still_be_distrusted(home: Path) -> None:
    folder = home / "年报 2024"
    assert main(["setup", "--trust", str(folder)]) == 0
    folder.rmdir()
    assert main(["setup", "--remove", "--trust", str(folder)]) == 0
    assert _libreoffice(this_machine()) == ()


def test_removing_what_was_never_set_says_so(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["setup", "--remove"]) == 0
    assert "没有设置过" in capsys.readouterr().out
    assert not (home / ".config").exists()


@pytest.mark.parametrize("name", ["没有", "/", "."])
def test_a_folder_that_cannot_be_trusted_changes_nothing(
    home: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(home)
    assert main(["setup", "--trust", name]) == 2
    assert not (home / ".config").exists()


def test_while_libreoffice_runs_its_settings_stay(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lock = Path(lock_file(this_machine()))
    lock.parent.mkdir(parents=True)
    lock.touch()
    assert main(["setup", "--trust", str(home / "年报 2024")]) == 3
    assert "LibreOffice 正开着" in capsys.readouterr().err
    assert not Path(settings_file(this_machine())).exists()


def test_damaged_settings_stay_as_they_are(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = Path(settings_file(this_machine()))
    path.parent.mkdir(parents=True)
    path.write_bytes(b"<oor:items")
    assert main(["setup", "--trust", str(home / "年报 2024")]) == 3
    assert "看不懂" in capsys.readouterr().err
    assert path.read_bytes() == b"<oor:items"


def test_excel_trusts_it_too(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    registry = FakeRegistry({rf"{OFFICE}\16.0\Excel\Options": {"a": 1}})
    _machine(monkeypatch, registry=registry, which=lambda name: None)
    folder = str(home / "年报 2024")
    assert main(["setup", "--trust", folder]) == 0
    assert "Microsoft Excel 16.0" in capsys.readouterr().out
    assert excel_macros(registry, "16.0").folders == (f"{folder}\\",)
    assert main(["setup", "--remove", "--trust", folder]) == 0
    assert excel_macros(registry, "16.0").folders == ()


def test_an_excel_that_may_not_be_changed_is_a_matter_for_the_it_people(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    registry = FakeRegistry({rf"{OFFICE}\16.0\Excel\Options": {"a": 1}})
    monkeypatch.setattr(registry, "write", NoRegistry().write)
    _machine(monkeypatch, registry=registry)
    assert main(["setup", "--trust", str(home / "年报 2024")]) == 3
    assert "组策略" in capsys.readouterr().err


def test_without_a_program_to_set_it_says_what_else_there_is(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _machine(monkeypatch, which=lambda name: None)
    assert main(["setup", "--trust", str(home / "年报 2024")]) == 0
    assert "xxgk 的窗口" in capsys.readouterr().out
