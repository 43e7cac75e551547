"""axe-core on a page in Chromium: what keeps people from reading it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from support.chromium import told

# WCAG 2.1 A and AA, and what axe-core holds for good practice besides.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
# Adds axe-core to a copy of the page, which itself has no script, and leaves what it found in the title.
AXE = """<script>{axe}</script><script>
axe.run(document, {{runOnly: {tags}}}).then(found => {{
  document.title = JSON.stringify({{
    violations: found.violations.map(one => [one.id, one.nodes.map(node => node.target.join(" "))]),
    rules: found.passes.length, undecided: found.incomplete.map(one => one.id) }});
}});
</script></body>"""


def faults(folder: Path, page: str) -> dict[str, Any]:
    """Return what axe-core says of ``page``."""
    from axe_core_python.base import AXE_FILE_PATH

    axe = Path(AXE_FILE_PATH).read_text(encoding="utf-8")
    with_axe = page.replace("</body>", AXE.format(axe=axe, tags=json.dumps(TAGS)))
    found: dict[str, Any] = told(folder, with_axe, "--virtual-time-budget=20000")
    return found
