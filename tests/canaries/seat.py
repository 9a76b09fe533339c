"""The part of the day that is spent in the window: every page, words half typed in a form and in the search, an
attached file shown by another program, an error, the desk locked; and at last the program dies while somebody types."""

from __future__ import annotations

import faulthandler
import sys

from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit, QWidget

from cpdesk import settings
from cpdesk.paths import home
from cpdesk.store import Desk
from cpdesk.tasks import attachments, records
from tests.canaries.words import KHMER, LATIN, SOUGHT
from ui import messages
from ui.app import Program, application
from ui.main_window import MainWindow
from ui.pages import PAGES

ABOUT = {"meeting": "meeting", "live": "meeting", "plan": "plan", "thread": "plan", "review": "plan"}
PATIENCE_MS = 20_000


def sit(desk: Desk) -> None:
    """Does not come back."""
    app = application()
    messages.listen()
    program = Program(app)
    settings.change(theme="dark", font_scale=110)
    program.show_desk(desk, desk.path)
    window = program.window
    assert window is not None
    opened = home() / "opened"  # a process that was killed has left a copy there
    assert opened.exists()
    _wait(lambda: window.page() is not None and not opened.exists())
    _look_around(window)
    _type_in_a_form(window)
    scan = next(one for one in attachments.of(desk, records.find(desk, "meeting")[0].id) if one.here)
    assert attachments.copy_to_open(desk, scan.id).exists()
    _err()
    _search(window)
    path = desk.path
    QTimer.singleShot(0, program.lock)
    QTimer.singleShot(0, lambda: _leave_the_door(program))
    app.exec()
    assert program.window is None and program.desk is None
    assert not list(path.parent.glob("*-wal")), "the desk is closed"
    print("locked", flush=True)
    from tests.canaries import day

    desk = day.opened(path.parent.parent)
    program.show_desk(desk, desk.path)
    assert program.window is not None
    _type_in_a_form(program.window)
    faulthandler._sigsegv()


def _look_around(window: MainWindow) -> None:
    desk = window.context.desk
    for page in PAGES:
        kind = ABOUT.get(page.name)
        if page.place != "inner" or page.listed or kind:
            window.context.go(page.name, records.find(desk, kind)[0].id if kind else None)
            QApplication.processEvents()


def _type_in_a_form(window: MainWindow) -> None:
    """Words in every box of a meeting's page, in the last of them half a word."""
    meeting = records.find(window.context.desk, "meeting")[0].id
    window.context.go("meeting", meeting)
    QApplication.processEvents()
    page = window.page()
    assert page is not None
    boxes: list[QWidget] = [*page.findChildren(QPlainTextEdit), *page.findChildren(QLineEdit)]
    typed = [box for box in boxes if box.isVisible() and box.isEnabled()][:6]
    for box in typed:
        box.setFocus()
        _type(box, f"{LATIN} {KHMER}")
    assert len(typed) > 2


def _type(box: QWidget, words: str) -> None:
    for letter in words:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(box, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))
    QApplication.processEvents()


def _search(window: MainWindow) -> None:
    window.search()
    palette = QApplication.activeModalWidget() or QApplication.activeWindow()
    assert isinstance(palette, QDialog)
    line = palette.findChild(QLineEdit, "palette_line")
    assert line is not None
    _type(line, SOUGHT)
    QTest.qWait(300)


def _err() -> None:
    """A fault of the program with a record's words in its own."""
    try:
        raise ValueError(f"{LATIN} {KHMER}")
    except ValueError as why:
        sys.excepthook(ValueError, why, why.__traceback__)
    QApplication.processEvents()
    told = QApplication.activeModalWidget()
    assert isinstance(told, QDialog)
    told.accept()


def _leave_the_door(program: Program) -> None:
    """Somebody comes to the locked desk and goes away again."""
    door = program.door
    if door is None or door.held or not door.isVisible():
        QTimer.singleShot(50, lambda: _leave_the_door(program))
        return
    if (home() / "opened").exists():
        print("a copy lies in the plain while the desk is locked", flush=True)
    QTimer.singleShot(0, door.reject)


def _wait(true: object) -> None:
    loop, clock = QEventLoop(), QTimer()
    clock.timeout.connect(lambda: loop.quit() if callable(true) and true() else None)
    clock.start(20)
    QTimer.singleShot(PATIENCE_MS, loop.quit)
    loop.exec()
    assert callable(true) and true()
