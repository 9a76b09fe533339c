"""The desk's file on this computer: where it lies, whether it is whole, what opens it; and the program's own log."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from cpdesk.i18n import _, ngettext
from cpdesk.khmer import digits
from cpdesk.tasks import Desk, association, attachments, proof, proof_words
from cpdesk.tasks import desk as desks
from ui import messages
from ui.context import Context
from ui.jobs import Progress
from ui.pages.settings_parts.rows import SettingCard, SettingRow
from ui.widgets.buttons import Button
from ui.widgets.notices import InlineMessage
from ui.widgets.text import Text


class DeskCard(SettingCard):
    def __init__(self, context: Context) -> None:
        super().__init__("desk", _("The desk"))
        self.context = context
        self.said = InlineMessage("", "good", name="settings_said")
        self.add(self.said)
        self.damaged = InlineMessage(
            "", "bad", name="settings_damaged", button=_("Save what can be read…"), run=self._salvage
        )
        self.add(self.damaged)
        self.where = Text("", "small", selectable=True, name="settings_path")
        words = _("Its key lies in your account on this computer; a backup opens only where that key is.")
        self.line = line = SettingRow("file", _("The desk's file"), words, self.where, wide=True)
        self.folder = Button(
            _("Open the folder"), kind="link", icon="folder-open", name="settings_folder", run=self._folder
        )
        line.add_under(self.folder)
        self.add_row(line)
        self.first = self.folder
        words = _("Desks that you used before stand in a list; one key opens them.")
        self._button("open", _("Another desk"), words, _("Open another desk…"), "external-link", self._other)
        words = _("Looks at every change, every chain and every attached file. It repairs nothing and takes a while.")
        self._button("check", _("Is the desk whole?"), words, _("Check the desk now"), "circle-check", self.check)
        words = _("Every change by name and time, packages, passwords; and what other offices hold of it.")
        self._button("audit", _("Who did what"), words, _("Look at who did what"), "history", self._audit)
        words = _("Makes room: contents that belong to nothing any more, and damaged ones, are taken away.")
        self._button("tidy", _("Attached files"), words, _("Tidy up the attached files"), "paperclip", self.tidy)
        if association.possible():
            words = _("A double click on a desk, a package, a card or a backup opens this program. Can be taken back.")
            title = _("Double click")
            self.associate = self._button("associate", title, words, "", "file-text", self._associate)
        words = _("What the program did and where it went wrong, for those who mend it; nothing of your records.")
        button = _("Save to a stick…")
        self._button("reports", _("Log and crash reports"), words, button, "usb", self.save_reports)

    def _button(self, name: str, title: str, explained: str, word: str, icon: str, run: Callable[[], object]) -> Button:
        button = Button(word, icon=icon, name=f"settings_{name}", run=run)
        self.add_row(SettingRow(name, title, explained, button))
        return button

    def refresh(self) -> None:
        self.where.setText(str(self.context.desk.path))
        if self.context.desk.who is not None:
            self.line.explained.setText(_("It is locked: a password opens it, here and on any other computer."))
        else:
            words = _("Its key lies in your account on this computer; a backup opens only where that key is.")
            self.line.explained.setText(words)
        if association.possible():
            on = association.is_on()
            self.associate.set_text(_("No longer open them with cpdesk") if on else _("Open these files with cpdesk"))

    def _audit(self) -> None:
        self.context.go("audit")

    def _other(self) -> None:
        self.context.want_desk("open")

    def _folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.context.desk.path.parent)))

    def _associate(self) -> None:
        with messages.shown(self.window()):
            if association.is_on():
                association.take_off()
                self.said.say(_("A double click no longer opens this program."), "neutral")
            else:
                association.put_on()
                self.said.say(_("From now on a double click opens these files here."), "good")
        self.refresh()

    def save_reports(self) -> None:
        messages.save_reports(self.window())

    def check(self) -> None:
        """Look at every change and every chain, and say what was found."""

        def work(desk: Desk, progress: Progress) -> tuple[bool, str]:
            health = desks.check(desk, progress)
            if not health.ok:
                return False, " ".join(health.problems)
            changes = ngettext("{count} change", "{count} changes", health.ops).format(count=digits.number(health.ops))
            whole = _("The desk is whole: {records} records, {changes}, nothing is missing.").format(
                records=digits.number(health.records), changes=changes
            )
            held = proof_words.receipts(proof.proof(desk).receipts)
            return True, " ".join(filter(None, (whole, _awaited(health.awaited), held)))

        def done(found: tuple[bool, str]) -> None:
            whole, words = found
            self.said.say(words if whole else "", "good")
            self.damaged.say("" if whole else words, "bad")

        self.context.jobs.run(work, title=_("Checking…"), done=done, failed=self._failed)

    def _salvage(self) -> None:
        from ui.dialogs.salvage import salvaged

        made = salvaged(self.window(), self.context.desk.path)
        if made is not None:
            self.context.want_desk(made)

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


def _awaited(count: int) -> str:
    """What is said of files that are named here and have not come; nothing where there are none."""
    if not count:
        return ""
    return ngettext(
        "{count} file has not been received yet; later packages bring it.",
        "{count} files have not been received yet; later packages bring them.",
        count,
    ).format(count=digits.count(count))
