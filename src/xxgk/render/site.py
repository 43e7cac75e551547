"""What a government site asks of a page beyond the report itself (《政府网站发展指引》, 国办发〔2017〕47号)."""

from __future__ import annotations

from xxgk.errors import UsageProblem
from xxgk.records import Record

COLUMN = "政府信息公开年报"  # the name of the column that the regulation asks every body to keep


class Site(Record):
    """A site by its name, its domain and its ten digits of identification; what is not known is empty."""

    name: str = ""
    domain: str = ""
    code: str = ""


def parse_site(words: str) -> Site:
    """Return the site that ``words`` name: its name, domain and code with commas between, the last two optional.

    Raise ``UsageProblem`` where there is more, or no name.
    """
    parts = [part.strip() for part in words.replace("，", ",").split(",")]
    if not parts[0] or len(parts) > len(Site._names):
        raise UsageProblem(f"--site 后面写网站名称、域名、标识码，用逗号隔开；看不懂“{words}”。")
    return Site(*parts)
