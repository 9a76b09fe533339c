"""Lines end where Khmer allows, margins are even, tables and paragraphs go over pages without losing a word."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cpdesk.khmer import breaks
from cpdesk.printing.typeset.flow import Block, Gap, paginate
from cpdesk.printing.typeset.paragraph import Line, Paragraph, Run, _gaps
from cpdesk.printing.typeset.styles import styles
from cpdesk.printing.typeset.table import Grid, Row, Table
from tests.printing.samples import SPEECH

ROOM = 300.0


def said(line: Line) -> str:
    return "".join(part.text for word in line.words for stretch in word.stretches for part in stretch.parts)


def test_lines_end_only_between_words() -> None:
    text = SPEECH.replace("\n", " ")
    pieces = breaks.pieces(text)
    ends = {len("".join(pieces[:i])) for i in range(len(pieces) + 1)}
    at = 0
    for line in Paragraph(text, styles().body).lines(ROOM):
        at += len(said(line))
        assert at in ends
    assert at == len(text)


@given(st.integers(60, 500))
@settings(deadline=None, max_examples=30)
def test_no_line_is_wider_than_its_room(width: int) -> None:
    paragraph = Paragraph(SPEECH, replace(styles().body, first=20.0))
    for number, line in enumerate(paragraph.lines(width)):
        assert line.width <= width - (20 if number == 0 else 0) + 0.02


def test_justified_lines_reach_the_margin() -> None:
    lines = Paragraph(SPEECH, replace(styles().body, first=0.0)).lines(ROOM)
    reached = 0
    for line in lines:
        gaps = _gaps(line, ROOM, 11)
        clusters = [c for w in line.words for s in w.stretches for p in s.parts for c in p.clusters]
        while clusters[-1].text == " ":
            clusters.pop()
        spaces = sum(cluster.text == " " for cluster in clusters)
        width = line.width + gaps.space * spaces + gaps.cluster * (len(clusters) - 1)
        if line.last:
            assert gaps == (0.0, 0.0)
        elif gaps != (0.0, 0.0):
            assert width == pytest.approx(ROOM, abs=0.1)
            reached += 1
    assert reached >= len(lines) // 2


def test_a_word_that_is_half_bold_stays_one_word() -> None:
    bold = styles().bold_body
    lines = Paragraph([Run("កុ", bold), Run("មារ")], styles().body).lines(ROOM)
    (word,) = lines[0].words
    assert [("".join(p.text for p in s.parts), s.look == bold) for s in word.stretches] == [("កុ", True), ("មារ", False)]


def test_a_centred_text_has_no_lonely_word() -> None:
    lines = Paragraph(SPEECH.replace("\n", " "), styles().subtitle).lines(420)
    widths = [line.width for line in lines]
    assert len(lines) > 1
    assert min(widths) > 0.6 * max(widths)


@given(st.integers(1, 12), st.booleans())
@settings(deadline=None, max_examples=25)
def test_a_cut_paragraph_says_the_same(fits: int, forced: bool) -> None:
    paragraph = Paragraph(SPEECH * 2, styles().body)
    lines = [said(line) for line in paragraph.lines(ROOM)]
    parts = paragraph.split(ROOM, fits * styles().body.leading + 1, forced)
    if parts is None:
        assert fits < 2
        return
    upper, lower = parts
    assert isinstance(upper, Paragraph) and isinstance(lower, Paragraph)
    assert [said(line) for line in [*upper.lines(ROOM), *lower.lines(ROOM)]] == lines
    if not forced:
        assert len(upper.lines(ROOM)) >= 2 and len(lower.lines(ROOM)) >= 2


def rows(count: int) -> list[Row]:
    return [
        Row(((Paragraph(str(i), styles().cell),), (Paragraph(SPEECH[: 20 + i * 7], styles().cell),)))
        for i in range(count)
    ]


def texts(block: Block) -> list[str]:
    assert isinstance(block, Table)
    return [said(line) for row in block._rows for cell in row.cells for p in cell for line in p.lines(0.0)]


@given(st.integers(1, 40), st.integers(80, 700))
@settings(deadline=None, max_examples=25)
def test_a_table_over_pages_keeps_every_row_and_repeats_its_head(count: int, room: int) -> None:
    head = Row(((Paragraph("ល.រ", styles().cell_head),), (Paragraph("ពាក្យ", styles().cell_head),)))
    table = Table(Grid((1.0, 6.0)), rows(count), head)
    pages = paginate([table], 400, room)
    said_rows: list[str] = []
    for page in pages:
        for placed in page:
            assert isinstance(placed.block, Table)
            assert placed.block._head == (head,)
            assert placed.block.height(400) <= room + 0.1
            for row in placed.block._rows:
                said_rows += [said(line) for p in row.cells[1] for line in p.lines(400 * 6 / 7 - 8)]
    assert "".join(said_rows).replace(" ", "") == "".join(SPEECH[: 20 + i * 7] for i in range(count)).translate(
        str.maketrans("", "", " \n")
    )


def bands(count: int) -> Table:
    """A table of three columns: before every third row a band, which reaches over all of them."""
    cell = styles().cell
    found = []
    for n in range(count):
        if n % 3 == 0:
            found.append(Row(((Paragraph(f"ក្រុម {n}", cell),),), spans=(3,), with_next=True))
        found.append(Row(tuple((Paragraph(f"{n}", cell),) for _column in range(3))))
    head = (
        Row(((), (Paragraph("ឆ្នាំ", cell),)), spans=(1, 2), open_below=frozenset({0})),
        Row(tuple((Paragraph(text, cell),) for text in ("កូដ", "២០២១", "២០២២"))),
    )
    return Table(Grid((1.0, 1.0, 1.0)), found, head)


@pytest.mark.parametrize("room", [90, 120, 171, 233, 400])
def test_a_band_is_never_the_last_row_of_a_page(room: int) -> None:
    pages = paginate([bands(30)], 400, room)
    rows = []
    for page in pages:
        (placed,) = page
        assert isinstance(placed.block, Table)
        assert placed.block.height(400) <= room + 0.1
        assert len(placed.block._head) == 2, "both rows of the head come again"
        assert not placed.block._rows[-1].with_next
        rows += placed.block._rows
    assert len(rows) == 40


def test_cells_that_span_columns_are_as_wide_as_those() -> None:
    grid = Grid((1.0, 2.0, 3.0))
    row = Row(((), ()), spans=(2, 1))
    assert grid.row_widths(row, 600) == [300, 300]
    assert grid.row_widths(Row(((), (), ())), 600) == [100, 200, 300]


def test_a_heading_stays_with_what_follows() -> None:
    heading = Paragraph("ចំណងជើង", styles().section)
    pages = paginate([Gap(675), heading, Paragraph(SPEECH, styles().body)], 400, 720)
    assert [len(page) for page in pages] == [1, 2]
    assert pages[1][0].block is heading


def test_a_block_taller_than_a_page_is_placed_all_the_same() -> None:
    assert [len(page) for page in paginate([Gap(10), Gap(2000), Gap(10)], 400, 700)] == [1, 1, 1]


# --- how a good printer cuts ----------------------------------------------------------------------------------------
CLOSING, OPENING = "។៕៖ៗ៛)]»”…,%", "([«“"
PIECES = (
    *("កុមារ", "ផ្សេង", "ៗ", "។", "៕", "៖", "៛", "«", "»", "(", ")", "“", "”", "%", " ", "\u00a0", "២០២៣", "abc"),
    *("្", "ា", "\u200b", "\u200d", "→", "漢", "UNICEF", "១២៣.៤៥៦"),
)
hostile = st.lists(st.sampled_from(PIECES), min_size=1, max_size=80).map("".join)


@given(hostile, st.integers(60, 200))
@settings(deadline=None, max_examples=300)
def test_no_line_begins_or_ends_with_a_sign_that_must_not(text: str, width: int) -> None:
    lines = [said(line) for line in Paragraph(text, replace(styles().body, first=0.0)).lines(width)]
    assert "".join(lines) == text.replace("\u200b", "")
    for above, below in pairwise(lines):
        row_of_signs = re.search(
            f"[{re.escape(CLOSING + OPENING)}\u00a0 \u17b6\u17d2\u200d]{{4,}}", above[-6:] + below[:6]
        )
        if row_of_signs:  # a heap of signs wider than a line has to be cut somewhere
            continue
        assert below[0] not in CLOSING + "\u00a0\u17d2\u17b6\u200d", (above, below)
        assert above[-1] != "\u17d2" and above.rstrip(" ")[-1:] not in tuple(OPENING + "\u00a0"), (above, below)


@pytest.mark.parametrize("width", [40, 55, 61, 83])
def test_a_word_longer_than_its_line_keeps_its_signs(width: int) -> None:
    """A narrow column cuts words anywhere, but not before what hangs on them."""
    paragraph = Paragraph("«ក្រុមការងារ»ៗ។ (អនុវត្តន៍)៖ " * 3, styles().cell)
    lines = [said(line) for line in paragraph.lines(width)]
    assert len(lines) > 4
    assert not [line for line in lines if line[0] in CLOSING or line.rstrip(" ")[-1] in OPENING]


def test_a_number_stays_with_its_unit() -> None:
    text = "ចំនួន ១២៣\u00a0នាក់ " * 12
    for width in range(70, 240, 7):
        lines = Paragraph(text, replace(styles().body, first=0.0)).lines(width)
        assert not [line for line in map(said, lines) if line.rstrip(" ").endswith("១២៣") or line.startswith("នាក់")]


def line_counts(block: Block, width: float) -> list[list[int]]:
    """How many lines each cell of each row has."""
    assert isinstance(block, Table)
    return [
        [
            sum(len(p.lines(w - 8)) for p in cell)
            for cell, w in zip(r.cells, block._grid.row_widths(r, width), strict=True)
        ]
        for r in block._rows
    ]


def tall(lines: int) -> Row:
    return Row(((Paragraph("១", styles().cell),), (Paragraph("\n".join(["ពាក្យ"] * lines), styles().cell),)))


@pytest.mark.parametrize("room", range(200, 330, 9))
def test_a_tall_row_is_cut_between_lines_but_never_leaves_one(room: int) -> None:
    table = Table(Grid((1.0, 6.0)), [tall(2), tall(9), tall(21), tall(2)])
    pages = [page[0].block for page in paginate([table], 400, room)]
    counts = [line_counts(page, 400) for page in pages]
    assert sum(row[1] for page in counts for row in page) == 34, "every line is there once"
    assert not [row for page in counts for row in page if row[1] == 1]


@given(st.lists(st.integers(1, 5), min_size=2, max_size=40), st.integers(130, 400))
@settings(deadline=None, max_examples=60)
def test_a_low_row_is_never_cut(lines: list[int], room: int) -> None:
    table = Table(Grid((1.0, 6.0)), [tall(count) for count in lines], tall(1))
    pages = [page[0].block for page in paginate([table], 400, room)]
    counts = [line_counts(page, 400) for page in pages]
    assert [row[1] for page in counts for row in page] == lines
    if len(pages) > 1 and len(counts[-2]) > 2:
        assert len(counts[-1]) > 1, "the last row does not stand alone under its head"


def signing() -> Table:
    return Table(Grid((1.0,), line=0), [tall_cell(4)], whole=True, company=True)


def tall_cell(lines: int) -> Row:
    return Row(((Paragraph("\n".join(["ហត្ថលេខា"] * lines), styles().signer),),))


@pytest.mark.parametrize("room", range(290, 400, 7))
@pytest.mark.parametrize("dated", [False, True])
def test_signatures_never_stand_alone(room: int, dated: bool) -> None:
    text = Paragraph("\n".join(["ពាក្យ"] * 14), styles().body)
    date = [Paragraph("ថ្ងៃទី១", styles().date)] if dated else []
    pages = paginate([text, *date, signing()], 400, room)
    for page in pages:
        assert isinstance(page[0].block, Paragraph) and page[0].block._origin is text
        assert len(page[0].block.lines(400)) >= 2


def test_signatures_take_the_last_rows_of_a_table_along() -> None:
    head = Row(((Paragraph("ល.រ", styles().cell_head),), (Paragraph("ពាក្យ", styles().cell_head),)))
    for room in range(200, 300, 3):
        table = Table(Grid((1.0, 6.0)), [tall(1) for _n in range(8)], head)
        pages = paginate([Gap(20), table, signing()], 400, room)
        blocks = [placed.block for placed in pages[-1]]
        assert len(pages) == 1 or (isinstance(blocks[0], Table) and blocks[0]._head == (head,)), room
        rows = [
            row for page in pages for p in page if isinstance(p.block, Table) and p.block._head for row in p.block._rows
        ]
        assert len(rows) == 8


def test_what_leads_to_a_long_block_goes_with_it() -> None:
    """A heading, an intro, and a table whose first row does not fit: none of them stays behind."""
    leaders = [Paragraph("ចំណងជើង", styles().section), Paragraph("ពាក្យ", styles().intro)]
    table = Table(Grid((1.0, 6.0)), [tall(4), tall(4)])
    pages = paginate([Gap(100), *leaders, table], 400, 200)
    assert [placed.block for placed in pages[1]][:2] == leaders
