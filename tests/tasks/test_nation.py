"""The national level is an office like any other: made the ordinary way, it writes, prints and holds its provinces."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from cpdesk.store import Desk, care
from cpdesk.tasks import batch, board, exchange, offices, records
from cpdesk.tasks import desk as desks
from cpdesk.tasks.figures import places
from cpdesk.tasks.matrix.names import Names
from cpdesk.tasks.paperwork import samples, templates
from cpdesk.tasks.tables.names import place_of
from tests.printing.reading import whole
from tests.sync.worlds import World, shown

DAY = date(2022, 6, 23)


@pytest.fixture
def nation(tmp_path: Path) -> Iterator[Desk]:
    with desks.create(tmp_path / "n.cpdesk", "00", "មន្ត្រីជាតិ") as desk:
        yield desk


def test_it_has_its_own_record_and_keys(nation: Desk) -> None:
    office = desks.office(nation)
    assert (office["code"], office["name_km"], office["name_en"]) == (
        "00", "រដ្ឋបាលថ្នាក់ជាតិ", "National Administration",
    )  # fmt: skip
    assert (office["issuer"], office["seat"]) == ("រដ្ឋបាលថ្នាក់ជាតិ", "ភ្នំពេញ")
    assert offices.own_card(nation).office == "00"
    assert board.office_name("00") == "ថ្នាក់ជាតិ"
    assert len(board.without_card(nation)) == 25


def test_one_made_before_gets_its_record_when_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "old.cpdesk"
    Desk.create(path, "00", "មន្ត្រី").close()
    with desks.open_desk(path) as desk:
        assert desks.office(desk)["name_km"] == "រដ្ឋបាលថ្នាក់ជាតិ"


def test_its_plan_and_meeting_say_where_they_are(nation: Desk) -> None:
    facts = {"title": "ផែនការជាតិ", "first_year": 2023, "last_year": 2025, "office": "00"}
    plan = records.save(nation, "plan", facts).id
    meeting = records.save(nation, "meeting", {"subject": "ប្រជុំ", "place": "00"}).id
    assert records.show(nation, records.get(nation, plan), "office") == "ថ្នាក់ជាតិ"
    assert records.show(nation, records.get(nation, meeting), "place") == "ថ្នាក់ជាតិ"
    names = Names(nation, plan)
    assert names.code_of("ថ្នាក់ជាតិ") == "00" and names.code_of("កណ្តាល") == "08"
    assert len(names.suggest_places("")) == 25


def test_places_are_listed_from_the_provinces_down(nation: Desk) -> None:
    assert [r.id for r in records.find(nation, "place", {"level": "nation"})] == ["00"]
    assert [r.id for r in records.find(nation, "place", {"parent": "00"})][:3] == ["01", "02", "03"]
    areas = places.areas(nation, 2022)
    assert areas[0].key == "01" and "12" in {one.key for one in areas} and "0801" in {one.key for one in areas}
    assert places.area_with(nation, "0801", 2022) == "08"


def test_a_lone_zero_in_a_sheet_is_not_the_country() -> None:
    assert place_of("0") is None
    found = place_of("ថ្នាក់ជាតិ")
    assert found is not None and found.code == "00"


@pytest.mark.parametrize("form", samples.TEMPLATED)
def test_every_paper_bears_its_head(nation: Desk, form: str) -> None:
    text = whole(samples.pdf(samples.sample(nation, form, today=DAY)))
    assert "រដ្ឋបាលថ្នាក់ជាតិ" in text
    assert "None" not in text and "ថ្នាក់ជាតិថ្នាក់ជាតិ" not in text


def test_provinces_take_its_letterhead_where_it_is_shared(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.desk("n", "00")
    world.desk("p", "08")
    world.enrol("n", "p")
    templates.put_paper(world["n"], "invitation", {"closing": "ពាក្យរបស់ថ្នាក់ជាតិ"})
    records.save(world["n"], "office", {"shares_papers": True}, desks.office(world["n"]).id)
    world.carry("n", "p")
    assert templates.paper(world["p"], "invitation").closing == "ពាក្យរបស់ថ្នាក់ជាតិ"
    world.close()


def test_it_holds_all_its_provinces(tmp_path: Path) -> None:
    """Each province sees what the nation made and its own; the nation sees all."""
    world = World(tmp_path)
    world.desk("n", "00")
    codes = [place.id for place in records.find(world["n"], "place", {"parent": "00"})]
    law = world.meeting("n", subject="ជាតិ")
    own: dict[str, str] = {}
    for code in codes:
        world.desk(code, code)
        world.enrol("n", code)
        own[code] = world.meeting(code, subject=f"ខេត្ត {code}")
        batch.put_lines(world[code], "body", [f'{{"name_km": "មន្ទីរ {code}", "place": "{code}"}}'.encode()])
    assert len(codes) == 25 and board.without_card(world["n"]) == []
    packages = [world.package(code) for code in codes]
    merged = exchange.merge(world["n"], [*reversed(packages), packages[3]])
    assert [one.status for one in merged] == ["merged"] * 25 + ["nothing new"]
    assert {records.get(world["n"], id_)["subject"] for id_ in own.values()} == {f"ខេត្ត {code}" for code in codes}
    assert records.count(world["n"], "body") == 25 and exchange.conflicts(world["n"]) == []
    assert len(board.lines(world["n"], DAY)) == 25
    for code in (codes[0], codes[-1]):
        world.carry("n", code)
        assert {r["subject"] for r in records.find(world[code], "meeting")} == {"ជាតិ", f"ខេត្ត {code}"}
        assert records.get(world[code], law)["subject"] == "ជាតិ"
        assert shown(world[code], ("00", code)) == shown(world["n"], ("00", code))
    assert care.check(world["n"]).ok
    world.close()
