"""The manual: each topic with its pictures, contents with the right pages, both languages, every sort of file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import docx
import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from cpdesk.help import chapters, topics
from cpdesk.i18n import LANGUAGES, using
from cpdesk.khmer import digits
from cpdesk.khmer.spelling import fold
from cpdesk.tasks import manual

KEYS = (manual.Keys("Everywhere", (("Search <b>", "Ctrl+K"), ("Help", "F1"))),)


def flat(text: str) -> str:
    """`text` without spaces: where a line ends is the page's affair."""
    return "".join(fold(text).split())


def figures(element: Any) -> Iterator[Any]:
    """The pictures in the tree that a voice reads."""
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        kid = kid.get_object() if hasattr(kid, "get_object") else kid
        if hasattr(kid, "get"):
            if kid.get("/S") == "/Figure":
                yield kid
            yield from figures(kid)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_book_with_contents_topics_pictures_and_keys(lang: str) -> None:
    reader = PdfReader(io.BytesIO(manual.render(KEYS, "pdf", lang)))
    pages = [fold(page.extract_text()) for page in reader.pages]
    with using(lang):
        found = chapters()
        assert fold("តុការងារ" if lang == "km" else "CPC Desk") in pages[0]
        body = next(n for n, text in enumerate(pages) if n > 1 and fold(found[0].topics[0].steps[0])[:40] in text)
        contents = "".join(pages[1:body])
        for number, chapter in enumerate(found, 1):
            for within, topic in enumerate(chapter.topics, 1):
                heading = fold(f"{digits.count(number)}.{digits.count(within)} {topic.title}")
                assert heading in contents, topic.key
                (at,) = [n for n, text in enumerate(pages, 1) if n > body and heading in text]
                line = contents[contents.index(heading) + len(heading) :]
                assert line.split()[0] == str(at), f"{topic.key} stands on page {at}"
                text = flat("".join(pages[at - 1 : at + 1]))
                assert [step for step in topic.steps if flat(step) not in text] == [], topic.key
        shown = [one.words for topic in topics() for one in topic.pictures]
        files = {one.name for topic in topics() for one in topic.pictures}
    said = [kid["/Alt"].removeprefix("\ufeff") for kid in figures(reader.trailer["/Root"]["/StructTreeRoot"])]
    assert said == shown, "each picture is told in words"
    assert len({image.data for page in reader.pages for image in page.images}) == len(files)
    assert fold("Search <b>") in pages[-1] and fold("Ctrl+K") in pages[-1]
    assert digits.count(len(pages), lang) in reader.pages[-1].extract_text()


def test_word_and_excel_hold_the_same() -> None:
    word = docx.Document(io.BytesIO(manual.render(KEYS, "docx", "en")))
    text = "\n".join(paragraph.text for paragraph in word.paragraphs)
    book = load_workbook(io.BytesIO(manual.render(KEYS, "xlsx", "en")))
    cells = "\n".join(str(cell.value) for sheet in book for line in sheet.iter_rows() for cell in line if cell.value)
    with using("en"):
        pictures = sum(len(topic.pictures) for topic in topics())
        for topic in topics():
            assert topic.steps[0] in text and topic.steps[0] in cells, topic.key
    assert len(word.inline_shapes) >= pictures
    assert sum(len(sheet._images) for sheet in book) >= pictures
