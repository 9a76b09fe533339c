"""Rows that are light to draw and open into a form where they stand.

A page with a hundred and sixty rows of editors takes a second to build; the same rows painted take a few milliseconds.
Only the one row that a person works on is a form.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QFocusEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from cpdesk.khmer.breaks import with_zwsp
from ui import theme, tokens
from ui.widgets.surfaces import SectionHeader

PAD_X, PAD_Y = 9, 5


@dataclass(frozen=True)
class Piece:
    """Words in a cell. `role` is text, large, strong, muted, small, or one of `tokens.TONES`, which makes it a chip."""

    text: str
    role: str = "text"


@dataclass(frozen=True)
class Slot:
    """A column of a list of rows: `pixels` at text scale 1, or a share of what is left; `right` for numbers."""

    pixels: int = 0
    share: int = 1
    title: str = ""
    right: bool = False


Cell = tuple[Piece, ...]


@dataclass(frozen=True)
class Face:
    """What a row shows: the record it stands for and its cells, one a slot, each with pieces from top to bottom."""

    id: str
    cells: tuple[Cell, ...]

    def spoken(self) -> str:
        return ", ".join(piece.text for cell in self.cells for piece in cell if piece.text)


def widths(slots: Sequence[Slot], room: int) -> list[int]:
    """Pixels of each slot in a row `room` wide."""
    fixed = [theme.scaled(slot.pixels) for slot in slots]
    shares = sum(slot.share for slot in slots if not slot.pixels) or 1
    left = max(0, room - sum(fixed))
    return [wide or left * slot.share // shares for slot, wide in zip(slots, fixed, strict=True)]


@dataclass
class _Block:
    """A piece as laid out: where it stands and how large it is. Its lines are set when it is first painted."""

    piece: Piece
    x: float
    y: float
    room: float
    width: float = 0.0
    height: float = 0.0
    fits: bool = False  # in one line, as it is
    layout: QTextLayout | None = None

    @property
    def is_chip(self) -> bool:
        return self.piece.role in tokens.TONES

    def measure(self, scale: float) -> None:
        """Find width and height: without setting lines where the words fit in one."""
        metrics = _font(self.piece.role, scale)[1]
        frame = (16, 2) if self.is_chip else (0, 0)
        advance = metrics.horizontalAdvance(self.piece.text)
        if advance + 1 <= self.room - frame[0] and "\n" not in self.piece.text:
            self.width, self.height, self.fits = advance + frame[0], metrics.lineSpacing() + frame[1], True
            return
        self.width, self.height = (a + b for a, b in zip(self._set_lines(scale), frame, strict=True))

    def lines(self) -> QTextLayout:
        """The lines, ready to be drawn."""
        if self.layout is None:
            self._set_lines(theme.current().scale)
        assert self.layout is not None
        return self.layout

    def _set_lines(self, scale: float) -> tuple[float, float]:
        font, metrics = _font(self.piece.role, scale)
        self.layout = QTextLayout(self.piece.text if self.fits else _broken(self.piece.text), font)
        option = QTextOption()
        wrap = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
        option.setWrapMode(QTextOption.WrapMode.NoWrap if self.fits else wrap)
        self.layout.setTextOption(option)
        spacing = metrics.lineSpacing()
        width = height = 0.0
        self.layout.beginLayout()
        while (line := self.layout.createLine()).isValid():
            line.setLineWidth(self.room - (16 if self.is_chip else 0))
            line.setPosition(QPointF(0, height + (spacing - line.height()) / 2))
            height += spacing
            width = max(width, line.naturalTextWidth())
        self.layout.endLayout()
        return width, height


@lru_cache(maxsize=4096)
def _broken(text: str) -> str:
    return with_zwsp(text).replace("\n", "\u2028")


@lru_cache(maxsize=64)
def _font(role: str, scale: float) -> tuple[QFont, QFontMetricsF]:
    size = tokens.SMALL if role in ("small", *tokens.TONES) else tokens.LARGE if role == "large" else tokens.TEXT
    font = theme.font(size, bold=role == "strong", scale=scale)
    return font, QFontMetricsF(font)


def lay_out(cells: Sequence[Cell], slots: Sequence[Slot], room: int) -> tuple[list[_Block], int]:
    """The pieces of a row set into its width, and the height that they need."""
    blocks: list[_Block] = []
    scale = theme.current().scale
    deepest = _font("text", scale)[1].lineSpacing() + PAD_Y
    x = 0.0
    for cell, slot, wide in zip(cells, slots, widths(slots, room), strict=True):
        y = float(PAD_Y)
        for piece in cell:
            if not piece.text:
                continue
            block = _Block(piece, x + PAD_X, y, max(20.0, wide - 2 * PAD_X))
            block.measure(scale)
            if slot.right:
                block.x += max(0.0, block.room - block.width)
            blocks.append(block)
            y += block.height
        deepest = max(deepest, y)
        x += wide
    return blocks, round(deepest + PAD_Y)


class Row(QWidget):
    """One painted row. Enter, a double click or a second click opens it; every other key goes to its list."""

    spoken_as = QAccessible.Role.ListItem

    def __init__(self, rows: RowList, face: Face) -> None:
        super().__init__(rows)
        self._rows = rows
        self._laid: tuple[int, list[_Block], int] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.face = face
        self.setObjectName(f"row_{face.id}")
        self.setAccessibleName(face.spoken())

    def set_face(self, face: Face) -> None:
        if face != self.face:
            self.face = face
            self._laid = None
            self.setObjectName(f"row_{face.id}")
            self.setAccessibleName(face.spoken())
            self.update()

    def _blocks(self, width: int) -> tuple[list[_Block], int]:
        if self._laid is None or self._laid[0] != width:
            self._laid = (width, *lay_out(self.face.cells, self._rows.slots, width))
        return self._laid[1], self._laid[2]

    def height_at(self, width: int) -> int:
        """The height that its words need, with the line under them."""
        return self._blocks(width)[1] + 1

    def chip_at(self, x: float, y: float) -> str:
        """The tone of the chip there, or an empty text."""
        for block in self._blocks(self.width())[0]:
            if block.is_chip and QRectF(block.x, block.y, block.width, block.height).contains(x, y):
                return block.piece.role
        return ""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = theme.colours()
        chosen = self.face.id == self._rows.chosen
        if self.hasFocus() or chosen or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent_soft" if self.hasFocus() or chosen else "hover"))
            painter.drawRoundedRect(self.rect().adjusted(0, 0, 0, -1), tokens.RADIUS_CHIP, tokens.RADIUS_CHIP)
        for block in self._blocks(self.width())[0]:
            role = block.piece.role
            x = block.x
            if block.is_chip:
                painter.setPen(Qt.PenStyle.NoPen)
                stands_out = role == "accent" and (self.hasFocus() or chosen)  # the row itself has its colour then
                painter.setBrush(theme.colour("card" if stands_out else f"{role}_soft"))
                area = QRectF(x, block.y, block.width, block.height)
                painter.drawRoundedRect(area, tokens.RADIUS_CHIP, tokens.RADIUS_CHIP)
                painter.setPen(theme.colour("muted" if role == "neutral" else role))
                x += 8
            else:
                painter.setPen(theme.colour("muted" if role in ("small", "muted") else "ink"))
            block.lines().draw(painter, QPointF(x, block.y + (1 if block.is_chip else 0)))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(theme.colour("line"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        if self.hasFocus() and self._rows.window().isActiveWindow():
            painter.setPen(colours.accent)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.drawRoundedRect(QRectF(0.5, 0.5, self.width() - 1, self.height() - 2), 6, 6)
        painter.end()
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._rows.entered(self)
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            at = event.position()
            if self.chip_at(at.x(), at.y()) and self._rows.chip_pressed(self):
                return
            self._rows.opened.emit(self.face.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._rows.key(self, event):
            super().keyPressEvent(event)


class RowList(QWidget):
    """Rows under one another: one stop for Tab, and arrows go on from there.

    Signals: `opened(id)` by Enter or a click, `deleted(id)` by Delete, `moved(id, step)` by Alt+Up and Alt+Down,
    `left(step)` where an arrow goes beyond the first (-1) or last (1) row. `on_key(id, event)` may take other keys,
    `on_chip(id)` the press on a chip; both say whether they did.
    """

    opened = Signal(str)
    deleted = Signal(str)
    moved = Signal(str, int)
    left = Signal(int)
    spoken_as = QAccessible.Role.List

    def __init__(self, slots: Sequence[Slot], *, name: str = "rows", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.slots = tuple(slots)
        self.on_key: Callable[[str, QKeyEvent], bool] | None = None
        self.on_chip: Callable[[str], bool] | None = None
        self._rows: list[Row] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._form: QWidget | None = None
        self._open_id = ""
        self._at = ""
        self.chosen = ""  # the row that is shown beside the list, marked without the focus too

    # what is shown

    def choose(self, id_: str) -> None:
        """Mark that row; "" marks none."""
        if id_ != self.chosen:
            self.chosen = id_
            for row in self._rows:
                row.update()

    def set_slots(self, slots: Sequence[Slot]) -> None:
        """Other columns from the next faces on."""
        self.slots = tuple(slots)
        for row in self._rows:
            self._drop(row)
        self._rows.clear()

    def show_faces(self, faces: Sequence[Face]) -> None:
        """Show these rows; the focus stays with its record, or with its place where the record went."""
        focus = next((n for n, row in enumerate(self._rows) if row.hasFocus()), None)
        was = self._rows[focus].face.id if focus is not None else ""
        while len(self._rows) > len(faces):
            self._drop(self._rows.pop())
        for number, face in enumerate(faces):
            if number < len(self._rows):
                self._rows[number].set_face(face)
            else:
                row = Row(self, face)
                row.show()
                self._rows.append(row)
        self._arrange()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if self._rows else Qt.FocusPolicy.NoFocus)
        if focus is not None and not self.focus(was):
            self.focus_row(min(focus, len(self._rows) - 1))

    @staticmethod
    def _drop(row: Row) -> None:
        row.hide()
        row.deleteLater()

    def ids(self) -> list[str]:
        return [row.face.id for row in self._rows]

    def row(self, id_: str) -> Row | None:
        return next((row for row in self._rows if row.face.id == id_), None)

    # the open row

    def open_row(self, id_: str, form: QWidget) -> None:
        """Let `form` stand in the place of that row."""
        self.close_row()
        self._form, self._open_id = form, id_
        form.setParent(self)
        form.show()
        self._arrange()

    def close_row(self) -> None:
        """Take the form away and show the row again."""
        if self._form is not None:
            self._form.hide()
        self._form, self._open_id = None, ""
        self._arrange()

    @property
    def open_id(self) -> str:
        return self._open_id

    def _arrange(self) -> None:
        """Set the rows under one another. Done by hand: a layout would ask each row for its height twenty times."""
        if self._form is not None and self._open_id not in self.ids():
            self._form.hide()
            self._form, self._open_id = None, ""
        if not self.isVisible():
            return  # its width is not known yet
        width, y = self.width(), 0
        for row in self._rows:
            open_ = row.face.id == self._open_id
            row.setVisible(not open_)
            widget: QWidget = self._form if open_ and self._form is not None else row
            height = row.height_at(width) if widget is row else _height_of(widget, width)
            widget.setGeometry(0, y, width, height)
            y += height
        if self.minimumHeight() != y or self.maximumHeight() != y:
            self.setFixedHeight(y)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._arrange()
        if not self.accessibleName():
            self.setAccessibleName(self._heading())

    def _heading(self) -> str:
        """What the list is called where its page gives it no name: the head of the card around it."""
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            head = around.findChild(SectionHeader)
            if head is not None:
                return head.title.plain()
            around = around.parentWidget()
        return ""

    # the focus

    def entered(self, row: Row) -> None:
        """Remember where one was, for the next time that Tab comes here; an arrow does not lead out of sight."""
        self._at = row.face.id
        around = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        if around is not None:
            around.ensureWidgetVisible(row, 0, tokens.S)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.focus(self._at):
            self.focus_row(0 if event.reason() == Qt.FocusReason.TabFocusReason else -1)

    def focusNextPrevChild(self, next: bool) -> bool:
        """Rows and forms come and go, so Tab follows what is seen, not the order in which they were made."""
        if self._form is not None:
            inside = sorted(filter(_takes_tab, self._form.findChildren(QWidget)), key=self._seen_at)
            focus = self.window().focusWidget()
            at = inside.index(focus) + (1 if next else -1) if focus in inside else -1
            if 0 <= at < len(inside):
                inside[at].setFocus(_reason(next))
                return True
        return self._pass_by(next)

    def _seen_at(self, widget: QWidget) -> tuple[int, int]:
        at = widget.mapTo(self, widget.rect().topLeft())
        return at.y() // 20, at.x()

    def _pass_by(self, next: bool) -> bool:
        widget = self.nextInFocusChain() if next else self.previousInFocusChain()
        while widget is not None and widget is not self:
            if not self.isAncestorOf(widget) and _takes_tab(widget):
                widget.setFocus(_reason(next))
                return True
            widget = widget.nextInFocusChain() if next else widget.previousInFocusChain()
        return False

    def focus(self, id_: str) -> bool:
        """Give the focus to a record's row; False where it has none."""
        row = self.row(id_)
        if row is not None:
            row.setFocus(Qt.FocusReason.OtherFocusReason)
        return row is not None

    def focus_row(self, number: int) -> bool:
        """Give the focus to the row of that number, -1 the last; False where there are none."""
        if not self._rows:
            return False
        self._rows[number].setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    # the hand

    def chip_pressed(self, row: Row) -> bool:
        return self.on_chip is not None and self.on_chip(row.face.id)

    def key(self, row: Row, event: QKeyEvent) -> bool:
        """What a key does on a row; whether it did."""
        key = Qt.Key(event.key())
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(key)
        if step and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.moved.emit(row.face.id, step)
        elif step:
            self._step(self._rows.index(row), step)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.opened.emit(row.face.id)
        elif key == Qt.Key.Key_Delete:
            self.deleted.emit(row.face.id)
        else:
            return self.on_key is not None and self.on_key(row.face.id, event)
        return True

    def _step(self, at: int, step: int) -> None:
        if 0 <= at + step < len(self._rows):
            self.focus_row(at + step)
        else:
            self.left.emit(step)

    def event(self, event: QEvent) -> bool:
        """Alt+Up and Alt+Down are ours while a row has the focus; a form that grows moves what is under it."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)
            and any(row.hasFocus() for row in self._rows)
        ):
            event.accept()
            return True
        return super().event(event)


def _height_of(widget: QWidget, width: int) -> int:
    layout = widget.layout()
    if layout is not None and layout.hasHeightForWidth():
        return max(layout.totalHeightForWidth(width), layout.totalMinimumSize().height())
    return widget.sizeHint().height()


def _takes_tab(widget: QWidget) -> bool:
    takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return takes and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None


def _reason(next: bool) -> Qt.FocusReason:
    return Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason


class RowHead(QWidget):
    """The titles over a list of rows."""

    def __init__(self, slots: Sequence[Slot], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._slots = tuple(slots)
        self.setFixedHeight(theme.line_height(tokens.SMALL) + 8)

    def set_slots(self, slots: Sequence[Slot]) -> None:
        self._slots = tuple(slots)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("sunken"))
        painter.setFont(theme.font(tokens.SMALL, bold=True, scale=theme.current().scale))
        painter.setPen(theme.colour("muted"))
        x = 0
        for slot, wide in zip(self._slots, widths(self._slots, self.width()), strict=True):
            area = QRectF(x + PAD_X, 0, wide - (2 if slot.right else 1) * PAD_X, self.height())
            side = Qt.AlignmentFlag.AlignRight if slot.right else Qt.AlignmentFlag.AlignLeft
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | side, slot.title)
            x += wide
        painter.setPen(theme.colour("line"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()
        event.accept()
