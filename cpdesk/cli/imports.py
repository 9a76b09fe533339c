"""Commands for packages that came in: which they were, what was decided, and one of them taken back as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cpdesk.cli.base import Refusal, command, opened, watched
from cpdesk.cli.show import json_line, moment, table
from cpdesk.i18n import N_, _
from cpdesk.khmer import digits

if TYPE_CHECKING:
    from cpdesk.tasks import exchange


@command("packages", N_("Packages that came in, with the number by which one can be taken back."))
def packages(as_json: bool) -> None:
    from cpdesk.tasks import exchange

    with opened() as desk:
        rows = exchange.packages(desk)
    if as_json:
        for row in rows:
            json_line(row)
        return
    table(
        (_("Import number"), _("Office"), _("Name"), _("Number"), _("Received"), _("Changes"), _("State")),
        [
            (
                digits.count(row.package),
                row.office,
                row.name,
                digits.count(row.number),
                moment(row.received_at),
                digits.number(row.changes),
                _("taken back") if row.undone else "",
            )
            for row in rows
        ],
    )


@command("undo-merge", N_("Take one import back as a whole, where nothing later depends on it."))
@click.argument("number")
@click.option("--reason", metavar="TEXT", default="", help=N_("Why; it travels to the other offices."))
@click.option("--again", is_flag=True, help=N_("The way back: take in again what was taken back."))
@click.option("--dry-run", is_flag=True, help=N_("Only say what would happen."))
def undo_merge(number: str, reason: str, again: bool, dry_run: bool, as_json: bool) -> None:
    from cpdesk.tasks import exchange

    number = digits.to_ascii(number)
    with opened() as desk, watched(_("Taking back")) as progress:
        if dry_run:
            seen = exchange.can_undo(desk, number, progress)
        else:
            done = (exchange.redo_import if again else exchange.undo_import)(desk, number, reason, progress)
    if dry_run:
        _show(seen, as_json)
    elif as_json:
        json_line(done)
    else:
        told = _("Import {number} is in again: {records} records changed.") if again else _(
            "Import {number} is taken back: {records} records changed, {binned} of them went to the bin."
        )  # fmt: skip
        facts = {"records": digits.number(done.records), "binned": digits.number(done.binned)}
        click.echo(told.format(number=digits.count(done.package), **facts))


def _show(seen: exchange.UndoPreview, as_json: bool) -> None:
    if as_json:
        json_line(seen)
    else:
        table(
            (_("Kind"), _("New"), _("Changed"), _("Deleted")),
            [(one.label, *(digits.number(n) for n in (one.new, one.changed, one.deleted))) for one in seen.by_kind],
        )
    if not seen.possible:
        raise Refusal(" ".join(one.sentence for one in seen.obstacles))


@command("decisions", N_("What was decided and why: differences settled, records joined, imports taken back."))
@click.option("--package", metavar="NUMBER", help=N_("Only those that this import brought."))
def decisions(package: str | None, as_json: bool) -> None:
    from cpdesk.tasks import exchange

    with opened() as desk:
        rows = exchange.decisions(desk, package=None if package is None else digits.parse_int(package))
    for row in rows:
        if as_json:
            json_line(row)
        else:
            click.echo(": ".join(part for part in (_SORTS[row.sort](), row.title, row.label, row.shown) if part))
            for one in row.passed:
                click.echo(f"  · {one.shown or _('(blank)')} ({one.by}, {one.office}, {moment(one.at)})")
            click.echo(f"    {row.by}, {row.office}, {moment(row.at)}{row.reason and f': {row.reason}'}")


_SORTS = {
    "settled": lambda: _("Settled"),
    "joined": lambda: _("Joined into another"),
    "undone": lambda: _("Taken back"),
    "redone": lambda: _("Taken in again"),
}
