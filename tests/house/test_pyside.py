"""PySide6 6.12.0 loses a reference to None with every call that returns nothing, until it aborts."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot


def test_calls_into_qt_keep_their_references(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for n in range(10_000):
        label.setText(str(n))
    assert abs(sys.getrefcount(None) - before) < 1_000, "This PySide6 loses references; see pyproject.toml."
