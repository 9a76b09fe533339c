"""Word files say what the paper says, letter for letter, in Word's own headings, tables and Khmer type."""

from __future__ import annotations

import io
import re
import time
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import docx
import pytest
from PIL import Image

from cpdesk import charts
from cpdesk.errors import BadInput
from cpdesk.printing import pdf, word
from cpdesk.printing.document import Document, Letterhead, Listing, Picture, Span, Words
from cpdesk.printing.typeset import pages
from cpdesk.printing.typeset.styles import A4
from cpdesk.printing.typeset.typeface import plain
from cpdesk.tasks import forms
from cpdesk.tasks.papers import FORMS
from tests.printing.conftest import Papers
from tests.printing.office import NASTY, W, hostile, said, upright, word_body, word_text
from tests.printing.reading import squeezed, whole

HEADED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MORE = ("plan_matrix A3", "progress_report 2023Q4", "public profile", "list in English")
ALL = (*FORMS, *MORE)


@pytest.fixture
def endless(monkeypatch: pytest.MonkeyPatch) -> None:
    """Paper so long that a whole document is one page: no feet, no heads that come again, no row that is cut."""
    monkeypatch.setattr(pages, "A4", (A4[0], 14_000.0))


def styles_of(data: bytes) -> ElementTree.Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return ElementTree.fromstring(archive.read("word/styles.xml"))


def pictures(made: tuple[Document, ...]) -> list[tuple[str, charts.Chart]]:
    parts = [part for one in made for part in one.parts if isinstance(part, Picture)]
    return [pair for part in parts for pair in part.charts]


# --- every form -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ALL)
def test_the_pdf_says_all_of_the_paper_and_nothing_else(papers: Papers, name: str, endless: None) -> None:
    for one in papers[name]:
        data = upright(one)
        assert whole(pdf.render(data)) == squeezed("".join(said(data, "pdf")))


@pytest.mark.parametrize("name", ALL)
def test_word_says_the_same(papers: Papers, name: str) -> None:
    made = papers[name]
    assert squeezed(word_text(word.render(*made))) == squeezed("".join("".join(said(one, "docx")) for one in made))
    for one in map(upright, made[:2]):
        assert sorted(said(one, "docx")) == sorted(said(one, "pdf")), "the same texts, whatever the order of heads"


@pytest.mark.parametrize("name", ALL)
def test_the_same_paper_is_the_same_word_file(papers: Papers, name: str) -> None:
    assert word.render(*papers[name]) == word.render(*papers[name])


@pytest.mark.parametrize("name", ALL)
def test_heads_of_tables_come_again_in_word(papers: Papers, name: str) -> None:
    made = papers[name]
    data = word.render(*made)
    listings = [part for one in made for part in one.parts if isinstance(part, Listing) and part.lines]
    wanted = [1 + any(c.group for c in one.columns) for one in listings if any(c.head for c in one.columns)]
    wanted += [1 for _name, chart in pictures(made) if isinstance(chart, charts.Heat)]
    found = []
    for table in word_body(data).iter(f"{W}tbl"):
        rows = table.findall(f"{W}tr")
        heads = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows]
        if any(heads):
            assert heads == sorted(heads, reverse=True), "heads stand at the top of their table"
            found.append(sum(heads))
    assert sorted(found) == sorted(wanted)


@pytest.mark.parametrize("name", ALL)
def test_python_docx_opens_it(papers: Papers, name: str) -> None:
    made = papers[name]
    data = word.render(*made)
    read = docx.Document(io.BytesIO(data))
    assert len(read.sections) >= len(made)
    assert read.core_properties.title == plain(made[0].name).replace("\n", " ")
    assert len({style.name for style in read.styles}) == len(list(read.styles))
    used = {one.get(f"{W}val") for one in word_body(data).iter(f"{W}pStyle")}
    assert used <= {style.style_id for style in read.styles}
    shapes = [
        (round(s.page_width.mm), round(s.page_height.mm)) for s in read.sections if s.page_width and s.page_height
    ]
    assert (
        shapes[0]
        == {(0, 0): (210, 297), (1, 0): (297, 210), (0, 1): (297, 420), (1, 1): (420, 297)}[
            made[0].landscape, made[0].large
        ]
    )


def test_the_large_matrix_is_a3(papers: Papers) -> None:
    sections = docx.Document(io.BytesIO(word.render(*papers["plan_matrix A3"]))).sections
    assert [round(one.page_width.mm) for one in sections if one.page_width] == [420]


# --- Khmer ----------------------------------------------------------------------------------------------------------
def test_khmer_is_named_right_for_complex_script(papers: Papers) -> None:
    data = word.render(*papers["minutes"])
    styles = styles_of(data)
    default = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    assert default is not None
    lang, fonts = default.find(f"{W}lang"), default.find(f"{W}rFonts")
    assert lang is not None and lang.get(f"{W}bidi") == "km-KH"
    assert fonts is not None and fonts.get(f"{W}cs") == "Battambang"
    named = [one for one in styles.iter(f"{W}style") if one.find(f"{W}rPr/{W}rFonts") is not None]
    assert len(named) > 20
    for style in named:
        props = style.find(f"{W}rPr")
        assert props is not None
        families = {props.find(f"{W}rFonts").attrib[f"{W}{side}"] for side in ("ascii", "hAnsi", "eastAsia", "cs")}  # type: ignore[union-attr]
        assert len(families) == 1 and families <= {"Battambang", "Moul"}
        size, cs_size = props.find(f"{W}sz"), props.find(f"{W}szCs")
        assert size is not None and cs_size is not None and size.get(f"{W}val") == cs_size.get(f"{W}val")
        assert (props.find(f"{W}b") is None) == (props.find(f"{W}bCs") is None), "bold of both or of neither"
    runs = [run for run in word_body(data).iter(f"{W}r") if re.search("[ក-៿]", "".join(run.itertext()))]
    assert runs and all(run.find(f"{W}rPr/{W}cs") is not None for run in runs)
    for run in runs:
        assert (run.find(f"{W}rPr/{W}b") is None) == (run.find(f"{W}rPr/{W}bCs") is None)


def test_the_fonts_go_along(papers: Papers) -> None:
    with zipfile.ZipFile(io.BytesIO(word.render(*papers["agenda"]))) as archive:
        assert archive.testzip() is None
        fonts = [name for name in archive.namelist() if name.endswith(".odttf")]
        table = archive.read("word/fontTable.xml").decode()
    assert len(fonts) == 3 and "Khmer OS Muol Light" in table


# --- pictures, links, numbers of pages ------------------------------------------------------------------------------
def test_charts_say_their_numbers(papers: Papers) -> None:
    made = papers["progress_report"]
    body = word_body(word.render(*made))
    told = [one.get("descr", "") for one in body.iter() if one.tag.endswith("}docPr")]
    for name, chart in pictures(made):
        assert any(name in text and charts.describe(chart) in text for text in told), name


def test_links_lead_where_they_say() -> None:
    words = Words((Span("ទំព័រ", link="https://example.org/?a=1&b=2"), Span("x", link="javascript:alert(1)")))
    data = word.render(Document(Letterhead(), "ក", parts=(words,)))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        relations = ElementTree.fromstring(archive.read("word/_rels/document.xml.rels"))
    targets = [one.get("Target") for one in relations if one.get("TargetMode") == "External"]
    assert targets == ["https://example.org/?a=1&b=2"]
    (link,) = word_body(data).iter(f"{W}hyperlink")
    assert "".join(link.itertext()) == "ទំព័រ" and link.get(f"{HEADED}id")


def test_each_paper_of_several_counts_its_own_pages(papers: Papers) -> None:
    made = papers["invitation"]
    body = word_body(word.render(*made))
    starts = [one for one in body.iter(f"{W}pgNumType") if one.get(f"{W}start") == "1"]
    ends = [one.get(f"{W}name") for one in body.iter(f"{W}bookmarkStart")]
    assert len(starts) == len(made) == len(set(ends)) > 2


def test_an_emblem_stands_in_the_head_and_a_broken_one_is_told() -> None:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(out, "PNG")
    data = Document(Letterhead(("រដ្ឋបាលខេត្ត",), emblem=out.getvalue()), "ក")
    with zipfile.ZipFile(io.BytesIO(word.render(data))) as archive:
        assert out.getvalue() in [archive.read(name) for name in archive.namelist() if "media" in name]
    with pytest.raises(BadInput):
        word.render(replace(data, head=replace(data.head, emblem=b"x" + out.getvalue())))


# --- text of people -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("text", NASTY)
def test_whatever_is_typed_stays_text_in_word(text: str) -> None:
    data = hostile(text)
    assert squeezed(word_text(word.render(data))) == squeezed("".join(map(plain, said(data, "docx"))))


@pytest.mark.parametrize("text", ["ក" * 100_000, "x" * 100_000, "<&>" * 33_000, "\n" * 100_000, "ក្រុមការងារ" * 9_000])
def test_a_hundred_thousand_letters_take_three_seconds_in_word(text: str) -> None:
    data = Document(Letterhead(), "ក", parts=(Words(text),))
    started = time.perf_counter()
    made = forms.laid_out((data,), "docx")
    assert time.perf_counter() - started < 3
    assert squeezed(word_text(made)) == squeezed("".join(map(plain, said(data, "docx"))))
