"""Order, one spelling to compare by, and amounts in words."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdesk.khmer import order, spelling, words

# As a dictionary has them: consonant by consonant, vowel by vowel, subscripts last; signs decide only
# between equals.
DICTIONARY = [
    *("1", "៥", "១០", "ក", "កក", "កង", "កា", "កាក", "កុមារ", "កូន", "ក្រសួង", "ខេត្ត"),
    *("គណៈ", "គាត់", "ឃុំ", "ចំការ", "ដី"),
    *("តាកែវ", "បាត់ដំបង", "ប៉ៃលិន", "ពោធិ៍សាត់", "ព្រៃវែង"),
    *("ភូមិ២", "ភូមិ១០", "មណ្ឌលគិរី", "សៀមរាប", "ស្ទឹងត្រែង", "ឧត្តរមានជ័យ", "abc", "Zoo"),
]
KHMER = st.text(alphabet="កខគដតនបមរលសអឥឲឱ្្្ាិីុូើេែោំះ៉៊់៌័ៈ៍១5 aBé\u200b\u200d\u17b5", max_size=24)
ANY = st.text(max_size=24)


def test_lists_stand_as_in_a_dictionary() -> None:
    shuffled = list(DICTIONARY)
    random.Random(1).shuffle(shuffled)
    assert sorted(shuffled, key=order.sort_key) == DICTIONARY


def test_small_differences_decide_only_between_equals() -> None:
    assert order.sort_key("កា") < order.sort_key("ក៉ា") < order.sort_key("កាក")
    assert order.sort_key("កុំ") > order.sort_key("កុ")
    assert order.sort_key("ពណ៌ក") > order.sort_key("ពណ")


@given(st.one_of(KHMER, ANY), st.one_of(KHMER, ANY))
def test_the_order_is_one_of_texts(left: str, right: str) -> None:
    """Equal keys only for texts that read the same once invisible characters are gone."""
    if order.sort_key(left) == order.sort_key(right):
        assert spelling.fold(left) == spelling.fold(right)


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("ខេត្តកណ្ដាល", "ខេត្តកណ្តាល"),  # subscripts da and ta are drawn alike
        ("ឲ្យ", "ឱ្យ"),
        ("ស្រ្តី", "ស្ត្រី"),  # subscript ro first or last
        ("ជំុ", "ជុំ"),  # sign before the vowel
        ("កេីត", "កើត"),  # a vowel typed in halves
        ("សុី", "ស៊ី"),  # the shifter as it is drawn
        ("កិច្ច\u200bប្រជុំ", "កិច្ចប្រជុំ"),
        ("ឆ្នាំ ២០២២", "ឆ្នាំ\u00a0 2022 "),
        ("កុ្រម", "ក្រុម"),  # a subscript behind the vowel
        ("ក\u200c្រុម\u200d", "ក្រុម"),  # joiners that programs put in between
        ("ខេត\u17d2\u200bត", "ខេត្ត"),  # a break between the sign of a subscript and its letter
        ("ចេាទ", "ចោទ"),
        ("ឆ្នំា", "ឆ្នាំ"),
        ("កិិច្ច", "កិច្ច"),  # a mark typed twice is drawn once
        ("ឣង្គការ", "អង្គការ"),  # letters that Unicode calls out of use
        ("ឤហារ", "អាហារ"),
        ("Kandal", "KANDAL"),
        ("cafe\u0301", "CAFÉ"),
    ],
)
def test_what_looks_the_same_is_the_same(typed: str, same: str) -> None:
    assert typed != same
    assert spelling.fold(typed) == spelling.fold(same)


@pytest.mark.parametrize(("one", "other"), [("កុមារ", "កូមារ"), ("ប៉ា", "បា"), ("ក", "ខ"), ("តា", "ដា"), ("ខែ", "ខេ")])
def test_what_looks_different_stays_different(one: str, other: str) -> None:
    assert spelling.fold(one) != spelling.fold(other)


@pytest.mark.parametrize(
    ("typed", "same"),
    [("អោយ", "ឱ្យ"), ("អោយ", "ឲ្យ"), ("គណះ", "គណៈ"), ("រឺ", "ឬ"), ("ព្រហស្បតិ", "ព្រហស្បតិ៍"), ("អិឡូវ", "ឥឡូវ")],
)
def test_what_sounds_the_same_is_the_same_to_search_alone(typed: str, same: str) -> None:
    assert spelling.fold(typed) != spelling.fold(same)
    assert spelling.loose(typed) == spelling.loose(same)


@given(st.one_of(KHMER, ANY))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert spelling.fold(spelling.fold(text)) == spelling.fold(text)


@pytest.mark.parametrize(
    ("n", "said"),
    [
        (0, "សូន្យ"),
        (10, "ដប់"),
        (23, "ម្ភៃបី"),
        (105, "មួយរយប្រាំ"),
        (12_500, "មួយម៉ឺនពីរពាន់ប្រាំរយ"),
        (500_000, "ប្រាំសែន"),
        (12_500_000, "ដប់ពីរលានប្រាំសែន"),
        (2 * 10**9, "ពីរពាន់លាន"),
        (-7, "ដកប្រាំពីរ"),
    ],
)
def test_numbers_in_words(n: int, said: str) -> None:
    assert words.words(n) == said


def test_no_two_numbers_are_said_alike() -> None:
    assert len({words.words(n) for n in range(20_000)}) == 20_000


def test_amounts_in_words() -> None:
    assert words.amount(5000, "KHR") == "ប្រាំពាន់រៀល"
    assert words.amount(Decimal("12.05"), "USD") == "ដប់ពីរដុល្លារអាមេរិក និងប្រាំសេន"
    assert words.amount(Decimal("-3.00"), "USD") == "ដកបីដុល្លារអាមេរិក"
    for value, currency in ((Decimal("0.5"), "KHR"), (Decimal("0.001"), "USD"), (1, "EUR"), (10**18, "KHR")):
        with pytest.raises(ValueError):
            words.amount(value, currency)
