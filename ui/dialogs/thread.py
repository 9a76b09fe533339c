"""The thread of a record over the page, for pages that have no room for it at their side."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from cpdesk.errors import NotFound
from cpdesk.i18n import _
from cpdesk.tasks import records
from ui.context import Context
from ui.dialogs.base import Dialog
from ui.pages.plan_thread import ThreadPanel
from ui.widgets.surfaces import scrolling
from ui.widgets.text import Text

WIDTH, HEIGHT, LEAST = 560, 520, 300


class ThreadDialog(Dialog):
    """Closes where one goes on to a place."""

    def __init__(self, context: Context, id_: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, _("Thread"), name="thread_dialog", icon="link")
        record = records.get(context.desk, id_)
        words = record.text("text") if record.kind.has("text") else records.named(context.desk, record)
        self.body.addWidget(Text(record.kind.label, "small"))
        self.body.addWidget(Text(words or record.title, "strong", name="thread_dialog_of"))
        self.panel = ThreadPanel(context)
        self.panel.show_thread(id_)
        area = scrolling(self.panel, "thread_dialog_scroll")
        area.setMinimumHeight(LEAST)
        self.body.addWidget(area, 1)
        self.add_button(_("Close"), self.reject, name="thread_close")
        self.resize(WIDTH, HEIGHT)
        context.wanted.connect(self.accept)


def show_thread(context: Context, id_: str, parent: QWidget) -> None:
    """Show where that record came from and what came of it; nothing where it is gone."""
    try:
        ThreadDialog(context, id_, parent.window()).open()
    except NotFound:
        context.say(_("It is not there any more."), "accent")
