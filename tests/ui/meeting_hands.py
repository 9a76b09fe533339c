"""What an officer's hands do to record the consultation at Kandal and to print its papers: a function for each part."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from tests.ui import consultation
from tests.ui.hands import press, write
from ui.dialogs.preview import PreviewDialog
from ui.dialogs.preview.dialog import documents_folder

TAB, ENTER, DOWN, UP, ESC = Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Escape
OPENING = "អង្គប្រជុំបានស្តាប់ការរំលឹកពីតួនាទីរបស់ក្រុមការងារកិច្ចការពារកុមារ។"
CLOSING = "កិច្ចប្រជុំបានបញ្ចប់ដោយបរិយាកាសស្និទ្ធស្នាល។"
MINUTES = "បានពិនិត្យសកម្មភាពទាំង ៣៨ ក្នុងនោះរួចរាល់ ១៨។"
NUMBER, VENUE = "១២៣/២២", "សាលប្រជុំសាលាខេត្តកណ្តាល"
PRESENTATION, PRESENTER = "របៀបរៀបចំផែនការកិច្ចការពារកុមារ", 3
GUEST = "ម៉ៅ សុវណ្ណ"


def documents(home: Path, patch: pytest.MonkeyPatch) -> Path:
    """Let the person's own folder be `home`; where their papers lie then."""
    patch.setenv("HOME", str(home))
    folder = home / "Documents"
    folder.mkdir()
    return folder


def record() -> None:
    """All of the meeting, from a new page on."""
    press("Ctrl+N")
    facts()
    press("Alt+1")
    agenda()
    press("Alt+2")
    people()
    press(ENTER)  # in the empty line: on to the presentations
    presentation()
    press(ENTER)
    inputs()
    press(ENTER)
    follow_ups()
    press(ENTER)
    words()


def facts() -> None:
    write(consultation.SUBJECT)
    press(TAB)
    write("២៣/០៦/២០២២")
    press(TAB)
    write("8:00")
    press(TAB)
    write("11:30")
    press(TAB, DOWN)  # state: planned → held
    press(TAB, DOWN)  # sort: consultation
    press(TAB)
    write(NUMBER)
    press(TAB)
    write(VENUE)
    press(TAB)
    pick(few(0))
    press(TAB)
    pick(few(6))
    press(TAB)
    pick("គណៈ")


def few(who: int) -> str:
    """Letters that are enough to have that person offered first."""
    return consultation.PEOPLE[who][1].split()[1][:3]


def pick(letters: str) -> None:
    """Type a part of a name and take what is offered first."""
    write(letters)
    assert QApplication.activePopupWidget() is not None, f"nothing is offered for {letters}"
    press(ENTER)


def agenda() -> None:
    """The items, and the minutes of the first."""
    for title, _who, _minutes in consultation.AGENDA:
        write(title)
        press(ENTER)
    minutes_of_the_first_item()


def minutes_of_the_first_item() -> None:
    press(UP)  # from the line to the last row
    press(UP, times=len(consultation.AGENDA) - 1)
    press(ENTER, TAB)
    pick(few(1))
    press(TAB)
    write(MINUTES)
    press(ESC)


def people() -> None:
    """Who came, and a guest who did not."""
    for who in range(len(consultation.PEOPLE)):
        pick(few(who))
    write(GUEST)
    press(ENTER)
    press(UP, "4")
    press(DOWN)


def presentation() -> None:
    write(PRESENTATION)
    press(TAB)
    pick(few(PRESENTER))
    press(ENTER)


def inputs() -> None:
    for who, text, _disposition in consultation.INPUTS:
        pick(few(who))
        press(ENTER)
        write(text)
        press(ENTER)


def follow_ups() -> None:
    for text, who, due, _sort in consultation.FOLLOW_UPS:
        write(text)
        press(TAB)
        pick(few(who))
        press(TAB)
        write("/".join(reversed(due.split("-"))))
        press(ENTER)


def words() -> None:
    """What was said first and last."""
    write(OPENING)
    press(TAB)
    write(CLOSING)


def keep_paper(qtbot: QtBot, keys: str = "Ctrl+P") -> Path:
    """Print what `keys` print: into the file that is proposed. Its path; the preview is closed again."""
    press(keys)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, PreviewDialog)
    qtbot.waitUntil(lambda: bool(dialog.pdf), timeout=20_000)
    return keep_open_paper(qtbot, dialog)


def keep_open_paper(qtbot: QtBot, dialog: PreviewDialog) -> Path:
    """The same for a preview that is open and has its pages."""
    before = set(documents_folder().iterdir())

    def take_the_name() -> None:
        if not isinstance(QApplication.activeModalWidget(), QFileDialog):
            QTimer.singleShot(5, take_the_name)
            return
        press(ENTER)

    QTimer.singleShot(5, take_the_name)
    press("Ctrl+S")
    dialog.activateWindow()  # no window manager does it here
    qtbot.waitUntil(lambda: dialog.isActiveWindow() and not dialog.row.is_busy())
    press(ESC)
    assert not isinstance(QApplication.activeModalWidget(), PreviewDialog)
    (file,) = set(documents_folder().iterdir()) - before
    return file
