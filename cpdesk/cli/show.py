"""What the command line prints: JSON for programs, aligned lines in the chosen language for people."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from cpdesk.khmer import dates
from cpdesk.kinds import Kind, Value
from cpdesk.store import Record

WIDEST = 60  # columns of a cell of a table


def json_line(value: object) -> None:
    click.echo(json.dumps(plain(value), ensure_ascii=False))


def plain(value: object) -> Any:
    """Dataclasses, paths, days and amounts as JSON has them."""
    if isinstance(value, Record):
        return record_json(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {str(name): plain(one) for name, one in value.items()}
    if isinstance(value, str | int | float | None):
        return value
    if isinstance(value, Path | Decimal):
        return str(value)
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, Iterable):
        return [plain(one) for one in value]
    raise TypeError(type(value).__name__)


def value_json(kind: Kind, field: str, value: Value) -> object:
    """A stored value with its real type; of a field that this version does not know, as it is stored."""
    return kind.field(field).type.to_json(value) if kind.has(field) else value


def record_json(record: Record, own: bool = True) -> dict[str, object]:
    """Without `own`, what is somebody's own (a phone number) is left blank."""
    fields = record.kind.fields
    return {
        "id": record.id,
        "kind": record.kind.name,
        **{f.name: f.type.to_json(record[f.name] if own or not f.personal else None) for f in fields},
        "_deleted": record.deleted,
        "_differences": record.differences,
        "_office": record.scope.removesuffix("!"),
        "_private": record.scope.endswith("!"),
    }


def width(text: str) -> int:
    """Columns of a terminal: marks above, below and joined take none, wide signs take two."""
    columns = 0
    for sign in text:
        if unicodedata.category(sign) not in ("Mn", "Me", "Cf"):
            columns += 2 if unicodedata.east_asian_width(sign) in "WF" else 1
    return columns


def one_line(text: str, most: int = WIDEST) -> str:
    """The text in one line, cut with “…” where it is longer than `most` columns."""
    text = " ".join(text.split())
    if width(text) <= most:
        return text
    from cpdesk.khmer.breaks import clusters

    kept, taken = [], 0
    for cluster in clusters(text):
        taken += width(cluster)
        if taken >= most:
            break
        kept.append(cluster)
    return "".join(kept).rstrip() + "…"


def padded(text: str, columns: int) -> str:
    return text + " " * (columns - width(text))


def table(head: Sequence[str], rows: Iterable[Sequence[str]], widest: int = WIDEST) -> None:
    """Rows in columns as wide as what they hold, at most `widest`; nothing at all where there are no rows."""
    shown = [[one_line(cell, widest) for cell in row] for row in rows]
    if not shown:
        return
    widths = [max(width(row[n]) for row in (head, *shown)) for n in range(len(head))]
    for row in (list(head), *shown):
        click.echo("  ".join(padded(cell, columns) for cell, columns in zip(row, widths, strict=True)).rstrip())


def moment(at: datetime) -> str:
    """Day and hour on this computer's clock, as people write them."""
    here = at.astimezone()
    return f"{dates.short(here.date())} {dates.clock(here.time())}"


def pairs(rows: Iterable[tuple[str, str]]) -> None:
    """Labels and values; further lines of a value stand under its first."""
    found = list(rows)
    widest = max((width(label) for label, _value in found), default=0)
    for label, value in found:
        for n, line in enumerate(value.splitlines() or [""]):
            click.echo(f"{padded('' if n else label, widest)}  {line}".rstrip())
