"""Where files lie: on disk, or at an address such as ``sftp://…`` that other computers can open too."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote, urlsplit

from xxgk.records import Record

# One letter before the colon is a drive of Windows.
URL = re.compile(r"[a-z][a-z0-9+.:-]+://", re.IGNORECASE)
PASSWORD = re.compile(r"(?<=//)([^/@:]*):[^/@]*@")
DRIVE = re.compile(r"^/(?=[A-Za-z]:)")
WEB = ("http", "https")
SAFE = "/:._-()@+&=,;~"


class Url(Record):
    """An address as fsspec takes it. Shown, it is without the password that may stand in it."""

    text: str

    @property
    def name(self) -> str:
        """The last part of the address: a file's name."""
        if self.scheme in WEB:  # what stands between the slashes and the path is a computer
            return PurePosixPath(unquote(urlsplit(self.text).path)).name
        return PurePosixPath(self.text.partition("::")[0].partition("://")[2]).name

    @property
    def suffix(self) -> str:
        """The suffix of the name, with its dot."""
        return PurePosixPath(self.name).suffix

    @property
    def scheme(self) -> str:
        """What the address begins with, before ``://``."""
        return self.text.partition(":")[0].lower()

    @property
    def path(self) -> Path | None:
        """The file on this computer that ``file://…`` stands for; None for all other addresses."""
        if self.scheme not in ("file", "local"):
            return None
        return Path(DRIVE.sub("", self.text.partition("://")[2]))

    @property
    def link(self) -> str:
        """The address as a link in a document has it."""
        safe = SAFE + "%" if self.scheme in WEB else SAFE
        return "".join(quote(char, safe=safe) if char.isascii() else char for char in str(self))

    def below(self, name: str) -> Url:
        """Return the address of the file ``name`` in the folder, which may lie in another file (``zip://::…``)."""
        folder, chained, rest = self.text.partition("::")
        name = quote(name) if self.scheme in WEB else name
        return Url(f"{folder}{'' if folder.endswith('/') else '/'}{name}{chained}{rest}")

    def readable(self, part: str) -> str:
        """Return ``part`` of the address as people write it; only web servers give it in ``%E4…``."""
        return unquote(part) if self.scheme in WEB else part

    def __str__(self) -> str:
        return PASSWORD.sub(r"\1@", self.text)


Place = Path | Url


def place_of(typed: str) -> Place:
    """Return the place that a person has typed."""
    return Url(typed) if URL.match(typed) else Path(typed)
