"""Columns make room for numbers, heads stand in the middle of their rows, no text ends in a lonely syllable."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdesk.printing import pdf
from cpdesk.printing.document import Cell, Document, Letterhead, Line, ListColumn, Listing
from cpdesk.printing.typeset.cells import fitted
from cpdesk.printing.typeset.paragraph import Paragraph
from cpdesk.printing.typeset.styles import styles
from cpdesk.printing.typeset.table import Grid, Row, Table
from tests.printing.samples import SPEECH
from tests.printing.test_layout import said
from tests.printing.verify.page import read

AMOUNT = "១.២៣៤.៥៦៧.៨៩០"
lengths = st.lists(st.tuples(st.floats(0, 200), st.floats(5, 200)), min_size=1, max_size=12)


def row(*texts: str) -> Row:
    return Row(tuple((Paragraph(text, styles().cell_right),) for text in texts))


@pytest.mark.parametrize("amount", [AMOUNT, "៨៨៨.៨៨៨.៨៨៨.៨៨៨.៨៨៨", "២.៥.១០", "(២០២២)"])
def test_a_number_is_never_cut_where_another_column_has_room(amount: str) -> None:
    table = Table(Grid((1.0, 12.0, 1.0)), [row("១", SPEECH, amount), row("២", SPEECH, "០")], row("ល.រ", "ពាក្យ", "សរុប"))
    table.height(450)
    cell = table._rows[0].cells[2][0]
    width = table._grid.widths(450)[2] - 2 * table._grid.pad_x
    assert [said(line) for line in cell.lines(width)] == [amount]
    parts = table.split(450, 60, forced=True)
    assert parts and all(isinstance(part, Table) and part._grid == table._grid for part in parts), "alike on each page"


def test_columns_that_fit_keep_their_shares() -> None:
    table = Table(Grid((1.0, 3.0)), [row("១", "ពាក្យ")])
    table.height(400)
    assert table._grid.shares == (1.0, 3.0)


@given(lengths)
def test_columns_fill_the_width(asked: list[tuple[float, float]]) -> None:
    least, widths = [one for one, _own in asked], [own for _one, own in asked]
    width = sum(widths)
    found = fitted(least, widths, width)
    assert sum(found) == pytest.approx(width)
    if sum(least) <= width:
        assert all(one >= asked - 0.001 for one, asked in zip(found, least, strict=True))
    else:
        assert max(found) <= max(least) + 0.001
        assert all(one <= asked + 0.001 for one, asked in zip(found, least, strict=True))


def test_a_head_of_two_rows_stands_in_their_middle() -> None:
    grouped = (ListColumn("ខេត្ត", group="ចំនួន"), ListColumn("ស្រុក", group="ចំនួន"))
    listing = Listing((ListColumn("កូដ"), *grouped), (Line((Cell("១"), Cell("២"), Cell("៣"))),))
    document = pdf.render(Document(Letterhead(), "ក", parts=(listing,)))
    at = {run.text.strip(): run.y for run in read(document)[0].runs}
    assert at["កូដ"] == pytest.approx((at["ចំនួន"] + at["ខេត្ត"]) / 2, abs=0.1)


def test_no_text_ends_in_a_lonely_syllable() -> None:
    style = replace(styles().body, first=0.0)
    lonely = 0
    for width in range(220, 420):
        lines = Paragraph(SPEECH.split("\n")[0], style).lines(width)
        assert "".join(map(said, lines)) == SPEECH.split("\n")[0]
        assert all(line.width <= width + 0.02 for line in lines)
        lonely += lines[-1].width < 2 * style.look.size
    assert lonely <= 4, "only where the line above has nothing to spare"
