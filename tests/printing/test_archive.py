"""Papers are fit for archives: PDF/A-2a as far as `verify.archive` can tell, and the checker has eyes."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from cpdesk.charts import Bar, Rows
from cpdesk.printing import pdf
from cpdesk.printing.document import (
    Cell,
    Copies,
    Document,
    Facts,
    Heading,
    Letterhead,
    Line,
    ListColumn,
    Listing,
    Picture,
    Signature,
    Signed,
    Span,
    Turn,
    Words,
)
from tests.printing.laid import render_attendance, render_minutes
from tests.printing.samples import KANDAL, SHEET, SPEECH, TINY, long_minutes
from tests.printing.verify.archive import faults


def emblem() -> bytes:
    out = io.BytesIO()
    Image.new("RGBA", (40, 40), (160, 120, 40, 120)).save(out, "PNG")
    return out.getvalue()


def everything() -> bytes:
    """A paper with each part that there is, and text that no font has."""
    grouped = (ListColumn("ពាក្យ", 4, group="ក្រុម"), ListColumn("ចំនួន", 2, "right", "ក្រុម"))
    columns = (ListColumn("ល.រ", 1, "right"), *grouped)
    lines = tuple(Line((Cell("១"), Cell(SPEECH, note="ចំណាំ"), Cell("១២៣.៤៥៦", bold=True))) for _n in range(12))
    address = "https://example.org/ក?q=1&x=(2)"
    told = (Span("អាន "), Span("នៅទីនេះ", underline=True, link=address), Span(" ដិត", bold=True))
    parts = (
        Heading("ផ្នែកទី១"),
        Facts((("កម្មវត្ថុ", "ខ"), ("យោង", ""))),
        Words(told),
        Words("漢字 😀 → ក\u0488 \ufeff a\u200db", "bullet"),
        Words(SPEECH, "point", label="១."),
        Heading("ផ្នែករង", 2),
        Listing(columns, (Line((Cell("សរុប"),), "band"), *lines)),
        Turn(landscape=True),
        Heading("ឧបសម្ព័ន្ធ", 0),
        Picture((("គំនូស", Rows((Bar("ក", 5), Bar("ខ", 9)))), ("ទី២", Rows((Bar("ក", 1),))))),
        Signed((Signature(("អ្នករៀបចំ",)), Signature(("ប្រធាន",)))),
        Copies("ចម្លងជូន៖", ("ឯកសារ",)),
    )
    head = Letterhead(("រដ្ឋបាលខេត្តកណ្តាល",), place="កណ្តាល", emblem=emblem())
    return pdf.render(Document(head, "ចំណងជើង <b>&</b>", ("រង",), parts))


@pytest.mark.parametrize(
    "document",
    [
        everything(),
        render_minutes(KANDAL),
        render_minutes(TINY),
        render_minutes(long_minutes(20, 40)),
        render_attendance(SHEET),
    ],
    ids=["everything", "minutes", "tiny", "long", "attendance"],
)
def test_an_archive_would_take_it(document: bytes) -> None:
    assert faults(document) == []


@pytest.mark.parametrize(
    ("good", "bad", "clause"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", b"%PDF-1.7\n%abcd", "6.1.2"),
        (b"<pdfaid:part>2</pdfaid:part>", b"<pdfaid:part>3</pdfaid:part>", "6.6.4"),
        (b"<pdf:Producer>cpdesk", b"<pdf:Producer>cpdusk", "6.6.3"),
    ],
)
def test_the_checker_has_eyes(good: bytes, bad: bytes, clause: str) -> None:
    document = everything()
    assert document.count(good) == 1
    assert [fault for fault in faults(document.replace(good, bad)) if fault.startswith(clause)]


def test_what_is_painted_unmarked_is_seen() -> None:
    from cpdesk.printing.typeset.canvas import Look, Sheet
    from cpdesk.printing.typeset.typeface import house

    sheet = Sheet((200, 200), "ក")
    sheet.show(10, 10, "ខ្មែរ", Look(house().body, 10))
    assert any(fault.startswith("6.7.3.1") for fault in faults(sheet.finish()))
