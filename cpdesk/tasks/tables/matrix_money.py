"""What a line says of money: an amount for each year and source, held against the budget lines that are there."""

from __future__ import annotations

from decimal import Decimal

from cpdesk.i18n import _
from cpdesk.khmer import digits
from cpdesk.kinds import Choice
from cpdesk.records import kind
from cpdesk.store import Desk
from cpdesk.tables.cells import text_of
from cpdesk.tables.plan import values as reading
from cpdesk.tables.plan.headings import SOURCE_WORDS, UNSAID, Meaning, squeezed
from cpdesk.tables.plan.lines import Line
from cpdesk.tasks import records as tasks
from cpdesk.tasks.matrix.names import Names
from cpdesk.tasks.matrix.rows import Row
from cpdesk.tasks.tables.generic import chosen
from cpdesk.tasks.tables.matrix_words import sums
from cpdesk.tasks.tables.preview import New, Preview

_PAYERS = {"ngo": "ngo", "un_agency": "un", "donor": "donor"}


class Budgets:
    """Reads the columns of amounts; `notes` gathers totals that their parts do not make."""

    def __init__(self, desk: Desk, shown: Preview, names: Names, meanings: dict[str, Meaning]) -> None:
        self.desk, self.shown, self.names, self.meanings = desk, shown, names, meanings
        self.notes: list[str] = []

    def take(self, line: Line, holder: str | New, row: Row | None, *, by_id: bool) -> None:
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
        for key, (_at, cell) in line.cells.items():
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
