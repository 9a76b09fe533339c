"""A person asks to be removed: what was written goes from every desk, its place and hash stay."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cpdesk.store import Desk, care, find, redaction
from cpdesk.tasks import desk as desk_tasks
from cpdesk.tasks import exchange, records
from tests import desks

NAME = "ឈ្មោះដែលត្រូវលុប"


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    """(province, district), enrolled."""
    with desks.make(tmp_path, "08") as province, desks.make(tmp_path, "0801") as district:
        exchange.write_card(province, tmp_path / "p.cpcard")
        exchange.join(district, tmp_path / "p.cpcard")
        exchange.write_card(district, tmp_path / "d.cpcard")
        exchange.enrol(province, tmp_path / "d.cpcard")
        yield province, district


def contents(desk: Desk) -> str:
    return " ".join(sets for (sets,) in desk.db.execute("SELECT sets FROM op WHERE sets IS NOT NULL"))


def test_nothing_of_it_is_left(offices: tuple[Desk, Desk]) -> None:
    _province, district = offices
    person = records.save(district, "person", {"name_km": NAME, "phone": "012 345 678"}).id
    records.save(district, "person", {"name_km": NAME + "២"}, person)
    records.search(district, NAME)
    assert redaction.redact(district, person) == 3
    assert NAME not in contents(district) and "012 345" not in contents(district)
    row = find.row(district.db, person)
    assert row is not None and row.deleted and row["name_km"] is None and row["phone"] is None
    assert records.search(district, NAME) == []
    assert care.check(district).problems == []


@pytest.mark.parametrize("order", [(0, 1, 0), (1, 0), (1, 0, 1)])
def test_an_old_package_does_not_bring_it_back(
    offices: tuple[Desk, Desk], tmp_path: Path, order: tuple[int, ...]
) -> None:
    province, district = offices
    person = records.save(district, "person", {"name_km": NAME}).id
    packages = [tmp_path / "before.cpsync", tmp_path / "after.cpsync"]
    exchange.export(district, packages[0])
    redaction.redact(district, person)
    exchange.export(district, packages[1])
    for n in order:
        (merged,) = exchange.merge(province, [packages[n]])
        assert merged.status != "refused", merged.why
    assert NAME not in contents(province)
    row = find.row(province.db, person)
    assert row is not None and row.deleted
    assert care.check(province).problems == []
    (again,) = exchange.merge(province, [packages[1]])
    assert again.status == "nothing new"


def test_what_does_not_own_a_record_cannot_empty_it(offices: tuple[Desk, Desk], tmp_path: Path) -> None:
    province, district = offices
    shared = records.save(province, "meeting", {"subject": NAME}).id
    exchange.export(province, tmp_path / "down.cpsync", to="0801")
    exchange.merge(district, [tmp_path / "down.cpsync"])
    assert redaction.redact(district, shared) == 0
    exchange.export(district, tmp_path / "up.cpsync")
    exchange.merge(province, [tmp_path / "up.cpsync"])
    assert NAME in contents(province)


def test_emptied_without_the_owners_word_is_a_forgery(offices: tuple[Desk, Desk], tmp_path: Path) -> None:
    province, district = offices
    records.save(district, "meeting", {"subject": NAME})
    district.db.execute("UPDATE op SET salt = NULL, sets = NULL WHERE kind = 'meeting'")
    exchange.export(district, tmp_path / "up.cpsync")
    (merged,) = exchange.merge(province, [tmp_path / "up.cpsync"])
    assert merged.status == "refused" and merged.why
    assert records.count(province, "meeting") == 0


def test_what_comes_later_than_the_word_is_taken_out_too(offices: tuple[Desk, Desk], tmp_path: Path) -> None:
    """A desk brought back from an old copy gets the word first and the content behind it."""
    province, district = offices
    person = records.save(district, "person", {"name_km": NAME}).id
    exchange.export(district, tmp_path / "content.cpsync")
    copy = desk_tasks.backup(province, tmp_path / "old.bak").file
    exchange.merge(province, [tmp_path / "content.cpsync"])
    exchange.export(province, tmp_path / "receipt.cpsync", to="0801")
    exchange.merge(district, [tmp_path / "receipt.cpsync"])
    redaction.redact(district, person)
    exchange.export(district, tmp_path / "word.cpsync")
    desk_tasks.restore(copy, tmp_path / "old.cpdesk")
    with desk_tasks.open_desk(tmp_path / "old.cpdesk") as old:
        for name in ("word", "content"):
            (merged,) = exchange.merge(old, [tmp_path / f"{name}.cpsync"])
            assert merged.status == "merged", merged.why
        assert NAME not in contents(old)
        assert care.check(old).problems == []
