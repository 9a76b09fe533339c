"""Where a plan stands on its way from draft to approved, with the one step that comes next.

The bar stands in the head of the plan's page. It says who approved and when, and warns where the plan is not what was
approved (a merge may bring an edit that was made before the approval was known).
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cpdesk.i18n import _
from cpdesk.khmer import dates
from cpdesk.tasks import versions
from cpdesk.tasks.versions import APPROVED, DRAFT, IN_REVIEW, Standing
from ui import messages
from ui.actions import Action
from ui.context import Context
from ui.widgets.buttons import Button
from ui.widgets.surfaces import Chip, row
from ui.widgets.text import ElidedText

SHORT = 8  # letters of the content's hash that people compare


class ApprovalBar(QWidget):
    """`show_plan` follows the page; `done` tells that the plan took a step, `retitled` that `commands` are others."""

    done = Signal()
    retitled = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("approval_bar")
        self.context = context
        self.plan: str | None = None
        self.stands: Standing | None = None
        box = row(self, spacing=10)
        self.words = ElidedText("", "small", name="approval_words")
        self.differs = Chip(_("Not what was approved"), "warning", name="approval_differs")
        self.differs.hide()
        self.compare = Button(_("See what differs"), kind="link", name="approval_compare", run=self.show_differences)
        self.again = Button(_("Begin the next version"), name="approval_next", run=self.begin_next)
        self.back = Button(_("Send back"), name="approval_back", run=self.send_back)
        self.submit_button = Button(_("Hand over for review"), kind="primary", name="approval_submit", run=self.submit)
        self.approve_button = Button(_("Approve…"), kind="primary", icon="", name="approval_approve", run=self.approve)
        for widget in (self.words, self.differs, self.compare, self.again, self.back):
            box.addWidget(widget)
        for button in (self.submit_button, self.approve_button):
            box.addWidget(button)

    def show_plan(self, plan: str) -> None:
        if plan != self.plan:
            self._show_difference(False)
        self.plan = plan
        self.stands = versions.standing(self.context.desk, plan, look=False)
        state = self.stands.state
        self.submit_button.setVisible(state == DRAFT)
        self.back.setVisible(state == IN_REVIEW)
        self.approve_button.setVisible(state == IN_REVIEW)
        self._look(plan)
        self.words.setText(self._approval(self.stands))
        code = self.stands.approved.hash[:SHORT] if self.stands.approved else ""
        self.setToolTip(_("code {hash}").format(hash=code) if code else "")
        self.words.setVisible(bool(self.words.plain()))
        self.retitled.emit()

    def _look(self, plan: str) -> None:
        """Whether it is still what was approved: that reads all of the plan, so it is asked beside the work."""
        if self.stands is None or self.stands.approved is None:
            self._show_difference(False)
            return

        def found(stands: Standing) -> None:
            if self.plan == plan:
                self._show_difference(stands.unchanged is False)

        self.context.jobs.run(lambda desk, _progress: versions.standing(desk, plan), done=found, failed=self._failed)

    def _failed(self, _error: BaseException) -> None:
        """A desk that is busy, or gone with its stick: the next change asks again."""

    def _show_difference(self, on: bool) -> None:
        self.differs.setVisible(on)
        self.compare.setVisible(on)
        self.again.setVisible(on)

    def _approval(self, stands: Standing) -> str:
        approved = stands.approved
        if approved is None:
            return ""
        name = versions.approver(self.context.desk, approved) or _("somebody")
        day = dates.short(approved.on) if approved.on else "—"
        return _("Approved by {name} on {day}").format(name=name, day=day)

    # steps

    def submit(self) -> None:
        """Hand the draft over for review."""
        if self.plan is None:
            return
        with messages.shown(self.window()):
            versions.submit(self.context.undo, self.plan)
            self._stepped(_("The plan is in review. Somebody who did not write it approves it."))

    def send_back(self) -> None:
        """Back from review to those who write it."""
        if self.plan is None:
            return
        with messages.shown(self.window()):
            versions.send_back(self.context.undo, self.plan)
            self._stepped(_("The plan is a draft again."))

    def approve(self) -> None:
        """Ask who approves it and on which day, and freeze the version."""
        if self.plan is None:
            return
        from ui.dialogs.approve import ApproveDialog

        dialog = ApproveDialog(self.window(), self.context, self.plan)
        approved = dialog.approved if dialog.exec() else None
        dialog.deleteLater()
        if approved is not None:
            self._stepped(_("The plan is approved. What is changed from now on becomes its next version."))

    def begin_next(self) -> None:
        """What a merge brought into the approved plan is handed over and approved as its next version."""
        if self.plan is None:
            return
        with messages.shown(self.window()):
            versions.next_version(self.context.undo, self.plan)
            self._stepped(_("The plan is a draft again."))

    def show_differences(self) -> None:
        self.context.go("plan", self.plan, view="compare")

    def _stepped(self, words: str) -> None:
        self.context.touched("plan", "plan_version")
        self.context.say(words)
        if self.plan is not None:
            self.show_plan(self.plan)
        self.done.emit()

    def commands(self) -> list[Action]:
        """The steps as commands of the page."""

        def at(state: str) -> bool:
            return self.stands is not None and self.stands.state == state

        found = [
            Action("submit", _("Hand over for review"), self.submit, "arrow-right", enabled=lambda: at(DRAFT)),
            Action("approve", _("Approve…"), self.approve, "circle-check", enabled=lambda: at(IN_REVIEW)),
            Action("send_back", _("Send back"), self.send_back, "rotate-ccw", enabled=lambda: at(IN_REVIEW)),
            Action("next_plan", _("Start the next plan from this one"), self.start_next, "arrow-right"),
            Action("close_plan", _("Close the plan"), self.close_plan, "lock", enabled=lambda: at(APPROVED)),
        ]
        return [action for action in found if action.is_enabled()]

    def start_next(self) -> None:
        """Ask what goes on of this plan, and make the one that follows it."""
        from ui.dialogs.carry_over import start_next

        if self.plan is not None:
            start_next(self.window(), self.context, self.plan)

    def close_plan(self) -> None:
        """Lay the approved plan aside, once its years are over."""
        if self.plan is None:
            return
        with messages.shown(self.window()):
            versions.close(self.context.undo, self.plan)
            self._stepped(_("The plan is closed."))
