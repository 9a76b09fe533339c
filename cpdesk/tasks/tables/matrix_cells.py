"""What the cells of one line say of an activity itself, held against what is there."""

from __future__ import annotations

import re

from cpdesk import gazetteer
from cpdesk.khmer import digits
from cpdesk.khmer.spelling import fold
from cpdesk.kinds import Choice
from cpdesk.records import kind
from cpdesk.tables.cells import Broken, Cell, text_of
from cpdesk.tables.plan import values as reading
from cpdesk.tables.plan.layout import Layout
from cpdesk.tables.plan.lines import Line
from cpdesk.tasks.matrix.rows import Matrix, Row
from cpdesk.tasks.tables.generic import chosen
from cpdesk.tasks.tables.matrix_words import cut, field_text
from cpdesk.tasks.tables.names import is_person, without_title
from cpdesk.tasks.tables.preview import New, Preview

_ACTIVITY = kind("activity")
_PARTS = re.compile(r"\s*[;\n•]\s*|\s*(?:^|\s)[-–]\s+")
_FINER = re.compile(r"\s*[,៖/·]\s*")
_AND = re.compile(r"\s+និង\s*|\s*និង\s+")
_EVERYWHERE = tuple(map(fold, ("ទូទាំងស្រុក", "ទូទាំងក្រុង", "ទូទាំងខេត្ត", "ទូទាំងខណ្ឌ", "whole district", "whole province")))
_EACH = tuple(
    map(fold, ("គ្រប់ឃុំ", "គ្រប់សង្កាត់", "គ្រប់ស្រុក", "គ្រប់ក្រុង", "ឃុំទាំងអស់", "ឃុំសង្កាត់ទាំងអស់", "all communes", "all districts"))
)


class Cells:
    """Reads cells; what cannot be read is told to the preview beside its cell."""

    def __init__(self, matrix: Matrix, shown: Preview, layout: Layout) -> None:
        self.matrix, self.shown, self.names = matrix, shown, matrix.names
        self.meanings = {one.key: one for one in layout.columns.values()}
        self.new_names: dict[str, New] = {}
        self.fresh: dict[str, New] = {}  # folded name → what is made for it
        self.priorities: dict[str, New] = {}
        self._codes: dict[str, str] = {}

    def written(self, row: Row) -> str:
        """An activity's words as a file holds them."""
        return cut(row.text)

    # -------- the activity's own fields

    def activity(self, line: Line, row: Row | None, by_id: bool) -> dict[str, object]:
        """The fields that the line changes, by name."""
        found: dict[str, object] = {}
        extra: list[object] = []  # partners that stand beside the responsible
        for field in ("responsible", "partners", "places", "group", "priority", "investment", "investment_programme",
                      "investment_line"):  # fmt: skip
            if field not in self.meanings:
                continue
            at, cell = line.cells.get(field, (self._column(field), None))
            now = row.values.get(field) if row is not None else None
            text = text_of(cell).strip()
            if text == (field_text(self.names, field, now).strip() if row is not None else ""):
                continue
            if not text:
                if by_id and now is not None:
                    found[field] = None
                continue
            try:
                value = self._field(field, cell, text, extra)
            except ValueError as why:
                self.shown.problem(str(why), line.at, at)
                continue
            if value != now:
                found[field] = value
        if extra:
            self._beside(found, row, extra)
        self._year_quarters(line, row, by_id, found)
        return found

    def _column(self, key: str) -> int | None:
        return next((column.at for column in self.shown.columns if column.key == key), None)

    def _beside(self, found: dict[str, object], row: Row | None, extra: list[object]) -> None:
        now = str(row.values.get("partners") or "").split() if row is not None else []
        named = found.get("partners", now)
        there = named if isinstance(named, list) else str(named or "").split()
        more = [one for one in extra if one not in there]
        if more:
            found["partners"] = [*there, *more]

    def _field(self, field: str, cell: Cell, text: str, extra: list[object]) -> object:
        if isinstance(cell, Broken):
            raise ValueError(cell.why)
        if field == "responsible":
            first, *others = self._several(text, ("body", "person"))
            extra += others
            return first
        if field == "partners":
            return self._ids(self._several(text, ("body",)))
        if field == "places":
            return " ".join(sorted(self._places(text)))
        if field == "priority":
            return self._priority(text)
        type_ = _ACTIVITY.field(field).type
        return chosen(type_, text) if isinstance(type_, Choice) else type_.parse(text)

    @staticmethod
    def _ids(found: list[object]) -> object:
        """Sorted as they are stored, where all are known."""
        known = [one for one in found if isinstance(one, str)]
        return " ".join(sorted(set(known))) if len(known) == len(found) else found

    def _several(self, text: str, kinds: tuple[str, ...]) -> list[object]:
        """Whom a cell names: the whole of it where somebody is called so, else its parts; unknown ones are made."""
        meant = self.names.meant(text, kinds)
        if meant.id:
            return [meant.id]
        parts = [part.strip() for part in _PARTS.split(text) if part and part.strip()]
        if len(parts) <= 1:
            parts = [part for part in _FINER.split(text) if part]
        found: list[object] = []
        for n, part in enumerate(parts or [text]):
            one = self._one(part, kinds if n == 0 else ("body",))
            if one not in found:
                found.append(one)
        return found

    def _one(self, name: str, kinds: tuple[str, ...]) -> object:
        meant = self.names.meant(name, kinds)
        if not meant.id and "person" in kinds and is_person(name):
            meant = self.names.meant(without_title(fold(name)), ("person",))
        if meant.id:
            return meant.id
        key = fold(name)
        if key not in self.fresh:
            if is_person(name) and "person" in kinds:
                bare = without_title(key)
                start = name[: len(name) - len(bare)].strip() if fold(name[-len(bare) :]) == bare else ""
                person = {"name_km": name[len(start) :].strip(), "title": start or None}
                self.fresh[key] = self.shown.add("person", person)
            else:
                self.fresh[key] = self.shown.add("body", {"name_km": name})
            self.new_names[name] = self.fresh[key]
        return self.fresh[key]

    def _places(self, text: str) -> set[str]:
        folded, area = fold(text), self.names.area
        if folded.startswith(_EVERYWHERE):
            return {area}
        if folded.startswith(_EACH):
            return {place.code for place in gazetteer.children(area)}
        found: set[str] = set()
        for part in _PARTS.split(text):
            finer = [p for one in _FINER.split(part) for p in _AND.split(one)] if part else []
            for name in finer:
                if name.strip():
                    found.add(self._place(name.strip()))
        return found

    def _place(self, name: str) -> str:
        if name not in self._codes:
            bare = digits.to_ascii(name)
            short_code = bare.isdigit() and len(bare) % 2  # a spreadsheet drops the first 0
            self._codes[name] = self.names.code_of(f"0{bare}" if short_code else name)
        return self._codes[name]

    def _priority(self, text: str) -> object:
        try:
            return self.names.priority(text)
        except ValueError:
            if digits.to_ascii(text).strip(" .").isdigit():
                raise
        key = fold(text)
        if key not in self.priorities:
            self.priorities[key] = self.shown.add("priority", {"plan": self.matrix.plan, "text": text})
            self.new_names[text] = self.priorities[key]
        return self.priorities[key]

    # -------- quarters

    def _year_quarters(self, line: Line, row: Row | None, by_id: bool, found: dict[str, object]) -> None:
        keys = [key for key in self.meanings if key.startswith("quarters")]
        if not keys:
            return
        now = set(str(row.values.get("year_quarters") or "").split()) if row is not None else set()
        spoken: set[str] = set()  # the quarters that the file's columns are about
        said: set[str] = set()
        anything = False
        for key in keys:
            at, cell = line.cells.get(key, (None, None))
            parts = key.split(".")
            about = {f"{parts[1]}Q{n}" for n in (parts[2:] or "1234")} if len(parts) > 1 else set(now)
            anything = anything or cell is not None
            try:
                if len(parts) == 3:
                    said |= about if reading.marked(cell) else set()
                else:
                    said |= reading.quarters(cell, int(parts[1]) if len(parts) > 1 else None)
            except ValueError as why:
                self.shown.problem(str(why), line.at, at)
                about = set()
            spoken |= about
        if not anything and not by_id:
            return
        after = (now - spoken) | said
        if after != now:
            found["year_quarters"] = " ".join(sorted(after)) or None
