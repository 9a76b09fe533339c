"""Workbooks as officers have them, made with openpyxl: merged heads, bands, Khmer digits, titles above, totals and
signatures below. None of it comes from this program.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

YEARS = ("២០២៣", "២០២៤", "២០២៥")


def _sheet(name: str = "ម៉ាទ្រីស") -> tuple[Workbook, Worksheet]:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = name
    return book, sheet


def _put(sheet: Worksheet, row: int, *cells: object) -> None:
    for column, value in enumerate(cells, 1):
        if value is not None:
            sheet.cell(row, column, value)  # type: ignore[arg-type]


def _merge(sheet: Worksheet, *ranges: str) -> None:
    for one in ranges:
        sheet.merge_cells(one)


def matrix(path: Path, *, doubt: bool = False) -> Path:
    """A three-year plan: columns A–Q, a head of two rows, bands in merged rows, marks for quarters, three currencies'
    worth of spelling. With `doubt` two cells nobody can read.
    """
    book, sheet = _sheet()
    _put(sheet, 1, "ព្រះរាជាណាចក្រកម្ពុជា")
    _put(sheet, 2, "ជាតិ សាសនា ព្រះមហាក្សត្រ")
    _put(sheet, 3, "ផែនការកិច្ចការពារកុមារ ឆ្នាំ២០២៣-២០២៥")
    _merge(sheet, "A1:Q1", "A2:Q2", "A3:Q3")
    _put(sheet, 5, "ល.រ", "សកម្មភាព", "សូចនាករ", "ចំណុចដៅ", None, None, "ពេលវេលាអនុវត្ត ឆ្នាំ២០២៣", None, None, None,
         "ស្ថាប័នទទួលខុសត្រូវ", "ដៃគូ", "ទីកន្លែង", "ថវិកា (រៀល)", None, None, "ប្រភពថវិកា")  # fmt: skip
    _put(sheet, 6, None, None, None, *YEARS, "ត្រី១", "ត្រី២", "ត្រី៣", "ត្រី៤", None, None, None, *YEARS)
    _merge(sheet, "D5:F5", "G5:J5", "N5:P5", *(f"{c}5:{c}6" for c in "ABCKLMQ"))
    _put(sheet, 7, *(str(n) for n in range(1, 18)))
    _put(sheet, 8, "គោលបំណងទី១៖ កាត់បន្ថយអំពើហិង្សាលើកុមារ")
    _merge(sheet, "A8:Q8")
    _put(sheet, 9, "លទ្ធផលទី១.១៖ គ.ក.ន.ក ឃុំមានសមត្ថភាពឆ្លើយតប")
    _merge(sheet, "A9:Q9")
    _put(sheet, 10, "១", "បណ្តុះបណ្តាលគណៈកម្មាធិការឃុំ", "ចំនួនសមាជិកទទួលបានការបណ្តុះបណ្តាល", "១២០ នាក់", 150, "១.២០០",
         "X", "x", None, "✓", "ការិយាល័យសង្គមកិច្ច", "UNICEF", "ឃុំដីឥដ្ឋ", "១២.៥០០.០០០ ៛", 8000000,
         "$500", "ថវិការដ្ឋ")  # fmt: skip
    _put(sheet, 11, "២", "យុទ្ធនាការផ្សព្វផ្សាយនៅសាលារៀន", "ភាគរយសាលារៀន", "50%", 0.8, None, None, "X", None, None,
         "ការិយាល័យអប់រំ", "Save the Children", "គ្រប់ឃុំ", 1500.5, None, None, "UNICEF")  # fmt: skip
    sheet["E11"].number_format = "0%"
    sheet["N11"].number_format = '"$"#,##0.00'
    _put(sheet, 12, None, None, "ចំនួនសិស្សចូលរួម", 300, 400, 500)
    _merge(sheet, "A11:A12", "B11:B12", "K11:K12")
    _put(sheet, 13, "លទ្ធផលទី១.២៖ កុមារងាយរងគ្រោះទទួលបានសេវា")
    _merge(sheet, "A13:Q13")
    _put(sheet, 14, "១", "បញ្ជូនករណីទៅសេវាជំនាញ", None, None, None, None, "X", "X", "X", "X", "លោក សុខ វណ្ណា",
         None, "ទូទាំងស្រុក", "-", 0, None, None)  # fmt: skip
    _put(sheet, 15, "គោលបំណងទី២៖ ពង្រឹងការថែទាំក្នុងគ្រួសារ")
    _merge(sheet, "A15:Q15")
    _put(sheet, 16, "១", "ចុះសួរសុខទុក្ខគ្រួសារ", None, "ច្រើន" if doubt else None, None, None, "ប្រហែល" if doubt else "x",
         None, None, None, "ការិយាល័យសង្គមកិច្ច", None, "ឃុំដីឥដ្ឋ; ឃុំកំពង់ស្វាយ", 250000, None, None, "ថវិកាឃុំ")  # fmt: skip
    _put(sheet, 17, "សរុប", *[None] * 12, "=SUM(N10:N16)", "=SUM(O10:O16)")
    _put(sheet, 19, *[None] * 12, "ថ្ងៃទី២៣ ខែមិថុនា ឆ្នាំ២០២២")
    _put(sheet, 20, None, "បានឃើញ និងឯកភាព", *[None] * 10, "អ្នករៀបចំ")
    book.save(path)
    return path


def in_columns(path: Path) -> Path:
    """English headings, objectives and outputs in columns of their own, said once; thousands of riel."""
    book, sheet = _sheet("Matrix")
    head = ("Objective", "Output", "No", "Activity", "Responsible", "Quarter 2023", "Budget 2023 (thousand riel)",
            "Indicator", "Baseline", "Target 2023")  # fmt: skip
    _put(sheet, 1, *head)
    _put(sheet, 2, "Less violence", "Committees work", "1.1.1", "Train committees", "Social office", "1,2", 12500,
         "People trained", "50 (2022)", 120)  # fmt: skip
    _put(sheet, 3, None, None, "1.1.2", "Meet each quarter", None, "Q1-Q4", 300.5, None, None, None)
    _put(sheet, 4, None, "Cases reach services", "1.2.1", "Refer cases", None, "III, IV", None, None, None, None)
    _merge(sheet, "A2:A4", "B2:B3")
    book.save(path)
    return path


def bare(path: Path, rows: list[list[Any]]) -> Path:
    """A sheet of these rows."""
    book, sheet = _sheet("Sheet1")
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


Make = Callable[[Path], Path]
