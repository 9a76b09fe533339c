"""An import is taken back from the list of what came in, and taken in again; what stands in its way is said."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from cpdesk.khmer import digits
from cpdesk.khmer.breaks import without_zwsp
from cpdesk.tasks import exchange, records
from cpdesk.tasks.undoing_imports import taken_back
from tests.ui import story
from tests.ui.hands import read
from ui.dialogs.preview import PreviewDialog
from ui.dialogs.take_back import TakeBack
from ui.main_window import MainWindow
from ui.navigation import Location
from ui.pages.exchange import ExchangePage

MEETING = {"subject": "កិច្ចប្រជុំដែលច្រឡំ", "date": "2022-06-23"}


@pytest.fixture
def two(tmp_path: Path) -> Iterator[story.Exchange]:
    made = story.two_offices(tmp_path)
    yield made
    made.province.close()
    made.district.close()


@pytest.fixture
def page(two: story.Exchange, qtbot: QtBot, tmp_path: Path) -> Iterator[ExchangePage]:
    """The province's page, after a package with one meeting came in."""
    records.save(two.district, "meeting", MEETING)
    exchange.export(two.district, tmp_path / "1.cpsync")
    exchange.merge(two.province, [tmp_path / "1.cpsync"])
    window: MainWindow = story.window(two.province)
    qtbot.addWidget(window)
    window.show()
    window.go(Location("exchange"))
    found = window.page()
    assert isinstance(found, ExchangePage)
    yield found
    window.close()


def button(holder: QWidget, name: str) -> QAbstractButton:
    found = holder.findChild(QAbstractButton, name)
    assert found is not None, name
    return found


def looked(page: ExchangePage, qtbot: QtBot) -> TakeBack:
    dialog = page.imports.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: not dialog.row.is_busy() and not page.context.jobs.is_busy(), timeout=20_000)
    return dialog


def test_an_import_is_taken_back_and_in_again(page: ExchangePage, two: story.Exchange, qtbot: QtBot) -> None:
    assert records.count(two.province, "meeting", MEETING) == 1
    button(page.imports, "back_1").click()
    dialog = looked(page, qtbot)
    assert digits.count(1) in read(dialog) and dialog.yes.isEnabled()
    dialog.reason.setText("កញ្ចប់ច្រឡំ")
    dialog.yes.click()
    qtbot.waitUntil(lambda: taken_back(two.province) == {1}, timeout=20_000)
    qtbot.waitUntil(lambda: "បានដក" in without_zwsp(read(page.imports)), timeout=10_000)
    assert records.count(two.province, "meeting", MEETING) == 0
    button(page.imports, "back_1").click()
    again = looked(page, qtbot)
    assert again.again
    again.yes.click()
    qtbot.waitUntil(lambda: not taken_back(two.province), timeout=20_000)
    assert records.count(two.province, "meeting", MEETING) == 1


def test_what_stands_in_its_way_is_said(page: ExchangePage, two: story.Exchange, qtbot: QtBot) -> None:
    (meeting,) = records.find(two.province, "meeting", MEETING)
    records.save(two.province, "meeting", {"subject": "កិច្ចប្រជុំដែលបានកែ"}, meeting.id)
    page.imports.take_back(exchange.packages(two.province)[0])
    dialog = looked(page, qtbot)
    assert not dialog.yes.isEnabled() and not dialog.reason.isVisible()
    assert "កិច្ចប្រជុំដែលបានកែ" in read(dialog), "it names what stands on it"
    dialog.reject()
    assert not taken_back(two.province)


def test_what_it_held_and_its_receipt_are_papers(page: ExchangePage, qtbot: QtBot) -> None:
    for name in ("held_1", "receipt_1"):
        button(page.imports, name).click()
        (preview,) = page.window().findChildren(PreviewDialog)
        qtbot.waitUntil(lambda p=preview: bool(p.pdf) and not page.context.jobs.is_busy(), timeout=20_000)
        with qtbot.waitSignal(preview.destroyed, timeout=10_000):
            preview.close()


def test_the_board_is_a_paper_too(page: ExchangePage, qtbot: QtBot) -> None:
    page.print_board.click()
    (preview,) = page.window().findChildren(PreviewDialog)
    qtbot.waitUntil(lambda: bool(preview.pdf) and not page.context.jobs.is_busy(), timeout=20_000)
    preview.close()
