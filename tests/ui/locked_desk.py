"""A locked desk of two officers with a meeting, made once for many tests, and a copy of it for each."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cpdesk.tasks import officers, records
from cpdesk.tasks.desk import create

WORDS, OTHERS = "ដំរី ស្វាយ ទន្លេ ព្រះច័ន្ទ", "blue mango rice river"


def make(folder: Path, role: str) -> Path:
    """The desk, its lock, and the home in which it was made; `role` is that of the officer whose words are `OTHERS`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CPDESK_HOME", str(folder / "home"))
        with create(folder / "0802.cpdesk", "0802", "សុខ សុភា", WORDS) as desk:
            records.save(desk, "meeting", {"subject": "ប្រជុំប្រចាំខែ", "date": "2022-06-23"})
            officers.add(desk, "ចាន់ ធីតា", [role], OTHERS)
    return folder


def copied(made: Path, home: Path, folder: Path) -> Path:
    """That desk in a folder and a home of its own."""
    shutil.copytree(made / "home", home, dirs_exist_ok=True)
    for file in made.glob("0802.*"):
        shutil.copy(file, folder)
    return folder / "0802.cpdesk"
