"""Print the README's command whose marker is given: ``<!-- command: test -->`` stands above its block."""

import re
import sys
from pathlib import Path

text = Path("README.md").read_text(encoding="utf-8")
found = re.search(rf"<!-- command: {re.escape(sys.argv[1])} -->\s*```\w*\n(.+?)```", text, re.DOTALL)
if not found:
    sys.exit(f"README.md has no command {sys.argv[1]}")
sys.stdout.write(found[1])
