"""The letterhead: emblem, issuer, seat, the letters behind a number; whether offices below share our papers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QPixmap
from PySide6.QtWidgets import QFileDialog, QFrame, QLabel
from shiboken6 import isValid

from cpdesk.i18n import _
from cpdesk.kinds import Value
from cpdesk.records.paperwork import SERIES, own_id
from cpdesk.tasks import Desk
from cpdesk.tasks import desk as desks
from cpdesk.tasks.paperwork import emblem, keeping, standing
from cpdesk.tasks.paperwork.series import LETTERS, put_series
from cpdesk.tasks.undo import Undo
from ui import icons, messages, theme, tokens
from ui.context import Context
from ui.forms.form import FieldBox
from ui.forms.record_form import RecordForm
from ui.jobs import Progress
from ui.pages.papers_parts.fields import WAIT_MS, EvenBox, StandingForm, office_name
from ui.pages.papers_parts.section import Section
from ui.widgets.buttons import Button
from ui.widgets.notices import InlineMessage
from ui.widgets.surfaces import Card, SectionHeader, column, row
from ui.widgets.text import Text

PICTURE = 92  # pixels at text scale 1


class Letterhead(Section):
    key = "letterhead"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.form = RecordForm(context, "office", wait_ms=WAIT_MS)
        self.form.saved.connect(lambda _fields: self.kept.emit())
        self.number = StandingForm(context, SERIES, self._keep_suffix, self._back_to_usual)
        self._fields: Mapping[str, standing.Standing] = {}
        self.body.addWidget(self._head_card())
        self.body.addWidget(self._sharing_card())
        self.body.addStretch(1)

    def heading(self) -> str:
        return _("Letterhead")

    # building

    def _head_card(self) -> Card:
        card = Card("letterhead_card")
        card.add(SectionHeader(_("Letterhead")))
        card.add(Text(_("This stands at the head of every official paper."), "small"))
        across = row(spacing=tokens.L)
        self.emblem = EmblemBox(self.context)
        self.emblem.changed.connect(lambda: self.write("attachment"))
        across.addWidget(self.emblem, 0, Qt.AlignmentFlag.AlignTop)
        lines = column(spacing=tokens.XS)
        kind = self.form.kind
        lines.addWidget(EvenBox(kind.field("issuer"), self.form.add_editor("issuer")))
        self._issuer_hint = Text(_("The highest office first, one a line."), "small")
        lines.addWidget(self._issuer_hint)
        lines.addStretch(1)
        across.addLayout(lines, 1)
        card.body.addLayout(across)
        pair = row(spacing=tokens.M)
        pair.addWidget(EvenBox(kind.field("seat"), self.form.add_editor("seat")), 1)
        pair.addWidget(self.number.box("suffix"), 1)
        card.body.addLayout(pair)
        hint = _("The place stands before the date; the letters stand behind each letter number.")
        card.add(Text(hint, "small"))
        self.form.editors["issuer"].set_placeholder(desks.office(self.context.desk).text("name_km"))
        return card

    def _sharing_card(self) -> Card:
        card = Card("sharing_card")
        card.add(SectionHeader(_("Shared with offices below")))
        self._from_above = InlineMessage("", "accent", name="from_above")
        card.add(self._from_above)
        words = _(
            "Offices below this one start from our phrases and templates, and change only what is different there. "
            "Emblem, numbers and who signs stay each office's own. They go along with the next package."
        )
        self._told = Text(words, "small")
        self._shares = FieldBox(self.form.kind.field("shares_papers"), self.form.add_editor("shares_papers"))
        card.add(self._told, self._shares)
        return card

    # what stands

    def refresh(self) -> None:
        desk = self.context.desk
        if self.form.record is None:
            self.form.open(desks.office(desk).id)
        else:
            self.form.refresh()
        self._fields = standing.series(desk, LETTERS)
        self.number.show_fields(self._fields, own_id(SERIES, desk.office, LETTERS))
        self.emblem.refresh()
        above = keeping.layers(desk)[1:]
        words = _("{office} shares its phrases and templates. What you do not change follows them.")
        self._from_above.say(words.format(office=office_name(above[0])) if above else "", "accent")

    def _keep_suffix(self, values: dict[str, Value]) -> Mapping[str, standing.Standing]:
        self._fields = standing.put_series(self.context.undo, LETTERS, self._fields, values)
        self.write("series")
        return self._fields

    def _back_to_usual(self, name: str) -> None:
        put_series(self.context.undo, LETTERS, {name: None})
        self.refresh()
        self.write("series")

    def leave(self) -> None:
        self.form.flush()
        self.number.flush()

    def begin(self) -> None:
        self.form.editors["issuer"].focus()


class EmblemBox(QFrame):
    """The emblem as it is printed, with a way to choose, drop and remove one."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("emblem")
        self.setAcceptDrops(True)
        self.context = context
        self._shown: bytes | None = None
        box = column(self, spacing=tokens.XS)
        box.addWidget(Text(_("Emblem"), "label", wrap=False))
        self.picture = QLabel()
        self.picture.setObjectName("emblem_picture")
        side = theme.scaled(PICTURE)
        self.picture.setFixedSize(side + 2 * tokens.M, side)
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setProperty("role", "tile")
        box.addWidget(self.picture)
        self.choose = Button(_("Choose…"), icon="image", name="emblem_choose", run=self.ask)
        self.remove = Button(_("Remove"), kind="link", icon="x", name="emblem_remove", run=self.clear)
        box.addWidget(self.choose)
        box.addWidget(self.remove)
        self.setFixedWidth(side + 2 * tokens.M + 20)

    def refresh(self) -> None:
        data = emblem.picture(self.context.desk)
        if data == self._shown:
            return
        self._shown = data
        picture = QPixmap()
        if data and picture.loadFromData(data):
            side = theme.scaled(PICTURE) - 8
            keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            dots = self.devicePixelRatio()
            shown = picture.scaled(round((side + 20) * dots), round(side * dots), keep, smooth)
            shown.setDevicePixelRatio(dots)
            self.picture.setPixmap(shown)
            self.picture.setAccessibleName(_("The emblem as it is printed"))
        else:
            self.picture.setPixmap(icons.pixmap("landmark", "faint", 40))
            self.picture.setAccessibleName(_("No emblem"))
        self.remove.setVisible(bool(data))

    def ask(self) -> None:
        """Choose a picture in the folders of this computer."""
        words = _("Pictures") + " (*.png *.jpg *.jpeg)"
        file, _kind = QFileDialog.getOpenFileName(self, _("Which picture is the emblem?"), "", words)
        if file:
            self.take(Path(file))

    def take(self, path: Path) -> None:
        """Make the picture in that file the emblem."""

        def work(desk: Desk, _progress: Progress) -> Undo:
            undo = Undo(desk)
            emblem.put(undo, path)
            return undo

        def done(undo: Undo) -> None:
            self.context.undo.take_over(undo)
            if isValid(self):
                self.refresh()
                self.changed.emit()

        self.context.jobs.run(work, done=done, failed=lambda error: messages.show(self.window(), error))

    def clear(self) -> None:
        """No emblem any more."""
        with messages.shown(self.window()):
            emblem.clear(self.context.undo)
            self.refresh()
            self.choose.setFocus()
            self.changed.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.take(Path(files[0]))
