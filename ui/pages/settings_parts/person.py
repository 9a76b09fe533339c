"""Language, look, and the name of the person who writes."""

from __future__ import annotations

from PySide6.QtCore import QTimer

from cpdesk import settings
from cpdesk.errors import UserError
from cpdesk.i18n import _, language
from cpdesk.khmer import digits
from cpdesk.khmer.breaks import without_zwsp
from cpdesk.tasks import desk as desks
from ui import look
from ui.context import Context
from ui.pages.settings_parts.rows import SettingCard, SettingRow
from ui.widgets.buttons import Button, IconButton, Segments
from ui.widgets.editors.line import Line
from ui.widgets.notices import InlineMessage
from ui.widgets.text import Text


class LookCard(SettingCard):
    def __init__(self, context: Context) -> None:
        super().__init__("look")
        self.language = Segments((("km", "ខ្មែរ"), ("en", "English")), name="settings_language")
        self.language.set_current(language())
        self.language.chosen.connect(context.language_wanted.emit)
        self.first = self.language.findChild(Button, f"settings_language_{language()}")
        words = _("Of the window alone: official papers are in Khmer in any case.")
        self.add_row(SettingRow("language", _("Language"), words, self.language))
        self.add_row(self._size())
        schemes = (("system", _("As the computer")), ("light", _("Light")), ("dark", _("Dark")))
        self.theme = Segments(schemes, name="settings_theme")
        self.theme.set_current(settings.load().theme)
        self.theme.chosen.connect(lambda key: QTimer.singleShot(0, self, lambda: look.use_theme(key)))
        words = _("Dark is easier on the eyes in the evening. Paper stays white.")
        self.add_row(SettingRow("theme", _("Theme"), words, self.theme))

    def _size(self) -> SettingRow:
        now = look.size()
        smaller = IconButton("zoom-out", _("Smaller text"), name="settings_size_smaller", run=lambda: self._by(-1))
        larger = IconButton("zoom-in", _("Larger text"), name="settings_size_larger", run=lambda: self._by(1))
        smaller.setEnabled(now > look.SMALLEST)
        larger.setEnabled(now < look.LARGEST)
        self.now_size = Text(f"{digits.count(now)}%", "strong", wrap=False, name="settings_size")
        normal = Button(_("Normal size"), kind="link", name="settings_size_normal", run=lambda: self._use(100))
        normal.setVisible(now != 100)
        words = _("From {least}% to {most}%. Ctrl and + or − does the same on every page.").format(
            least=digits.count(look.SMALLEST), most=digits.count(look.LARGEST)
        )
        return SettingRow("size", _("Text size"), words, smaller, self.now_size, larger, normal)

    def _by(self, steps: int) -> None:
        self._use(look.size() + steps * look.STEP)

    def _use(self, per_cent: int) -> None:
        QTimer.singleShot(0, self, lambda: look.use_size(per_cent))  # the button that asked for it goes too


class PersonCard(SettingCard):
    def __init__(self, context: Context) -> None:
        super().__init__("person")
        self.context = context
        self.officer = self.first = Line()
        self.officer.setObjectName("settings_officer")
        self.officer.setAccessibleName(_("Your name"))
        self.officer.left.connect(self.rename)
        self.officer.returnPressed.connect(self.rename)
        words = _("It stands beside each change that you make, so that others know whom to ask.")
        line = SettingRow("officer", _("Name of the officer"), words, self.officer, wide=True)
        self.keeper = Text(_("The keeper of this desk changes it, under “Officers and passwords”."), "small")
        line.add_under(self.keeper)
        self.add_row(line)
        self.problem = InlineMessage("", "bad", name="settings_officer_problem")
        self.add(self.problem)

    def refresh(self) -> None:
        locked = self.context.desk.who is not None
        if not self.officer.hasFocus() or locked:
            self.officer.setText(self.context.desk.officer)
        self.officer.setReadOnly(locked)
        self.keeper.setVisible(locked)

    def rename(self) -> None:
        """Take the name that stands there; a blank one is refused and the old one stays."""
        desk = self.context.desk
        if self.officer.isReadOnly():
            return
        name = " ".join(without_zwsp(self.officer.text()).split())
        if name == desk.officer:
            self.problem.say("")
            return
        try:
            desks.set_officer(desk, name)
        except UserError as error:
            self.problem.say(str(error), "bad")
            return
        self.problem.say("")
        # The worker's own connection read the old name when it was opened.
        self.context.jobs.run(lambda worker, _progress: desks.set_officer(worker, name))
        self.context.say(_("From now on changes bear the name “{name}”.").format(name=name))
