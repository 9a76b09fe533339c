"""A language for what offices do to one another, so that cases can be read by whoever knows offices and no Python.

    P 08 / A 0801 / B 0802            the desks; the districts are enrolled with the first
    A: m1.venue = "x"                 saves; makes the record where A has none of that name
    A: m1.venue = blank               a value like any other
    A: delete m1      A: undelete m1  A: redact m1
    A: settle m1.venue "y"            by the window's own command; `A: settle m1 deleted` and `kept` likewise
    A -> P                            a package is written and merged
    A -> P lost                       written, and never seen again; `partly` as below
    A writes one                      a package for the office above (`P writes one for A`, `A writes one everything`),
    P merges one                      to be merged when one likes, any number of times; `refused` behind it where that
                                      must be; `partly` where P lacks what it, or its copy, once said that it has
    A clock -2h                       A's computer has another time from now on (s, m, h, d, y)
    clocks stand still                all that follows is done within one second
    A is copied to A2                 the same desk on two computers
    A is kept as old                  a backup; `A goes back to old` is how it ends
    expect P m1.venue "x"             also `blank`; `differs "x" | "y"`: both stand, in any order
    expect P m1 deleted               also visible, contested, waiting, unknown, redacted
    expect P forked                   two computers wrote in one stream
    expect P pending 0                how many changes the next package upward would hold
    expect all agree                  all desks show the same of what they share

Behind every line the desks that it concerns are compared with `model`, which is told who wrote what and has seen what,
and nothing else.
"""

from __future__ import annotations

import ast
import json
import re
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from cpdesk.kinds import Kind
from cpdesk.store import Desk, log, redaction, writer
from cpdesk.store.projection import DELETED, project
from cpdesk.store.state import STORED
from cpdesk.tasks import desk as desks
from cpdesk.tasks import exchange
from tests.sync import model
from tests.sync.worlds import World, shown

UNIT = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "y": 31_557_600}
NEWER = "kind_of_a_newer_version"  # records whose name begins with x


@dataclass(frozen=True)
class Written:
    path: Path
    ops: dict[bytes, model.Op]


@dataclass(repr=False)
class Story:
    """Desks, what they have done, and what the model makes of it. `now` gives the real time."""

    world: World
    held: dict[str, dict[bytes, model.Op]] = field(default_factory=dict)
    shift: dict[str, float] = field(default_factory=dict)
    records: dict[str, str] = field(default_factory=dict)
    packages: dict[str, Written] = field(default_factory=dict)
    kept: dict[str, tuple[Path, dict[bytes, model.Op]]] = field(default_factory=dict)
    acting: str = ""
    now: Callable[[], float] = time.time

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        """Hypothesis would print all changes of all desks where an example fails, and give that up as too long."""
        printer.text(f"<{len(self.world.desks)} desks, {len(self.records)} records>")

    def time(self) -> float:
        """What the clock of the computer shows at which somebody works at present."""
        return self.now() + self.shift.get(self.acting, 0)

    def tell(self, text: str) -> None:
        """All lines of a story; `AssertionError` names the line that is not so."""
        for number, line in enumerate(text.splitlines(), 1):
            told = line.partition("#")[0].strip()
            if told:
                try:
                    self.line(told)
                except AssertionError as why:
                    raise AssertionError(f"line {number}: {told}: {why}") from why

    def line(self, told: str) -> None:
        for pattern, does in LINES:
            found = re.fullmatch(pattern, told)
            if found:
                does(self, *found.groups())
                return
        raise ValueError(f"nobody understands: {told}")

    # --- who there is ---
    def cast(self, names: str) -> None:
        for name, office in (one.split() for one in names.split("/")):
            self.acting = name
            self.world.desk(name, office)
            if len(self.world.desks) > 1:
                upper = next(iter(self.world.desks))
                before = log.last_n(self.world[upper].db)
                self.world.enrol(upper, name)
                self._notice(upper, before)
            self._notice(name, 0)

    def clock(self, name: str, sign: str, amount: str, unit: str) -> None:
        self.shift[name] = float(f"{sign}{amount}") * UNIT[unit]

    def stand_still(self) -> None:
        second = float(int(self.now()))
        self.now = lambda: second

    def copied(self, name: str, twin: str) -> None:
        self.acting = name
        path, other = self.world[name].path, self.world.folder / f"{twin}.cpdesk"
        self.world[name].close()
        shutil.copy(path, other)
        notes = {note: note.read_bytes() for note in (self.world.folder / "home" / "anchors").glob("*.json")}
        for note in notes:  # the other computer has none that would tell
            note.write_text(json.dumps({**json.loads(note.read_text()), "streams": {}}))
        self.world.desks[twin] = desks.open_desk(other)
        for note, text in notes.items():
            note.write_bytes(text)
        self.world.desks[name] = desks.open_desk(path)
        self.held[twin] = dict(self.held[name])

    def backup(self, name: str, label: str) -> None:
        made = desks.backup(self.world[name], self.world.folder / f"{label}.bak")
        self.kept[label] = made.file, dict(self.held[name])

    def back(self, name: str, label: str) -> None:
        copy, ops = self.kept[label]
        self.world[name].close()
        path = self.world.folder / f"{name}-{label}-{len(self.packages)}.cpdesk"
        desks.restore(copy, path)
        self.world.desks[name], self.held[name] = desks.open_desk(path), dict(ops)
        self._notice(name, 0)  # that it was brought back

    # --- what they write ---
    def save(self, name: str, record: str, what: str, value: str) -> None:
        sets = {what: None if value == "blank" else ast.literal_eval(value)}
        self._write(name, record, sets, lambda desk, id_: self._save(desk, record, id_, sets))

    def _save(self, desk: Desk, record: str, id_: str | None, sets: dict[str, Any]) -> None:
        kind: Kind = STORED["meeting"]
        if record.startswith("x"):
            kind = replace(kind, name=NEWER)
        self.records[record] = writer.save(desk, kind, sets, id_).id

    def delete(self, name: str, record: str) -> None:
        self._write(name, record, {DELETED: True}, lambda desk, id_: writer.delete(desk, str(id_)))

    def undelete(self, name: str, record: str) -> None:
        self._write(name, record, {DELETED: False}, lambda desk, id_: writer.undelete(desk, str(id_)))

    def redact(self, name: str, record: str) -> None:
        before = self._begin(name)
        redaction.redact(self.world[name], self.records[record])
        self._notice(name, before)
        self.held[name] = model.merged(self.held[name], {}, self.world[name].office)
        self.check(name)

    def settle(self, name: str, record: str, what: str, value: str) -> None:
        took: Any = ast.literal_eval(value)
        self._write(name, record, {what: took}, lambda desk, id_: exchange.resolve(desk, str(id_), what, took, "ព្រោះ"))

    def settle_delete(self, name: str, record: str, how: str) -> None:
        before = self._begin(name)
        exchange.resolve(self.world[name], self.records[record], DELETED, how == "deleted")
        self._notice(name, before)
        self.check(name)

    def _write(self, name: str, record: str, sets: dict[str, Any], work: Callable[[Desk, str | None], object]) -> None:
        """One save; the model says beforehand what it must replace."""
        before, id_ = self._begin(name), self.records.get(record)
        seen = model.heads([op for op in self.held[name].values() if op.record == id_])
        work(self.world[name], id_)
        made = self._notice(name, before)
        for op in made:
            names = seen if op.sets.get(DELETED) is True else op.sets
            assert op.parents == {head.h for one in names for head in seen.get(one, [])}, "it replaces what it saw"
        typed = {one: value for one, value in sets.items() if one in seen or value is not None}
        stands = {one: [same(head.sets[one], value) for head in seen.get(one, [])] for one, value in typed.items()}
        stood = all(those and all(those) for those in stands.values())
        assert stood or any(typed.items() <= op.sets.items() for op in made), "what was typed is in the log"
        self.check(name)

    def _begin(self, name: str) -> int:
        self.acting = name
        return log.last_n(self.world[name].db)

    def _notice(self, name: str, before: int) -> list[model.Op]:
        """Tells the model what was written."""
        rows = (
            self.world[name]
            .db.execute(
                "SELECT o.hlc, s.id, o.seq, o.h, lower(hex(o.record)), o.sets, o.parents, s.office, s.scope FROM op o"
                " JOIN stream s USING(sid) WHERE o.n > ? AND o.package IS NULL ORDER BY o.n",
                [before],
            )
            .fetchall()
        )
        made = [model.Op(*row[:5], json.loads(row[5] or "{}"), frozenset(log.split(row[6])), *row[7:]) for row in rows]
        self.held.setdefault(name, {}).update({op.h: op for op in made})
        return made

    # --- what is carried ---
    def writes(self, name: str, label: str, to: str | None, everything: str | None) -> None:
        before = self._begin(name)
        path = self.world.package(name, to, bool(everything))
        self._notice(name, before)
        self.packages[label] = Written(path, dict(self.held[name]))

    def merges(self, name: str, label: str, how: str | None = None) -> None:
        start, (written, desk) = self._begin(name), (self.packages[label], self.world[name])
        result = self.world.merge(name, written.path)
        assert (result.status == "refused") == (how == "refused"), result.why
        came = {} if how == "refused" else written.ops
        if how == "partly":
            here = {h for (h,) in desk.db.execute("SELECT h FROM op")}
            came = {h: op for h, op in came.items() if h in here}
        before = len(self.held[name])
        self.held[name] = model.merged(self.held[name], came, desk.office)
        assert result.changes == len(self.held[name]) - before, "as many are new as the model says"
        self._notice(name, start)  # what the desk noted of it by itself
        self.check(name)

    def carry(self, name: str, to: str, how: str | None) -> None:
        self.writes(name, "_", to, None)
        if how != "lost":
            self.merges(to, "_", how)

    # --- what must be so ---
    def check(self, name: str) -> None:
        """The desk's log, state and differences against the model's."""
        db, ops = self.world[name].db, self.held[name]
        here = {h for (h,) in db.execute("SELECT h FROM op")}
        assert here == set(ops), "the same changes as in the model"
        marked = set(db.execute("SELECT lower(hex(record)), field FROM difference").fetchall())
        waiting = {record for (record,) in db.execute("SELECT lower(hex(record)) FROM waiting")}
        views = {record: model.view([op for op in ops.values() if op.record == record]) for record in
                 {op.record for op in ops.values()}}  # fmt: skip
        for record, wanted in views.items():
            found = project(log.changes_of(db, bytes.fromhex(record)))
            differs = {one: [head.value for head in those] for one, those in found.differences.items()}
            contested = differs.pop(DELETED, None) is not None
            told = (found.values, differs, found.deleted, contested, found.waiting)
            assert told == tuple(wanted), f"the model says {wanted}"
        assert marked == {(r, one) for r, v in views.items() for one in (*v.differs, *[DELETED] * v.contested)}
        assert waiting == {record for record, v in views.items() if v.waits}

    def expect(self, name: str, record: str, what: str, wanted: str) -> None:
        found = self._view(name, record)
        if wanted.startswith("differs"):
            sides = [ast.literal_eval(one.strip()) for one in wanted.removeprefix("differs").split("|")]
            assert sorted(map(repr, found.differs.get(what, []))) == sorted(map(repr, sides)), found
            return
        value = None if wanted == "blank" else ast.literal_eval(wanted)
        assert found.values.get(what) == value and what not in found.differs, found

    def _view(self, name: str, record: str) -> model.View:
        id_ = self.records[record]
        return model.view([op for op in self.held[name].values() if op.record == id_])

    def expect_record(self, name: str, record: str, how: str) -> None:
        found, id_ = self._view(name, record), self.records.get(record)
        ops = [op for op in self.held[name].values() if op.record == id_]
        is_so = {
            "deleted": found.hidden, "visible": bool(found.values) and not found.hidden, "contested": found.contested,
            "waiting": found.waits, "unknown": not ops, "redacted": bool(ops) and not found.values,
        }  # fmt: skip
        assert is_so[how], found

    def expect_forked(self, name: str) -> None:
        assert any(stream.forked for stream in log.streams(self.world[name].db))

    def expect_pending(self, name: str, count: str) -> None:
        assert exchange.pending(self.world[name]).changes == int(count)

    def expect_agreement(self) -> None:
        upper = next(iter(self.world.desks))
        for name, desk in self.world.desks.items():
            scopes = (self.world[upper].office, desk.office)
            assert shown(desk, scopes) == shown(self.world[upper], scopes), f"{name} and {upper}"


def same(a: object, b: object) -> bool:
    """As values of fields: true is not 1."""
    return type(a) is type(b) and a == b


_N, _R = r"(\w+)", r"([mx]\w*)"
LINES: tuple[tuple[str, Callable[..., None]], ...] = (
    (r"((?:\w+ \d+)(?: / \w+ \d+)+)", Story.cast),
    (rf"{_N} clock ([+-])(\d+)([smhdy])", Story.clock),
    (r"clocks stand still", Story.stand_still),
    (rf"{_N} is copied to {_N}", Story.copied),
    (rf"{_N} is kept as {_N}", Story.backup),
    (rf"{_N} goes back to {_N}", Story.back),
    (rf"{_N}: {_R}\.(\w+) = (.+)", Story.save),
    (rf"{_N}: delete {_R}", Story.delete),
    (rf"{_N}: undelete {_R}", Story.undelete),
    (rf"{_N}: redact {_R}", Story.redact),
    (rf"{_N}: settle {_R}\.(\w+) (.+)", Story.settle),
    (rf"{_N}: settle {_R} (deleted|kept)", Story.settle_delete),
    (rf"{_N} -> {_N}(?: (lost|partly))?", Story.carry),
    (rf"{_N} writes {_N}(?: for {_N})?( everything)?", Story.writes),
    (rf"{_N} merges {_N}(?: (refused|partly))?", Story.merges),
    (rf"expect {_N} {_R}\.(\w+) (.+)", Story.expect),
    (rf"expect {_N} {_R} (deleted|visible|contested|waiting|unknown|redacted)", Story.expect_record),
    (rf"expect {_N} forked", Story.expect_forked),
    (rf"expect {_N} pending (\d+)", Story.expect_pending),
    (r"expect all agree", Story.expect_agreement),
)
