"""``python -m xxgk``."""

import sys

from xxgk.cli import start

sys.exit(start())
