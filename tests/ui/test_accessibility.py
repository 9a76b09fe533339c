"""What a screen reader is told: every page and dialog, in both languages, control by control."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QDeadlineTimer, QModelIndex, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QScrollBar,
    QWidget,
)

from cpdesk import i18n
from cpdesk.khmer.breaks import without_zwsp
from tests.ui import tour
from ui.chrome.sidebar import NavButton
from ui.chrome.statusline import LANGUAGES
from ui.main_window import MainWindow
from ui.widgets.chart import ChartView
from ui.widgets.surfaces import Chip

Role = QAccessible.Role
ACTS = {
    Role.Button, Role.ButtonMenu, Role.ButtonDropDown, Role.CheckBox, Role.RadioButton, Role.EditableText,
    Role.ComboBox, Role.List, Role.ListItem, Role.Table, Role.Tree, Role.Link, Role.PageTab, Role.Document,
    Role.SpinBox, Role.StaticText,
}  # fmt: skip
ROWS = {Role.ListItem, Role.StaticText}
INPUTS = (QComboBox, QLineEdit, QPlainTextEdit)
LARGE = 64  # pixels from which a picture is more than the ornament of the words beside it


@dataclass(frozen=True)
class Told:
    """One thing of the tree: what it is called, what it is, and the widget behind it."""

    name: str
    role: Role
    widget: QWidget
    focusable: bool

    def where(self) -> str:
        """For the message of a test that fails."""
        up, names = self.widget, []
        while up is not None:
            names.append(f"{type(up).__name__}:{up.objectName()}" if up is self.widget else up.objectName())
            up = up.parentWidget()
        return " < ".join(filter(None, names[:8]))

    @property
    def acts(self) -> bool:
        """Whether it does something when it is pressed or written into."""
        own = self.widget.testAttribute(Qt.WidgetAttribute.WA_SetCursor)
        hand = own and self.widget.cursor().shape() == Qt.CursorShape.PointingHandCursor
        passed_by = self.widget.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        return self.widget.isEnabled() and (self.focusable or hand) and not passed_by


def tree(root: QWidget) -> Iterator[Told]:
    """All that is to be seen below `root`, as the system's screen readers find it."""
    top = QAccessible.queryAccessibleInterface(root)
    assert top is not None
    waiting: list[QAccessibleInterface] = [top]
    while waiting:
        one = waiting.pop()
        widget = one.object()
        if isinstance(widget, QWidget) and not isinstance(widget, QScrollBar):
            name = without_zwsp(one.text(QAccessible.Text.Name)).strip()
            yield Told(name, one.role(), widget, one.state().focusable)
        children = (one.child(n) for n in range(one.childCount()))
        waiting += [child for child in children if child is not None and not child.state().invisible]


def faults(root: QWidget) -> list[str]:
    """What is wrong in the tree below `root`."""
    found, names = [], Counter[tuple[str, str]]()
    foreign = _foreign()
    for one in tree(root):
        if one.name and foreign(one.name):
            found.append(f"another language: “{one.name}” {one.where()}")
        if isinstance(one.widget, ChartView) and not (one.name and one.widget.accessibleDescription()):
            found.append(f"a chart that says nothing: {one.where()}")
        if isinstance(one.widget, QLabel) and one.widget.pixmap().width() > LARGE and not one.name:
            found.append(f"a picture without words: {one.where()}")
        if isinstance(one.widget, Chip) and not one.name:
            found.append(f"a colour without a word: {one.where()}")
        if isinstance(one.widget, QAbstractItemView):
            found += [f"{fault} {one.where()}" for fault in _cells(one.widget)]
        if not one.acts:
            continue
        own = one.widget.accessibleName() if isinstance(one.widget, INPUTS) else one.name
        if not own:
            found.append(f"no name: {one.role.name} “{one.name}” {one.where()}")
        if one.role not in ACTS and not isinstance(one.widget, QScrollArea):
            found.append(f"no fitting role: {one.role.name} “{one.name}” {one.where()}")
        if one.role not in ROWS and not isinstance(one.widget, NavButton):
            names[one.role.name, own] += one.widget.isVisible()
    return found + [f"{n} times: {role} “{name}”" for (role, name), n in names.items() if n > 1 and name]


def _foreign() -> Callable[[str], bool]:
    """Tells what is a sentence of ours in the language that is not spoken now."""
    catalogue = dict(i18n._khmer()._catalog)  # type: ignore[attr-defined]
    pairs = [(str(key[0] if isinstance(key, tuple) else key), str(value)) for key, value in catalogue.items()]
    if i18n.language() == "km":
        ours = {english for english, khmer in pairs if english != khmer}
        return lambda text: text in ours
    ours = {khmer for english, khmer in pairs if english != khmer} - {word for _lang, word in LANGUAGES}
    return lambda text: text in ours


def _cells(view: QAbstractItemView) -> list[str]:
    """Rows that a reader of the screen could not read: none of their cells has words."""
    model = view.model()
    if model is None:
        return []
    columns = range(1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex()))
    rows = range(min(model.rowCount(QModelIndex()), 5))
    empty = [row for row in rows if not any(_cell(model, row, column) for column in columns)]
    return [f"row {row} says nothing" for row in empty]


def _cell(model: QAbstractItemModel, row: int, column: int) -> str:
    index = model.index(row, column)
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data(Qt.ItemDataRole.DisplayRole)
    return str(spoken or "").strip()


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
def test_every_control_of_every_page_has_a_name_and_a_role(demo_desk: Path, qapp: QApplication, lang: str) -> None:
    i18n.set_language(lang)
    found = []
    with tour.window(demo_desk) as made:
        for stop in tour.stops(made.context.desk):
            tour.visit(made, stop)
            found += [f"{stop.name}: {fault}" for fault in faults(made)]
        for stop in tour.stops(made.context.desk):
            for name in DIALOGS.get(stop.name, ()):
                tour.visit(made, stop)
                found += [f"{stop.name}, {name}: {fault}" for fault in in_dialog(made, name)]
    assert not found, "\n".join(found)


# What opens a dialog: a command's id, or a button's name with a star for what varies.
DIALOGS = {
    "home": ("search", "print"),
    "meeting": ("history", "papers"),
    "plans": ("next_*",),
    "figures": ("measures", "new", "priority"),
    "people": ("personal", "phones", "unneeded"),
    "exchange": ("held_*", "back_*"),
    "exchange-offices": ("revoke_*", "join_steps", "accept_steps", "help_a_district"),
    "settings": ("settings_first_password",),
    "papers-registers": ("new_register",),
    "review": ("screen",),
}


def in_dialog(made: MainWindow, name: str) -> list[str]:
    """What is wrong in the dialog that this opens. It is closed again."""
    found: list[list[str]] = []

    def look() -> None:
        shown = next((w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()), None)
        if shown is not None:
            timer.stop()
            tour.settle(made)
            found.append(faults(shown))
            shown.close()

    timer = QTimer(made)
    timer.timeout.connect(look)
    timer.start(20)
    if not made.actions_.trigger(name):
        button = next(b for b in made.findChildren(QAbstractButton) if fnmatch(b.objectName(), name) and b.isVisible())
        button.click()
    limit = QDeadlineTimer(5000)
    while not found and not limit.hasExpired():
        QApplication.processEvents()
    timer.stop()
    assert found, f"{name} opens no dialog"
    return found[0]
