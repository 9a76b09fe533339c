"""What the cells of one line say of an activity, its indicators, targets and budgets, held against what is there."""

from __future__ import annotations

import re
from decimal import Decimal

from cpdesk import gazetteer
from cpdesk.i18n import _
from cpdesk.khmer import digits
from cpdesk.khmer.spelling import fold
from cpdesk.kinds import Choice
from cpdesk.records import kind
from cpdesk.store import Desk, Record
from cpdesk.tables.cells import Broken, Cell, text_of
from cpdesk.tables.plan import values as reading
from cpdesk.tables.plan.headings import SOURCE_WORDS, UNSAID, squeezed
from cpdesk.tables.plan.layout import Layout
from cpdesk.tables.plan.lines import Line
from cpdesk.tasks import records as tasks
from cpdesk.tasks.matrix.rows import Matrix, Row
from cpdesk.tasks.tables.generic import chosen
from cpdesk.tasks.tables.matrix_words import cut, field_text, sums
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
_PAYERS = {"ngo": "ngo", "un_agency": "un", "donor": "donor"}


class Cells:
    """Reads cells; what cannot be read is told to the preview beside its cell."""

    def __init__(self, desk: Desk, matrix: Matrix, shown: Preview, layout: Layout) -> None:
        self.desk, self.matrix, self.shown, self.names = desk, matrix, shown, matrix.names
        self.meanings = {one.key: one for one in layout.columns.values()}
        self.quarters = {key.split(".")[1]: key for key in self.meanings if key.startswith("quarters.")}
        self.new_names: dict[str, New] = {}
        self.notes: list[str] = []
        self.fresh: dict[str, New] = {}  # folded name → what is made for it
        self.priorities: dict[str, New] = {}
        self._codes: dict[str, str] = {}
        self._measured: dict[str, dict[int, tuple[str, str | None]]] = {}

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

    # -------- indicators and targets

    def indicators(
        self, line: Line, holder: str | New | None, there: list[Record], *, by_id: bool, further: bool = False
    ) -> None:
        """The indicator that the line tells of, with its targets."""
        keys = [key for key in line.cells if key.startswith(("indicator.", "target."))]
        if holder is None or (not keys and not (by_id and there and not further)):
            return
        text = text_of(line.cells["indicator.text"][1]).strip() if "indicator.text" in line.cells else ""
        record = self._which(line, there, text, further)
        values, targets = self._indicator_values(line, record, by_id)
        if record is not None:
            if text and text != cut(record.text("text")).strip():
                values["text"] = text
            if values:
                self.shown.add("indicator", values, record.id)
            owner: str | New = record.id
        elif values or targets or text:
            values = {name: value for name, value in values.items() if value is not None}
            values |= {"of": holder, "text": text or line.text, "order": (len(there) + 1) * tasks.STEP + line.at}
            owner = self.shown.add("indicator", values, part=isinstance(holder, New))
        else:
            return
        self._targets(owner, record, targets)

    def _which(self, line: Line, there: list[Record], text: str, further: bool) -> Record | None:
        """The indicator here that the line means."""
        if further:
            rest = there[1:]
            named = [r for r in there if r.id == line.id] or [
                r for r in rest if fold(r.text("text")) == fold(text)
            ]
            return named[0] if named else None
        if there and text:
            named = [r for r in there if fold(r.text("text")) == fold(text)]
            return named[0] if named else there[0]
        return there[0] if there else None

    def _indicator_values(
        self, line: Line, record: Record | None, by_id: bool
    ) -> tuple[dict[str, object], dict[int, str | None]]:
        values: dict[str, object] = {}
        targets: dict[int, str | None] = {}
        unit = ""
        for key in self.meanings:
            at, cell = line.cells.get(key, (None, None))
            if not key.startswith(("indicator.", "target.")) or key == "indicator.text" or (cell is None and not by_id):
                continue
            name = key.partition(".")[2]
            try:
                if key.startswith("target."):
                    number, said = reading.number(cell)
                    targets[int(name)] = None if number is None else reading.stored(number)
                    unit = unit or said
                elif name == "baseline":
                    number, said, year = reading.baseline(cell)
                    values[name] = None if number is None else reading.stored(number)
                    unit = unit or said
                    if year:
                        values.setdefault("baseline_year", year)
                elif name == "baseline_year":
                    values[name] = reading.year(cell) if cell is not None else None
                else:
                    values[name] = text_of(cell).strip() or None
            except ValueError as why:
                self.shown.problem(str(why), line.at, at)
        if unit and not values.get("unit") and (record is None or record["unit"] is None):
            values["unit"] = unit
        return {n: v for n, v in values.items() if record is None or v != _cut(record[n])}, targets

    def _targets(self, owner: str | New, record: Record | None, targets: dict[int, str | None]) -> None:
        there = self._targets_of(record) if record is not None and targets else {}
        for year, value in targets.items():
            id_, now = there.get(year, ("", None))
            if value == now:
                continue
            if id_:
                self.shown.add("target", {"value": value}, id_)
            else:
                new = {"indicator": owner, "year": year, "value": value}
                self.shown.add("target", new, part=isinstance(owner, New))

    def _targets_of(self, record: Record) -> dict[int, tuple[str, str | None]]:
        """Targets of an indicator by year, all read at once when the first is asked for."""
        if not self._measured:
            self._measured[""] = {}
            for id_, *told in tasks.columns(self.desk, "target", ("indicator", "year", "value")):
                of, year, value = told
                if isinstance(year, int):
                    held = self._measured.setdefault(str(of), {})
                    held[year] = (id_, value if isinstance(value, str) else None)
        return self._measured.get(record.id, {})

    # -------- budgets

    def budgets(self, line: Line, holder: str | New, row: Row | None, *, by_id: bool) -> None:
        """The amounts of the line, one for each year and source."""
        payer = self._payer(line)
        for key, meaning in self.meanings.items():
            parts = key.split(".")
            if parts[0] != "budget" or len(parts) != 3:
                continue
            at, cell = line.cells.get(key, (None, None))
            if cell is None and not by_id:
                continue
            year, source = int(parts[1]), parts[2]
            donor = None
            if source == UNSAID and payer is not None:
                source, donor = payer
            try:
                wanted = reading.amounts(cell, meaning) if cell is not None else ()
            except ValueError as why:
                self.shown.problem(str(why), line.at, at)
                continue
            self._budget(line, at, holder, row, (year, source, donor), wanted)
        self._check_totals(line)

    def _budget(
        self,
        line: Line,
        at: int | None,
        holder: str | New,
        row: Row | None,
        what: tuple[int, str, str | None],
        wanted: reading.Amounts,
    ) -> None:
        year, source, donor = what
        there = row.lines(year, source) if row is not None else []
        if sums(there) == wanted:
            return
        if len(there) > 1 or (there and len(wanted) > 1):
            self.shown.problem(
                _("Here several budget lines stand behind this amount: change them in the plan itself."), line.at, at
            )
        elif there and wanted:
            amount, currency = wanted[0]
            self.shown.add("budget_line", {"amount": reading.stored(amount), "currency": currency}, there[0].id)
        elif there:
            self.shown.add("budget_line", {"amount": None}, there[0].id)
        else:
            for amount, currency in wanted:
                new = {"activity": holder, "year": year, "source": None if source == UNSAID else source, "donor": donor,
                       "amount": reading.stored(amount), "currency": currency}  # fmt: skip
                kept = {name: value for name, value in new.items() if value is not None}
                self.shown.add("budget_line", kept, part=isinstance(holder, New))

    def _payer(self, line: Line) -> tuple[str, str | None] | None:
        """Who pays, where a column of its own says it: a source, or a body whose sort tells one."""
        at, cell = line.cells.get("budget.source", (None, None))
        text = text_of(cell).strip()
        if not text:
            return None
        bare = squeezed(text)
        for source, words in SOURCE_WORDS.items():
            if bare in map(squeezed, words):
                return source, None
        type_ = kind("budget_line").field("source").type
        if isinstance(type_, Choice):
            try:
                return str(chosen(type_, text)), None
            except ValueError:
                pass  # it may be the name of a body
        try:
            meant = self.names.meant(text, ("body",))
        except ValueError as why:
            self.shown.problem(str(why), line.at, at)
            return None
        body = tasks.get_if_here(self.desk, meant.id) if meant.id else None
        if body is not None:
            return _PAYERS.get(body.text("sort"), "state"), body.id
        said = _("“{name}” is no source of a budget that is known here.")
        self.shown.problem(said.format(name=text[:40]), line.at, at)
        return None

    def _check_totals(self, line: Line) -> None:
        """A total that stands in the file and is not the sum of its parts is told, since one of them is wrong."""
        for key, (at, cell) in line.cells.items():
            parts = key.split(".")
            if parts[0] != "budget" or len(parts) != 2 or not parts[1].isdigit():
                continue
            beside = [
                (line.cells[k][1], self.meanings[k]) for k in self.meanings
                if k.startswith(key + ".") and k in line.cells
            ]  # fmt: skip
            try:
                total = reading.amounts(cell, self.meanings[key])
                found: dict[str, Decimal] = {}
                for one, meaning in beside:
                    for amount, currency in reading.amounts(one, meaning):
                        found[currency] = found.get(currency, Decimal(0)) + amount
            except ValueError:
                continue  # its own cell says so already, or nobody needs this total
            if len(total) == 1 and len(found) == 1 and beside and total[0] != (found[c := next(iter(found))], c):
                self.notes.append(
                    _("Row {number}: the total is {total}, its parts make {sum}.").format(
                        number=digits.count(line.at + 1),
                        total=digits.number(total[0][0]),
                        sum=digits.number(next(iter(found.values()))),
                    )
                )
            del at


def _cut(value: object) -> object:
    return cut(value).strip() if isinstance(value, str) else value
