"""Rows of the story, and who remembers which record each became."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from cpdesk import records as kinds
from cpdesk.store import Desk
from cpdesk.store.connection import immediate
from cpdesk.tasks import records

Row: TypeAlias = tuple[str, str, Mapping[str, object]]
"""(kind, key in the story, values); "@key" in a value stands for the id of that row's record."""


class Book:
    """The ids of the story's records by their keys, on whichever desk they were made."""

    def __init__(self) -> None:
        self._ids: dict[str, str] = {}

    def __getitem__(self, key: str) -> str:
        return self._ids[key]

    def __contains__(self, key: object) -> bool:
        return key in self._ids

    def know(self, key: str, record: str) -> None:
        """A record that came about otherwise goes by that key from now on."""
        self._ids[key] = record

    def write(self, desk: Desk, rows: Iterable[Row]) -> None:
        """Keep new records on that desk, all or none; parts of a list get their place in it. A known key is edited."""
        with immediate(desk.db):
            for kind, key, values in rows:
                placed = self._placed(desk, kind, values)
                self._ids[key] = records.save(desk, kind, placed, self._ids.get(key)).id

    def change(self, desk: Desk, kind: str, key: str, **values: object) -> None:
        """Edit a record of the story on that desk."""
        records.save(desk, kind, self._meant(values), self._ids[key])

    def _placed(self, desk: Desk, kind: str, values: Mapping[str, object]) -> dict[str, object]:
        found = self._meant(values)
        whole = kinds.kind(kind)
        parent = found.get(whole.parent) if whole.parent else None
        if whole.has("order") and isinstance(parent, str):
            found.setdefault("order", records.next_order(desk, kind, parent))
        return found

    def _meant(self, values: Mapping[str, object]) -> dict[str, object]:
        return {name: self._id(value) for name, value in values.items()}

    def _id(self, value: object) -> object:
        if isinstance(value, tuple | list):
            return [self._id(one) for one in value]
        return self._ids[value[1:]] if isinstance(value, str) and value.startswith("@") else value
