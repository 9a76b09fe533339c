"""The window: it puts sidebar, top bar, pages and foot together and knows no rule of the records.

Pages come from a registry and are built when first shown. A change of language, theme or text size builds the window's
content anew and stands at the same place again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from cpdesk.errors import NotFound
from cpdesk.i18n import _, language, using
from cpdesk.khmer import dates
from ui import look, messages, rights, theme
from ui.actions import Action, Actions
from ui.chrome.sidebar import Entry, Sidebar
from ui.chrome.statusline import StatusLine
from ui.chrome.topbar import TopBar
from ui.context import Context
from ui.drives import is_ours, is_table, paths_in
from ui.jobs import Job, Jobs
from ui.navigation import History, Location, Page
from ui.registry import PageSpec
from ui.widgets.notices import Toast
from ui.widgets.surfaces import column, row

if TYPE_CHECKING:
    from cpdesk.tasks.tables.targets import Target

NARROW = 1200
SEEN = 12
SMALLEST = QSize(900, 560)


class MainWindow(QMainWindow):
    """`specs` are the pages, the first one is home.

    `office` gives the lines under the brand, `extra` further commands. `seen` are the records last looked at, newest
    first.
    """

    rebuilt = Signal()
    closing = Signal()
    painted = Signal()  # once, when it is first seen
    dropped = Signal(object)  # files that were dropped on it, wherever that was

    def __init__(
        self,
        context: Context,
        specs: Sequence[PageSpec],
        *,
        office: Callable[[], Sequence[str]] = tuple,
        extra: Callable[[MainWindow], Sequence[Action]] | None = None,
    ) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setMinimumSize(SMALLEST)
        self.setAcceptDrops(True)
        self.context = context
        self._specs = {spec.name: spec for spec in specs}
        self._home = specs[0].name
        self._office = office
        self._extra = extra
        self._pages: dict[str, Page] = {}
        self._job: Job | None = None
        self._lookups: Jobs | None = None
        self._seen = False
        self._closed = False
        self.history = History(self)
        self.seen: list[str] = []
        self.actions_ = Actions(self)
        self._build()
        context.wanted.connect(self.go)
        context.changed.connect(self._changed)
        context.said.connect(self.say)
        context.spotted.connect(self._spot)
        context.language_wanted.connect(self.use_language)
        context.renamed.connect(lambda: self.sidebar.set_office(*self._office()))
        context.jobs.started.connect(self._follow)
        theme.current().changed.connect(self.rebuild)
        self.history.changed.connect(self._show_history)

    # building

    def _build(self) -> None:
        self.setWindowTitle(_("CPC Desk"))
        entries = [self._entry(spec) for spec in self._specs.values() if spec.place != "inner"]
        self.sidebar = Sidebar(entries, self._office())
        self.topbar = TopBar()
        self.status = StatusLine()
        self.stack = QStackedWidget()
        self.stack.setObjectName("pages")
        whole = QWidget()
        whole.setProperty("role", "ground")
        across = row(whole, spacing=0)
        right = column(spacing=0)
        right.addWidget(self.topbar)
        right.addWidget(self.stack, 1)
        right.addWidget(self.status)
        across.addWidget(self.sidebar)
        across.addLayout(right, 1)
        self.setCentralWidget(whole)
        self.sidebar.chosen.connect(lambda name: self.go(Location(name)))
        self.sidebar.lock.connect(self.context.lock_wanted)
        self.topbar.back.connect(self.back)
        self.topbar.forward.connect(self.forward)
        self.topbar.search.connect(lambda: self.actions_.trigger("search"))
        self.topbar.went.connect(self.go)
        self.topbar.menu.aboutToShow.connect(lambda: self.actions_.fill(self.topbar.menu))
        self.status.language_wanted.connect(self.use_language)
        self.actions_.set_general(self._all_commands())
        self.sidebar.set_narrow(self.width() < NARROW)

    def _entry(self, spec: PageSpec) -> Entry:
        return Entry(spec.name, spec.title(), spec.icon, keys=spec.shortcut, foot=spec.place == "foot")

    def _all_commands(self) -> list[Action]:
        """Those that hold on every page."""
        from ui.window_commands import commands

        return [*commands(self), *(self._extra(self) if self._extra else ())]

    def specs(self) -> Sequence[PageSpec]:
        """The pages, in the order of the registry."""
        return list(self._specs.values())

    def office(self) -> Sequence[str]:
        """The office's name and where it lies."""
        return self._office()

    def rebuild(self) -> None:
        """Build everything anew in the present language and theme, and stand where one stood."""
        here = self._remember()
        focus = self.focusWidget()
        name = focus.objectName() if focus is not None else ""
        old = self.takeCentralWidget()
        if old is not None:
            old.setParent(None)
            old.deleteLater()
        self._pages.clear()
        self._build()
        if here is not None:
            self._show(here)
            again = self.findChild(QWidget, name) if name else None
            if again is not None:
                again.setFocus()
        self._show_history()
        if self._job is not None:
            self.status.follow(self._job)
        self.rebuilt.emit()

    # moving

    def start(self, at: Location | None = None) -> None:
        """Show home, or the place `at` with home behind it; home again where that place is gone."""
        home = Location(self._home)
        if at is not None and not at.same_place(home):
            self.history.visit(home)
            with suppress(NotFound):
                if self._show(at, quietly=True):
                    self.history.visit(at)
                    return
        self.go(home)

    def built_page(self, name: str) -> Page | None:
        """A page that was shown already, by its name."""
        return self._pages.get(name)

    def has_page(self, name: str) -> bool:
        return name in self._specs

    def section(self, name: str) -> None:
        """A section by its key; help is told where one came from."""
        page = self.page()
        about: dict[str, object] = (
            {"about": page.name, "shown": page.state()} if page is not None and name == "help" else {}
        )
        self.go(Location(name, state=about))

    def page(self) -> Page | None:
        """The page in sight."""
        shown = self.stack.currentWidget()
        return shown if isinstance(shown, Page) else None

    def go(self, location: Location) -> None:
        """Show another place; what was typed here is kept first."""
        self._remember()
        if self._show(location):
            self.history.visit(location)

    def back(self) -> None:
        self._step(-1)

    def forward(self) -> None:
        self._step(1)

    def _step(self, step: int) -> None:
        self._remember()
        location = self.history.go(step)
        if location is not None and not self._show(location):
            self.history.drop_current()

    def _remember(self) -> Location | None:
        """Let the page keep what was typed, and note where one stands on it."""
        page, here = self.page(), self.history.current()
        if page is not None:
            page.leave()
            if here is not None:
                here.state = page.state()
        return here

    def _show(self, location: Location, *, quietly: bool = False) -> bool:
        """Show a place. One that is gone is said and False, or `NotFound` where it shall be quiet."""
        spec = self._specs[location.page]
        page = self._pages.get(spec.name)
        if page is None:
            page = spec.build(self.context)
            page.retitled.connect(self._retitled)
            page.became.connect(self._became)
            self._pages[spec.name] = page
            self.stack.addWidget(page)
        try:
            page.open(location.record)
        except NotFound as error:
            if quietly:
                raise
            messages.show(self, error)
            return False
        page.stale = False
        self.context.here = location
        self.sidebar.setVisible(not page.alone)
        self.stack.setCurrentWidget(page)
        page.restore(location.state)
        self.sidebar.set_current(spec.section)
        self._retitled()
        self.context.jobs.when_seen(self.count)
        self._note_seen(location.record)
        if rights.is_limited():
            rights.respect_page(page)
        page.begin()
        return True

    def _note_seen(self, record: str | None) -> None:
        if record is not None:
            self.seen = [record, *(one for one in self.seen if one != record)][:SEEN]

    def _became(self, record: str) -> None:
        """The place where something new was begun is the place of what it became, for the way back and the next day."""
        here = self.history.current()
        if here is not None and here.record is None:
            here.record = record
            self._note_seen(record)

    # keeping in step

    def _retitled(self) -> None:
        page = self.page()
        if page is None:
            return
        self.topbar.show_path(page.breadcrumb(), page.title())
        self.setWindowTitle(f"{page.title()} · {_('CPC Desk')}")
        self.actions_.set_page(page.commands())

    def _changed(self, kinds: frozenset[str]) -> None:
        self.status.note("saved", _("Saved at {time}").format(time=dates.clock(datetime.now().time())))
        for page in self._pages.values():
            page.stale = page.stale or not kinds or not page.kinds or bool(page.kinds & kinds)
        QTimer.singleShot(0, self, self._refresh)

    def _refresh(self) -> None:
        if self._closed:
            return  # what was kept at the very end is shown to nobody, and the desk may be closed by now
        page = self.page()
        if page is not None and page.stale:
            page.stale = False
            page.refresh()
            self._retitled()
        self.count()

    def count(self) -> None:
        """Show beside the sections how much waits there."""
        for spec in self._specs.values():
            if spec.badge is not None:
                self.sidebar.set_count(spec.name, spec.badge(self.context))

    def _show_history(self) -> None:
        self.topbar.set_history(self.history.can_go(-1), self.history.can_go(1))

    def say(self, text: str, tone: str = "good") -> None:
        """A word in passing at the foot of the page."""
        for old in self.stack.findChildren(Toast):
            old.deleteLater()
        Toast(self.stack, text, tone)

    # language, theme

    def use_language(self, lang: str) -> None:
        """Speak `lang` from now on; the place stays."""
        if lang != language():
            self._remember()
            look.use_language(lang)
            QTimer.singleShot(0, self, self.rebuild)  # the button that asked for it goes too

    # search, history of a record

    def search(self) -> None:
        """Find anything, or do anything, by typing."""
        from ui.dialogs.palette import Palette

        Palette(self).open()

    def other_words(self) -> dict[str, str]:
        """What each command is called in the other language, for who looks for it by that word."""
        with using("en" if language() == "km" else "km"):
            page = self.page()
            actions = [*self._all_commands(), *(page.commands() if page is not None else ())]
            return {action.id: action.text for action in actions}

    def lookups(self) -> Jobs:
        """A worker for the search alone, so that it never waits behind a print or a merge."""
        if self._lookups is None:
            self._lookups = Jobs(self.context.desk.other, self)
        return self._lookups

    def has_record(self) -> bool:
        from ui.pages.spots import at_focus

        page = self.page()
        return page is not None and at_focus(page) is not None

    def show_changes(self) -> None:
        """Of the field, row or cell that has the focus; else of the record that the page shows."""
        from ui.dialogs.history import HistoryDialog
        from ui.pages.spots import at_focus

        page = self.page()
        spot = at_focus(page) if page is not None else None
        if page is not None and spot is not None:
            page.leave()
            with messages.shown(self):
                HistoryDialog(self.context, *spot, self).open()

    def _spot(self, record: str, field: str) -> None:
        from ui.pages.spots import stand_on

        page = self.page()
        if page is not None:
            stand_on(page, record, field)

    def _follow(self, job: Job) -> None:
        if job.title:
            self._job = job
            job.finished.connect(self._followed)
            self.status.follow(job)

    def _followed(self) -> None:
        self._job = None

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if is_ours(event.mimeData()) or (is_table(event.mimeData()) and self._table_target() is not None):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        target = self._table_target()
        if is_table(event.mimeData()) and target is not None:
            self._take_table(target, paths_in(event.mimeData())[0])
        else:
            self.dropped.emit(paths_in(event.mimeData()))

    def _table_target(self) -> Target | None:
        page = self.page()
        return page.table_target() if page is not None else None

    def _take_table(self, target: Target, path: Path) -> None:
        """What a dropped table would change is shown first."""
        from ui.dialogs.import_table import ImportDialog

        page = self.page()
        if page is not None:
            page.leave()
        ImportDialog(self.context, target, path, self).open()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._seen:
            self._seen = True
            QTimer.singleShot(0, self, self.painted.emit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.sidebar.set_narrow(self.width() < NARROW)

    def closeEvent(self, event: QCloseEvent) -> None:
        event.accept()
        if self._closed:
            return
        self._closed = True
        theme.current().changed.disconnect(self.rebuild)
        page = self.page()
        if page is not None:
            page.leave()
        self.closing.emit()
        if self._lookups is not None:
            self._lookups.close()
        self.context.jobs.close()
