"""The third-party notices as a person reads them: the page is Markdown, the dialog shows plain words."""

from __future__ import annotations

_HEAD_ROWS = 2
"""A table's heading, and the line under it."""


def plain_notices(markdown: str) -> str:
    """Headings without their signs, a table's row as one line, a paragraph's lines joined."""
    blocks = (_block([line.strip() for line in part.splitlines()]) for part in markdown.split("\n\n"))
    return "\n\n".join(block for block in blocks if block)


def _block(lines: list[str]) -> str:
    if lines and lines[0].startswith("|"):
        return "\n".join(_row(line) for line in lines[_HEAD_ROWS:])
    if lines and lines[0].startswith("- "):
        return "\n".join(
            " ".join(item.split()) for item in ("\n".join(lines)).replace("\n- ", "\0- ").split("\0")
        )
    return " ".join(line.lstrip("# ").replace("`", "") for line in lines if line)


def _row(line: str) -> str:
    name, *rest = (cell.strip().replace("`", "") for cell in line.strip("|").split("|"))
    version, *told = (*rest, "")
    return " · ".join(part for part in (f"{name} {version}".strip(), *told) if part)
