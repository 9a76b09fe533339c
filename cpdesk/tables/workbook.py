"""Excel workbooks, read with openpyxl's streaming reader and a look of our own at the raw sheet.

The streaming reader keeps memory bounded but knows no merged cells and gives an empty cell for a formula that was never
worked out. Both stand plainly in the sheet's XML, so a pass over its bytes collects them, with the real width of the
sheet (the size that a file states for itself is often wrong). Texts are read by us where they hold `_x0041_` escapes,
which openpyxl takes off only in part.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from cpdesk.errors import UserError
from cpdesk.files import disk_problem
from cpdesk.tables import guard
from cpdesk.tables.cells import Broken, Cash, Cell, Percent, Sheet, Span

Progress = Callable[[int, int], None]
_CHUNK = 1 << 20
_TICK = 500  # rows between two words of progress
_CELL = re.compile(
    rb'<(?:\w+:)?c r="([A-Z]{1,3})(\d{1,7})"([^>]*[^/>])?>(?!</(?:\w+:)?c>)'
    rb"(<(?:\w+:)?f[^>]*?(?:/>|>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>)?"
)
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell [^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DOLLAR = re.compile(r'\$|USD|"US\$"', re.I)
_RIEL = re.compile("៛|រៀល|KHR", re.I)
_MAX_MERGES = 20_000


@dataclass
class _Raw:
    """What the bytes of a sheet say: its width, how many rows hold something, merged cells, formulas with no result."""

    width: int = 0
    rows: int = 0
    last_row: bytes = b""
    merged: list[Span] = field(default_factory=list)
    uncounted: set[tuple[int, int]] = field(default_factory=set)


def read(path: Path, progress: Progress) -> list[Sheet]:
    """Every visible worksheet with its values as they were last worked out."""
    from openpyxl import load_workbook

    guard.check_archive(path)
    try:
        raws = _scan_all(path)  # before the library, which goes through a sheet that does not state its size
        # the file is opened here, since the library leaves it open where it stumbles
        with path.open("rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of validations, extensions and the like, which hold no values
            book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            try:
                return [_sheet(path, book, ws, raws, progress) for ws in book.worksheets if ws.sheet_state == "visible"]
            finally:
                book.close()
    except UserError:
        raise
    except OSError as why:
        if why.errno is None:  # the library's own word for a foreign archive
            raise guard.damaged(path) from why
        raise disk_problem(why, path) from why
    except (MemoryError, RecursionError) as why:
        raise guard.too_large(path) from why
    except Exception as why:  # the library raises whatever a damaged part makes it stumble over
        raise guard.damaged(path) from why


def _sheet(path: Path, book: Any, sheet: Any, raws: dict[str, _Raw], progress: Progress) -> Sheet:
    archive: zipfile.ZipFile = book._archive
    raw = raws.get(sheet._worksheet_path) or _scan(path, archive, sheet._worksheet_path)
    guard.check_shape(path, 0, raw.width)
    own = _own_texts(archive)
    if own is not None:
        sheet._shared_strings = own
    sheet.reset_dimensions()
    formats: dict[str, str] = {}
    rows: list[tuple[Cell, ...]] = []
    blanks, filled = 0, 0
    for number, cells in enumerate(sheet.iter_rows(max_col=raw.width or None)):
        values = tuple([_value(cell, formats) for cell in cells]) if cells else ()
        if raw.uncounted:
            values = tuple(Broken() if (number, n) in raw.uncounted and v is None else v for n, v in enumerate(values))
        if all(v is None for v in values):
            blanks += 1  # kept back: a sheet may be formatted down to its last row
            continue
        rows += [()] * blanks
        blanks = 0
        rows.append(values)
        filled += len(values)
        guard.check_shape(path, len(rows), filled // len(rows))
        if len(rows) % _TICK == 0:
            progress(len(rows), len(rows) + _TICK)
    return Sheet(str(sheet.title), rows, [span for span in raw.merged if span.top < len(rows)])


def _value(cell: Any, formats: dict[str, str]) -> Cell:
    value = cell.value
    if value is None or isinstance(value, str):
        return (Broken(value) if cell.data_type == "e" else value) if value else None
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        number = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.15g}")
        if not number.is_finite():
            return Broken(str(value))
        style = cell.number_format
        sort = formats.get(style)
        if sort is None:
            sort = formats[style] = _sort(style)
        if not sort:
            return number
        return Percent(number * 100) if sort == "%" else Cash(number, sort)
    return _moment(value)


def _sort(style: str) -> str:
    """What a number format says beside the digits: "%", a currency, or nothing."""
    if "%" in re.sub(r'\\.|"[^"]*"', "", style):
        return "%"
    locale = re.sub(r"\[\$-[^]]*]", "", re.sub(r"\\(.)", r"\1", style))  # LibreOffice writes \$ where Excel writes "$"
    if _RIEL.search(locale):
        return "KHR"
    return "USD" if _DOLLAR.search(re.sub(r"\[\$([^-\]]*)[^]]*]", r"\1", locale).replace("[$", "")) else ""


def _moment(value: object) -> Cell:
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, timedelta):
        return (datetime.min + value).time() if timedelta(0) <= value < timedelta(1) else str(value)
    return value if isinstance(value, date | time) else str(value)


# -------- the raw sheet


def _scan_all(path: Path) -> dict[str, _Raw]:
    """What each worksheet's bytes say, by the name of its member."""
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if "/worksheets/" in name and name.endswith(".xml")]
        return {name: _scan(path, archive, name) for name in names}


def _scan(path: Path, archive: zipfile.ZipFile, member: str) -> _Raw:
    raw = _Raw()
    letters: set[bytes] = set()
    with archive.open(member) as file:
        rest = b""
        while chunk := file.read(_CHUNK):
            text = rest + chunk
            cut = text.rfind(b"</c>") + 4 if b"</c>" in text else text.rfind(b">") + 1
            if not cut and len(text) > 40 * _CHUNK:
                raise guard.too_large(path)
            rest = text[cut:]
            _collect(text[:cut], raw, letters)
            guard.check_shape(path, raw.rows, 0)
        _collect(rest, raw, letters)
    if len(raw.merged) > _MAX_MERGES:
        raise guard.too_large(path)
    raw.width = max((_number(one) for one in letters), default=0)
    return raw


def _collect(text: bytes, raw: _Raw, letters: set[bytes]) -> None:
    for hit in _CELL.finditer(text):
        letters.add(hit[1])
        if hit[2] != raw.last_row:
            raw.last_row = hit[2]
            raw.rows += 1
        if hit[4] is not None and b't="e"' not in (hit[3] or b""):
            raw.uncounted.add((int(hit[2]) - 1, _number(hit[1]) - 1))
    for hit in _MERGE.finditer(text):
        left, top, right, bottom = _number(hit[1]), int(hit[2]), _number(hit[3]), int(hit[4])
        raw.merged.append(Span(top - 1, left - 1, bottom - 1, right - 1))


def _number(letters: bytes) -> int:
    n = 0
    for letter in letters:
        n = n * 26 + letter - 64
    return n


def _own_texts(archive: zipfile.ZipFile) -> list[str] | None:
    """The table of texts with its escapes rightly undone; None where there are none, and openpyxl's own will do."""
    name = next((n for n in archive.namelist() if n.lower().endswith("sharedstrings.xml")), None)
    if name is None:
        return None
    data = archive.read(name)
    if not re.search(rb"_x[0-9A-Fa-f]{4}_|005F_", data):  # the library strikes x005F_ out, even across stretches
        return None
    from openpyxl.cell.text import Text
    from openpyxl.xml.functions import fromstring

    whole: Any = Text
    return [_unescaped(whole.from_tree(node)) for node in fromstring(data)]


def _unescaped(text: Any) -> str:
    """Each stretch by itself: what reads like an escape only because two of them touch is none."""
    stretches = [text.t, *(one.t for one in text.r or ())]
    return "".join(_ESCAPE.sub(lambda hit: chr(int(hit[1], 16)), one) for one in stretches if one)
