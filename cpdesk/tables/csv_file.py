"""CSV in and out: whichever separator and encoding a program wrote, and never a formula.

A spreadsheet runs what stands in a CSV behind `=`, `+`, `-` or `@`. Such text is written with an apostrophe before it,
as people type it there; reading takes that one apostrophe off again, so that every text comes back as it was.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from cpdesk.files import disk_troubles, write_whole
from cpdesk.i18n import _
from cpdesk.kinds import MAX_TEXT
from cpdesk.tables import guard
from cpdesk.tables.cells import Cell, Sheet, text_of

SEPARATORS = ",;\t|"
_STARTS = "=+-@\t\r\n＝＋－＠"
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SAMPLE = 40  # records that the separator is told from


def read(path: Path) -> Sheet:
    """The file as one sheet of texts, blank rows at the end left out."""
    with disk_troubles(path):
        text = _decoded(path, path.read_bytes())
    separator, text = _separator(text)
    rows: list[tuple[Cell, ...]] = []
    before = csv.field_size_limit(MAX_TEXT * 2)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            rows.append(tuple(_unguarded(cell) if cell else None for cell in row))
            guard.check_shape(path, len(rows), len(row))
    except csv.Error as why:
        raise guard.refused(
            _("“{file}” is no table that can be read ({reason}).").format(file=path.name, reason=why)
        ) from why
    finally:
        csv.field_size_limit(before)
    while rows and not any(rows[-1]):
        rows.pop()
    return Sheet(path.stem, rows)


def _decoded(path: Path, data: bytes) -> str:
    encoding = next((name for bom, name in _BOMS if data.startswith(bom)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as why:
        raise guard.refused(
            _("“{file}” is not written in Unicode, so its Khmer cannot be read.").format(file=path.name),
            _("In Excel choose “CSV UTF-8” when saving, or save it as .xlsx."),
        ) from why
    if "\0" in text:
        raise guard.refused(_("“{file}” is no table: it holds bytes that are no text.").format(file=path.name))
    return text


def _separator(text: str) -> tuple[str, str]:
    """The separator that cuts the first records most evenly, and the text without Excel's own line about it."""
    first, _line_end, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        return first.strip()[4], rest
    best, chosen = 0, ","
    for separator in SEPARATORS:
        reader = csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=separator)
        counts: list[int] = []
        try:
            for row in reader:
                if any(row):
                    counts.append(len(row))
                if len(counts) == _SAMPLE:
                    break
        except csv.Error:
            continue  # not even its quotes fit this separator
        usual = max(set(counts), key=counts.count) if counts else 1
        score = counts.count(usual) * (usual > 1) * 1000 + usual
        if score > best:
            best, chosen = score, separator
    return chosen, text


def guarded(text: str) -> str:
    """The text as a CSV may hold it."""
    if text[:1] and (text[0] in _STARTS or (text[0] == "'" and text[1:2] and text[1] in "'" + _STARTS)):
        return "'" + text
    return text


def _unguarded(text: str) -> str:
    return text[1:] if len(text) > 1 and text[0] == "'" and text[1] in "'" + _STARTS else text


def write(path: Path, rows: Iterable[Sequence[Cell]]) -> None:
    """UTF-8 with a mark that Excel knows it by, quotes where they are needed. Numbers stay numbers."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for row in rows:
        writer.writerow([guarded(cell) if isinstance(cell, str) else text_of(cell) for cell in row])
    write_whole(path, out.getvalue().encode("utf-8-sig"))
