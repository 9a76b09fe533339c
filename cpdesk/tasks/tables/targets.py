"""What a table is about, said in one value: ("plan", id), ("figures", year), ("figures", year, area) or ("kind", name).

The window and the command line name a target and a file; which reader and writer that means is known here alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from cpdesk import records
from cpdesk.errors import BadInput, NotFound
from cpdesk.i18n import _
from cpdesk.khmer import digits
from cpdesk.store import Desk
from cpdesk.tables.cells import Sheet
from cpdesk.tables.write import write
from cpdesk.tasks import Progress, no_progress
from cpdesk.tasks import records as tasks
from cpdesk.tasks.tables import figures, generic, matrix_in, matrix_out
from cpdesk.tasks.tables.preview import Preview

PLAN, FIGURES, KIND = "plan", "figures", "kind"
Target = tuple[str, str | int | None] | tuple[str, int, str]
Mapped = Mapping[int, str]


def of(kind: str, plan: str | None = None, year: int | None = None) -> Target:
    """The target that a kind and options mean. `NotFound` for an unknown kind."""
    whole = records.kind(kind)
    if plan is not None:
        if whole.name not in ("activity", "plan"):
            raise BadInput(_("A plan's matrix holds activities: say “activity”, not “{kind}”.").format(kind=kind))
        return PLAN, plan
    if whole.name == "figure" and year is not None:
        return FIGURES, year
    return KIND, whole.name


def kinds(target: Target) -> tuple[str, ...]:
    """The kinds of record that taking such a table can change, for views to be refreshed."""
    if target[0] == PLAN:
        return matrix_in.KINDS
    return ("figure", "measure") if target[0] == FIGURES else (str(target[1]),)


def preview(
    desk: Desk, target: Target, sheet: Sheet, mapping: Mapped | None = None, progress: Progress = no_progress
) -> Preview:
    """What taking the sheet would do; `mapping` is column → key, else what the headings say."""
    sort, what = target[:2]
    if sort == PLAN:
        return matrix_in.preview(desk, _plan(desk, what), sheet, mapping, progress)
    if (sort == FIGURES or what == "figure") and not figures.is_long(sheet):
        year = what if isinstance(what, int) else None
        return figures.preview(desk, year, _area(desk, target), sheet, mapping, progress)
    if sort == FIGURES:
        return generic.preview(desk, "figure", sheet, mapping, progress)
    return generic.preview(desk, str(what), sheet, mapping, progress)


def best_sheet(desk: Desk, target: Target, sheets: Sequence[Sheet], name: str | None = None) -> Sheet:
    """The sheet of that name; without one the sheet whose headings are known best."""
    if not sheets:
        raise BadInput(_("The file holds no table."), _("Nothing was changed."))
    if name is not None:
        for sheet in sheets:
            if sheet.name == name:
                return sheet
        there = ", ".join(sheet.name for sheet in sheets)
        todo = _("There are: {names}.").format(names=there)
        raise NotFound(_("There is no sheet “{name}”.").format(name=name), todo=todo)
    return max(sheets, key=lambda sheet: known(desk, target, sheet))


def known(desk: Desk, target: Target, sheet: Sheet) -> int:
    """How many columns of the sheet are known."""
    sort, what = target[:2]
    if sort == PLAN:
        return matrix_in.known(desk, _plan(desk, what), sheet)
    if (sort == FIGURES or what == "figure") and not figures.is_long(sheet):
        return figures.known(desk, sheet)
    return len(generic.guess(records.kind("figure" if sort == FIGURES else str(what)), sheet)[1])


def export(desk: Desk, target: Target, path: Path, progress: Progress = no_progress, phones: str = "") -> int:
    """Write the table to `path` (Excel, or CSV where its name ends so); how many rows it has. `phones` says what for
    phone numbers go along, which they do not otherwise."""
    sort, what = target[:2]
    if sort == PLAN:
        table = matrix_out.table(desk, _plan(desk, what), progress)
    elif sort == FIGURES:
        table = figures.table(desk, what if isinstance(what, int) else None, _area(desk, target), progress)
    else:
        table = generic.table(desk, str(what), progress, phones)
    write(path, table)
    return sum(line.role == "row" for line in table.lines)


def name(desk: Desk, target: Target) -> str:
    """What the table is called: the plan's title, the kind."""
    sort, what = target[:2]
    if sort == PLAN:
        return tasks.title(desk, str(what))
    if sort == FIGURES:
        return _("Figures of {year}").format(year=digits.count(int(what or 0)))
    return records.kind(str(what)).label


def _area(desk: Desk, target: Target) -> str:
    """Whose places are meant where a name could be two."""
    return target[2] if len(target) == 3 else desk.office


def _plan(desk: Desk, what: object) -> str:
    record = tasks.get(desk, str(what))
    if record.kind.name != "plan":
        raise BadInput(_("{id} is a record of another kind ({kind}).").format(id=what, kind=record.kind.label))
    return record.id
