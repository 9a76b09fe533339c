"""A person who asks to be removed is gone from everywhere, for good, and nothing else breaks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from cpdesk import settings
from cpdesk.errors import BadInput
from cpdesk.records.officers import OFFICER
from cpdesk.store import Desk, care, redaction, writer
from cpdesk.tasks import (
    attachments,
    audit_book,
    backups,
    binned,
    exchange,
    forms,
    joining,
    meetings,
    personal,
    records,
    search,
    versions,
)
from cpdesk.tasks import desk as desk_tasks
from cpdesk.tasks.roles import NotAllowed
from cpdesk.tasks.thread import thread
from cpdesk.tasks.undo import Undo
from tests import desks
from tests.tasks import personal_world as worlds
from tests.tasks.personal_world import NAME, PHONE, World, deliver, traces

GONE = "(បានលុបតាមសំណើ)"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with desks.make(tmp_path) as desk:
        yield worlds.tell(desk)


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    province, district = worlds.offices(tmp_path)
    with province, district:
        yield province, district


def every_value(desk: Desk) -> str:
    return " ".join(sets for (sets,) in desk.db.execute("SELECT sets FROM op WHERE sets IS NOT NULL"))


def test_no_page_of_the_file_keeps_a_letter_of_it(tmp_path: Path) -> None:
    with desks.make(tmp_path) as desk:
        who = worlds.person(desk, name_latin=worlds.LATIN, phone=PHONE)
        for n in range(40):  # so that pages become free and full again
            records.save(desk, "person", {"position": worlds.LATIN * (n + 1)}, who)
        records.search(desk, NAME)
        assert search.look_up(desk, "Looeungtum").hits
        desk.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        assert set(traces(desk)) == set(worlds.CANARIES)
        redaction.redact(desk, who)
        desk.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        assert traces(desk), "taken out of every table, and still there: what wiping is for"
        personal.complete(desk)
        assert traces(desk) == []
        assert not search.look_up(desk, "Looeungtum").hits and care.check(desk).problems == []


def test_everything_goes_but_what_official_papers_keep(world: World) -> None:
    desk = world.desk
    told = personal.look(desk, world.person)
    assert not told.refused and told.name == f"លោកស្រី {NAME}"
    assert ("សមាជិកភាព", 1) in told.goes
    assert {one.id for one in told.stays} >= {world.signed}
    assert [one.record.id for one in told.texts] == [world.text]
    done = personal.remove(desk, world.person, texts=True)
    assert done.wiped
    assert records.get(desk, world.person).removed and records.title(desk, world.person) == GONE
    assert records.get(desk, world.seat).removed
    assert records.show(desk, records.get(desk, world.task), "responsible") == GONE
    assert records.get(desk, world.text)["text"] == f"តាម{GONE} ត្រូវធ្វើ"
    there = every_value(desk)
    assert PHONE not in there and worlds.LATIN not in there
    kept = records.get(desk, world.signed_row)
    assert (kept["name"], kept["title"], kept["sex"]) == (NAME, "លោកស្រី", "female"), "the signed list keeps its names"
    typed = records.get(desk, world.open_row)
    assert typed["name"] is None and typed["position"] is None and typed["status"] == "present"
    assert traces(desk, (PHONE, worlds.LATIN, "អ្នកតំណាង")) == []
    assert care.check(desk).problems == []


def test_the_name_goes_from_everywhere_where_nothing_official_names_it(world: World) -> None:
    desk = world.desk
    records.save(desk, "meeting", {"state": "held"}, world.signed)
    personal.remove(desk, world.person, texts=True)
    assert NAME not in every_value(desk)
    assert traces(desk) == []


def test_nothing_breaks_where_somebody_was_removed(world: World, tmp_path: Path) -> None:
    desk = world.desk
    other = worlds.person(desk, "សុខ វណ្ណា")
    undo = Undo(desk)
    undo.save("person", {"position": "អតីតមន្ត្រី"}, world.person)
    undo.save("person", {"position": "ប្រធាន"}, other)
    done = personal.remove(desk, world.person, texts=True)
    undo.forget(done.ids)
    assert undo.undo() and not undo.undo(), "of what was done to them nothing is remembered"
    assert records.get(desk, world.person).removed and records.get(desk, other)["position"] is None
    assert [one.id for one in records.find(desk, "person")] == [other]
    assert world.person not in {one.record.id for one in binned.read(desk)}, "nothing to bring back"
    assert records.bin(desk) == []
    assert {one.value for one in records.history(desk, world.person)} == {True}, "only that it was put away"
    assert not search.look_up(desk, NAME).hits or all(
        hit.record.kind.name in ("agenda_item", "attendance") for hit in search.look_up(desk, NAME).hits
    )
    names = [one.name for one in meetings.attendees(desk, world.open)]
    assert names == [GONE]
    for form in ("minutes", "attendance", "agenda", "invitation", "meeting_report", "follow_ups"):
        for meeting in (world.open, world.signed):
            assert forms.documents(desk, form, meeting)
    assert GONE in str(forms.documents(desk, "minutes", world.open))
    assert forms.documents(desk, "record", world.person) and forms.documents(desk, "list", "person")
    assert records.problems(desk, records.get(desk, world.open)).get("chair") is None
    for id_ in (world.text, world.task, world.open):
        assert thread(desk, id_)
    told = [change.after for entry in audit_book.entries(desk) for change in audit_book.changes(desk, entry.n)]
    assert told and PHONE not in str(told) and worlds.LATIN not in str(told)
    looked = joining.look(desk, other, world.person)
    assert looked.problem, "nobody is joined with who is gone"
    with pytest.raises(BadInput):
        records.save(desk, "person", {"name_km": NAME}, world.person)
    with pytest.raises(BadInput):
        records.undelete(desk, world.person)
    with pytest.raises(BadInput):
        personal.remove(desk, world.person)


def test_official_papers_go_on_naming_who_signed_them(world: World) -> None:
    desk = world.desk
    plan = records.save(desk, "plan", {"title": "ផែនការ", "first_year": 2022, "last_year": 2023, "office": "0801"}).id
    records.save(desk, "objective", {"plan": plan, "text": "គោលបំណង", "order": 1024})
    desk.rename_officer("ហ៊ុន កុសនី")
    versions.submit(desk, plan)
    desk.rename_officer("សុខ វណ្ណា")
    versions.approve(desk, plan, world.person, date(2022, 6, 30))
    personal.remove(desk, world.person)
    approved = versions.standing(desk, plan).approved
    assert approved is not None and versions.approver(desk, approved) == f"លោកស្រី {NAME}"
    assert f"អនុម័តដោយ លោកស្រី {NAME}" in str(forms.documents(desk, "plan_matrix", plan))
    minutes = str(forms.documents(desk, "minutes", world.signed))
    assert NAME in minutes and GONE not in minutes, "its chair too, who stands on its list"


def test_scans_of_the_person_go_along_and_the_log_keeps_who_wrote(world: World, tmp_path: Path) -> None:
    scan = tmp_path / "card.png"
    scan.write_bytes(b"\x89PNG\r\n\x1a\n" + worlds.LATIN.encode() * 40)
    file = attachments.attach(world.desk, world.person, scan)
    world.desk.rename_officer(NAME)
    records.save(world.desk, "body", {"name_km": "មន្ទីរ"})
    told = personal.look(world.desk, world.person)
    assert any("១" in one.rule and not one.id for one in told.stays), "one change bears the name"
    done = personal.remove(world.desk, world.person)
    assert file.id in done.ids and traces(world.desk, (worlds.LATIN,)) == []
    assert care.check(world.desk).problems == []


def test_what_somebody_else_reads_meanwhile_is_wiped_afterwards(world: World) -> None:
    """Another connection in the middle of reading holds the log beside the file; the removal stands all the same."""
    with world.desk.other() as other:
        other.db.execute("BEGIN")
        other.db.execute("SELECT count(*) FROM op").fetchone()
        world.desk.db.execute("PRAGMA busy_timeout = 10")
        done = personal.remove(world.desk, world.person)
        assert not done.wiped and records.get(world.desk, world.person).removed
        other.db.execute("COMMIT")
    assert personal.tidy(world.desk) and traces(world.desk, (PHONE, worlds.LATIN)) == []


def test_records_that_were_joined_into_it_go_along(world: World) -> None:
    twin = worlds.person(world.desk, name_latin=worlds.LATIN, phone="011 222 333")
    joining.join(world.desk, world.person, twin, {"phone": PHONE})
    done = personal.remove(world.desk, world.person)
    assert twin in done.ids and records.get(world.desk, twin).removed
    assert traces(world.desk, ("011 222 333", PHONE)) == []


def test_the_province_is_told_and_does_not_bring_it_back(offices: tuple[Desk, Desk], tmp_path: Path) -> None:
    province, district = offices
    world = worlds.tell(district)
    deliver(district, province, tmp_path, "before")
    records.save(province, "person", {"position": "អភិបាល"}, world.person)  # the district has not seen it
    back = tmp_path / "back.cpsync"
    exchange.export(province, back, to="0801")
    told = personal.look(district, world.person)
    assert [(one.office, one.sure) for one in told.holders] == [("08", False)]
    personal.remove(district, world.person, texts=True)
    (merged,) = exchange.merge(district, [back])
    assert merged.status == "merged"
    assert records.get(district, world.person).removed, "what comes later goes too"
    deliver(district, province, tmp_path, "after")
    assert records.get(province, world.person).removed and records.get(province, world.seat).removed
    province.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    assert traces(province, (worlds.LATIN, "looeu", "អភិបាល")) == []
    (again,) = exchange.merge(province, [tmp_path / "before.cpsync"])
    assert again.status == "nothing new" and records.get(province, world.person).removed
    deliver(province, district, tmp_path, "down")
    for desk in offices:
        assert care.check(desk).problems == [] and worlds.LATIN not in every_value(desk)


def test_an_old_backup_is_emptied_again_by_the_next_package(offices: tuple[Desk, Desk], tmp_path: Path) -> None:
    province, district = offices
    world = worlds.tell(district)
    deliver(district, province, tmp_path, "one")
    copy = desk_tasks.backup(district, tmp_path / "old.cpbackup").file
    personal.remove(district, world.person, texts=True)
    deliver(district, province, tmp_path, "two")
    desk_tasks.restore(copy, tmp_path / "again.cpdesk")
    with desk_tasks.open_desk(tmp_path / "again.cpdesk") as again:
        assert records.get(again, world.person)["phone"] == PHONE, "the old copy holds it again"
        deliver(again, province, tmp_path, "up")  # as after every return from a backup: it says what it has
        assert records.get(province, world.person).removed
        deliver(province, again, tmp_path, "down")
        assert records.get(again, world.person).removed, "until the province's word comes, the phone number included"
        assert traces(again, (PHONE, worlds.LATIN)) == [] and care.check(again).problems == []


def test_copies_on_this_computer_are_told_and_deleted_when_asked(world: World) -> None:
    made = backups.make(world.desk)
    kept = desk_tasks.keep_copy(world.desk, "before-merge")
    assert set(personal.look(world.desk, world.person).copies) == {made.file, kept}
    done = personal.remove(world.desk, world.person, copies=True)
    assert set(done.copies) == {made.file, kept} and not done.left
    assert not made.file.exists() and not kept.exists()


def test_copies_stay_where_nobody_asked(world: World) -> None:
    made = backups.make(world.desk)
    done = personal.remove(world.desk, world.person)
    assert done.left == (made.file,) and made.file.exists()


def test_the_settings_forget_that_they_were_looked_at(world: World) -> None:
    desks_kept = {"/x.cpdesk": {"seen": [world.person, world.body], "page": "people", "record": world.person}}
    settings.change(others={"desks": desks_kept})
    personal.remove(world.desk, world.person)
    assert settings.load().others["desks"] == {"/x.cpdesk": {"seen": [world.body], "page": "people"}}


def test_what_belongs_to_the_province_only_it_may_remove(offices: tuple[Desk, Desk], tmp_path: Path) -> None:
    province, district = offices
    who = worlds.person(province)
    deliver(province, district, tmp_path, "down")
    assert personal.look(district, who).refused
    with pytest.raises(BadInput):
        personal.remove(district, who)
    assert records.get(district, who)["name_km"] == NAME
    personal.remove(province, who)
    deliver(province, district, tmp_path, "word")
    assert records.get(district, who).removed


def test_only_who_keeps_the_keys_removes_and_nobody_who_works_here_goes(world: World) -> None:
    desk = world.desk
    for role in ("officer", "head", "merger", "reader"):
        desk.who = writer.save(desk, OFFICER, {"name": "ចាន់ ធារ៉ា", role: True}).id
        with pytest.raises(NotAllowed):
            personal.remove(desk, world.person)
    desk.who = writer.save(desk, OFFICER, {"name": "ហ៊ុន កុសនី", "keeper": True, "person": world.person}).id
    assert "ហ៊ុន កុសនី" in personal.look(desk, world.person).refused
    with pytest.raises(BadInput):
        personal.remove(desk, world.person)
    writer.save(desk, OFFICER, {"left": True}, desk.who)
    desk.who = writer.save(desk, OFFICER, {"name": "សុខ", "keeper": True}).id
    assert personal.remove(desk, world.person, texts=True).wiped
    deeds = [one for one in records.find(desk, "deed") if one["act"] == "removed"]
    assert [one["concerns"] for one in deeds] == [world.person] and not deeds[0]["about"], "noted without the name"


def test_a_row_that_was_written_anew_goes_on_as_any_other(world: World) -> None:
    personal.remove(world.desk, world.person)
    records.save(world.desk, "attendance", {"status": "late"}, world.open_row)
    records.delete(world.desk, world.open_row)
    personal.complete(world.desk)
    assert world.open_row in {one.id for one in records.bin(world.desk)}
    records.undelete(world.desk, world.open_row)
    assert records.get(world.desk, world.open_row)["status"] == "late"
