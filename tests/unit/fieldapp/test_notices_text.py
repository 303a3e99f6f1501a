"""The third-party notices in the settings are words, not Markdown."""

from fieldapp.services.notices_text import plain_notices
from sync.resources import resource

PAGE = """# Notices

What it stands on is
listed; `build/tools` writes it.

| package | version | licence | note |
|---|---|---|---|
| click | 8.5.1 | BSD-3-Clause |  |
| cffi | 2.1.1 | MIT-0 | holds `libffi` |

- one font,
  cut
- one model
"""


def test_signs_of_markdown_are_gone_and_each_package_is_one_line() -> None:
    assert plain_notices(PAGE).split("\n\n") == [
        "Notices",
        "What it stands on is listed; build/tools writes it.",
        "click 8.5.1 · BSD-3-Clause\ncffi 2.1.1 · MIT-0 · holds libffi",
        "- one font, cut\n- one model",
    ]


def test_shipped_page_reads_as_words() -> None:
    shown = plain_notices(resource("docs", "third-party.md").read_text(encoding="utf-8"))

    assert not any(sign in shown for sign in ("|", "# ", "`"))
    assert "click 8" in shown
