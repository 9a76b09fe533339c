"""One topic of the help over the dialog that asked for it. Esc goes back to what one was doing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from cpdesk.help import Topic
from cpdesk.i18n import _
from ui import theme
from ui.dialogs.base import FRAME, Dialog
from ui.helping import NAME
from ui.widgets.surfaces import scrolling
from ui.widgets.topic import TopicCard

WIDE = 760


class HelpDialog(Dialog):
    """The topic, scrolled by the arrows and Page Down where it is long."""

    def __init__(self, topic: Topic, parent: QWidget | None = None) -> None:
        super().__init__(parent, topic.title, name=NAME, icon="circle-question-mark")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        room = self.screen().availableGeometry().size()
        wide = min(theme.scaled(WIDE), room.width() - FRAME)
        self.setMinimumWidth(wide)
        self.setMaximumWidth(wide)
        card = TopicCard(topic, titled=False)
        self.area = scrolling(card, "scroll_help_dialog")
        card.setProperty("role", "card")
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setAccessibleName(topic.title)
        self.area.setMinimumHeight(min(card.heightForWidth(wide - 60) + 8, room.height() - theme.scaled(220)))
        self.body.addWidget(self.area)
        self.let_body_grow()
        self.area.setFocus()  # the arrows scroll, Enter and Esc go back
        self.add_button(_("Back to the work"), self.accept, kind="primary", name="help_close")
