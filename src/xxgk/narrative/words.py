"""The word lists that the wording of a text is checked against: ours, and what an office adds in a file of its own.

Both have the same form (docs/words.md): sections in brackets, one entry a line, ``wrong = right``.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from pathlib import Path

from xxgk.records import Record, field, replace

OFFICE_FILE = "用词.txt"
MAX_BYTES = 1_000_000  # of an office's file
MAX_ENTRY = 60  # characters; no word and no title is longer

_FOLDER = Path(__file__).parent


class Outdated(Record):
    """A document's number that another one has taken the place of, for reports of ``since`` and later."""

    number: str
    since: int


class Words(Record):
    """The lists. Each field is a section of the file; ``faults`` are sentences about lines that were passed over."""

    misspelt: Mapping[str, str] = field(default_factory=dict)
    leftovers: tuple[str, ...] = ()
    documents: Mapping[str, str] = field(default_factory=dict)
    outdated: Mapping[str, Outdated] = field(default_factory=dict)
    laws: tuple[str, ...] = ()
    misnamed: Mapping[str, str] = field(default_factory=dict)
    customary: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    improvements: tuple[str, ...] = ()
    aspects: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    government_aspects: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    allowed: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


LISTS = ("模板文字", "法规", "套话", "问题", "改进", "放行")
PAIRS = ("错字", "文件", "旧文号", "误称", "五方面", "各级政府还要写")
SECTIONS = (*LISTS, *PAIRS)


@functools.cache
def shipped_words() -> Words:
    """Return the lists that come with the program."""
    return parse_words((_FOLDER / "words.txt").read_text(encoding="utf-8"))


def words_beside(path: Path | None) -> Words:
    """Return our lists, with what the office's files add: the one in the user's settings, and the one beside ``path``.

    ``path`` is the workbook's, None where it has no file.
    A file that cannot be read adds nothing but a sentence in ``faults``.
    """
    from xxgk.settings import settings_folder

    words = shipped_words()
    own = (path.absolute().parent,) if path is not None else ()
    for folder in dict.fromkeys((settings_folder(), *own)):
        file = folder / OFFICE_FILE
        try:
            data = file.read_bytes() if file.is_file() else b""
        except OSError:
            words = _with_fault(words, f"{file} 打不开，没有采用。")
            continue
        if len(data) > MAX_BYTES:
            words = _with_fault(words, f"{file} 太大，没有采用。")
        elif data:
            words = _extended(words, data)
    return words


@functools.lru_cache(maxsize=8)
def _own(data: bytes) -> Words:
    return parse_words(_decoded(data), OFFICE_FILE)


def _extended(words: Words, data: bytes) -> Words:
    """Return ``words`` with what an office's file adds to each list."""
    own = _own(data)
    return Words(
        misspelt={**words.misspelt, **own.misspelt},
        leftovers=words.leftovers + own.leftovers,
        documents={**words.documents, **own.documents},
        outdated={**words.outdated, **own.outdated},
        laws=words.laws + own.laws,
        misnamed={**words.misnamed, **own.misnamed},
        customary=words.customary + own.customary,
        problems=words.problems + own.problems,
        improvements=words.improvements + own.improvements,
        aspects={**words.aspects, **_added(words.aspects, own.aspects)},
        government_aspects={**words.government_aspects, **_added(words.government_aspects, own.government_aspects)},
        allowed=words.allowed + own.allowed,
        faults=words.faults + own.faults,
    )


def _added(ours: Mapping[str, tuple[str, ...]], own: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {aspect: ours.get(aspect, ()) + words for aspect, words in own.items()}


def _with_fault(words: Words, fault: str) -> Words:
    extended: Words = replace(words, faults=(*words.faults, fault))
    return extended


def _decoded(data: bytes) -> str:
    """Return the text of a file that Notepad wrote: UTF-8, or GBK as it was on older systems."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "replace")


def parse_words(text: str, name: str = "") -> Words:
    """Return the lists in ``text``; a line that is not understood is a sentence in ``faults`` that names the file."""
    lists: dict[str, list[str]] = {section: [] for section in LISTS}
    pairs: dict[str, dict[str, str]] = {section: {} for section in PAIRS}
    faults = []
    for number, section, line in _entries(text):
        fault = _take(lists, pairs, section, line)
        if fault:
            faults.append(f"{name}第 {number} 行“{line[:20]}”{fault}，这一行没有采用。")
    return Words(
        misspelt=pairs["错字"],
        leftovers=tuple(lists["模板文字"]),
        documents=pairs["文件"],
        outdated={old: _outdated(new) for old, new in pairs["旧文号"].items()},
        laws=tuple(lists["法规"]),
        misnamed=pairs["误称"],
        customary=tuple(lists["套话"]),
        problems=tuple(lists["问题"]),
        improvements=tuple(lists["改进"]),
        aspects={aspect: tuple(words.split()) for aspect, words in pairs["五方面"].items()},
        government_aspects={aspect: tuple(words.split()) for aspect, words in pairs["各级政府还要写"].items()},
        allowed=tuple(lists["放行"]),
        faults=tuple(faults),
    )


def _entries(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield number, section and text of each line that says something; a section's own line belongs to it."""
    section = ""
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith(("#", "＃")):
            continue
        inner = line[1:-1].strip()
        if line[0] + line[-1] in ("[]", "【】", "［］") and (inner in SECTIONS or line[0] == "["):
            section = inner
            if section not in SECTIONS:
                yield number, section, line
        else:
            yield number, section, line


def _take(lists: dict[str, list[str]], pairs: dict[str, dict[str, str]], section: str, line: str) -> str:
    """Put an entry where it belongs; return what is wrong with it, "" for nothing."""
    if section not in SECTIONS:
        known = "、".join(f"[{one}]" for one in SECTIONS)
        return f"前面的节名不认识（可用的有：{known}）" if section else "前面没有节名，如 [错字]"
    if section in lists:
        if len(line) > MAX_ENTRY:
            return f"超过 {MAX_ENTRY} 个字"
        lists[section].append(line)
        return ""
    wrong, equals, right = (part.strip() for part in line.replace("＝", "=").replace("→", "=").partition("="))
    if not (wrong and equals and right):
        return "要写成“错的 = 对的”，等号两边都有字"
    if section in ("错字", "误称") and (len(wrong) < 2 or len(wrong) > MAX_ENTRY or wrong in right):
        return "错的一边要有两个字以上，也不能就在对的一边里面"
    if section == "旧文号" and not right.rpartition(" ")[2].isdigit():
        return "要写成“旧文号 = 新文号 起用年度”"
    pairs[section][wrong] = right
    return ""


def _outdated(text: str) -> Outdated:
    number, _, since = text.rpartition(" ")
    return Outdated(number.strip(), int(since))
