"""Cells of tables: how high they are, how wide their columns must be, where they are cut.

Lengths are in points.
"""

from __future__ import annotations

from collections.abc import Sequence

from cpdesk.printing.typeset.paragraph import Paragraph

Cell = tuple[Paragraph, ...]
HAIR = 0.02  # what sums of lengths may stray


def fitted(least: Sequence[float], widths: Sequence[float], width: float) -> Sequence[float]:
    """Widths of columns, in sum `width`: each at least as it must be, and else in the proportions of `widths`.

    Where there is not room enough for all, the widest words are cut.
    """
    if sum(least) > width:
        left, several = width, sorted(least)
        while several and several[0] <= left / len(several):
            left -= several.pop(0)
        most = left / len(several)
        return [min(one, most) for one in least]
    fixed: set[int] = set()
    while True:
        left = width - sum(least[n] for n in fixed)
        own = sum(widths[n] for n in range(len(widths)) if n not in fixed)
        part = left / own if own else 0.0
        more = {n for n, one in enumerate(least) if n not in fixed and one > widths[n] * part}
        if not more:
            return [least[n] if n in fixed else widths[n] * part for n in range(len(widths))]
        fixed |= more


def stack_height(cell: Cell, width: float) -> float:
    return sum(paragraph.height(width) for paragraph in cell)


def cut_cell(cell: Cell, width: float, room: float, forced: bool) -> tuple[Cell, Cell]:
    """The lines of `cell` that fit into `room`, and the others; none stands alone on its page if it can be helped."""
    above, below = _cut_stack(cell, width, room, forced)
    if not above or not below or forced:
        return above, below
    if _line_count(below, width) == 1 and _line_count(above, width) > 2:
        last = above[-1].style.leading
        above, below = _cut_stack(cell, width, stack_height(above, width) - last, forced)
    return ((), cell) if _line_count(above, width) == 1 else (above, below)


def _line_count(cell: Cell, width: float) -> int:
    return sum(len(paragraph.lines(width)) for paragraph in cell)


def _cut_stack(cell: Cell, width: float, room: float, forced: bool) -> tuple[Cell, Cell]:
    """The paragraphs of `cell` that fit into `room`, and the others; one of them may be cut."""
    for i, paragraph in enumerate(cell):
        height = paragraph.height(width)
        if height <= room + HAIR:
            room -= height
            continue
        parts = paragraph.split(width, room, forced)
        if not parts:
            return cell[:i], cell[i:]
        upper, lower = parts
        assert isinstance(upper, Paragraph)
        assert isinstance(lower, Paragraph)
        return (*cell[:i], upper), (lower, *cell[i + 1 :])
    return cell, ()
