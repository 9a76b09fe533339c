"""What the office says of itself, and until when things are due. All of it is one record, which other offices read."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from cpdesk import settings
from cpdesk.i18n import _, ngettext
from cpdesk.khmer import digits
from cpdesk.tasks import desk as desks
from ui.context import Context
from ui.forms.form import FieldBox
from ui.forms.record_form import RecordForm
from ui.pages.settings_parts.rows import SettingCard, SettingRow
from ui.widgets.buttons import Button, Segments

NEAR = (0, 3, 7, 14)  # days before its day on which a follow-up counts as due


def field_row(form: RecordForm, name: str, explained: str, *beside: QWidget) -> SettingRow:
    """A field of the office as a setting."""
    field = form.kind.field(name)
    box = FieldBox(field, form.add_editor(name), labelled=False)
    title = f"{field.label} *" if field.required else field.label
    return SettingRow(name, title, explained or field.help, box, *beside, wide=True)


class OfficeCard(SettingCard):
    def __init__(self, context: Context, form: RecordForm) -> None:
        super().__init__("office", _("The office"))
        self.add(form)
        for name, words in (
            ("name_km", _("Stands on papers, in packages and at the head of the window.")),
            ("name_en", _("Stands where the program speaks English.")),
            ("issuer", _("The lines at the left of a letter's head, one a line.")),
            ("seat", _("Stands before the day at the foot of a letter, such as តាខ្មៅ.")),
            ("rate", _("Riel for one dollar, for new plans; each plan keeps its own.")),
        ):
            self.add_row(field_row(form, name, words))
        self.first = form.editors["name_km"].control
        papers = Button(
            _("Letterhead, forms, letter numbers…"), icon="file-text", name="settings_papers",
            run=lambda: context.go("papers"),
        )  # fmt: skip
        words = _("Emblem, fixed phrases, who signs, and how letters are numbered, beside a live page.")
        self.add_row(SettingRow("papers", _("Official papers"), words, papers))


class CommitteeCard(SettingCard):
    def __init__(self, context: Context, form: RecordForm) -> None:
        super().__init__("committee")
        words = _("Its members are proposed for each meeting, and the quorum is counted by them.")
        self.add_row(field_row(form, "committee", words))
        self.first = form.editors["committee"].control

        def members() -> None:
            chosen = form.editors["committee"].value()
            context.go("people", chosen if isinstance(chosen, str) else None)

        people = Button(_("Members of the committee…"), icon="users", name="settings_members", run=members)
        words = _("Who belongs to it, in which role, from when to when.")
        self.add_row(SettingRow("members", _("Members"), words, people))


class DueCard(SettingCard):
    """`changed` is called when what counts as due is another."""

    def __init__(self, context: Context, form: RecordForm, changed: Callable[[], object]) -> None:
        super().__init__("due")
        self._changed = changed
        now = settings.load().due_days
        options = [(str(n), _days_before(n)) for n in sorted({*NEAR, now})]
        self.near = Segments(options, name="settings_near")
        self.near.set_current(str(now))
        self.near.chosen.connect(self._choose)
        words = _("From when on a follow-up counts as due on your home page.")
        self.add_row(SettingRow("near", _("Follow-ups"), words, self.near))
        self.first = self.near.findChild(Button, f"settings_near_{now}")
        words = _("Day of the month after a quarter. Offices under this one that say nothing follow it.")
        self.add_row(field_row(form, "reports_day", words))
        if len(context.desk.office) <= 2:  # offices hand in packages to this one
            self.add_row(field_row(form, "packages_every", ""))
            self.add_row(field_row(form, "packages_day", ""))

    def _choose(self, days: str) -> None:
        settings.change(due_days=int(days))
        self._changed()


def _days_before(days: int) -> str:
    if not days:
        return _("On its day")
    return ngettext("{count} day before", "{count} days before", days).format(count=digits.count(days))


def office_form(context: Context) -> RecordForm:
    """The form that saves the fields of all these cards."""
    form = RecordForm(context, "office")
    form.saved.connect(lambda _fields: context.renamed.emit())
    return form


def office_id(context: Context) -> str:
    return desks.office(context.desk).id
