"""What every editor shares.

An editor holds one stored value (`cpdesk.kinds.Value`; None is blank) and shows it in the language of the moment. It
never saves: a form listens to `edited` and `finished`, asks `value()`, and shows what is wrong by `show_problem`.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from cpdesk.kinds import Value
from ui.widgets.surfaces import restyle
from ui.widgets.text import Text


class Editor(QWidget):
    """Base of all editors. The widget bears the field's name; the part one types into bears `<name>_input`.

    Signals: `edited` at each change that a person makes (never by `set_value`); `finished` when they press
    Enter, pick,
    or leave the editor.
    """

    edited = Signal()
    finished = Signal()
    more: Callable[[QMenu], object] | None = None  # adds to the menu of its control
    form: QWidget | None = None  # which it belongs to, wherever it is laid out

    def __init__(self, name: str, label: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._label = label
        self._control: QWidget | None = None
        self._problem: Text | None = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(2)

    def use(self, control: QWidget, *, frame: QWidget | None = None) -> None:
        """Make `control` the part that takes the focus.

        `frame` is what is laid out where it is more than the control.
        """
        self._control = control
        control.setObjectName(f"{self.objectName()}_input")
        control.setAccessibleName(self._label or self.objectName())
        self._box.addWidget(frame or control)
        self.setFocusProxy(control)

    @property
    def label(self) -> str:
        """What it is called."""
        return self._label

    @property
    def control(self) -> QWidget:
        """The part that takes the focus."""
        if self._control is None:
            raise RuntimeError(f"{type(self).__name__} has no control")
        return self._control

    def value(self) -> Value:
        """The stored value of what stands here.

        ValueError with a translated reason where it cannot be understood.
        """
        raise NotImplementedError

    def set_value(self, value: Value) -> None:
        """Show a stored value; silent."""
        raise NotImplementedError

    def set_read_only(self, on: bool) -> None:
        self.control.setEnabled(not on)

    def set_placeholder(self, text: str) -> None:
        """A line of example where the editor can show one."""
        setter = getattr(self.control, "setPlaceholderText", None)
        if setter is not None:
            setter(text)

    def show_problem(self, text: str | None) -> None:
        """Say under the editor what is wrong with it; None or an empty text takes it away."""
        if self._problem is None:
            if not text:
                return
            self._problem = Text("", "problem", name=f"{self.objectName()}_problem")
            self._box.addWidget(self._problem)
        self._problem.setText(text or "")
        self._problem.setVisible(bool(text))
        restyle(self._framed(), "state", "problem" if text else "")
        self.control.setAccessibleDescription(text or "")

    def problem(self) -> str:
        """What `show_problem` shows now."""
        return self._problem.plain() if self._problem is not None else ""

    def _framed(self) -> QWidget:
        return self.control

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Of a control that has no menu itself."""
        menu = QMenu(self)
        fill_menu(self.control, menu)
        if menu.actions():
            menu.exec(event.globalPos())
        menu.deleteLater()

    def is_busy(self) -> bool:
        """Whether a person is in it, so that a refresh from outside must not replace what they type."""
        focus = self.window().focusWidget()
        return focus is not None and (focus is self.control or self.isAncestorOf(focus)) and self.control.hasFocus()

    def focus(self) -> None:
        self.control.setFocus(Qt.FocusReason.OtherFocusReason)


def fill_menu(control: QWidget, menu: QMenu) -> None:
    """Add to the menu of a control what the editor around it offers."""
    around = control.parentWidget() if not isinstance(control, Editor) else control
    while around is not None and not isinstance(around, Editor):
        around = around.parentWidget()
    if isinstance(around, Editor) and around.more is not None:
        if menu.actions():
            menu.addSeparator()
        around.more(menu)
