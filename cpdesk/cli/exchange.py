"""Commands for what goes from office to office: packages and differences."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdesk import records as kinds
from cpdesk.cli.base import PATH, Refusal, command, opened, watched
from cpdesk.cli.show import json_line, moment, pairs, plain, table, value_json
from cpdesk.errors import BadInput
from cpdesk.i18n import N_, _, ngettext
from cpdesk.khmer import digits
from cpdesk.kinds import Kind, Value
from cpdesk.store import Desk
from cpdesk.tasks import records as tasks

if TYPE_CHECKING:
    from cpdesk.tasks import exchange


@command("export", N_("A package for the other side: what it has not acknowledged, or everything."))
@click.argument("package", type=PATH)
@click.option("--to", metavar="OFFICE", help=N_("The office that it is for; else the office above."))
@click.option("--all", "everything", is_flag=True, help=N_("Everything, also what has arrived already."))
def export(package: Path, to: str | None, everything: bool, as_json: bool) -> None:
    from cpdesk.tasks import exchange

    with opened() as desk, watched(_("Writing the package")) as progress:
        done = exchange.export(desk, package, None if to is None else digits.to_ascii(to), everything, progress)
    if as_json:
        json_line(done)
        return
    click.echo(
        _("Package {number} lies in “{file}”: {changes} changes of {records} records, {bytes} bytes.").format(
            number=digits.count(done.number),
            file=done.package,
            changes=digits.number(done.changes),
            records=digits.number(done.records),
            bytes=digits.number(done.bytes),
        )
    )


@command(
    "inspect",
    N_("Who sent a package, to whom, when, what it holds and what a merge would change. Reads only."),
)
@click.argument("package", type=PATH)
def inspect(package: Path, as_json: bool) -> None:
    from cpdesk.tasks import exchange

    with opened() as desk:
        found = exchange.inspect(desk, package)
    if as_json:
        json_line(found)
    elif found.status != "refused":
        _show_package(found)
    if found.status == "refused":
        raise Refusal(_("“{file}” was refused: {why}").format(file=found.package, why=found.why))


def _show_package(found: exchange.Inspected) -> None:
    state = _("nothing new") if found.status == "nothing new" else _("can be merged")
    rows = [
        (_("Package"), f"{found.package}"),
        (_("State"), state),
        (_("From"), " ".join(part for part in (found.office, found.name) if part)),
        (_("Fingerprint"), found.fingerprint or ""),
        (_("To"), found.to or ""),
        (_("Number"), "" if found.number is None else digits.count(found.number)),
        (_("Written"), moment(found.written_at) if found.written_at else ""),
        (_("Changes"), _("{total}, new here {changes}").format(
            total=digits.number(found.total), changes=digits.number(found.changes))),
        (_("Attached files"), digits.number(found.files) if found.files else ""),
        (_("Differences"), digits.number(found.conflicts)),
    ]  # fmt: skip
    pairs(row for row in rows if row[1])
    table(
        (_("Kind"), _("New"), _("Changed"), _("Deleted")),
        [(one.label, *(digits.number(n) for n in (one.new, one.changed, one.deleted))) for one in found.by_kind],
    )
    words = {"new": _("New"), "changed": _("Changed"), "deleted": _("Deleted"), "restored": _("Restored")}
    for one in found.items:
        click.echo(f"\n{words.get(one.what, one.what)}: {one.label}: {one.title}")
        pairs((f"  {field.label}", _change(field)) for field in one.fields)
    for one in found.differences:
        click.echo(f"\n{_('Differs')}: {one.label}: {one.title}")
        for field in one.fields:
            click.echo(f"  {field.label}")
            for side in field.sides:
                _show_side(side.shown, side, _("Here") if side.here else _("In the package"))


def _change(field: exchange.FieldChange) -> str:
    return f"{field.before} → {field.after}" if field.before else field.after


@command("merge", N_("Take packages in: each whole or not at all; a bad one is refused and the others go on."))
@click.argument("packages", metavar="PACKAGE...", type=PATH, nargs=-1, required=True)
@click.option("--dry-run", is_flag=True, help=N_("Only say what would happen."))
def merge(packages: tuple[Path, ...], dry_run: bool, as_json: bool) -> None:
    from cpdesk.tasks import exchange

    with opened() as desk, watched(_("Merging")) as progress:
        done = exchange.merge(desk, list(packages), dry_run, progress)
    for one in done:
        if as_json:
            json_line(one)
        elif one.status != "refused":
            click.echo(_merged(one, dry_run))
    refused = [one for one in done if one.status == "refused"]
    if refused:
        raise Refusal(
            " ".join(_("“{file}” was refused: {why}").format(file=one.package, why=one.why) for one in refused)
        )


def _merged(one: exchange.Merged, dry_run: bool) -> str:
    if one.status == "nothing new":
        return _("“{file}”: nothing new.").format(file=one.package)
    sentence = (
        _("“{file}” would bring {changes} changes of {records} records; {conflicts} would wait for a decision.")
        if dry_run
        else _("“{file}” is in: {changes} changes of {records} records; {conflicts} wait for a decision.")
    )
    told = sentence.format(
        file=one.package,
        changes=digits.number(one.changes),
        records=digits.number(one.records),
        conflicts=digits.number(one.conflicts),
    )
    files = ngettext("{count} attached file", "{count} attached files", one.files).format(
        count=digits.number(one.files)
    )
    return f"{told} ({files})" if one.files else told


@command("conflicts", N_("Differences that wait for a person."))
def conflicts(as_json: bool) -> None:
    from cpdesk.tasks import exchange

    with opened() as desk:
        found = exchange.conflicts(desk)
        for one in found:
            if as_json:
                json_line(_conflict_json(one))
            else:
                _show_conflict(desk, one)
        if not found and not as_json:
            click.echo(_("Nothing waits for a decision."))


def _conflict_json(one: exchange.Conflict) -> dict[str, object]:
    kind = _kind(one.kind)
    return {
        "id": one.id,
        "kind": one.kind,
        "field": one.field,
        "values": [
            {
                "value": _json(kind, one.field, side.value),
                "site": side.site,
                "office": side.office,
                "at": plain(side.at),
                "by": side.by,
            }
            for side in one.values
        ],
        "before": _json(kind, one.field, one.before),
    }


def _kind(name: str) -> Kind | None:
    """None for a kind that only a newer version knows."""
    return kinds.KINDS.get(name)


def _json(kind: Kind | None, field: str, value: Value) -> object:
    return value_json(kind, field, value) if kind else value


def _show_conflict(desk: Desk, one: exchange.Conflict) -> None:
    kind = _kind(one.kind)
    named = kind.field(one.field).label if kind and kind.has(one.field) else one.field
    click.echo(f"{kind.label if kind else one.kind}: {tasks.title(desk, one.id)}")
    click.echo(f"  {one.id}  {one.field}  ({named})")
    for side in one.values:
        _show_side(tasks.show_value(desk, kind, one.field, side.value) if kind else str(side.value), side)
    click.echo()


def _show_side(shown: str, side: exchange.Side | exchange.Voice, where: str = "") -> None:
    """One of the values of a difference, and under it who wrote it and when."""
    click.echo(f"  · {where and f'{where}: '}{shown or _('(blank)')}")
    click.echo(f"    {side.by}, {side.office}, {moment(side.at)}")


@command("resolve", N_("Settle a difference; the value that shall stand replaces all others."))
@click.argument("id_", metavar="ID")
@click.argument("field")
@click.option("--value", required=True, metavar="JSON", help=N_("The value that shall stand, as JSON."))
@click.option("--reason", metavar="TEXT", default="", help=N_("Why; it travels to the other offices."))
def resolve(id_: str, field: str, value: str, reason: str, as_json: bool) -> None:
    from cpdesk.tasks import exchange

    try:
        meant = json.loads(value)
    except (ValueError, RecursionError):
        raise BadInput(
            _("“{text}” is not JSON.").format(text=value[:60]),
            todo=_("Write text in quotation marks: --value '\"…\"'."),
        ) from None
    with opened() as desk:
        exchange.resolve(desk, id_, field, meant, reason)
    if as_json:
        json_line({"id": id_, "field": field})
    else:
        click.echo(_("Settled."))
