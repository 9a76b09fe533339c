"""One follow-up with a box to tick, as it stands on the home page and at the head of an agenda."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from cpdesk.errors import NotFound
from cpdesk.i18n import _
from cpdesk.khmer import dates
from cpdesk.tasks import Record, records
from ui import icons, theme, tokens
from ui.context import Context
from ui.pages.meeting_parts.words import due_chip, one_line
from ui.widgets.buttons import Button
from ui.widgets.surfaces import Chip, Divider, column, row
from ui.widgets.text import ElidedText, Text


class Tick(QCheckBox):
    """A check box that Enter ticks too, and arrows leave for its neighbours; drawn large enough for a tired hand."""

    SIDE = 20

    def sizeHint(self) -> QSize:
        return QSize(self.SIDE + 6, self.SIDE + 6)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on, focus = self.isChecked(), self.hasFocus()
        box = QRectF(3, (self.height() - self.SIDE) / 2, self.SIDE, self.SIDE)
        painter.setBrush(theme.colour("accent" if on else "card"))
        live = on or focus or self.underMouse()
        painter.setPen(QPen(theme.colour("accent" if live else "muted"), 2 if focus else 1.3))
        painter.drawRoundedRect(box, 5, 5)
        if on:
            painter.drawPixmap(round(box.x()) + 2, round(box.y()) + 2, icons.pixmap("check", "on_accent", 16))
        if focus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("accent"), 1))
            painter.drawRoundedRect(box.adjusted(-2.5, -2.5, 2.5, 2.5), 7, 7)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)


class FollowUpTick(QWidget):
    """Ticking saves it as done today; ticking again, or undo, takes it back."""

    def __init__(self, context: Context, record: Record, *, line: bool = True, link: bool = False) -> None:
        super().__init__()
        self.context = context
        self.record = record
        self.setObjectName(f"tick_{record.id}")
        whole = column(self, spacing=0)
        across = row(spacing=tokens.M)
        across.setContentsMargins(0, tokens.S, 0, tokens.S)
        self.box = Tick()
        self.box.setObjectName(f"done_{record.id}")
        self.box.setChecked(record["state"] == "done")
        self.box.setAccessibleName(_("Done: {text}").format(text=record.title))
        self.box.clicked.connect(self._ticked)
        across.addWidget(self.box, 0, Qt.AlignmentFlag.AlignVCenter)
        words = column(spacing=0)
        words.addWidget(Text(record.text("text") or "—"))
        words.addLayout(self._about(link))
        across.addLayout(words, 1)
        chip = due_chip(record, date.today())
        if chip.text:
            across.addWidget(Chip(chip.text, chip.role), 0, Qt.AlignmentFlag.AlignVCenter)
        whole.addLayout(across)
        if line:
            whole.addWidget(Divider())

    def _about(self, link: bool) -> QHBoxLayout:
        across = row(spacing=tokens.XS)
        who = records.show(self.context.desk, self.record, "responsible")
        day = self._day()
        where = _("from the meeting of {day}").format(day=dates.day_month(day)) if day else ""
        if not link or not where:
            across.addWidget(Text(one_line(who, where), "small"), 1)
            return across
        if who:
            across.addWidget(ElidedText(f"{who} ·", "small"))
        across.addWidget(Button(where, kind="link", name=f"from_{self.record.id}", run=self._lead_on))
        across.addStretch(1)
        return across

    def _day(self) -> date | None:
        held = self.record["meeting"]
        if not isinstance(held, str):
            return None
        try:
            day = records.get(self.context.desk, held)["date"]
        except NotFound:
            return None
        return date.fromisoformat(day) if isinstance(day, str) else None

    def _lead_on(self) -> None:
        self.context.go("meeting", self.record.text("meeting"), part="follow_up")

    def _ticked(self, on: bool) -> None:
        values = {"state": "done", "done_on": date.today().isoformat()} if on else {"state": "open", "done_on": None}
        self.context.undo.save("follow_up", values, self.record.id)
        self.context.touched("follow_up")
        if on:
            self.context.say(_("Done. Ctrl+Z takes it back."))
