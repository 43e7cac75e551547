"""Put what every check reads, the official forms above all, into the wheel already parsed: it loads at once."""

from __future__ import annotations

import marshal
import shutil
import tomllib
import zlib
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGE = Path("src/xxgk")
FORMAT = 2  # of marshal; every Python 3 reads it
SOURCES = ("formats/*.toml", "narrative/claims.toml")


class ParsedForms(BuildHookInterface[Any]):
    """Write ``2021.data`` beside ``2021.toml`` in the wheel, with the checksum of its source."""

    @property
    def made(self) -> Path:
        """The folder in which these files lie while the wheel is built."""
        return Path(self.directory) / "forms"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Convert the forms, unless the installation is editable: there the TOML itself is read."""
        if self.target_name != "wheel" or version == "editable":
            return
        self.made.mkdir(parents=True, exist_ok=True)
        package = Path(self.root) / PACKAGE
        for source in sorted(path for pattern in SOURCES for path in package.glob(pattern)):
            data = source.read_bytes()
            made = self.made / f"{source.stem}.data"
            made.write_bytes(marshal.dumps((zlib.crc32(data), tomllib.loads(data.decode())), FORMAT))
            build_data["force_include"][str(made)] = f"xxgk/{source.parent.name}/{made.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Leave nothing behind but the wheel."""
        shutil.rmtree(self.made, ignore_errors=True)
