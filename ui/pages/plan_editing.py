"""What one does to the lines of a plan: open new ones, write, move, put into the bin."""

from __future__ import annotations

from PySide6.QtCore import QTimer

from cpdesk.errors import UserError
from cpdesk.i18n import _
from cpdesk.khmer import digits
from cpdesk.tasks import records
from ui import messages
from ui.lists.plan_model import PlanModel
from ui.lists.plan_rows import PARENT_OF, Row, draft
from ui.lists.plan_view import PlanView
from ui.navigation import Page
from ui.widgets.surfaces import EmptyState


class PlanEditing(Page):
    """The half of the plan's page that changes the desk; the other half lays out and shows."""

    table: PlanView
    model: PlanModel
    empty: EmptyState
    _later = False  # a refresh came while a box was open

    def begin_line(self, sort: str) -> None:
        """Open a new line of that sort for writing; it is kept once it has words."""
        if self.record is None:
            return
        self.refresh()
        found = draft(self.model.rows(), self.table.currentIndex().row(), sort, self.record)
        if found is None:
            first = _("A plan begins with an objective; outputs and activities come under it.")
            self.context.say(first, "accent")
            return
        at, new = found
        self.table.show()
        self.empty.hide()
        self.table.fit()
        self.model.insert_draft(at, new)
        self.table.write(at)

    def _write(self, new: Row, text: str) -> str | None:
        """Keep what was written in a line; None where it was refused."""
        desk, undo = self.context.desk, self.context.undo
        try:
            if new.id is not None:
                undo.save(new.sort, {"text": text or None}, new.id)
                kept = new.id
            else:
                order = records.next_order(desk, new.sort, new.parent)
                above = {PARENT_OF[new.sort]: new.parent, "order": order, "text": text}
                with undo.together():
                    kept = undo.save(new.sort, above, None).id
                    siblings = records.children(desk, new.sort, new.parent)
                    if new.after is not None and len(siblings) > 1 and siblings[-2].id != new.after:
                        undo.move(kept, new.after)
        except UserError as error:
            messages.show(self.window(), error)
            QTimer.singleShot(0, self, lambda: self._write_again(new, text))
            return None
        self.context.touched(new.sort)
        return kept

    def _write_again(self, refused: Row, text: str) -> None:
        """Open the line once more with the words that could not be kept, so that they are not lost."""
        at = self.model.find(refused.id)
        if refused.id is None:
            beside = self.model.find(refused.after or refused.parent)
            found = draft(self.model.rows(), beside, refused.sort, str(self.record))
            if found is None:
                return
            at = found[0]
            self.model.insert_draft(*found)
        self.table.write(at, text)

    def _settled(self) -> None:
        if self._later or not self.model.rowCount():
            self.refresh()

    def move_line(self, step: int) -> None:
        """One place up (-1) or down (1) among its siblings; an activity at the edge goes over to the next output."""
        here = self.table.current()
        if here is None or here.id is None:
            return
        desk = self.context.desk
        siblings = [r.id for r in records.children(desk, here.sort, here.parent)]
        at = siblings.index(here.id)
        with messages.shown(self.window()):
            if 0 <= at + step < len(siblings):
                others = [s for s in siblings if s != here.id]
                place = at + step
                self.context.undo.move(here.id, others[place - 1] if place else None)
            elif here.sort != "activity" or not self._hand_over(here, step):
                return
            self.context.touched(here.sort)
            self.refresh()

    def _hand_over(self, here: Row, step: int) -> bool:
        """Give an activity to the output before or after its own."""
        outputs = [r for r in self.model.rows() if r.sort == "output"]
        ids = [r.id for r in outputs]
        if here.parent not in ids or not 0 <= ids.index(here.parent) + step < len(ids):
            return False
        target = str(ids[ids.index(here.parent) + step])
        siblings = records.children(self.context.desk, "activity", target)
        first = siblings[0]["order"] if siblings else None
        behind = records.next_order(self.context.desk, "activity", target)
        order = first - 1024 if step > 0 and isinstance(first, int) else behind
        self.context.undo.save("activity", {"output": target, "order": order}, here.id)
        return True

    def delete(self) -> None:
        """Put the line and all that it holds into the bin."""
        here = self.table.current()
        if here is None or here.id is None or self.table.is_writing():
            return
        at = self.table.currentIndex().row()
        with messages.shown(self.window()):
            gone = self.context.undo.delete(here.id)
            self.context.touched(here.sort)
            self.refresh()
            self.table.choose(next((r.id for r in self.model.rows()[max(0, at - 1) :] if r.id), None))
            count = digits.count(len(gone))
            self.context.say(
                _("“{title}” lies in the bin. Ctrl+Z brings it back.").format(title=here.text or here.code)
                if len(gone) == 1
                else _("{count} lines lie in the bin. Ctrl+Z brings them back.").format(count=count)
            )
