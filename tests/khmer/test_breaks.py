"""Lines end between words, never inside a cluster, with ICU or without; nothing is lost or added."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdesk.khmer import breaks

SUBJECT = "កិច្ចប្រជុំពិគ្រោះយោបល់ដើម្បីពិនិត្យវឌ្ឍនភាពនៃការអនុវត្តផែនការកិច្ចការពារកុមារ ឆ្នាំ២០២១-២០២២"
HARD = [
    *("កេន្ទ្រ", "ស្ត្រី", "ខ្ញុំ", "ពណ៌", "ឈ្មោះ", "ស៊ើប", "ផ្សេងៗ", "សង្គ្រាម", "ស្រោច"),
    *("ឧបករណ៍", "ទៅ។", "សរុប៖", "១០០៛", "«កុមារ»"),
]
KHMER = st.text(alphabet="កខគងចញដណតនបមយរលវសហអឥឯ្្្ាិីុូេែោៅំះ៉៊់៌័ៗ។៖៛០១២ \u200b\n()«»ab-,😀e\u0301", max_size=60)


@pytest.fixture(params=["icu", "clusters"])
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways to find breaks; the second is what a machine without ICU has."""
    if request.param == "clusters":
        monkeypatch.setattr(breaks, "icu", None)
    breaks._cached_pieces.cache_clear()
    return str(request.param)


def test_icu_breaks_at_words() -> None:
    pieces = breaks.pieces(SUBJECT)
    assert pieces[:4] == ("កិច្ចប្រជុំ", "ពិគ្រោះ", "យោបល់", "ដើម្បី")
    assert "ផែនការ" in pieces and "កុមារ " in pieces


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("text", [SUBJECT, *HARD, *(word * 3 for word in HARD)])
def test_hard_words_are_cut_only_where_a_line_may_end(text: str) -> None:
    check(text)


@given(KHMER)
def test_any_text_is_cut_only_where_a_line_may_end(text: str) -> None:
    check(text)
    check_cuts(text, list(breaks._cluster_breaks(text)))


def check(text: str) -> None:
    pieces = breaks.pieces(text)
    assert "".join(pieces) == text
    assert all(pieces)
    assert "".join(breaks.clusters(text)) == text
    for before, after in pairwise(pieces):
        if before[-1] != "\n":
            assert not before.endswith("\u17d2")
            assert not re.match("[\u17b4-\u17d3\u17dd។៕៖ៗ៛,)» \n\u0301]", after), (before, after)
            assert not re.search("[(«]$", before)
    marked = breaks.with_zwsp(text)
    assert breaks.without_zwsp(marked) == breaks.without_zwsp(text)
    assert breaks.with_zwsp(marked) == marked or "\u200b" in text


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("opening", ["«", "(", "“", "\u00a0"])
@pytest.mark.parametrize("space", [" ", "  ", "\u200b", "\u200b "])
def test_no_line_ends_behind_an_opening_sign_and_its_space(opening: str, space: str) -> None:
    text = f"កុមារ {opening}{space}ស្ត្រី"
    assert not [piece for piece in breaks.pieces(text)[:-1] if piece.rstrip(" \u200b").endswith(opening)]


def check_cuts(text: str, cuts: list[int]) -> None:
    assert cuts == sorted(set(cuts))
    assert all(0 <= cut < max(len(text), 1) for cut in cuts)


def test_clusters_stay_whole() -> None:
    assert breaks.clusters("ស្ត្រីខ្ញុំ") == ["ស្ត្រី", "ខ្ញុំ"]
    assert breaks.clusters("ពណ៌\r\née\u0301") == ["ព", "ណ៌", "\r\n", "é", "e\u0301"]
    assert breaks.clusters("") == [] and breaks.pieces("") == ()


@pytest.mark.usefixtures("engine")
def test_characters_beyond_the_first_plane_shift_nothing() -> None:
    assert breaks.pieces("😀 " + SUBJECT) == ("😀 ", *breaks.pieces(SUBJECT))


def test_invisible_spaces_stand_between_words_and_nowhere_else() -> None:
    assert breaks.with_zwsp("កិច្ចប្រជុំពិគ្រោះយោបល់ ឆ្នាំ") == "កិច្ចប្រជុំ\u200bពិគ្រោះ\u200bយោបល់ ឆ្នាំ"
    assert breaks.with_zwsp("one-two three") == "one-two three"


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("unit", [SUBJECT.replace(" ", ""), "ក", "a", "់", "្", "😀"])
def test_a_hundred_thousand_characters_without_a_space_are_no_trap(unit: str) -> None:
    """Quadratic work would keep this test busy for minutes."""
    text = (unit * 100_000)[:100_000]
    pieces = breaks.pieces(text)
    assert "".join(pieces) == text
    assert "".join(breaks.clusters(text)) == text
    assert len(breaks.without_zwsp(breaks.with_zwsp(text))) == len(text)
