"""Names stand in the order of the dictionary in every list and combo, Khmer and Latin mixed."""

from __future__ import annotations

import random

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cpdesk.khmer.order import sort_key
from cpdesk.tasks import records
from tests.ui import story
from tests.ui.hands import settle, window
from ui.navigation import Location
from ui.pages.meeting_parts.words import one_line
from ui.pages.people import PeoplePage

# In this order: an independent vowel where its sound is, a subscript behind all vowels, numbers by value, Latin last.
NAMES = ("ឃុំ ២", "ឃុំ ១០", "កែវ សុភា", "ក្រូច សារី", "ខៀវ កាញារីទ្ធ", "ចាន់ ដារ៉ា", "ឆាយ ថន", "សុខ ចាន់", "ហ៊ុន កុសនី",
         "អ៊ុក រ៉ាប៊ុន", "ឧត្តម", "Anna Sok", "ben Chan", "Sok Chan")  # fmt: skip


def listed(page: PeoplePage) -> list[str]:
    table = page.view().table
    return [str(table.index(row, 0).data()) for row in range(table.rowCount())]


@pytest.mark.parametrize("kind", ("person", "body"))
def test_a_list_of_names_stands_in_order(qtbot: QtBot, told: story.Story, kind: str) -> None:
    names = list(NAMES)
    random.Random(7).shuffle(names)
    for name in names:
        records.save(told.desk, kind, {"name_km": name})
    shown = window(qtbot, told.desk)
    shown.go(Location("people", None, {"view": kind}))
    QApplication.processEvents()
    page = shown.page()
    assert isinstance(page, PeoplePage)
    titles = [name for row in listed(page) for name in NAMES if row.startswith(name)]
    assert titles == sorted(titles, key=sort_key) and set(titles) == set(NAMES), one_line(*titles)
    settle(qtbot, shown)


def test_the_order_itself() -> None:
    khmer = [name for name in NAMES if not name.isascii() and not name.startswith("ឃុំ")]
    assert sorted(khmer, key=sort_key) == khmer
    assert sorted(("Sok", "ben", "Anna", "ក"), key=sort_key) == ["ក", "Anna", "ben", "Sok"]
    assert sorted(("ឃុំ ១០", "ឃុំ ២"), key=sort_key) == ["ឃុំ ២", "ឃុំ ១០"]
