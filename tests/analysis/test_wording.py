"""Wordings side by side: nothing is lost of either, and what stands in both is told as such."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from cpdesk.analysis.wording import EQUAL, GONE, NEW, Compared, against, compare

PARTS = st.sampled_from(["កុមារ", "ងាយរងគ្រោះ", " ", "\n", "ផែនការ", "៣ឆ្នាំ", "plan", "។", "a b", "\r\n"])
TEXTS = st.lists(PARTS, max_size=30).map("".join)


def text(spans: Compared, side: str) -> str:
    return "".join(span.text for span in (spans.before if side == "before" else spans.after))


def kept(spans: Compared, side: str) -> str:
    return "".join(s.text for s in (spans.before if side == "before" else spans.after) if s.state == EQUAL)


@given(TEXTS, TEXTS)
def test_both_wordings_are_whole_and_agree_on_what_is_equal(before: str, after: str) -> None:
    found = compare(before, after)
    assert (text(found, "before"), text(found, "after")) == (before, after)
    assert kept(found, "before") == kept(found, "after")
    assert {s.state for s in found.before} <= {EQUAL, GONE} and {s.state for s in found.after} <= {EQUAL, NEW}
    assert all(a.state != b.state for a, b in zip(found.after, found.after[1:], strict=False))
    assert (before == after) == (kept(found, "after") == after and kept(found, "before") == before)


def test_a_khmer_word_is_told_and_not_its_sentence() -> None:
    found = compare("គណៈកម្មាធិការពិគ្រោះផែនការ", "គណៈកម្មាធិការអនុម័តផែនការ")
    assert [s.text for s in found.before if s.state == GONE] == ["ពិគ្រោះ"]
    assert [s.text for s in found.after if s.state == NEW] == ["អនុម័ត"]


def test_each_side_against_what_both_replaced() -> None:
    one, other = against("ប្រជុំនៅសាលាខេត្ត", ["ប្រជុំនៅសាលាស្រុក", "ប្រជុំនៅសាលាខេត្ត ព្រឹក"])
    assert [s.text for s in one.after if s.state == NEW] == ["សាលាស្រុក"]
    assert "".join(s.text for s in other.after if s.state == NEW).strip() == "ព្រឹក"


def test_a_long_text_is_quick() -> None:
    lines = [f"ចំណុចទី {n} លើកឡើងដោយអ្នកចូលរួម\n" for n in range(3000)]
    started = time.monotonic()
    found = compare("".join(lines), "".join([*lines[:1000], "ថ្មី\n", *lines[1001:]]))
    assert "".join(s.text for s in found.after if s.state == NEW).strip() == "ថ្មី"
    whole = compare("ក ខ " * 20_000, "គ ឃ " * 20_000)
    assert [s.state for s in whole.after] == [NEW]
    assert time.monotonic() - started < 5
