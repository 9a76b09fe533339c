"""What each key does in a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QMenu

from cpdesk.i18n import _
from ui.widgets.sheet.columns import ColumnHands
from ui.widgets.sheet.selection import edge

Key = Qt.Key
Held = Qt.KeyboardModifier
CTRL, SHIFT, ALT = Held.ControlModifier, Held.ShiftModifier, Held.AltModifier
_ARROWS = {Key.Key_Up: (-1, 0), Key.Key_Down: (1, 0), Key.Key_Left: (0, -1), Key.Key_Right: (0, 1)}
_ENTER = (Key.Key_Return, Key.Key_Enter)


class Keys(ColumnHands):
    """`menu_opening` hands over the menu before it is shown, for the owner's own commands."""

    menu_opening = Signal(object)
    _tab_from: int | None = None  # the place where Tab began, to which Enter goes back

    if TYPE_CHECKING:
        move_wanted: Signal
        delete_wanted: Signal

    def hand(self, event: QKeyEvent) -> bool:
        """Do what that key asks; False where it means nothing here."""
        key = Key(event.key())
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not len(self.lines) or not self.columns.order:
            return self._leave(key, held)
        if key in _ARROWS:
            return self._arrow(key, held)
        if held == CTRL and self._with_ctrl(key):
            return True
        if self._jump(key, held) or self._plain(key, held):
            return True
        text = event.text()
        if text and text.isprintable() and text.strip() and not held & (CTRL | ALT):
            return self.write(text)
        return self._leave(key, held)

    def _leave(self, key: Key, held: Qt.KeyboardModifier) -> bool:
        if key != Key.Key_F6:
            return False
        return bool(super().focusNextPrevChild(held != SHIFT))

    def _arrow(self, key: Key, held: Qt.KeyboardModifier) -> bool:
        rows, columns = _ARROWS[key]
        if held == ALT:
            if rows:
                self.move_wanted.emit(rows)
            return bool(rows)
        if held & ALT:
            return False
        if held & CTRL:
            self._to_edge(rows, columns, keep=bool(held & SHIFT))
        else:
            self.step(rows, columns, keep=bool(held & SHIFT))
        return True

    def _with_ctrl(self, key: Key) -> bool:
        run = {
            Key.Key_A: self.select_all,
            Key.Key_C: self.copy,
            Key.Key_Insert: self.copy,
            Key.Key_X: self.cut,
            Key.Key_V: self.paste,
            Key.Key_D: self.fill_down,
            Key.Key_R: self.fill_right,
            Key.Key_Space: self.select_column,
            Key.Key_Delete: self.delete_wanted.emit,
            Key.Key_Return: self.more_wanted.emit,
            Key.Key_Enter: self.more_wanted.emit,
        }.get(key)
        if run is not None:
            run()
        return run is not None

    def _jump(self, key: Key, held: Qt.KeyboardModifier) -> bool:
        """Home, End and the Page keys."""
        here, keep = self.selection, bool(held & SHIFT)
        last = len(self.columns.order) - 1
        if key == Key.Key_Home:
            self.go(0 if held & CTRL else here.row, 0, keep=keep)
        elif key == Key.Key_End:
            self.go(len(self.lines) - 1 if held & CTRL else here.row, last, keep=keep)
        elif key in (Key.Key_PageUp, Key.Key_PageDown):
            self._page(1 if key == Key.Key_PageDown else -1, keep)
        else:
            return False
        return True

    def _page(self, step: int, keep: bool) -> None:
        room = max(1, self.body().height() - self.lines.height(self.selection.row))
        target = self.lines.at(self.lines.top(self.selection.row) + step * room)
        if target == self.selection.row:
            target += step
        self.go(target, self.selection.place, keep=keep)

    def _plain(self, key: Key, held: Qt.KeyboardModifier) -> bool:
        if key in _ENTER and not held & (CTRL | ALT):
            self.step(-1 if held & SHIFT else 1, 0)
        elif key == Key.Key_F2 and not held:
            self.write()
        elif key == Key.Key_Delete and not held:
            self._delete()
        elif key == Key.Key_Backspace and not held:
            self.write("")
        elif key == Key.Key_Insert and held == SHIFT:
            self.paste()
        elif key == Key.Key_Delete and held == SHIFT:
            self.cut()
        elif key == Key.Key_Space and held == SHIFT:
            self.select_rows()
        elif key in (Key.Key_Tab, Key.Key_Backtab):
            return self.tab(-1 if key == Key.Key_Backtab or held & SHIFT else 1)
        else:
            return False
        return True

    def _delete(self) -> None:
        """Blank what is chosen; whole rows and a heading are put away."""
        if self.selection.whole or (self.selection.is_single() and self.sheet.band(self.selection.row) is not None):
            self.delete_wanted.emit()
        else:
            self.clear()

    # moving

    def step(self, rows: int, columns: int, *, keep: bool = False) -> None:
        self.go(self.selection.row + rows, self.selection.place + columns, keep=keep)

    def _to_edge(self, rows: int, columns: int, *, keep: bool) -> None:
        here, order = self.selection, self.columns.order

        def in_column(row: int) -> bool:
            return self.sheet.band(row) is None and bool(self.sheet.cell(row, order[here.place]).text)

        def in_row(place: int) -> bool:
            return bool(self.sheet.cell(here.row, order[place]).text)

        if rows:
            self.go(edge(here.row, rows, len(self.lines) - 1, in_column), here.place, keep=keep)
        elif self.sheet.band(here.row) is None:
            self.go(here.row, edge(here.place, columns, len(order) - 1, in_row), keep=keep)

    def tab(self, step: int) -> bool:
        """The next or previous cell, going on in the row below or above; False at the sheet's very end."""
        row, place, last = self.selection.row, self.selection.place + step, len(self.columns.order) - 1
        band = self.sheet.band(self.selection.row) is not None
        if band or not 0 <= place <= last:
            row, place = row + step, 0 if step > 0 else last
            if not 0 <= row < len(self.lines):
                return False
        self.go(row, place)
        return True

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes from cell to cell; at the end of the sheet it goes on to what stands behind it."""
        if len(self.lines) and self.hasFocus() and self.tab(1 if forward else -1):
            return True
        return bool(super().focusNextPrevChild(forward))

    # choosing

    def select_all(self) -> None:
        self.selection.go(len(self.lines) - 1, len(self.columns.order) - 1)
        self.selection.anchor_row = self.selection.anchor_place = 0
        self._chosen()

    def select_rows(self) -> None:
        """All cells of the chosen rows."""
        self.selection.whole = True
        self._chosen()

    def select_column(self) -> None:
        self.selection.anchor_row, self.selection.row = 0, len(self.lines) - 1
        self._chosen()

    def select_range(self, top: int, bottom: int) -> None:
        """These rows from edge to edge, the last of them current."""
        self.selection.go(bottom, self.selection.place)
        self.selection.anchor_row, self.selection.whole = top, True
        self.show_row(bottom)
        self._chosen()

    def _chosen(self) -> None:
        self.viewport().update()
        self.moved.emit()

    if TYPE_CHECKING:
        moved: Signal

    # the menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        at = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard and len(self.lines) and self.columns.order:
            row, column = self.selection.row, self.columns.order[self.selection.place]
            rect = self.visible_rect(row, column)
            at = self.viewport().mapToGlobal(QPoint(rect.left() + 8, rect.bottom()))
        self.open_menu(at)

    def _offer_history(self, menu: QMenu) -> None:
        live = self.window().findChild(QAction, "action_history")
        if live is not None and len(self.lines) and self.sheet.behind(*self.current()) is not None:
            menu.addSeparator()
            words = _("History of this cell…")
            entry = menu.addAction(f"{words}\t{live.shortcut().toString()}")
            entry.triggered.connect(live.trigger)

    def open_menu(self, at: QPoint) -> None:
        """Copy, paste, fill and columns, with what the owner adds before them."""
        menu = QMenu(self)
        self.menu_opening.emit(menu)
        for words, keys, run in (
            (_("Cut"), "Ctrl+X", self.cut),
            (_("Copy"), "Ctrl+C", self.copy),
            (_("Paste"), "Ctrl+V", self.paste),
            (_("Fill down"), "Ctrl+D", self.fill_down),
            (_("Fill to the right"), "Ctrl+R", self.fill_right),
            (_("Blank the cells"), "Del", self.clear),
        ):
            entry = menu.addAction(f"{words}\t{keys}")
            entry.setEnabled(bool(len(self.lines)))
            entry.triggered.connect(lambda _on=False, run=run: run())
        self._offer_history(menu)
        menu.addSeparator()
        menu.addAction(_("Columns…")).triggered.connect(lambda _on=False: self.choose_columns())
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)
