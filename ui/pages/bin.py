"""What was deleted, and the way back: nothing leaves a desk for good."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from cpdesk.i18n import _, ngettext
from cpdesk.khmer import dates, digits
from cpdesk.tasks import Desk, Record, exchange, records
from ui import icons, messages, tokens
from ui.context import Context
from ui.navigation import ScrollPage
from ui.pages import places
from ui.widgets.buttons import Button
from ui.widgets.surfaces import Card, Divider, EmptyState, clear_out, column, row
from ui.widgets.text import Text

MOST = 200  # rows that are built; the search in the list narrows more


class BinPage(ScrollPage):
    """The records in the bin, the last deleted first; the parts that went with a record come back with it."""

    name: ClassVar[str] = "bin"
    kinds: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.summary = Text("", "muted", name="bin_summary")
        self.body.addWidget(self.summary)
        self.card = Card("bin_list")
        self.body.addWidget(self.card)
        self.empty = EmptyState(
            "trash-2",
            _("The bin is empty. What is deleted comes here and can be brought back at any time."),
            name="empty_bin",
        )
        self.body.addWidget(self.empty, 1)
        self.body.addStretch(0)
        self._buttons: dict[str, Button] = {}

    def title(self) -> str:
        return _("Bin")

    def refresh(self) -> None:
        desk = self.context.desk
        found = sorted(((_deleted(desk, record), record) for record in records.bin(desk)), key=_when, reverse=True)
        clear_out(self.card.body)
        self._buttons.clear()
        for number, (when, record) in enumerate(found[:MOST]):
            if number:
                self.card.body.addWidget(Divider())
            self.card.body.addWidget(self._row(record, when))
        words = ngettext("{count} record in the bin", "{count} records in the bin", len(found))
        self.summary.setText(words.format(count=digits.count(len(found))))
        self.summary.setVisible(bool(found))
        self.card.setVisible(bool(found))
        self.empty.setVisible(not found)

    def _row(self, record: Record, when: places.Change | None) -> QWidget:
        desk = self.context.desk
        line = QWidget()
        line.setObjectName(f"bin_{record.id}")
        across = row(line, spacing=tokens.M)
        picture = Text("", wrap=False)
        picture.setPixmap(icons.pixmap(places.icon(record.kind), "muted"))
        across.addWidget(picture)
        words = column(spacing=0)
        title = records.named(desk, record)
        words.addWidget(Text(title))
        facts = (places.context_of(desk, record), _told(when), _joined(desk, record, when))
        words.addWidget(Text(" · ".join(filter(None, facts)), "small"))
        across.addLayout(words, 1)
        back = Button(_("Bring back"), icon="undo-2", name=f"back_{record.id}", run=lambda: self.bring_back(record.id))
        back.setAccessibleName(_("Bring back “{title}”").format(title=title))
        across.addWidget(back)
        self._buttons[record.id] = back
        return line

    def bring_back(self, id_: str) -> None:
        """Take a record out of the bin, with the parts that went with it, and say where it is."""
        with messages.shown(self.window()):
            back = records.undelete(self.context.desk, id_).ids
            record = records.get(self.context.desk, id_)
            self.context.touched()
            QTimer.singleShot(0, self, self.begin)  # once the list was read again
            parts = len(back) - 1
            title = records.named(self.context.desk, record)
            if parts > 0:
                said = ngettext(
                    "“{title}” is back, with {count} part.", "“{title}” is back, with {count} parts.", parts
                ).format(title=title, count=digits.count(parts))
            else:
                said = _("“{title}” is back.").format(title=title)
            self.context.say(said)

    def begin(self) -> None:
        first = next(iter(self._buttons.values()), None)
        if first is not None:
            first.setFocus()


def _joined(desk: Desk, record: Record, when: places.Change | None) -> str:
    """Into what it was joined, where that is why it lies here."""
    if when is None or when.decided != "joined":
        return ""
    found = [one for one in exchange.decisions(desk, record=record.id) if one.into]
    return _("joined into “{title}”").format(title=found[-1].shown) if found else ""


def _deleted(desk: Desk, record: Record) -> places.Change | None:
    """The change that put it here."""
    changes = [one for one in records.history(desk, record.id) if one.field == "_deleted" and one.value]
    return changes[-1] if changes else None


def _when(row: tuple[places.Change | None, Record]) -> float:
    return row[0].at.timestamp() if row[0] is not None else 0.0


def _told(when: places.Change | None) -> str:
    if when is None:
        return ""
    day = when.at.astimezone()
    return _("deleted on {day} at {time} by {name}").format(
        day=dates.short(day.date()), time=dates.clock(day.time()), name=when.by
    )
