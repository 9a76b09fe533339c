"""One window, one way back: pages, where one stands, and the history of where one was."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from ui import tokens
from ui.actions import Action
from ui.context import Context
from ui.widgets.surfaces import column, scrolling

if TYPE_CHECKING:
    from cpdesk.tasks.tables.targets import Target

MOST_STEPS = 200


@dataclass
class Location:
    """A page, the record it is opened on, and what the page wants to find again (scroll, view, selection)."""

    page: str
    record: str | None = None
    state: dict[str, object] = field(default_factory=dict)

    def same_place(self, other: Location) -> bool:
        return (self.page, self.record) == (other.page, other.record)


@dataclass(frozen=True)
class Crumb:
    """A step of the path in the top bar; without a location it is only read."""

    text: str
    location: Location | None = None


class Page(QWidget):
    """Base of all pages. One instance per window serves every record of its sort: `open` is called again and again.

    `name` is its id in the registry; `kinds` the kinds of record it shows (empty: refresh on any change); `alone`: the
    sections at the side are out of sight while it is shown, their keys hold on.
    Build widgets in `__init__`, read the desk in `open` and `refresh`. On a change of language the page is
    thrown away and
    built anew, so texts may be set once.
    """

    name: ClassVar[str] = ""
    kinds: ClassVar[frozenset[str]] = frozenset()
    alone: ClassVar[bool] = False
    retitled = Signal()  # title, breadcrumb or commands changed
    became = Signal(str)  # what was new when the page was opened is this record now

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.record: str | None = None
        self.stale = False
        self.setObjectName(f"page_{self.name}")

    def title(self) -> str:
        """What stands in bold at the end of the path."""
        raise NotImplementedError

    def breadcrumb(self) -> list[Crumb]:
        """The path before the title."""
        return []

    def open(self, record: str | None) -> None:
        """Show `record` (None: the page itself). `NotFound` where it is gone."""
        self.record = record
        self.refresh()

    def refresh(self) -> None:
        """Read the desk again and show it; what a person is typing stays."""

    def leave(self) -> None:
        """Keep what was typed and not yet saved.

        Called before another page or record is shown and before the window closes.
        """

    def commands(self) -> list[Action]:
        """The commands of this page: `new`, `print` and others."""
        return []

    def state(self) -> dict[str, object]:
        """What `restore` needs to stand where it stood."""
        return {}

    def restore(self, state: dict[str, object]) -> None:
        """Stand again where `state` says; unknown keys are passed over."""

    def begin(self) -> None:
        """Put the focus where a person starts to work."""

    def table_target(self) -> Target | None:
        """What a table that is dropped on the page goes into (`tasks.tables.targets.Target`); None: none is taken."""
        return None


class ScrollPage(Page):
    """A page that scrolls as a whole. Fill `body`; the place of the scroll bar is part of its state."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        content = QWidget()
        self.body: QVBoxLayout = column(content, spacing=tokens.L)
        self.body.setContentsMargins(tokens.XL, 20, tokens.XL, tokens.XL)
        self.area: QScrollArea = scrolling(content, f"scroll_{self.name}")
        column(self, spacing=0).addWidget(self.area)

    def state(self) -> dict[str, object]:
        return {"scroll": self.area.verticalScrollBar().value()}

    def restore(self, state: dict[str, object]) -> None:
        at = state.get("scroll")
        if isinstance(at, int) and at:
            from PySide6.QtCore import QTimer

            bar = self.area.verticalScrollBar()
            QTimer.singleShot(0, bar, lambda: bar.setValue(at))  # once the layout knows its height


class History(QObject):
    """Where one was, as in a browser."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps: list[Location] = []
        self._at = -1

    def current(self) -> Location | None:
        return self._steps[self._at] if self._steps else None

    def visit(self, location: Location) -> None:
        """Go on to `location`; what lay ahead is forgotten, the same place twice is one step."""
        here = self.current()
        if here is not None and here.same_place(location):
            self._steps[self._at] = location
        else:
            del self._steps[self._at + 1 :]
            self._steps.append(location)
            del self._steps[:-MOST_STEPS]
            self._at = len(self._steps) - 1
        self.changed.emit()

    def can_go(self, step: int) -> bool:
        """Whether there is a place one step back (-1) or forward (1)."""
        return 0 <= self._at + step < len(self._steps)

    def go(self, step: int) -> Location | None:
        """Move one step and give the place, or None at the end."""
        if not self.can_go(step):
            return None
        self._at += step
        self.changed.emit()
        return self._steps[self._at]

    def drop_current(self) -> Location | None:
        """Forget the present place, which is gone, and give the one before it."""
        if self._steps:
            del self._steps[self._at]
            self._at = max(0, self._at - 1) if self._steps else -1
            self.changed.emit()
        return self.current()
