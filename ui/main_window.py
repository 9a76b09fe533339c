"""The window: it puts sidebar, top bar, pages and foot together and knows no rule of the records.

Pages come from a registry and are built when first shown. A change of language, theme or text size builds
the window's
content anew and stands at the same place again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from cpdesk.errors import NotFound
from cpdesk.i18n import _, language, set_language
from cpdesk.khmer import dates
from ui import messages, theme
from ui.actions import Action, Actions
from ui.chrome.sidebar import Entry, Sidebar
from ui.chrome.statusline import StatusLine
from ui.chrome.topbar import TopBar
from ui.context import Context
from ui.navigation import History, Location, Page
from ui.registry import PageSpec
from ui.widgets.notices import Toast
from ui.widgets.surfaces import column, row

NARROW = 1200
SMALLEST = QSize(900, 560)


class MainWindow(QMainWindow):
    """`specs` are the pages, the first one is home.

    `office` gives the lines under the brand, `extra` further commands.
    """

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
        self.context = context
        self._specs = {spec.name: spec for spec in specs}
        self._home = specs[0].name
        self._office = office
        self._extra = extra
        self._pages: dict[str, Page] = {}
        self.history = History(self)
        self.actions_ = Actions(self)
        self._build()
        context.wanted.connect(self.go)
        context.changed.connect(self._changed)
        context.said.connect(self.say)
        context.jobs.started.connect(lambda job: self.status.follow(job))
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
        self.topbar.back.connect(self.back)
        self.topbar.forward.connect(self.forward)
        self.topbar.search.connect(lambda: self.actions_.trigger("search"))
        self.topbar.went.connect(self.go)
        self.topbar.menu.aboutToShow.connect(lambda: self.actions_.fill(self.topbar.menu))
        self.status.language_wanted.connect(self.use_language)
        self.actions_.set_general([*self._commands(), *(self._extra(self) if self._extra else ())])
        self.sidebar.set_narrow(self.width() < NARROW)

    def _entry(self, spec: PageSpec) -> Entry:
        return Entry(spec.name, spec.title(), spec.icon, keys=spec.shortcut, foot=spec.place == "foot")

    def _commands(self) -> list[Action]:
        sections = [
            Action(
                f"go_{spec.name}",
                spec.title(),
                lambda name=spec.name: self.go(Location(name)),  # type: ignore[misc]
                spec.icon,
                shortcut=spec.shortcut or (f"Ctrl+{number}" if number < 10 and spec.place == "main" else ""),
                group="go",
            )
            for number, spec in enumerate(self._specs.values(), 1)
            if spec.place != "inner"
        ]
        return [
            Action("back", _("Back"), self.back, "chevron-left", group="go", enabled=lambda: self.history.can_go(-1)),
            Action(
                "forward",
                _("Forward"),
                self.forward,
                "chevron-right",
                group="go",
                enabled=lambda: self.history.can_go(1),
            ),
            *sections,
            Action("language", _("Khmer or English"), self._other_language, "languages", group="view"),
            Action("scheme", _("Light or dark"), self._other_scheme, "moon", group="view"),
            Action("larger", _("Larger text"), lambda: self._resize_text(0.1), "plus", group="view"),
            Action("smaller", _("Smaller text"), lambda: self._resize_text(-0.1), group="view"),
            Action("quit", _("Close the program"), self.close, group="desk"),
        ]

    def rebuild(self) -> None:
        """Build everything anew in the present language and theme, and stand where one stood."""
        here = self._remember()
        focus = self.focusWidget()
        name = focus.objectName() if focus is not None else ""
        notes = self.status.notes()
        old = self.takeCentralWidget()
        if old is not None:
            old.setParent(None)
            old.deleteLater()
        self._pages.clear()
        self._build()
        for key, text in notes.items():
            if key != "saved":
                self.status.note(key, text)
        if here is not None:
            self._show(here)
            again = self.findChild(QWidget, name) if name else None
            if again is not None:
                again.setFocus()
        self._show_history()

    # moving

    def start(self) -> None:
        """Show home."""
        self.go(Location(self._home))

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

    def _show(self, location: Location) -> bool:
        spec = self._specs[location.page]
        page = self._pages.get(spec.name)
        if page is None:
            page = spec.build(self.context)
            page.retitled.connect(self._retitled)
            self._pages[spec.name] = page
            self.stack.addWidget(page)
        try:
            page.open(location.record)
        except NotFound as error:
            messages.show(self, error)
            return False
        page.stale = False
        self.stack.setCurrentWidget(page)
        page.restore(location.state)
        self.sidebar.set_current(spec.section)
        self._retitled()
        self._count()
        page.begin()
        return True

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
        page = self.page()
        if page is not None and page.stale:
            page.stale = False
            page.refresh()
            self._retitled()
        self._count()

    def _count(self) -> None:
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
            set_language(lang)
            QTimer.singleShot(0, self, self.rebuild)  # the button that asked for it goes too

    def _other_language(self) -> None:
        self.use_language("en" if language() == "km" else "km")

    def _other_scheme(self) -> None:
        now = theme.current()
        now.apply("dark" if now.scheme == "light" else "light", now.scale)

    def _resize_text(self, by: float) -> None:
        now = theme.current()
        now.apply(now.scheme, round(now.scale + by, 2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.sidebar.set_narrow(self.width() < NARROW)

    def closeEvent(self, event: QCloseEvent) -> None:
        page = self.page()
        if page is not None:
            page.leave()
        self.context.jobs.close()
        event.accept()

