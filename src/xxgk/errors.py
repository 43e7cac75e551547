"""What goes wrong, in words for staff. Every message is one plain Chinese sentence, ready to print."""

from __future__ import annotations


class XxgkError(Exception):
    """A fault that the user can mend; ``exit_code`` is what the command ends with."""

    exit_code = 3


class UsageProblem(XxgkError):
    """The command's words are off."""

    exit_code = 2


class UnreadableWorkbook(XxgkError):
    """The file is no workbook of ours, or unsafe, or cannot be read."""


class FileProblem(XxgkError):
    """A file cannot be written or replaced: open elsewhere, read-only, disk full."""


class Interrupted(XxgkError):
    """The user pressed Ctrl-C; the message tells how far the work is."""

    exit_code = 130
