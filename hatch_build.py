"""Put what every check reads, the official forms above all, into the wheel as JSON too: it loads five times as fast."""

from __future__ import annotations

import json
import shutil
import tomllib
import zlib
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGE = Path("src/xxgk")
SOURCES = ("formats/*.toml", "narrative/claims.toml")


class FormsAsJson(BuildHookInterface[Any]):
    """Write ``2021.json`` beside ``2021.toml`` in the wheel, with the checksum of its source."""

    @property
    def made(self) -> Path:
        """The folder in which the JSON files lie while the wheel is built."""
        return Path(self.directory) / "forms"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Convert the forms, unless the installation is editable: there the TOML itself is read."""
        if self.target_name != "wheel" or version == "editable":
            return
        self.made.mkdir(parents=True, exist_ok=True)
        package = Path(self.root) / PACKAGE
        for source in sorted(path for pattern in SOURCES for path in package.glob(pattern)):
            data = source.read_bytes()
            made = self.made / f"{source.stem}.json"
            content = {"source": zlib.crc32(data), "form": tomllib.loads(data.decode())}
            made.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
            build_data["force_include"][str(made)] = f"xxgk/{source.parent.name}/{made.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Leave nothing behind but the wheel."""
        shutil.rmtree(self.made, ignore_errors=True)
