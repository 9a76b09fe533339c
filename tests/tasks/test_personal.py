"""What the office knows of a person: masked, told in full to the person, kept for a purpose and no longer than that."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from cpdesk import i18n, settings
from cpdesk.errors import BadInput, UserError
from cpdesk.khmer.digits import to_ascii
from cpdesk.khmer.masking import masked
from cpdesk.records.officers import OFFICER
from cpdesk.store import Desk, writer
from cpdesk.tasks import forms, personal, records, roles, search
from cpdesk.tasks.papers import FORMS, Choices
from cpdesk.tasks.personal.mentions import without
from cpdesk.tasks.tables import targets
from tests import desks
from tests.tasks import personal_world as worlds
from tests.tasks.personal_world import NAME, PHONE, World, deliver

WHY = "ទាក់ទងអំពីកិច្ចប្រជុំ"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with desks.make(tmp_path) as desk:
        yield worlds.tell(desk)


def has_phone(text: str) -> bool:
    return PHONE.replace(" ", "") in to_ascii(text).replace(" ", "").replace("\u200b", "")


# --- masked ---------------------------------------------------------------------------------------------------------
def test_what_is_personal_is_masked_wherever_values_are_shown(world: World) -> None:
    person = records.get(world.desk, world.person)
    assert person["phone"] == PHONE, "programs get what was typed"
    assert person.label("phone") == records.show(world.desk, person, "phone") == "••• ••• 654"
    assert records.show_value(world.desk, person.kind, "phone", "០១១ ២២២ ៣៣៣") == "••• ••• ៣៣៣"
    (hit,) = search.look_up(world.desk, "987 654").hits
    told = "".join(part.text for part in (*hit.title, *hit.around))
    assert hit.record.id == world.person and "654" in told and not has_phone(told)


@pytest.mark.parametrize("text", ["", "  ", "x@y.kh", "012", "០១២ ៣៤៥ ៦៧៨", "+855 12 345 678"])
def test_a_mask_leaves_three_digits_and_the_length(text: str) -> None:
    shown = masked(text)
    assert len(shown) == len(text) and sum(sign.isdigit() for sign in shown) <= 3 and not any(map(str.isalpha, shown))


def test_no_paper_and_no_table_tells_a_phone_number_by_itself(world: World, tmp_path: Path) -> None:
    desk = world.desk
    plan = records.save(desk, "plan", {"title": "ផែនការ", "first_year": 2022, "last_year": 2023, "office": "0801"}).id
    subjects = {"meeting": world.open, "plan": plan, "area": "0801", "record": world.person, "kind": "person",
                "register": "LETTERS", "office": "own"}  # fmt: skip
    tried = set()
    for form in FORMS.values():
        if form.about not in subjects:
            continue
        for choices in (Choices(), *([Choices(public=True, phones=WHY, period="2022")] if form.public else [])):
            try:
                made = forms.documents(desk, form.name, subjects[form.about], choices)
            except UserError:
                continue  # nothing to tell about that subject
            tried.add(form.name)
            assert not has_phone(str(made)), form.name
    assert {"attendance", "minutes", "record", "list", "vulnerability_profile", "invitation"} <= tried
    assert "••• ••• ៦៥៤" in str(forms.documents(desk, "attendance", world.open))
    for kind in ("person", "attendance", "membership"):
        for ending in ("xlsx", "csv"):
            file = tmp_path / f"{kind}.{ending}"
            targets.export(desk, targets.of(kind, None, None), file)
            assert not has_phone(content(file)), kind


def content(file: Path) -> str:
    if file.suffix == ".csv":
        return file.read_text("utf-8-sig")
    with zipfile.ZipFile(file) as parts:
        return " ".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))


def test_numbers_are_given_out_whole_where_the_paper_says_what_for(world: World, tmp_path: Path) -> None:
    for form, about in (("attendance", world.open), ("list", "person")):
        made = str(forms.documents(world.desk, form, about, Choices(phones=WHY)))
        assert has_phone(made) and WHY in made, form
    for ending in ("xlsx", "csv"):
        file = tmp_path / f"people.{ending}"
        targets.export(world.desk, targets.of("person", None, None), file, phones=WHY)
        assert has_phone(content(file)) and WHY in content(file)


def test_a_package_and_a_public_copy_never_hold_a_phone_number(tmp_path: Path) -> None:
    province, district = worlds.offices(tmp_path)
    with province, district:
        worlds.tell(district)
        deliver(district, province, tmp_path, "up")
        assert records.count(province, "person") == 1
        there = " ".join(sets for (sets,) in province.db.execute("SELECT sets FROM op WHERE sets IS NOT NULL"))
        assert NAME in there and not has_phone(there)


def act_as(desk: Desk, *names: str) -> None:
    """Let an officer with these roles be the one who opened the desk."""
    desk.who = writer.save(desk, OFFICER, {"name": "ចាន់ ធារ៉ា", **dict.fromkeys(names, True)}).id


def test_a_reader_sees_no_phone_number_whole(world: World, tmp_path: Path) -> None:
    for role in ("officer", "head", "keeper"):
        act_as(world.desk, role)
        assert personal.may_see(world.desk), role
    act_as(world.desk, "reader", "merger")
    assert not personal.may_see(world.desk)
    for form, about, choices in (
        ("attendance", world.open, Choices(phones=WHY)),
        ("personal_data", world.person, Choices()),
    ):
        with pytest.raises(roles.NotAllowed):
            forms.documents(world.desk, form, about, choices)
    with pytest.raises(roles.NotAllowed):
        targets.export(world.desk, targets.of("person", None, None), tmp_path / "people.xlsx", phones=WHY)
    assert not has_phone(str(personal.about(world.desk, world.person).facts))


# --- why it is kept ---------------------------------------------------------------------------------------------------
def test_why_somebody_is_kept_follows_from_how_they_came_in(tmp_path: Path) -> None:
    with desks.make(tmp_path) as desk:
        ngo = records.save(desk, "body", {"name_km": "អង្គការ", "sort": "ngo"}).id
        office = records.save(desk, "body", {"name_km": "ការិយាល័យ", "sort": "office"}).id
        meeting = records.save(desk, "meeting", {"subject": "ប្រជុំ", "date": "2022-06-23"}).id
        member, guest, nobody = (worlds.person(desk, name) for name in ("ក", "ខ", "គ"))
        records.save(desk, "membership", {"body": office, "person": member, "role": "member"})
        records.save(desk, "attendance", {"meeting": meeting, "person": guest})
        partner, officer = (worlds.person(desk, "ឃ", body=body) for body in (ngo, office))
        wanted = {member: "member", guest: "invited", nobody: "", partner: "partner", officer: "officer"}
        found = {id_: personal.purpose(desk, records.get(desk, id_)) for id_ in wanted}
        assert {id_: one.key for id_, one in found.items()} == wanted
        assert not any(one.chosen for one in found.values()) and found[guest].since == date.today()
        records.save(desk, "person", {"purpose": "other", "purpose_since": "2021-02-03"}, member)
        said = personal.purpose(desk, records.get(desk, member))
        assert (said.key, said.chosen, said.since) == ("other", True, date(2021, 2, 3))


# --- shown to the person ----------------------------------------------------------------------------------------------
def test_a_person_is_told_everything(world: World) -> None:
    found = personal.about(world.desk, world.person, whole=True)
    assert ("phone", PHONE) in {(name, value) for name, _label, value in found.facts}
    places = {(one.sort, one.id) for one in found.places}
    assert places >= {
        ("membership", world.seat), ("meeting", world.signed), ("attendance", world.open_row),
        ("follow_up", world.task), ("input", world.text), (personal.TEXTS, world.text),
    }  # fmt: skip
    assert all(one.by == "សុខ សុភា" and one.at.date() == date.today() for one in found.places)
    (hand,) = found.hands
    assert (hand.who, hand.office, hand.changes) == ("សុខ សុភា", "0801", 3)
    assert found.holders == () and not has_phone(str(personal.about(world.desk, world.person).facts))


def test_who_else_has_it_is_told_as_far_as_it_is_known(tmp_path: Path) -> None:
    province, district = worlds.offices(tmp_path)
    with province, district:
        who = worlds.tell(district).person
        assert personal.about(district, who).holders == ()
        deliver(district, province, tmp_path, "up")
        assert [(one.office, one.sure) for one in personal.about(district, who).holders] == [("08", False)]
        deliver(province, district, tmp_path, "down")
        assert [(one.office, one.sure) for one in personal.about(district, who).holders] == [("08", True)]
        assert [(one.office, one.sure) for one in personal.about(province, who).holders] == [("0801", True)]


def test_the_persons_own_copy_is_an_official_paper_in_khmer(world: World, tmp_path: Path) -> None:
    records.save(world.desk, "person", {"objection": "ខ្ញុំមិនមែនជាមន្ត្រីទេ"}, world.person)
    with i18n.using("en"):
        made = str(forms.documents(world.desk, "personal_data", world.person))
    for words in (NAME, "០១២ ៩៨៧ ៦៥៤", "ខ្ញុំមិនមែនជាមន្ត្រីទេ", "សមាជិកភាព", "អត្ថបទដែលនិយាយដល់ឈ្មោះ"):
        assert words in made, words
    for ending in ("pdf", "docx", "xlsx"):
        done = forms.print_form(world.desk, "personal_data", world.person, tmp_path / f"copy.{ending}")
        assert done.file.stat().st_size > 3000
    with pytest.raises(BadInput):
        forms.documents(world.desk, "personal_data", world.body)


def test_a_name_is_found_and_taken_out_however_it_is_spelt(world: World) -> None:
    person = records.get(world.desk, world.person)
    assert without("លោកស្រីកាណារីលឿងទុំ បានថា", person, "[…]") == "លោកស្រី[…] បានថា"
    assert without("kanary  LOOEUNGTUM said", person, "[…]") == "[…] said"
    assert without("កាណារី និងលឿងទុំ", person, "[…]") == "កាណារី និងលឿងទុំ"
    assert without(None, person, "[…]") is None


# --- no longer than needed --------------------------------------------------------------------------------------------
def test_whose_data_nobody_needs_is_told_with_the_reason(tmp_path: Path) -> None:
    with desks.make(tmp_path) as desk:
        body = records.save(desk, "body", {"name_km": "គ.ក.ស.ក"}).id
        old = records.save(desk, "meeting", {"subject": "ចាស់", "date": "2022-06-23"}).id
        never, seat, past, task, guest = (worlds.person(desk, name) for name in "កខគឃង")
        for who, until in ((seat, None), (past, "2023-01-31")):
            records.save(desk, "membership", {"body": body, "person": who, "until": until})
        records.save(desk, "follow_up", {"text": "ធ្វើ", "responsible": task, "state": "open"})
        records.save(desk, "attendance", {"meeting": old, "person": guest})
        year = date.today().year
        far = replace_year(date.today(), year + 6)
        found = {one.person.id: one for one in personal.unneeded(desk, 5, far)}
        assert set(found) == {never, past, guest}, "a seat and an open task are needed"
        assert found[never].places == 0 and found[guest].places == 1
        assert "គ្មានអ្វី" in found[never].why and "៥" in found[guest].why
        assert personal.unneeded(desk, 5) == [], "what was typed today is in use"
        settings.change(retention_years=10)
        assert personal.unneeded(desk, today=far) == []


def replace_year(day: date, year: int) -> date:
    return day.replace(year=year, day=min(day.day, 28))


def test_people_of_the_office_above_are_its_own_to_look_after(tmp_path: Path) -> None:
    province, district = worlds.offices(tmp_path)
    with province, district:
        who = worlds.person(province)
        deliver(province, district, tmp_path, "down")
        far = replace_year(date.today(), date.today().year + 9)
        assert personal.unneeded(district, 5, far) == []
        assert [one.person.id for one in personal.unneeded(province, 5, far)] == [who]
