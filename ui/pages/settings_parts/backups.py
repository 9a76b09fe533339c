"""When the desk is backed up, where to, how the last time went, and the way back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from cpdesk import settings
from cpdesk.i18n import _
from cpdesk.tasks import backups
from ui.backing_up import last_words, run
from ui.context import Context
from ui.pages.settings_parts.rows import SettingCard, SettingRow
from ui.widgets.buttons import Button, Segments
from ui.widgets.notices import InlineMessage
from ui.widgets.text import Text


class BackupCard(SettingCard):
    def __init__(self, context: Context) -> None:
        super().__init__("backups")
        self.context = context
        self.last = InlineMessage("", "neutral", name="settings_last_backup")
        self.add(self.last)
        times = (
            ("hour", _("Each hour")),
            ("day", _("Each day")),
            ("close", _("When closing")),
            ("off", _("Never")),
        )
        self.when = Segments(times, name="settings_backup")
        self.when.set_current(settings.load().backup_when)
        self.when.chosen.connect(self._choose_time)
        self.first = self.when.findChild(Button, f"settings_backup_{settings.load().backup_when}")
        words = _("A whole copy, read back and compared, while you go on working. Nothing new, no copy.")
        self.add_row(SettingRow("backup_when", _("By itself"), words, self.when))
        self.add_row(self._folder_row())
        self.now = Button(_("Back up now"), icon="download", name="settings_backup", run=self.back_up)
        self.elsewhere = Button(_("To another folder…"), name="settings_backup_to", run=self.ask_and_back_up)
        words = _("Before something large, or onto a stick that goes into a drawer. Such copies are never thinned.")
        self.add_row(SettingRow("backup_now", _("By hand"), words, self.now, self.elsewhere))
        restore = Button(
            _("Bring back from a backup…"), icon="rotate-ccw", name="settings_restore",
            run=lambda: context.want_desk("restore"),
        )  # fmt: skip
        words = _("You see what a backup holds before anything changes, and the present desk is kept beside it.")
        self.add_row(SettingRow("restore", _("The way back"), words, restore))

    def _folder_row(self) -> SettingRow:
        self.folder = Text("", "small", selectable=True, name="settings_backup_folder")
        choose = Button(_("Choose…"), icon="folder-open", name="settings_backup_choose", run=self._ask_folder)
        words = _(
            "Best on another disk or a stick: a broken disk then takes only one of the two. Of the old ones the last "
            "of each day of a week, each week of a month and each month of a year stays."
        )
        line = SettingRow("backup_folder", _("Folder"), words, self.folder, choose, wide=True)
        self.beside = Button(
            _("Beside the desk again"), kind="link", name="settings_backup_beside", run=lambda: self.use_folder("")
        )
        line.add_under(self.beside)
        return line

    # what is chosen

    def _choose_time(self, when: str) -> None:
        settings.change(backup_when=when)
        self.refresh()

    def _ask_folder(self) -> None:
        start = str(backups.folder_of(self.context.desk))
        folder = QFileDialog.getExistingDirectory(self, _("In which folder shall the backups lie?"), start)
        if folder:
            self.use_folder(folder)

    def use_folder(self, folder: str) -> None:
        """Backups go there from now on; "" is beside the desk. Those that were made stay where they are."""
        settings.change(backup_folder=folder)
        self.refresh()

    # by hand

    def back_up(self) -> None:
        """Now, into the chosen folder."""
        run(self.context, self.window(), None)

    def ask_and_back_up(self) -> None:
        """Ask for a folder, best on a stick, and copy the desk there."""
        folder = QFileDialog.getExistingDirectory(
            self, _("In which folder shall the backup lie?"), str(self.context.desk.path.parent)
        )
        if folder:
            run(self.context, self.window(), Path(folder))

    def refresh(self) -> None:
        stands = backups.last(self.context.desk)
        self.folder.setText(str(stands.folder))
        self.beside.setVisible(bool(settings.load().backup_folder))
        tone = "warning" if stands.overdue or not stands.folder_there else "good" if stands.at else "neutral"
        self.last.say(last_words(stands), tone)
