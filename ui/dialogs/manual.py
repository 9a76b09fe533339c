"""The printed manual, in the preview of every other paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget

from cpdesk.i18n import _, language
from cpdesk.tasks import Desk, forms, manual
from ui.context import Context
from ui.dialogs.preview import Paper, PreviewDialog, show_preview

Tables = Sequence[tuple[str, Sequence[tuple[str, Sequence[str]]]]]
"""Of the list of keys: titles, and under each the words of a command and its keys."""


@dataclass(frozen=True)
class Manual(Paper):
    """The help as a book. It says nothing of the desk, takes no number, and speaks `lang`."""

    keys: tuple[manual.Keys, ...] = ()
    lang: str = "km"

    def render(self, desk: Desk, to: forms.FileType = "pdf") -> bytes:  # noqa: ARG002
        return manual.render(self.keys, to, self.lang)

    def save(self, desk: Desk, path: Path, to: forms.FileType = "pdf") -> None:  # noqa: ARG002
        manual.save(path, self.keys, to, self.lang)

    def give_out(self, desk: Desk) -> None:
        """Nothing is remembered of it."""


def show_manual(context: Context, tables: Tables, parent: QWidget | None) -> PreviewDialog:
    """Open the preview of the manual in the present language."""
    keys = tuple(
        manual.Keys(title, tuple((words, "   ".join(shown)) for words, shown in rows)) for title, rows in tables
    )
    return show_preview(
        context, Manual("manual", "", title=_("Manual of the CPC Desk"), keys=keys, lang=language()), parent
    )
