"""Lines end where Khmer allows, margins are even, tables and paragraphs go over pages without losing a word."""

from __future__ import annotations

from dataclasses import replace

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
