"""Commands in README and docs run as written; links lead somewhere; the page of each command is complete."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from xxgk.cli import main
from xxgk.options import COMMANDS

from support.reports import EXAMPLE_PATH

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
STYLE = ROOT / "workbook_templates" / "报告样式.docx"


def commands(page: Path) -> list[str]:
    """Return the xxgk lines of the shell blocks of ``page``."""
    blocks = re.findall(r"```sh\n(.+?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    lines = [line.strip() for block in blocks for line in block.splitlines()]
    return [part for line in lines for part in line.split(" && ") if part.startswith("xxgk ")]


@pytest.mark.parametrize("page", [page for page in PAGES if commands(page)], ids=lambda page: page.name)
def test_commands_run_as_written(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(STYLE, tmp_path)
    workbook = "年报.xlsx"
    if not any(line.startswith("xxgk new") for line in commands(page)):
        assert main(["new", "2023", "--unit", "和平镇人民政府", "-o", workbook]) == 0
        assert main(["fill", workbook, "--from", str(EXAMPLE_PATH)]) == 0
    for line in commands(page):
        assert main(shlex.split(line)[1:]) == 0, line
        if line.startswith("xxgk new"):
            # Here staff would type.
            workbook = shlex.split(line)[shlex.split(line).index("-o") + 1]
            assert main(["fill", workbook, "--from", str(EXAMPLE_PATH)]) == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#:]+)\)", text):
        assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_readme_names_every_command_for_staff() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in set(COMMANDS) - {"template"}:
        assert f"`xxgk {command}" in text, command


@pytest.mark.parametrize("name", ["demo", "test"])
def test_ci_finds_the_readme_commands(name: str) -> None:
    script = ROOT / ".ci" / "readme_command.py"
    done = subprocess.run([sys.executable, str(script), name], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("pip install")
