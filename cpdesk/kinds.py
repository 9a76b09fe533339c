"""What a field can hold, and what a kind of record is.

A `Type` owns everything about a value: how it is stored, read from what people type, checked, shown, and turned into
JSON. A `Kind` is a list of fields; form, list, table, package, search and plain paper all follow from it.

A stored value is one of null, bool, int, str (the only values the change log knows): a day is "2022-06-23", an amount
"12500000", several references are ids parted by spaces. Blank is None, and is a value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from cpdesk.i18n import _, language, pick
from cpdesk.khmer import dates, digits
from cpdesk.khmer.masking import masked

Value = None | bool | int | str
Values = Mapping[str, Value]
MAX_TEXT = 1_000_000
MAX_PACKED = 3_500_000  # plain letters; a change of the log has room for 4 MiB
MAX_INT = 2**53 - 1
_ID = re.compile(r"[0-9a-f]{32}\Z")
_AMOUNT = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,10})?")
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.A)
_QUARTER = re.compile(r"(19|20|21)\d\dQ[1-4]", re.A)
_ONE_QUARTER = re.compile(
    r"(?P<y>(?:19|20|21)\d\d)[ /-]?(?:q|t|ត្រីមាស(?:ទី)?) ?(?P<q>[1-4])(?!\d)"
    r"|(?:q|t|ត្រីមាស(?:ទី)?) ?(?P<quarter>[1-4]) ?[/-]? ?(?:ឆ្នាំ)? ?(?P<year>(?:19|20|21)\d\d)(?!\d)",
    re.A | re.I,
)
_YEARS_QUARTERS = re.compile(r"((?:19|20|21)\d\d) ?: ?([1-4](?: ?, ?[1-4])*)(?!\d)", re.A)


def is_record_id(text: str) -> bool:
    return bool(_ID.match(text))


class Type:
    """One sort of value. `check` takes a stored or JSON value and raises ValueError with a translated reason."""

    name = "text"
    sql = "TEXT"

    def check(self, value: object) -> Value:
        raise NotImplementedError

    def fits(self, _value: Value) -> bool:
        """Whether a value is in the form that `check` gives. What came from elsewhere may not be: such a value stays in
        the log, is shown there as it is, and is blank in the record."""
        return True

    def parse(self, text: str) -> Value:
        """What a person typed; an empty text is blank."""
        text = text.strip()
        return self.check(text) if text else None

    def show(self, value: Value) -> str:
        return "" if value is None else str(value)

    def to_json(self, value: Value) -> object:
        return value

    def facts(self) -> dict[str, object]:
        """Limits and choices, for those who read the declaration by program."""
        return {}


def _no(value: object, wanted: str) -> ValueError:
    shown = repr(value)
    return ValueError(_("{value} is not {wanted}.").format(value=shown[:60], wanted=wanted))


@dataclass(frozen=True)
class Text(Type):
    """Free text; `long` has lines. Any character but U+0000 and lone surrogates, at most a million."""

    long: bool = False
    most: int = MAX_TEXT
    name = "text"

    def check(self, value: object) -> Value:
        if value is None:
            return None
        if not isinstance(value, str):
            raise _no(value, _("text"))
        if len(value) > self.most:
            raise ValueError(_("The text is too long: {limit} characters at most.").format(limit=self.most))
        if "\0" in value or any("\ud800" <= c <= "\udfff" for c in value):
            raise ValueError(_("The text holds a character that cannot be stored."))
        return value.replace("\r\n", "\n").replace("\r", "\n") or None

    def parse(self, text: str) -> Value:
        return self.check(text)

    def facts(self) -> dict[str, object]:
        return {"long": self.long, "max_length": self.most}


@dataclass(frozen=True)
class Count(Type):
    """A whole number."""

    least: int = 0
    most: int = MAX_INT
    name = "count"
    sql = "INTEGER"

    def check(self, value: object) -> Value:
        if value is None:
            return None
        if isinstance(value, str):
            try:
                value = digits.parse_int(value)
            except digits.Refused:
                raise
            except ValueError:
                raise _no(value, _("a whole number")) from None
        if isinstance(value, bool) or not isinstance(value, int):
            raise _no(value, _("a whole number"))
        if not self.least <= value <= self.most:
            raise ValueError(self._bounds())
        return value

    def _bounds(self) -> str:
        """Between what it must lie; the largest that can be stored goes without saying."""
        if self.most == MAX_INT and self.least > -MAX_INT:
            return _("The number must be {least} or more.").format(least=self.show(self.least))
        words = _("The number must lie between {least} and {most}.")
        return words.format(least=self.show(self.least), most=self.show(self.most))

    def fits(self, value: Value) -> bool:
        return isinstance(value, int) and self.least <= value <= self.most

    def show(self, value: Value) -> str:
        return digits.number(value) if isinstance(value, int) else ""

    def facts(self) -> dict[str, object]:
        return {"least": self.least, "most": self.most}


@dataclass(frozen=True)
class Order(Count):
    """A place in a list: steps of 1024, so that a row fits between two others."""

    least: int = -MAX_INT
    name = "order"


@dataclass(frozen=True)
class Year(Count):
    least: int = 1900
    most: int = 2100
    name = "year"

    def show(self, value: Value) -> str:
        return digits.count(value) if isinstance(value, int) else ""


@dataclass(frozen=True)
class Amount(Type):
    """A decimal number as text, never a float; its currency stands in a field beside it.

    Stored and in JSON it is plain ("12500", "12.5"); what a person types is read as officials write it, where "12.500"
    is twelve thousand five hundred.
    """

    name = "amount"

    def check(self, value: object) -> Value:
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | str):
            raise _no(value, _("an amount"))
        if isinstance(value, str) and not _AMOUNT.fullmatch(value):
            raise _no(value, _("an amount"))
        return format(Decimal(value).normalize(), "f")

    def fits(self, value: Value) -> bool:
        return isinstance(value, str) and bool(_AMOUNT.fullmatch(value))

    def parse(self, text: str) -> Value:
        if not text.strip():
            return None
        try:
            number, _currency = digits.money(text)
        except digits.Refused:
            raise
        except ValueError:
            raise _no(text, self._wanted()) from None
        return self.check(format(number, "f"))

    def _wanted(self) -> str:
        return _("an amount")

    def show(self, value: Value) -> str:
        if not isinstance(value, str):
            return ""
        return digits.number(Decimal(value)) if Amount.fits(self, value) else value


NOT_COLLECTED, SUPPRESSED = "not_collected", "suppressed"


@dataclass(frozen=True)
class Figure(Amount):
    """A counted or measured number, or why there is none: "not_collected" (nobody asked) or "suppressed" (hidden, so
    that no child can be told from it). Blank is neither: nothing was entered yet; and 0 is a number.

    One value and not a number with a mark beside it, so that two desks can never merge into "5, not collected".
    """

    name = "figure"

    def check(self, value: object) -> Value:
        if isinstance(value, str) and value in (NOT_COLLECTED, SUPPRESSED):
            return value
        return super().check(value)

    def fits(self, value: Value) -> bool:
        return value in (NOT_COLLECTED, SUPPRESSED) or super().fits(value)

    def parse(self, text: str) -> Value:
        bare = text.strip()
        if bare in ("-", "–", "—", "n/c", "N/C", NOT_COLLECTED, _("not collected")):
            return NOT_COLLECTED
        if bare in ("*", "▒", "▒▒", SUPPRESSED, _("suppressed")):
            return SUPPRESSED
        return super().parse(text)

    def _wanted(self) -> str:
        return _("a number")

    def show(self, value: Value) -> str:
        """As a table has room for: –, ▒ or the number."""
        return {NOT_COLLECTED: "–", SUPPRESSED: "▒"}.get(str(value)) or super().show(value)

    def facts(self) -> dict[str, object]:
        return {"states": [NOT_COLLECTED, SUPPRESSED]}


@dataclass(frozen=True)
class Packed(Text):
    """Text that is kept for programs: not shown, not searched, not typed (the frozen content of a version).

    It may be longer than what people type: a plan of 5,000 activities takes 930,000 characters.
    """

    most: int = MAX_PACKED
    name = "packed"

    def show(self, value: Value) -> str:
        return "" if value is None else _("kept")


@dataclass(frozen=True)
class Date(Type):
    """A day, stored as ISO 8601."""

    name = "date"

    def check(self, value: object) -> Value:
        if value is None:
            return None
        if isinstance(value, date):
            return value.isoformat()
        if not isinstance(value, str):
            raise _no(value, _("a date"))
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError:
            pass
        try:
            return dates.parse(value, date.today()).isoformat()
        except dates.Refused:
            raise
        except ValueError:
            raise _no(value, _("a date")) from None

    def fits(self, value: Value) -> bool:
        try:
            return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
        except ValueError:
            return False

    def show(self, value: Value) -> str:
        if not isinstance(value, str):
            return ""
        return dates.short(date.fromisoformat(value)) if self.fits(value) else value


@dataclass(frozen=True)
class Time(Type):
    """A time of day, stored as "08:30"."""

    name = "time"

    def check(self, value: object) -> Value:
        if value is None:
            return None
        if not isinstance(value, str):
            raise _no(value, _("a time"))
        try:
            return dates.parse_time(value).strftime("%H:%M")
        except ValueError:
            raise _no(value, _("a time")) from None

    def fits(self, value: Value) -> bool:
        return isinstance(value, str) and bool(_CLOCK.fullmatch(value))

    def show(self, value: Value) -> str:
        if not isinstance(value, str):
            return ""
        return dates.clock(time.fromisoformat(value)) if self.fits(value) else value


@dataclass(frozen=True)
class Option:
    key: str
    km: str
    en: str

    @property
    def label(self) -> str:
        return pick(self.km, self.en)


@dataclass(frozen=True)
class Choice(Type):
    """One of a few keys; a key that a newer version knows is kept and shown as it is."""

    options: tuple[Option, ...] = ()
    name = "choice"

    def check(self, value: object) -> Value:
        if value is None:
            return None
        if isinstance(value, str):
            for option in self.options:
                if value.strip() in (option.key, option.km, option.en):
                    return option.key
        raise _no(value, _("one of: {choices}").format(choices=", ".join(o.key for o in self.options)))

    def show(self, value: Value) -> str:
        return next((o.label for o in self.options if o.key == value), "" if value is None else str(value))

    def facts(self) -> dict[str, object]:
        return {"choices": [{"key": o.key, "km": o.km, "en": o.en} for o in self.options]}


def choice(**options: tuple[str, str]) -> Choice:
    """`choice(planned=("គ្រោងទុក", "Planned"), …)`"""
    return Choice(tuple(Option(key, km, en) for key, (km, en) in options.items()))


@dataclass(frozen=True)
class Flag(Type):
    """Yes, no, or not said."""

    name = "flag"
    sql = "INTEGER"

    def check(self, value: object) -> Value:
        if value is None or isinstance(value, bool):
            return value
        if value in (0, 1):
            return bool(value)
        raise _no(value, _("yes or no"))

    def show(self, value: Value) -> str:
        return "" if value is None else _("yes") if value else _("no")

    def to_json(self, value: Value) -> object:
        return None if value is None else bool(value)


@dataclass(frozen=True)
class Ref(Type):
    """Another record, by id; a place by its official code. Whether it is here is asked when a person saves it."""

    kinds: tuple[str, ...] = ()
    name = "ref"

    def check(self, value: object) -> Value:
        if value is None:
            return None
        if isinstance(value, str):
            if self.kinds == ("place",) and re.fullmatch(r"\d{2,8}", value):
                return digits.to_ascii(value)
            if is_record_id(value):
                return value
        raise _no(value, _("the id of a record"))

    def fits(self, value: Value) -> bool:
        try:
            return self.check(value) == value
        except ValueError:
            return False

    def ids(self, value: Value) -> list[str]:
        return [value] if isinstance(value, str) else []

    def facts(self) -> dict[str, object]:
        return {"kinds": list(self.kinds)}


@dataclass(frozen=True)
class Refs(Ref):
    """Several records; stored sorted, parted by spaces, as JSON a list."""

    name = "refs"

    def check(self, value: object) -> Value:
        if value is None:
            return None
        parts: Iterable[object]
        if isinstance(value, str):
            parts = value.split()
        elif isinstance(value, list | tuple):
            parts = value
        else:
            raise _no(value, _("a list of ids"))
        checked = {str(super(Refs, self).check(part)) for part in parts}
        return " ".join(sorted(checked)) or None

    def ids(self, value: Value) -> list[str]:
        return value.split() if isinstance(value, str) else []

    def to_json(self, value: Value) -> object:
        return self.ids(value)


@dataclass(frozen=True)
class Quarters(Type):
    """Which quarters of which years, as "2023Q1 2023Q2"; as JSON a list."""

    name = "quarters"

    def parse(self, text: str) -> Value:
        """What a person typed, in either digits: 2023Q1, Q1 2023, ត្រីមាសទី១ ឆ្នាំ២០២៣, and "2023: 1, 2 · 2024: 3", as it
        is shown."""
        plain = digits.to_ascii(text).strip()
        if not plain:
            return None
        found = [f"{one['y'] or one['year']}Q{one['q'] or one['quarter']}" for one in _ONE_QUARTER.finditer(plain)]
        if found and not _ONE_QUARTER.sub("", plain).strip(" ,;·"):
            return self.check(found)
        years = _YEARS_QUARTERS.findall(plain)
        if years and not _YEARS_QUARTERS.sub("", plain).strip(" ,;·"):
            return self.check([f"{year}Q{quarter}" for year, of in years for quarter in re.findall("[1-4]", of)])
        return self.check(text.strip())

    def check(self, value: object) -> Value:
        if value is None:
            return None
        parts = value.split() if isinstance(value, str) else value
        if not isinstance(parts, list | tuple) or not all(isinstance(p, str) and _QUARTER.fullmatch(p) for p in parts):
            raise _no(value, _("quarters such as 2023Q1"))
        return " ".join(sorted(set(parts))) or None

    def fits(self, value: Value) -> bool:
        return isinstance(value, str) and all(map(_QUARTER.fullmatch, value.split()))

    def show(self, value: Value) -> str:
        if not self.fits(value):
            return "" if value is None else str(value)
        years: dict[str, list[str]] = {}
        for part in value.split() if isinstance(value, str) else []:
            years.setdefault(part[:4], []).append(part[5])
        text = " · ".join(f"{year}: {', '.join(qs)}" for year, qs in years.items())
        return digits.to_khmer(text) if language() == "km" else text

    def to_json(self, value: Value) -> object:
        return value.split() if isinstance(value, str) else []


Rule = Callable[[Values], tuple[str, str] | None]
"""A rule over one record: None, or (field, translated sentence)."""


@dataclass(frozen=True)
class Field:
    """A field of a kind. `private` never leaves the desk where it was typed; `personal` is somebody's own, such as a
    phone number, and is shown masked wherever nobody has asked for it on purpose."""

    name: str
    type: Type
    km: str
    en: str
    required: bool = False
    help_km: str = ""
    help_en: str = ""
    private: bool = False
    personal: bool = False

    def show(self, value: Value) -> str:
        """The value as people read it, masked where it is personal; references are not looked up."""
        shown = self.type.show(value)
        return masked(shown) if self.personal else shown

    @property
    def label(self) -> str:
        return pick(self.km, self.en)

    @property
    def help(self) -> str:
        return pick(self.help_km, self.help_en)


@dataclass(frozen=True)
class Kind:
    """A kind of record.

    `title` names the fields that name a record (the first non-blank ones); `parent` is the field that refers to the
    record it is a part of; `order` the fields that lists are sorted by; `built_in` kinds ship and are read-only;
    `index` names the fields by which a large kind is looked up, from the most telling on. Records of a `private` kind
    never leave the desk; those of a `closed` one are written by a task of their own and by nobody's hand.
    """

    name: str
    km: str
    en: str
    fields: tuple[Field, ...]
    title: tuple[str, ...]
    parent: str | None = None
    order: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    built_in: bool = False
    index: tuple[str, ...] = ()
    private: bool = False
    closed: bool = False

    @property
    def label(self) -> str:
        return pick(self.km, self.en)

    def field(self, name: str) -> Field:
        """The field of that name; KeyError where there is none."""
        return self._by_name()[name]

    def has(self, name: str) -> bool:
        return name in self._by_name()

    def _by_name(self) -> dict[str, Field]:
        found: dict[str, Field] | None = self.__dict__.get("_index")
        if found is None:
            found = {field.name: field for field in self.fields}
            object.__setattr__(self, "_index", found)
        return found

    def problems(self, values: Values) -> dict[str, str]:
        """What is missing or does not fit, by field. Never stops a draft from being kept."""
        found: dict[str, str] = {}
        for field in self.fields:
            value = values.get(field.name)
            if value is None:
                if field.required:
                    found[field.name] = _("{field} is still missing.").format(field=field.label)
                continue
            try:
                field.type.check(value)
            except ValueError as why:
                found[field.name] = str(why)
        for rule in self.rules:
            answer = rule(values)
            if answer:
                found.setdefault(*answer)
        return found
