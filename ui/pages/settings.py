"""What belongs to this person, office and computer: language and look, names, letterhead, care of the desk."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QGridLayout, QWidget

from cpdesk import settings
from cpdesk.errors import UserError
from cpdesk.i18n import _, language, ngettext
from cpdesk.khmer import digits
from cpdesk.khmer.breaks import without_zwsp
from cpdesk.tasks import Desk, attachments
from cpdesk.tasks import desk as desks
from ui import look, messages, tokens
from ui.actions import Action
from ui.context import Context
from ui.forms.record_form import RecordForm
from ui.jobs import Progress
from ui.navigation import ScrollPage
from ui.widgets.buttons import Button, Segments
from ui.widgets.editors.line import Line
from ui.widgets.notices import InlineMessage
from ui.widgets.surfaces import Card, SectionHeader, column, row
from ui.widgets.text import Text

if TYPE_CHECKING:
    from cpdesk.tasks.desk import Copied

SIZES = (90, 100, 115, 130, 150)  # per cent


class SettingsPage(ScrollPage):
    """All of it holds at once; there is nothing to confirm."""

    name: ClassVar[str] = "settings"
    kinds: ClassVar[frozenset[str]] = frozenset({"office", "body"})

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        grid = QGridLayout()
        grid.setSpacing(tokens.L)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        left, right = column(spacing=tokens.L), column(spacing=tokens.L)
        left.addWidget(self._look_card())
        left.addWidget(self._person_card())
        left.addWidget(self._desk_card())
        left.addStretch(1)
        right.addWidget(self._office_card())
        right.addStretch(1)
        grid.addLayout(left, 0, 0)
        grid.addLayout(right, 0, 1)
        self.body.addLayout(grid)
        self.body.addStretch(1)

    def title(self) -> str:
        return _("Settings")

    def commands(self) -> list[Action]:
        return [
            Action("backup", _("Back up now…"), self.ask_and_back_up, "download"),
            Action("check", _("Check the desk now"), self.check, "circle-check"),
            Action("tidy", _("Tidy up the attached files"), self.tidy, "paperclip"),
        ]

    # language and look

    def _look_card(self) -> Card:
        card = Card("settings_look")
        card.add(SectionHeader(_("Language and look")))
        self.language = Segments((("km", "ខ្មែរ"), ("en", "English")), name="settings_language")
        self.language.set_current(language())
        self.language.chosen.connect(self.context.language_wanted.emit)
        here = look.size()
        sizes = tuple(sorted({*SIZES, here}))
        self.text_size = Segments([(str(one), _percent(one)) for one in sizes], name="settings_size")
        self.text_size.set_current(str(here))
        self.text_size.chosen.connect(lambda key: QTimer.singleShot(0, self, lambda: look.use_size(int(key))))
        schemes = (("system", _("As the computer")), ("light", _("Light")), ("dark", _("Dark")))
        self.theme = Segments(schemes, name="settings_theme")
        self.theme.set_current(settings.load().theme)
        self.theme.chosen.connect(lambda key: QTimer.singleShot(0, self, lambda: look.use_theme(key)))
        choices = ((_("Language"), self.language), (_("Text size"), self.text_size), (_("Theme"), self.theme))
        for words, choice in choices:
            box = column(spacing=2)
            box.addWidget(Text(words, "label", wrap=False))
            box.addWidget(choice)
            card.body.addLayout(box)
        return card

    # the person

    def _person_card(self) -> Card:
        card = Card("settings_person")
        card.add(SectionHeader(_("Your name")))
        self.officer = Line()
        self.officer.setObjectName("settings_officer")
        self.officer.setAccessibleName(_("Your name"))
        self.officer.left.connect(self._rename)
        self.officer.returnPressed.connect(self._rename)
        self._officer_problem = InlineMessage("", "bad", name="settings_officer_problem")
        card.add(self.officer, self._officer_problem)
        card.add(Text(_("It stands beside each change that you make, so that others know whom to ask."), "small"))
        return card

    def _rename(self) -> None:
        desk = self.context.desk
        name = " ".join(without_zwsp(self.officer.text()).split())
        if name == desk.officer:
            self._officer_problem.say("")
            return
        try:
            desks.set_officer(desk, name)
        except UserError as error:
            self._officer_problem.say(str(error), "bad")
            return
        self._officer_problem.say("")
        # The worker's own connection read the old name when it was opened.
        self.context.jobs.run(lambda worker, _progress: desks.set_officer(worker, name))
        self.context.say(_("From now on changes bear the name “{name}”.").format(name=name))

    # the office

    def _office_card(self) -> Card:
        card = Card("settings_office")
        card.add(SectionHeader(_("The office and its letterhead")))
        card.add(Text(_("This stands on every paper that the desk prints."), "small"))
        self.form = RecordForm(self.context, "office")
        for name in ("name_km", "name_en", "issuer", "seat", "committee", "rate"):
            self.form.line((name, 1))
        if len(self.context.desk.office) <= 2:  # offices hand in packages to this one
            self.form.line(("packages_every", 2), ("packages_day", 1))
        self.form.saved.connect(lambda _fields: self.context.renamed.emit())
        card.add(self.form)
        words = _("Letterhead, forms, letter numbers…")
        card.add(Button(words, icon="file-text", name="settings_papers", run=lambda: self.context.go("papers")))
        return card

    # the desk

    def _desk_card(self) -> Card:
        card = Card("settings_desk")
        card.add(SectionHeader(_("The desk")))
        self.where = Text("", selectable=True, name="settings_path")
        box = column(spacing=2)
        box.addWidget(Text(_("The desk's file"), "label", wrap=False))
        box.addWidget(self.where)
        card.body.addLayout(box)
        card.add(
            Text(
                _(
                    "Its key lies in your account on this computer. A backup guards against a lost or damaged file; "
                    "to open it, the same account is needed."
                ),
                "small",
            )
        )
        self.said = InlineMessage("", "good", name="settings_said")
        card.add(self.said)
        for buttons in (
            (
                Button(_("Back up now…"), icon="download", name="settings_backup", run=self.ask_and_back_up),
                Button(_("Check the desk now"), icon="circle-check", name="settings_check", run=self.check),
            ),
            (Button(_("Tidy up the attached files"), icon="paperclip", name="settings_tidy", run=self.tidy),),
            (
                Button(_("Open the folder"), icon="folder-open", name="settings_folder", run=self._folder),
                Button(_("Open another desk…"), icon="external-link", name="settings_open", run=self._other),
            ),
        ):
            across = row()
            for button in buttons:
                across.addWidget(button)
            across.addStretch(1)
            card.body.addLayout(across)
        return card

    def _other(self) -> None:
        self.context.want_desk("open")

    def _folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.context.desk.path.parent)))

    def ask_and_back_up(self) -> None:
        """Ask for a folder, best on a stick, and copy the desk there."""
        folder = QFileDialog.getExistingDirectory(
            self, _("In which folder shall the backup lie?"), str(self.context.desk.path.parent)
        )
        if folder:
            self.back_up(Path(folder))

    def back_up(self, folder: Path) -> None:
        """A whole, verified copy under today's name."""
        target = backup_name(self.context.desk, folder, datetime.now())

        def work(desk: Desk, _progress: Progress) -> Copied:
            return desks.backup(desk, target)

        def done(copied: Copied) -> None:
            words = _("Backed up: {records} records in “{file}”.")
            self.said.say(words.format(records=digits.number(copied.records), file=copied.file.name), "good")

        self.context.jobs.run(work, title=_("Backing up…"), done=done, failed=self._failed)

    def check(self) -> None:
        """Look at every change and every chain, and say what was found."""

        def work(desk: Desk, _progress: Progress) -> tuple[bool, str]:
            health = desks.check(desk)
            if not health.ok:
                return False, " ".join(health.problems)
            changes = ngettext("{count} change", "{count} changes", health.ops).format(count=digits.number(health.ops))
            whole = _("The desk is whole: {records} records, {changes}, nothing is missing.").format(
                records=digits.number(health.records), changes=changes
            )
            return True, f"{whole} {_awaited(health.awaited)}".strip()

        def done(found: tuple[bool, str]) -> None:
            self.said.say(found[1], "good" if found[0] else "bad")

        self.context.jobs.run(work, title=_("Checking…"), done=done, failed=self._failed)

    def tidy(self) -> None:
        """Take away contents that belong to nothing, and those that are damaged; and say how many still wait."""

        def work(desk: Desk, _progress: Progress) -> tuple[attachments.Tidied, int]:
            return attachments.tidy(desk), attachments.awaited(desk)

        def done(found: tuple[attachments.Tidied, int]) -> None:
            tidied, waiting = found
            if tidied.bytes or tidied.damaged:
                words = _("Made room for {size}.").format(size=attachments.size_text(tidied.bytes))
            else:
                words = _("All attached files are whole, and none is left over.")
            self.said.say(f"{words} {_awaited(waiting)}".strip(), "warning" if tidied.damaged else "good")

        self.context.jobs.run(work, title=_("Tidying up…"), done=done, failed=self._failed)

    def _failed(self, error: BaseException) -> None:
        self.said.say("")
        messages.show(self.window(), error)

    # the page

    def open(self, record: str | None) -> None:
        self.form.open(desks.office(self.context.desk).id)
        super().open(record)

    def refresh(self) -> None:
        desk = self.context.desk
        if not self.officer.hasFocus():
            self.officer.setText(desk.officer)
        self.where.setText(str(desk.path))
        self.form.refresh()

    def leave(self) -> None:
        self._rename()
        self.form.flush()

    def begin(self) -> None:
        self.officer.setFocus()


def _awaited(count: int) -> str:
    """What is said of files that are named here and have not come; nothing where there are none."""
    if not count:
        return ""
    return ngettext(
        "{count} file has not been received yet; later packages bring it.",
        "{count} files have not been received yet; later packages bring them.",
        count,
    ).format(count=digits.number(count))


def backup_name(desk: Desk, folder: Path, now: datetime) -> Path:
    """The desk's own name with the day and the time, so that backups stand in order and none replaces another."""
    return folder / f"{desk.path.stem}-{now:%Y-%m-%d-%H%M%S}.cpbackup"


def _percent(n: int) -> str:
    return f"{digits.count(n)}%"
