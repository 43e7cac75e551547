"""The offline installation, made on this system for this system, installed where no index answers."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from pathlib import Path

from support.installations import pack, run
from support.sizes import full_only

pytestmark = full_only


def test_a_wheelhouse_installs_without_an_index_and_shows_the_main_job(tmp_path: Path) -> None:
    made = pack("wheels", tmp_path / "安装 文件夹", "--for", f"linux-{platform.machine()}")
    home, place = tmp_path / "用户 一", tmp_path / "空 目录"
    home.mkdir()
    place.mkdir()
    # A search path with this Python and the few programs that the script calls.
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("dirname", "mkdir", "ln"):
        (programs / name).symlink_to(shutil.which(name) or name)
    python = Path(sys.base_prefix) / "bin"
    said = run("/bin/sh", made / "install.sh", home=home, path=os.pathsep.join([str(python), str(programs)]))
    assert "装好了" in said
    assert "可以校验、生成报告" in said or "都齐了" in said
    started = Path((home / ".config" / "xxgk" / "python.txt").read_text("utf-8").strip())
    assert home in started.parents
    said = run(home / ".local" / "bin" / "xxgk", "demo", home=home, cwd=place)
    assert "已生成" in said
    assert {path.suffix for path in (place / "和平镇示例").iterdir()} == {".xlsx", ".txt", ".docx", ".html", ".md"}
