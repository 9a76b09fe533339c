"""Workbooks say what the paper says, letter for letter; numbers are numbers, text is text, nothing is cut off."""

from __future__ import annotations

import io
import re
import time
import zipfile
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from PIL import Image

from cpdesk import charts
from cpdesk.errors import BadInput
from cpdesk.khmer import breaks, digits
from cpdesk.printing import excel, heat_table
from cpdesk.printing.document import (
    Cell,
    Document,
    Letterhead,
    Line,
    ListColumn,
    Listing,
    Picture,
    Signature,
    Signed,
    Turn,
    Words,
)
from cpdesk.printing.excel_parts.grid import Grid
from cpdesk.printing.excel_parts.looks import Type, content, written
from cpdesk.printing.excel_parts.texts import number_format, pieces, sheet_name
from cpdesk.printing.typeset.canvas import Look
from cpdesk.printing.typeset.paragraph import Paragraph, Style
from cpdesk.printing.typeset.typeface import house, plain
from cpdesk.tasks import forms
from tests.printing.conftest import Papers
from tests.printing.office import NASTY, Sheet, excel_text, hostile, said, sheets, shown
from tests.printing.reading import squeezed
from tests.printing.test_word import ALL

_PIXEL = 96 / 72
_AS_WIDE = 1.134  # Khmer OS Battambang over our Battambang, at the same size, on the texts of the demo
_NATURAL = 1.807  # the height of its line over its size, as Excel reckons
WIDE = Listing(
    (ListColumn("ល.រ", 1, "centre"), ListColumn("អត្ថបទ", 6), ListColumn("ចំនួន", 2, "right", "សរុប")),
    tuple(Line((Cell(str(n)), Cell(f"ជួរទី{n}"), Cell(digits.number(n * 1500), value=n * 1500))) for n in range(1, 90)),
)
SMALL = replace(WIDE, lines=WIDE.lines[:3])


def book(made: tuple[Document, ...] | Document) -> Any:
    made = (made,) if isinstance(made, Document) else made
    return load_workbook(io.BytesIO(excel.render(*made)))


def pixels(sheet: Any) -> list[int]:
    """The width of each column on the screen, where a digit is 7 wide."""
    found: list[int] = []
    for one in sorted(sheet.column_dimensions.values(), key=lambda one: one.min):
        found += [round(one.width * 7)] * (one.max - one.min + 1)
    return found


def numbers(read: list[Sheet]) -> list[tuple[str, Decimal]]:
    return [(cell.text, cell.number) for sheet in read for cell in sheet.cells if cell.number is not None]


# --- every form -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ALL)
def test_excel_says_all_of_the_paper_and_nothing_else(papers: Papers, name: str) -> None:
    made = papers[name]
    wanted = squeezed("".join("".join(said(one, "xlsx")) for one in made))
    assert squeezed(excel_text(excel.render(*made))) == wanted


@pytest.mark.parametrize("name", ALL)
def test_the_same_paper_is_the_same_workbook(papers: Papers, name: str) -> None:
    data = excel.render(*papers[name])
    assert data == excel.render(*papers[name])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None and b"2000-01-01T00:00:00Z" in archive.read("docProps/core.xml")


@pytest.mark.parametrize("name", ALL)
def test_every_number_of_a_table_is_a_number(papers: Papers, name: str) -> None:
    made = papers[name]
    listings = [part for one in made for part in one.parts if isinstance(part, Listing)]
    heats = [chart for one in made for part in one.parts if isinstance(part, Picture) for _name, chart in part.charts]
    listings += [heat_table.table(chart).listing for chart in heats if isinstance(chart, charts.Heat)]
    cells = [cell for listing in listings for line in listing.lines for cell in line.cells]
    alone = [cell for cell in cells if cell.value is not None and cell.text and not (cell.note or cell.lead)]
    wanted = Counter((cell.text, Decimal(cell.value)) for cell in alone if cell.value is not None)
    assert Counter(numbers(sheets(excel.render(*made)))) == wanted


@pytest.mark.parametrize("name", ALL)
def test_nothing_is_cut_off(papers: Papers, name: str) -> None:
    """Every cell is as high as its text in the font that it names; no row is higher than Excel takes."""
    for sheet in book(papers[name]).worksheets:
        merged = {one.coord.split(":")[0]: one for one in sheet.merged_cells.ranges}
        assert all(0 < row.height <= 409 for row in sheet.row_dimensions.values())
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value:
                    _fits(sheet, cell, merged.get(cell.coordinate))


def _fits(sheet: Any, cell: Any, over: Any) -> None:
    last_row, last_column = (over.max_row, over.max_col) if over else (cell.row, cell.column)
    high = sum(sheet.row_dimensions[n].height for n in range(cell.row, last_row + 1))
    wide = sum(pixels(sheet)[cell.column - 1 : last_column]) / _PIXEL - 4 - 9 * (cell.alignment.indent or 0)
    size = cell.font.size
    assert cell.font.name in ("Khmer OS Battambang", "Khmer OS Muol Light")
    title = cell.font.name == "Khmer OS Muol Light"
    look = Look(house().title, size * 1.02) if title else Look(house().body, size * _AS_WIDE)
    lines = len(Paragraph(cell.value, Style(look, size)).lines(max(wide, 8.0)))
    assert lines * (size - (1 if "\n" in cell.value else 0)) * _NATURAL <= high + 1, cell.value


# --- sheets and pages -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ALL)
def test_heads_of_a_long_table_come_again_and_no_other_table_stands_there(papers: Papers, name: str) -> None:
    made = papers[name]
    read = book(made)
    headed = [part for one in made for part in one.parts if isinstance(part, Listing) and part.lines]
    headed = [one for one in headed if any(column.head for column in one.columns)]
    repeated = []
    for sheet in read.worksheets:
        assert sheet.page_setup.fitToWidth in (None, 1) and sheet.sheet_properties.pageSetUpPr.fitToPage
        if sheet.print_title_rows:
            first, last = (int(part) for part in sheet.print_title_rows.replace("$", "").split(":"))
            heads = {c.value for row in sheet.iter_rows(first, last) for c in row if c.value}
            repeated.append(heads)
    for listing in headed:
        heads = {text for column in listing.columns for text in (column.head, column.group) if text}
        if len(listing.lines) > 20:
            assert heads in repeated, "a table that goes over pages has its heads on each"


def test_a_long_table_has_a_sheet_to_itself() -> None:
    parts = (Words("មុន"), WIDE, Words("ក្រោយ"), SMALL, Signed((Signature(("ប្រធាន",)),)))
    first, second = book(Document(Letterhead(), "តារាង", parts=parts)).worksheets
    assert first.title == "តារាង" and second.title == "តារាង ២"
    for sheet in (first, second):
        assert sheet.print_title_rows and sheet.page_setup.fitToWidth in (None, 1)
    assert second.freeze_panes == "A3", "at the top of a sheet its heads stay in sight"
    tables = [one for one in first.merged_cells.ranges if one.min_row > 12 and one.max_col < 3]
    assert not tables, "its columns are plain columns"


def test_short_tables_share_a_sheet() -> None:
    (sheet,) = book(Document(Letterhead(), "តារាង", parts=(SMALL, Words("រវាង"), SMALL))).worksheets
    assert not sheet.print_title_rows, "heads of one would stand over the other"


def test_paper_of_another_shape_is_another_sheet(papers: Papers) -> None:
    parts = (Words("ក"), Turn(landscape=True, large=True), SMALL)
    first, second = book(Document(Letterhead(), "របាយការណ៍", parts=parts)).worksheets
    assert (first.page_setup.paperSize, first.page_setup.orientation) == (9, "portrait")
    assert (second.page_setup.paperSize, second.page_setup.orientation) == (8, "landscape")
    (matrix, *_more) = book(papers["plan_matrix A3"]).worksheets
    assert (matrix.page_setup.paperSize, matrix.page_setup.orientation) == (8, "landscape")


def test_columns_are_no_wider_than_the_paper(papers: Papers) -> None:
    for name in ALL:
        for sheet in book(papers[name]).worksheets:
            inches = {9: (8.27, 11.69), 8: (11.69, 16.54)}[sheet.page_setup.paperSize]
            paper = inches[sheet.page_setup.orientation == "landscape"]
            room = (paper - sheet.page_margins.left - sheet.page_margins.right) * 96
            assert room * 0.97 <= sum(pixels(sheet)) <= room + 2, name


def test_the_foot_names_the_paper_and_counts_in_excels_own_digits(papers: Papers) -> None:
    sheet = book(papers["minutes"]).worksheets[0]
    assert "&P" in sheet.oddFooter.right.text and "&N" in sheet.oddFooter.right.text
    assert sheet.oddFooter.left.text.strip().startswith("កំណត់ហេតុ")
    assert "Khmer OS Battambang" in sheet.oddFooter.left.font


def test_a_letter_for_each_has_a_sheet_with_the_name_of_who_gets_it(papers: Papers) -> None:
    made = papers["invitation"]
    names = book(made).sheetnames
    assert len(names) == len(made) == len(set(names)) and all(0 < len(name) <= 31 for name in names)
    for name, one in zip(names, made, strict=True):
        assert one.topic.startswith(name.rstrip("០១២៣៤៥៦៧៨៩ ")) or name in one.topic


@given(st.lists(st.text(max_size=40) | st.sampled_from(NASTY), min_size=1, max_size=8))
def test_sheets_have_names_that_excel_takes(wanted: list[str]) -> None:
    names: list[str] = []
    for one in wanted:
        names.append(sheet_name(one, names))
    for name in names:
        assert 0 < len(name.encode("utf-16-le")) // 2 <= 31
        assert not re.search(r"[\[\]:*?/\\]", name) and name == name.strip("'") and name.casefold() != "history"
        assert not re.search("_x[0-9a-fA-F]{4}_", name), "which Excel reads as another letter"
    assert len({name.casefold() for name in names}) == len(names)


# --- the parts ------------------------------------------------------------------------------------------------------
@given(
    st.decimals(-(10**12), 10**12, places=2).filter(lambda one: not one.is_zero()) | st.integers(-(10**14), 10**14),
    st.sampled_from(["km", "en"]),
    st.sampled_from(["", " %", " ៛", "ស្រី ", "*"]),
)
def test_a_number_is_shown_as_the_paper_writes_it(number: Decimal | int, lang: str, beside: str) -> None:
    for text in (digits.number(number, lang), digits.count(number, lang)):
        for whole in (text + beside, beside + text):
            code = number_format(whole, number)
            assert code and code.startswith("[$-12000453]") == (lang == "km")
            assert shown(Decimal(number), code) == whole


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("១២", 13),
        ("១-២", 2),
        ("១០ ១០", 10),
        ("", 5),
        ('"១"', 1),
        ("*", 4),
        ("ក\n១", 1),
        ("\x01១", 1),
        ("១" + "ក" * 90, 1),
        ("១២៣", Decimal("NaN")),
        ("១" + "០" * 16, 10**16 + 1),
    ],
)
def test_what_does_not_write_the_number_stays_text(text: str, value: Decimal | int) -> None:
    assert number_format(text, value) is None


@given(st.text(st.sampled_from("ក្រ\u17b6 \nab\U0001f600"), max_size=400))
def test_pieces_of_a_long_text_are_the_text(letters: str) -> None:
    text = plain(letters * 200)
    parts = [written(part) for part in pieces(content(text, Type()))]
    assert "".join(parts).replace("\n", "") == text.replace("\n", "")
    for part in parts:
        assert len(part.encode("utf-16-le")) // 2 <= 32_767 and part.count("\n") <= 253


@given(st.text(st.sampled_from("ក្រ\u17b6 ab"), max_size=40))
def test_no_syllable_is_cut_in_two(letters: str) -> None:
    text = f"ក{letters}ខ" * 4_000
    parts = [written(part) for part in pieces(content(text, Type()))]
    assert "".join(parts) == text
    cuts = set(accumulate(map(len, parts)))
    assert cuts <= set(accumulate(map(len, breaks.clusters(text))))


@given(st.lists(st.lists(st.floats(0.3, 9), min_size=1, max_size=12), min_size=1, max_size=5), st.booleans())
def test_every_table_finds_its_columns_in_the_grid(shares: list[list[float]], loose: bool) -> None:
    grid = Grid(468.0)
    wanted = []
    for parts in shares:
        edges = [0.0]
        for part in parts:
            edges.append(edges[-1] + 468.0 * part / sum(parts))
        edges[-1] = 468.0
        grid.take(edges, loose=loose)
        wanted.append(edges)
    for edges in wanted:
        at = grid.place(edges)
        assert at[0] == 0 and at[-1] == len(grid.widths) and at == sorted(set(at))
    assert abs(sum(grid.widths) - 468.0) < 0.001


def test_charts_are_pictures_that_say_their_numbers(papers: Papers) -> None:
    made = papers["progress_report"]
    with zipfile.ZipFile(io.BytesIO(excel.render(*made))) as archive:
        drawings = "".join(archive.read(name).decode() for name in archive.namelist() if "drawings/drawing" in name)
        names = [name for name in archive.namelist() if "media" in name]
    assert 'descr="' in drawings and len(names) >= 3
    parts = [part for part in made[0].parts if isinstance(part, Picture)]
    for name, chart in (pair for part in parts for pair in part.charts):
        first = charts.describe(chart).split("\n")[0]
        assert name in drawings and first.replace("&", "&amp;") in drawings


def test_an_emblem_stands_in_the_head_and_a_broken_one_is_told() -> None:
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "navy").save(out, "JPEG", dpi=(300, 300))
    data = Document(Letterhead(("រដ្ឋបាលខេត្ត",), emblem=out.getvalue()), "ក")
    (sheet,) = book(data).worksheets
    sizes = {(round(one.width), round(one.height)) for one in sheet._images}
    assert len(sheet._images) == 3 and len(sizes) >= 2
    with pytest.raises(BadInput):
        excel.render(replace(data, head=replace(data.head, emblem=b"x" + out.getvalue())))


# --- text of people -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("text", NASTY)
def test_whatever_is_typed_stays_text_in_excel(text: str) -> None:
    data = hostile(text)
    made = excel.render(data)
    assert squeezed(excel_text(made)) == squeezed("".join(map(plain, said(data, "xlsx"))))
    assert not numbers(sheets(made)), "a value that the text does not write is no number"
    assert load_workbook(io.BytesIO(made)).sheetnames


@pytest.mark.parametrize("text", [*NASTY, "&" * 500, "&G&[Picture]" * 20, "ក្រុម" * 90])
def test_the_foot_of_a_sheet_takes_any_title(text: str) -> None:
    parts = tuple(Words("អត្ថបទ") for _n in range(60))
    (sheet,) = book(Document(Letterhead(), text, parts=parts)).worksheets
    assert "&P" in sheet.oddFooter.right.text and "&N" in sheet.oddFooter.right.text
    if text == "&P &N &G":
        assert sheet.oddFooter.left.text.strip() == "&&P &&N && G"


@pytest.mark.parametrize(
    "text", ["ក" * 100_000, "x" * 100_000, "<&>" * 33_000, "\n" * 100_000, "ក្រុមការងារ" * 9_000, "ក\n" * 5_000]
)
def test_a_hundred_thousand_letters_take_three_seconds_in_excel(text: str) -> None:
    table = Listing((ListColumn("ល.រ"), ListColumn("អត្ថបទ", 4)), (Line((Cell("១", value=1), Cell(text))),))
    for part in (Words(text), table):
        data = Document(Letterhead(), "ក", parts=(part,))
        started = time.perf_counter()
        made = forms.laid_out((data,), "xlsx")
        assert time.perf_counter() - started < 3
        assert Counter(squeezed(excel_text(made))) == Counter(squeezed("".join(map(plain, said(data, "xlsx")))))
        (sheet,) = sheets(made)
        assert len(numbers([sheet])) == (part is table), "once, however many rows the text takes"
        assert all(len(cell.text) <= 32_767 for cell in sheet.cells)
        wanted = squeezed(plain(text))
        assert wanted in squeezed(sheet.column("A")) or wanted in squeezed(sheet.column("B")), "in its order"
