"""A desk of mixed records as a province has them after some years: names, figures, and what was said at length."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from cpdesk.kinds import Value
from cpdesk.store import Desk, union
from cpdesk.store.canonical import Op
from tests.make_ops import WORDS, Maker, Writer

DISTRICTS = 13
SHARES = {  # of a hundred records
    "meeting": 6, "agenda_item": 14, "presentation": 6, "input": 22, "follow_up": 12, "attendance": 10, "person": 6,
    "body": 2, "activity": 14, "figure": 8,
}  # fmt: skip
SYLLABLES = ["សុខ", "ចាន់", "ស្រី", "វណ្ណា", "សុភា", "រតនា", "ដារ៉ា", "ពិសិដ្ឋ", "មុនី", "គន្ធា", "សារ៉ាត់", "បូផា", "ឧត្តម", "កុសល"]
LATIN = ["Sok", "Chan", "Srey", "Vanna", "Sophea", "Ratana", "Dara", "Piseth", "Mony", "Kunthea", "Sarat", "Bopha"]
ENDS = ["។ ", " និង", " ដើម្បី", "", "", "", " "]
VENUES = ["Hall", "សាលាប្រជុំ", "UNICEF", "មន្ទីរសង្គមកិច្ច", "Save the Children"]


class Mixed(Maker):
    """Writes a district's records of all sorts, the parts of a meeting behind it."""

    def ops(self, records: int) -> Iterator[tuple[Writer, Op]]:
        meeting, kinds, shares = "", [*SHARES], [*SHARES.values()]
        office = hashlib.sha256(self.district.office.encode()).digest()[:4]
        for n in range(records):
            self._now += 60_000
            kind = self.random.choices(kinds, shares)[0] if n else "meeting"
            record = office + self._now.to_bytes(6, "big") + self.random.getrandbits(48).to_bytes(6, "big")
            if kind == "meeting":
                meeting = record.hex()
            yield self._op(self.district, kind, record, self._values(kind, meeting, n), set())

    def _values(self, kind: str, meeting: str, n: int) -> dict[str, Value]:
        r = self.random
        part: dict[str, Value] = {"meeting": meeting, "order": n * 1024}
        made: dict[str, dict[str, Value]] = {
            "meeting": {
                "subject": self.said(6, 14), "date": self._value("date"), "venue": f"{r.choice(VENUES)} {n % 37}",
                "sort": "ordinary", "state": "held", "start": "08:30", "opening": self.said(20, 90),
                "closing": self.said(10, 60),
            },
            "agenda_item": part | {"title": self.said(4, 10), "minutes": self.said(20, 160)},
            "presentation": part | {"title": self.said(4, 10), "summary": self.said(20, 200)},
            "input": part | {"text": self.said(15, 120), "disposition": "accepted", "reason": self.said(0, 10)},
            "follow_up": part | {
                "text": self.said(8, 30), "due": self._value("date"), "state": "done" if n % 20 else "open",
            },
            "attendance": part | {"name": self.named(), "position": self.said(1, 4), "status": "present"},
            "person": {"name_km": self.named(), "name_latin": " ".join(r.choices(LATIN, k=2)), "sex": "female"},
            "body": {"name_km": self.said(2, 5), "short": "DoSVY"},
            "activity": {"order": n * 1024, "code": f"{n % 9}.{n % 7}.{n % 31}", "text": self.said(5, 30)},
            "figure": {"place": f"{self.district.office}01", "year": 2020 + n % 6, "value": str(n % 400), "sex": "all"},
        }  # fmt: skip
        return made[kind]

    def said(self, least: int, most: int) -> str | None:
        """So many words, spaces only where a phrase ends, and a number here and there."""
        r = self.random
        words = r.choices(WORDS, k=r.randint(least, most))
        return "".join(word + (r.choice(ENDS) if r.random() < 0.2 else "") for word in words) or None

    def named(self) -> str:
        return " ".join(self.random.choices(SYLLABLES, k=2))


def mixed(folder: Path, records: int) -> Desk:
    """The desk, its records merged as a province's are."""
    desk = Desk.create(folder / f"mixed{records}.cpdesk", "08", "bench")
    with union.merging(desk) as merging:
        for district in range(1, DISTRICTS + 1):
            found: dict[Writer, list[Op]] = {}
            for writer, op in Mixed(f"08{district:02d}").ops(records // DISTRICTS):
                found.setdefault(writer, []).append(op)
            for writer, those in found.items():
                merging.add(merging.stream(writer.id, writer.office, writer.scope, writer.nonce), those)
        merging.project()
    return desk
