"""Typing figures: one cell or thousands at once, all of them or none, in one step that can be taken back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cpdesk import gazetteer
from cpdesk import records as kinds
from cpdesk.analysis.figures import ALL, Slice, number
from cpdesk.errors import BadInput
from cpdesk.i18n import _, ngettext
from cpdesk.khmer import digits
from cpdesk.kinds import Value
from cpdesk.store import Desk, many
from cpdesk.store.connection import immediate
from cpdesk.tasks import records, roles
from cpdesk.tasks.figures.grid import later
from cpdesk.tasks.figures.measures import Keeper
from cpdesk.tasks.roles import Act
from cpdesk.tasks.undo import Undo


class Entry(NamedTuple):
    """What was typed into a cell. Blank text empties it; "-" says not collected, "*" suppressed."""

    measure: str
    place: str
    year: int
    sex: str
    age_group: str
    disability: str
    text: str

    @property
    def cell(self) -> Slice:
        return Slice(self.sex, self.age_group, self.disability)


Key = tuple[str, str, int, Slice]
PLAIN = 16  # digits that are read at once: nearly all figures are such


def refusal(text: str) -> str:
    """Why that text cannot be a figure, in a sentence; "" where it can."""
    try:
        _parsed(text)
    except ValueError as why:
        return str(why)
    return ""


def _parsed(text: str) -> Value:
    if text.isascii() and text.isdigit() and len(text) < PLAIN:
        return str(int(text))
    value = kinds.kind("figure").field("value").type.parse(text)
    n = number(value)
    if n is not None and n < 0:
        raise ValueError(_("A figure cannot be below 0. A dash alone says that it was not collected."))
    return value


def write(keeper: Keeper, entries: Iterable[Sequence[object]], source: str | None = None) -> int:
    """Keep figures (`Entry`, or a tuple of its fields in that order); how many records changed.

    All or none: `BadInput` names the first cell that cannot be read. `source` is kept with those that change.
    """
    desk = keeper.desk if isinstance(keeper, Undo) else keeper
    wanted = _wanted(entries)
    with roles.acting(desk, Act.DRAFT), immediate(desk.db):
        _check(desk, wanted)
        there = _there(desk, wanted)
        new: list[dict[str, Value]] = []
        changed: list[tuple[str, dict[str, Value]]] = []
        for key, value in wanted.items():
            held = there.get(key)
            if held is None:
                if value is not None:
                    new.append(_values(key, value, source))
            elif held[1] != value:
                changed.append((held[0], {"value": value} | ({"source": source} if source else {})))
        if isinstance(keeper, Undo):
            n = len(new) + len(changed)
            said = ngettext("{count} figure", "{count} figures", n).format(count=digits.count(n))
            with keeper.together(said):
                for id_, values in changed:
                    keeper.save("figure", values, id_)
                keeper.made("figure", many.add(desk, kinds.kind("figure"), new))
            return n
        for id_, values in changed:
            records.save(desk, "figure", values, id_)
        return len(many.add(desk, kinds.kind("figure"), new)) + len(changed)


def _wanted(entries: Iterable[Sequence[object]]) -> dict[Key, Value]:
    """The value for each cell; the last one where a cell is named twice."""
    cells: dict[tuple[object, ...], tuple[int, Slice]] = {}
    found: dict[Key, Value] = {}
    for n, entry in enumerate(entries, 1):
        one = entry if isinstance(entry, Entry) else Entry(*entry)  # type: ignore[arg-type]
        try:
            year, cell = cells.get(one[2:6]) or cells.setdefault(one[2:6], _cell(one))
            found[one.measure, one.place, year, cell] = _parsed(one.text)
        except ValueError as why:
            raise BadInput(
                _("Figure {number}: {why}").format(number=digits.count(n), why=why), _("Nothing was changed.")
            ) from None
    return found


def _cell(one: Entry) -> tuple[int, Slice]:
    """Year and part of the children, checked; ValueError with the reason."""
    whole = kinds.kind("figure")
    year = whole.field("year").type.check(one.year)
    if not isinstance(year, int):
        raise ValueError(_("{field} is still missing.").format(field=whole.field("year").label))
    return year, Slice(*(str(whole.field(name).type.check(key) or ALL) for name, key in one.cell._asdict().items()))


def _values(key: Key, value: Value, source: str | None) -> dict[str, Value]:
    measure, place, year, cell = key
    found: dict[str, Value] = {"measure": measure, "place": place, "year": year, **cell._asdict(), "value": value}
    return found | ({"source": source} if source else {})


def _check(desk: Desk, wanted: Iterable[Key]) -> None:
    """That measures and places are there, each looked up once."""
    whole = kinds.kind("figure")
    for measure in {key[0] for key in wanted}:
        records.checked(desk, whole, {"measure": measure})
    for place in {key[1] for key in wanted}:
        records.checked(desk, whole, {"place": place})


def _there(desk: Desk, wanted: Iterable[Key]) -> dict[Key, tuple[str, Value]]:
    """The records that hold these cells now, under whichever of its codes a place was entered."""
    keys = set(wanted)
    if not keys:
        return {}
    shown = {code: place for place in {key[1] for key in keys} for code in gazetteer.codes(place)}
    where: dict[str, Sequence[Value]] = {
        "year": list({key[2] for key in keys}),
        "measure": list({key[0] for key in keys}),
        "place": list(shown),
    }
    fields = ("measure", "place", "year", "sex", "age_group", "disability", "value")
    found: dict[Key, tuple[str, Value]] = {}
    for id_, measure, code, year, sex, age, disability, value in many.within(
        desk.db, kinds.kind("figure"), fields, where
    ):
        key = (str(measure), shown[str(code)], int(str(year)), Slice(*(str(k or ALL) for k in (sex, age, disability))))
        if key in keys and (key not in found or later(desk, (str(id_), value), found[key])):
            found[key] = (str(id_), value)
    return found


def set_source(keeper: Keeper, ids: Iterable[str], source: str) -> int:
    """Say where these figures come from; how many changed."""
    desk = keeper.desk if isinstance(keeper, Undo) else keeper
    changed = [
        record.id
        for record in records.some(desk, "figure", list(ids)).values()
        if record["value"] is not None and record.text("source") != source.strip()
    ]
    values = {"source": source.strip() or None}
    if isinstance(keeper, Undo):
        with keeper.together(kinds.kind("figure").field("source").label):
            for id_ in changed:
                keeper.save("figure", values, id_)
    else:
        records.save_many(desk, [("figure", values, id_) for id_ in changed])
    return len(changed)
