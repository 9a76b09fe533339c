"""Everything that was ever written in a record: each value, who wrote it, when, in which office, and the way back."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from cpdesk.i18n import _, ngettext
from cpdesk.khmer import dates, digits
from cpdesk.kinds import Text as TextType
from cpdesk.tasks import Desk, Record, records
from cpdesk.tasks.wording import Span, compare
from ui import icons, messages, theme, tokens
from ui.context import Context
from ui.helping import with_help
from ui.lists.printing import print_record
from ui.pages.differences_parts.marked import Marked
from ui.pages.differences_parts.words import flow
from ui.pages.places import Change, way
from ui.widgets.buttons import Button, Segments
from ui.widgets.editors.place import title as place_title
from ui.widgets.surfaces import Card, column, row, scrolling
from ui.widgets.text import Text

ALL = ""
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class Changes(QAbstractListModel):
    """The changes of a record, newest first; `show(field)` narrows them to one field."""

    def __init__(self, desk: Desk, record: Record, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.record = record
        self._every: list[Change] = []
        self._shown: list[Change] = []
        self._field = ALL
        self.read()

    def read(self) -> None:
        """Ask the desk again."""
        self._every = [one for one in reversed(records.history(self._desk, self.record.id)) if self.knows(one.field)]
        self.show(self._field)

    def knows(self, field: str) -> bool:
        """Fields of a newer program, and the order of parts, tell a person nothing."""
        return field == "_deleted" or (
            self.record.kind.has(field) and self.record.kind.field(field).type.name != "order"
        )

    def show(self, field: str) -> None:
        self.beginResetModel()
        self._field = field
        self._shown = [one for one in self._every if field in (ALL, one.field)]
        self.endResetModel()

    def fields(self) -> dict[str, int]:
        """How often each field was written, in the order of the declaration."""
        written = [one.field for one in self._every]
        names = [field.name for field in self.record.kind.fields] + ["_deleted"]
        return {name: written.count(name) for name in names if name in written}

    def at(self, row: int) -> Change | None:
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def before(self, one: Change) -> Change | None:
        """What stood in that field before, where anything did."""
        older = self._every[self._every.index(one) + 1 :]
        return next((other for other in older if other.field == one.field), None)

    def compared(self, one: Change) -> list[Span]:
        """A text beside the one before it, word by word; none where there is nothing to compare."""
        before = self.before(one)
        declared = self.record.kind.field(one.field) if self.record.kind.has(one.field) else None
        known = declared is not None and isinstance(declared.type, TextType) and not declared.personal
        if not known or before is None or not before.value or not one.value or before.value == one.value:
            return []
        return flow(compare(str(before.value), str(one.value)))

    def label(self, field: str) -> str:
        return _("Bin") if field == "_deleted" else self.record.kind.field(field).label

    def words(self, one: Change) -> str:
        """The value as people read it; blank is said."""
        if one.field == "_deleted":
            return _("Put in the bin") if one.value else _("Brought back from the bin")
        return records.show_value(self._desk, self.record.kind, one.field, one.value) or _("(blank)")

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        one = self.at(index.row())
        if one is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return " ".join(self.words(one).split())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.label(one.field)}, {self.words(one)}, {written_by(one)}"
        return None


def written_by(one: Change) -> str:
    """សុខ សុភា · ស្រុកកៀនស្វាយ · ២៣/០៦/២០២២ ១០:២៤"""
    at = one.at.astimezone()
    return f"{one.by} · {place_title(one.office)} · {_moment(at)}"


def _moment(at: datetime) -> str:
    return f"{dates.short(at.date())} {dates.clock(at.time())}"


class HistoryDialog(QDialog):
    """At the left the fields, at the right their values newest first, below the chosen one in full, with what was
    changed in it. Enter brings the chosen value back, as a new change that can be undone. `field` is shown first.
    """

    def __init__(self, context: Context, record: str, field: str = ALL, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        found = records.get(context.desk, record)
        self.setObjectName("history")
        self.setWindowTitle(_("History"))
        self.setModal(True)
        with_help(self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.model = Changes(context.desk, found, self)
        whole = column(self, spacing=tokens.L, margin=tokens.XL)
        whole.addLayout(self._head(found))
        across = row(spacing=tokens.L)
        across.addWidget(self._fields(field if self.model.knows(field) else ALL))
        right = column(spacing=tokens.M)
        self.list = QListView()
        self.list.setObjectName("history_changes")
        self.list.setAccessibleName(_("Changes"))
        self.list.setProperty("role", "card")
        self.list.setModel(self.model)
        self.list.setItemDelegate(ChangeDelegate(self.model, self.list))
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.selectionModel().currentChanged.connect(lambda _now, _before: self._chosen())
        self.list.doubleClicked.connect(lambda _index: self.bring_back())
        right.addWidget(self.list, 3)
        right.addWidget(self._whole_value(), 2)
        across.addLayout(right, 1)
        whole.addLayout(across, 1)
        foot = row(spacing=10)
        words = _("Print this sheet")
        foot.addWidget(Button(words, kind="link", icon="printer", name="history_print", run=self._print))
        self._offer_wholes(foot)
        foot.addStretch(1)
        foot.addWidget(Button(_("Close"), name="history_close", run=self.reject))
        self.back_button = Button(_("Back to this"), kind="primary", name="history_back", run=self.bring_back)
        self.back_button.setDefault(True)
        foot.addWidget(self.back_button)
        whole.addLayout(foot)
        room = parent.window().size() if parent is not None else QSize(1000, 720)
        self.resize(min(940, room.width() - 60), min(660, room.height() - 40))
        self.show_field(field if field in self._buttons else ALL)
        self.list.setFocus()

    def _offer_wholes(self, foot: QHBoxLayout) -> None:
        """The way on to the history of what it is a part of."""
        for whole in way(self.context.desk, self.model.record)[1:]:
            words = _("History: {kind}").format(kind=whole.kind.label)
            run = partial(self._go_on, whole.id)
            foot.addWidget(Button(words, kind="link", icon="history", name=f"history_of_{whole.kind.name}", run=run))

    def _go_on(self, record: str) -> None:
        above = self.parentWidget()
        self.reject()
        HistoryDialog(self.context, record, ALL, above).open()

    def _print(self) -> None:
        """The record as it is now, with its parts, on paper."""
        print_record(self.context, self.model.record.id, self)

    def _head(self, record: Record) -> QHBoxLayout:
        head = row(spacing=tokens.M)
        picture = Text("", wrap=False)
        picture.setPixmap(icons.pixmap("history", "accent", 24))
        head.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        words = column(spacing=0)
        words.addWidget(Text(records.named(self.context.desk, record), "title", name="history_title"))
        self.count = Text("", "small", name="history_count")
        words.addWidget(self.count)
        head.addLayout(words, 1)
        return head

    def _fields(self, asked: str) -> QWidget:
        """A button for each field that was ever written, and for the one that was asked for."""
        content = QWidget()
        box = column(content, spacing=2)
        self._buttons: dict[str, Button] = {}
        counts = {**self.model.fields(), **({asked: 0} if asked and asked not in self.model.fields() else {})}
        for name, words in [(ALL, _("All")), *((name, self.model.label(name)) for name in counts)]:
            button = Button(words, kind="item", name=f"history_{name or 'all'}", run=partial(self.show_field, name))
            button.setCheckable(True)
            button.setChecked(name == ALL)
            button.setSizePolicy(button.sizePolicy().Policy.Expanding, button.sizePolicy().Policy.Fixed)
            self._buttons[name] = button
            box.addWidget(button)
        box.addStretch(1)
        area = scrolling(content, "history_fields")
        area.setFixedWidth(theme.scaled(220))
        return area

    def _whole_value(self) -> QWidget:
        card = Card("history_value", margin=14)
        self.value = Text("", selectable=True, name="history_text")
        self.value.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.by = Text("", "small", name="history_by")
        self.views = Segments([("changed", _("What was changed")), ("whole", _("As it was"))], name="history_view")
        self.views.chosen.connect(lambda _key: self._show_value())
        head = row(spacing=tokens.M)
        head.addWidget(self.by, 1)
        head.addWidget(self.views)
        inner = QWidget()
        box = self._value_box = column(inner, spacing=tokens.XS)
        box.addLayout(head)
        box.addWidget(self.value)
        box.addStretch(1)
        self.marked: Marked | None = None
        area = scrolling(inner, "history_scroll")
        for surface in (area, area.viewport(), inner):  # the card shows through
            surface.setProperty("role", "")
            surface.setAutoFillBackground(False)
            surface.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, False)
        card.add(area)
        return card

    def show_field(self, name: str) -> None:
        """Only the changes of one field; ALL shows all."""
        for key, button in self._buttons.items():
            button.setChecked(key == name)
        self.model.show(name)
        self._first()

    def _first(self) -> None:
        rows = self.model.rowCount()
        self.count.setText(ngettext("{count} change", "{count} changes", rows).format(count=digits.count(rows)))
        self.list.setCurrentIndex(self.model.index(0, 0))
        self._chosen()

    def chosen(self) -> Change | None:
        return self.model.at(self.list.currentIndex().row())

    def _chosen(self) -> None:
        one = self.chosen()
        self._show_value()
        self.by.setText(f"{self.model.label(one.field)} · {written_by(one)}" if one is not None else "")
        self.back_button.setEnabled(one is not None and self._may_return(one))

    def _show_value(self) -> None:
        """The chosen value, or what was changed in it: new words underlined, gone ones struck out."""
        one = self.chosen()
        spans = self.model.compared(one) if one is not None else []
        changed = bool(spans) and self.views.current() == "changed"
        self.views.setVisible(bool(spans))
        nothing = _("Nothing was ever written here.")
        self.value.setText(self.model.words(one) if one is not None else nothing)
        self.value.setVisible(not changed)
        if self.marked is not None:
            self.marked.hide()
            self.marked.deleteLater()
        self.marked = Marked(spans) if changed else None
        if self.marked is not None:
            self.marked.setObjectName("history_marked")
            self._value_box.insertWidget(1, self.marked)

    def _may_return(self, one: Change) -> bool:
        return one.field != "_deleted" and self.model.record.values.get(one.field) != one.value

    def bring_back(self) -> None:
        """Write the chosen value again, as a change of today."""
        one = self.chosen()
        if one is None or not self._may_return(one):
            return
        kind = self.model.record.kind.name
        with messages.shown(self):
            self.context.undo.save(kind, {one.field: one.value}, self.model.record.id)
            self.context.touched(kind)
            self.context.say(_("{field} is as it was on {moment}.").format(
                field=self.model.label(one.field), moment=_moment(one.at.astimezone())
            ))  # fmt: skip
            self.accept()


class ChangeDelegate(QStyledItemDelegate):
    """The value in one line, under it the field and who wrote it; a mark where it stands now."""

    def __init__(self, changes: Changes, parent: QWidget) -> None:
        super().__init__(parent)
        self._changes = changes

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(200, theme.line_height() + theme.line_height(tokens.SMALL) + 12)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        one = self._changes.at(index.row())
        if one is None:
            return
        rect: QRect = option.rect
        scale = theme.current().scale
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("accent_soft"))
        painter.setPen(theme.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inner = rect.adjusted(12, 5, -12, -5)
        if one.standing:
            painter.setFont(theme.font(tokens.SMALL, bold=True, scale=scale))
            painter.setPen(theme.colour("good"))
            words = _("now")
            painter.drawText(inner, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
            inner.setRight(inner.right() - painter.fontMetrics().horizontalAdvance(words) - tokens.M)
        painter.setFont(theme.font(scale=scale))
        painter.setPen(theme.colour("ink"))
        first = QRect(inner.x(), inner.y(), inner.width(), theme.line_height())
        value = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, first.width())
        painter.drawText(first, Qt.AlignmentFlag.AlignVCenter, value)
        painter.setFont(theme.font(tokens.SMALL, scale=scale))
        painter.setPen(theme.colour("muted"))
        second = QRect(inner.x(), first.bottom(), inner.width(), theme.line_height(tokens.SMALL))
        quiet = f"{self._changes.label(one.field)} · {written_by(one)}"
        quiet = painter.fontMetrics().elidedText(quiet, Qt.TextElideMode.ElideRight, second.width())
        painter.drawText(second, Qt.AlignmentFlag.AlignVCenter, quiet)
        painter.restore()
