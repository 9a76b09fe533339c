"""What a line says of an indicator, its baseline and its targets, held against what is there."""

from __future__ import annotations

from cpdesk.khmer.spelling import fold
from cpdesk.store import Desk, Record
from cpdesk.tables.cells import text_of
from cpdesk.tables.plan import values as reading
from cpdesk.tables.plan.headings import Meaning
from cpdesk.tables.plan.lines import Line
from cpdesk.tasks import records as tasks
from cpdesk.tasks.tables.matrix_words import cut
from cpdesk.tasks.tables.preview import New, Preview


class Indicators:
    """Reads the columns of indicators and targets; `meanings` are the columns of the file by key."""

    def __init__(self, desk: Desk, shown: Preview, meanings: dict[str, Meaning]) -> None:
        self.desk, self.shown, self.meanings = desk, shown, meanings
        self._measured: dict[str, dict[int, tuple[str, str | None]]] = {}

    def take(
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
            named = [r for r in there if r.id == line.id] or [r for r in rest if fold(r.text("text")) == fold(text)]
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


def _cut(value: object) -> object:
    return cut(value).strip() if isinstance(value, str) else value
