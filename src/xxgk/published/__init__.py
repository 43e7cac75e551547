"""Readers of published reports: a file becomes blocks, blocks a Report and a list of what was read from where."""
