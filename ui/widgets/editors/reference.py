"""Editors that point at other records: type two letters, pick, or make a new one on the spot.

Where the answers come from is a `Source`; the editors know no store. Titles are plain text and are never parsed back:
the picked id is what counts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QCompleter,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from cpdesk.i18n import _
from cpdesk.khmer.breaks import clusters, without_zwsp
from cpdesk.kinds import Ref, Refs, Value
from ui import icons, theme, tokens
from ui.widgets.buttons import IconButton
from ui.widgets.editors.base import Editor
from ui.widgets.editors.line import Line
from ui.widgets.flow import FlowLayout
from ui.widgets.surfaces import Chip, row

_ID = Qt.ItemDataRole.UserRole
_SUBTITLE = Qt.ItemDataRole.UserRole + 1
_CREATE = "\0create"
LEAST = 2  # letters before the search begins


@dataclass(frozen=True)
class Hit:
    """One answer of a search: the id that is stored, what names it, and a quieter line that tells it from
    its namesakes.
    """

    id: str
    title: str
    subtitle: str = ""


@dataclass(frozen=True)
class Source:
    """Where a reference editor searches.

    `search(text)` gives hits, best first; with an empty text what is most likely wanted, or nothing.
    `title(id)` names what
    is stored. `create(text)` makes a record of that name and gives its id, or None where the person thought
    better of it.
    """

    search: Callable[[str], Sequence[Hit]]
    title: Callable[[str], str]
    create: Callable[[str], str | None] | None = None


class Picker(Line):
    """A line that offers hits while one types.

    `picked(id)` tells which one was taken; `pending` is text not yet picked.
    """

    picked = Signal(str)

    def __init__(self, source: Source, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.source = source
        self._model = QStandardItemModel(self)
        self._popup = QListView()
        self._popup.setProperty("role", "popup")
        self._popup.setUniformItemSizes(False)
        self._completer = QCompleter(self._model, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setPopup(self._popup)
        self._completer.setWidget(self)
        self._completer.setMaxVisibleItems(8)
        self._completer.setWrapAround(False)  # else Down on a single hit chooses nothing, and Enter takes nothing
        self._popup.setItemDelegate(HitDelegate(self._popup))
        self._completer.activated[QModelIndex].connect(self._activated)  # type: ignore[index]
        self.textEdited.connect(self._search)

    def hits(self) -> list[str]:
        """The ids on offer now."""
        ids = (self._model.item(n).data(_ID) for n in range(self._model.rowCount()))
        return [key for key in ids if isinstance(key, str) and key != _CREATE]

    def offer(self, text: str) -> None:
        """Search for `text` and show what is found."""
        text = without_zwsp(text).strip()
        self._model.clear()
        for hit in self.source.search(text):
            self._append(hit.id, hit.title, hit.subtitle)
        if self.source.create is not None and text:
            self._append(_CREATE, _("Add “{name}” as new").format(name=text), "")
        if not self._model.rowCount():
            self._popup.hide()
            return
        self._popup.setMinimumWidth(min(420, max(260, self.width())))
        self._completer.complete()
        self._popup.setCurrentIndex(self._model.index(0, 0))

    def take_first(self) -> bool:
        """Pick what stands first; False where nothing does."""
        hits = self.hits()
        if hits:
            self.picked.emit(hits[0])
        return bool(hits)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and not self._popup.isVisible():
            self.offer(self.text() if self.isModified() else "")
            return
        super().keyPressEvent(event)

    def _append(self, key: str, title: str, subtitle: str) -> None:
        item = QStandardItem(title)
        item.setData(key, _ID)
        item.setData(subtitle, _SUBTITLE)
        item.setData(f"{title}, {subtitle}" if subtitle else title, Qt.ItemDataRole.AccessibleTextRole)
        item.setEditable(False)
        self._model.appendRow(item)

    def _search(self, text: str) -> None:
        if len(clusters(without_zwsp(text).strip())) >= LEAST or len(text.strip()) > LEAST:
            self.offer(text)
        else:
            self._popup.hide()
            self._model.clear()

    def _activated(self, index: QModelIndex) -> None:
        key = index.data(_ID)
        if key == _CREATE and self.source.create is not None:
            key = self.source.create(without_zwsp(self.text()).strip())
        if isinstance(key, str):
            self.picked.emit(key)


class HitDelegate(QStyledItemDelegate):
    """Title, and the quieter line under it."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        lines = theme.line_height() + (theme.line_height(tokens.SMALL) if index.data(_SUBTITLE) else 0)
        return QSize(200, lines + tokens.S)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent_soft"))
            painter.drawRoundedRect(rect, tokens.RADIUS_CHIP, tokens.RADIUS_CHIP)
        inner = rect.adjusted(10, 4, -10, -4)
        new = index.data(_ID) == _CREATE
        if new:
            painter.drawPixmap(inner.x(), inner.center().y() - 8, icons.pixmap("plus", "accent", 16))
            inner.adjust(24, 0, 0, 0)
        scale = theme.current().scale
        painter.setFont(theme.font(scale=scale))
        painter.setPen(theme.colour("accent" if new else "ink"))
        first = QRect(inner.x(), inner.y(), inner.width(), theme.line_height())
        title = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, first.width())
        painter.drawText(first, Qt.AlignmentFlag.AlignVCenter, title)
        subtitle = index.data(_SUBTITLE)
        if subtitle:
            painter.setFont(theme.font(tokens.SMALL, scale=scale))
            painter.setPen(theme.colour("muted"))
            second = QRect(inner.x(), first.bottom(), inner.width(), theme.line_height(tokens.SMALL))
            words = painter.fontMetrics().elidedText(str(subtitle), Qt.TextElideMode.ElideRight, second.width())
            painter.drawText(second, Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()


class RefEditor(Editor):
    """One reference.

    Clearing the line makes it blank; text that was not picked is a problem that says what to do.
    """

    def __init__(
        self, name: str, label: str = "", *, source: Source, type_: Ref | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(name, label, parent)
        self.type = type_ or Ref()
        self.picker = Picker(source)
        search = self.picker.addAction(icons.icon("search", "faint", 16), QLineEdit.ActionPosition.TrailingPosition)
        search.setText(_("Show the list"))
        search.setObjectName(f"{name}_list")
        search.triggered.connect(lambda: self.picker.offer(""))
        self.use(self.picker)
        self._stored: Value = None
        self._shown = ""
        self.picker.picked.connect(self._picked)
        self.picker.textEdited.connect(lambda _text: self.edited.emit())
        self.picker.left.connect(self._left)

    def value(self) -> Value:
        text = without_zwsp(self.picker.text()).strip()
        if not text:
            return None
        if text == self._shown.strip():
            return self._stored
        raise ValueError(_("Pick “{text}” from the list, or clear the line.").format(text=text))

    def set_value(self, value: Value) -> None:
        self._stored = value
        self._shown = self.picker.source.title(value) if isinstance(value, str) else ""
        self.picker.setText(self._shown)
        self.picker.setCursorPosition(0)

    def set_read_only(self, on: bool) -> None:
        self.picker.setReadOnly(on)

    def _picked(self, key: str) -> None:
        self.set_value(self.type.check(key))
        self.edited.emit()
        self.finished.emit()

    def _left(self) -> None:
        if self.picker.isModified():
            if not self.picker.text().strip():
                self.set_value(None)
            self.finished.emit()


class RefsEditor(Editor):
    """Several references as chips with a line after them to add more.

    Backspace in the empty line takes the last away.
    """

    def __init__(
        self, name: str, label: str = "", *, source: Source, type_: Refs | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(name, label, parent)
        self.type = type_ or Refs()
        self._ids: list[str] = []
        holder = QWidget()
        self._flow = FlowLayout(holder, spacing=6)
        self.picker = _ChipPicker(source)
        self.picker.setMinimumWidth(160)
        self._flow.addWidget(self.picker)
        self.use(self.picker, frame=holder)
        self._chips: list[QWidget] = []
        self.picker.picked.connect(self._picked)
        self.picker.erase.connect(self._erase)
        self.picker.left.connect(self._left)

    def value(self) -> Value:
        text = without_zwsp(self.picker.text()).strip()
        if text:
            raise ValueError(_("Pick “{text}” from the list, or clear the line.").format(text=text))
        return self.type.check(self._ids) if self._ids else None

    def set_value(self, value: Value) -> None:
        self._ids = value.split() if isinstance(value, str) else []
        self._draw()

    def set_read_only(self, on: bool) -> None:
        self.picker.setVisible(not on)
        for chip in self._chips:
            chip.setEnabled(not on)

    def _draw(self) -> None:
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.deleteLater()
        self._chips = [self._chip(key) for key in self._ids]
        for at, chip in enumerate(self._chips):
            self._flow.insert_widget(at, chip)
            chip.show()
        self.updateGeometry()

    def _chip(self, key: str) -> QWidget:
        title = self.picker.source.title(key)
        holder = QWidget()
        box = row(holder, spacing=0)
        box.addWidget(Chip(title, "accent"))
        box.addWidget(
            IconButton(
                "x",
                _("Take away {name}").format(name=title),
                name=f"{self.objectName()}_{key}",
                size=14,
                run=lambda: self._remove(key),
            )
        )
        return holder

    def _picked(self, key: str) -> None:
        self.picker.clear()
        if key not in self._ids:
            self._ids.append(key)
            self._draw()
            self._tell()
        self.picker.setFocus(Qt.FocusReason.OtherFocusReason)

    def _remove(self, key: str) -> None:
        self._ids.remove(key)
        self._draw()
        self.picker.setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell()

    def _erase(self) -> None:
        if self._ids:
            self._remove(self._ids[-1])

    def _left(self) -> None:
        if self.picker.text().strip():
            self.finished.emit()

    def _tell(self) -> None:
        self.edited.emit()
        self.finished.emit()


class _ChipPicker(Picker):
    erase = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace and not self.text():
            self.erase.emit()
            return
        super().keyPressEvent(event)
