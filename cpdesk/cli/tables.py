"""Commands for tables: Excel and CSV in and out."""

from __future__ import annotations

from pathlib import Path

import click

from cpdesk.cli.base import PATH, Refusal, command, opened, watched
from cpdesk.cli.show import json_line
from cpdesk.errors import BadInput
from cpdesk.i18n import N_, _, ngettext
from cpdesk.khmer import digits
from cpdesk.tasks import tables
from cpdesk.tasks.tables import targets
from cpdesk.tasks.undo import Undo

SHOWN = 20  # refusals told to a person; programs get all of them


@command(
    "import-table",
    N_("Take records from an Excel or CSV table: all of them or none. KIND is a kind, with --plan “activity”."),
)
@click.argument("kind")
@click.argument("file", type=PATH)
@click.option("--plan", metavar="ID", help=N_("The table is the matrix of this plan."))
@click.option("--year", type=click.IntRange(1900, 2100), help=N_("The year of figures whose table does not say it."))
@click.option("--sheet", metavar="NAME", help=N_("The sheet to take; else the one that looks most like it."))
@click.option("--dry-run", is_flag=True, help=N_("Only say what would happen."))
def import_table(
    kind: str, file: Path, plan: str | None, year: int | None, sheet: str | None, dry_run: bool, as_json: bool
) -> None:
    with opened() as desk, watched(_("Reading the table")) as progress:
        target = targets.of(kind, plan, year)
        chosen = targets.best_sheet(desk, target, tables.read(file, progress), sheet)
        found = targets.preview(desk, target, chosen, progress=progress)
        done = found.done()
        if not done.refused and not dry_run:
            done = tables.take(Undo(desk), found, progress=progress)
    _tell(done, as_json, dry_run)


def _tell(done: tables.Done, as_json: bool, dry_run: bool) -> None:
    if as_json:
        rows = [
            {"row": one.at + 1, "column": None if one.column is None else one.column + 1, "why": one.why}
            for one in done.refused
        ]
        created, updated = (0, 0) if done.refused else (done.created, done.updated)
        json_line({"rows": done.rows, "created": created, "updated": updated, "refused": rows})
    elif not done.refused:
        words = (
            _("{rows} rows: {created} would be new, {updated} changed.")
            if dry_run
            else _("{rows} rows: {created} new, {updated} changed.")
        )
        counts = {"rows": done.rows, "created": done.created, "updated": done.updated}
        click.echo(words.format(**{name: digits.number(n) for name, n in counts.items()}))
    if done.refused:
        if not as_json:
            for one in done.refused[:SHOWN]:
                click.echo(_("Row {number}: {why}").format(number=digits.count(one.at + 1), why=one.why), err=True)
        words = ngettext(
            "{count} cell of the table cannot be read.", "{count} cells of the table cannot be read.", len(done.refused)
        )
        raise Refusal(str(BadInput(words.format(count=digits.number(len(done.refused))), _("Nothing was changed."))))


@command("export-table", N_("Write the records of a kind, or with --plan a plan's matrix, as an Excel or CSV table."))
@click.argument("kind")
@click.argument("file", type=PATH)
@click.option("--plan", metavar="ID", help=N_("The matrix of this plan."))
@click.option("--year", type=click.IntRange(1900, 2100), help=N_("Figures of this year as places by measures."))
@click.option("--phones-for", default="", metavar="PURPOSE", help=N_("Phone numbers in full, and what for."))
def export_table(
    kind: str, file: Path, plan: str | None, year: int | None, phones_for: str, as_json: bool
) -> None:  # fmt: skip
    with opened() as desk, watched(_("Writing the table")) as progress:
        rows = targets.export(desk, targets.of(kind, plan, year), file, progress, phones_for)
    if as_json:
        json_line({"file": str(file), "rows": rows})
    else:
        words = ngettext("“{file}”, {count} row", "“{file}”, {count} rows", rows)
        click.echo(words.format(file=file, count=digits.number(rows)))
