"""What a page draws is what HarfBuzz says and what it lets copy is what was typed: a sample of `tests.printing.verify`,
and proof that the proof has eyes.
"""

from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cpdesk.printing.typeset.canvas import Look, Sheet
from cpdesk.printing.typeset.paragraph import Paragraph, Run
from cpdesk.printing.typeset.shaping import INVISIBLE
from cpdesk.printing.typeset.styles import styles
from cpdesk.printing.typeset.typeface import Typeface, house, lender, plain
from tests.printing.reading import hard_words, squeezed
from tests.printing.samples import SPEECH
from tests.printing.test_pages import paper
from tests.printing.verify import outlines, rasters
from tests.printing.verify.copying import READERS, wrong_copies
from tests.printing.verify.corpus import catalogues, characters, places, source_words
from tests.printing.verify.outlines import font_file
from tests.printing.verify.page import read
from tests.printing.verify.rasters import wrong_rasters
from tests.printing.verify.shapes import Judge, lent_rightly, wrong_shapes

FACES = (*house(), Typeface(lender(), lender(), 1.0, bold=False))
NAMES = [typeface.name for typeface in FACES]
WORDS = hard_words()


def sample() -> list[str]:
    """Every hard word, and one in so many of what else must come out right."""
    return [*WORDS, *catalogues()[::23], *source_words()[::17], *places()[::149]]


@pytest.mark.parametrize("typeface", FACES, ids=NAMES)
def test_words_are_drawn_as_harfbuzz_draws_them(typeface: Typeface) -> None:
    assert list(wrong_shapes(sample(), typeface)) == []


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("typeface", FACES, ids=NAMES)
def test_words_are_copied_as_they_were_typed(typeface: Typeface, reader: str) -> None:
    assert list(wrong_copies(sample(), typeface, reader)) == []


@pytest.mark.parametrize("typeface", FACES, ids=NAMES)
def test_words_are_shown_as_their_outlines_fill(typeface: Typeface) -> None:
    assert list(wrong_rasters([*WORDS[::4], *places()[::1999]], typeface)) == []


@pytest.mark.parametrize("typeface", FACES[:3], ids=NAMES[:3])
def test_any_character_is_drawn_or_a_box(typeface: Typeface) -> None:
    texts = characters(every=61)
    assert len(texts) > 700
    assert list(wrong_shapes(texts, typeface)) == []


@pytest.mark.parametrize("reader", READERS)
def test_any_character_is_copied(reader: str) -> None:
    assert list(wrong_copies(characters(every=97), house().body, reader)) == []


def test_pages_of_paragraphs_are_drawn_and_copied_right() -> None:
    """Justified lines, a word that is half bold, letters that another font lends."""
    body = styles().body
    runs = [Run("«កុ", styles().bold_body), Run("មារ» café → " + SPEECH)]
    document = paper(*(Paragraph(word + SPEECH, body) for word in WORDS[::9]), Paragraph(runs, body))
    judge, seen = Judge(), 0
    for page in read(document):
        for line in page.lines():
            for run in line:
                assert judge.run(run) == ""
            seen += sum(len(run.signs) for run in line)
    assert seen > 800
    typed = squeezed("".join(word + SPEECH for word in WORDS[::9]) + "«កុមារ» café → " + SPEECH)
    for reader in READERS.values():
        assert "".join(map(squeezed, reader(document))) == typed


# What a person can type: Khmer in any order, signs without a picture, other writings, control characters, halves.
anything = st.lists(
    st.one_of(
        st.text(st.characters(min_codepoint=0x1780, max_codepoint=0x17F9), min_size=1, max_size=6),
        st.sampled_from([*WORDS, *"។៕៖ៗ៛«»()“”…,%", " ", "\u00a0", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff"]),
        st.sampled_from([*"\u200e\u202e\u2066\ufe0f\u034f\x00\x1b\x85\t\ud800", "\r\n"]),
        st.characters(),
        st.characters(min_codepoint=0xE000, max_codepoint=0xF8FF),
    ),
    max_size=14,
).map("".join)


@given(anything)
@settings(max_examples=120)
def test_nothing_that_can_be_typed_vanishes(text: str) -> None:
    """Each letter is in the page's text in its order, and each that has a picture has one there."""
    shown = plain(text).replace("\n", " ")
    sheet = Sheet((5000, 100), "")
    sheet.show(10, 50, text, Look(house().body, 12))
    (page,) = read(sheet.finish())
    assert "".join(run.text for run in page.runs).replace("\u2060", "\ufeff") == shown.replace("\u2060", "\ufeff")
    for run in page.runs:
        for sign in run.signs:
            if not _blank(run.font.texts[sign.code]):
                assert run.font.contours(sign.code), ascii(run.font.texts[sign.code])


def _blank(text: str) -> bool:
    return all(char.isspace() or char in INVISIBLE for char in text)


@given(anything, st.integers(45, 300))
@settings(max_examples=120)
def test_nothing_is_lost_between_lines(text: str, width: int) -> None:
    """However narrow the lines: all of it is there, and in its order."""
    lines = Paragraph(text, styles().cell).lines(width)
    parts = [part for line in lines for word in line.words for stretch in word.stretches for part in stretch.parts]
    said = "".join(part.text for part in parts)
    assert said == plain(text).replace("\n", "").replace("\u200b", "")
    assert "".join(cluster.text for part in parts for cluster in part.clusters) == said


# --- the proof has eyes ---------------------------------------------------------------------------------------------
def test_a_point_that_lies_elsewhere_is_seen() -> None:
    (run,) = read(_one("ស្ត្រី"))[0].runs
    assert Judge().run(run) == ""
    for other in ("ស្ត្រ៊ី", "ស្ត្រ", "ស្តី", "ស្ត្រីៗ", "ត្រី"):
        assert Judge().run(run, other) != "", other


def test_a_letter_of_another_font_is_seen() -> None:
    (line,) = read(_one("ខេត្ត"))[0].lines()
    assert lent_rightly(line, "Battambang") == ""
    (lent,) = read(_one("ខេត្ត", FACES[3]))[0].lines()
    assert "lent" in lent_rightly(lent, "Battambang")


def test_a_dot_that_is_missing_is_seen() -> None:
    body = house().body
    for right, wrong in (("ក្នុង", "ក្នង"), ("កំពង់", "កំពង"), ("អ៊ី", "អី"), ("ប៉ះ", "បះ")):
        one, other = rasters.wanted([right], body), rasters.wanted([wrong], body)
        assert rasters.unlike(one, one).getextrema() == (255, 255)
        assert rasters.unlike(one, other).getextrema()[0] == 0, right


def test_the_scripts_of_the_reference_follow_unicode() -> None:
    assert list(outlines.scripts("ខេត្ត “Ok” ១២")) == ["ខេត្ត “", "Ok” ", "១២"]
    assert list(outlines.scripts("ខេត្ត “Ok” ១២", forward=True)) == ["ខេត្ត ", "“Ok” ", "១២"]


def test_each_shipped_font_is_looked_at() -> None:
    assert sorted(outlines.FILES.values()) == sorted(path.name for path in outlines.FONTS.glob("*.ttf"))
    assert all(font_file(name).contours(0) for name in outlines.FILES), "each has a box for what it lacks"
    assert len(set(chain(catalogues(), source_words(), places()))) > 20_000


def _one(text: str, typeface: Typeface | None = None) -> bytes:
    sheet = Sheet((500, 100), "")
    sheet.show(10, 50, text, Look(typeface or house().body, 20))
    return sheet.finish()
