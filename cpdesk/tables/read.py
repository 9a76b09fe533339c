"""A file with tables as sheets of values: Excel workbooks through openpyxl, anything else as CSV."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from cpdesk.tables import guard
from cpdesk.tables.cells import Sheet

Progress = Callable[[int, int], None]


def read(path: Path, progress: Progress = lambda _done, _total: None) -> list[Sheet]:
    """The sheets with something in them. `BadInput` says what a strange file is, `DiskProblem` that it is not there.

    Bounded by `guard`: bytes, members and unpacked size before anything is unpacked, rows and columns while reading.
    """
    if guard.sort_of(path) == "xlsx":
        from cpdesk.tables import workbook

        found: Sequence[Sheet] = workbook.read(path, progress)
    else:
        from cpdesk.tables import csv_file

        found = [csv_file.read(path)]
    return [sheet for sheet in found if sheet.rows]
