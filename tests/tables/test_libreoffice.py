"""Through LibreOffice and back: what we write it understands, what it writes we understand.

Some seconds each, so they run only where LibreOffice is there and CPDESK_LONG_TESTS is set.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from cpdesk.tables.cells import Cash, text_of
from cpdesk.tables.read import read
from cpdesk.tasks import plans, tables
from cpdesk.tasks.tables import targets
from cpdesk.tasks.undo import Undo
from tests import desks
from tests.tables import officers
from tests.tables.test_files import NASTY, table
from tests.tasks.test_tables import a_plan, look

OFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(
    not (OFFICE and os.environ.get("CPDESK_LONG_TESTS")), reason="wants LibreOffice and CPDESK_LONG_TESTS=1"
)


def through(path: Path, to: str, folder: Path) -> Path:
    """The file opened by LibreOffice, worked out anew and saved as `to`."""
    assert OFFICE
    folder.mkdir(exist_ok=True)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    words = [OFFICE, "--headless", "--norestore", profile, "--convert-to", to, "--outdir", str(folder), str(path)]
    subprocess.run(words, check=True, capture_output=True, timeout=120)
    return folder / f"{path.stem}.{to}"


def test_our_matrix_comes_back_equal_from_libreoffice(tmp_path: Path) -> None:
    with desks.make(tmp_path, desks.KIEN_SVAY) as desk:
        plan = a_plan(desk)
        tables.take(Undo(desk), look(desk, ("plan", plan), officers.matrix(tmp_path / "m.xlsx")))
        targets.export(desk, ("plan", plan), tmp_path / "out.xlsx")
        found = look(desk, ("plan", plan), through(tmp_path / "out.xlsx", "xlsx", tmp_path / "lo"))
        assert not found.refused and not found.drafts
        ours, theirs = (read(tmp_path / name)[0] for name in ("out.xlsx", "lo/out.xlsx"))
        totals = [cell for row in ours.rows for cell in row if isinstance(cell, Cash)]
        assert totals == [cell for row in theirs.rows for cell in row if isinstance(cell, Cash)]


def test_an_officers_matrix_that_libreoffice_saved(tmp_path: Path) -> None:
    path = through(officers.matrix(tmp_path / "m.xlsx"), "xlsx", tmp_path / "lo")
    with desks.make(tmp_path, desks.KIEN_SVAY) as desk:
        plan = a_plan(desk)
        tables.take(Undo(desk), look(desk, ("plan", plan), path))
        assert len(plans.activities(desk, plan)) == 4
        assert not look(desk, ("plan", plan), officers.matrix(tmp_path / "m.xlsx")).drafts


def test_text_stays_text_in_libreoffice(tmp_path: Path) -> None:
    from cpdesk.tables.write import write

    texts = [text for text in NASTY if "\x01" not in text and "\ufffe" not in text]
    write(tmp_path / "t.xlsx", table(*((text, "x") for text in texts)))
    (sheet,) = read(through(tmp_path / "t.xlsx", "xlsx", tmp_path / "lo"))
    assert [text_of(row[0]) for row in sheet.rows[1:]] == texts


def test_a_csv_of_ours_runs_nothing_in_libreoffice(tmp_path: Path) -> None:
    from cpdesk.tables.write import write

    write(tmp_path / "t.csv", table(("=1+1", "x"), ("+1+1", "x"), ("@SUM(A1)", "x")))
    (sheet,) = read(through(tmp_path / "t.csv", "xlsx", tmp_path / "lo"))
    assert [text_of(row[0]).lstrip("'") for row in sheet.rows[1:]] == ["=1+1", "+1+1", "@SUM(A1)"]
