"""A plan's matrix from somebody's workbook: what taking it would make of the plan.

A line of the file is the plan's own where its id says so, else where code and words are the same, or the words alone in
one place, or a code that only one line bears. So the same file twice changes nothing. A blank cell clears only where
the line has its id, that is where the file came from here; in a stranger's file blank means that nothing is said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cpdesk.i18n import _
from cpdesk.khmer import digits
from cpdesk.store import Desk
from cpdesk.tables.cells import Sheet, blank, text_of
from cpdesk.tables.plan import layout as layouts
from cpdesk.tables.plan import lines as reading
from cpdesk.tables.plan.headings import Meaning, money_of
from cpdesk.tables.plan.layout import Layout
from cpdesk.tasks import Progress, no_progress, plans
from cpdesk.tasks.matrix.columns import columns as matrix_columns
from cpdesk.tasks.matrix.rows import read as read_matrix
from cpdesk.tasks.tables.matrix_rows import Taking
from cpdesk.tasks.tables.preview import HEAD, PASSED, Key, Preview, RowView, columns_of, stamp

KINDS = ("plan", "objective", "output", "activity", "indicator", "target", "budget_line", "body", "person", "priority")
_TICK = 100
_DEPTHS = {reading.OBJECTIVE: 1, reading.OUTPUT: 2}


def layout(sheet: Sheet, years: Sequence[int]) -> Layout:
    """Where the head of the sheet is and what its columns mean, of those that a plan of these years can have."""
    found = layouts.find(sheet, years)
    known = {key.key for key in keys(years)} | {f"budget.{year}" for year in years}  # sums are read to be checked
    columns = {at: one for at, one in found.columns.items() if one.key in known}
    return Layout(found.top, found.bottom, columns, found.paths)


def known(desk: Desk, plan: str, sheet: Sheet) -> int:
    """How many columns of the sheet are understood."""
    return len(layout(sheet, plans.years(desk, plan)).columns)


def keys(years: Sequence[int]) -> list[Key]:
    """What a column can be taken as, in the order of the matrix."""
    found = [Key("objective", _("Objective")), Key("output", _("Output"))]
    for column in matrix_columns(years, years):
        if column.sort != "total" and column.key != "carried_from":
            found.append(Key(column.key, column.title, column.group))
        if column.sort == "quarters":
            group = _("Quarters {year}").format(year=digits.count(column.year))
            found += [Key(f"{column.key}.{n}", _("Quarter {number}").format(number=digits.count(n)), group)
                      for n in range(1, 5)]  # fmt: skip
    return [*found, Key("quarters", _("Quarters")), Key("budget.source", _("Source of the budget")),
            Key("id", _("Record id"))]  # fmt: skip


def preview(
    desk: Desk, plan: str, sheet: Sheet, mapping: Mapping[int, str] | None = None, progress: Progress = no_progress
) -> Preview:
    """What taking the sheet into the plan would do; `mapping` is column → key, else what the headings say."""
    matrix = read_matrix(desk, plan)
    found = layout(sheet, matrix.years)
    if found.top < 0:
        at = next((n for n, row in enumerate(sheet.rows) if sum(not blank(cell) for cell in row) > 1), 0)
        paths: dict[int, tuple[str, ...]] = {}
        if sheet.rows:
            paths |= {n: (text_of(cell).strip(),) for n, cell in enumerate(sheet.rows[at]) if not blank(cell)}
        found = Layout(at, at, {}, paths)
    if mapping is not None:
        found = Layout(found.top, found.bottom, _mapped(found, mapping), found.paths)
    choices = keys(matrix.years)
    shown = Preview(sheet, [], choices, (found.top, found.bottom), at=stamp(desk))
    headings = {at: found.heading(at) for at in found.paths}
    known_keys = {key.key for key in choices}
    taken = {at: one.key for at, one in found.columns.items() if one.key in known_keys}
    shown.columns = columns_of(shown, headings, taken)
    shown.rows += [RowView(at, HEAD if at >= found.top else PASSED) for at in range(found.bottom + 1)]
    if found.column("text") is None:
        shown.problem(_("Say which column holds the activities."), max(found.bottom, 0))
        return shown
    lines = list(reading.lines(sheet, found))
    taking = Taking(desk, matrix, shown, found, lines)
    last = -1
    for line in lines:
        what = taking.line(line)
        if line.at == last:
            shown.rows.pop()
        view = RowView(line.at, what, _DEPTHS.get(line.role, 0))
        shown.rows.append(view)
        last = line.at
        if line.at % _TICK == 0:
            progress(line.at, len(sheet.rows))
    taking.finish()
    shown.refused.sort(key=lambda one: (one.at, -1 if one.column is None else one.column))
    shown.columns = columns_of(shown, headings, taken)  # once more, now that it is known which rows are taken
    return shown


def _mapped(found: Layout, mapping: Mapping[int, str]) -> dict[int, Meaning]:
    """A person's choice of keys; what headings add (thousands, a currency) stays."""
    chosen: dict[int, Meaning] = {}
    for at, key in sorted(mapping.items()):
        if key not in {one.key for one in chosen.values()}:
            chosen[at] = Meaning(key, *money_of(found.paths.get(at, ())))
    return chosen
