"""A hundred pages of Khmer beside ReportLab's own paragraphs, which shape no Khmer."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from tests.bench.measure import Line, in_turns, seconds

SENTENCE = "គណៈកម្មាធិការពិគ្រោះយោបល់កិច្ចការស្ត្រី និងកុមារ បានពិភាក្សាយ៉ាងល្អិតល្អន់លើទិន្នន័យកុមារងាយរងគ្រោះក្នុងឃុំ សង្កាត់នីមួយៗ។ "


def texts(pages: int) -> list[str]:
    """Paragraphs that fill about that many pages."""
    return [f"{n} " + SENTENCE * 4 for n in range(pages * 8)]


def ours(paragraphs: list[str]) -> int:
    from cpdesk.printing import minutes, model, pdf
    from cpdesk.printing.document import Letterhead
    from cpdesk.printing.typeset.output import page_count

    data = model.MinutesData(
        letterhead=Letterhead(issuer_lines=("រដ្ឋបាលខេត្តកណ្តាល",)),
        subject="របាយការណ៍",
        date=date(2022, 6, 23),
        agenda=tuple(model.AgendaEntry("ចំណុច", minutes=text) for text in paragraphs),
    )
    return page_count(pdf.render(minutes.minutes(data)))


def theirs(paragraphs: list[str]) -> int:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    from cpdesk.paths import FONTS

    pdfmetrics.registerFont(TTFont("BenchBattambang", str(FONTS / "Battambang-Regular.ttf"), shapable=True))
    style = ParagraphStyle("body", fontName="BenchBattambang", fontSize=11, leading=20, shaping=1)
    doc = SimpleDocTemplate(io.BytesIO())
    doc.build([Paragraph(text, style) for text in paragraphs])
    return int(doc.page)


def run(_folder: Path, _records: int, rounds: int) -> Iterator[Line]:
    paragraphs = texts(100)
    pages = {"ours": ours(paragraphs), "theirs": theirs(paragraphs)}

    def one(name: str) -> float:
        work = ours if name == "ours" else theirs
        return seconds(lambda: work(paragraphs)) / pages[name]

    times = in_turns(rounds, ours=lambda: one("ours"), theirs=lambda: one("theirs"))
    note = f"{1 / times['ours']:.0f} pages a second; theirs is misshapen and cannot be searched"
    yield Line("a page of minutes as PDF", times["ours"], "ReportLab Paragraph, shaping=1", times["theirs"], note)
