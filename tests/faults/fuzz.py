"""`python -m tests.faults.fuzz --seed S --count N`: N mutated packages, each of which must be refused in one of the
sentences of FORMAT.md, section 5, or taken; within 3 s and 100 MiB, and the desk as it was.

Each is rehearsed, so that the same desk must hold the same content at the end. What is taken although it was mutated is
also looked at and merged in earnest, into a desk that must be healthy and readable afterwards. Seconds are those of the
processor, since the machine may be busy with other things.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pyrage
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from cpdesk.i18n import using
from cpdesk.store import Desk, care, exchange
from cpdesk.store.connection import immediate
from cpdesk.store.state import STORED
from cpdesk.sync.keys import Keys
from cpdesk.tasks import exchange as tasks
from cpdesk.tasks import records
from tests.faults.mutations import WAYS, heavy
from tests.packages.forge import Office, Package, Stream, sha
from tests.sync.test_vectors import FOLDER, outcome
from tests.sync.worlds import content

SECONDS, MEMORY = 3.0, 100 << 20
EVERY = 500  # packages between two looks at the whole desk
HEAVY = 0.02  # how many of them are as long as may be


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.faults.fuzz", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=1000)
    asked = parser.parse_args()
    started, outcomes = time.monotonic(), Counter[str]()
    with tempfile.TemporaryDirectory(prefix="fuzz") as temporary:
        os.environ["CPDESK_HOME"] = str(Path(temporary) / "home")
        with Fuzz(Path(temporary)) as fuzz:
            wrong = list(fuzz.sweep(asked.seed, asked.count, outcomes))
        print("\n".join(wrong) or "nothing but clear refusals, and the desk as it was")
        told = ", ".join(f"{n} {name}" for name, n in outcomes.most_common())
        print(f"{asked.count} packages, seed {asked.seed}, {time.monotonic() - started:.0f} s: {told}")
        print(f"longest {fuzz.longest:.2f} s, most memory {fuzz.most / (1 << 20):.1f} MiB", flush=True)
    return bool(wrong)


class Fuzz:
    """A province that must stay as it is, another that takes what can be taken, and a district that lies."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.keys = Keys(Ed25519PrivateKey.from_private_bytes(b"p" * 32), _age("province"))
        self.province = Office("08", keys=self.keys)
        self.district = Office("0801", keys=Keys(Ed25519PrivateKey.from_private_bytes(b"d" * 32), _age("district")))
        self.desk, self.taking, self.desks = self._desk("kept"), self._desk("taking0"), 0
        self.longest, self.most = 0.0, 0

    def __enter__(self) -> Fuzz:
        return self

    def __exit__(self, *_why: object) -> None:
        self.desk.close()
        self.taking.close()

    def _desk(self, name: str) -> Desk:
        desk = Desk.create(self.folder / f"{name}.cpdesk", "08", "ខេត្ត")
        signing, receiving = self.keys.dump()
        with immediate(desk.db):
            exchange.keep_secret(desk.db, "sign", signing)
            exchange.keep_secret(desk.db, "age", receiving)
        card = self.folder / "district.cpcard"
        card.write_bytes(self.district.card.text + b"\n")
        tasks.enrol(desk, card)
        path = self.folder / "base.cpsync"
        path.write_bytes(self.base(0).file())
        assert tasks.merge(desk, [path])[0].status == "merged"
        return desk

    def base(self, n: int) -> Package:
        """An honest package; 0 is the one that the desks have already."""
        stream, shared = Stream(self.district, "0801", n), Stream(self.district, "08", n)
        if n == 0:
            stream.write(1, {"subject": "ដើម", "venue": "សាលា"})
            return Package.of(self.district, self.province, stream)
        scan = b"a small scan"
        one = stream.write(1, {"subject": "ប្រជុំ", "date": "2022-06-23", "previous_minutes_adopted": True})
        plan = {"order": 1024, "code": "១.១", "text": "សកម្មភាព " * 9, "year_quarters": "2023Q1"}
        two = stream.write(2, plan, kind="activity")
        stream.write(1, {"venue": "ថ្មី", "subject": None}, one)
        stream.write(2, {"_deleted": True, "_with": None}, two)
        if n % 3 == 1:
            facts = {"bytes": len(scan), "file_name": "x.pdf", "of": f"{1:032x}", "order": 1, "sha256": sha(scan)}
            stream.write(3, facts, kind="attachment")
        if n % 3 == 2:
            gone = stream.write(4, {"name_km": "សុខា"}, kind="person")
            stream.write(4, {"_redacted": gone.h.hex()}, kind="person")
            shared.write(7, {"venue": "រួម"})
        streams = [stream, shared] if shared.ops else [stream]
        return Package.of(self.district, self.province, *streams, number=n, blobs=[scan] if n % 3 == 1 else [])

    def sweep(self, seed: int, count: int, outcomes: Counter[str]) -> Iterator[str]:
        """What went wrong, in words; `outcomes` counts what became of each."""
        before, path = content(self.desk), self.folder / "mutated.cpsync"
        with using("en"):
            for n in range(count):
                way, data = self._mutated(random.Random(f"{seed} {n}"), n % 3 + 1)
                path.write_bytes(data)
                try:
                    found = self._rehearse(path)
                except Exception as why:
                    found = f"{type(why).__name__}: {why}"
                    yield f"{seed} {n}, {way}: {found}"
                outcomes[found.partition(":")[0]] += 1
                if self.took > SECONDS or self.peak > MEMORY:
                    yield f"{seed} {n}, {way}: {self.took:.1f} s, {self.peak >> 20} MiB"
                if n % EVERY == EVERY - 1 or n == count - 1:
                    if content(self.desk) != before:
                        yield f"{seed} {n} or shortly before it: the desk is another"
                    yield from (f"{seed} {n} or shortly before it: {why}" for why in self._health())

    def _health(self) -> list[str]:
        """What is wrong with the desk that took what it could; the next goes into a new one."""
        for kind in STORED:
            for row in records.find(self.taking, kind):
                assert row.title and all(isinstance(row.label(field.name), str) for field in row.kind.fields)
        records.search(self.taking, "ប្រជុំ")
        tasks.conflicts(self.taking)
        found = care.check(self.taking).problems
        self.taking.close()
        self.desks += 1
        self.taking = self._desk(f"taking{self.desks}")
        return found

    def _mutated(self, r: random.Random, n: int) -> tuple[str, bytes]:
        """(in which way, the file)"""
        while True:
            way = heavy if r.random() < HEAVY else r.choice(WAYS)
            try:
                return way.__name__, way(r, self.base(n))
            except (TypeError, ValueError):
                continue  # drawn was what cannot be written down at all

    def _rehearse(self, path: Path) -> str:
        self.took, self.peak, base = 0.0, 0, _peak(reset=True)
        started = time.process_time()
        (merged,) = tasks.merge(self.desk, [path], dry_run=True)
        self.took, self.peak = time.process_time() - started, _peak() - base
        self.longest, self.most = max(self.longest, self.took), max(self.most, self.peak)
        if merged.status == "refused":
            return outcome(str(merged.why))
        seen = tasks.inspect(self.desk, path)
        assert (seen.status, seen.changes) == (merged.status, merged.changes), seen.why
        (again,) = tasks.merge(self.taking, [path])
        assert again.status != "refused" or outcome(str(again.why)) == "forged", again.why
        return merged.status


def _age(name: str) -> pyrage.x25519.Identity:
    return pyrage.x25519.Identity.from_str((FOLDER / f"{name}.key").read_text().strip())


def _peak(reset: bool = False) -> int:
    """The most memory that this process has held since the last `reset`; 0 where the system does not tell."""
    if not sys.platform.startswith("linux"):
        return 0
    if reset:
        Path("/proc/self/clear_refs").write_text("5")
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) << 10


if __name__ == "__main__":
    sys.exit(main())
