"""Search: as typed, inside Khmer words, whatever code order they were typed in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cpdesk.store import Desk
from cpdesk.tasks import records
from tests import desks


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desks.make(tmp_path) as made:
        records.save(made, "meeting", {"subject": "កិច្ចប្រជុំពិគ្រោះយោបល់ ឆ្នាំ២០២២", "venue": "Hall A"})
        records.save(made, "meeting", {"subject": "វគ្គបណ្តុះបណ្តាល", "opening": '១០០% "ប្រយ័ត្ន" _ * ( OR'})
        records.save(made, "person", {"name_km": "ហ៊ុន កុសនី", "name_latin": "Hun Kosney", "phone": "012345678"})
        yield made


@pytest.mark.parametrize(
    ("words", "hits"),
    [
        ("ប្រជុំ", 1),
        ("ជុំ", 1),  # inside a word
        ("hall", 1),
        ("KOSN", 1),
        ("2022", 1),  # either digits
        ("២០២២ ប្រជុំ", 1),  # every word, in any order
        ("បណ្ដុះ", 1),  # typed with the other subscript
        ("គ្មានទេ", 0),
        ("១០០%", 1),
        ('"', 1),
        ("OR (", 1),
        ("  ", 0),
    ],
)
def test_words_are_found(desk: Desk, words: str, hits: int) -> None:
    assert len(records.search(desk, words)) == hits


def test_a_search_sees_what_was_saved_a_moment_ago(desk: Desk) -> None:
    saved = records.save(desk, "meeting", {"subject": "ប្រធានបទចាស់"})
    assert [r.id for r in records.search(desk, "ប្រធានបទ")] == [saved.id]
    records.save(desk, "meeting", {"subject": "ផ្សេង"}, saved.id)
    assert records.search(desk, "ប្រធានបទ") == []
    records.delete(desk, saved.id)
    assert records.search(desk, "ផ្សេង") == []
    records.undelete(desk, saved.id)
    assert [r.id for r in records.search(desk, "ផ្សេង")] == [saved.id]


def test_find_narrows_by_value_and_words(desk: Desk) -> None:
    records.save(desk, "meeting", {"subject": "កិច្ចប្រជុំ", "state": "held"})
    assert len(records.find(desk, "meeting", {"state": "held"})) == 1
    assert len(records.find(desk, "meeting", {"state": None}, "ប្រជុំ")) == 1
    assert records.count(desk, "meeting", search="ប្រជុំ") == 2


def test_names_stand_in_khmer_order(desk: Desk) -> None:
    for name in ("ខៀវ", "កែវ", "អ៊ុក", "ង៉ែត", "ឥន្ទ"):
        records.save(desk, "body", {"name_km": name})
    assert [r["name_km"] for r in records.find(desk, "body")] == ["កែវ", "ខៀវ", "ង៉ែត", "ឥន្ទ", "អ៊ុក"]
