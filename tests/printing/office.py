"""What a paper says, told from its values alone; and Word files and workbooks as a stranger reads them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal
from xml.etree import ElementTree

from cpdesk.charts import Heat
from cpdesk.printing import heat_table
from cpdesk.printing.document import (
    Cell,
    Copies,
    Document,
    Facts,
    Heading,
    Letterhead,
    Line,
    ListColumn,
    Listing,
    Part,
    Person,
    Picture,
    Signature,
    Signed,
    Span,
    Turn,
    Words,
    plain,
)
from cpdesk.printing.wording import date_lines, dots, number_line, signer_name

File = Literal["pdf", "docx", "xlsx"]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
NASTY = (
    "=1+1", "+855 12 345 678", "-5", "@SUM(A1)", "'quoted", "<b>x</b>", "</para>", "x<y & z", '"', "<r>",
    "<r><t>x</t></r>", "<r>ក</r>", "]]>", "&amp;", "_x0041_", "_x005F_x0041_", "x005F_", "http://x.example/",
    "mailto:a@b.example", "#REF!", "TRUE", "0123", "1e5", "{page}", "&P &N &G", "ក្រុមការងារ\u200bខេត្ត", "\ufffe",
    "a\ud800b", "\x01\x02z", "a\r\nb\u2028c", "a;b,c\td", "\U0001f600" * 40, "[1]/2:*?", "%s %(x)s", "ក" * 300,
)  # fmt: skip
_BUILT_IN = {"1": "0", "2": "0.00", "3": "#,##0", "4": "#,##0.00"}
_KHMER = str.maketrans("0123456789.,", "០១២៣៤៥៦៧៨៩,.")


# --- what a paper says ----------------------------------------------------------------------------------------------
def said(data: Document, to: File) -> list[str]:
    """Every text of the paper in the order of that sort of file: a Word file has the issuer of a low page in a cell
    left of the motto, and a PDF says heads that stand alone with the lower of two rows."""
    return [text for text in _texts(data, to) if text.strip()]


def _texts(data: Document, to: File) -> Iterator[str]:
    head = data.head
    motto = list(head.motto_lines or data.phrases.motto)
    issuer = [line for line in head.issuer_lines if line.strip()]
    if issuer or head.number:
        issuer.append(number_line(head, data.phrases))
    yield from (issuer + motto) if to == "docx" and data.landscape else (motto + issuer)
    yield data.title
    yield from data.subtitles
    for part in data.parts:
        yield from _part(data, part, to)


def _part(data: Document, part: Part, to: File) -> Iterator[str]:
    if isinstance(part, Heading):
        yield part.text
    elif isinstance(part, Words):
        if plain(part.text).strip() or part.lead:
            yield part.label or ("–" if part.look == "bullet" else "")
            yield part.lead
            yield plain(part.text)
    elif isinstance(part, Facts):
        for label, text in part.rows:
            yield from (label, plain(text) if plain(text).strip() else dots(12))
    elif isinstance(part, Listing):
        yield from _listing(part, to)
    elif isinstance(part, Picture):
        yield from _picture(part, to)
    elif isinstance(part, Signed):
        yield from date_lines(part, data.head, data.phrases)
        for block in part.blocks:
            yield from (*block.lines, signer_name(block) or dots(12))
    elif isinstance(part, Copies) and part.lines:
        yield part.title
        for line in part.lines:
            yield from ("–", line)


def _listing(listing: Listing, to: File) -> Iterator[str]:
    if not listing.lines:
        return
    columns = listing.columns
    for at, column in enumerate(columns):
        if column.group and (not at or columns[at - 1].group != column.group):
            yield column.group
        elif not column.group and to != "pdf":
            yield column.head
    yield from (column.head for column in columns if column.group or to == "pdf")
    for line in listing.lines:
        for cell in line.cells:
            yield from _cell(cell)


def _cell(cell: Cell) -> Iterator[str]:
    if cell.items:
        for text, note in cell.items:
            yield from (text, note)
    else:
        yield from (cell.lead, cell.text, cell.note)


def _picture(picture: Picture, to: File) -> Iterator[str]:
    """Their titles; heat tables are tables. What other charts say is drawn."""
    assert to != "pdf", "a PDF draws what the others show as tables: compare it without"
    for name, chart in picture.charts:
        yield name
        if isinstance(chart, Heat):
            yield from _listing(heat_table.table(chart).listing, to)
            yield chart.note


def upright(data: Document) -> Document:
    """The paper without charts, all of it on upright pages: what it says does not hang on the shape of its pages."""
    parts = tuple(part for part in data.parts if not isinstance(part, Picture | Turn))
    return replace(data, landscape=False, large=False, parts=parts)


def hostile(text: str) -> Document:
    """A paper in which somebody wrote this wherever anybody can write."""
    cells = (Cell(text, text), Cell(text, lead=text), Cell(items=((text, text),), marked=True), Cell(text, value=7))
    columns = (ListColumn(text, 1), ListColumn(text, 2, group=text), ListColumn(text, 2, group=text), ListColumn(text))
    parts: tuple[Part, ...] = (
        Heading(text),
        Words((Span(text), Span(text, bold=True), Span(text, underline=True)), "point", lead=text, label=text),
        Facts(((text, text),)),
        Facts(((text, (Span(text, link="https://example.org/?a=1&b=2"),)),), ruled=False),
        Listing(columns, (Line((Cell(text),), "band"), Line(cells), Line(cells, "total"))),
        Signed((Signature((text,), Person(text, text)),), lunar=text, place_date=text),
        Copies(text, (text,)),
    )
    head = Letterhead((text, text), text, text, (text,))
    return Document(head, text, (text,), parts, topic=text)


# --- Word -----------------------------------------------------------------------------------------------------------
def word_body(data: bytes) -> ElementTree.Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return ElementTree.fromstring(archive.read("word/document.xml"))


def word_text(data: bytes) -> str:
    """All letters of the body, in the order of the file."""
    return "".join(one.text or "" for one in word_body(data).iter(f"{W}t"))


# --- Excel ----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Read:
    """A cell as it is shown; `number` where it is one."""

    row: int
    column: str
    text: str
    number: Decimal | None = None


@dataclass(frozen=True)
class Sheet:
    name: str
    cells: list[Read]

    def column(self, name: str) -> str:
        return "".join(one.text for one in self.cells if one.column == name)


def sheets(data: bytes) -> list[Sheet]:
    """Every sheet, cell by cell from the left and row by row, from the bare XML: no library corrects what it says."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
        strings = [] if "xl/sharedStrings.xml" not in archive.namelist() else _strings(archive)
        formats = _formats(archive)
        found = []
        for n, sheet in enumerate(book.iter(f"{S}sheet"), 1):
            xml = ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{n}.xml"))
            assert not list(xml.iter(f"{S}f")) and not list(xml.iter(f"{S}hyperlink")), "a formula or a link"
            cells = [_read(cell, strings, formats) for cell in xml.iter(f"{S}c") if cell.find(f"{S}v") is not None]
            found.append(Sheet(sheet.attrib["name"], cells))
        return found


def excel_text(data: bytes) -> str:
    return "".join(cell.text for sheet in sheets(data) for cell in sheet.cells)


def _strings(archive: zipfile.ZipFile) -> list[str]:
    table = ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
    return ["".join(_unescaped(one.text or "") for one in item.iter(f"{S}t")) for item in table.iter(f"{S}si")]


def _unescaped(text: str) -> str:
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)


def _formats(archive: zipfile.ZipFile) -> list[str]:
    """The number format of each look."""
    styles = ElementTree.fromstring(archive.read("xl/styles.xml"))
    codes = {one.attrib["numFmtId"]: one.attrib["formatCode"] for one in styles.iter(f"{S}numFmt")}
    looks = styles.find(f"{S}cellXfs")
    assert looks is not None
    return [codes.get(one.attrib["numFmtId"], _BUILT_IN.get(one.attrib["numFmtId"], "")) for one in looks]


def _read(cell: ElementTree.Element, strings: list[str], formats: list[str]) -> Read:
    found = re.fullmatch(r"([A-Z]+)(\d+)", cell.attrib["r"])
    value = cell.find(f"{S}v")
    assert found and value is not None and value.text is not None
    if cell.get("t") == "s":
        return Read(int(found[2]), found[1], strings[int(value.text)])
    assert cell.get("t") in (None, "n"), "neither text nor number"
    number = Decimal(value.text)
    return Read(int(found[2]), found[1], shown(number, formats[int(cell.get("s", "0"))]), number)


def shown(number: Decimal, code: str) -> str:
    """A number as Excel shows it in that format on a computer whose marks are those of the language."""
    found = re.fullmatch(r'(\[\$-12000453\])?("[^"]*")?(#,##|)0(\.0+)?("[^"]*")?', code)
    assert found, f"an unknown number format: {code}"
    khmer, before, grouped, decimals, after = found.groups()
    text = f"{number:{',' if grouped else ''}.{len(decimals or '.') - 1}f}"
    return (before or "").strip('"') + (text.translate(_KHMER) if khmer else text) + (after or "").strip('"')
