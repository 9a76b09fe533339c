"""Search over everything, and every command, in one line (Ctrl+K).

Records are looked up in a worker of their own as one types, Khmer inside words and Latin alike; commands answer at
once. An empty line offers what was looked at lately and what can be done here. Tab narrows to one sort of records, ">"
before the words to commands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QDialog, QFrame, QListView, QVBoxLayout, QWidget
from shiboken6 import isValid

from cpdesk.errors import UserError
from cpdesk.i18n import _
from cpdesk.khmer.breaks import without_zwsp
from cpdesk.tasks import Desk
from ui import icons, theme, tokens
from ui.dialogs import palette_entries
from ui.dialogs.palette_entries import COMMANDS, EVERYTHING, Answer, Entry, look_up
from ui.dialogs.palette_paint import ENTRY, HEAD, EntryDelegate
from ui.helping import with_help
from ui.jobs import Job, Progress
from ui.widgets.buttons import Segments
from ui.widgets.editors.line import Line
from ui.widgets.text import Text

if TYPE_CHECKING:
    from ui.main_window import MainWindow

MOST_COMMANDS = 8
FIRST = 3  # commands that begin with what was typed, which stand before all that was found
LATELY = 6
WIDTH = 680
ONLY_COMMANDS = ">"


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
        self._asked = ("", EVERYTHING)
        self._other_words: dict[str, str] = {}
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
        self.families = Segments(palette_entries.families(), name="palette_family")
        for button in self.families.findChildren(QWidget):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._family = EVERYTHING  # as chosen; ">" shows the commands for as long as it stands there
        self.families.chosen.connect(self._choose)
        inner.addWidget(self.families)
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
        with_help(self)
        self.line.setFocus()

    def _stand(self) -> None:
        """In the upper middle of the window."""
        room = self._window.size()
        width = min(theme.scaled(WIDTH), room.width() - 2 * tokens.XL)
        self._most = min(theme.scaled(540), room.height() - 80)
        self.setFixedSize(width, self._most)
        self.move(self._window.mapToGlobal(QPoint((room.width() - width) // 2, 48)))

    # what is found

    def entries(self) -> list[Entry]:
        """What is offered now, from the top."""
        found = (self._model.item(n).data(ENTRY) for n in range(self._model.rowCount()))
        return [entry for entry in found if isinstance(entry, Entry)]

    def _typed(self) -> None:
        text, family = without_zwsp(self.line.text()).strip(), self._family
        if text.startswith(ONLY_COMMANDS):
            text, family = text[1:].strip(), COMMANDS
        self.families.set_current(family)
        self._asked = (text, family)
        self._at_once = False
        if self._job is not None:
            self._job.cancel()
            self._job = None
        if not text:
            self._offer()
        elif family == COMMANDS:
            self._show_found(Answer())
        else:
            self._look_up(text, family)

    def _look_up(self, text: str, family: str) -> None:
        asked = self._asked
        self._slow.start()

        def work(desk: Desk, _progress: Progress) -> Answer:
            return look_up(desk, text, family)

        def done(found: Answer) -> None:
            if isValid(self) and asked == self._asked:  # an older answer never overwrites a newer one
                self._show_found(found)

        def failed(error: BaseException) -> None:
            if isValid(self) and asked == self._asked:
                self._failed(error)

        self._job = self._window.lookups().run(work, done=done, failed=failed)

    def _failed(self, error: BaseException) -> None:
        """The desk is busy with something long, such as a merge: said, and asked again with the next letter."""
        if not isinstance(error, UserError):
            raise error
        self._show_found(Answer())
        self._say(str(error))

    def _waiting(self) -> None:
        """It takes a while: commands at least are there at once."""
        self._fill([(_("Commands"), self._commands())])
        self._say(_("Searching…"))

    def _offer(self) -> None:
        """What there is without a word: lately seen, then what can be done here and anywhere."""
        self._slow.stop()
        family = self._asked[1]
        seen = palette_entries.recent(self._window.context.desk, self._window.seen, family)
        here = [action for action in self._window.actions_.all() if action.is_enabled()]
        first = [palette_entries.command(action) for action in here if action.group == "page"]
        rest = [palette_entries.command(action) for action in here if action.group != "page" and action.icon]
        groups = [(_("Lately looked at"), seen[:LATELY])] if family != COMMANDS else []
        if family in (EVERYTHING, COMMANDS):
            groups += [(_("This page"), first), (_("Commands"), rest)]
        self._fill(groups)
        self._say(_("Tab: one sort of records only · > before the words: commands only"))

    def _commands(self) -> list[Entry]:
        text, family = self._asked
        if family not in (EVERYTHING, COMMANDS):
            return []
        if not self._other_words:
            self._other_words = self._window.other_words()
        found = self._window.actions_.find(text, self._other_words)
        return [palette_entries.command(action) for action in found]

    def _show_found(self, found: Answer) -> None:
        self._slow.stop()
        self._job = None
        text = self._asked[0]
        commands = self._commands()[:MOST_COMMANDS]
        first = [one for one in commands if one.title.casefold().startswith(text.casefold())][:FIRST]
        head = _("One letter is different") if found.near else _("Found")
        rest = [one for one in commands if one not in first]
        self._fill([(_("Commands"), first), (head, list(found.entries)), (_("Commands"), rest)])
        self._say(self._told(found, bool(commands)))
        if self._at_once:
            self._take(self.list.currentIndex())

    def _told(self, found: Answer, commands: bool) -> str:
        text, family = self._asked
        if not found.all_read:
            return _("Much has just arrived and is still being read in; not all of it is found yet.")
        if found.near:
            return _("Nothing holds “{text}” to the letter.").format(text=text)
        if found.entries or commands:
            return ""
        nothing = _(
            "Nothing holds “{text}”. Try fewer letters or another word; the words may stand in any order. A day is"
            " found by its date, such as 23/6/2022."
        )
        elsewhere = "" if family == EVERYTHING else " " + _("Or search everything: Shift+Tab.")
        return nothing.format(text=text) + elsewhere

    def _fill(self, groups: list[tuple[str, list[Entry]]]) -> None:
        self._model.clear()
        for head, entries in groups:
            if entries:
                title = QStandardItem(head)
                title.setData(True, HEAD)
                title.setFlags(Qt.ItemFlag.NoItemFlags)
                self._model.appendRow(title)
            for entry in entries:
                item = QStandardItem(entry.title)
                item.setData(entry, ENTRY)
                item.setData(entry.spoken(), Qt.ItemDataRole.AccessibleTextRole)
                item.setEditable(False)
                self._model.appendRow(item)
        self._move(1, at=-1)
        self.list.setVisible(self._model.rowCount() > 0)

    def _say(self, text: str) -> None:
        """A sentence at the foot, and the window as high as what it shows."""
        self.said.setText(text)
        self.said.setVisible(bool(text))
        rows = sum(self.list.sizeHintForRow(n) for n in range(self._model.rowCount()))
        words = self.said.heightForWidth(self.width() - 26) + tokens.S if text else 0
        around = self.line.sizeHint().height() + self.families.sizeHint().height() + 2 * tokens.S + 26
        self.setFixedHeight(min(self._most, rows + around + words))

    # the hand

    def _move(self, step: int, *, at: int | None = None) -> None:
        """To the next line that can be taken, over the heads."""
        row = self.list.currentIndex().row() if at is None else at
        wanted = row + step
        while 0 <= wanted < self._model.rowCount() and self._model.item(wanted).data(HEAD):
            wanted += 1 if step > 0 else -1
        if 0 <= wanted < self._model.rowCount():
            self.list.setCurrentIndex(self._model.index(wanted, 0))
            entry = self._model.item(wanted).data(ENTRY)  # read out, since the focus stays in the line
            self.line.setAccessibleDescription(entry.spoken() if isinstance(entry, Entry) else "")
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
            if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                self._narrow(1 if key == Qt.Key.Key_Tab else -1)
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._at_once = self._job is not None and self._slow.isActive()
                if not self._at_once:
                    self._take(self.list.currentIndex())
                return True
        return False

    def _narrow(self, step: int) -> None:
        """To the next sort of records, or the one before."""
        keys = [key for key, _word in palette_entries.families()]
        self._choose(keys[(keys.index(self._family) + step) % len(keys)])

    def _choose(self, family: str) -> None:
        self._family = family
        self._typed()

    def changeEvent(self, event: QEvent) -> None:
        """Gone as soon as one works elsewhere."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange:
            if self._was_active and not self.isActiveWindow() and self.findChild(QDialog) is None:
                self.close()
            self._was_active = self.isActiveWindow()

    def _take(self, index: QModelIndex) -> None:
        entry = index.data(ENTRY) if index.isValid() else None
        if not isinstance(entry, Entry):
            return
        window, location = self._window, entry.location
        self.close()
        window.activateWindow()
        if location is not None:  # once the window has the focus again, which goes to the very row
            QTimer.singleShot(0, window, lambda: window.go(location))
        else:
            QTimer.singleShot(0, window, lambda: window.actions_.trigger(entry.command))
