"""Tables as files that officers print and edit in Excel: headings in two levels, bands, totals that are formulas.

Text is always written as text, so that `=1+1` stays what somebody typed; the only formulas are `Formula` cells, which
bring their result along for programs that do not calculate.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from cpdesk.files import write_whole
from cpdesk.i18n import _
from cpdesk.tables import csv_file
from cpdesk.tables.cells import Cash, Cell, Percent, plain

FONT, HEAD_FONT = "Khmer OS Battambang", "Khmer OS Muol Light"
MAX_CELL = 32_767  # UTF-16 units that an Excel cell holds
PIECE = 32_000
_DIGITS = 15  # what an Excel number keeps
_A3, _A4 = 8, 9
_WIDE = 110  # characters beyond which a page is printed on A3
_PAGE = 210  # characters of columns that one page can still be read with
_LINE = 19  # points of a line of Khmer at 10 points
_TALLEST = 400  # points; Excel takes 409
_KHMER_WIDE = 1.1  # widths of a digit that a Khmer letter takes
_NUMBERED = re.compile("(?<=_x)(?=[0-9a-fA-F]{4}_)")
_MARKS = re.compile("[\u17b7-\u17bd\u17c6\u17c9-\u17d1\u17dd\u200b]|\u17d2[\u1780-\u17b3]")
_NUMBERS = {"": "#,##0.##########", "int": "#,##0", "year": "0", "KHR": '#,##0 "៛"', "KHR.": '#,##0.00 "៛"',
            "USD": '"$"#,##0.00', "USD0": '"$"#,##0', "%": "0.##########%", "date": "dd/mm/yyyy"}  # fmt: skip
_ROLES: dict[str, dict[str, object]] = {
    "row": {"valign": "top", "border": 1, "border_color": "#C9D2DE"},
    "head": {"bold": True, "align": "center", "valign": "vcenter", "bg_color": "#E8F1F8", "border": 1,
             "border_color": "#9DB4C9"},
    "title": {"font_name": HEAD_FONT, "font_size": 12, "valign": "vcenter", "text_wrap": False},
    "note": {"font_color": "#667085", "text_wrap": False},
    "objective": {"bold": True, "bg_color": "#DCE9F4", "valign": "vcenter", "border": 1, "border_color": "#C9D2DE"},
    "output": {"bg_color": "#F1F5F9", "valign": "vcenter", "border": 1, "border_color": "#C9D2DE", "indent": 1},
    "total": {"bold": True, "text_wrap": False, "bg_color": "#F6F7F9", "top": 2, "bottom": 1,
              "border_color": "#9DB4C9"},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Formula:
    """An Excel formula ("=SUM(C4:C9)") and what it comes to."""

    text: str
    result: Cell
    currency: str = ""


Out = Cell | Formula


@dataclass(frozen=True)
class Heading:
    """A column: its heading, the group that it stands under, its width in letters; `centred` for marks and codes."""

    text: str
    group: str = ""
    width: float = 14
    hidden: bool = False
    centred: bool = False
    year: bool = False


@dataclass(frozen=True)
class Line:
    """A row; its role is row, objective, output, total or note. A band's first text runs over all columns shown."""

    cells: Sequence[Out]
    role: str = "row"

    @property
    def band(self) -> bool:
        return self.role in ("objective", "output")


@dataclass(frozen=True)
class Table:
    """A sheet to be written. `frozen` columns at the left stay in sight."""

    name: str
    headings: Sequence[Heading]
    lines: Sequence[Line]
    titles: Sequence[str] = ()
    frozen: int = 0
    notes: Sequence[str] = field(default=())

    @property
    def levels(self) -> int:
        return 2 if any(h.group for h in self.headings) else 1

    @property
    def first_row(self) -> int:
        """The row, from 0, that the first line stands in: formulas are written with it."""
        return len(self.titles) + self.levels


def write(path: Path, table: Table) -> None:
    """The table as a whole file: CSV where its name says so, else Excel. `DiskProblem` where the machine will not."""
    if path.suffix.lower() == ".csv":
        csv_file.write(path, _plain_rows(table))
    else:
        write_whole(path, workbook(table))


def _plain_rows(table: Table) -> list[list[Cell]]:
    """For CSV: one heading row, no titles, no totals, formulas as their results."""
    heads: list[Cell] = [" · ".join(dict.fromkeys(part for part in (h.group, h.text) if part)) for h in table.headings]
    rows = [heads]
    for line in table.lines:
        if line.role not in ("total", "note"):
            rows.append([cell.result if isinstance(cell, Formula) else cell for cell in line.cells])
    return rows


def workbook(table: Table) -> bytes:
    """The bytes of an Excel workbook with that sheet."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        _Writer(book, table).write()
    return out.getvalue()


class _Writer:
    """Writes one table into one sheet; formats are made once for each look."""

    def __init__(self, book: Any, table: Table) -> None:
        self.book = book
        self.table = table
        self.sheet = book.add_worksheet(_sheet_name(table.name))
        self._formats: dict[tuple[str, str], Any] = {}
        self.shown = [n for n, h in enumerate(table.headings) if not h.hidden]

    def write(self) -> None:
        table = self.table
        for n, title in enumerate(table.titles):
            self._words(n, 0, title, self._format("title"))
            self.sheet.set_row(n, 26)
        self._headings(len(table.titles))
        for n, line in enumerate(table.lines):
            self._line(table.first_row + n, line)
        self._page()

    def _format(self, role: str, number: str = "") -> Any:
        key = (role, number)
        if key not in self._formats:
            look: dict[str, object] = {"font_name": FONT, "font_size": 10, "text_wrap": True, **_ROLES[role]}
            if number == "centre":
                look["align"] = "center"
            elif number:
                look |= {"num_format": "@" if number == "text" else _NUMBERS[number], "valign": "top"}
            self._formats[key] = self.book.add_format(look)
        return self._formats[key]

    def _headings(self, top: int) -> None:
        table, look = self.table, self._format("head")
        for n, heading in enumerate(table.headings):
            self.sheet.set_column(n, n, heading.width, None, {"hidden": heading.hidden})
            if table.levels == 1:
                self.sheet.write_string(top, n, heading.text, look)
            elif heading.group:
                self.sheet.write_string(top + 1, n, heading.text, look)
            else:
                self.sheet.merge_range(top, n, top + 1, n, "", look)
                self.sheet.write_string(top, n, heading.text, look)
        if table.levels == 2:
            self._groups(top)
        self.sheet.set_row(top + table.levels - 1, 40)

    def _groups(self, top: int) -> None:
        heads, look, start = self.table.headings, self._format("head"), 0
        while start < len(heads):
            end = start
            while end + 1 < len(heads) and heads[end + 1].group == heads[start].group:
                end += 1
            if heads[start].group and end > start:
                self.sheet.merge_range(top, start, top, end, "", look)
            if heads[start].group:
                self.sheet.write_string(top, start, heads[start].group, look)
            start = end + 1
        self.sheet.set_row(top, 24)

    def _line(self, row: int, line: Line) -> None:
        if line.band:
            self._band(row, line)
            return
        lines = 1
        for n, cell in enumerate(line.cells):
            heading = self.table.headings[n]
            if isinstance(cell, str) and line.role == "row" and not heading.hidden:
                lines = max(lines, lines_of(cell, heading.width))
            kind = "centre" if heading.centred else "year" if heading.year else ""
            self._cell(row, n, cell, line.role, kind)
        self.sheet.set_row(row, min(lines * _LINE + 3, _TALLEST))

    def _band(self, row: int, line: Line) -> None:
        look = self._format(line.role)
        last = self.shown[-1]
        text = str(line.cells[0] or "")
        if last:
            self.sheet.merge_range(row, 0, row, last, "", look)
        self._words(row, 0, text, look)
        for n in range(last + 1, len(line.cells)):
            self._cell(row, n, line.cells[n], "row", "")
        width = sum(self.table.headings[n].width for n in self.shown)
        self.sheet.set_row(row, min(lines_of(text, width) * _LINE + 6, _TALLEST))

    def _cell(self, row: int, column: int, cell: Out, role: str, kind: str) -> None:
        if cell is None or cell == "":
            self.sheet.write_blank(row, column, None, self._format(role))
        elif isinstance(cell, Formula):
            value = cell.result
            number = value.amount if isinstance(value, Cash) else value
            look = self._format(role, _money_look(cell.currency, number if isinstance(number, Decimal) else Decimal(0)))
            self.sheet.write_formula(row, column, cell.text, look, _float(number) if number is not None else "")
        elif isinstance(cell, Cash) and _fits(cell.amount):
            look = self._format(role, _money_look(cell.currency, cell.amount))
            self.sheet.write_number(row, column, _float(cell.amount), look)
        elif isinstance(cell, Percent) and _fits(cell.value):
            self.sheet.write_number(row, column, _float(cell.value / 100), self._format(role, "%"))
        elif isinstance(cell, Decimal) and _fits(cell):
            look = "year" if kind == "year" else "int" if cell == cell.to_integral_value() else ""
            self.sheet.write_number(row, column, _float(cell), self._format(role, look) if look else self._any(role))
        elif isinstance(cell, date):
            self.sheet.write_datetime(row, column, cell, self._format(role, "date"))
        else:
            look = "centre" if kind == "centre" else "text"
            self._words(row, column, _text(cell), self._format(role, look))

    def _words(self, row: int, column: int, text: str, look: Any) -> None:
        """A text letter for letter. The library takes one that begins with <r> for XML of its own and escapes what
        reads like the number of a letter (_x0041_) once too often: such a text is written in several stretches."""
        stretches = [part for part in _NUMBERED.split(text) if part]
        if len(stretches) == 1 and text.startswith("<r>"):
            stretches = [text[:1], text[1:]]
        if len(stretches) < 2:
            self.sheet.write_string(row, column, text, look)
        else:
            self.sheet.write_rich_string(row, column, *(one for part in stretches for one in (look, part)), look)

    def _any(self, role: str) -> Any:
        """A number with whatever decimals it has."""
        key = (role, "any")
        if key not in self._formats:
            self._formats[key] = self.book.add_format(
                {"font_name": FONT, "font_size": 10, **_ROLES[role], "num_format": _NUMBERS[""]}
            )
        return self._formats[key]

    def _page(self) -> None:
        """How it prints: landscape, on as few pages across as can be read, headings and first columns on each."""
        table, sheet = self.table, self.sheet
        width = sum(table.headings[n].width for n in self.shown)
        top = len(table.titles)
        sheet.set_landscape()
        sheet.set_paper(_A3 if width > _WIDE else _A4)
        sheet.fit_to_pages(max(1, round(width / _PAGE)), 0)
        if table.frozen and width > _PAGE:
            sheet.repeat_columns(0, table.frozen - 1)
        sheet.set_margins(0.4, 0.4, 0.5, 0.6)
        sheet.repeat_rows(top, top + table.levels - 1)
        sheet.freeze_panes(table.first_row, table.frozen)
        footer = _("Page {number} of {pages}").format(number="&P", pages="&N")
        sheet.set_footer(f"&L{table.name.replace('&', '&&')[:80]}&R{footer}")
        if table.lines and table.levels == 1:
            sheet.autofilter(top, 0, table.first_row + len(table.lines) - 1, len(table.headings) - 1)


def lines_of(text: str, width: float) -> int:
    """About how many lines a text takes in a column of that width: programs do not all work heights out themselves."""
    lines = 0
    for part in text.split("\n"):
        seen = _MARKS.sub("", part[:5000])
        wide = sum(_KHMER_WIDE if "\u1780" <= letter <= "\u17ff" else 1.0 for letter in seen)
        lines += max(1, math.ceil(wide / max(width - 1, 1)))
    return lines


def _money_look(currency: str, number: Decimal) -> str:
    whole = number == number.to_integral_value()
    if currency == "USD":
        return "USD0" if whole else "USD"
    if currency == "KHR":
        return "KHR" if whole else "KHR."
    return "int" if whole else ""


def _fits(number: Decimal) -> bool:
    """Whether Excel keeps every digit."""
    return len(plain(abs(number)).replace(".", "").strip("0")) <= _DIGITS and abs(number) < Decimal(10) ** 15


def _float(number: object) -> float:
    return float(str(number))


def _text(cell: Out) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, time):
        return cell.strftime("%H:%M")
    from cpdesk.tables.cells import text_of

    return "" if isinstance(cell, Formula) else text_of(cell)


def _sheet_name(name: str) -> str:
    """What Excel takes as the name of a sheet: 31 letters, none of the signs of a path."""
    bare = "".join(" " if c in "[]:*?/\\" else c for c in name).strip(" '")
    return bare[:31].strip(" '") or "1"


def pieces(text: str) -> list[str]:
    """A text cut so that each piece goes into a cell, never inside a surrogate pair."""
    if len(text) <= PIECE // 2 or len(text.encode("utf-16-le")) // 2 <= PIECE:
        return [text]
    step = PIECE // 2
    return [text[at : at + step] for at in range(0, len(text), step)]
