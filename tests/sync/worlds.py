"""Offices as they are in life: a province, its districts, their desks and the sticks between them."""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyrage

from cpdesk.store import Desk, log
from cpdesk.sync import container
from cpdesk.tasks import desk as desks
from cpdesk.tasks import exchange, records
from cpdesk.tasks.exchange import Merged

MEETING = {"subject": "កិច្ចប្រជុំពិគ្រោះយោបល់", "date": "2022-06-23", "sort": "consultation"}


@dataclass
class World:
    """A folder with desks by name; `carry` is the officer with the stick."""

    folder: Path
    desks: dict[str, Desk] = field(default_factory=dict)
    count: int = 0

    def desk(self, name: str, office: str) -> Desk:
        self.desks[name] = desks.create(self.folder / f"{name}.cpdesk", office, f"មន្ត្រី {name}")
        return self.desks[name]

    def __getitem__(self, name: str) -> Desk:
        return self.desks[name]

    def card(self, name: str) -> Path:
        path = self.folder / f"{name}.cpcard"
        exchange.write_card(self[name], path)
        return path

    def enrol(self, upper: str, lower: str) -> None:
        exchange.join(self[lower], self.card(upper))
        exchange.enrol(self[upper], self.card(lower))

    def package(self, name: str, to: str | None = None, everything: bool = False) -> Path:
        self.count += 1
        path = self.folder / f"{self.count:03d}-{name}.cpsync"
        exchange.export(self[name], path, self[to].office if to else None, everything)
        return path

    def merge(self, name: str, *paths: Path) -> Merged:
        return exchange.merge(self[name], paths)[-1]

    def carry(self, sender: str, to: str) -> Merged:
        merged = self.merge(to, self.package(sender, to))
        assert merged.status != "refused", merged.why
        return merged

    def meeting(self, name: str, **values: object) -> str:
        return records.save(self[name], "meeting", {**MEETING, **values}).id

    def close(self) -> None:
        for desk in self.desks.values():
            desk.close()


def province_and_district(folder: Path) -> World:
    world = World(folder)
    world.desk("p", "08")
    world.desk("a", "0801")
    world.enrol("p", "a")
    return world


def content(desk: Desk) -> str:
    """A digest of every row of every table: the desk byte for byte in content."""
    sha = hashlib.sha256()
    names = desk.db.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search_index%' ORDER BY name"
    ).fetchall()
    for (name,) in names:
        rows = desk.db.execute(f'SELECT * FROM "{name}"').fetchall()
        sha.update(repr((name, sorted(map(repr, rows)))).encode())
    return sha.hexdigest()


def shown(desk: Desk, scopes: tuple[str, ...]) -> dict[str, object]:
    """What the desk shows of the records of those scopes, and which differences wait there: alike on every desk."""
    found: dict[str, object] = {}
    for name in ("meeting", "agenda_item", "activity", "person"):
        for row in records.find(desk, name) + records.find(desk, name, deleted=True):
            if row.scope in scopes:
                waiting = exchange.conflicts(desk, row.id)
                waits = sorted((c.field, sorted(repr(s.value) for s in c.values)) for c in waiting)
                found[row.id] = (name, row.values, row.deleted, row.differences, waits)
    return found


def chains(desk: Desk) -> dict[str, tuple[int, bool]]:
    return {s.id.hex(): (s.upto, s.forked) for s in log.streams(desk.db)}


# --- packages that nobody honest writes -----------------------------------------------------------------------------
def plain(path: Path, identity: pyrage.x25519.Identity) -> tuple[bytes, bytes, bytes]:
    """(README, header, everything inside) of a package that `identity` may read."""
    with path.open("rb") as file:
        readme, header, member, _blobs = container.read(file)
        file.seek(member.at)
        locked = file.read(member.size)
    return readme, header, zlib.decompress(pyrage.decrypt(locked, [identity]), 31)


def wrap(path: Path, readme: bytes, header: bytes, locked: bytes, blobs: Sequence[bytes] = ()) -> Path:
    with path.open("wb") as file:
        out = container.Writer(file)
        out.add(container.README, readme)
        out.add(container.HEADER, header)
        for blob in blobs:
            out.begin_blob()
            out.write(blob)
            out.end_blob()
        out.add(container.DATA, locked)
        out.finish()
    return path


def lock(inside: bytes, *ages: str, zipped: bytes | None = None) -> bytes:
    packed = zlib.compressobj(9, zlib.DEFLATED, 31)
    return lock_plain(zipped if zipped is not None else packed.compress(inside) + packed.flush(), *ages)


def lock_plain(data: bytes, *ages: str) -> bytes:
    out = io.BytesIO()
    pyrage.encrypt_io(io.BytesIO(data), out, [pyrage.x25519.Recipient.from_str(age) for age in ages])
    return out.getvalue()
