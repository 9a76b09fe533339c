"""The words: a Latin one with an accent, a Khmer one, a phone number, a sum of money, a day. Each in every field."""

from __future__ import annotations

from cpdesk.kinds import Field, Text
from cpdesk.records import KINDS

LATIN, KHMER = "zvxkanaré", "ឃ្មុំឧស្ណីស្ឋ"
PHONE, MONEY, COUNT, DAY = "0977 418 263", "73918462507", 739_184, "2087-03-29"
NUMBERS = ("977418263", "418263", MONEY, "73.918.462.507", "73,918,462,507", "2087-03-29", "29/03/2087", "29-03-2087")
OFFICER, SECOND = f"{KHMER} {LATIN}officer", f"{LATIN}second"
PASSWORD, LATER, WRONG = f"{KHMER} {LATIN}pass", f"{LATIN}later {KHMER}", f"{LATIN}wrong words"
THIRD = f"{KHMER} {LATIN}third"
SOUGHT = f"{LATIN}sought"
BY_APPROVING = ("plan_version",)  # is frozen out of what a plan says
WORDS = (LATIN, "zvxkanar", "Zvxkanar", "ZVXKANAR", KHMER)


def value(field: Field) -> object:
    """What is typed there; None where there is nothing to say of one's own."""
    kind = field.type
    name = kind.name
    if isinstance(kind, Text):
        told = PHONE if field.personal else f"{LATIN}{field.name} {KHMER}"
        return told[: kind.most]
    if name == "count":
        return min(COUNT, getattr(kind, "most", COUNT))
    if name in ("ref", "refs"):
        return "0802" if getattr(kind, "kinds", ()) == ("place",) else None
    fixed: dict[str, object] = {
        "amount": MONEY,
        "figure": MONEY,
        "date": DAY,
        "time": "08:30",
        "flag": True,
        "order": 1024,
        "year": 2031,
        "quarters": "2031Q1",
    }
    if name == "choice":
        return kind.facts()["choices"][0]["key"]  # type: ignore[index]
    return fixed[name]


def filled() -> dict[str, dict[str, object]]:
    """Kinds that people write, with something in every field but references to other records."""
    found = {}
    for name, kind in KINDS.items():
        if not (kind.built_in or kind.closed or name in BY_APPROVING):
            values = {field.name: value(field) for field in kind.fields}
            found[name] = {key: said for key, said in values.items() if said is not None}
    return found
