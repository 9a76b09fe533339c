"""Search over everything, and every command, in one line (Ctrl+K).

Records are looked up in a worker of their own as one types, Khmer inside words and Latin alike; commands answer at
once. An empty line offers what was looked at lately and what can be done here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)
from shiboken6 import isValid

from cpdesk.errors import NotFound, UserError
from cpdesk.i18n import _
from cpdesk.khmer.breaks import without_zwsp
from cpdesk.tasks import Desk, records
from ui import icons, theme, tokens
from ui.actions import Action
from ui.jobs import Job, Progress
from ui.navigation import Location
from ui.pages import places
from ui.widgets.editors.line import Line
from ui.widgets.text import Text

if TYPE_CHECKING:
    from ui.main_window import MainWindow

FOUND = 20
COMMANDS = 8
WIDTH = 640
_ENTRY = Qt.ItemDataRole.UserRole
_HEAD = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True)
class Entry:
    """A line of the list: a record's place, or a command by its id."""

    icon: str
    title: str
    detail: str = ""
    keys: str = ""
    location: Location | None = None
    command: str = ""


def look_up(desk: Desk, text: str) -> list[Entry]:
    """What is found for `text`, each where it is shown; what no page shows is left out."""
    return [entry for record in records.search(desk, text, None, FOUND) if (entry := _entry(desk, record.id))]


def recent(desk: Desk, ids: list[str]) -> list[Entry]:
    """The records of these ids that are still here."""
    return [entry for id_ in ids if (entry := _entry(desk, id_))]


def _entry(desk: Desk, id_: str) -> Entry | None:
    try:
        record = records.get(desk, id_)
    except NotFound:
        return None
    where = None if record.deleted else places.place(desk, record)
    if where is None:
        return None
    return Entry(places.icon(record.kind), records.named(desk, record), places.context_of(desk, record), location=where)


class Palette(QDialog):
    """Floats over the window's upper half. Up and Down move, Enter goes there, Esc closes."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.setObjectName("palette")
        self.setWindowTitle(_("Search"))
        self.setWindowFlags(Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._window = window
        self._job: Job | None = None
        self._asked = ""
        self._at_once = False  # Enter came before the answer
        self._was_active = False
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        frame = QFrame()
        frame.setProperty("role", "palette")
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(12, 12, 12, 10)
        inner.setSpacing(tokens.S)
        box.addWidget(frame)
        self.line = Line()
        self.line.setObjectName("palette_line")
        self.line.setAccessibleName(_("Search"))
        self.line.setPlaceholderText(_("Search meetings, plans, people and commands"))
        self.line.addAction(icons.icon("search", "muted", 16), Line.ActionPosition.LeadingPosition)
        self.line.textEdited.connect(lambda _text: self._typed())
        self.line.installEventFilter(self)
        inner.addWidget(self.line)
        self._model = QStandardItemModel(self)
        self.list = QListView()
        self.list.setObjectName("palette_list")
        self.list.setAccessibleName(_("Found"))
        self.list.setModel(self._model)
        self.list.setItemDelegate(EntryDelegate(self.list))
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMouseTracking(True)
        self.list.clicked.connect(lambda index: self._take(index))
        inner.addWidget(self.list, 1)
        self.said = Text("", "small", name="palette_said")
        inner.addWidget(self.said)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(300)
        self._slow.timeout.connect(self._waiting)
        self._stand()
        self._offer()
        self.setFocusProxy(self.line)
        self.line.setFocus()

    def _stand(self) -> None:
        """In the upper middle of the window."""
        room = self._window.size()
        width = min(theme.scaled(WIDTH), room.width() - 2 * tokens.XL)
        self._most = min(theme.scaled(460), room.height() - 80)
        self.setFixedSize(width, self._most)
        self.move(self._window.mapToGlobal(QPoint((room.width() - width) // 2, 48)))

    # what is found

    def entries(self) -> list[Entry]:
        """What is offered now, from the top."""
        found = (self._model.item(n).data(_ENTRY) for n in range(self._model.rowCount()))
        return [entry for entry in found if isinstance(entry, Entry)]

    def _typed(self) -> None:
        self._asked = without_zwsp(self.line.text()).strip()
        self._at_once = False
        if self._job is not None:
            self._job.cancel()
            self._job = None
        if not self._asked:
            self._offer()
            return
        asked = self._asked
        self._slow.start()

        def work(desk: Desk, _progress: Progress) -> list[Entry]:
            return look_up(desk, asked)

        def done(found: list[Entry]) -> None:
            if isValid(self) and asked == self._asked:
                self._show_found(found)

        self._job = self._window.lookups().run(work, done=done, failed=self._failed)

    def _failed(self, error: BaseException) -> None:
        """The desk is busy with something long, such as a merge: said, and asked again with the next letter."""
        if not isinstance(error, UserError):
            raise error
        self._show_found([])
        self.said.setText(str(error))

    def _waiting(self) -> None:
        """It takes a while: commands at least are there at once."""
        self._fill([(_("Commands"), self._commands(self._asked))])
        self.said.setText(_("Searching…"))

    def _offer(self) -> None:
        self._slow.stop()
        self.said.setText("")
        seen = recent(self._window.context.desk, self._window.seen)
        here = self._window.actions_.all()
        first = [action for action in here if action.group == "page" and action.is_enabled()]
        rest = [action for action in here if action.group != "page" and action.is_enabled() and action.icon]
        self._fill(
            [
                (_("Lately looked at"), seen[:6]),
                (_("This page"), [_command(action) for action in first]),
                (_("Commands"), [_command(action) for action in rest]),
            ]
        )

    def _commands(self, text: str) -> list[Entry]:
        return [_command(action) for action in self._window.actions_.find(text)][:COMMANDS]

    def _show_found(self, found: list[Entry]) -> None:
        self._slow.stop()
        self._job = None
        commands = self._commands(self._asked)
        self._fill([(_("Found"), found), (_("Commands"), commands)])
        nothing = _("Nothing holds “{text}”. Try fewer letters, or another word.")
        self.said.setText("" if found or commands else nothing.format(text=self._asked))
        if self._at_once:
            self._take(self.list.currentIndex())

    def _fill(self, groups: list[tuple[str, list[Entry]]]) -> None:
        self._model.clear()
        for head, entries in groups:
            if entries:
                title = QStandardItem(head)
                title.setData(True, _HEAD)
                title.setFlags(Qt.ItemFlag.NoItemFlags)
                self._model.appendRow(title)
            for entry in entries:
                item = QStandardItem(entry.title)
                item.setData(entry, _ENTRY)
                item.setData(", ".join(filter(None, (entry.title, entry.detail))), Qt.ItemDataRole.AccessibleTextRole)
                item.setEditable(False)
                self._model.appendRow(item)
        self._move(1, at=-1)
        rows = sum(self.list.sizeHintForRow(n) for n in range(self._model.rowCount()))
        around = self.line.sizeHint().height() + theme.line_height(tokens.SMALL) + 2 * tokens.S + 32
        self.setFixedHeight(min(self._most, max(rows, theme.scaled(80)) + around))

    # the hand

    def _move(self, step: int, *, at: int | None = None) -> None:
        """To the next line that can be taken, over the heads."""
        row = self.list.currentIndex().row() if at is None else at
        wanted = row + step
        while 0 <= wanted < self._model.rowCount() and self._model.item(wanted).data(_HEAD):
            wanted += 1 if step > 0 else -1
        if 0 <= wanted < self._model.rowCount():
            self.list.setCurrentIndex(self._model.index(wanted, 0))
            if wanted == 1:
                self.list.scrollToTop()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = Qt.Key(event.key())
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
            if key in steps:
                self._move(steps[key])
                return True
            if key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
                for _turn in range(5):
                    self._move(1 if key == Qt.Key.Key_PageDown else -1)
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._at_once = self._job is not None and not self.said.plain()
                if not self._at_once:
                    self._take(self.list.currentIndex())
                return True
        return False

    def changeEvent(self, event: QEvent) -> None:
        """Gone as soon as one works elsewhere."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange:
            if self._was_active and not self.isActiveWindow():
                self.close()
            self._was_active = self.isActiveWindow()

    def _take(self, index: QModelIndex) -> None:
        entry = index.data(_ENTRY) if index.isValid() else None
        if not isinstance(entry, Entry):
            return
        window = self._window
        self.close()
        if entry.location is not None:
            window.go(entry.location)
        else:
            QTimer.singleShot(0, window, lambda: window.actions_.trigger(entry.command))


def _command(action: Action) -> Entry:
    return Entry(action.icon or "arrow-right", action.text, keys=action.keys_shown(), command=action.id)


class EntryDelegate(QStyledItemDelegate):
    """Icon, title with its context under it, keys at the right; heads small and grey."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        if index.data(_HEAD):
            return QSize(200, theme.line_height(tokens.SMALL) + 4)
        entry = index.data(_ENTRY)
        detail = theme.line_height(tokens.SMALL) if isinstance(entry, Entry) and entry.detail else 0
        return QSize(200, theme.line_height() + detail + 10)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect
        scale = theme.current().scale
        painter.save()
        if index.data(_HEAD):
            painter.setFont(theme.font(tokens.SMALL, scale=scale))
            painter.setPen(theme.colour("muted"))
            painter.drawText(rect.adjusted(10, 0, -10, 0), Qt.AlignmentFlag.AlignVCenter, str(index.data()))
        else:
            entry = index.data(_ENTRY)
            if isinstance(entry, Entry):
                _paint_entry(painter, rect, entry, bool(option.state & QStyle.StateFlag.State_Selected), scale)
        painter.restore()


def _paint_entry(painter: QPainter, rect: QRect, entry: Entry, chosen: bool, scale: float) -> None:
    if chosen:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent_soft"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawRoundedRect(rect, tokens.RADIUS_CONTROL, tokens.RADIUS_CONTROL)
    colour = "accent" if chosen else "muted"
    painter.drawPixmap(rect.x() + 10, rect.center().y() - 8, icons.pixmap(entry.icon, colour))
    inner = rect.adjusted(40, 5, -12, -5)
    if entry.keys:
        painter.setFont(theme.font(tokens.SMALL, scale=scale))
        painter.setPen(theme.colour("muted"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, entry.keys)
        inner.setRight(inner.right() - painter.fontMetrics().horizontalAdvance(entry.keys) - tokens.M)
    painter.setFont(theme.font(scale=scale))
    painter.setPen(theme.colour("ink"))
    first = QRect(inner.x(), inner.y(), inner.width(), theme.line_height())
    words = painter.fontMetrics().elidedText(entry.title, Qt.TextElideMode.ElideRight, first.width())
    painter.drawText(first, Qt.AlignmentFlag.AlignVCenter, words)
    if entry.detail:
        painter.setFont(theme.font(tokens.SMALL, scale=scale))
        painter.setPen(theme.colour("muted"))
        second = QRect(inner.x(), first.bottom(), inner.width(), theme.line_height(tokens.SMALL))
        words = painter.fontMetrics().elidedText(entry.detail, Qt.TextElideMode.ElideRight, second.width())
        painter.drawText(second, Qt.AlignmentFlag.AlignVCenter, words)
