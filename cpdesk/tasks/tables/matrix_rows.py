"""Line by line what a matrix from a file makes of a plan: which line it is, what its cells say, what changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from cpdesk.i18n import _, ngettext
from cpdesk.khmer import digits
from cpdesk.khmer.spelling import fold
from cpdesk.kinds import is_record_id
from cpdesk.store import Desk, Record
from cpdesk.tables.plan import lines as reading
from cpdesk.tables.plan.layout import Layout
from cpdesk.tables.plan.lines import Line
from cpdesk.tasks import records as tasks
from cpdesk.tasks.matrix.rows import Matrix, Row
from cpdesk.tasks.tables.matrix_cells import Cells
from cpdesk.tasks.tables.matrix_indicators import Indicators
from cpdesk.tasks.tables.matrix_money import Budgets
from cpdesk.tasks.tables.preview import BAND, CHANGED, NEW, PASSED, SAME, New, Preview

Owner = str | New
_PARENT = {"objective": "plan", "output": "objective", "activity": "output"}
_STEP = tasks.STEP
_NOTES = 12


class Taking:
    """Takes the lines of a file in their order; what comes of them gathers in the preview."""

    def __init__(self, desk: Desk, matrix: Matrix, shown: Preview, layout: Layout, lines: Sequence[Line]) -> None:
        self.desk, self.matrix, self.shown = desk, matrix, shown
        self.cells = Cells(matrix, shown, layout)
        self.indicators = Indicators(desk, shown, self.cells.meanings)
        self.budgets = Budgets(desk, shown, matrix.names, self.cells.meanings)
        self.objective: Owner | None = None
        self.output: Owner | None = None
        self.owner: Line | None = None  # the band or activity that further indicators belong to
        self.here: Row | None = None
        self.holder: Owner | None = None
        self.used: set[str] = set()
        self.orders: dict[Owner, int] = {}
        self.places = [0, 0, 0]  # how many objectives, outputs, activities so far: what an unwritten code would be
        self.by_words: dict[tuple[object, ...], list[Row]] = defaultdict(list)
        self.by_code: dict[str, list[Row]] = defaultdict(list)
        for row in matrix.rows:
            parent = row.parent if row.sort != "objective" else ""
            self.by_words[row.sort, parent, fold(row.text)].append(row)
            if row.sort == "activity":
                self.by_words[row.sort, "", fold(row.text)].append(row)
                if row.values.get("code"):
                    self.by_code[fold(row.code)].append(row)
        self.serial = _are_serial([line.code for line in lines if line.role == reading.ACTIVITY])

    def line(self, line: Line) -> str:
        """Take a line; the word that tells what becomes of its row."""
        if line.role == reading.PASSED:
            return PASSED
        if line.role == reading.STRAY:
            column = next((column for column, _cell in line.cells.values()), None)
            self.shown.problem(_("There is no activity in this row that this could belong to."), line.at, column)
            return SAME
        if line.role == reading.INDICATOR:
            return self._further_indicator(line)
        if line.role in reading.BANDS:
            return self._band(line)
        return self._activity(line)

    # -------- bands

    def _band(self, line: Line) -> str:
        kind = line.role
        if kind == reading.OUTPUT and self.objective is None:
            self.objective = self._unnamed(line)
        parent: Owner = self.matrix.plan if kind == reading.OBJECTIVE else (self.objective or self.matrix.plan)
        self._count(kind)
        row = self._found(line, kind, parent)
        what = BAND
        if row is None:
            self.holder = self.shown.add(
                kind,
                {_PARENT[kind]: parent, "order": self._order(kind, parent), "text": line.text},
                part=isinstance(parent, New),
            )
            self.shown.made += 1
            what = NEW
        else:
            assert row.id is not None
            self.holder = row.id
            if fold(row.text) != fold(line.text):
                self.shown.add(kind, {"text": line.text}, row.id)
                self.shown.changed += 1
                what = CHANGED
        if kind == reading.OBJECTIVE:
            self.objective, self.output = self.holder, None
        else:
            self.output = self.holder
        self.owner, self.here = line, row
        self.indicators.take(line, self.holder, self._band_indicators(row), by_id=bool(row and row.id == line.id))
        return what

    def _band_indicators(self, row: Row | None) -> list[Record]:
        if row is None or row.id is None:
            return []
        return tasks.children(self.desk, "indicator", row.id)

    def _unnamed(self, line: Line) -> Owner:
        """What a plan's lines hang on where the file names no objective."""
        words = _("Activities without an objective")
        for row in self.by_words.get(("objective", "", fold(words)), []):
            assert row.id is not None
            return row.id
        self._count(reading.OBJECTIVE)
        number = digits.count(line.at + 1)
        told = _("Row {number} stands under no objective: one is made, called “{words}”.")
        self.shown.notes.append(told.format(number=number, words=words))
        self.shown.made += 1
        plan = self.matrix.plan
        return self.shown.add("objective", {"plan": plan, "order": self._order("objective", plan), "text": words})

    # -------- activities

    def _activity(self, line: Line) -> str:
        if self.objective is None:
            self.objective = self._unnamed(line)
        parent = self.output or self.objective
        self._count(reading.ACTIVITY)
        before, refused = len(self.shown.drafts), len(self.shown.refused)
        row = self._found(line, "activity", parent)
        by_id = row is not None and row.id == line.id
        values = self.cells.activity(line, row, by_id)
        self._code(line, row, values)
        if row is None:
            values = {name: value for name, value in values.items() if value is not None}
            values |= {"output": parent, "order": self._order("activity", parent), "text": line.text}
            self.holder = self.shown.add("activity", values, part=isinstance(parent, New))
            self.shown.made += 1
        else:
            assert row.id is not None
            self.holder = row.id
            if line.text.strip() != self.cells.written(row).strip():
                values["text"] = line.text
            if parent != row.parent:
                values |= {"output": parent, "order": self._order("activity", parent)}
            if values:
                self.shown.add("activity", values, row.id)
        self.owner, self.here = line, row
        indicators = row.indicators if row is not None else []
        self.indicators.take(line, self.holder, indicators, by_id=by_id)
        self.budgets.take(line, self.holder, row, by_id=by_id)
        if row is None:
            return NEW
        if len(self.shown.drafts) > before and len(self.shown.refused) == refused:
            self.shown.changed += 1
            return CHANGED
        return SAME

    def _code(self, line: Line, row: Row | None, values: dict[str, object]) -> None:
        """A code is kept where it is more than the number that its place gives it."""
        code = line.code.strip()
        own = row.values.get("code") if row is not None else None
        place = ".".join(str(n) for n in self.places if n)
        if not code or self.serial or fold(code) == fold(str(own or "")):
            return
        if own is None and fold(code).strip(".") in (place, row.code if row is not None else place):
            return
        values["code"] = code

    def _further_indicator(self, line: Line) -> str:
        if self.owner is None or self.holder is None:
            self.shown.problem(_("There is no activity in this row that this could belong to."), line.at)
            return SAME
        before = len(self.shown.drafts)
        there = (
            self.here.indicators if self.here is not None and self.here.sort == "activity"
            else self._band_indicators(self.here)
        )  # fmt: skip
        self.indicators.take(line, self.holder, there, by_id=is_record_id(line.id), further=True)
        return CHANGED if len(self.shown.drafts) > before else SAME

    # -------- which line it is

    def _found(self, line: Line, kind: str, parent: Owner) -> Row | None:
        """The plan's own line: by id, by code and words, by the words under the same parent, by a code of its own."""
        row = self.matrix.by_id.get(line.id)
        if row is None or row.sort != kind or line.id in self.used:
            row = self._by_words(line, kind, parent)
        if row is not None and row.id is not None:
            self.used.add(row.id)
        return row

    def _by_words(self, line: Line, kind: str, parent: Owner) -> Row | None:
        whole = parent if isinstance(parent, str) and kind != "objective" else ""
        words = fold(line.text)
        free = [r for r in self.by_words.get((kind, whole, words), []) if r.id not in self.used]
        if kind == "activity":
            coded = [r for r in free if line.code and fold(r.code) == fold(line.code)]
            anywhere = [r for r in self.by_words.get((kind, "", words), []) if r.id not in self.used]
            same = [r for r in anywhere if line.code and r.values.get("code") and fold(r.code) == fold(line.code)]
            bearing = [r for r in self.by_code.get(fold(line.code), []) if r.id not in self.used] if line.code else []
            only = bearing if len(bearing) == 1 and not self.serial else []
            free = coded or free or same or (anywhere if len(anywhere) == 1 else []) or only
        return free[0] if free else None

    # -------- order

    def _count(self, kind: str) -> None:
        at = ("objective", "output", "activity").index(kind)
        self.places[at] += 1
        self.places[at + 1 :] = [0] * (2 - at)

    def _order(self, kind: str, parent: Owner) -> int:
        """The place behind the last part."""
        if parent not in self.orders:
            self.orders[parent] = tasks.next_order(self.desk, kind, parent) if isinstance(parent, str) else _STEP
        else:
            self.orders[parent] += _STEP
        return self.orders[parent]

    def finish(self) -> None:
        """What a person should know besides: who is new here, totals that do not add up."""
        new = list(self.cells.new_names)
        if new:
            told = ", ".join(new[:_NOTES]) + ("…" if len(new) > _NOTES else "")
            words = ngettext(
                "{count} name is new here and will be added: {names}",
                "{count} names are new here and will be added: {names}",
                len(new),
            )
            self.shown.notes.append(words.format(count=digits.count(len(new)), names=told))
        self.shown.notes += self.budgets.notes[:_NOTES]


def _are_serial(codes: Sequence[str]) -> bool:
    """ល.រ 1, 2, 3 down the table is the number of a row, and no code of an activity."""
    plain = [digits.to_ascii(code).strip(" .") for code in codes if code]
    return bool(plain) and all(code.isdigit() for code in plain)
