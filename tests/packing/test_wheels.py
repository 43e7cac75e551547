"""What a wheelhouse needs for each kind of system, and the texts that go into it; nothing is downloaded."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from xxgk import packing
from xxgk.cli import main
from xxgk.errors import UsageProblem
from xxgk.packing import tools
from xxgk.packing.tools import make, our_wheel, put_text
from xxgk.packing.wheels import EXTRAS, TARGETS, fill_wheelhouse, requirements

TEXTS = Path(packing.__file__).parent
METADATA = """Metadata-Version: 2.4
Name: xxgk
Requires-Dist: jinja2>=3.1
Requires-Dist: Et_XmlFile
Requires-Dist: xlwings>=0.33; sys_platform == 'win32' or sys_platform == 'darwin'
Requires-Dist: old; python_version < '3.12'
Requires-Dist: pytest; extra == 'test'
Requires-Dist: typst>=0.15; extra == 'pdf'
Requires-Dist: playa; platform_machine != 'aarch64' and extra == 'import'
"""


def wheel(path: Path, metadata: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.dist-info/METADATA", metadata)
    return path


@pytest.mark.parametrize(
    ("system", "python", "extra"),
    [
        ("windows", "3.11", {"xlwings": "xlwings>=0.33", "old": "old"}),
        ("windows", "3.13", {"xlwings": "xlwings>=0.33"}),
        ("linux-aarch64", "3.14", {}),
    ],
)
def test_dependencies_are_those_of_the_other_system(
    tmp_path: Path, system: str, python: str, extra: dict[str, str]
) -> None:
    needed = requirements(wheel(tmp_path / "a.whl", METADATA), TARGETS[system], python)
    assert needed == {"jinja2": "jinja2>=3.1", "et-xmlfile": "Et_XmlFile", **extra}


def test_pdf_files_are_made_and_read_without_internet_too(tmp_path: Path) -> None:
    path = wheel(tmp_path / "a.whl", METADATA)
    needed = requirements(path, TARGETS["windows"], "3.12")
    needed |= {"typst": "typst>=0.15", "playa": "playa"}
    assert requirements(path, TARGETS["windows"], "3.12", EXTRAS) == needed
    assert "playa" not in requirements(path, TARGETS["linux-aarch64"], "3.12", EXTRAS)
    named = ",".join(filter(None, EXTRAS))
    assert all(f'"xxgk[{named}]"' in (TEXTS / name).read_text("utf-8") for name in ("install.bat", "install.sh"))


def test_dependencies_of_dependencies_come_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = {"a>=1": ("a", "Requires-Dist: b\nRequires-Dist: a\n"), "b": ("b", "Requires-Dist: a\n"), "c": ("c", "")}
    asked: list[list[str]] = []

    def pip(command: str, *arguments: str) -> None:
        folder = next(Path(word.partition("=")[2]) for word in arguments if word.startswith("--dest="))
        folder.mkdir()
        words = [word for word in arguments if not word.startswith("--")]
        asked.append(words)
        for word in words:
            name, metadata = index[word]
            wheel(folder / f"{name}.whl", metadata)

    ours = wheel(tmp_path / "xxgk-1.whl", "Requires-Dist: a>=1\nRequires-Dist: c\n")
    monkeypatch.setattr("xxgk.packing.wheels.pip", pip)
    monkeypatch.setattr("xxgk.packing.wheels.our_wheel", lambda source, folder: shutil.copy(ours, folder))
    fill_wheelhouse(tmp_path / "made", tmp_path, ["windows"], ["3.12"])
    assert asked == [["a>=1", "c"], ["b"]]
    assert {path.name for path in (tmp_path / "made" / "wheels").iterdir()} == {"a.whl", "b.whl", "c.whl", "xxgk-1.whl"}
    assert {path.name for path in (tmp_path / "made").iterdir()} == {"wheels", "install.bat", "install.sh", "说明.txt"}


def test_windows_can_read_its_texts(tmp_path: Path) -> None:
    put_text("install.bat", tmp_path / "a.bat", "gbk", "\r\n")
    data = (tmp_path / "a.bat").read_bytes()
    assert data.count(b"\r\n") == data.count(b"\n") > 10
    assert data.decode("gbk").replace("\r\n", "\n") == (TEXTS / "install.bat").read_text("utf-8")


def test_the_shell_script_is_sound() -> None:
    assert subprocess.run(["/bin/sh", "-n", str(TEXTS / "install.sh")], check=False).returncode == 0


def test_no_text_names_a_place_on_the_internet() -> None:
    for path in TEXTS.iterdir():
        if path.is_file():
            text = path.read_text("utf-8")
            assert "://" not in text
            assert "pypi" not in text.lower()


def test_a_folder_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    def fill(made: Path, temporary: Path) -> None:
        made.mkdir()
        (temporary / "a").touch()
        raise UsageProblem("坏了")

    with pytest.raises(UsageProblem):
        make(tmp_path / "安装", fill)
    assert not list(tmp_path.iterdir())
    make(tmp_path / "安装", lambda made, temporary: made.mkdir())
    assert [path.name for path in tmp_path.iterdir()] == ["安装"]
    with pytest.raises(UsageProblem, match="没有覆盖"):
        make(tmp_path / "安装", fill)


def test_what_a_program_cannot_do_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("xxgk.packing.program.fill_program", lambda made, source, temporary: made.mkdir())
    monkeypatch.setitem(sys.modules, "playa", None)
    assert main(["pack", "program", str(tmp_path / "免安装")]) == 0
    said = capsys.readouterr().out
    assert "不能读取、核对 PDF" in said
    assert "不能生成 PDF" not in said


@pytest.mark.parametrize("words", [["--source", "nowhere"], ["--for", "dos"]])
def test_wrong_words_are_said(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["pack", "wheels", "安装", *words]) == 2
    assert words[1] in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_program_without_pip_says_where_to_pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tools.sys, "frozen", True, raising=False)
    with pytest.raises(UsageProblem, match="装了 Python 的电脑"):
        our_wheel(tmp_path / "a.whl", tmp_path)
