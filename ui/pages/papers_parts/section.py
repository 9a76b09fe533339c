"""What the parts of the page have in common."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui import tokens
from ui.actions import Action
from ui.context import Context
from ui.pages.papers_parts.live import Drawn, Wanted
from ui.widgets.surfaces import column, scrolling
from ui.widgets.text import Text


def snug(text: Text) -> Text:
    """A paragraph in a row that opens: as high as its words at the row's width, which a list asks for beforehand."""
    policy = text.sizePolicy()
    policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)
    text.setSizePolicy(policy)
    return text


class Section(QWidget):
    """One part. `kept()` when something was written; `looks(Wanted)` when it wants a paper to be seen."""

    key = ""
    kept = Signal()
    looks = Signal(object)
    wide = False  # it takes the room of the paper too

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.setObjectName(f"section_{self.key}")
        content = QWidget()
        self.body: QVBoxLayout = column(content, spacing=tokens.L)
        self.body.setContentsMargins(0, 0, 0, tokens.XL)
        self.area = scrolling(content, f"scroll_{self.key}")
        column(self, spacing=0).addWidget(self.area)

    def heading(self) -> str:
        """Its name in the index."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Read the desk again; what is being typed stays."""

    def show_drawn(self, drawn: Drawn) -> None:
        """A paper is there, and with it what stands in its template."""

    def leave(self) -> None:
        """Keep what was typed."""

    def begin(self) -> None:
        """Put the hand where one starts."""

    def commands(self) -> list[Action]:
        """Its own commands."""
        return []

    def look(self, form: str, *, rank: str = "", words: str = "") -> None:
        """Ask for a paper of that form to be seen."""
        self.looks.emit(Wanted(form, rank, words))

    def state(self) -> dict[str, object]:
        return {}

    def restore(self, state: dict[str, object]) -> None:
        """Stand again where `state` says."""

    def write(self, *kinds: str) -> None:
        """Tell everybody that records of these kinds were written."""
        self.context.touched(*kinds)
        self.kept.emit()
