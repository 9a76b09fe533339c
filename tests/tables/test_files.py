"""Workbooks and CSV: what is written reads back equal, what strangers write is understood or refused in words."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from cpdesk.errors import BadInput, DiskProblem
from cpdesk.tables import csv_file, guard, workbook
from cpdesk.tables.cells import Broken, Cash, Cell, Percent, Span, text_of
from cpdesk.tables.read import read
from cpdesk.tables.write import Formula, Heading, Line, Table, write
from tests.tables.officers import bare

NASTY = [
    "=1+1", "+855 12 345 678", "-5", "@SUM(A1)", "'quoted", "'=1", "<b>x</b>", "</para>", "x<y & z", '"', "a;b,c\td",
    "line\nline", " space ", "_x0041_", "x005F_", "a_x000A_b", "#REF!", "TRUE", "0123", "1e5", "២៣/០៦/២០២២",
    "ក្រុមការងារ\u200bខេត្ត", "\ufffe", "\x01", "http://x.example/", "=" * 50,
    "<r>", "<r>x</r>", "<r><t>x</t></r>", "<r><bad></r>", "_x005F_x0041_", "_x0041_x0042_", "a_x0041_<r>", "x_x005F_",
]  # fmt: skip
NEVER_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def table(*rows: tuple[Cell, ...]) -> Table:
    width = max((len(row) for row in rows), default=1)
    return Table("ឈ្មោះ [1]/2", [Heading(f"h{n}") for n in range(width)], [Line(row) for row in rows])


def back(path: Path, *rows: tuple[Cell, ...]) -> list[tuple[Cell, ...]]:
    write(path, table(*rows))
    (sheet,) = read(path)
    return [tuple(row) for row in sheet.rows[1:]]


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
@pytest.mark.parametrize("text", NASTY)
def test_text_stays_text(tmp_path: Path, suffix: str, text: str) -> None:
    assert back(tmp_path / f"t{suffix}", (text, "x")) == [(text, "x")]


def test_no_text_becomes_a_formula_in_excel(tmp_path: Path) -> None:
    write(tmp_path / "t.xlsx", table(*((text,) for text in NASTY)))
    sheet = load_workbook(tmp_path / "t.xlsx").active
    assert sheet is not None
    assert {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row} == {"s"}


def test_no_cell_of_a_csv_begins_as_a_formula(tmp_path: Path) -> None:
    import csv

    write(tmp_path / "t.csv", table(*((text,) for text in NASTY)))
    with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as file:
        assert not [cell for row in csv.reader(file) for cell in row if cell.startswith(NEVER_A_FORMULA)]


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=12), min_size=1, max_size=6))
@settings(deadline=None, max_examples=40)
def test_any_text_comes_back_from_both(texts: list[str]) -> None:
    import tempfile

    rows = [(text or None, "end") for text in texts]
    with tempfile.TemporaryDirectory() as folder:
        for suffix in (".xlsx", ".csv"):
            assert back(Path(folder) / f"t{suffix}", *rows) == rows


def test_numbers_money_dates_and_percents_keep_what_they_are(tmp_path: Path) -> None:
    row: tuple[Cell, ...] = (
        Decimal("12500000"), Decimal("0.125"), Decimal(0), Cash(Decimal(500), "USD"), Cash(Decimal("1200.5"), "USD"),
        Cash(Decimal(8000000), "KHR"), Percent(Decimal(80)), date(2022, 6, 23), Decimal("-7"),
    )  # fmt: skip
    assert back(tmp_path / "t.xlsx", row) == [row]
    assert back(tmp_path / "t.csv", row) == [(*(text_of(cell) for cell in row[:-1]), "-7")]


def test_a_number_that_excel_would_round_is_written_as_text(tmp_path: Path) -> None:
    assert back(tmp_path / "t.xlsx", (Decimal("12345678901234567890"),)) == [("12345678901234567890",)]


def test_formulas_bring_their_result_along(tmp_path: Path) -> None:
    total = Formula("=SUM(A2:A2)", Cash(Decimal(7), "KHR"), "KHR")
    made = Table("t", [Heading("a"), Heading("b")], [Line((Decimal(7), total))])
    write(tmp_path / "t.xlsx", made)
    assert read(tmp_path / "t.xlsx")[0].rows[1] == (Decimal(7), Cash(Decimal(7), "KHR"))
    sheet = load_workbook(tmp_path / "t.xlsx").active
    assert sheet is not None and sheet["B2"].value == "=SUM(A2:A2)"


def test_what_other_programs_say_by_a_format(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    formats = {
        "A1": (0.8, "0%", Percent(Decimal(80))),
        "B1": (500, '"$"#,##0', Cash(Decimal(500), "USD")),
        "C1": (500, "[$$-409]#,##0.00", Cash(Decimal(500), "USD")),
        "D1": (500, "_($* #,##0_);_($* (#,##0)", Cash(Decimal(500), "USD")),
        "K1": (7, "\\$#,##0.00", Cash(Decimal(7), "USD")),
        "E1": (4000, '#,##0 "៛"', Cash(Decimal(4000), "KHR")),
        "F1": (4000, "#,##0\\ [$៛-453]", Cash(Decimal(4000), "KHR")),
        "G1": (4000, "[$-409]#,##0", Decimal(4000)),
        "H1": (0.1 + 0.2, "General", Decimal("0.3")),
        "I1": (date(2023, 1, 31), "dd/mm/yyyy", date(2023, 1, 31)),
        "J1": (True, "General", True),
    }
    for at, (value, look, _wanted) in formats.items():
        sheet[at] = value
        sheet[at].number_format = look
    book.save(tmp_path / "t.xlsx")
    (row,) = read(tmp_path / "t.xlsx")[0].rows
    assert {at: row["ABCDEFGHIJK".index(at[0])] for at in formats} == {at: one[2] for at, one in formats.items()}


def test_merged_cells_and_formulas_without_a_result(tmp_path: Path) -> None:
    path = bare(tmp_path / "t.xlsx", [["x", None, "=1+1"], ["y", None, 4]])
    book = load_workbook(path)
    sheet = book.active
    assert sheet is not None
    sheet.merge_cells("A1:B1")
    sheet.merge_cells("A2:A4")
    book.save(path)
    (found,) = read(path)
    assert set(found.merged) == {Span(0, 0, 0, 1), Span(1, 0, 3, 0)}
    assert found.at(0, 2) == Broken() and "Excel" in Broken().why
    assert found.at(1, 2) == Decimal(4)


def test_excels_own_errors_are_told(tmp_path: Path) -> None:
    path = bare(tmp_path / "t.xlsx", [["x", "#REF!"]])
    (found,) = read(path)
    assert found.at(0, 1) == Broken("#REF!") and "#REF!" in Broken("#REF!").why


def test_a_sheet_formatted_to_its_last_row_is_quick_and_small(tmp_path: Path) -> None:
    from openpyxl.styles import Font

    path = bare(tmp_path / "t.xlsx", [["x", 1]])
    book = load_workbook(path)
    sheet = book.active
    assert sheet is not None
    sheet.cell(1_048_576, 16_384).font = Font(bold=True)
    book.save(path)
    (found,) = read(path)
    assert [tuple(row) for row in found.rows] == [("x", Decimal(1))]


@pytest.mark.parametrize("cell", ['<c r="XFD9" s="0"/>', '<c r="XFD9" s="0" t="n"></c>', '<c r="XFD9"></c>'])
def test_an_empty_cell_counts_for_nothing_however_it_is_written(tmp_path: Path, cell: str) -> None:
    """Some programs close a cell that is only formatted by a tag of its own."""
    good, path = bare(tmp_path / "good.xlsx", [["x", 1]]), tmp_path / "t.xlsx"
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith("sheet1.xml"):
                data = data.replace(b"</sheetData>", f'<row r="9">{cell}</row></sheetData>'.encode())
            new.writestr(name, data)
    (found,) = read(path)
    assert [tuple(row) for row in found.rows] == [("x", Decimal(1))]


def test_hidden_sheets_are_passed_over(tmp_path: Path) -> None:
    path = bare(tmp_path / "t.xlsx", [["x"]])
    book = load_workbook(path)
    book.create_sheet("lists")["A1"] = "secret"
    book["lists"].sheet_state = "hidden"
    book.save(path)
    assert [sheet.name for sheet in read(path)] == ["Sheet1"]


# -------- csv as strangers write it


@pytest.mark.parametrize(
    "data",
    [
        "ឈ្មោះ,ចំនួន\r\nសុខ,១២\r\n".encode("utf-8-sig"),
        "ឈ្មោះ;ចំនួន\nសុខ;១២\n".encode(),
        "ឈ្មោះ\tចំនួន\nសុខ\t១២\n\n\n".encode("utf-16"),
        "sep=|\nឈ្មោះ|ចំនួន\nសុខ|១២".encode(),
        '"ឈ្មោះ";"ចំនួន"\n"សុខ";"១២"\n'.encode(),
    ],
)
def test_every_csv_is_understood(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(data)
    assert [tuple(row) for row in csv_file.read(path).rows] == [("ឈ្មោះ", "ចំនួន"), ("សុខ", "១២")]


def test_a_separator_inside_texts_does_not_mislead(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text('a;b;c\n"1,5";"2,5";x\n"3,5";"4,5";y\n', encoding="utf-8")
    assert csv_file.read(path).rows[1] == ("1,5", "2,5", "x")


@pytest.mark.parametrize("data", ["ខ្មែរ".encode("cp1252", "replace") + b"\xe9\xff", b"a,b\0c\n"])
def test_bytes_that_are_no_text_are_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(data)
    with pytest.raises(BadInput):
        read(path)


# -------- hostile files


def _archive(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/"), data)
    return path


def _damaged(path: Path, change: str, data: bytes) -> Path:
    """A good workbook with one member replaced."""
    good = io.BytesIO(bare(path, [["x", 1]]).read_bytes())
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, data if name == change else old.read(name))
    return path


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _damaged(tmp_path / "bomb.xlsx", "xl/worksheets/sheet1.xml", b" " * 60_000_000)
    assert path.stat().st_size < 200_000
    monkeypatch.setattr(workbook, "_sheet", lambda *_args: pytest.fail("unpacked"))
    with pytest.raises(BadInput, match="bomb"):
        read(path)


def test_entities_of_its_own_are_refused(tmp_path: Path) -> None:
    evil = b'<?xml version="1.0"?>\n<!-- ' + b"x" * 9000 + b' --><!DOCTYPE w [<!ENTITY a "b">]><worksheet/>'
    with pytest.raises(BadInput):
        read(_damaged(tmp_path / "t.xlsx", "xl/worksheets/sheet1.xml", evil))


@pytest.mark.parametrize(
    "member",
    [
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
        "[Content_Types].xml",
        "xl/styles.xml",
        "xl/_rels/workbook.xml.rels",
    ],
)
@pytest.mark.parametrize("data", [b"", b"<", b"\xff\xfe\x00", b"<worksheet><sheetData><row><c></row>"])
def test_damaged_parts_are_refused_in_words(tmp_path: Path, member: str, data: bytes) -> None:
    with pytest.raises(BadInput, match=r"t\.xlsx"):
        read(_damaged(tmp_path / "t.xlsx", member, data))


@given(st.integers(0, 10**9), st.binary(min_size=1, max_size=8))
@settings(deadline=None, max_examples=60)
def test_any_damage_is_one_family_of_refusals(at: int, data: bytes) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = bare(Path(folder) / "t.xlsx", [["ក", 1], ["ខ", 2]])
        raw = bytearray(path.read_bytes())
        at %= len(raw)
        raw[at : at + len(data)] = data
        path.write_bytes(raw)
        try:
            sheets = read(path)
        except BadInput:
            return
        assert len(sheets) <= 1


def test_cut_short_old_foreign_and_missing_files(tmp_path: Path) -> None:
    good = bare(tmp_path / "good.xlsx", [["x"]]).read_bytes()
    (tmp_path / "short.xlsx").write_bytes(good[: len(good) // 2])
    (tmp_path / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    (tmp_path / "text.xlsx").write_text("no workbook", encoding="utf-8")
    _archive(tmp_path / "word.docx", word__document=b"<w/>")
    for name in ("short.xlsx", "old.xls", "text.xlsx", "word.docx"):
        with pytest.raises(BadInput, match=name.partition(".")[0]):
            read(tmp_path / name)
    with pytest.raises(DiskProblem):
        read(tmp_path / "nowhere.xlsx")


def test_beyond_what_anybody_could_look_through(tmp_path: Path) -> None:
    wide = bare(tmp_path / "wide.xlsx", [["x"] * (guard.MAX_COLUMNS + 1)])
    with pytest.raises(BadInput, match="wide"):
        read(wide)
    (tmp_path / "long.csv").write_text("a,b\n" * (guard.MAX_ROWS + 1), encoding="utf-8")
    with pytest.raises(BadInput, match="long"):
        read(tmp_path / "long.csv")


def test_a_sheet_of_too_many_rows_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cells = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, guard.MAX_ROWS + 40_000))
    head = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    path = _damaged(tmp_path / "many.xlsx", "xl/worksheets/sheet1.xml", head + cells + b"</sheetData></worksheet>")
    monkeypatch.setattr(workbook, "_value", lambda *_args: pytest.fail("read"))
    with pytest.raises(BadInput, match="many"):
        read(path)
