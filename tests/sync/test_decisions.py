"""What people decide where desks part: each with its reason, known everywhere, and alike everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cpdesk.errors import BadInput
from cpdesk.store import care, redaction
from cpdesk.tasks import exchange, records
from cpdesk.tasks.exchange import BOTH, NEWEST, OURS
from tests.sync.worlds import World, province_and_district, shown


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Two districts have written in the province's meetings without seeing each other, and the province has both."""
    made = province_and_district(tmp_path)
    made.desk("b", "0802")
    made.enrol("p", "b")
    yield made
    for desk in made.desks.values():
        assert care.check(desk).problems == []
    made.close()


def apart(world: World, count: int = 1, field: str = "venue", words: str = "សាលា") -> list[str]:
    meetings = [world.meeting("p", subject=f"ទី {n}") for n in range(count)]
    for name in "ab":
        world.carry("p", name)
    for name in "ab":
        for one in meetings:
            records.save(world[name], "meeting", {field: f"{words} {name}"}, one)
    for name in "ab":
        world.carry(name, "p")
    return meetings


def test_a_decision_is_known_with_its_reason_in_the_district(world: World) -> None:
    (meeting,) = apart(world)
    exchange.resolve(world["p"], meeting, "venue", "សាលារួម", "បានសួរតាមទូរស័ព្ទ")
    merged = world.carry("p", "b")
    (told,) = exchange.decisions(world["b"], package=merged.imported)
    assert (told.sort, told.id, told.field, told.value, told.reason) == (
        "settled", meeting, "venue", "សាលារួម", "បានសួរតាមទូរស័ព្ទ",
    )  # fmt: skip
    assert (told.by, told.office, told.package) == ("មន្ត្រី p", "08", merged.imported)
    assert {(one.value, one.office) for one in told.passed} == {("សាលា a", "0801"), ("សាលា b", "0802")}
    (here,) = exchange.decisions(world["p"], record=meeting)
    assert here.package is None and here.passed == told.passed
    now = datetime.now(UTC)
    assert exchange.decisions(world["p"], since=now + timedelta(hours=1)) == []
    assert len(exchange.decisions(world["p"], since=now - timedelta(hours=1))) == 1
    written = [w for w in records.history(world["b"], meeting) if w.decided]
    assert [(w.value, w.reason) for w in written] == [("សាលារួម", "បានសួរតាមទូរស័ព្ទ")]


def test_an_ordinary_save_is_no_decision(world: World) -> None:
    (meeting,) = apart(world)
    exchange.resolve(world["p"], meeting, "venue", "សាលារួម")
    records.save(world["p"], "meeting", {"venue": "ក្រោយ"}, meeting)
    assert [one.reason for one in exchange.decisions(world["p"])] == [""]


def test_both_texts_are_joined_the_older_first(world: World) -> None:
    (meeting,) = apart(world)
    (waiting,) = exchange.conflicts(world["p"])
    assert exchange.can_take_both(waiting) and exchange.both(waiting) == "សាលា a; សាលា b"
    exchange.resolve(world["p"], meeting, "venue", exchange.both(waiting))
    world.carry("p", "a")
    assert records.get(world["a"], meeting)["venue"] == "សាលា a; សាលា b"


def test_a_date_cannot_hold_both(world: World) -> None:
    meeting = world.meeting("p")
    for name in "ab":
        world.carry("p", name)
    for n, name in enumerate("ab", 1):
        records.save(world[name], "meeting", {"date": f"2022-06-0{n}"}, meeting)
        world.carry(name, "p")
    (waiting,) = exchange.conflicts(world["p"])
    assert not exchange.can_take_both(waiting)
    with pytest.raises(BadInput):
        exchange.both(waiting)
    assert exchange.resolve_many(world["p"], [(meeting, "date")], BOTH).waiting == ((meeting, "date"),)


@pytest.mark.parametrize(
    ("take", "wanted"), [("0801", "សាលា a"), ("0802", "សាលា b"), (NEWEST, "សាលា b"), (BOTH, "សាលា a; សាលា b")]
)
def test_many_alike_at_once(world: World, take: str, wanted: str) -> None:
    meetings = apart(world, 4)
    other = world.meeting("p", number="១")
    waiting = exchange.conflicts(world["p"])
    together = exchange.alike(world["p"], waiting[0])
    assert {one.id for one in together} == set(meetings)
    settled = exchange.resolve_many(world["p"], [(one.id, one.field) for one in together], take, "តាមស្រុក")
    assert set(settled.done) == {(id_, "venue") for id_ in meetings} and settled.waiting == ()
    assert exchange.conflicts(world["p"]) == []
    for name in "ab":
        world.carry("p", name)
        assert {records.get(world[name], id_)["venue"] for id_ in meetings} == {wanted}
        assert shown(world[name], ("08",)) == shown(world["p"], ("08",))
        assert {one.reason for one in exchange.decisions(world[name])} == {"តាមស្រុក"}
    assert records.get(world["p"], other)["number"] == "១"


def test_what_a_rule_has_no_value_for_goes_on_waiting(world: World) -> None:
    (meeting,) = apart(world)
    settled = exchange.resolve_many(world["p"], [(meeting, "venue"), (meeting, "subject")], OURS)
    assert settled.done == () and settled.waiting == ((meeting, "venue"), (meeting, "subject"))
    assert len(exchange.conflicts(world["p"])) == 1 and exchange.decisions(world["p"]) == []


def test_delete_against_edit_says_who_and_why(world: World) -> None:
    shared = world.meeting("p")
    part = records.save(world["p"], "agenda_item", {"meeting": shared, "order": 1, "title": "ចំណុច"}).id
    world.carry("p", "a")
    records.delete(world["p"], shared)
    records.save(world["a"], "meeting", {"venue": "ថ្មី"}, shared)
    world.carry("a", "p")
    exchange.resolve(world["p"], shared, "_deleted", True, "ប្រជុំត្រូវបានលុបចោល")
    world.carry("p", "a")
    (told,) = exchange.decisions(world["a"])
    assert (told.id, told.field, told.value, told.reason) == (shared, "_deleted", True, "ប្រជុំត្រូវបានលុបចោល")
    assert records.get(world["a"], part).deleted


def test_word_by_word_against_what_was_before(world: World) -> None:
    (meeting,) = apart(world, field="subject", words="ផែនការ")
    assert meeting
    (waiting,) = exchange.conflicts(world["p"])
    for side, told in zip(waiting.values, exchange.wordings(waiting), strict=True):
        assert "".join(span.text for span in told.after) == side.value
        assert "".join(span.text for span in told.before) == waiting.before


def test_an_import_taken_back_is_one_decision(world: World) -> None:
    for n in range(3):
        world.meeting("a", subject=f"ទី {n}")
    number = world.carry("a", "p").imported
    assert number is not None
    exchange.undo_import(world["p"], number, "ផ្ញើពីរដង")
    merged = world.carry("p", "a")
    (told,) = exchange.decisions(world["a"], package=merged.imported)
    assert (told.sort, told.import_, told.records, told.reason) == ("undone", ("0801", 1), 3, "ផ្ញើពីរដង")


@pytest.mark.parametrize("field", ["venue", "_deleted"])
def test_a_reason_goes_with_what_is_redacted(world: World, field: str) -> None:
    (meeting,) = apart(world)
    if field == "_deleted":
        exchange.resolve(world["p"], meeting, "venue", "សាលារួម")
        records.save(world["a"], "meeting", {"subject": "បន្ត"}, meeting)
        records.delete(world["p"], meeting)
        world.carry("a", "p")
    exchange.resolve(world["p"], meeting, field, True if field == "_deleted" else "សាលារួម", "ឈ្មោះបុគ្គល")
    records.delete(world["p"], meeting)
    redaction.redact(world["p"], meeting)
    assert exchange.decisions(world["p"]) == []
    world.carry("p", "a")
    for name in "pa":
        rows = world[name].db.execute("SELECT count(*) FROM op WHERE instr(sets, 'ឈ្មោះបុគ្គល')")
        assert rows.fetchone() == (0,)
    assert exchange.decisions(world["a"]) == [] and records.get(world["a"], meeting).deleted
