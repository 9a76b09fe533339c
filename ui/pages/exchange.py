"""Send and receive: packages in with the board of who delivered, differences to settle, packages out, cards."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from cpdesk.gazetteer import NATION
from cpdesk.i18n import _
from cpdesk.tasks import board, exchange
from ui import drives, theme, tokens
from ui.actions import Action
from ui.context import Context
from ui.dialogs.preview import Paper, show_preview
from ui.navigation import ScrollPage
from ui.pages.differences import DifferencesView
from ui.pages.differences_parts.decided import Came
from ui.pages.exchange_board import Board
from ui.pages.exchange_imports import Imports
from ui.pages.exchange_offices import OfficesView
from ui.pages.exchange_receive import Receiving
from ui.pages.exchange_send import SendView
from ui.pages.exchange_settle import SettlePanel
from ui.pages.undoing import undo_actions
from ui.widgets.buttons import Button, Segments
from ui.widgets.guards import stops, tab_through
from ui.widgets.surfaces import EmptyState, column, row

NARROW = 860
SPARE = 3 * tokens.XL  # pixels over, between and under the views and what stands below them


class ExchangePage(ScrollPage):
    name = "exchange"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._chosen_view = False
        self.views = Segments(
            (
                ("receive", _("Receive")),
                ("differences", _("Differences")),
                ("send", _("Send")),
                ("offices", _("Cards of offices")),
            ),
            name="exchange_view",
        )
        self.body.addWidget(self.views)
        self.receiving = Receiving(context)
        self.send = SendView(context)
        self.offices = OfficesView(context)
        self.differences = DifferencesView(context)
        self._pages = {
            "receive": self._receive(),
            "differences": self.differences,
            "send": self.send,
            "offices": self.offices,
        }
        for widget in self._pages.values():  # no stack: it would be as tall as its tallest page
            widget.hide()
            self.body.addWidget(widget, 1)
        self.views.chosen.connect(self.show_view)
        self.send.cards_wanted.connect(lambda: self.show_view("offices"))
        self.receiving.card_offered.connect(self._card)
        self.sticks = drives.Sticks(self)
        self.sticks.changed.connect(self.receiving.drop.show_drives)
        self.sticks.revisited.connect(self.receiving.drop.show_drives)
        self.sticks.changed.connect(self.send.show_drives)

    def _receive(self) -> QWidget:
        holder = QWidget()
        self._across: QBoxLayout = row(holder, spacing=tokens.L)
        left = column(spacing=tokens.M)
        left.addWidget(self.receiving)
        self.came = Came(self.context)
        self.came.wanted.connect(self._decided)
        self.receiving.merged.connect(self._merged)
        left.addWidget(self.came)
        self.board = Board()
        left.addWidget(self.board)
        self.print_board = Button(
            _("Print the board…"), kind="link", icon="printer", name="print_board", run=self._print_board
        )
        left.addWidget(self.print_board, 0, Qt.AlignmentFlag.AlignLeft)
        self.imports = Imports(self.context)
        left.addWidget(self.imports)
        self.empty = EmptyState(
            "inbox",
            _("Packages from other offices are merged here; nobody's work is overwritten."),
            button=_("Take the first card"),
            run=lambda: self.show_view("offices"),
            example=_("For example: the province accepts the card of each district, then drops their packages here"),
            name="empty_board",
        )
        left.addWidget(self.empty)
        left.addStretch(1)
        self.settle = SettlePanel(self.context)
        self.settle.all_wanted.connect(lambda: self.show_view("differences"))
        self._across.addLayout(left, 1)
        self._across.addWidget(self.settle, 0, Qt.AlignmentFlag.AlignTop)
        return holder

    def title(self) -> str:
        return _("Send and receive")

    def refresh(self) -> None:
        desk = self.context.desk
        rows = exchange.offices(desk)
        differing = exchange.conflicts(desk)
        if not self._chosen_view:
            self._chosen_view = True
            self.show_view("receive" if len(desk.office) <= 2 or differing else "send")
        missing = board.without_card(desk) if rows and len(desk.office) == 2 else []
        head = _("District, municipality") if len(desk.office) == 2 else _("Office")
        head = _("Province, capital") if desk.office == NATION else head
        self.board.show_board(board.lines(desk, date.today()), missing, head=head)
        self.board.setVisible(bool(rows))
        self.print_board.setVisible(bool(rows))
        self.imports.show_packages(exchange.packages(desk))
        self.empty.setVisible(not rows)
        self.settle.show_conflicts(differing)
        self.differences.show_waiting(differing)
        self._line_up()
        self.send.refresh(rows)
        self.offices.refresh(rows)

    def _merged(self, found: list[exchange.Merged]) -> None:
        self.came.show_merged(found)
        self._line_up()

    def _line_up(self) -> None:
        """Tab goes through what is received from top to bottom, then through what differs."""
        left = (self.receiving, self.came)
        tab_through(
            [*(one for part in left for one in stops(part)), self.print_board, *self.imports.stops(),
             self.empty.button or self.empty, *self.settle.stops()]
        )  # fmt: skip

    def show_view(self, key: str) -> None:
        """`receive`, `differences`, `send` or `offices`."""
        self._chosen_view = True
        self.views.set_current(key)
        for name, page in self._pages.items():
            page.setVisible(name == key)
        if key == "receive" and self.isVisible():
            self.sticks.look(again=True)
        here = self.window().focusWidget()
        if self.isVisible() and not (here and self.views.isAncestorOf(here)):  # arrows go on through the views
            self.begin()
        self.area.verticalScrollBar().setValue(0)

    def turn(self, key: str) -> None:
        """To a view, with the hands on what is done there."""
        self.show_view(key)
        self.begin()

    def state(self) -> dict[str, object]:
        return super().state() | {"view": self.views.current(), "differing": self.differences.state()}

    def restore(self, state: dict[str, object]) -> None:
        view = state.get("view")
        if view in self._pages:
            self.show_view(str(view))
        differing = state.get("differing")
        if isinstance(differing, dict):
            self.differences.restore(differing)
        difference = state.get("difference")
        if isinstance(difference, str):
            self.settle.show_difference(difference)
        super().restore(state)

    def begin(self) -> None:
        {
            "receive": self.receiving.begin,
            "differences": self.differences.begin,
            "send": self.send.begin,
            "offices": self.offices.begin,
        }[self.views.current()]()

    def commands(self) -> list[Action]:
        return [
            Action("receive", _("Receive packages"), lambda: self.turn("receive"), "inbox", shortcut="Alt+1"),
            Action("pick", _("Choose packages to merge"), self._pick, "folder-open", shortcut="Ctrl+Shift+O"),
            Action("differences", _("Differences"), lambda: self.turn("differences"), "scale", shortcut="Alt+2"),
            Action("send", _("Write a package"), lambda: self.turn("send"), "usb", shortcut="Alt+3"),
            Action("cards", _("Cards of offices"), lambda: self.turn("offices"), "contact", shortcut="Alt+4"),
            Action("print", _("Print the board…"), self._print_board, "printer"),
            *undo_actions(self.context),
        ]

    def offer(self, paths: list[Path]) -> None:
        """Packages that were dropped on the window or double clicked: look into them."""
        self.show_view("receive")
        self.receiving.offer(paths)

    def _print_board(self) -> None:
        show_preview(self.context, Paper("board", self.context.desk.office), self.window())

    def _decided(self, packages: list[int]) -> None:
        self.show_view("differences")
        self.differences.show_decided(packages)

    def _pick(self) -> None:
        self.show_view("receive")
        self.receiving.drop.pick.click()

    def _card(self, path: Path) -> None:
        self.show_view("offices")
        self.offices.take_card(path)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.sticks.look(again=True)
        self.sticks.start()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.WindowActivate:
            self.sticks.look(again=True)  # one comes back from where files are copied
        return super().event(event)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.sticks.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < theme.scaled(NARROW)
        if narrow:
            self.settle.let_grow()
        else:
            self.settle.stand_beside(self.height() - self.views.sizeHint().height() - SPARE)
        self._across.setAlignment(self.settle, Qt.AlignmentFlag(0) if narrow else Qt.AlignmentFlag.AlignTop)
        self._across.setStretch(0, 0 if narrow else 1)
        self._across.setStretch(1, 1 if narrow else 0)
        self._across.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
