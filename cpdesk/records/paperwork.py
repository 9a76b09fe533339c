"""How an office's papers look and are counted: its fixed phrases, a template for each form, what was changed by hand on
one paper, its letter numbers.

Templates and words belong to an office; their ids follow from what they are about, so that two computers of one office
write in the same record and merge field by field. Letters have ids of their own: the same number given twice while two
computers were apart must leave two records.
"""

from __future__ import annotations

import hashlib

from cpdesk.kinds import Count, Date, Field, Flag, Kind, Ref, Text, Year, choice

SUPERIOR, EQUAL, INFERIOR = "superior", "equal", "inferior"
BLOCKS = ("1", "2", "3")  # signature blocks, from the left
_PLACE = Ref(("place",))
_RANK = choice(superior=("ថ្នាក់លើ", "A superior"), equal=("ថ្នាក់ស្មើ", "An equal"), inferior=("ថ្នាក់ក្រោម", "An inferior"))
_SIGNER = choice(
    chair=("ប្រធាន", "The chair"),
    secretary=("លេខាធិការ", "The secretary"),
    person=("បុគ្គលដែលមានឈ្មោះ", "A named person"),
    nobody=("ទុកឲ្យសរសេរដោយដៃ", "Left to the pen"),
)
_ORDER_KM = {"1": "ទី១", "2": "ទី២", "3": "ទី៣"}
_LINES_KM, _LINES_EN = "មួយបន្ទាត់ម្តង", "One a line."


def _office() -> Field:
    return Field("office", _PLACE, "រដ្ឋបាល", "Office", required=True)


def _signatures() -> tuple[Field, ...]:
    """Up to three blocks: their lines, who signs, and the person where one is named."""
    found: list[Field] = []
    for n in BLOCKS:
        km = _ORDER_KM[n]
        found += [
            Field(f"signature_{n}", Text(long=True), f"ប្លុកហត្ថលេខា{km}", f"Signature block {n}",
                  help_km=_LINES_KM, help_en=_LINES_EN),
            Field(f"signer_{n}", _SIGNER, f"អ្នកចុះហត្ថលេខា{km}", f"Who signs in block {n}"),
            Field(f"person_{n}", Ref(("person",)), f"ឈ្មោះអ្នកចុះហត្ថលេខា{km}", f"Person of block {n}"),
        ]  # fmt: skip
    return tuple(found)


PHRASE = Kind(
    "phrase",
    "ពាក្យក្នុងឯកសារផ្លូវការ",
    "Official phrase",
    (
        _office(),
        Field("key", Text(), "កូដពាក្យ", "Key", required=True),
        Field("text", Text(long=True), "ពាក្យ", "Words"),
    ),
    title=("text", "key"),
    index=("office",),
)

PAPER = Kind(
    "paper",
    "គំរូឯកសារ",
    "Paper template",
    (
        _office(),
        Field("form", Text(), "ទម្រង់", "Form", required=True),
        Field("title", Text(), "ចំណងជើង", "Title"),
        Field("rank", _RANK, "ផ្ញើទៅ", "Sent to"),
        Field("opening", Text(long=True), "ពាក្យផ្តើម", "Opening"),
        Field("closing", Text(long=True), "ពាក្យបញ្ចប់", "Closing"),
        *_signatures(),
        Field("copies", Text(long=True), "ចម្លងជូន", "Copies to", help_km=_LINES_KM, help_en=_LINES_EN),
        Field("numbered", Flag(), "មានលេខលិខិត", "Takes a letter number"),
        Field("series", Text(), "បញ្ជីលេខលិខិត", "Register"),
    ),
    title=("title", "form"),
    index=("office", "form"),
)

DOCUMENT = Kind(
    "document",
    "ការកែលើឯកសារមួយ",
    "Changes on one paper",
    (
        _office(),
        Field("form", Text(), "ទម្រង់", "Form", required=True),
        Field("about", Text(), "អំពី", "About", required=True),
        Field("number", Text(), "លេខលិខិត", "Letter number"),
        Field("title", Text(), "ចំណងជើង", "Title"),
        Field("rank", _RANK, "ផ្ញើទៅ", "Sent to"),
        Field("to", Text(long=True), "ជូនចំពោះ", "To"),
        Field("via", Text(long=True), "តាមរយៈ", "Through"),
        Field("subject", Text(long=True), "កម្មវត្ថុ", "Subject"),
        Field("reference", Text(long=True), "យោង", "Reference"),
        Field("attachments", Text(long=True), "លិខិតភ្ជាប់", "Enclosures"),
        Field("opening", Text(long=True), "ពាក្យផ្តើម", "Opening"),
        Field("closing", Text(long=True), "ពាក្យបញ្ចប់", "Closing"),
        Field("lunar", Text(), "បន្ទាត់ចន្ទគតិ", "Lunar date line"),
        Field("place_date", Text(), "ទីកន្លែង និងកាលបរិច្ឆេទ", "Place and date line"),
        *_signatures(),
        Field("copies", Text(long=True), "ចម្លងជូន", "Copies to", help_km=_LINES_KM, help_en=_LINES_EN),
    ),
    title=("subject", "title", "number", "form"),
    index=("office", "about"),
)

SERIES = Kind(
    "series",
    "បញ្ជីលេខលិខិត",
    "Letter register",
    (
        _office(),
        Field("key", Text(), "កូដបញ្ជី", "Key", required=True),
        Field("name", Text(), "ឈ្មោះបញ្ជី", "Name"),
        Field("suffix", Text(), "អក្សរកាត់ក្រោយលេខ", "Suffix", help_km="ឧ. គ.ក.ស.ក", help_en="Such as គ.ក.ស.ក."),
        Field(
            "format", Text(), "ទម្រង់លេខ", "Format",
            help_km="{number} លេខ, {year} ឆ្នាំ, {year2} ឆ្នាំពីរខ្ទង់, {suffix} អក្សរកាត់",
            help_en="{number}, {year}, {year2} for two digits of the year, {suffix}.",
        ),
        Field("width", Count(1, 9), "ចំនួនខ្ទង់", "Digits"),
        Field("first", Count(1), "លេខដំបូង", "First number"),
        Field("first_year", Year(), "លេខដំបូងសម្រាប់ឆ្នាំ", "Year of the first number"),
    ),
    title=("name", "suffix", "key"),
    index=("office",),
)  # fmt: skip

LETTER = Kind(
    "letter",
    "លិខិតក្នុងបញ្ជី",
    "Registered letter",
    (
        _office(),
        Field("series", Text(), "បញ្ជីលេខលិខិត", "Register", required=True),
        Field("year", Year(), "ឆ្នាំ", "Year", required=True),
        Field("number", Count(1), "លេខរៀង", "Number", required=True),
        Field("shown", Text(), "លេខដែលបោះពុម្ព", "Number as printed"),
        Field("form", Text(), "ទម្រង់", "Form"),
        Field("about", Text(), "អំពី", "About"),
        Field("day", Date(), "ថ្ងៃ", "Day"),
        Field("subject", Text(long=True), "កម្មវត្ថុ", "Subject"),
        Field("to", Text(long=True), "ជូនចំពោះ", "To"),
        Field("by", Text(), "អ្នកចេញលេខ", "Numbered by"),
        Field("voided", Flag(), "លុបចោល", "Void"),
        Field("reason", Text(long=True), "មូលហេតុលុបចោល", "Why it is void"),
    ),
    title=("shown", "subject"),
    order=("year", "series", "number"),
    index=("office", "form", "about"),
)

GAP = Kind(
    "number_gap",
    "លេខដែលរំលង",
    "Skipped numbers",
    (
        _office(),
        Field("series", Text(), "បញ្ជីលេខលិខិត", "Register", required=True),
        Field("year", Year(), "ឆ្នាំ", "Year", required=True),
        Field("first", Count(1), "ពីលេខ", "From", required=True),
        Field("last", Count(1), "ដល់លេខ", "To", required=True),
        Field("reason", Text(long=True), "មូលហេតុ", "Why"),
    ),
    title=("reason",),
    order=("year", "series", "first"),
)

KINDS = (PHRASE, PAPER, DOCUMENT, SERIES, LETTER, GAP)


def own_id(kind: Kind, *names: str) -> str:
    """The id of the one record of that kind that an office has about `names`, the same on all its computers."""
    words = "\0".join((kind.name, *names))
    return hashlib.sha256(f"cpdesk {words}".encode()).hexdigest()[:32]


def emblem_id(office: str) -> str:
    """The id of the attachment that is the office's emblem."""
    return hashlib.sha256(f"cpdesk emblem {office}".encode()).hexdigest()[:32]
