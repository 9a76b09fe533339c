"""A backup of a locked desk: looked into, and brought back, by whoever knows a password or the code of its day."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cpdesk.tasks import backups, bringing_back, keys, records
from cpdesk.tasks.desk import create, open_desk
from tests.ui.hands import come_to_front, press, read, write
from ui.dialogs.bring_back import BringBack

FIRST, SECOND = "ដំរី ស្វាយ ទន្លេ ព្រះច័ន្ទ", "blue mango rice tree"
ENTER = Qt.Key.Key_Return


@pytest.fixture
def backup(tmp_path: Path) -> tuple[Path, str]:
    """Of a locked desk with one meeting, whose password has changed since; the code of its day."""
    with create(tmp_path / "0802.cpdesk", "0802", "សុខ សុភា", FIRST) as desk:
        records.save(desk, "meeting", {"subject": "ប្រជុំ"})
        made, code = backups.by_hand(desk, tmp_path / "mine.cpbackup").file, desk.recovery_code
        records.save(desk, "meeting", {"subject": "ទីពីរ"})
        keys.set_password(desk, SECOND, FIRST)
    return made, code


def look(qtbot: QtBot, dialog: BringBack) -> BringBack:
    qtbot.addWidget(dialog)
    dialog.show()
    come_to_front(qtbot, dialog)
    qtbot.waitUntil(lambda: not dialog._jobs.is_busy())
    return dialog


@pytest.mark.parametrize("way", ["today", "of its day", "code"])
def test_it_asks_and_opens(qtbot: QtBot, tmp_path: Path, backup: tuple[Path, str], way: str) -> None:
    file, code = backup
    dialog = look(qtbot, BringBack(tmp_path / "0802.cpdesk", None, file))
    qtbot.waitUntil(dialog.secret.isVisible)
    assert dialog.secret.line.hasFocus() and not dialog.yes.isEnabled() and "ប្រជុំ" not in read(dialog)
    write("ខុសហើយ ខុសហើយ")
    press(ENTER)
    qtbot.waitUntil(lambda: not dialog._jobs.is_busy() and dialog.secret.isVisible())
    assert dialog.isVisible() and dialog.prepared is None
    press("Ctrl+A")
    write({"today": SECOND, "of its day": FIRST, "code": code}[way])
    press(ENTER)
    qtbot.waitUntil(dialog.yes.isEnabled)
    assert not dialog.secret.isVisible() and not dialog.secret.text() and "កិច្ចប្រជុំ" in read(dialog)
    dialog.take()
    qtbot.waitUntil(lambda: dialog.prepared is not None)
    assert dialog.prepared is not None
    aside = bringing_back.put_in_place(dialog.prepared, tmp_path / "0802.cpdesk")
    assert aside is not None
    with open_desk(tmp_path / "0802.cpdesk", password=SECOND) as desk:
        assert records.count(desk, "meeting") == 1


def test_of_the_desk_that_is_open_nothing_is_asked(qtbot: QtBot, tmp_path: Path, backup: tuple[Path, str]) -> None:
    with open_desk(tmp_path / "0802.cpdesk", password=SECOND) as desk:
        dialog = look(qtbot, BringBack(desk.path, desk, backup[0]))
        qtbot.waitUntil(dialog.yes.isEnabled)
        assert not dialog.secret.isVisible()
        dialog.reject()
