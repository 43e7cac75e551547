"""The report's fonts, looked for on computers that have them or not."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from xxgk.machine.fonts import FONT_KEYS, FONTS, font_in_use, installed_fonts
from xxgk.resources import PACKAGE

from support.machines import FakeRegistry, linux, windows

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def test_the_fonts_are_those_of_the_report() -> None:
    table = ET.parse(PACKAGE / "render" / "reference" / "word" / "fontTable.xml")
    names = {font.attrib[f"{W}name"]: font.find(f"{W}altName") for font in table.iter(f"{W}font")}
    assert set(FONTS) == set(names)
    for name, other in names.items():
        assert other is not None
        own, similar = FONTS[name]
        assert other.attrib[f"{W}val"] in (*own, *similar)


def test_windows_fonts_are_read_from_the_registry() -> None:
    registry = FakeRegistry(
        {
            FONT_KEYS[0]: {"SimSun & NSimSun (TrueType)": "simsun.ttc", "SimHei (TrueType)": "simhei.ttf"},
            FONT_KEYS[1]: {"仿宋_GB2312 (TrueType)": r"C:\Users\王芳\fang.ttf"},
        }
    )
    installed = installed_fonts(windows(registry))
    assert installed == {"simsun", "nsimsun", "simhei", "仿宋_gb2312"}
    assert [font_in_use(name, installed) for name in ("宋体", "黑体", "仿宋_GB2312")] == ["宋体", "黑体", "仿宋_GB2312"]
    assert font_in_use("方正小标宋简体", installed) == ""


def test_linux_fonts_are_listed_by_fontconfig() -> None:
    said = "Noto Sans CJK SC\nLXGW WenKai,霞鹜文楷,LXGW WenKai Light\nFoo\\-Bar\n"
    installed = installed_fonts(linux(output={("fc-list", ":", "family"): said}.__getitem__))
    assert installed == {"noto sans cjk sc", "lxgw wenkai", "霞鹜文楷", "lxgw wenkai light", "foo-bar"}
    assert font_in_use("黑体", installed) == "Noto Sans CJK SC"
    assert font_in_use("楷体_GB2312", installed) == "霞鹜文楷"


def test_a_computer_that_does_not_tell_its_fonts_is_not_said_to_have_none() -> None:
    assert installed_fonts(linux()) is None
