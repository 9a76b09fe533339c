"""Text that looks like one named child is noticed; what plans and minutes say every day is not."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdesk.analysis.privacy import NAME, NUMBER, looks_like_a_child
from cpdesk.i18n import set_language
from cpdesk.records import KINDS
from cpdesk.tasks import demo, no_progress, privacy, records
from cpdesk.tasks.desk import open_desk

CHILDREN = [
    ("បានជួយ សុខ ដារ៉ា អាយុ ១២ ឆ្នាំ ឱ្យចូលរៀនវិញ", NAME),
    ("ករណី ចាន់ ស្រីមុំ ភេទស្រី អាយុ ៩ឆ្នាំ នៅឃុំដីឥដ្ឋ", NAME),
    ("ហេង បូរី (១៤ឆ្នាំ) រស់នៅជាមួយជីដូន", NAME),
    ("កុមារីឈ្មោះ លីដា រស់នៅភូមិថ្មី អាយុ១០ឆ្នាំ", NAME),
    ("Sok Dara, aged 12, was referred", NAME),
    ("Chan Srey (14) went back to school", NAME),
    ("Heng Bory is 9 years old", NAME),
    ("ទាក់ទងតាមលេខ 012 345 678", NUMBER),
    ("ទាក់ទងតាមលេខ ០១២៣៤៥៦៧៨", NUMBER),
    ("សំបុត្រកំណើតលេខ ០៨០២០១២៣៤៥៦", NUMBER),
    ("ID 110234567", NUMBER),
]
EVERYDAY = [
    "",
    "កុមារអាយុ ១២ ឆ្នាំ ចំនួន ៣១៤ នាក់",
    "កុមារ ស្រី អាយុ ៥ ឆ្នាំ ក្នុងឃុំ",
    "កុមារដែលមាន អាយុ ១៧ ឆ្នាំ",
    "កុមារអាយុ ០-៥ ឆ្នាំ និង ៦–១១ ឆ្នាំ",
    "កុមារអាយុក្រោម ១៨ ឆ្នាំ ទាំងអស់",
    "ក្រុមគោលដៅ សិស្ស ប្រុស អាយុ ១៥–១៧ ឆ្នាំ",
    "លោកស្រី ចាន់ សុភា អាយុ ៤៥ ឆ្នាំ ជាមន្ត្រីផែនការ",
    "ថវិកា ១២.៥០០.០០០ ៛ និង $500",
    "ថវិកា 120000000 រៀល",
    "ថវិកា ១២៥០០០០០០៛ សម្រាប់ឆ្នាំ២០២៣",
    "ផែនការ ២០២១-២០២២ និង ២០២៣-២០២៥",
    "ចាប់ពីថ្ងៃ ២៣/០៦/២០២២ ដល់ ៣០/០៦/២០២២",
    "Children aged 12–14 in 8 communes",
    "Young People aged 15 and above",
    "For 2021 2022 2023 2024 2025",
    "Between 1,250,000,000 and 2.500.000.000",
]


@pytest.mark.parametrize(("text", "what"), CHILDREN)
def test_a_named_child_is_noticed(text: str, what: str) -> None:
    assert looks_like_a_child(text) == what
    assert looks_like_a_child(f"សេចក្តីផ្តើម។ {text}។ បន្ត") == what, "inside longer text too"


@pytest.mark.parametrize("text", EVERYDAY)
def test_everyday_sentences_are_left_in_peace(text: str) -> None:
    assert looks_like_a_child(text) == ""


@given(st.text())
def test_any_text_gets_an_answer(text: str) -> None:
    assert looks_like_a_child(text) in ("", NAME, NUMBER)


@pytest.mark.parametrize("text", ["ក" * 100_000 + " អាយុ ៥", "0 " * 50_000, "ឈ្មោះ" * 20_000 + "អាយុ", "Aa " * 30_000])
def test_hostile_text_costs_nothing(text: str) -> None:
    began = time.process_time()
    looks_like_a_child(text)
    assert time.process_time() - began < 1


def test_only_texts_that_could_tell_of_a_child_are_looked_at() -> None:
    said = "ទាក់ទងតាមលេខ 012 345 678"

    def hint(kind: str, field: str) -> str:
        return privacy.hint(KINDS[kind], KINDS[kind].field(field), said)

    assert "លេខវែង" in hint("progress", "summary") and "លទ្ធផលសង្ខេប" in hint("progress", "summary")
    assert hint("input", "text") and hint("agenda_item", "minutes") and hint("meeting", "subject")
    assert hint("person", "phone") == hint("meeting", "number") == hint("attachment", "sha256") == ""
    assert privacy.hint(KINDS["input"], KINDS["input"].field("text"), None) == ""
    set_language("en")
    assert "a phone or a certificate" in hint("input", "text")


def test_the_sample_story_raises_no_warning(tmp_path: Path) -> None:
    """What officials really write: minutes, inputs, activities, reports."""
    story = demo.build(tmp_path, no_progress)
    with open_desk(story.desks[0]) as desk:
        said = [
            (one.kind.name, field.name, str(one[field.name]))
            for kind in KINDS.values()
            if not kind.built_in
            for one in records.find(desk, kind.name)
            for field in kind.fields
            if privacy.hint(kind, field, one[field.name])
        ]
    assert said == []
