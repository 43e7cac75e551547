"""The tab 年报 in the ribbon, as the customUI of 2006, which Excel since 2007, WPS and openpyxl keep."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from xxgk.excel.verbs import VERBS, Verb

TAB = "年报"
GROUP = "政府信息公开年报"
# Pictures that come with Office.
IMAGES = {
    "fill": "FillDown",
    "check": "ErrorChecking",
    "back": "ReviewPreviousComment",
    "next": "ReviewNextComment",
    "clear": "ClearFormatting",
    "report": "CreateReport",
    "folder": "FileOpen",
    "undo": "Undo",
}


def ribbon_xml() -> bytes:
    """Return the customUI part: one tab with a large button for each verb, in the order of work."""
    buttons = "".join(_button(verb) for verb in VERBS)
    xml = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<customUI xmlns="http://schemas.microsoft.com/office/2006/01/customui"><ribbon><tabs>'
        f'<tab id="xxgkTab" label={quoteattr(TAB)}><group id="xxgkGroup" label={quoteattr(GROUP)}>{buttons}</group>'
        "</tab></tabs></ribbon></customUI>"
    )
    return xml.encode()


def _button(verb: Verb) -> str:
    texts = {"id": verb.button, "label": verb.caption, "supertip": verb.tip, "imageMso": IMAGES[verb.name]}
    attributes = "".join(f" {name}={quoteattr(text)}" for name, text in texts.items())
    return f'<button{attributes} size="large" onAction="{verb.ribbon}"/>'
