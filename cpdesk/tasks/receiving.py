"""Taking packages in: looked at in plain words, rehearsed, merged; each all or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cpdesk.errors import UserError
from cpdesk.store import Desk, exchange, takeback, union
from cpdesk.store.connection import troubles
from cpdesk.sync import receive
from cpdesk.sync.manifest import Header, Manifest
from cpdesk.tasks import Progress, audit, no_progress, proof, roles
from cpdesk.tasks.desk import keep_copy
from cpdesk.tasks.offices import identity, moment
from cpdesk.tasks.review import KindCount, RecordChange, Review, watch
from cpdesk.tasks.roles import Act
from cpdesk.tasks.taking import Taking, room

MERGED, NOTHING_NEW, REFUSED = "merged", "nothing new", "refused"


@dataclass(frozen=True)
class Merged:
    """What became of one package. `changes` and `records` count what was new here, `files` the attached files that had
    not arrived before; `conflicts` the differences that it made or stirred; `why` is the sentence of a refusal.
    `imported` is the number of the import on this desk, by which it can be taken back; None where nothing came in."""

    package: Path
    status: str
    changes: int = 0
    records: int = 0
    conflicts: int = 0
    why: str | None = None
    office: str | None = None
    number: int | None = None
    files: int = 0
    imported: int | None = None


@dataclass(frozen=True)
class Inspected:
    """What a package is and what a merge would do. Of one that is refused, only the outer facts and `why`."""

    package: Path
    status: str
    office: str | None = None
    name: str | None = None
    fingerprint: str | None = None
    site: str | None = None
    to: str | None = None
    number: int | None = None
    written_at: datetime | None = None
    through: datetime | None = None
    total: int = 0
    changes: int = 0
    records: int = 0
    conflicts: int = 0
    received_times: int = 0
    by_kind: tuple[KindCount, ...] = ()
    items: tuple[RecordChange, ...] = ()
    differences: tuple[RecordChange, ...] = ()
    why: str | None = None
    files: int = 0


@dataclass(frozen=True)
class PackageRow:
    """A package that came in. `late`: one with a higher number had come before; `times`: how often it was merged;
    `twin`: another one bears the same number, as when a computer was copied or brought back from a backup; `undone`: it
    was taken back as a whole."""

    package: int
    office: str
    name: str
    fingerprint: str
    number: int
    written_at: datetime
    received_at: datetime
    file: str
    through: datetime | None
    total: int
    changes: int
    records: int
    times: int
    late: bool
    twin: bool
    undone: bool = False


@dataclass(frozen=True)
class _Taken:
    manifest: Manifest
    name: str
    fingerprint: str
    fresh: int
    records: int
    conflicts: int
    total: int
    times: int
    review: Review | None
    files: int
    imported: int | None

    @property
    def status(self) -> str:
        return MERGED if self.fresh or self.files else NOTHING_NEW


def merge(desk: Desk, paths: Iterable[Path], dry_run: bool = False, progress: Progress = no_progress) -> list[Merged]:
    """Merge packages, each as a whole or not at all; a bad one is refused and the others go on. In the order given.

    `progress` counts bytes over all of them. Whatever it raises stops the merge of that package, which leaves no trace,
    and of those behind it. A verified copy of the desk is kept before the first one, unless it is only tried.
    """
    if not dry_run:
        roles.need(desk, Act.MERGE)
    wanted = list(paths)
    if not dry_run and any(map(_header, wanted)):
        keep_copy(desk, "before-merge")
    sizes = {path: _size(path) for path in wanted}
    total, behind = sum(sizes[path] for path in wanted), 0
    found: dict[int, Merged] = {}
    for n in sorted(range(len(wanted)), key=lambda n: _order(wanted[n])):
        path, start = wanted[n], behind
        found[n] = _merge(desk, path, dry_run, lambda done, start=start: progress(start + done, total))  # type: ignore[misc]
        behind += sizes[path]
        progress(behind, total)
    if not dry_run:
        from cpdesk.tasks.personal.removal import complete  # which looks at all that a desk exchanges

        complete(desk)
    return [found[n] for n in range(len(wanted))]


def _merge(desk: Desk, path: Path, dry_run: bool, progress: Callable[[int], None]) -> Merged:
    try:
        taken = _take(desk, path, dry_run, False, progress)
    except UserError as why:
        return Merged(path, REFUSED, why=str(why))
    header = taken.manifest.header
    return Merged(
        path, taken.status, taken.fresh, taken.records, taken.conflicts, None, header.sender, header.number,
        taken.files, None if dry_run else taken.imported,
    )  # fmt: skip


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _order(path: Path) -> tuple[bool, str, str, int]:
    """The order in which packages were written, those that cannot be read last. It changes no outcome, only what is
    called late."""
    header = _header(path)
    return (False, header.at, header.sender, header.number) if header else (True, str(path), "", 0)


def _header(path: Path) -> Header | None:
    try:
        return receive.look(path)
    except UserError:
        return None


def _take(desk: Desk, path: Path, rehearse: bool, closely: bool, progress: Callable[[int], None]) -> _Taken:
    keys, me, _certificate = identity(desk)
    room(desk, _size(path))
    with union.merging(desk, rehearse=rehearse) as open_merge:
        taking = Taking(desk, open_merge, keys, me, path)
        manifest = receive.read(path, keys, desk.office, taking, progress)
        fresh = open_merge.fresh()
        before = exchange.differing(desk.db, open_merge.start) if fresh else set()
        watched = watch(desk, open_merge) if closely else None
        records = taking.finish()
        stirred = exchange.stirred(desk.db, open_merge.start, before) if fresh else set()
        times = taking.repeated.times if taking.repeated else 0
        review = watched(stirred) if watched else None
        files = taking.take_files(rehearse, progress)
        if not rehearse:
            proof.look(desk, open_merge, taking.card.fingerprint, manifest.have, taking.role)
            about = f"{manifest.header.sender} {manifest.header.number}"
            audit.note(desk, "merged", about, package=open_merge.package)
        return _Taken(
            manifest, taking.card.name, taking.card.fingerprint, fresh, records, len(stirred), taking.ops, times,
            review, files, open_merge.package,
        )  # fmt: skip


def inspect(desk: Desk, path: Path, limit: int = 500, progress: Progress = no_progress) -> Inspected:
    """Who sent a package and what a merge would change; reads only. At most `limit` records are told one by one."""
    header = _header(path)
    outside = Inspected(path, REFUSED)
    if header:
        outside = Inspected(
            path, REFUSED, office=header.sender, to=header.to, number=header.number,
            written_at=datetime.fromisoformat(header.at),
        )  # fmt: skip
    size = _size(path)
    try:
        with roles.trying(desk):
            taken = _take(desk, path, True, True, lambda done: progress(done, size))
    except UserError as why:
        return Inspected(**{**outside.__dict__, "why": str(why)})
    review, m = taken.review, taken.manifest
    assert review
    return Inspected(
        path, taken.status, m.header.sender, taken.name, taken.fingerprint, m.site,
        m.header.to, m.header.number, datetime.fromisoformat(m.header.at), moment(m.through), taken.total, taken.fresh,
        taken.records, taken.conflicts, taken.times, review.by_kind, review.items[:limit], review.differences,
        files=taken.files,
    )  # fmt: skip


def meant_for(desk: Desk, paths: Iterable[Path]) -> list[Path]:
    """Those that are addressed to this office, by what stands outside on them; what cannot be read stays among them, so
    that it is said why."""
    found = [(path, _header(path)) for path in paths]
    return [path for path, header in found if header is None or header.to == desk.office]


def packages(desk: Desk) -> list[PackageRow]:
    """All that ever came in, in the order of arrival."""
    with troubles(desk.db):
        rows = exchange.received(desk.db)
        names = {row.fingerprint: row.name for row in exchange.cards(desk.db)}
        undone = takeback.undone(desk.db)
    found = []
    highest: dict[str, int] = {}
    numbers = Counter((row.sender, row.number) for row in rows)
    for row in rows:
        found.append(
            PackageRow(
                row.package, row.office, names.get(row.sender, row.office), row.sender, row.number,
                datetime.fromisoformat(row.written_at), datetime.fromisoformat(row.received_at), row.file,
                moment(row.through), row.changes, row.fresh, row.records, row.times,
                row.number < highest.get(row.sender, 0), numbers[row.sender, row.number] > 1,
                row.package in undone,
            )
        )  # fmt: skip
        highest[row.sender] = max(highest.get(row.sender, 0), row.number)
    return found
