"""Commands for whole desks: making, checking, copying; the demo; the lunar line of a day."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path

import click

from cpdesk import settings
from cpdesk.cli import asking
from cpdesk.cli.base import DESK, PATH, Call, Refusal, command, open_window, opened, watched
from cpdesk.cli.keys import show_code
from cpdesk.cli.show import json_line, pairs, plain
from cpdesk.errors import BadInput
from cpdesk.i18n import N_, _
from cpdesk.khmer import dates, digits, lunar
from cpdesk.tasks import association, backups
from cpdesk.tasks import desk as tasks


@command("init", N_("A new desk for an office, by its official code; an existing file is refused."))
@click.argument("file", type=PATH)
@click.option(
    "--office",
    required=True,
    metavar="CODE",
    help=N_("The office's code in the gazetteer, such as 0801; 00 for the national level."),
)
@click.option("--name", required=True, metavar="NAME", help=N_("The officer's name, kept beside each change."))
@click.option("--locked", is_flag=True, help=N_("Lock it with a password from its first byte on."))
def init(file: Path, office: str, name: str, locked: bool, as_json: bool) -> None:
    password = asking.new_password() if locked else ""
    with tasks.create(file, digits.to_ascii(office), name, password) as desk:
        settings.used(file)
        code = desk.recovery_code
        if as_json:
            made = {"desk": str(file), "site": desk.site, "office": desk.office}
            json_line({**made, **({"recovery_code": code} if code else {})})
            return
        click.echo(_("A new desk for {office}: “{file}”").format(office=tasks.office(desk).title, file=file))
        if code:
            show_code(code)


@command("open", N_("Open the window and look into packages and cards, or open a desk. “open” may be left out."))
@click.argument("files", metavar="FILE...", type=PATH, nargs=-1, required=True)
def open_(files: tuple[Path, ...], as_json: bool) -> None:  # noqa: ARG001
    call = click.get_current_context().find_object(Call) or Call()
    desks = [file for file in files if file.suffix.lower() == DESK]
    others = [file for file in files if file not in desks]
    click.get_current_context().exit(open_window(desks[-1] if desks else call.desk, others))


@command("check", N_("Is the desk whole: its file, its log, what it shows? Repairs nothing."))
def check(as_json: bool) -> None:
    from cpdesk.tasks import proof, proof_words

    with opened() as desk:
        health = tasks.check(desk)
        receipts = proof.proof(desk).receipts
    if as_json:
        found = {"ok": health.ok, "ops": health.ops, "records": health.records, "problems": health.problems}
        json_line({**found, "files": health.files, "awaited": health.awaited, "receipts": plain(receipts)})
    elif health.ok:
        click.echo(
            _("The desk is whole: {records} records, {ops} changes.").format(
                records=digits.number(health.records), ops=digits.number(health.ops)
            )
        )
    if not as_json:
        for one in receipts:
            click.echo(proof_words.receipt(one))
    if not health.ok:
        raise Refusal(" ".join(health.problems))


@command("backup", N_("A whole, verified copy of the desk, also while it is in use."))
@click.argument("file", type=PATH)
def backup(file: Path, as_json: bool) -> None:
    with opened() as desk, watched(_("Backing up…")) as progress:
        made = backups.by_hand(desk, file, progress)
    _copied(tasks.Copied(made.file, made.records), as_json)


@command("restore", N_("A desk again from a copy; an existing file is refused."))
@click.argument("copy", metavar="BACKUP", type=PATH)
@click.argument("file", type=PATH)
def restore(copy: Path, file: Path, as_json: bool) -> None:
    from cpdesk.tasks import keys

    password = asking.password() if keys.state(copy).kind == "locked" else None
    _copied(asking.patiently(lambda: tasks.restore(copy, file, password)), as_json)


def _copied(copied: tasks.Copied, as_json: bool) -> None:
    if as_json:
        json_line(plain(copied))
    else:
        click.echo(_("“{file}”: {records} records").format(file=copied.file, records=digits.number(copied.records)))


@command("associate", N_("Let a double click on desks, packages, cards and backups open cpdesk, for you alone."))
@click.option("--remove", is_flag=True, help=N_("No longer."))
def associate(remove: bool, as_json: bool) -> None:
    (association.take_off if remove else association.put_on)()
    if as_json:
        json_line({"associated": association.is_on()})
    else:
        click.echo(
            _("A double click no longer opens this program.")
            if remove
            else _("From now on a double click opens these files here.")
        )


@command("lunar", N_("The Khmer lunar date of a day, such as 2022-06-23 or 23/6/2022."))
@click.argument("day", metavar="DATE")
def lunar_(day: str, as_json: bool) -> None:
    try:
        when = dates.parse(day, date.today())
        found = lunar.lunar(when)
        line = lunar.line(when)
    except ValueError:
        raise BadInput(
            _("“{text}” is not a day that cpdesk knows.").format(text=day[:40]),
            todo=_("Type it like 2022-06-23."),
        ) from None
    if as_json:
        json_line({"date": when.isoformat(), "km": line, "solar": dates.official(when), **asdict(found)})
    else:
        pairs([(dates.long(when), line)])


@command("demo", N_("Build the story of a real meeting in a folder: desks, packages, PDFs."))
@click.argument("folder", metavar="DIR", type=PATH)
def demo(folder: Path, as_json: bool) -> None:
    from cpdesk.tasks.demo import build

    with watched(_("Building the story")) as progress:
        story = build(folder, progress)
    if as_json:
        json_line({"desks": plain(story.desks), "packages": plain(story.packages), "pdfs": plain(story.pdfs)})
        return
    for sentence in story.told:
        click.echo(sentence)
    for head, files in (
        (_("Desks"), story.desks),
        (_("Packages"), story.packages),
        (_("Papers"), story.pdfs),
    ):
        click.echo(f"\n{head}")
        for file in files:
            click.echo(f"  {file}")
