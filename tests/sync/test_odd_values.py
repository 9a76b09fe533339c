"""What an accepted office writes in a field that is no value of it, by malice or by a newer program: kept, told as it
is where changes are told, and blank in the record."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cpdesk.kinds import Value
from cpdesk.records import KINDS
from cpdesk.store import care
from cpdesk.store.canonical import canon
from cpdesk.store.state import STORED
from cpdesk.sync import problems
from cpdesk.sync.manifest import Header
from cpdesk.tasks import exchange, records
from tests.sync.test_damage import Liar, op, refused, signed, stream
from tests.sync.worlds import World, province_and_district

ODD: list[Value] = [
    "", "x", "2022-13-45", "2022-06-233", "25:99", "2023Q9", "Q", "1e9", "-", "ក" * 3000, "<b>x</b>", -1, 10**15, True,
]  # fmt: skip


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = province_and_district(tmp_path)
    yield made
    made.close()


@pytest.mark.parametrize("value", ODD, ids=lambda value: repr(value)[:12])
def test_in_every_field_of_every_kind(world: World, value: Value) -> None:
    liar, desk = Liar(world), world["p"]
    line, id_ = stream()
    ops, last = [], None
    for number, kind in enumerate(STORED.values(), 1):
        sets = canon({field.name: value for field in kind.fields})
        facts = {"kind": kind.name, "record": number.to_bytes(16, "big")}
        last = op(id_, sets, seq=number, **({"prev": last.h} if last else {}), **facts)  # type: ignore[arg-type]
        ops.append(last)
    path = liar.write([line, *(one.line() for one in ops)], signed(liar, ops[-1]))
    seen = exchange.inspect(desk, path)
    assert (seen.status, seen.changes) == ("merged", len(STORED)), seen.why
    (merged,) = exchange.merge(desk, [path])
    assert merged.status == "merged"
    assert care.check(desk).problems == []
    for number, kind in enumerate(STORED.values(), 1):
        row = records.get(desk, f"{number:032x}")
        assert row.title and records.history(desk, row.id)
        for field in kind.fields:
            assert row[field.name] is None or field.type.fits(row[field.name])
            assert isinstance(row.label(field.name), str) and isinstance(field.type.show(value), str)


def test_what_fits_is_what_checking_gives() -> None:
    """So nothing that a person ever saved is blank for its form."""
    typed = ["2022-06-23", "08:30", "2023Q1 2023Q2", "12500", "12.5", "not_collected", "0801", "0" * 32, 5, 2022, True]
    for kind in KINDS.values():
        for field in kind.fields:
            for value in typed:
                try:
                    kept = field.type.check(value)
                except ValueError:
                    continue
                assert kept is None or field.type.fits(kept), (kind.name, field.name, value)


@pytest.mark.parametrize("at", ["2026-13-01T00:00:00+07:00", "2026-01-01T00:00:00+99:00", "2026-01-01T24:61:00+07:00"])
def test_a_package_of_no_day(world: World, at: str) -> None:
    liar = Liar(world)
    header = Header(1, "0801", "08", at)
    path = liar.wrap(liar.first(liar.manifest([], at=at)), header.text())
    assert refused(world["p"], path) == str(problems.damaged())
    assert exchange.inspect(world["p"], path).status == "refused"
