"""What a person or a body said, has to do and takes part in: each line leads to where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from cpdesk.i18n import _, ngettext
from cpdesk.khmer import digits
from cpdesk.tasks import records
from cpdesk.tasks.thread.knots import Tying
from ui import tokens
from ui.context import Context
from ui.pages.plan_thread import Step, knot_step
from ui.widgets.surfaces import SectionHeader, clear_out, column
from ui.widgets.text import Text

if TYPE_CHECKING:
    from cpdesk.tasks import Record

MOST = 12  # lines of one sort; the number of all stands in the head
_SAID = ("input", "presentation")
_OPEN = ("open", "in_progress", "")


class Links(QWidget):
    """Three parts: what they have to do, what they said, the meetings and activities they are named in."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("links")
        self.context = context
        self._box = column(self, spacing=tokens.M)
        self._of = ""
        self._asked = 0

    def show_links(self, id_: str) -> None:
        """What speaks of that record. Looked up beside the work: nothing but the whole desk can tell."""
        if id_ != self._of:
            clear_out(self._box)
        self._of = id_
        self._asked += 1
        asked = self._asked

        def done(found: list[Record]) -> None:
            if isValid(self) and asked == self._asked:
                self._show(found)

        look = lambda desk, _progress: [source for source, _field in records.pointing_at(desk, id_)]  # noqa: E731
        self.context.jobs.run(look, done=done)

    def _show(self, found: list[Record]) -> None:
        clear_out(self._box)
        owed = [r for r in found if r.kind.name == "follow_up" and r.text("state") in _OPEN]
        said = [r for r in found if r.kind.name in _SAID]
        rest = [r for r in found if r.kind.name in ("meeting", "activity")]
        attended = [r for r in found if r.kind.name == "attendance"]
        self._part(_("Has to do"), owed)
        self._part(_("Said"), said)
        self._part(_("Named in"), _once(rest))
        if attended:
            text = ngettext("On the list of {count} meeting", "On the list of {count} meetings", len(attended))
            self._box.addWidget(Text(text.format(count=digits.count(len(attended))), "small", name="attended"))
        if not (owed or said or rest or attended):
            self._box.addWidget(Text(_("Nothing on this desk speaks of them yet."), "small", name="links_empty"))

    def _part(self, title: str, found: list[Record]) -> None:
        if not found:
            return
        self._box.addWidget(SectionHeader(f"{title} · {digits.count(len(found))}"))
        for record in list(reversed(found))[:MOST]:
            self._box.addWidget(self._step(record))

    def _step(self, record: Record) -> Step:
        return knot_step(self.context, Tying(self.context.desk).knot(record))


def _once(found: list[Record]) -> list[Record]:
    return list({record.id: record for record in found}.values())
