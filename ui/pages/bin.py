"""What was deleted, and the way back: nothing leaves a desk for good."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QListView, QWidget

from cpdesk.i18n import _, ngettext
from cpdesk.khmer import digits
from cpdesk.khmer.breaks import without_zwsp
from cpdesk.tasks import binned, records
from cpdesk.tasks.binned import Back, Binned
from ui import icons, messages, theme, tokens
from ui.actions import Action
from ui.context import Context
from ui.navigation import Location, Page
from ui.pages import places
from ui.pages.bin_list import ALL, BinDelegate, BinModel, families
from ui.pages.undoing import undo_actions
from ui.widgets.buttons import Button, Segments
from ui.widgets.editors.line import Line
from ui.widgets.notices import InlineMessage
from ui.widgets.surfaces import EmptyState, column, row
from ui.widgets.text import Text

LINE = 260  # pixels that the line for words has at least, beside the sorts
WAIT_MS = 150  # between a letter and the search for it


class BinPage(Page):
    """The records in the bin, the last deleted first; the parts that went with a record come back with it."""

    name: ClassVar[str] = "bin"
    kinds: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._last: Location | None = None  # where what came back last is shown
        whole = column(self, spacing=tokens.M)
        whole.setContentsMargins(tokens.XL, 20, tokens.XL, tokens.L)
        whole.addWidget(self._tools())
        self.told = InlineMessage(name="bin_told", button=_("Show it (Ctrl+Enter)"), run=self.show_last)
        whole.addWidget(self.told)
        self.list = BinList(self)
        self.model = BinModel(context.desk, self.list)
        self.list.setModel(self.model)
        self.list.setItemDelegate(BinDelegate(self.model, self.list))
        self.list.selectionModel().selectionChanged.connect(lambda _on, _off: self._count())
        whole.addWidget(self.list, 1)
        self.nothing = Text(_("Nothing in the bin fits these words. Try fewer letters, or “Everything”."), "muted")
        self.nothing.setObjectName("bin_nothing")
        whole.addWidget(self.nothing)
        whole.addLayout(self._foot())
        self.empty = EmptyState(
            "trash-2",
            _("The bin is empty. What is deleted comes here and can be brought back at any time."),
            example=_("Ctrl+Z brings back at once what was just deleted."),
            name="empty_bin",
        )
        whole.addWidget(self.empty, 1)
        whole.addStretch(0)

    def _tools(self) -> QWidget:
        self.tools = QWidget()
        across = self._across = row(self.tools, spacing=tokens.M)
        self.line = Line()
        self.line.setObjectName("bin_filter")
        self.line.setAccessibleName(_("Search in the bin"))
        self.line.setPlaceholderText(_("Search in the bin"))
        self.line.addAction(icons.icon("search", "muted", 16), Line.ActionPosition.LeadingPosition)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(WAIT_MS)
        self._soon.timeout.connect(self._read)
        self.line.textEdited.connect(lambda _text: self._soon.start())
        self.line.returnPressed.connect(self._to_list)
        self.families = Segments(families(), name="bin_family")
        self.families.chosen.connect(lambda _key: self._read())
        across.addWidget(self.line, 1)
        across.addWidget(self.families)
        return self.tools

    def _foot(self) -> QHBoxLayout:
        foot = row(spacing=tokens.M)
        self.summary = Text("", "small", name="bin_summary")
        foot.addWidget(self.summary, 1)
        self.back_button = Button(
            _("Bring back"), kind="primary", icon="undo-2", name="bin_back", run=self.bring_back_chosen
        )
        foot.addWidget(self.back_button)
        return foot

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the words are large and the window is small, the sorts stand under the line."""
        super().resizeEvent(event)
        narrow = self.families.sizeHint().width() + theme.scaled(LINE) > self.width()
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._across.setDirection(way)

    # what Page asks

    def title(self) -> str:
        return _("Bin")

    def open(self, record: str | None) -> None:
        self.told.say("")
        self._last = None
        super().open(record)

    def refresh(self) -> None:
        self._read()

    def begin(self) -> None:
        if self.model.rowCount():
            self.list.setFocus()
        elif self.tools.isVisibleTo(self):
            self.line.setFocus()

    def commands(self) -> list[Action]:
        some = lambda: bool(self.chosen())  # noqa: E731
        shown = lambda: self._last is not None  # noqa: E731
        return [
            Action("bring_back", _("Bring back"), self.bring_back_chosen, "undo-2", enabled=some),
            Action("show_back", _("Show what came back"), self.show_last, "eye", "Ctrl+Return", enabled=shown),
            *undo_actions(self.context),
        ]

    # what is shown

    def _read(self) -> None:
        self._soon.stop()
        at = max(0, self.list.currentIndex().row())
        text, family = without_zwsp(self.line.text()).strip(), self.families.current()
        self.model.read(family, text)
        rows = self.model.rowCount()
        bare = not rows and not text and family == ALL
        for widget in (self.tools, self.list, self.summary, self.back_button):
            widget.setVisible(not bare)
        self.list.setVisible(rows > 0)
        self.nothing.setVisible(not rows and not bare)
        self.empty.setVisible(bare)
        if rows:
            self.list.setCurrentIndex(self.model.index(min(at, rows - 1), 0))
        self._count()

    def _count(self) -> None:
        rows, chosen = self.model.rowCount(), len(self.chosen())
        words = ngettext("{count} record in the bin", "{count} records in the bin", rows)
        told = [words.format(count=digits.count(rows))]
        if chosen > 1:
            told.append(_("{count} chosen").format(count=digits.count(chosen)))
        elif rows > 1:
            told.append(_("Shift+↓ chooses several"))
        self.summary.setText(" · ".join(told))
        self.back_button.setEnabled(chosen > 0)

    def chosen(self) -> list[Binned]:
        rows = sorted(index.row() for index in self.list.selectedIndexes())
        return [one for at in rows if (one := self.model.at(at)) is not None]

    def _to_list(self) -> None:
        if self._soon.isActive():
            self._read()
        self.begin()

    # the way back

    def bring_back_chosen(self) -> None:
        """Take what is chosen out of the bin, into its place, and say where that is."""
        chosen = self.chosen()
        if not chosen:
            return
        with messages.shown(self.window()):
            back = binned.bring_back(self.context.undo, [one.record.id for one in chosen])
            self._last = places.place(self.context.desk, records.get(self.context.desk, back.asked[0]))
            self.told.say(self._words(back), "good")
            self.context.touched()
            QTimer.singleShot(0, self, self._after)  # once the list was read again

    def _after(self) -> None:
        if self.model.rowCount():
            self.list.setFocus()
        else:
            shown = self.told.findChild(Button)
            if shown is not None:
                shown.setFocus()

    def _words(self, back: Back) -> str:
        desk = self.context.desk
        parts = len(back.ids) - len(back.asked) - len(back.wholes)
        if len(back.asked) == 1:
            title = records.title(desk, back.asked[0])
            said = _("“{title}” is back.").format(title=title)
            if parts > 0 and not back.wholes:
                said = ngettext(
                    "“{title}” is back, with {count} part.", "“{title}” is back, with {count} parts.", parts
                ).format(title=title, count=digits.count(parts))
        else:
            said = _("{count} records are back.").format(count=digits.count(len(back.asked)))
        if back.wholes:
            along = ", ".join(records.title(desk, one) for one in back.wholes)
            said += " " + _("With it came what it is a part of, which lay here too: {titles}.").format(titles=along)
        return said

    def show_last(self) -> None:
        """Go to what came back last, in its place."""
        if self._last is not None:
            self.context.wanted.emit(self._last)


class BinList(QListView):
    """Enter brings back what is chosen."""

    def __init__(self, page: BinPage) -> None:
        super().__init__(page)
        self._page = page
        self.setObjectName("bin_list")
        self.setAccessibleName(_("Bin"))
        self.setProperty("role", "card")
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.doubleClicked.connect(self._pressed)

    def _pressed(self, _index: QModelIndex) -> None:
        self._page.bring_back_chosen()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._page.bring_back_chosen()
            return
        super().keyPressEvent(event)
