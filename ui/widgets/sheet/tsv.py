"""Cells on the clipboard, as Excel and LibreOffice write and read them.

Cells are parted by tabs and rows by line ends. A cell that holds a tab or a line end stands in double quotes, its own
quotes doubled. Excel leaves quotes inside a cell alone otherwise, so `5" pipe` is not quoted; a cell that begins with a
quote is, since it could not be told from a quoted one. The last row ends with a line end too.
"""

from __future__ import annotations

from collections.abc import Sequence

MOST_CELLS = 200_000  # what a person pastes at once; a clipboard may hold a book


def write(rows: Sequence[Sequence[str]]) -> str:
    return "".join("\t".join(map(_quoted, row)) + "\r\n" for row in rows)


def _quoted(text: str) -> str:
    if text.startswith('"') or any(mark in text for mark in "\t\n\r"):
        return '"' + text.replace('"', '""') + '"'
    return text


def read(text: str) -> list[list[str]]:
    """The cells of a clipboard; one empty cell for an empty text. Rows may differ in length."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    if text.endswith("\n"):
        text = text[:-1]
    rows: list[list[str]] = [[]]
    at, count = 0, 0
    while count < MOST_CELLS:
        cell, at = _cell(text, at)
        rows[-1].append(cell)
        count += 1
        if at >= len(text):
            break
        if text[at] == "\n":
            rows.append([])
        at += 1
    return rows


def _cell(text: str, at: int) -> tuple[str, int]:
    """The cell that begins at `at`, and where its end mark stands."""
    if text[at : at + 1] == '"':
        found = _quoted_cell(text, at + 1)
        if found is not None:
            return found
    tab, line = text.find("\t", at), text.find("\n", at)
    end = min((n for n in (tab, line) if n >= 0), default=len(text))
    return text[at:end], end


def _quoted_cell(text: str, at: int) -> tuple[str, int] | None:
    """What stands between quotes; None where they do not close before a tab, a line end or the end, so that the
    quote was a letter like others.
    """
    parts: list[str] = []
    while True:
        end = text.find('"', at)
        if end < 0:
            return None
        parts.append(text[at:end])
        if text[end + 1 : end + 2] == '"':
            parts.append('"')
            at = end + 2
        elif text[end + 1 : end + 2] in ("", "\t", "\n"):
            return "".join(parts), end + 1
        else:
            return None
