"""A new password: four words that are offered, one's own, or none for now. Each says what it means."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from cpdesk.i18n import _
from cpdesk.khmer.spelling import fold
from ui import tokens
from ui.dialogs.password_field import PasswordField
from ui.widgets.buttons import Button, Segments
from ui.widgets.surfaces import Card, column, restyle, row
from ui.widgets.text import Text

WORDS, OWN, NONE = "words", "own", "none"


class PasswordChoice(QWidget):
    """`changed` at each letter, `entered` at Enter in the last field. `whose()` is the name of the officer, which makes
    no good password; `none`: there may be no password for now."""

    changed = Signal()
    entered = Signal()

    def __init__(self, name: str, whose: Callable[[], str], *, none: bool = False) -> None:
        super().__init__()
        self.setObjectName(name)
        self._name, self._whose = name, whose
        self._words = ""
        ways = [(WORDS, _("Four words")), (OWN, _("My own")), *([(NONE, _("No password for now"))] if none else [])]
        self.ways = Segments(ways, name=f"{name}_way")
        self.ways.chosen.connect(self.choose)
        self.stack = QStackedWidget()
        self._shown = {WORDS: self._offered(), OWN: self._own(), NONE: self._without()}
        for one in self._shown.values():
            self.stack.addWidget(one)
        box = column(self, spacing=tokens.M)
        box.addWidget(self.ways)
        box.addWidget(self.stack)
        self._show(WORDS)
        self.offer()

    # what there is to choose

    def _offered(self) -> QWidget:
        held = QWidget()
        box = column(held, spacing=tokens.S)
        tile = Card(f"{self._name}_tile", role="tile", margin=12)
        self.offered = Text("", "large", selectable=True, name=f"{self._name}_offered")
        self.offered.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        tile.add(self.offered)
        box.addWidget(tile)
        across = row()
        across.addWidget(Text(_("Easy to remember, hard to guess. Type them once here:"), "small"), 1)
        across.addWidget(Button(_("Other words"), kind="link", name=f"{self._name}_others", run=self.offer))
        box.addLayout(across)
        self.again_words = self._field("again_words", _("The four words"), in_sight=True)
        self.again_words.entered.connect(self.entered.emit)
        box.addWidget(self.again_words)
        box.addStretch(1)
        return held

    def _own(self) -> QWidget:
        held = QWidget()
        box = column(held, spacing=tokens.XS)
        box.addWidget(Text(_("Password"), "label"))
        self.first = self._field("first", _("Password"))
        box.addWidget(self.first)
        box.addWidget(Text(_("The same once more"), "label"))
        self.second = self._field("second", _("The same once more"))
        self.first.goes_on = True
        self.first.entered.connect(self.second.setFocus)
        self.second.entered.connect(self.entered.emit)
        box.addWidget(self.second)
        self.strength = Text("", "small", name=f"{self._name}_strength")
        box.addWidget(self.strength)
        box.addStretch(1)
        return held

    def _without(self) -> QWidget:
        held = QWidget()
        box = column(held, spacing=tokens.S)
        words = _(
            "The desk stays open: its key lies in your account on this computer. Whoever can use your account can open "
            "the desk; on another computer the file stays locked, even its backups. You can set a password at any time "
            "under “Settings”, “Officers and passwords”."
        )
        box.addWidget(Text(words))
        box.addStretch(1)
        return held

    def _field(self, name: str, label: str, *, in_sight: bool = False) -> PasswordField:
        made = PasswordField(f"{self._name}_{name}", label, in_sight=in_sight)
        made.edited.connect(self._edited)
        return made

    # choosing

    def choose(self, way: str) -> None:
        self.ways.set_current(way)
        self._show(way)
        self.begin()
        self.changed.emit()

    def _show(self, way: str) -> None:
        """That one, and no more room than it asks for."""
        for key, page in self._shown.items():
            fits = QSizePolicy.Policy.Preferred if key == way else QSizePolicy.Policy.Ignored
            page.setSizePolicy(QSizePolicy.Policy.Preferred, fits)
        self.stack.setCurrentWidget(self._shown[way])
        self.stack.updateGeometry()

    def offer(self) -> None:
        """Four other words."""
        from cpdesk.tasks.passwords import four_words

        self._words = four_words()
        self.offered.setText("  ".join(self._words.split()))
        self.again_words.clear()
        self.changed.emit()

    def way(self) -> str:
        return self.ways.current()

    def begin(self) -> None:
        """Stand where one types."""
        where = {WORDS: self.again_words, OWN: self.first}.get(self.way())
        if where is not None:
            where.setFocus(Qt.FocusReason.OtherFocusReason)

    def _edited(self) -> None:
        restyle(self.strength, "role", "small")
        self.strength.setText(self._weakness() or _("This is a good password.") if self.first.text() else "")
        self.changed.emit()

    def _weakness(self) -> str:
        from cpdesk.tasks.passwords import problem_of

        return problem_of(self.first.text(), self._whose())

    # the answer

    def password(self) -> str:
        """What was chosen; "" for none."""
        return {WORDS: self._words, OWN: self.first.text(), NONE: ""}[self.way()]

    def problem(self) -> str:
        """What is missing, in a sentence; "" where nothing is."""
        if self.way() == WORDS and fold(self.again_words.text()).replace(" ", "") != _bare(self._words):
            typed = bool(self.again_words.text().strip())
            return _("This is not the same.") if typed else _("Type the four words once, so that your hands know them.")
        if self.way() == OWN:
            weak = self._weakness()
            if weak:
                return weak
            if _bare(self.first.text()) != _bare(self.second.text()):
                return _("The two are not the same. Type the password once more.")
        return ""

    def forget(self) -> None:
        """Hold nothing of what was typed any more."""
        self._words = ""
        self.offered.setText("")
        for one in (self.again_words, self.first, self.second):
            one.clear()


def _bare(text: str) -> str:
    return fold(text).replace(" ", "")
