"""LibreOffice takes the trusted folder that we write into its settings, and writes it again itself."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from xxgk.machine.trust_libreoffice import EMPTY, libreoffice_macros, with_folder

from support.office import SOFFICE

pytestmark = pytest.mark.office


def test_libreoffice_keeps_the_folder_among_its_own_settings(tmp_path: Path) -> None:
    assert SOFFICE
    settings = tmp_path / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    folder = (tmp_path / "年报 & 2024").as_uri()
    ours = with_folder(EMPTY, folder)
    settings.write_bytes(ours)
    (tmp_path / "a.csv").write_text("1\n", encoding="ascii")
    options = [f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "xlsx"]
    subprocess.run([SOFFICE, *options, "--outdir", str(tmp_path), str(tmp_path / "a.csv")], check=True, timeout=60)
    # It has written its own by now: many more, in its own order.
    theirs = settings.read_bytes()
    assert len(theirs) > 2 * len(ours)
    assert libreoffice_macros(theirs).folders == (folder,)
