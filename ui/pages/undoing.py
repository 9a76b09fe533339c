"""Undo and redo as commands of a page on which records are edited."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from cpdesk.errors import NotFound
from cpdesk.i18n import _
from cpdesk.tasks import records
from cpdesk.tasks.undo import Turned
from ui import messages
from ui.actions import Action
from ui.context import Context
from ui.pages import places


def undo_actions(context: Context) -> list[Action]:
    """The two commands. A text box first takes back what was typed in it, then its page goes on (see `RecordForm`).

    What was taken back is said, and the focus goes where the page shows it.
    """
    undo = context.undo

    def step(run: Callable[[], str | None], said: str) -> None:
        with messages.shown(QApplication.activeWindow()):
            run()
            turned = undo.turned
            if turned is not None:
                context.touched()
                words = " · ".join(filter(None, (told(turned, said), elsewhere(context, turned))))
                context.say(words, "warning" if turned.kept else "good")
                if turned.spots:  # once the page has read it again
                    first = turned.spots[0]
                    QTimer.singleShot(0, context, lambda: context.spotted.emit(first.record, first.field))

    return [
        Action(
            "undo",
            _("Undo"),
            lambda: step(undo.undo, _("Undone: {what}")),
            "undo-2",
            enabled=lambda: undo.can_undo,
        ),
        Action(
            "redo",
            _("Redo"),
            lambda: step(undo.redo, _("Done again: {what}")),
            "redo-2",
            enabled=lambda: undo.can_redo,
        ),
    ]


def elsewhere(context: Context, turned: Turned) -> str:
    """The name of the record in which it was, where another page shows that one."""
    try:
        record = records.get(context.desk, turned.spots[0].record) if turned.spots else None
    except NotFound:
        return ""
    where = places.place(context.desk, record) if record is not None else None
    here = context.here
    if record is None or where is None or (here is not None and here.same_place(where)):
        return ""
    return records.named(context.desk, places.way(context.desk, record)[-1])


def told(turned: Turned, said: str) -> str:
    """What was taken back or done again, and what stays because somebody else wrote there since."""
    stays = _("As others wrote it meanwhile stays: {what}.").format(what=", ".join(turned.kept))
    if not turned.whole:
        return stays
    done = said.format(what=turned.words)
    return f"{done} · {stays}" if turned.kept else done
