"""Titles come off a name only where they surely are titles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdesk.khmer.names import said


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("លោកជំទាវ ហ៊ុន កុសនី", ("លោកជំទាវ", "ហ៊ុន កុសនី", "female")),
        (" លោកស្រី  ចាន់ សុភា ", ("លោកស្រី", "ចាន់ សុភា", "female")),
        ("ឯកឧត្តម គង់ សោភ័ណ្ឌ", ("ឯកឧត្តម", "គង់ សោភ័ណ្ឌ", "male")),
        ("លោក សុខ វណ្ណា", ("លោក", "សុខ វណ្ណា", "male")),
        ("សុខ វណ្ណា", (None, "សុខ វណ្ណា", None)),
        ("លោក", (None, "លោក", None)),
        ("លោកសុខ វណ្ណា", (None, "លោកសុខ វណ្ណា", None)),
        ("តំណាងអង្គការ យូនីសេហ្វ", (None, "តំណាងអង្គការ យូនីសេហ្វ", None)),
        ("", (None, "", None)),
    ],
)
def test_a_name_as_it_is_said(text: str, parts: tuple[str | None, str, str | None]) -> None:
    assert said(text) == parts


@given(st.text())
def test_no_letter_is_lost(text: str) -> None:
    parts = said(text)
    assert "".join(f"{parts.title or ''}{parts.name}".split()) == "".join(text.split())
