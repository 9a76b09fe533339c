"""A field whose value waits for a decision says so where one would change it, and leads to the decision."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cpdesk.tasks import exchange, records
from tests.ui import story
from tests.ui.hands import press, write
from ui.forms.form import DiffersChip
from ui.main_window import MainWindow
from ui.navigation import Location
from ui.pages.exchange import ExchangePage
from ui.pages.meeting import MeetingPage


@pytest.fixture
def two(tmp_path: Path) -> Iterator[story.Exchange]:
    """Both offices wrote another place and other closing words for the meeting; the district's package has come."""
    made = story.two_offices(tmp_path)
    (meeting,) = records.find(made.district, "meeting")
    records.save(made.district, "meeting", {"venue": "សាលាស្រុក", "closing": "ចប់នៅស្រុក"}, meeting.id)
    records.save(made.province, "meeting", {"venue": "សាលាខេត្ត", "closing": "ចប់នៅខេត្ត"}, meeting.id)
    exchange.export(made.district, tmp_path / "differs.cpsync")
    exchange.merge(made.province, [tmp_path / "differs.cpsync"])
    made.activity = meeting.id
    yield made
    made.province.close()
    made.district.close()


@pytest.fixture
def shown(qtbot: QtBot, two: story.Exchange) -> Iterator[MainWindow]:
    window = story.window(two.province)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    yield window
    window.close()


def page_of(shown: MainWindow, meeting: str) -> MeetingPage:
    shown.go(Location("meeting", meeting))
    QApplication.processEvents()
    page = shown.page()
    assert isinstance(page, MeetingPage)
    return page


def chips(page: MeetingPage) -> dict[str, DiffersChip]:
    """Those in sight, by field."""
    return {
        chip.objectName().removeprefix("differs_"): chip
        for chip in page.findChildren(DiffersChip)
        if not chip.isHidden()
    }


def test_the_chip_stands_beside_its_field_and_leads_to_the_decision(two: story.Exchange, shown: MainWindow) -> None:
    page = page_of(shown, two.activity)
    assert set(chips(page)) == {"venue", "closing"}
    chip = chips(page)["venue"]
    assert chip.text() == "ខុសគ្នា" and chip.accessibleName().startswith("ទីកន្លែង")
    page.form.editors["venue"].focus()
    press(Qt.Key.Key_Tab)
    assert chip.hasFocus(), "it is the next stop"
    press(Qt.Key.Key_Return)
    there = shown.page()
    assert isinstance(there, ExchangePage) and there.views.current() == "receive"
    current = there.settle.current()
    assert current is not None and current.id == two.activity


def test_the_mouse_leads_there_too(two: story.Exchange, shown: MainWindow, qtbot: QtBot) -> None:
    page = page_of(shown, two.activity)
    qtbot.mouseClick(chips(page)["venue"], Qt.MouseButton.LeftButton)
    assert isinstance(shown.page(), ExchangePage)


def test_the_chip_goes_once_it_is_settled(two: story.Exchange, shown: MainWindow) -> None:
    page = page_of(shown, two.activity)
    exchange.resolve(two.province, two.activity, "closing", "ចប់")
    page.refresh()
    assert set(chips(page)) == {"venue"}
    page.form.editors["venue"].focus()
    press("Ctrl+A")
    write("សាលប្រជុំ")
    page.form.flush()
    assert chips(page) == {}, "who writes the value anew has settled it"
    assert exchange.conflicts(two.province) == []
    page = page_of(shown, records.save(two.province, "meeting", {"subject": "ថ្មី"}).id)
    assert chips(page) == {}
