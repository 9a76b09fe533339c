"""Every test of the window runs offscreen in the program's own look, in Khmer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui import gallery, hands, story
from ui import qt_texts, theme
from ui.main_window import MainWindow


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen platform says what it cannot do for each window that is shown; no fault of ours."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    """The light theme at its normal size, whatever the test before did."""
    qt_texts.install(qapp)
    made = theme.install(qapp) if theme._theme is None else theme.current()
    if (made.scheme, made.scale) != ("light", 1.0):
        made.apply()
    yield


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """The window with sample pages, shown, on its home page."""
    made = gallery.window(tmp_path)
    qtbot.addWidget(made)
    made.start()
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    made.close()
    made.context.desk.close()


@pytest.fixture
def told(tmp_path: Path) -> story.Story:
    """A district's desk with a small story in it."""
    return story.tell(tmp_path / "0802.cpdesk")


@pytest.fixture
def shown(qtbot: QtBot, told: story.Story) -> Iterator[MainWindow]:
    """The program's own window on that desk, active."""
    made = hands.window(qtbot, told.desk)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    hands.settle(qtbot, made)
