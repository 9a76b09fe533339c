"""People whose data nobody needs any more: looked at one by one, and removed together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QCheckBox, QWidget
from shiboken6 import isValid

from cpdesk import settings
from cpdesk.i18n import _, ngettext
from cpdesk.khmer import dates, digits
from ui import tokens
from ui.context import Context
from ui.dialogs.base import Dialog
from ui.dialogs.personal_remove import RemovePerson
from ui.pages.plan_side import clear
from ui.widgets.buttons import Button, Segments
from ui.widgets.surfaces import Divider, clear_out, column, row, scrolling
from ui.widgets.text import Text, literal

if TYPE_CHECKING:
    from cpdesk.tasks.personal import Unneeded

YEARS = (1, 3, 5, 10)
WIDE, HIGH, LEAST = 760, 580, 110  # pixels; of what is scrolled, with large letters on a small screen
MOST = 100  # lines; when these are gone, the next ones stand here


class Unused(Dialog):
    """Looked up in the worker, for the years that the office keeps data without need."""

    def __init__(self, context: Context, parent: QWidget | None) -> None:
        super().__init__(parent, _("Data that are needed no more"), name="unneeded", icon="shield")
        self.context = context
        self.setMaximumWidth(860)
        self.say(_("Nobody in this list has a seat or an open task, and for so long nothing was written of them:"))
        kept = settings.load().retention_years
        years = sorted({*YEARS, kept})
        names = [
            (str(n), ngettext("{count} year unused", "{count} years unused", n).format(count=digits.count(n)))
            for n in years
        ]
        self.years = Segments(names, name="unneeded_years")
        self.years.set_current(str(kept))
        self.years.chosen.connect(self._chosen)
        across = row(spacing=tokens.M)
        across.addWidget(self.years)
        across.addStretch(1)
        self.count = Text("", "small", wrap=False, name="unneeded_count")
        across.addWidget(self.count)
        self.body.addLayout(across)
        inner = QWidget()
        self._box = column(inner, spacing=tokens.S)
        self._box.setContentsMargins(0, 0, tokens.M, 0)
        area = scrolling(inner, "unneeded_scroll")
        area.setMinimumHeight(LEAST)
        clear(area)
        self.body.addWidget(area, 1)
        self.let_body_grow()
        self.ticks: dict[str, QCheckBox] = {}
        self.yes = self.add_button(_("Remove…"), self.remove, kind="danger", name="unneeded_remove", icon="user-x")
        self.add_button(_("Close"), self.accept, kind="primary", name="unneeded_close")
        room = parent.window().size() if parent is not None else QSize(WIDE, HIGH)
        self.tall = min(HIGH, room.height() - 60)
        self.resize(min(WIDE, room.width() - 60), self.tall)
        self._asked = 0
        self._look()

    def _chosen(self, years: str) -> None:
        settings.change(retention_years=int(years))
        self._look()

    def _look(self) -> None:
        from cpdesk.tasks import personal

        self._asked += 1
        asked, years = self._asked, int(self.years.current())

        def done(found: list[Unneeded]) -> None:
            if isValid(self) and asked == self._asked:
                self._show(found)

        self._ticked()
        self.context.jobs.run(lambda desk, _progress: personal.unneeded(desk, years), done=done)

    def _show(self, found: list[Unneeded]) -> None:
        clear_out(self._box)
        self.ticks = {}
        count = ngettext("{count} person", "{count} people", len(found))
        self.count.setText(count.format(count=digits.count(len(found))))
        if not found:
            self._box.addWidget(Text(_("Nobody: all that is kept is in use."), "muted", name="unneeded_none"))
        for one in found[:MOST]:
            if self.ticks:
                self._box.addWidget(Divider())
            self._box.addWidget(self._line(one))
        self._box.addStretch(1)
        self._ticked()

    def _line(self, one: Unneeded) -> QWidget:
        holder = QWidget()
        across = row(holder, spacing=tokens.M)
        words = column(spacing=0)
        tick = QCheckBox(literal(one.name))
        tick.setObjectName(f"unneeded_{one.person.id}")
        used = _("last use {day}").format(day=dates.short(one.used))
        tick.setAccessibleName(f"{one.name}, {used}")
        tick.toggled.connect(lambda _on: self._ticked())
        self.ticks[one.person.id] = tick
        words.addWidget(tick)
        words.addWidget(Text(" · ".join((one.person.label("position"), used, one.why)).removeprefix(" · "), "small"))
        across.addLayout(words, 1)
        show = Button(_("Show"), kind="link", name=f"show_{one.person.id}", run=lambda: self.go(one.person.id))
        show.setAccessibleName(_("Show {name}").format(name=f"{one.name}, {used}"))
        across.addWidget(show)
        return holder

    def chosen(self) -> list[str]:
        return [id_ for id_, tick in self.ticks.items() if tick.isChecked()]

    def _ticked(self) -> None:
        n = len(self.chosen())
        words = ngettext("Remove {count}…", "Remove {count}…", n).format(count=digits.count(n)) if n else _("Remove…")
        self.yes.set_text(words)
        self.yes.setEnabled(n > 0)

    def go(self, person: str) -> None:
        """Look at one before anything is decided."""
        self.accept()
        self.context.go("people", person)

    def remove(self) -> None:
        self.asked = RemovePerson(self.context, self.chosen(), self)
        self.asked.removed.connect(lambda _ids: self._look())
        self.asked.open()
