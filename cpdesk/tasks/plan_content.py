"""The content of a plan: what approving freezes, in one canonical form.

Content is what a plan promises: the plan's own facts, objectives, outputs, activities, indicators, targets, budgets,
priorities, strong and weak points. What came of it (progress, actuals, evidence) is not.

    content    one canonical JSON object a line, blank fields left out, sorted by kind and id
    hash       sha256 of the content's UTF-8, in hexadecimal
    kept as    base64 of the deflated content
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Iterable

from cpdesk import records as kinds
from cpdesk.analysis.compare import Part
from cpdesk.kinds import Flag, Kind
from cpdesk.store import Desk, Record
from cpdesk.tasks import records

STANDING = ("state", "version", "approved_by", "approved_on", "approved_hash")  # of the plan, and not its content
BELOW = {  # kind: the kinds that hold it
    "objective": ("plan",),
    "output": ("objective",),
    "activity": ("output", "objective"),
    "indicator": ("objective", "output", "activity"),
    "target": ("indicator",),
    "budget_line": ("activity",),
    "priority": ("plan",),
    "swot": ("plan",),
}
CONTENT = ("plan", *BELOW)
MOST_BYTES = 256 << 20  # of content unpacked: more than any plan, less than a bomb


def parts(desk: Desk, plan: str) -> list[Part]:
    """The plan and all its content, kind by kind."""
    found = [_part(records.get(desk, plan))]
    held: dict[str, set[str]] = {"plan": {plan}}
    for name, above in BELOW.items():
        whole = kinds.kind(name)
        holders = set().union(*(held[one] for one in above))
        mine = _held_by(desk, whole, holders)
        held[name] = {part.id for part in mine}
        found += mine
    return found


def _held_by(desk: Desk, kind: Kind, holders: set[str]) -> list[Part]:
    assert kind.parent
    fields = [field.name for field in kind.fields]
    at = fields.index(kind.parent)
    flags = {field.name for field in kind.fields if isinstance(field.type, Flag)}
    where = {kind.parent: next(iter(holders))} if len(holders) == 1 else None
    found = []
    for id_, *row in records.columns(desk, kind.name, fields, where) if holders else ():
        if row[at] in holders:
            values = {n: bool(v) if n in flags else v for n, v in zip(fields, row, strict=True) if v is not None}
            found.append(Part(id_, kind.name, values))
    return sorted(found, key=lambda part: part.id)


def _part(plan: Record) -> Part:
    values = {name: value for name, value in plan.values.items() if value is not None and name not in STANDING}
    return Part(plan.id, "plan", values)


def written(content_parts: Iterable[Part]) -> str:
    """Parts in their canonical form."""
    return "".join(_line(part) for part in content_parts)


def _line(part: Part) -> str:
    whole = {**part.values, "id": part.id, "kind": part.kind}
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def content(desk: Desk, plan: str) -> str:
    """What approving this plan would freeze."""
    return written(parts(desk, plan))


def hash_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def content_hash(desk: Desk, plan: str) -> str:
    return hash_of(content(desk, plan))


def pack(text: str) -> str:
    return base64.b64encode(zlib.compress(text.encode(), 9)).decode()


def unpack(packed: str) -> str:
    """ValueError where it is no packed content, or unfolds beyond all measure."""
    try:
        machine = zlib.decompressobj()
        raw = machine.decompress(base64.b64decode(packed, validate=True), MOST_BYTES)
    except zlib.error as why:
        raise ValueError(str(why)) from None
    if not machine.eof:
        raise ValueError("cut short, or too long")
    return raw.decode()


def read_line(line: str) -> Part:
    """A part from its line. ValueError, KeyError or TypeError where it is none."""
    values = json.loads(line)
    return Part(str(values.pop("id")), str(values.pop("kind")), values)
