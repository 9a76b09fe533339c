"""The real window on a desk, page by page, without anybody: for `cpdesk --self-test`."""

from __future__ import annotations

import os
import sys
from types import TracebackType

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QImage

from cpdesk.tasks import Desk, records
from cpdesk.tasks.undo import Undo
from ui import messages
from ui.app import application, office_lines
from ui.context import Context
from ui.jobs import Jobs
from ui.main_window import MainWindow
from ui.pages import PAGES

SIZE = (1024, 600)
SETTLE_MS, PATIENCE_MS = 50, 10_000
COLOURS = 16  # that a page with words on it has at least
ABOUT = {"meeting": "meeting", "live": "meeting", "plan": "plan", "thread": "plan", "review": "plan"}


def look_at_every_page(desk: Desk) -> None:
    """Open each page and look whether something stands there. `RuntimeError` where it is empty, and any error that a
    page raises by itself.
    """
    if sys.platform.startswith("linux") and not any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY"))):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = application()
    messages.listen()  # what Qt says of a screen that is none is not for standard error
    raised: list[BaseException] = []

    def remember(_kind: type[BaseException], error: BaseException, _where: TracebackType | None) -> None:
        raised.append(error)

    before, sys.excepthook = sys.excepthook, remember
    context = Context(desk, Jobs(desk.other), Undo(desk))
    window = MainWindow(context, PAGES, office=lambda: office_lines(desk))
    context.setParent(window)
    window.resize(*SIZE)
    try:
        window.start(None)
        window.show()
        for page in PAGES:
            kind = ABOUT.get(page.name)
            if page.place == "inner" and not page.listed and kind is None:
                continue
            context.go(page.name, records.find(desk, kind)[0].id if kind else None)
            if not _shows_something(window, page.name) or raised:
                raise raised[0] if raised else RuntimeError(f"{page.name} is empty")
    finally:
        sys.excepthook = before
        context.jobs.close()
        window.close()
        window.deleteLater()
        app.processEvents()


def _shows_something(window: MainWindow, name: str) -> bool:
    """The page of that name, within ten seconds; the window and its worker go on meanwhile."""
    for _turn in range(PATIENCE_MS // SETTLE_MS):
        _wait(SETTLE_MS)
        page = window.page()
        if page is not None and page.name == name and _colours(page.grab().toImage()) >= COLOURS:
            return True
    return False


def _colours(image: QImage) -> int:
    """How many different ones there are on a grid of points."""
    return len({image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)})


def _wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
