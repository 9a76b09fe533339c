"""A workbook of 5,000 activities beside bare openpyxl reading its cells: what it costs to look at it, to take it in and
to write it out.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.bench.measure import Line, in_turns, seconds

ROWS = 5_000


def officers_workbook(path: Path, rows: int) -> Path:
    """A matrix of that many activities over three years with bands, indicators, targets and budgets."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("ម៉ាទ្រីស")
    years = ("២០២៣", "២០២៤", "២០២៥")
    sheet.append(["កូដ", "សកម្មភាព", "អ្នកទទួលខុសត្រូវ", "ទីកន្លែង", *(f"ត្រីមាស · {y}" for y in years), "សូចនាករ",
                  "សូចនាករ · ឯកតា", "សូចនាករ · មូលដ្ឋាន", *(f"ចំណុចដៅ · {y}" for y in years),
                  *(f"ថវិកា {y} · {s}" for y in years for s in ("ថវិការដ្ឋ", "អង្គការ", "UNICEF"))])  # fmt: skip
    for n in range(rows):
        if n % 50 == 0:
            sheet.append([f"គោលបំណងទី{n // 50 + 1}៖ កាត់បន្ថយអំពើហិង្សាលើកុមារ {n}"])
        if n % 10 == 0:
            sheet.append([f"លទ្ធផលទី{n // 50 + 1}.{n // 10 + 1}៖ ឃុំមានសមត្ថភាព {n}"])
        sheet.append([f"ស.{n}", f"បណ្តុះបណ្តាលគណៈកម្មាធិការឃុំស្តីពីការគ្រប់គ្រងករណី {n}", "ការិយាល័យសង្គមកិច្ច", "ឃុំដីឥដ្ឋ",
                      "១, ២", "3", None, f"ចំនួនសមាជិក {n}", "នាក់", 10, 20, "៣០", 40,
                      1_000_000 + n, None, "$500", None, "២.០០០.០០០ ៛", None, 3_000_000, None, None])  # fmt: skip
    book.save(path)
    return path


def bare(path: Path) -> int:
    """openpyxl going through every cell."""
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True, data_only=True)
    cells = sum(cell is not None for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    book.close()
    return cells


def run(folder: Path, _records: int, rounds: int) -> Iterator[Line]:
    from cpdesk.tasks import desk as desks
    from cpdesk.tasks import records, tables
    from cpdesk.tasks.tables import targets
    from cpdesk.tasks.undo import Undo

    path = officers_workbook(folder / "matrix.xlsx", ROWS)
    with desks.create(folder / "tables.cpdesk", "0802", "សុខ សុភា") as desk:
        values = {"title": "ផែនការ", "first_year": 2023, "last_year": 2025, "office": "0802", "rate": "4100"}
        plan = records.save(desk, "plan", values).id
        target = ("plan", plan)

        def look() -> tables.Preview:
            return targets.preview(desk, target, tables.read(path)[0])

        times = in_turns(rounds, read=lambda: seconds(lambda: tables.read(path)), look=lambda: seconds(look),
                         bare=lambda: seconds(lambda: bare(path)))  # fmt: skip
        whole = "bare openpyxl, every cell"
        yield Line(f"read a workbook of {ROWS:,} activities", times["read"], whole, times["bare"])
        yield Line("read it and show what it would do", times["look"], whole, times["bare"])
        preview = look()
        assert not preview.refused, preview.refused[:3]
        undo = Undo(desk)
        taken = seconds(lambda: tables.take(undo, preview))
        made = len(preview.drafts)
        yield Line("take it in", taken, whole, times["bare"], f"{made:,} records, {taken / made * 1e3:.2f} ms each")
        again = seconds(look)
        yield Line("look at the same file again", again, whole, times["bare"], "nothing changes")
        out = folder / "out.xlsx"
        yield Line("write it out", seconds(lambda: targets.export(desk, target, out)), whole, times["bare"])
        assert not look().drafts
