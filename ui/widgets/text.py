"""Labels that show Khmer as it should be: broken between words, never cut, never taken for markup.

Khmer writes no spaces between words and Qt breaks only at spaces, so a label holds its text with U+200B at the word
breaks and remembers the text as it was given; `plain()` gives that back, without them.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QLabel, QSizePolicy, QStyle, QStyleOption, QWidget

from cpdesk.khmer.breaks import with_zwsp, without_zwsp

_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard


class Text(QLabel):
    """Plain text in a `role` of the style sheet: text, muted, small, label, strong, title, heading,
    figure, brand…
    """

    def __init__(
        self,
        text: str = "",
        role: str = "text",
        *,
        wrap: bool = True,
        name: str = "",
        selectable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setObjectName(name)
        self._plain = ""
        self._short = False
        self.setWordWrap(wrap)
        self._selectable = selectable
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        self.setText(text)

    def setText(self, text: str) -> None:
        shown = with_zwsp(text) if self.wordWrap() else text
        if self.accessibleName() == self._plain != "" or shown != text:
            self.setAccessibleName(text)  # read aloud without the marks of its word breaks
        self._plain = text
        super().setText(shown)
        if self._selectable:  # and so a stop for Tab, unless there is nothing to stop at
            self.setTextInteractionFlags(_SELECTABLE if text else Qt.TextInteractionFlag.NoTextInteraction)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One line that a small screen squeezes is shortened, and told whole in its tool tip."""
        super().resizeEvent(event)
        if not self.wordWrap():
            short = self.width() < self.sizeHint().width() and "\n" not in self._plain
            if short != self._short:
                self._short = short
                self.setToolTip(self._plain if short else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._short:
            paint_short(self)
        else:
            super().paintEvent(event)

    def plain(self) -> str:
        """The text as it was given."""
        return self._plain

    def minimumSizeHint(self) -> QSize:
        """A wrapping label may become narrow and then asks for its height by its width, not by its longest word."""
        if not self.wordWrap():
            return super().minimumSizeHint()
        return QSize(min(super().minimumSizeHint().width(), 60), self.fontMetrics().lineSpacing())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy) and self.hasSelectedText():
            QApplication.clipboard().setText(without_zwsp(self.selectedText()))
            event.accept()
            return
        super().keyPressEvent(event)


class ElidedText(QLabel):
    """One line that gives way: shortened with … only where it has no room, and then told whole in its tool tip."""

    def __init__(self, text: str = "", role: str = "text", *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(" ".join(text.split()))
        self.updateGeometry()
        self._tell()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell()

    def _tell(self) -> None:
        """In the tool tip, what is not to be read."""
        if self.shown() == self.text():
            self.setToolTip("")
            return
        from ui.widgets.tips import tip

        self.setToolTip(tip(self.text()))

    def plain(self) -> str:
        return self.text()

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance("…") + 4, super().minimumSizeHint().height())

    def shown(self) -> str:
        """What fits at the present width."""
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width())

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_short(self)


def paint_short(label: QLabel) -> None:
    """Draw as much of a line as there is room for, and … for the rest."""
    room = label.contentsRect()
    shown = label.fontMetrics().elidedText(label.text(), Qt.TextElideMode.ElideRight, room.width())
    painter = QPainter(label)
    option = QStyleOption()
    option.initFrom(label)
    label.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, label)
    painter.setPen(label.palette().color(label.foregroundRole()))
    painter.drawText(room, int(label.alignment() | Qt.AlignmentFlag.AlignVCenter), shown)
    painter.end()


class KeyHint(Text):
    """A shortcut as a small key cap."""

    def __init__(self, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(keys, "key", wrap=False, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


def literal(text: str) -> str:
    """Text for a button, menu or tab, where Qt would read `&` as a mark of a shortcut."""
    return text.replace("&", "&&")
