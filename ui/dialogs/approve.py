"""Who approves a plan, on which day, and which content that is: the last look before it is frozen."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from cpdesk import records as kinds
from cpdesk.errors import UserError
from cpdesk.i18n import _, ngettext
from cpdesk.khmer import digits
from cpdesk.kinds import Ref
from cpdesk.tasks import Desk, Progress, plans, records, versions
from cpdesk.tasks.undo import Undo
from cpdesk.tasks.versions import Version
from ui.context import Context
from ui.dialogs.base import Dialog
from ui.forms.sources import source
from ui.widgets.buttons import Button
from ui.widgets.editors import DateEditor, RefEditor
from ui.widgets.job_row import JobRow, uncounted
from ui.widgets.notices import InlineMessage
from ui.widgets.surfaces import row
from ui.widgets.text import Text

CHAIRS = ("chair", "vice_chair")
AT_ONCE = 200  # activities of the desk whose plan is frozen within the blink of an eye


class ApproveDialog(Dialog):
    """`approved` is the version that was made; None where the person thought better of it."""

    def __init__(self, parent: QWidget | None, context: Context, plan: str) -> None:
        super().__init__(parent, _("Approve the plan"), name="approve", icon="circle-check", tone="good")
        self.setMinimumWidth(560)
        self.context, self.plan = context, plan
        self.approved: Version | None = None
        record = records.get(context.desk, plan)
        self.say(record.title)
        self.body.addWidget(Text(self._content(), "small", name="approve_content"))
        authors = ", ".join(versions.authors(context.desk, plan))
        if authors:
            self.body.addWidget(Text(_("Written by {names}.").format(names=authors), "small", name="approve_authors"))
        self.add_line()
        self._fields(record.text("body"))
        self.problem = InlineMessage(name="approve_problem")
        self.body.addWidget(self.problem)
        self.row = JobRow("approve_job")
        self.body.addWidget(self.row)
        self._busy = False
        told = _("The version stays as it is now. Whoever changes the plan afterwards writes its next version.")
        self.body.addWidget(Text(told, "small"))
        self.add_button(_("Cancel"), self.reject, name="approve_no")
        self.add_button(_("Approve version {number}").format(number=self._number()), self.approve, kind="primary",
                        name="approve_yes")  # fmt: skip

    def _fields(self, body: str) -> None:
        plan = kinds.kind("plan")
        by, on = plan.field("approved_by"), plan.field("approved_on")
        type_ = by.type
        assert isinstance(type_, Ref)
        self.person = RefEditor("approved_by", by.label, source=source(self.context, type_), type_=type_)
        self.day = DateEditor("approved_on", on.label, type_=on.type)
        self.person.set_value(self._chair(body))
        self.day.set_value(date.today().isoformat())
        for label, editor in ((by.label, self.person), (on.label, self.day)):
            line = row(spacing=12)
            words = Text(label, "label", wrap=False)
            words.setMinimumWidth(130)
            line.addWidget(words)
            line.addWidget(editor, 1)
            self.body.addLayout(line)

    def _chair(self, body: str) -> str | None:
        """Who leads the body that makes the plan, since they mostly approve it; nobody who wrote in it."""
        committee = body or records.get(self.context.desk, self.plan).text("body")
        found = records.find(self.context.desk, "membership", {"body": committee}) if committee else []
        leading = [m for role in CHAIRS for m in found if m["role"] == role and not m["until"]]
        for membership in leading:
            person = records.get_if_here(self.context.desk, membership["person"])
            if person is not None and versions.wrote(self.context.desk, self.plan, person) is None:
                return person.id
        return None

    def _number(self) -> str:
        return digits.count(versions.version_number(records.get(self.context.desk, self.plan)))

    def _content(self) -> str:
        """What is in it, and the first letters of its code."""
        tree = plans.tree(self.context.desk, self.plan)
        activities = len(plans.activities(self.context.desk, self.plan))
        parts = (
            ngettext("{count} objective", "{count} objectives", len(tree)).format(count=digits.count(len(tree))),
            ngettext("{count} activity", "{count} activities", activities).format(count=digits.count(activities)),
            _("code {hash}").format(hash=versions.content_hash(self.context.desk, self.plan)[:8]),
        )
        return " · ".join(parts)

    def approve(self) -> None:
        """Freeze it; what stands in the way is said in the dialog."""
        try:
            person, day = self.person.value(), self.day.value()
        except ValueError as why:
            self.problem.say(str(why), "bad")
            return
        if not isinstance(person, str):
            self.problem.say(_("Who approves the plan?"), "warning")
            self.person.focus()
            return
        if not isinstance(day, str):
            self.problem.say(_("On which day is it approved?"), "warning")
            self.day.focus()
            return
        if records.count(self.context.desk, "activity") <= AT_ONCE:
            try:
                self.approved = versions.approve(self.context.undo, self.plan, person, day)
            except UserError as error:
                self._refused(error)
                return
            self.accept()
        else:
            self._approve_beside(person, day)

    def _approve_beside(self, person: str, day: str) -> None:
        """The content of a large plan is gathered in the worker; until then the dialog stays."""

        def work(desk: Desk, _progress: Progress) -> tuple[Version, Undo]:
            undo = Undo(desk)
            return versions.approve(undo, self.plan, person, day), undo

        def done(made: tuple[Version, Undo]) -> None:
            self.approved, undo = made
            self.context.undo.take_over(undo)
            self._set_busy(False)
            self.accept()

        self._set_busy(True)
        job = self.context.jobs.run(work, title=self.windowTitle(), done=done, failed=self._refused)
        job.cancelled.connect(lambda: self._set_busy(False))
        self.row.follow(job, _("The version is being frozen…"), uncounted)

    def _refused(self, error: BaseException) -> None:
        self._set_busy(False)
        if not isinstance(error, UserError):
            raise error
        self.problem.say(str(error), "bad")
        self.person.focus()

    def _set_busy(self, on: bool) -> None:
        self._busy = on
        for button in self.findChildren(Button):
            if button is not self.row.cancel:
                button.setEnabled(not on)

    def reject(self) -> None:
        """While the version is being frozen, that is stopped first."""
        if self._busy:
            self.row.cancel.click()
        else:
            super().reject()
