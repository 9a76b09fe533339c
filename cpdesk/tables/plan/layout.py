"""Where the head of a matrix stands in a sheet, and what each of its columns means.

Above the head are titles of any number; the head has one to four rows, with groups over columns, merged or not; the
body begins below, perhaps with a row that numbers the columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from cpdesk.tables.cells import Cell, Sheet, Span, blank, text_of
from cpdesk.tables.plan.headings import UNSAID, Meaning, category, meaning, says_something

BETWEEN = " · "
LOOKED_AT = 60  # rows in which the head is looked for
DEEPEST = 4  # rows of a head
_WORDS_ALONE = frozenset({"total", "budget.source"})
_ALONE = frozenset({"text", "objective", "output"})  # columns that nothing groups
_BODY = frozenset({"text", "objective", "output", "indicator.text"})


@dataclass(frozen=True)
class Layout:
    """Head rows from `top` to `bottom` (both −1 where there is none), the meaning of columns, every column's path."""

    top: int
    bottom: int
    columns: dict[int, Meaning] = field(default_factory=dict)
    paths: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def column(self, key: str) -> int | None:
        return next((at for at, one in self.columns.items() if one.key == key), None)

    def heading(self, at: int) -> str:
        return BETWEEN.join(self.paths.get(at, ()))


def find(sheet: Sheet, years: Sequence[int]) -> Layout:
    """The layout that the words of the sheet tell."""
    row = _best_row(sheet)
    if row < 0:
        return Layout(-1, -1)
    top, bottom = row, row
    while bottom + 1 < len(sheet.rows) and bottom - top < DEEPEST and _is_below(sheet, row, bottom + 1, years):
        bottom += 1
    while top > 0 and bottom - top < DEEPEST and _is_above(sheet, top, years):
        top -= 1
    paths = _paths(sheet, top, bottom)
    columns: dict[int, Meaning] = {}
    taken: set[str] = set()
    for at, path in paths.items():
        found = meaning(path, years)
        if found and found.key not in taken:
            columns[at] = found
            taken.add(found.key)
    return Layout(top, bottom, _with_totals(columns), paths)


def _with_totals(columns: dict[int, Meaning]) -> dict[int, Meaning]:
    """A year's amount without a source is a total where the sources stand beside it, else an amount of its own."""
    keys = {one.key for one in columns.values()}
    found = {}
    for at, one in columns.items():
        parts = one.key.split(".")
        alone = not any(key.startswith(f"{one.key}.") for key in keys)
        sum_of_none = parts[0] == "budget" and len(parts) == 2 and parts[1].isdigit() and alone
        found[at] = Meaning(f"{one.key}.{UNSAID}", one.scale, one.currency) if sum_of_none else one
    return found


def _best_row(sheet: Sheet) -> int:
    best, chosen = 1, -1
    for at in range(min(len(sheet.rows), LOOKED_AT)):
        sorts = {sort for cell in sheet.rows[at] if not blank(cell) and (sort := category(text_of(cell).strip()))}
        sorts = {sort for sort in sorts if not sort.startswith("source:")} - _WORDS_ALONE
        score = len(sorts) * 2 + bool(sorts & _BODY)
        if score > best and sorts & _BODY and len(sorts) > 1:
            best, chosen = score, at
    return chosen


def _cells(sheet: Sheet, row: int) -> dict[int, str]:
    return {n: text_of(cell).strip() for n, cell in enumerate(sheet.rows[row]) if not blank(cell)}


def _is_below(sheet: Sheet, head: int, row: int, years: Sequence[int]) -> bool:
    """Whether a row under the head still belongs to it: it says years, quarters, sources under groups, and nothing
    where an activity would stand.
    """
    cells = _cells(sheet, row)
    if not cells:
        return False
    over = _cells(sheet, head)
    body = [at for at, text in over.items() if category(text) in _ALONE]
    if any(at in cells for at in body):
        return False
    known = sum(says_something(text, years) and category(text) not in _ALONE for text in cells.values())
    return known * 10 >= len(cells) * 6


def _is_above(sheet: Sheet, top: int, years: Sequence[int]) -> bool:
    """Whether the row over the head groups its columns: known words, and no title that runs over everything."""
    cells = _cells(sheet, top - 1)
    if not cells or (min(cells) == 0 and len(cells) == 1):
        return False
    head = _cells(sheet, top)
    if any(_span_at(sheet, top - 1, at).right >= sheet.width - 2 and at <= 1 for at in cells):
        return False
    return sum(says_something(text, years) for text in cells.values()) * 2 > len(cells) and min(cells) <= max(head)


def _span_at(sheet: Sheet, row: int, column: int) -> Span:
    for span in sheet.merged:
        if span.top <= row <= span.bottom and span.left <= column <= span.right:
            return span
    return Span(row, column, row, column)


def _paths(sheet: Sheet, top: int, bottom: int) -> dict[int, tuple[str, ...]]:
    """For each column the texts over it, group first, each said once."""
    width = max((len(sheet.rows[row]) for row in range(top, bottom + 1)), default=0)
    grid = [[_heading(sheet, row, at) for at in range(width)] for row in range(top, bottom + 1)]
    for n, texts in enumerate(grid[:-1]):
        below = grid[n + 1]
        for at in range(1, width):
            spanned = _span_at(sheet, top + n, at)
            merged = spanned.right > spanned.left or _span_at(sheet, top + n, at - 1).bottom > top + n
            if not texts[at] and not merged and below[at] and below[at - 1] and texts[at - 1]:
                texts[at] = texts[at - 1]  # a group that nobody merged runs on over what has a word below
    found: dict[int, tuple[str, ...]] = {}
    for at in range(width):
        path = tuple(dict.fromkeys(texts[at] for texts in grid if texts[at]))
        if len(path) == 1:  # where a format has one row for its head, group and column stand in one cell
            path = tuple(part.strip() for part in path[0].split(BETWEEN.strip()) if part.strip())
        if path:
            found[at] = path
    return found


def _heading(sheet: Sheet, row: int, column: int) -> str:
    span = _span_at(sheet, row, column)
    cell: Cell = sheet.at(span.top, span.left)
    return " ".join(text_of(cell).split()) if not blank(cell) else ""
