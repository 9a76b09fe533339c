"""Lists and records on paper, where a page has no form of its own: a list as it is shown, a record's plain sheet."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from cpdesk.records import kind as kind_of
from cpdesk.tasks import records
from cpdesk.tasks.papers import Choices
from ui.context import Context
from ui.dialogs.preview import Paper, PreviewDialog, show_preview


def print_list(
    context: Context,
    kind: str,
    parent: QWidget,
    *,
    search: str = "",
    where: Mapping[str, str] | None = None,
    descending: bool = False,
) -> PreviewDialog:
    """Preview the records of a kind: only those that are shown, in their order."""
    return show_preview(context, list_paper(kind, search=search, where=where, descending=descending), parent)


def list_paper(
    kind: str, *, search: str = "", where: Mapping[str, str] | None = None, descending: bool = False
) -> Paper:
    """The list of a kind as a paper, only those that are shown."""
    choices = Choices(search=search.strip(), where=tuple((where or {}).items()), descending=descending)
    return Paper("list", kind, choices, kind_of(kind).label)


def print_record(context: Context, record: str, parent: QWidget) -> PreviewDialog:
    """Preview the sheet of any record, with its parts."""
    found = records.get(context.desk, record)
    return show_preview(context, Paper("record", record, title=records.named(context.desk, found)), parent)
