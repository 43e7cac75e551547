"""Workbooks set right: cells mended where the meaning cannot change, and structure rebuilt around what was typed."""
