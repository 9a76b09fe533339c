"""What somebody was typing in a dialog when the desk was locked over it, to be copied to where it belongs."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QApplication, QWidget

from cpdesk.i18n import _
from cpdesk.tasks.drafts import Half
from ui import tokens
from ui.dialogs.base import Dialog
from ui.widgets.buttons import Button
from ui.widgets.surfaces import Card, column, scrolling
from ui.widgets.text import Text


class HalfTyped(Dialog):
    """The words, under the title of the window in which they stood."""

    def __init__(self, typed: Half, parent: QWidget) -> None:
        super().__init__(parent, _("What you were typing when the desk was locked"), name="half_typed", icon="pencil")
        self.say(_("It was not saved yet. Copy it to where it belongs."))
        inner = QWidget()
        box = column(inner, spacing=tokens.M)
        for where, fields in typed.items():
            card = Card("half_typed_card")
            card.add(Text(where, "label"))
            for number, words in enumerate(fields.values(), 1):
                card.add(Text(words, selectable=True, name=f"half_typed_{number}"))
            copy = Button(_("Copy"), icon="copy", name="half_typed_copy", run=partial(_copy, fields))
            copy.setAccessibleName(f"{where}: {_('Copy')}")
            card.add(copy)
            box.addWidget(card)
        box.addStretch(1)
        self.body.addWidget(scrolling(inner, "half_typed_scroll"), 1)
        self.let_body_grow()
        self.add_button(_("Close"), self.accept, kind="primary", name="half_typed_close")


def _copy(fields: dict[str, str]) -> None:
    QApplication.clipboard().setText("\n".join(fields.values()))
