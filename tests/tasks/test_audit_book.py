"""The book of who did what, read from the log: all of it in plain words, a page at a time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from cpdesk.errors import BadInput
from cpdesk.i18n import using
from cpdesk.store import redaction
from cpdesk.tasks import audit, audit_book, exchange, forms, records
from cpdesk.tasks.audit_book import Entry
from cpdesk.tasks.papers import Choices, audit_page
from tests.sync.worlds import World, province_and_district


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = province_and_district(tmp_path)
    with using("en"):
        yield made
    made.close()


def read(world: World, name: str = "a", **wanted: object) -> list[Entry]:
    return audit_book.entries(world[name], **wanted)  # type: ignore[arg-type]


def test_a_record_made_changed_deleted_and_brought_back(world: World) -> None:
    one = world.meeting("a", venue="សាលា")
    records.save(world["a"], "meeting", {"venue": "វត្ត"}, one)
    records.delete(world["a"], one)
    records.undelete(world["a"], one)
    back, gone, changed, made = read(world, kinds=["meeting"])
    assert [x.what for x in (made, changed, gone, back)] == ["made", "changed", "binned", "back"]
    assert (changed.fields, changed.title) == (("Venue",), "កិច្ចប្រជុំពិគ្រោះយោបល់")
    assert changed.who == "មន្ត្រី a" and changed.imported is None and not changed.odd
    (value,) = audit_book.changes(world["a"], changed.n)
    assert (value.label, value.before, value.after) == ("Venue", "សាលា", "វត្ត")


def test_what_came_with_a_package_says_with_which(world: World) -> None:
    world.meeting("a")
    world.carry("a", "p")
    merged, came, *_rest = read(world, "p")
    assert (merged.what, merged.title) == ("deed", "package 1, Kandal Stueng District")
    assert (came.what, came.number, came.who, came.office) == ("made", 1, "មន្ត្រី a", "0801")
    assert came in read(world, "p", here=False) and merged in read(world, "p", here=True)
    assert read(world, "a", kinds=["deed"])[0].title == "package 1, Kandal Province"


def test_a_decision_says_why(world: World) -> None:
    one = world.meeting("p", venue="ក")
    world.carry("p", "a")
    records.save(world["p"], "meeting", {"venue": "ខ"}, one)
    records.save(world["a"], "meeting", {"venue": "គ"}, one)
    world.carry("a", "p")
    exchange.resolve(world["p"], one, "venue", "ខ", "បានសួរតាមទូរស័ព្ទ")
    settled = read(world, "p", kinds=["meeting"])[0]
    assert (settled.what, settled.reason) == ("settled", "បានសួរតាមទូរស័ព្ទ")
    (value,) = audit_book.changes(world["p"], settled.n)
    assert sorted(value.before.split(" / ")) == ["ខ", "គ"], "both that stood"


def test_what_was_taken_out_is_told_without_its_words(world: World) -> None:
    one = world.meeting("a", subject="ឈ្មោះរបស់គាត់")
    redaction.redact(world["a"], one)
    found = read(world, kinds=["meeting"])
    assert [entry.what for entry in found] == ["taken_out", "binned", "emptied"]
    assert "ឈ្មោះ" not in repr(found) and found[-1].title == "(removed on request)"
    assert "ឈ្មោះ" not in repr([audit_book.changes(world["a"], entry.n) for entry in found])


def test_pages_follow_one_another_without_a_gap(world: World) -> None:
    for _more in range(7):
        world.meeting("a")
    whole = read(world, limit=1000)
    found, before = list[Entry](), None
    while some := read(world, limit=3, before=before):
        found += some
        before = some[-1].n
    assert found == whole


def test_by_whom_and_when(world: World) -> None:
    world.meeting("a")
    world["a"].rename_officer("ម្នាក់ទៀត")
    world.meeting("a")
    today = date.today()
    assert len(read(world, by="ម្នាក់ទៀត")) == 1
    assert read(world, since=today, until=today) == read(world)
    assert read(world, since=today + timedelta(days=1)) == read(world, until=today - timedelta(days=1)) == []
    assert audit_book.people(world["a"]) == sorted(["មន្ត្រី a", "ម្នាក់ទៀត"])
    sums = audit_book.tallies(world["a"], kinds=["meeting"])
    assert [(one.who, one.start, one.saves, one.records) for one in sums] == [
        ("មន្ត្រី a", today, 1, 1), ("ម្នាក់ទៀត", today, 1, 1),
    ]  # fmt: skip
    (week, _other) = audit_book.tallies(world["a"], kinds=["meeting"], weeks=True)
    assert week.start == today - timedelta(days=today.weekday())


def test_a_clock_that_was_set_back_is_marked(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time()
    monkeypatch.setattr("time.time", lambda: now + 86_400)
    world.meeting("a")
    monkeypatch.setattr("time.time", lambda: now + 120)
    later, ahead, *rest = (world.meeting("a"), read(world))[1]
    assert later.odd and ahead.odd == "Its time is later than it came here."
    assert not any(one.odd for one in rest)


def test_a_save_in_two_halves_is_one_line(world: World) -> None:
    one = records.save(world["a"], "public_copy", {"number": 1, "year": 2022, "place": "0801", "exact_here": "x"}).id
    found = [entry for entry in read(world) if entry.id == one]
    assert [entry.what for entry in found] == ["made"] and len(found[0].fields) == 4


def test_deeds_are_told_in_words(world: World) -> None:
    audit.note(world["a"], "refused", times=3)
    audit.note(world["a"], "backed_up", "stick.cpbackup")
    one = world.meeting("a", subject="ប្រជុំ")
    audit.note(world["a"], "removed", one)
    titles = [entry.title for entry in read(world, kinds=["deed"])]
    assert titles[:3] == ["ប្រជុំ", "stick.cpbackup", "3 times"]


def test_on_paper_it_is_official_khmer(world: World) -> None:
    one = world.meeting("a", subject="ប្រជុំមួយ")
    records.save(world["a"], "meeting", {"venue": "វត្ត"}, one)
    for number in range(5):
        records.save(world["a"], "person", {"name_km": f"បុគ្គល {number}"})
    world.carry("a", "p")
    world.carry("p", "a")
    (paper,) = forms.documents(world["a"], "audit", "own")
    said = repr(paper)
    assert paper.title == "បញ្ជីតាមដានសកម្មភាពលើទិន្នន័យ"
    assert "ប្រជុំមួយ" in said and "បុគ្គល (៥)" in said, "many of a kind within a minute are one line"
    assert "ដូចគ្នានឹងបញ្ជីទីនេះ" in said, "what the receipts say"
    for to in forms.FILE_TYPES:
        assert forms.render(world["a"], "audit", "own", to=to)
    (nothing,) = forms.documents(world["a"], "audit", "own", Choices(period="2001-02"))
    assert "គ្មានការផ្លាស់ប្តូរ" in repr(nothing)
    with pytest.raises(BadInput):
        forms.documents(world["a"], "audit", "own", Choices(period="x"))


def test_a_span_of_days_is_read_as_people_write_it() -> None:
    assert audit_page.span("") == (None, None)
    assert audit_page.span("2026-11") == (date(2026, 11, 1), date(2026, 11, 30))
    assert audit_page.span("2026") == (date(2026, 1, 1), date(2026, 12, 31))
    assert audit_page.span("2026-11-03..2026-11-05") == (date(2026, 11, 3), date(2026, 11, 5))
    assert audit_page.span("..2026-11-05") == (None, date(2026, 11, 5))
    assert audit_page.span("2026-11-03..") == (date(2026, 11, 3), None)
