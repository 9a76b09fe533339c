"""Packages of districts merged into a province by one program: `python merging_peers.py PROGRAM make|merge FOLDER`.

FOLDER/job.json holds, for each district, what was written in the first half of the time and in the second: lists of
[record, kind, {field: value}], and what the province wrote meanwhile without having been read. Each program first makes
its packages, two a district (not counted), and then, in a fresh process, merges them and the province's own changes in
the order of the halves, durably, each package in one transaction. It prints

    {"seconds", "memory": MB beyond what importing takes, "packages": bytes, "desk": bytes,
     "lost": values that nobody replaced knowingly and that the desk no longer shows, "cloned": edits of a copied laptop
     that are gone}

This file imports nothing of cpdesk: these programs live in a venv without it.
"""

from __future__ import annotations

import json
import resource
import sqlite3
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Edit = tuple[str, str, dict[str, Any]]
Found = dict[str, dict[str, Any]]  # record → field → value
PRAGMAS = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536"


class Program:
    """What each of them is asked."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def make(self, district: dict[str, list[Edit]], name: str) -> None:
        """Write the district's two packages, `NAME.1` and `NAME.2`."""
        raise NotImplementedError

    def begin(self, fields: dict[str, list[str]], /) -> None:
        """The province's desk, empty."""

    def merge(self, package: bytes) -> None:
        raise NotImplementedError

    def write(self, edits: list[Edit]) -> None:
        """What the province itself changes."""
        raise NotImplementedError

    def end(self) -> int:
        """Everything is on the disk; how many bytes."""
        raise NotImplementedError

    def shown(self) -> Found:
        raise NotImplementedError

    def clones(self) -> int:
        """A laptop is copied, both write into another record, both are merged: how many of the two edits are gone."""
        return 0


def _columns(fields: dict[str, list[str]]) -> list[str]:
    return [f"CREATE TABLE {kind}(record TEXT PRIMARY KEY, {', '.join(f'{n!r}' for n in names)})".replace("'", '"')
            for kind, names in fields.items()]  # fmt: skip


def _upsert(run: Callable[..., object], edit: Edit) -> None:
    record, kind, sets = edit
    names = ", ".join(f'"{name}"' for name in sets)
    marks = ", ".join("?" * len(sets))
    put = ", ".join(f'"{name}" = excluded."{name}"' for name in sets)
    run(f"INSERT INTO {kind}(record, {names}) VALUES(?, {marks}) ON CONFLICT(record) DO UPDATE SET {put}",
        (record, *sets.values()))  # fmt: skip


def _rows(run: Callable[..., Any], fields: dict[str, list[str]]) -> Found:
    return {row[0]: dict(zip(names, row[1:], strict=True)) for kind, names in fields.items()
            for row in run(f"SELECT * FROM {kind}")}  # fmt: skip


class Upserts(Program):
    """Each change a row put over the old one, as a plain program would."""

    def make(self, district: dict[str, list[Edit]], name: str) -> None:
        for half in ("1", "2"):
            (self.folder / f"{name}.{half}").write_text(json.dumps(district[half]), "utf-8")

    def begin(self, fields: dict[str, list[str]]) -> None:
        self.fields, self.path = fields, self.folder / "upserts.db"
        self.db = sqlite3.connect(self.path, isolation_level=None)
        self.db.executescript(PRAGMAS)
        for sql in _columns(fields):
            self.db.execute(sql)

    def merge(self, package: bytes) -> None:
        self.write(json.loads(package))

    def write(self, edits: list[Edit]) -> None:
        self.db.execute("BEGIN IMMEDIATE")
        for edit in edits:
            _upsert(self.db.execute, edit)
        self.db.execute("COMMIT")

    def end(self) -> int:
        self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return self.path.stat().st_size

    def shown(self) -> Found:
        return _rows(self.db.execute, self.fields)


class Sessions(Program):
    """SQLite's session extension: a changeset a package, applied with what came last winning."""

    def make(self, district: dict[str, list[Edit]], name: str) -> None:
        import apsw

        fields = json.loads((self.folder / "job.json").read_text("utf-8"))["fields"]
        db = apsw.Connection(":memory:")
        for sql in _columns(fields):
            db.execute(sql)
        for half in ("1", "2"):
            session = apsw.Session(db, "main")
            session.attach()
            with db:
                for edit in district[half]:
                    _upsert(db.execute, edit)
            (self.folder / f"{name}.{half}").write_bytes(session.changeset())
            session.close()

    def begin(self, fields: dict[str, list[str]]) -> None:
        import apsw

        self.fields, self.path = fields, self.folder / "sessions.db"
        self.db = apsw.Connection(str(self.path))
        for pragma in PRAGMAS.split(";"):
            self.db.execute(pragma)
        for sql in _columns(fields):
            self.db.execute(sql)

    def merge(self, package: bytes) -> None:
        import apsw

        def decide(reason: int, _change: object) -> int:
            both = reason in (apsw.SQLITE_CHANGESET_DATA, apsw.SQLITE_CHANGESET_CONFLICT)
            return apsw.SQLITE_CHANGESET_REPLACE if both else apsw.SQLITE_CHANGESET_OMIT

        with self.db:
            apsw.Changeset.apply(package, self.db, conflict=decide)

    def write(self, edits: list[Edit]) -> None:
        with self.db:
            for edit in edits:
                _upsert(self.db.execute, edit)

    def end(self) -> int:
        self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return self.path.stat().st_size

    def shown(self) -> Found:
        return _rows(self.db.execute, self.fields)


class Loro(Program):
    """A map of maps in a Loro document; the desk is its snapshot."""

    def make(self, district: dict[str, list[Edit]], name: str) -> None:
        import loro

        doc = loro.LoroDoc()
        for half in ("1", "2"):
            since = doc.oplog_vv
            _put_loro(doc, district[half])
            (self.folder / f"{name}.{half}").write_bytes(doc.export(loro.ExportMode.Updates(since)))

    def begin(self, _fields: dict[str, list[str]]) -> None:
        import loro

        self.doc = loro.LoroDoc()

    def merge(self, package: bytes) -> None:
        self.doc.import_(package)

    def write(self, edits: list[Edit]) -> None:
        _put_loro(self.doc, edits)

    def end(self) -> int:
        import loro

        data = self.doc.export(loro.ExportMode.Snapshot())
        _keep(self.folder / "loro.snapshot", data)
        return len(data)

    def shown(self) -> Found:
        found: Found = self.doc.get_map("records").get_deep_value()
        return found

    def clones(self) -> int:
        import loro

        one = loro.LoroDoc()
        _put_loro(one, [("0", "x", {"a": 0})])
        snapshot, twins = one.export(loro.ExportMode.Snapshot()), []
        for n in (1, 2):
            twin = loro.LoroDoc()
            twin.import_(snapshot)
            twin.peer_id = one.peer_id
            _put_loro(twin, [(str(n), "x", {"a": n})])
            twins.append(twin.export(loro.ExportMode.Snapshot()))
        for data in twins:
            self.doc.import_(data)
        return 2 - len({"1", "2"} & set(self.shown()))


def _put_loro(doc: Any, edits: list[Edit]) -> None:
    import loro

    records = doc.get_map("records")
    for record, _kind, sets in edits:
        one = records.get_or_create_container(record, loro.LoroMap())
        for name, value in sets.items():
            one.insert(name, value)
    doc.commit()


class Pycrdt(Program):
    """A map of maps in a Yjs document; the desk is its state as one update."""

    def make(self, district: dict[str, list[Edit]], name: str) -> None:
        import pycrdt

        doc = pycrdt.Doc()
        for half in ("1", "2"):
            since = doc.get_state()
            _put_pycrdt(doc, district[half])
            (self.folder / f"{name}.{half}").write_bytes(doc.get_update(since))

    def begin(self, _fields: dict[str, list[str]]) -> None:
        import pycrdt

        self.doc: Any = pycrdt.Doc()

    def merge(self, package: bytes) -> None:
        self.doc.apply_update(package)

    def write(self, edits: list[Edit]) -> None:
        _put_pycrdt(self.doc, edits)

    def end(self) -> int:
        data = self.doc.get_update()
        _keep(self.folder / "pycrdt.update", data)
        return len(data)

    def shown(self) -> Found:
        import pycrdt

        found: Found = self.doc.get("records", type=pycrdt.Map).to_py()
        return found

    def clones(self) -> int:
        import pycrdt

        one: Any = pycrdt.Doc(client_id=7)
        _put_pycrdt(one, [("0", "x", {"a": 0})])
        for n in (1, 2):
            twin: Any = pycrdt.Doc(client_id=7)
            twin.apply_update(one.get_update())
            _put_pycrdt(twin, [(str(n), "x", {"a": n})])
            self.doc.apply_update(twin.get_update())
        return 2 - len({"1", "2"} & set(self.shown()))


def _put_pycrdt(doc: Any, edits: list[Edit]) -> None:
    import pycrdt

    records = doc.get("records", type=pycrdt.Map)
    with doc.transaction():
        for record, _kind, sets in edits:
            if record not in records:
                records[record] = pycrdt.Map(sets)
                continue
            one = records[record]
            for name, value in sets.items():
                one[name] = value


def _keep(path: Path, data: bytes) -> None:
    import os

    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


PROGRAMS = {"upserts": Upserts, "sessions": Sessions, "Loro": Loro, "pycrdt": Pycrdt}
IMPORTED = {"sessions": "apsw", "Loro": "loro", "pycrdt": "pycrdt"}


def peak() -> int:
    """The most memory that this process has held, in KB; on Linux without what its parent held when it was born."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM"))


def lost(contested: list[tuple[str, str, list[Any]]], shown: Found) -> int:
    """How many of the values that stand side by side are not the one that is shown."""
    return sum(1 for record, field, values in contested for value in values if shown[record].get(field) != value)


def main(name: str, step: str, folder: Path) -> None:
    if name in IMPORTED:
        __import__(IMPORTED[name])
    program = PROGRAMS[name](folder)
    if step == "make":
        for district, halves in json.loads((folder / "job.json").read_text("utf-8"))["districts"].items():
            program.make(halves, f"{name}-{district}")
        return
    own = json.loads((folder / "province.json").read_text("utf-8"))
    before = peak()
    packages = {half: sorted(folder.glob(f"{name}-*.{half}")) for half in ("1", "2")}
    program.begin(own["fields"])
    started = time.perf_counter()
    for half, paths in packages.items():
        for path in paths:
            program.merge(path.read_bytes())
        program.write(own[half])
    desk = program.end()
    seconds = time.perf_counter() - started
    memory = (peak() - before) / 1024
    size = sum(path.stat().st_size for paths in packages.values() for path in paths)
    told = {"seconds": seconds, "memory": memory, "packages": size, "desk": desk}
    print(json.dumps({**told, "lost": lost(own["contested"], program.shown()), "cloned": program.clones()}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
