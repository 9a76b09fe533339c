"""All meetings, the latest on top, found as one types."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from cpdesk.i18n import _
from cpdesk.khmer import digits
from cpdesk.khmer.breaks import without_zwsp
from cpdesk.tasks import Record
from ui import icons, theme, tokens
from ui.actions import Action
from ui.context import Context
from ui.lists.printing import print_list
from ui.lists.record_list import RECORD, Column, RecordList, RecordTable
from ui.navigation import Page
from ui.pages.meeting_parts.words import meeting_facts, month_words
from ui.pages.undoing import undo_actions
from ui.widgets.buttons import Button, IconButton, Segments
from ui.widgets.editors.line import Line
from ui.widgets.surfaces import EmptyState, column, row
from ui.widgets.text import Text

if TYPE_CHECKING:
    from cpdesk.tasks.tables.targets import Target

STATE_TONES = {"planned": "accent", "held": "warning", "minutes_approved": "good", "cancelled": "neutral"}
Index = QModelIndex | QPersistentModelIndex
TYPING_MS = 120
DAY = 80  # wide enough for the longest month with its year


class MeetingDelegate(QStyledItemDelegate):
    """A block with the day, the subject, the facts under it, and the state at the right."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._facts: dict[str, str] = {}

    def forget(self) -> None:
        """The desk changed: ask for the facts again."""
        self._facts.clear()

    @staticmethod
    def height() -> int:
        return theme.line_height() + theme.line_height(tokens.SMALL) + 18

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(200, self.height())

    def facts(self, meeting: Record) -> str:
        if meeting.id not in self._facts:
            self._facts[meeting.id] = meeting_facts(self._context, meeting)
        return self._facts[meeting.id]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        meeting = index.data(RECORD)
        if not isinstance(meeting, Record):
            return
        rect: QRect = option.rect
        scale = theme.current().scale
        on = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            held = bool(option.state & QStyle.StateFlag.State_HasFocus)
            painter.setPen(theme.colour("accent") if held else Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent_soft" if on else "hover"))
            painter.drawRoundedRect(rect.adjusted(4, 3, -4, -4), tokens.RADIUS_CONTROL, tokens.RADIUS_CONTROL)
        block = QRect(rect.x() + 14, rect.y() + 8, theme.scaled(DAY), rect.height() - 16)
        self._paint_day(painter, block, meeting, "card" if on else "accent_soft")
        right = self._paint_state(painter, rect, meeting, on)
        left = rect.x() + 14 + theme.scaled(DAY) + 14
        line, small = theme.line_height(), theme.line_height(tokens.SMALL)
        top = rect.y() + (rect.height() - line - small) // 2
        room = right - left - 14
        painter.setFont(theme.font(scale=scale, bold=True))
        painter.setPen(theme.colour("ink"))
        self._text(painter, QRect(left, top, room, line), meeting.title)
        painter.setFont(theme.font(tokens.SMALL, scale=scale))
        painter.setPen(theme.colour("muted"))
        self._text(painter, QRect(left, top + line, room, small), self.facts(meeting))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(theme.colour("line"))
        painter.drawLine(rect.left() + 14, rect.bottom(), rect.right() - 14, rect.bottom())
        painter.restore()

    @staticmethod
    def _text(painter: QPainter, area: QRect, words: str) -> None:
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    @staticmethod
    def _paint_day(painter: QPainter, block: QRect, meeting: Record, ground: str) -> None:
        scale = theme.current().scale
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(ground))
        painter.drawRoundedRect(block, tokens.RADIUS_CONTROL, tokens.RADIUS_CONTROL)
        painter.setPen(theme.colour("accent"))
        day = meeting["date"]
        if not isinstance(day, str):
            painter.drawText(block, Qt.AlignmentFlag.AlignCenter, "—")
            return
        when = date.fromisoformat(day)
        half = block.height() // 2
        painter.setFont(theme.font(tokens.TITLE, bold=True, scale=scale))
        upper = QRect(block.x(), block.y(), block.width(), half)
        painter.drawText(upper, Qt.AlignmentFlag.AlignCenter, digits.count(when.day))
        painter.setFont(theme.font(11, scale=scale))
        lower = QRect(block.x(), block.y() + half - 2, block.width(), half)
        painter.drawText(lower, Qt.AlignmentFlag.AlignCenter, month_words(when))

    @staticmethod
    def _paint_state(painter: QPainter, rect: QRect, meeting: Record, on: bool) -> int:
        """Draw the chip; the x that is left of it."""
        words = meeting.label("state")
        if not words:
            return rect.right() - 14
        tone = STATE_TONES.get(meeting.text("state"), "neutral")
        painter.setFont(theme.font(tokens.SMALL, scale=theme.current().scale))
        metrics = painter.fontMetrics()
        wide, tall = metrics.horizontalAdvance(words) + 16, metrics.lineSpacing() + 2
        chip = QRectF(rect.right() - 16 - wide, rect.y() + (rect.height() - tall) / 2, wide, tall)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("card" if on else f"{tone}_soft"))
        painter.drawRoundedRect(chip, tokens.RADIUS_CHIP, tokens.RADIUS_CHIP)
        painter.setPen(theme.colour("muted" if tone == "neutral" else tone))
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, words)
        return round(chip.left())


class FilterLine(Line):
    """The line that narrows a list as one types: Down or Enter goes to the list, Esc empties it first."""

    def __init__(self, name: str, words: str, to_list: QWidget) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setPlaceholderText(words)
        self.setAccessibleName(words)
        self.setClearButtonEnabled(True)
        self._list = to_list
        glass = self.addAction(icons.icon("search", "muted", 16), QLineEdit.ActionPosition.LeadingPosition)
        glass.setText(words)

    def wanted(self) -> str:
        return without_zwsp(self.text()).strip()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._list.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        super().keyPressEvent(event)


class MeetingsPage(Page):
    """The list; a click or Enter opens a meeting."""

    name: ClassVar[str] = "meetings"
    kinds: ClassVar[frozenset[str]] = frozenset({"meeting", "attendance"})

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        columns = [Column(_("Meetings"), lambda meeting: meeting.title)]
        self.table = RecordTable(context, "meeting", columns, descending=True, parent=self)
        self._here = ""
        self.list = RecordList(
            self.table, row_height=MeetingDelegate.height(), header=False, single_click=True, name="meetings_list"
        )
        self.delegate = MeetingDelegate(context, self.list)
        self.list.setItemDelegate(self.delegate)
        self.list.setProperty("bare", True)  # the rows draw their own ground
        self.list.setMouseTracking(True)
        self.list.setAccessibleName(_("Meetings"))
        self.list.opened.connect(lambda id_: context.go("meeting", id_))
        self.list.erased.connect(lambda _id: self._delete())
        self.filter = FilterLine("meetings_filter", _("Find a meeting by a word of its subject or place"), self.list)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(TYPING_MS)
        self._soon.timeout.connect(self.refresh)
        self.filter.textChanged.connect(lambda _text: self._soon.start())
        self.states = Segments(
            (
                ("all", _("All")),
                ("planned", _("Planned")),
                ("held", _("Held")),
                ("minutes_approved", _("Approved")),
            ),
            name="meeting_states",
        )
        self.states.chosen.connect(lambda _key: self.refresh())
        whole = column(self, spacing=tokens.M)
        whole.setContentsMargins(tokens.XL, 20, tokens.XL, tokens.L)
        tools = row(spacing=tokens.M)
        tools.addWidget(self.filter, 1)
        tools.addWidget(self.states)
        tools.addWidget(IconButton("printer", _("Print this list"), name="print_list", run=self.print_list))
        tools.addWidget(Button(_("New meeting"), kind="primary", icon="plus", name="new_meeting", run=self._new))
        whole.addLayout(tools)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        self.empty = EmptyState(
            "calendar-days",
            _("Here stand the meetings of your committee: who came, what was said, what was decided."),
            button=_("Record the first meeting"),
            run=self._new,
            example=_("For example: ordinary meeting of the committee, in the meeting hall, at 8:30 in the morning"),
            name="meetings_empty",
        )
        self.stack.addWidget(self.empty)
        self.nothing = Text(_("No meeting has these words."), "muted", name="meetings_nothing")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.nothing.setContentsMargins(0, tokens.XL, 0, 0)
        self.stack.addWidget(self.nothing)
        self.table.completed.connect(self._settle)
        whole.addWidget(self.stack, 1)

    def title(self) -> str:
        return _("Meetings")

    def commands(self) -> list[Action]:
        return [
            Action("new", _("New meeting"), self._new, "plus"),
            Action("find", _("Find in this list"), lambda: self.filter.setFocus(), "search", shortcut="Ctrl+F"),
            Action("live", _("During the meeting"), self._live, "clock", shortcut="Ctrl+Shift+M", enabled=self._stands),
            Action("print", _("Print this list"), self.print_list, "printer", enabled=lambda: self._any()),
            Action(
                "delete_meeting",
                _("Delete the meeting"),
                self._delete,
                "trash-2",
                enabled=self._stands,
            ),
            *undo_actions(self.context),
        ]

    def _stands(self) -> bool:
        """Whether one stands on a meeting."""
        return bool(self.list.current_id())

    def _live(self) -> None:
        self.context.go("live", self.list.current_id())

    def table_target(self) -> Target | None:
        return ("kind", "meeting")

    def refresh(self) -> None:
        state = self.states.current()
        self._here = self.list.current_id() or self._here
        self.delegate.forget()
        self.table.show({} if state == "all" else {"state": state}, self.filter.wanted())
        self._settle()

    def _settle(self) -> None:
        """Stand on the row where one stood, and say so where nothing was found."""
        if self._here and self.list.current_id() != self._here:
            self.list.set_current(self._here)
        if not self.list.currentIndex().isValid() and self.table.rowCount():
            self.list.setCurrentIndex(self.table.index(0, 0))
        narrowed = self.states.current() != "all" or bool(self.filter.wanted())
        page = self.list if self.table.rowCount() else self.nothing if narrowed else self.empty
        self.stack.setCurrentWidget(page)
        self.list.viewport().update()

    def state(self) -> dict[str, object]:
        return {
            "filter": self.filter.text(),
            "state": self.states.current(),
            "current": self.list.current_id(),
            "scroll": self.list.verticalScrollBar().value(),
        }

    def restore(self, state: dict[str, object]) -> None:
        wanted, words = state.get("state"), state.get("filter")
        if isinstance(wanted, str) and isinstance(words, str):
            self.states.set_current(wanted)
            self.filter.setText(words)
            self._soon.stop()
            self.refresh()
        current, at = state.get("current"), state.get("scroll")
        if isinstance(current, str) and current:
            self._here = current
            self.list.set_current(current)
        if isinstance(at, int):
            self.list.verticalScrollBar().setValue(at)

    def begin(self) -> None:
        if self.table.rowCount():
            self.list.setFocus()
        elif self.empty.button is not None and self.stack.currentWidget() is self.empty:
            self.empty.button.setFocus()

    def _any(self) -> bool:
        return self.table.rowCount() > 0

    def print_list(self) -> None:
        """The list on paper as it is shown: of that state, with those words, the newest on top."""
        state = self.states.current()
        where = {} if state == "all" else {"state": state}
        print_list(self.context, "meeting", self, search=self.filter.wanted(), where=where, descending=True)

    def _new(self) -> None:
        self.context.go("meeting")

    def _delete(self) -> None:
        """Into the bin, with the cursor on the row that takes its place."""
        gone = self.list.current_id()
        if not gone:
            return
        row = self.table.row_of(gone)
        self.context.undo.delete(gone)
        self._here = self.table.id_at(row + 1) or self.table.id_at(row - 1) or ""
        self.table.refresh()
        self.context.touched()
        self.context.say(_("Deleted. Ctrl+Z brings it back."))
