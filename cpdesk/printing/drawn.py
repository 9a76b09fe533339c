"""What is drawn on paper as a picture for files that take no strokes: charts, the flourish under the motto."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import lru_cache

from cpdesk.charts import Chart
from cpdesk.printing.official import Ornament
from cpdesk.printing.typeset.canvas import Sheet
from cpdesk.printing.typeset.chart import ChartBlock
from cpdesk.printing.typeset.flow import Block

_DPI = 200
_ORNAMENT = (130.0, 12.0)  # points
Drawn = tuple[bytes, float, float]  # a PNG, its width and its height in points


def chart(what: Chart, width: float, room: float, tall: float | None = None) -> Iterator[Drawn]:
    """The chart as wide as `width` points, cut between its rows where it is higher than `room`."""
    block: Block | None = ChartBlock(what, tall=tall)
    while block is not None:
        rest: Block | None = None
        if block.height(width) > room:
            cut = block.split(width, room, forced=True)
            if cut is not None:
                block, rest = cut
        high = block.height(width)
        if high > 0:
            yield _painted(block, width, high), width, high
        block = rest


@lru_cache(maxsize=1)
def ornament() -> Drawn:
    """The flourish, with no ground of its own."""
    width, high = _ORNAMENT
    return _painted(Ornament(height=high), width, high, clear=True), width, high


def _painted(block: Block, width: float, high: float, clear: bool = False) -> bytes:
    import pypdfium2

    sheet = Sheet((width, high), "")
    block.paint(sheet, 0, high, width)
    sheet.showPage()
    out = io.BytesIO()
    with pypdfium2.PdfDocument(sheet.finish()) as pdf:
        page = pdf[0]
        fill = (255, 255, 255, 0) if clear else (255, 255, 255, 255)
        bitmap = page.render(scale=_DPI / 72, fill_color=fill, rev_byteorder=True, maybe_alpha=clear)
        bitmap.to_pil().save(out, "PNG", optimize=True)
        bitmap.close()
        page.close()
    return out.getvalue()
