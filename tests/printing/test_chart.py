"""Charts on paper: Khmer that is shaped and can be copied, cut between rows, never over the edge of the page."""

from __future__ import annotations

import pytest

from cpdesk.charts import Bar, Columns, Heat, HeatRow, Lines, Part, Rows, Series, Split
from cpdesk.charts.shapes import Box
from cpdesk.printing.phrases import OFFICIAL
from cpdesk.printing.typeset.chart import ChartBlock, SideBySide, Stack
from cpdesk.printing.typeset.flow import Block
from cpdesk.printing.typeset.pages import render
from cpdesk.printing.typeset.paragraph import Paragraph
from cpdesk.printing.typeset.styles import styles
from tests.printing.reading import by_pdfium, by_pypdf, hard_words, squeezed, whole

WORDS = hard_words()[:40]
GROUPS = ("ត្រី១", "ត្រី២")
EVERY = (
    Rows(tuple(Bar(word, n) for n, word in enumerate(WORDS)), beside=True),
    Columns(GROUPS, (Series("ផែនការ", (58, None)), Series("ចំណាយ", (54, 0))), "លានរៀល"),
    Lines(GROUPS, (Series("បោះបង់ការសិក្សា", (340, 310)), Series("ពលកម្មកុមារ", (1, None)))),
    Split((Part("កុមារី", 1248), Part("កុមារា", None))),
    Heat(("ក", "ខ"), (HeatRow("គគីរ", (7, None), ("", "*")),), "ឃុំ"),
)


def paper(*blocks: Block) -> bytes:
    return render(blocks, "គំនូសតាង", OFFICIAL.page)


def test_every_word_of_a_chart_can_be_copied() -> None:
    document = paper(*(ChartBlock(chart) for chart in EVERY))
    for read in (by_pdfium, by_pypdf):
        text = squeezed("".join(read(document)))
        for word in (*WORDS, "ផែនការ", "បោះបង់ការសិក្សា", "១.២៤៨", "គ្មានទិន្នន័យ", "គគីរ", "លានរៀល"):
            assert squeezed(word) in text, word


def test_the_same_chart_gives_the_same_bytes() -> None:
    assert paper(*[ChartBlock(chart) for chart in EVERY]) == paper(*[ChartBlock(chart) for chart in EVERY])


def test_long_rows_go_over_pages_between_bars() -> None:
    chart = Rows(tuple(Bar(f"ឃុំ {n}", n, text=f"{n}.") for n in range(120)), beside=True)
    document = paper(ChartBlock(chart))
    pages = by_pdfium(document)
    assert len(pages) > 2
    for n in range(120):
        assert sum(f"ឃុំ{n}{n}." in page for page in map(squeezed, pages)) == 1  # its name, its number
    block = ChartBlock(chart)
    parts = block.split(450, 300, forced=False)
    assert parts is not None
    assert parts[0].height(450) <= 300
    assert parts[0].height(450) + parts[1].height(450) == pytest.approx(block.height(450))


def test_a_head_of_a_heat_table_comes_again() -> None:
    row = HeatRow("គគីរ", (7, 5))
    document = paper(ChartBlock(Heat(("ពលកម្ម", "ហិង្សា"), (row,) * 90, "ឃុំ")))
    pages = by_pdfium(document)
    assert len(pages) > 1 and all("ពលកម្ម" in page and "ឃុំ" in page for page in pages)


def test_side_by_side_is_as_high_as_the_highest() -> None:
    low, high = ChartBlock(EVERY[3]), ChartBlock(EVERY[0])
    pair = SideBySide((Stack(Paragraph("ក", styles().section), low), high), gap=20)
    assert pair.height(400) == high.height(190)
    assert "កុមារី" in whole(paper(pair))


def test_paper_tells_tones_apart_by_hatches() -> None:
    rows = Rows((Bar("ក", 5, tone="good"), Bar("ខ", 5, tone="bad")))
    boxes = [shape for shape in ChartBlock(rows).drawing(300).shapes if isinstance(shape, Box)]
    assert {box.pattern for box in boxes if box.tone != "track"} == {"solid", "falling"}
