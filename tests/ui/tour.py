"""A walk through the whole window on the demo's story: every page, each of its views, one after the other.

The tests that must hold everywhere (names for screen readers, keys, room for words, pictures) go this way.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEvent, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from cpdesk.store import Desk
from cpdesk.tasks import records
from cpdesk.tasks.desk import open_desk
from cpdesk.tasks.undo import Undo
from tests.pictures import RECORDS
from ui.app import office_lines
from ui.context import Context
from ui.jobs import Jobs
from ui.main_window import MainWindow
from ui.pages import PAGES


@dataclass(frozen=True)
class Stop:
    """One view of one page: what `Context.go` is given. `name` is the page's, with the view's after a dash."""

    name: str
    page: str
    record: str | None = None
    state: dict[str, object] = field(default_factory=dict)


KNOWN = {"live": RECORDS["meeting"], **RECORDS}


def stops(desk: Desk) -> list[Stop]:
    """Every page in the order of the registry, and each of its views."""
    found = []
    for spec in PAGES:
        kind, words, states = KNOWN.get(spec.name, ("", "", {}))
        record = records.find(desk, kind, search=words)[-1].id if kind else None
        for view, state in (states or {"": {}}).items():
            found.append(Stop("-".join(filter(None, (spec.name, view))), spec.name, record, state))
    return found


def names() -> list[str]:
    """What the stops are called, in their order."""
    views = ((spec.name, view) for spec in PAGES for view in KNOWN.get(spec.name, ("", "", {}))[2] or {"": {}})
    return ["-".join(filter(None, parts)) for parts in views]


@contextmanager
def window(path: Path, size: tuple[int, int] = (1366, 768)) -> Iterator[MainWindow]:
    """The program's window over the desk at `path`, shown and active, at home."""
    with open_desk(path) as desk:
        context = Context(desk, Jobs(desk.other), Undo(desk))
        made = MainWindow(context, PAGES, office=lambda: office_lines(desk))
        context.setParent(made)
        made.resize(*size)
        made.start(None)
        made.show()
        made.activateWindow()
        settle(made)
        try:
            yield made
        finally:
            context.jobs.close()
            made.close()
            made.deleteLater()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def visit(made: MainWindow, stop: Stop) -> QWidget:
    """Go to that view and wait until it stands; the page that is shown then."""
    made.context.go(stop.page, stop.record, **stop.state)
    settle(made)
    page = made.page()
    assert page is not None and page.name == stop.page
    return page


def settle(made: MainWindow) -> None:
    """Let the window and its worker go on until both have nothing left to do."""
    limit = QDeadlineTimer(20_000)
    calm = 0
    while calm < 3 and not limit.hasExpired():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        calm = 0 if made.context.jobs.is_busy() else calm + 1
    assert not limit.hasExpired(), "the window does not come to rest"


def at_rest(made: MainWindow, soon_ms: int = 3000) -> None:
    """The same, and what begins by itself within that time has begun and ended: a preview, a search as one types."""
    limit = QDeadlineTimer(20_000)
    while not limit.hasExpired():
        settle(made)
        waiting = [one for one in made.findChildren(QTimer) if one.isActive() and one.isSingleShot()]
        if not any(one.interval() <= soon_ms for one in waiting):
            return
    raise AssertionError("the window does not come to rest")
