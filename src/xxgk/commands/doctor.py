"""``xxgk doctor``: what this computer has, what it lacks, and the words for the IT people."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence

from xxgk import __version__
from xxgk.commands.demo import EXAMPLE
from xxgk.formats import form_ids, load_form
from xxgk.machine.answers import GOOD, MISSING, NEUTRAL, Answer
from xxgk.machine.machine import this_machine
from xxgk.machine.probes import examine
from xxgk.output.terminal import terminal_width, write_utf8
from xxgk.output.width import wrap
from xxgk.resources import resource
from xxgk.workbook.template import template_path

# Not ✓ and ✗, which GBK does not have and Chinese fonts seldom show.
MARKS = {GOOD: "√", MISSING: "×", NEUTRAL: "–"}
INDENT = "  "


def run(arguments: Namespace) -> int:
    """Print the list; return 1 when something is missing without which nothing can be checked or reported, else 0."""
    machine = this_machine()
    answers = examine(machine, missing_files(), __version__)
    if arguments.format == "json":
        write_utf8(to_json(answers, machine.release))
    else:
        print(to_text(answers, machine.release, terminal_width()))
    return exit_code(answers)


def missing_files() -> tuple[str, ...]:
    """Return the names of the templates and examples that should have been installed and are not there."""
    forms = [load_form(form_id) for form_id in form_ids()]
    needed = [*map(template_path, forms), resource("examples", EXAMPLE)]
    missing = tuple(path.name for path in needed if not path.is_file())
    return missing if forms else ("formats", *missing)


def exit_code(answers: Sequence[Answer]) -> int:
    """Return 1 when a needed thing is missing, else 0."""
    return int(any(answer.state == MISSING and answer.needed for answer in answers))


def to_text(answers: Sequence[Answer], release: str, width: int) -> str:
    """Return the answers, one a line, then what to do, as text of at most ``width`` columns."""
    lines = [f"xxgk {__version__}，{release}", ""]
    for answer in answers:
        text = f"{answer.title}：{answer.found}（用处：{answer.purpose}）"
        lines += _hanging(f"{MARKS[answer.state]} ", text, width)
    # The same advice may go with several answers.
    advice = list(dict.fromkeys(answer.advice for answer in answers if answer.advice))
    lines += ["", *wrap(_summary(answers, bool(advice)), width)]
    for number, text in enumerate(advice, 1):
        lines += _hanging(f"{number}. ", text, width)
    return "\n".join(lines)


def to_json(answers: Sequence[Answer], release: str) -> str:
    """Return the answers as JSON text, for help from afar."""
    import json

    items = [
        {
            "id": answer.id,
            "title": answer.title,
            "state": answer.state,
            "found": answer.found,
            "purpose": answer.purpose,
            "advice": answer.advice,
            "needed": answer.needed,
        }
        for answer in answers
    ]
    data = {"xxgk": __version__, "system": release, "items": items}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _summary(answers: Sequence[Answer], advised: bool) -> str:
    if exit_code(answers):
        return "现在还不能校验、生成报告。请把下面的话发给信息技术人员："
    if advised:
        return "可以校验、生成报告。要让打“×”的也能用，请把下面的话发给信息技术人员："
    return "都齐了。"


def _hanging(mark: str, text: str, width: int) -> list[str]:
    """Return ``text`` behind ``mark``, its further lines indented."""
    first, *more = wrap(text, width - len(mark) - 1)
    return [mark + first, *(INDENT + line for line in more)]
