"""What is counted: the committee's own list of measures, and the starter list that ships."""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from cpdesk import records as kinds
from cpdesk.i18n import _, pick
from cpdesk.kinds import Value
from cpdesk.paths import RESOURCES
from cpdesk.store import Desk, Record, writer
from cpdesk.store.connection import immediate
from cpdesk.tasks import records, roles
from cpdesk.tasks.roles import Act
from cpdesk.tasks.undo import Undo

Keeper = Undo | Desk
"""Through `Undo` what is done can be taken back; a bare desk is for the command line and for stories."""

START = RESOURCES / "measures.tsv"
_SHARES = ("%", "ភាគរយ", "percent", "per cent")
_CHILDREN = ("កុមារ", "children")
_UNITS = {"កុមារ": "children", "គ្រួសារ": "families", "នាក់": "people", "ករណី": "cases", "ភាគរយ": "%"}


@dataclass(frozen=True)
class Measure:
    """A measure as the grid needs it. `weight` is 0 where it does not count in the ranking."""

    id: str
    name: str
    short: str
    unit: str
    sort: str
    weight: Decimal
    better: bool
    base: str | None

    @property
    def adds_up(self) -> bool:
        """Whether places may be summed: per cents may not."""
        return self.unit.casefold().strip() not in _SHARES

    @property
    def of_children(self) -> bool:
        """Whether the ages up to 17 make up the total."""
        return self.unit.casefold().strip() in _CHILDREN

    @property
    def counted_in(self) -> str:
        """The unit in the present language, where it is one that officials usually count in."""
        return pick(self.unit, _UNITS.get(self.unit.strip(), self.unit))


def listed(desk: Desk) -> list[Measure]:
    """The measures in the committee's order."""
    return [of_record(record) for record in records.find(desk, "measure")]


def of_record(record: Record) -> Measure:
    km, en = record.text("name_km"), record.text("name_en")
    name = pick(km or en, en or km) or record.title
    weight, base = record["weight"], record["base"]
    return Measure(
        record.id,
        name,
        pick(record.text("short"), _short_in_english(record)) or name,
        record.text("unit"),
        record.text("sort") or "other",
        max(Decimal(weight), Decimal(0)) if isinstance(weight, str) else Decimal(0),
        record["direction"] == "better",
        base if isinstance(base, str) and base != record.id else None,
    )


def _short_in_english(record: Record) -> str:
    """The starter list's own short name, while the measure is still called as there; else the whole."""
    long, short = _start_names().get(record.id, ("", ""))
    return short if record.text("name_en") == long else record.text("name_en")


@lru_cache(maxsize=1)
def _start_names() -> dict[str, tuple[str, str]]:
    return {start_id(row["key"]): (row["name_en"], row["short_en"]) for row in _start_rows()}


def _start_rows() -> list[dict[str, str]]:
    with START.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def start_id(key: str) -> str:
    """The id of a measure of the starter list: the same on every desk, so that the province adds up like with like."""
    return hashlib.sha256(b"cpdesk measure " + key.encode()).hexdigest()[:32]


def start_measures(keeper: Keeper) -> list[str]:
    """Put the starter list under the committee's own measures; what is or was there already stays as it is.

    The ids that were made.
    """
    desk = keeper.desk if isinstance(keeper, Undo) else keeper
    roles.need(desk, Act.DRAFT)
    whole = kinds.kind("measure")
    rows = _start_rows()
    with immediate(desk.db):
        last = max((r["order"] for r in records.find(desk, "measure") if isinstance(r["order"], int)), default=0)
        made = []
        for n, row in enumerate(rows, 1):
            id_ = start_id(row["key"])
            if records.get_if_here(desk, id_) is None:
                writer.save(desk, whole, records.checked(desk, whole, _values(row, last + n * records.STEP)), id_)
                made.append(id_)
        for row in rows:
            if row["base"] and start_id(row["key"]) in made:
                writer.save(desk, whole, {"base": start_id(row["base"])}, start_id(row["key"]))
        if isinstance(keeper, Undo) and made:
            with keeper.together(_("the starter list of measures")):
                keeper.made("measure", made)
    return made


def _values(row: dict[str, str], order: int) -> dict[str, Value]:
    plain = {name: row[name] or None for name in ("name_km", "name_en", "short", "sort", "unit", "weight", "direction")}
    return {**plain, "order": order, "definition": f"{row['definition']}\nប្រភព៖ {row['source']}"}
