"""The questions of the first start, each a widget that the keyboard alone can answer; that of the name and password is
in `first_officer`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QListView, QRadioButton, QWidget

from cpdesk import paths
from cpdesk.i18n import _, language
from cpdesk.khmer.breaks import without_zwsp
from ui import tokens
from ui.widgets.buttons import Button
from ui.widgets.editors.line import Line
from ui.widgets.editors.place import title as place_title
from ui.widgets.editors.reference import HitDelegate
from ui.widgets.surfaces import Card, column, row
from ui.widgets.text import Text, literal

if TYPE_CHECKING:
    from cpdesk.gazetteer import Place

_CODE = Qt.ItemDataRole.UserRole
_PATH = Qt.ItemDataRole.UserRole + 1
LANGUAGES = (("km", "ភាសាខ្មែរ", "Khmer"), ("en", "English", "អង់គ្លេស"))


class Step(QWidget):
    """One question. `changed` when the answer did; `problem()` says what is missing, "" where nothing is."""

    changed = Signal()

    def title(self) -> str:
        raise NotImplementedError

    def problem(self) -> str:
        return ""

    def begin(self) -> None:
        """Put the focus where one answers."""


class Options(Card):
    """One of a few, each with a line that explains it. Arrows move, `chosen(key)` follows."""

    chosen = Signal(str)

    def __init__(self, options: Sequence[tuple[str, str, str]], current: str, name: str) -> None:
        super().__init__(name)
        self._group = QButtonGroup(self)
        self._keys: dict[QRadioButton, str] = {}
        self.body.setSpacing(0)
        for number, (key, words, detail) in enumerate(options):
            if number:
                self.body.addSpacing(tokens.M)
            button = QRadioButton(literal(words))
            button.setObjectName(f"{name}_{key}")
            button.setAccessibleName(words)
            button.setAccessibleDescription(detail)
            button.setChecked(key == current)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self._group.addButton(button)
            self._keys[button] = key
            self.body.addWidget(button)
            if detail:
                across = row()
                across.addSpacing(30)
                across.addWidget(Text(detail, "small"), 1)
                self.body.addLayout(across)
        self._group.buttonToggled.connect(self._toggled)

    def current(self) -> str:
        return next((key for button, key in self._keys.items() if button.isChecked()), "")

    def focus(self) -> None:
        next(button for button in self._keys if button.isChecked()).setFocus(Qt.FocusReason.TabFocusReason)

    def _toggled(self, button: QRadioButton, on: bool) -> None:
        if on:
            self.chosen.emit(self._keys[button])


class LanguageStep(Step):
    """Khmer, unless one says otherwise; the wizard speaks it at once."""

    spoken = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        box = column(self, spacing=tokens.M)
        self.options = Options(LANGUAGES, language(), "first_language")
        self.options.chosen.connect(self.spoken.emit)
        box.addWidget(self.options)
        box.addWidget(Text(_("You can change it at any time at the foot of the window."), "small"))
        box.addStretch(1)

    def title(self) -> str:
        return _("Which language do you want to work in?")

    def begin(self) -> None:
        self.options.focus()


class OfficeStep(Step):
    """The office, found in the gazetteer by its Khmer or Latin name."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self.code = code
        box = column(self, spacing=tokens.S)
        self.line = Line()
        self.line.setObjectName("first_office")
        self.line.setAccessibleName(_("Office"))
        hint = _("Type some letters of the province's, district's or commune's name, or choose the national level")
        self.line.setPlaceholderText(hint)
        self.line.textEdited.connect(lambda _text: self._search())
        self.line.installEventFilter(self)
        box.addWidget(self.line)
        self._model = QStandardItemModel(self)
        self.list = QListView()
        self.list.setObjectName("first_places")
        self.list.setAccessibleName(_("Places found"))
        self.list.setProperty("role", "card")
        self.list.setModel(self._model)
        self.list.setItemDelegate(HitDelegate(self.list))
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.selectionModel().currentChanged.connect(lambda now, _before: self._chosen(now))
        box.addWidget(self.list, 1)
        self.said = Text("", "strong", name="first_office_said")
        box.addWidget(self.said)
        self._search()

    def title(self) -> str:
        return _("Which office is this desk for?")

    def problem(self) -> str:
        return "" if self.code else _("Type some letters of the name and pick the office.")

    def begin(self) -> None:
        self.line.setFocus()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Up and Down move in the list while one types on."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 6, Qt.Key.Key_PageUp: -6}
            step = steps.get(Qt.Key(event.key()))
            if step is not None and self._model.rowCount():
                at = min(max(0, self.list.currentIndex().row() + step), self._model.rowCount() - 1)
                self.list.setCurrentIndex(self._model.index(at, 0))
                return True
        return False

    def _search(self) -> None:
        from cpdesk import gazetteer
        from cpdesk.tasks.desk import OFFICE_LEVELS

        text = without_zwsp(self.line.text()).strip()
        found = gazetteer.search(text, levels=OFFICE_LEVELS, limit=40) if text else _widest()
        wanted = self.code if not text else ""
        if wanted and all(place.code != wanted for place in found):
            found = [gazetteer.get(wanted), *found]
        self._model.clear()
        chosen = QModelIndex()
        for place in found:
            item = QStandardItem(place.title())
            item.setData(place.code, _CODE)
            item.setData(place_path(place.code) if place.parent else "", _PATH)
            item.setData(place_path(place.code), Qt.ItemDataRole.AccessibleTextRole)
            self._model.appendRow(item)
            if place.code == wanted:
                chosen = item.index()
        if text and found:
            chosen = self._model.index(0, 0)
        self.list.setCurrentIndex(chosen)
        self._chosen(chosen)

    def _chosen(self, index: QModelIndex) -> None:
        code = index.data(_CODE) if index.isValid() else ""
        self.code = code if isinstance(code, str) else ""
        nothing = _("No office is called so. Try fewer letters.") if not self._model.rowCount() else ""
        self.said.setText(place_path(self.code) if self.code else nothing)
        self.changed.emit()


def _widest() -> list[Place]:
    """What stands there before a letter was typed."""
    from cpdesk import gazetteer

    return [gazetteer.get(gazetteer.NATION), *gazetteer.children(None)]


def place_path(code: str) -> str:
    """ខេត្តកណ្តាល › ស្រុកកៀនស្វាយ"""
    from cpdesk import gazetteer

    return " › ".join(place.title() for place in gazetteer.path(code))


class FileStep(Step):
    """Where the desk lies, and whether to look at a sample first."""

    def __init__(self, path: Path, sample: bool, code: str) -> None:
        super().__init__()
        box = column(self, spacing=tokens.S)
        box.addWidget(Text(_("The desk is one file, which lies here:"), "label"))
        across = row()
        self.line = Line()
        self.line.setObjectName("first_file")
        self.line.setAccessibleName(_("The desk's file"))
        self.line.setText(str(path))
        self.line.textEdited.connect(lambda _text: self.changed.emit())
        across.addWidget(self.line, 1)
        across.addWidget(Button(_("Choose…"), icon="folder-open", name="first_choose", run=self._choose))
        box.addLayout(across)
        box.addSpacing(tokens.S)
        self.options = Options(
            (
                ("empty", _("Begin with an empty desk"), _("For {office}.").format(office=place_title(code))),
                (
                    "sample",
                    _("Look at a sample first"),
                    _(
                        "Besides your own, a sample desk is made and opened: Kandal Province, with the consultation of "
                        "23 June 2022 and its plan. Try whatever you like in it; yours stays empty."
                    ),
                ),
            ),
            "sample" if sample else "empty",
            "first_begin",
        )
        box.addWidget(self.options)
        box.addStretch(1)

    def title(self) -> str:
        return _("Where shall the desk lie, and how do you want to begin?")

    def path(self) -> Path:
        text = self.line.text().strip()
        return Path(text if text.lower().endswith(".cpdesk") else f"{text}.cpdesk").expanduser()

    def sample(self) -> bool:
        return self.options.current() == "sample"

    def problem(self) -> str:
        if not self.line.text().strip():
            return _("Choose where the desk shall lie.")
        if self.path().exists():
            return _("There is a file of that name already. Choose another name.")
        return ""

    def begin(self) -> None:
        self.options.focus()

    def _choose(self) -> None:
        name, _filter = QFileDialog.getSaveFileName(
            self, _("Where shall the desk lie?"), str(self.path()), _("Desks (*.cpdesk)")
        )
        if name:
            self.line.setText(name)
            self.changed.emit()


def default_file(code: str, exists: Callable[[Path], bool] = Path.exists) -> Path:
    """A free name in the folder for desks: the office's code and Latin name."""
    from cpdesk import gazetteer

    latin = re.sub(r"[^a-z0-9]+", "-", gazetteer.get(code).name_en.lower()).strip("-")
    folder, stem = paths.default_desks(), f"{code}-{latin}"
    names = (folder / f"{stem}{'' if n == 1 else f'-{n}'}.cpdesk" for n in range(1, 10_000))
    return next(path for path in names if not exists(path))
