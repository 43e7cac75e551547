"""Findings as people and programs want them: text for a terminal, JSON."""
