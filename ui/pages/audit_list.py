"""The lines of the book of who did what: what was done to what; under it who, when and where."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from cpdesk.i18n import _
from cpdesk.khmer import dates, digits
from cpdesk.records import KINDS
from cpdesk.tasks import audit_book
from cpdesk.tasks.audit_book import Entry
from cpdesk.tasks.board import office_name
from ui.lists.two_lines import TwoLineDelegate, TwoLines
from ui.pages import places

FIELDS = 3  # that are named of a change
TONES = {audit_book.BINNED: "bad", audit_book.EMPTIED: "bad", audit_book.APPROVED: "good", audit_book.DID: "accent"}
Index = QModelIndex | QPersistentModelIndex
More = Callable[[int], Sequence[Entry]]
_NOWHERE = QModelIndex()


class AuditModel(QAbstractListModel):
    """Entries, newest first; `more` gives those behind the last one, when they come into sight."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []
        self._more: More | None = None

    def show(self, entries: Sequence[Entry], more: More | None = None) -> None:
        self.beginResetModel()
        self._entries, self._more = list(entries), more
        self.endResetModel()

    def at(self, row: int) -> Entry | None:
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._more is not None and bool(self._entries)

    def fetchMore(self, _parent: Index) -> None:
        found = self._more(self._entries[-1].n) if self._more is not None else ()
        if not found:
            self._more = None
            return
        self.beginInsertRows(QModelIndex(), len(self._entries), len(self._entries) + len(found) - 1)
        self._entries += found
        self.endInsertRows()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        one = self.at(index.row())
        if one is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return headline(one)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, (headline(one), under(one), one.odd)))
        return None


def headline(one: Entry) -> str:
    """Changed · Meeting: consultation"""
    if one.what == audit_book.DID:
        return " · ".join(filter(None, (one.label, one.title)))
    return f"{audit_book.did(one)} · {one.label} · {' '.join(one.title.split())}"


def under(one: Entry) -> str:
    """Who, when, with which package it came, and what of it."""
    at = one.at.astimezone()
    said = [one.who, f"{dates.short(at.date())} {dates.clock(at.time())}"]
    if one.imported is not None:
        said.append(
            _("with package {number} from {office}").format(
                number=digits.count(one.number or 0), office=office_name(one.office)
            )
        )
    if one.reason:
        said.append(f"“{one.reason}”")
    elif one.what == audit_book.CHANGED:
        more = "…" if len(one.fields) > FIELDS else ""
        said.append(", ".join(one.fields[:FIELDS]) + more)
    return " · ".join(said)


class AuditDelegate(TwoLineDelegate):
    """Icon and what was done; under it who and when; a mark where the clock cannot be right."""

    def __init__(self, model: AuditModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model

    def lines(self, row: int) -> TwoLines | None:
        one = self._model.at(row)
        if one is None:
            return None
        kind = KINDS.get(one.kind)
        icon = places.icon(kind) if kind else "file-text"
        return TwoLines(icon, headline(one), under(one), TONES.get(one.what, ""), bool(one.odd))
