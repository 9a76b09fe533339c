"""Pages as viewers read them: every word can be found and copied as it was typed, wherever it stands."""

from __future__ import annotations

import io
import re

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfbase import pdfmetrics

from cpdesk.printing.document import Letterhead
from cpdesk.printing.model import Column, ListData, RecordData
from cpdesk.printing.phrases import OFFICIAL
from cpdesk.printing.typeset.canvas import Look, Sheet
from cpdesk.printing.typeset.pages import render
from cpdesk.printing.typeset.paragraph import Paragraph, Run
from cpdesk.printing.typeset.styles import styles
from cpdesk.printing.typeset.typeface import house
from tests.printing.laid import render_list_sheet, render_record_sheet
from tests.printing.reading import by_pdfium, by_pypdf, hard_words, squeezed, whole
from tests.printing.samples import SPEECH
from tests.printing.verify.copying import READERS

WORDS = hard_words()


def paper(*paragraphs: Paragraph) -> bytes:
    return render(paragraphs, "សាកល្បង", OFFICIAL.page)


def test_hard_words_are_copied_exactly_from_lines() -> None:
    document = paper(*(Paragraph(word, styles().body) for word in WORDS))
    for read in (by_pdfium, by_pypdf):
        # Viewers may take a column of words for one line; each word is what was typed all the same.
        assert [word for word in " ".join(read(document)).split() if word in WORDS] == WORDS


def test_hard_words_are_copied_exactly_from_tables_and_heads() -> None:
    data = ListData(
        title="បញ្ជីពាក្យ",
        columns=tuple(Column(word) for word in WORDS[:3]),
        rows=tuple((word, f"«{word}»", word * 2) for word in WORDS),
        letterhead=Letterhead(issuer_lines=("រដ្ឋបាលខេត្តកណ្តាល",)),
    )
    document = render_list_sheet(data)
    for text in (whole(document), squeezed("".join(by_pypdf(document)))):
        for word in WORDS:
            assert f"{word}«{word}»{word * 2}" in text
        assert text.count(WORDS[0] + WORDS[1] + WORDS[2]) == len(by_pdfium(document))  # the head is on every page


def test_justified_lines_are_copied_exactly() -> None:
    paragraph = Paragraph(SPEECH, styles().body)
    document = paper(paragraph)
    width = 595.27 - 70.86 - 56.69
    expected = [
        "".join(part.text for word in line.words for stretch in word.stretches for part in stretch.parts).strip()
        for line in paragraph.lines(paragraph._laid[0] if paragraph._laid else width)
    ]
    assert [line.strip() for line in by_pdfium(document)[0].split("\n")] == expected
    assert "".join(expected).replace(" ", "") == squeezed(SPEECH)


@given(st.lists(st.sampled_from([*WORDS, "UNICEF", "café", "→", "2022", "(ឆ្នាំ២០២៣)", "“ok”"]), min_size=1, max_size=40))
@settings(deadline=None, max_examples=25)
def test_any_mixture_is_copied_exactly(words: list[str]) -> None:
    text = " ".join(words)
    document = paper(Paragraph([Run(text[:7], styles().bold_body), Run(text[7:])], styles().body))
    assert whole(document) == squeezed(text)


@pytest.mark.parametrize("text", ["៣ ៤", "១ ២ ៣ ៤", "a b", "– ក", "ក → ខ", "ក ខ គឃ", "១ ២ ៣៤"])
def test_single_letters_keep_their_spaces(text: str) -> None:
    """Quarters in a cell: ៣ ៤ is not ៣៤."""
    table = RecordData("ក", (("ខ្មែរ", text),))
    for read in READERS.values():
        assert read(_shown(text))[0].strip() == text
        assert text in " ".join("".join(read(render_record_sheet(table))).split())


def _shown(text: str) -> bytes:
    sheet = Sheet((300, 100), "x")
    sheet.show(20, 50, text, styles().cell.look)
    return sheet.finish()


def test_markup_is_printed_as_it_stands() -> None:
    text = '<img src="x">x<y</para>&amp;<b>ដិត</b>=1+1 {subject} %s'
    document = render_record_sheet(RecordData("ក", (("ស្លាក", text), (text, "ខ")), subtitle=text))
    assert whole(document).count(squeezed(text)) == 3


def test_the_same_input_gives_the_same_bytes() -> None:
    first = render_record_sheet(RecordData("សាកល្បង", (("ក", SPEECH),)))
    assert render_record_sheet(RecordData("សាកល្បង", (("ក", SPEECH),))) == first


def test_looks_that_are_equal_give_the_same_bytes_as_one_look() -> None:
    """Words keep the look that they were first set in, styles are made anew: the paper must not show which it was."""
    one = styles().body.look
    other = one._replace()
    assert other is not one
    alike, own = (paper(Paragraph([Run("ក្រុម", one), Run("ការងារ", last)], styles().body)) for last in (one, other))
    assert alike == own


def test_a_document_tells_title_and_language() -> None:
    reader = pypdf.PdfReader(io.BytesIO(render_record_sheet(RecordData("បុគ្គល", (("ក", "ខ"),)))))
    assert reader.metadata is not None
    assert reader.metadata.title == "បុគ្គល"
    assert reader.trailer["/Root"]["/Lang"] == "km"
    assert [entry.title for entry in reader.outline if isinstance(entry, pypdf.generic.Destination)] == ["បុគ្គល"]


def test_only_our_fonts_are_embedded() -> None:
    document = paper(Paragraph("ខ្មែរ → Latin “x”", styles().body))
    fonts = pypdf.PdfReader(io.BytesIO(document)).pages[0]["/Resources"]["/Font"]
    names = {fonts[key].get_object()["/BaseFont"].split("+")[1] for key in fonts}
    assert names == {"Battambang", "DejaVuSans"}
    assert b"Helvetica" not in document


def test_an_underlined_stretch_has_a_line_of_its_length() -> None:
    look = styles().body.look
    document = paper(Paragraph([Run("ក", look._replace(underline=True)), Run("ខ")], styles().body))
    assert whole(document) == "កខ"
    plain_page = pypdf.PdfReader(io.BytesIO(paper(Paragraph("កខ", styles().body)))).pages[0].get_contents()
    page = pypdf.PdfReader(io.BytesIO(document)).pages[0].get_contents()
    assert page is not None and plain_page is not None
    (left, right) = re.findall(rb"([\d.]+) [\d.]+ [ml] ", page.get_data())
    assert float(right) - float(left) == pytest.approx(look.width("ក"), abs=0.01)
    assert b" l S" not in plain_page.get_data()


def test_a_foreign_font_is_refused() -> None:
    sheet = Sheet((200, 200), "x")
    sheet.setFont("Helvetica", 12)
    with pytest.raises(TypeError, match="Helvetica"):
        sheet.drawString(10, 10, "ខ្មែរ")


def test_reportlabs_own_strings_are_shaped_too() -> None:
    sheet = Sheet((400, 400), "x")
    sheet.setFont("Battambang", 12)
    for y, word in enumerate(WORDS):
        sheet.drawString(10, 390 - 5 * y, word)
    sheet.drawRightString(390, 20, "ក្រុមការងារ café → ខ្មែរ")
    text = squeezed("".join(by_pypdf(sheet.finish())))
    assert all(word in text for word in WORDS)
    assert "ក្រុមការងារcafé→ខ្មែរ" in text
    width = pdfmetrics.stringWidth("ខ្មែរ", "Battambang", 10)
    assert width == pytest.approx(Look(house().body, 10).width("ខ្មែរ"))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("ក\x00\x07ខ", "កខ"),
        ("ក\ud800ខ", "ក\ufffdខ"),
        ("ក\u200bខ", "កខ"),
        ("ក\r\nខ\u2028គ\x0bឃ", "កខគឃ"),
        ("漢字", "漢字"),
        ("😀", "😀"),
        ("ក\u00a0ខ", "កខ"),
    ],
)
def test_strange_characters(typed: str, read: str) -> None:
    assert whole(paper(Paragraph(typed, styles().body))) == read


@pytest.mark.parametrize(
    "text",
    ["ក" * 100_000, "ក្រុមការងារ" * 9_000, "x" * 100_000, "e" + "\u0301" * 100_000, "\u17be" * 100_000, "\n" * 100_000],
    ids=["letter", "words", "latin", "accents", "vowels", "lines"],
)
def test_a_hundred_thousand_letters_without_a_space(text: str) -> None:
    document = render_record_sheet(RecordData("វែង", (("ក", text),)))
    read = squeezed("".join(by_pypdf(document)))
    assert all(read.count(letter) >= text.count(letter) for letter in set(text.strip()))


def test_more_characters_than_a_font_has_codes() -> None:
    """All different, none in our fonts: each is a box, and copied as itself."""
    text = "".join(map(chr, [*range(0x3400, 0x9F00), *range(0xF0000, 0xF9000)]))
    assert len(text) > 60_000
    document = render_record_sheet(RecordData("ច្រើន", (("ក", text),)))
    assert set(text) <= set("".join(by_pdfium(document)))
