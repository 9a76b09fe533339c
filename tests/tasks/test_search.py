"""Search as people type: misspelt, in any order, by days and numbers, one letter wrong; and where it was found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdesk.khmer.breaks import clusters
from cpdesk.khmer.spelling import loose, spread
from cpdesk.store import Desk, words
from cpdesk.store.connection import immediate
from cpdesk.tasks import Cancelled, records, search
from cpdesk.tasks.search import Found, Part, look_up
from tests import desks

LONG = "ក្រុមការងារបានលើកឡើងអំពីស្ថានភាពកុមារ និងគ្រួសារក្រីក្រ។ " * 30
SAID = f"{LONG}លោកជំទាវ ហ៊ុន កុសនី ស្នើឱ្យរៀបចំវគ្គបណ្តុះបណ្តាលដល់គ្រូ។ {LONG}"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desks.make(tmp_path) as made:
        records.save(made, "person", {"name_km": "ហ៊ុន កុសនី", "name_latin": "Hun Kosney"})
        meeting = {"subject": "កិច្ចប្រជុំពិនិត្យផែនការការពារកុមារ", "date": "2022-06-23", "venue": "សាលាខេត្ត", "state": "held"}
        id_ = records.save(made, "meeting", meeting).id
        records.save(made, "input", {"meeting": id_, "order": 1024, "text": SAID})
        records.save(made, "meeting", {"subject": "ប្រជុំគណៈកម្មាធិការ ថវិកា 12500 ដុល្លារ", "date": "2024-01-05"})
        records.save(made, "body", {"name_km": "គណៈកម្មាធិការស្ត្រី និងកុមារ", "short": "WCCC"})
        yield made


def titles(found: Found) -> list[str]:
    return ["".join(part.text for part in hit.title) for hit in found.hits]


def shown(parts: tuple[Part, ...]) -> str:
    return "".join(f"[{part.text}]" if part.found else part.text for part in parts)


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("ផែនការ កុមារ", "meeting"),
        ("កុមារ ផែនការ", "meeting"),  # in any order
        ("កុមា\u200bរ ផែន\u200bការ", "meeting"),  # with invisible spaces inside
        ("បណ្ដុះបណ្ដាល", "input"),  # subscript da for ta
        ("ស្រ្តី", "body"),  # subscript ro first
        ("ប្រជំុ", "meeting"),  # sign before the vowel
        ("គណះកម្មាធិការ", "body"),  # ះ for ៈ
        ("ស្នើអោយរៀបចំ", "input"),  # to give, as it is spoken
        ("kosn", "person"),
        ("HUN", "person"),
        ("១២៥០០", "meeting"),
        ("12,500", "meeting"),  # grouped as people write
        ("២៣ មិថុនា ២០២២", "meeting"),
        ("ថ្ងៃទី២៣ ខែមិថុនា ឆ្នាំ២០២២", "meeting"),
        ("23/6/2022", "meeting"),
        ("២៣-០៦-២២", "meeting"),
        ("23 june 2022", "meeting"),
        ("មិថុនា ២០២២ ប្រជុំ", "meeting"),
        ("បានប្រជុំ", "meeting"),  # the word of a choice
        ("ផែនការពិនិត្យ", "meeting"),  # without a space between, in another order
    ],
)
def test_what_people_type_finds_it(desk: Desk, typed: str, kind: str) -> None:
    found = look_up(desk, typed)
    assert found.hits and found.hits[0].record.kind.name == kind and found.all_read


@pytest.mark.parametrize("typed", ["កិច្ចប្រជុន", "គណៈកម្មាធិកាន", "Kosnay", "Koney", "Kossney", "Kosnye", "កុបារ ផែនការ"])
def test_one_letter_may_be_wrong_where_nothing_else_is_found(desk: Desk, typed: str) -> None:
    found = look_up(desk, typed)
    assert found.hits and found.near
    assert any(part.found for part in found.hits[0].title + found.hits[0].around)


@pytest.mark.parametrize("typed", ["", "  ", "ឆ", "qz", "12501", "Kxxney", "ដែលគ្មានទេនេះ ក", '"', "OR (", "\u17d2"])
def test_what_nothing_holds_finds_nothing_it_does_not_hold(desk: Desk, typed: str) -> None:
    for hit in look_up(desk, typed).hits:
        held = loose("\n".join(str(value) for value in hit.record.values.values() if value is not None))
        assert all(loose(word) in held for word in typed.split())


def test_names_come_before_texts_and_the_newer_before_the_older(desk: Desk) -> None:
    found = look_up(desk, "ហ៊ុន កុសនី")
    assert [hit.record.kind.name for hit in found.hits] == ["person", "input"]
    old, new = (records.save(desk, "meeting", {"subject": f"វគ្គ {n}"}).id for n in "កខ")
    assert [hit.record.id for hit in look_up(desk, "វគ្គ").hits][:2] == [new, old]


def test_the_place_in_a_long_text_is_shown_between_words_and_marked(desk: Desk) -> None:
    (hit,) = [hit for hit in look_up(desk, "កុសនី").hits if hit.record.kind.name == "input"]
    told = shown(hit.around)
    assert hit.field == "ខ្លឹមសារ" and "[កុសនី]" in told and told.startswith("…") and told.endswith("…")
    assert len(told) < 320
    inner = told.strip("…").replace("[", "").replace("]", "")
    borders = {0, *accumulate(map(len, clusters(SAID)))}
    assert {SAID.index(inner), SAID.index(inner) + len(inner)} <= borders


def test_days_and_choices_are_marked_as_a_whole(desk: Desk) -> None:
    (hit,) = look_up(desk, "23/6/2022").hits
    assert (hit.field, shown(hit.around)) == ("កាលបរិច្ឆេទ", "[២៣/០៦/២០២២]")
    assert shown(look_up(desk, "WCCC").hits[0].around) == "[WCCC]"


def test_what_holds_but_a_number_is_called_after_what_it_is_of(desk: Desk) -> None:
    measure = records.save(desk, "measure", {"name_km": "បោះបង់ការសិក្សា"}).id
    records.save(desk, "figure", {"measure": measure, "place": "080206", "year": 2022, "value": "1207"})
    (hit,) = look_up(desk, "១២០៧").hits
    assert "".join(part.text for part in hit.title) == "បោះបង់ការសិក្សា · ឃុំគគីរ · ២០២២" and shown(hit.around) == "[១.២០៧]"


def test_whole_clusters_are_marked(desk: Desk) -> None:
    form, places = spread("ប្រជុំក្រុម")
    assert shown(search.marked("ប្រជុំក្រុម", form, places, [re.compile("ជ"), re.compile("ក")])) == "ប្រ[ជុំក្រុ]ម"


@given(st.text(alphabet="កខរយឱឲ្្ាិុំៈះ៍ a1១\u200b\n", max_size=30))
def test_a_spread_text_is_the_loose_one(text: str) -> None:
    form, places = spread(text)
    assert form.split() == loose(text).split()
    assert len(places) == len(form) + 1 and places == sorted(places) and places[-1] == len(text)


def test_a_kind_by_itself(desk: Desk) -> None:
    assert {hit.record.kind.name for hit in look_up(desk, "កុមារ", ["body"]).hits} == {"body"}
    assert look_up(desk, "ក", ["person"]).hits[0].record.kind.name == "person"


def test_short_words_are_found_behind_very_many_newer_records(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is too short for the index is looked for among the newest, and then by the sequences that begin with it."""
    records.index(desk)
    monkeypatch.setattr(words, "_NEWEST", 1)
    assert [hit.record.kind.name for hit in look_up(desk, "wc").hits] == ["body"]
    assert [hit.record.kind.name for hit in look_up(desk, "ey").hits] == ["person"], "at the end of a text too"
    assert titles(look_up(desk, "ផែនការ ខេ")) == ["កិច្ចប្រជុំពិនិត្យផែនការការពារកុមារ"]
    assert look_up(desk, "ផែនការ qz").hits == ()


def test_after_much_has_arrived_what_was_written_last_is_found_at_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(words, "_BATCH", 1)
    records.save(desk, "meeting", {"subject": "ថ្មីបំផុត"})
    found = look_up(desk, "ថ្មីបំផុត")
    assert titles(found) == ["ថ្មីបំផុត"] and not found.all_read
    records.index(desk)
    assert look_up(desk, "ថ្មីបំផុត").all_read


def test_a_save_beside_the_reading_in_is_not_forgotten(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another connection writes between two batches of the index."""
    monkeypatch.setattr(words, "_BATCH", 2)
    taken_in, number = words._index, iter(range(9))

    def meanwhile(db: object, ids: list[bytes]) -> int:
        done = taken_in(desk.db, ids)
        if next(number) == 0:
            records.save(desk, "meeting", {"subject": "នៅពេលនោះ"})
        return done

    monkeypatch.setattr(words, "_index", meanwhile)
    records.index(desk)
    monkeypatch.undo()
    assert titles(look_up(desk, "នៅពេលនោះ")) == ["នៅពេលនោះ"]


def test_an_index_of_before_is_made_anew(tmp_path: Path) -> None:
    """A desk of the version before, whose index knew no names."""
    path = tmp_path / "old.cpdesk"
    with Desk.create(path, "0802", "ក") as made:
        records.save(made, "meeting", {"subject": "ប្រជុំចាស់"})
        records.index(made)
        with immediate(made.db):
            for statement in (
                "DROP TABLE search_index_terms", "DROP TABLE search_index_names", "DROP TABLE search_index",
                "DROP TABLE search_text",
                "CREATE TABLE search_text(id INTEGER PRIMARY KEY, record BLOB NOT NULL UNIQUE, kind TEXT NOT NULL,"
                " deleted INTEGER NOT NULL, text TEXT NOT NULL) STRICT",
                "CREATE VIRTUAL TABLE search_index USING fts5(text, content='search_text', content_rowid='id',"
                " tokenize='trigram')",
                "DELETE FROM _sqlite_migrations WHERE name = 'm004_names_in_search'",
            ):  # fmt: skip
                made.db.execute(statement)
    with Desk.open(path) as again:
        assert titles(look_up(again, "ចាស់")) == ["ប្រជុំចាស់"]


@pytest.mark.parametrize("typed", ["ក" * 5000, "កខគ" * 2000, "ក " * 3000, "x" * 100_000, "០១" * 500, "ផែនការ" * 300])
def test_what_was_pasted_by_mistake_is_answered_too(desk: Desk, typed: str) -> None:
    """Without a pattern or a question to the index that grows with it."""
    assert len(look_up(desk, typed).hits) <= search.MOST
    assert all(len(form) <= 400 for forms in search.terms(typed[:400]) for form in forms)


def test_today_is_a_day_too(desk: Desk) -> None:
    id_ = records.save(desk, "meeting", {"subject": "ប្រជុំថ្ងៃនេះឯង", "date": date.today().isoformat()}).id
    assert look_up(desk, "ថ្ងៃនេះ").hits[0].record.id == id_


def test_reading_in_can_be_broken_off_and_goes_on_where_it_was(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "_BATCH", 2)
    told: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> None:
        told.append((done, total))
        if len(told) == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        records.index(desk, progress)
    (before,) = desk.db.execute("SELECT count(*) FROM search_pending").fetchone()
    assert told == [(2, before + 2)] and records.index(desk, progress) == before
    assert told[-1] == (before, before) and look_up(desk, "កុសនី").all_read
