"""Undo and redo as commands of a page on which records are edited."""

from __future__ import annotations

from collections.abc import Callable

from cpdesk.i18n import _
from ui.actions import Action
from ui.context import Context


def undo_actions(context: Context) -> list[Action]:
    """The two commands. Text boxes keep their own Ctrl+Z while one types in them."""

    def step(run: Callable[[], str | None], said: str) -> None:
        words = run()
        if words is not None:
            context.touched()
            context.say(said.format(what=words))

    undo = context.undo
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
