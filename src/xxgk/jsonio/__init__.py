"""Report ↔ JSON, in the shape that docs/json.md describes."""

from xxgk.jsonio.dumping import dump_json, to_data
from xxgk.jsonio.loading import JsonError, load_json

__all__ = ["JsonError", "dump_json", "load_json", "to_data"]
