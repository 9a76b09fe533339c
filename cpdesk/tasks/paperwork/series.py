"""The registers that letters draw their numbers from: what a number looks like, and with which the year begins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cpdesk.errors import BadInput
from cpdesk.i18n import _
from cpdesk.khmer import digits
from cpdesk.khmer.spelling import fold
from cpdesk.kinds import Value
from cpdesk.printing.phrases import blanks
from cpdesk.records.paperwork import SERIES, own_id
from cpdesk.store import Desk
from cpdesk.tasks import records
from cpdesk.tasks.paperwork.keeping import desk_of, here, keep, layers, stored
from cpdesk.tasks.undo import Undo

LETTERS = "letters"  # the register that every office has
FORMAT, WIDTH = "{number}/{year2} {suffix}", 3
_BLANKS = frozenset({"number", "year", "year2", "suffix"})
_NAME = "លិខិតចេញ"
_OWN_ONLY = ("first", "first_year")  # how far the paper register had come is each office's own


@dataclass(frozen=True)
class Series:
    """A register: its numbers begin with `first` (in `first_year` alone, where one is said; else every year)."""

    key: str = LETTERS
    name: str = _NAME
    suffix: str = ""
    format: str = FORMAT
    width: int = WIDTH
    first: int = 1
    first_year: int | None = None

    def starts(self, year: int) -> int:
        """The first number of that year."""
        return self.first if self.first_year in (None, year) else 1

    def shown(self, number: int, year: int) -> str:
        """A number as it is printed, in Khmer digits."""
        text = self.format.format(
            number=f"{number:0{self.width}d}", year=year, year2=f"{year % 100:02d}", suffix=self.suffix
        )
        return " ".join(digits.to_khmer(text).split()).rstrip("/ -")


def series(desk: Desk, key: str = LETTERS, *, own: bool = True) -> Series:
    """A register as it stands: field by field the office's own, else what is shared, else what ships. Without the
    office's `own` words, what it would start from."""
    told: dict[str, Value] = {name: value for name, (value, _office) in told_above(desk, key).items()}
    found = here(desk, own_id(SERIES, desk.office, key)) if own else None
    if found is not None:
        told |= {name: value for name, value in found.values.items() if value is not None}
    shape = str(told.get("format") or FORMAT)
    first, year, width = (told.get(name) for name in ("first", "first_year", "width"))
    return Series(
        key,
        str(told.get("name") or (_NAME if key == LETTERS else key)).strip(),
        str(told.get("suffix") or "").strip(),
        FORMAT if format_problem(shape) else shape,
        width if isinstance(width, int) and 1 <= width <= 9 else WIDTH,
        first if isinstance(first, int) and first >= 1 else 1,
        year if isinstance(year, int) else None,
    )


def told_above(desk: Desk, key: str) -> dict[str, tuple[Value, str]]:
    """What offices above say of a register that they share, and which office says it."""
    told: dict[str, tuple[Value, str]] = {}
    for office in reversed(layers(desk)[1:]):
        found = here(desk, own_id(SERIES, office, key))
        if found is not None:
            told |= {
                name: (value, office)
                for name, value in found.values.items()
                if value is not None and name not in _OWN_ONLY
            }
    return told


def every_series(desk: Desk) -> list[Series]:
    """The office's registers, the one that every office has first, and those shared from above."""
    keys = {LETTERS: None}
    for office in layers(desk):
        for _id, *values in records.columns(desk, SERIES.name, ("key",), {"office": office}):
            keys.setdefault(str(values[0]), None)
    first, *others = keys
    return [series(desk, key) for key in (first, *sorted(others))]


def format_problem(text: str) -> str:
    """Why a format cannot be used; blank where it can."""
    try:
        wrong = blanks(text) - _BLANKS
    except ValueError:
        wrong = {"…"}
    if wrong or "{number}" not in text:
        known = "{number}, {year}, {year2}, {suffix}"
        return _("A letter number needs {number} and can have {blanks}. The usual format is used meanwhile.").format(
            number="{number}", blanks=known
        )
    return ""


def put_series(where: Desk | Undo, key: str, values: Mapping[str, object]) -> str:
    """Keep fields of a register; None goes back to the usual. A format that cannot be used is kept out of use, and the
    answer says why; else it is blank."""
    if not key.strip():
        raise BadInput(_("The register needs a name."))
    office = desk_of(where).office
    keep(where, SERIES, own_id(SERIES, office, key), {"office": office, "key": key}, stored(SERIES, values))
    shape = values.get("format")
    return format_problem(shape) if isinstance(shape, str) and shape.strip() else ""


def new_key(desk: Desk, name: str) -> str:
    """The key of a new register of that name: the same name on two computers of an office is one register. A slash
    would part the key from the year."""
    wanted = " ".join(name.split()).replace("/", "-")
    if not wanted:
        raise BadInput(_("The register needs a name."))
    taken = [one for one in every_series(desk) if fold(one.name) == fold(name) or fold(one.key) == fold(wanted)]
    if taken:
        raise BadInput(_("There is a register called “{name}” already.").format(name=taken[0].name))
    return wanted
