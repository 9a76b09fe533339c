"""Made-up changes in the shape of real ones, by the hundred thousand: for the bench and for the merge's tests.

A district keeps meetings and activities, some ten fields each in Khmer, edits three in five later and deletes one in
two hundred; now and then the province edits the same field without having seen it. Seeded: the same arguments make the
same records; only ids of streams depend on nothing but the office.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass

from cpdesk.kinds import Value
from cpdesk.store.canonical import ZERO, Op, canon, digest_of, stream_id

WORDS = [
    "ការពារ",
    "កុមារ",
    "ស្រុក",
    "ឃុំ",
    "ភូមិ",
    "ប្រជុំ",
    "គណៈកម្មាធិការ",
    "ពិគ្រោះ",
    "យោបល់",
    "ស្ត្រី",
    "គ្រួសារ",
    "សាលារៀន",
    "សុខភាព",
    "អំពើហិង្សា",
    "ទិន្នន័យ",
    "ផែនការ",
    "សកម្មភាព",
    "ថវិកា",
    "ដៃគូ",
    "អភិបាល",
    "ក្រុមការងារ",
    "ខេត្ត",
    "វិនិយោគ",
    "បញ្ហា",
    "ប្រឈម",
    "ដំណោះស្រាយ",
    "អនុវត្ត",
    "លទ្ធផល",
    "គោលដៅ",
]
START_MS = 1_672_531_200_000
FIELDS = {
    "meeting": [
        "subject",
        "number",
        "date",
        "start",
        "end",
        "venue",
        "opening",
        "closing",
        "sort",
        "state",
        "previous_minutes_adopted",
    ],
    "activity": [
        "order",
        "code",
        "text",
        "group",
        "investment_line",
        "investment",
        "investment_programme",
        "year_quarters",
        "places",
    ],
}


@dataclass(frozen=True)
class Writer:
    """One installation's stream within one scope."""

    office: str
    scope: str

    @property
    def nonce(self) -> bytes:
        return hashlib.sha256(f"{self.office} {self.scope}".encode()).digest()[:16]

    @property
    def id(self) -> bytes:
        return stream_id(self.office, self.scope, self.nonce)


@dataclass
class _Tail:
    prev: bytes = ZERO
    seq: int = 0


class Maker:
    """Writes the ops of one district (and the province's edits of its records) in order."""

    def __init__(self, district: str, seed: int = 0) -> None:
        self.random = random.Random(f"{district} {seed}")
        self.district = Writer(district, district)
        self.province = Writer(district[:2], district)
        self._tails = {self.district: _Tail(), self.province: _Tail()}
        self._heads: dict[bytes, dict[str, bytes]] = {}
        self._live: list[tuple[str, bytes]] = []
        self._now = START_MS

    def ops(self, records: int) -> Iterator[tuple[Writer, Op]]:
        """The changes that make and edit that many more records."""
        for _n in range(records):
            self._now += 60_000
            yield self._new()
            if self.random.random() < 0.6:
                yield self._edit(self.district)
            chance = self.random.random()
            if chance < 0.005:
                yield self._edit(self.province, unseen=True)
            elif chance < 0.010:
                yield self._delete()

    def _new(self) -> tuple[Writer, Op]:
        kind = "meeting" if self.random.random() < 0.4 else "activity"
        office = hashlib.sha256(self.district.office.encode()).digest()[:4]
        record = office + self._now.to_bytes(6, "big") + self.random.getrandbits(48).to_bytes(6, "big")
        made = self._op(self.district, kind, record, {name: self._value(name) for name in FIELDS[kind]}, set())
        self._live.append((kind, record))
        return made

    def _edit(self, writer: Writer, unseen: bool = False) -> tuple[Writer, Op]:
        kind, record = self.random.choice(self._live[-200:])
        names = self.random.sample(FIELDS[kind], self.random.randint(1, 3))
        heads = dict(self._heads[record])
        made = self._op(
            writer, kind, record, {n: self._value(n) for n in names}, {heads[n] for n in names if n in heads}
        )
        if unseen:  # the district goes on from what it knows
            self._heads[record] = heads
        return made

    def _delete(self) -> tuple[Writer, Op]:
        kind, record = self._live.pop(self.random.randrange(max(0, len(self._live) - 200), len(self._live)))
        return self._op(
            self.district, kind, record, {"_deleted": True, "_with": None}, set(self._heads[record].values())
        )

    def _op(
        self, writer: Writer, kind: str, record: bytes, sets: dict[str, Value], parents: set[bytes]
    ) -> tuple[Writer, Op]:
        tail = self._tails[writer]
        salt, content = self.random.randbytes(16), canon(sets)
        tail.seq += 1
        op = Op(
            writer.id, tail.seq, tail.prev, self._now << 16, "មន្ត្រី", kind, record, b"".join(sorted(parents)),
            digest_of(salt, content), salt, content,
        )  # fmt: skip
        tail.prev = op.h
        self._heads.setdefault(record, {}).update(dict.fromkeys(sets, op.h))
        return writer, op

    def _value(self, name: str) -> Value:
        r = self.random
        if name == "date":
            return f"20{r.randint(23, 25)}-{r.randint(1, 12):02d}-{r.randint(1, 28):02d}"
        if name in ("start", "end"):
            return f"{r.randint(7, 17):02d}:{r.choice(('00', '30'))}"
        if name == "order":
            return r.randint(1, 400) * 1024
        if name == "previous_minutes_adopted":
            return r.random() < 0.5
        if name in ("sort", "state", "investment", "investment_programme", "year_quarters", "places"):
            return {
                "sort": "ordinary", "state": "held", "investment": "ongoing", "investment_programme": "dip",
                "year_quarters": "2023Q1 2023Q3", "places": self.district.office,
            }[name]  # fmt: skip
        long = name in ("opening", "closing", "text") and r.random() < 0.1
        return "".join(r.choices(WORDS, k=r.randint(15, 60) if long else r.randint(2, 7)))
