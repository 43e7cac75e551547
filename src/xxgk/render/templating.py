"""The templates of this folder, compiled once a process. jinja2 is imported when the first is asked for."""

from __future__ import annotations

import functools
from pathlib import Path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from jinja2 import Environment, Template

FOLDER = Path(__file__).parent / "templates"
MARKDOWN = ".md.j2"


def template(name: str) -> Template:
    """Return the template ``name``. All but Markdown escape for XML and HTML what they print."""
    return _environment().get_template(name)


@functools.cache
def _environment() -> Environment:
    # It takes longer to import than a Word report to make, which needs none.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=lambda name: not (name or "").endswith(MARKDOWN),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
