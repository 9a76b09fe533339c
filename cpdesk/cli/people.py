"""Commands for what the desk has on a person: shown to them, removed when they ask, needed no more."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdesk.cli.base import PATH, command, opened
from cpdesk.cli.show import json_line, moment, pairs, plain, table
from cpdesk.errors import BadInput
from cpdesk.i18n import N_, _, ngettext
from cpdesk.khmer import dates, digits

if TYPE_CHECKING:
    from cpdesk.tasks import personal


@command("person", N_("All that the desk has on a person: why, where, who wrote it, who else has it."))
@click.argument("id_", metavar="ID")
@click.option("--pdf", type=PATH, metavar="FILE", help=N_("Write it as an official paper for the person."))
@click.option("--show-personal", is_flag=True, help=N_("Phone numbers in full."))
def person(id_: str, pdf: Path | None, show_personal: bool, as_json: bool) -> None:
    from cpdesk.tasks import forms, personal

    with opened() as desk:
        whole = personal.may_see(desk) if as_json else show_personal
        found = personal.about(desk, id_, whole=whole)
        if pdf is not None:
            forms.print_form(desk, "personal_data", id_, pdf)
    if as_json:
        json_line(_about_json(found) | ({"file": str(pdf)} if pdf else {}))
        return
    _show(found)
    if pdf is not None:
        click.echo(_("“{file}” is written.").format(file=pdf))


def _about_json(found: personal.About) -> dict[str, object]:
    return {
        "id": found.person.id,
        "name": found.name,
        "facts": {name: value for name, _label, value in found.facts},
        "purpose": {"key": found.purpose.key, "since": found.purpose.since.isoformat(), "chosen": found.purpose.chosen},
        "objection": found.objection,
        "places": plain(found.places),
        "written": plain(found.hands),
        "shared": plain(found.holders),
    }


def _show(found: personal.About) -> None:
    click.echo(found.name)
    rows = [(label, value) for _name, label, value in found.facts]
    rows.append((_("Purpose"), found.purpose.words()))
    if found.objection:
        rows.append((_("The person says"), found.objection))
    pairs(rows)
    if found.places:
        click.echo()
        table(
            (_("Where"), _("As what"), _("Last written by"), _("When")),
            [(one.title, one.words, one.by, moment(one.at)) for one in found.places],
        )
    click.echo()
    table(
        (_("Who wrote"), _("Office"), _("From"), _("Until"), _("Changes")),
        [(one.who, one.office, moment(one.began), moment(one.ended), digits.count(one.changes)) for one in found.hands],
    )
    for holder in found.holders:
        words = _("{office} has it.") if holder.sure else _("It was sent to {office}.")
        click.echo(words.format(office=holder.name))


@command("remove-person", N_("Remove a person who asks for it: for good, here and with the next packages everywhere."))
@click.argument("id_", metavar="ID")
@click.option("--name", default="", metavar="NAME", help=N_("The person's name in Khmer, so that nobody else goes."))
@click.option("--texts", is_flag=True, help=N_("Take the name out of free texts too."))
@click.option("--copies", is_flag=True, help=N_("Delete the older copies of the desk on this computer."))
@click.option("--dry-run", is_flag=True, help=N_("Only say what would happen."))
def remove_person(id_: str, name: str, texts: bool, copies: bool, dry_run: bool, as_json: bool) -> None:
    from cpdesk.khmer.spelling import loose
    from cpdesk.tasks import personal

    with opened() as desk:
        told = personal.look(desk, id_)
        if not dry_run:
            if loose(name) != loose(personal.of_person(desk, id_).title):
                raise BadInput(
                    _("The name after --name is not the person's."),
                    _("Nothing was changed."),
                    _("Look with --dry-run whom the id names: there is no way back."),
                )
            done = personal.remove(desk, id_, texts=texts, copies=copies)
    if dry_run:
        json_line(_removal_json(told)) if as_json else _show_removal(told)
    elif as_json:
        json_line({"id": id_, **plain(asdict(done))})
    else:
        count = len(done.ids)
        words = ngettext("{count} record was taken out.", "{count} records were taken out.", count)
        click.echo(words.format(count=digits.count(count)))
        for file in done.left:
            click.echo(_("An older copy still holds it: “{file}”").format(file=file))
        if not done.wiped:
            click.echo(_("Something else uses the file: its free places are wiped the next time."), err=True)


def _removal_json(told: personal.Removal) -> dict[str, object]:
    return {
        "id": told.person,
        "name": told.name,
        "refused": told.refused,
        "goes": [{"what": what, "records": count} for what, count in told.goes],
        "stays": plain(told.stays),
        "texts": [{"id": one.record.id, "field": one.field, "words": one.words} for one in told.texts],
        "shared": plain(told.holders),
        "copies": plain(told.copies),
    }


def _show_removal(told: personal.Removal) -> None:
    click.echo(told.refused or told.name)
    pairs([(what, digits.count(count)) for what, count in told.goes])
    for stays in told.stays:
        click.echo(f"{stays.title} · {stays.rule}")
    for text in told.texts:
        click.echo(_("Names the person: {words}").format(words=text.words))
    for file in told.copies:
        click.echo(_("An older copy still holds it: “{file}”").format(file=file))


@command("unneeded", N_("People whose data nobody needs any more, the longest unused first."))
@click.option("--years", type=click.IntRange(1, 30), help=N_("Unused for so many years; else what the settings say."))
def unneeded(years: int | None, as_json: bool) -> None:
    from cpdesk.tasks import personal

    with opened() as desk:
        found = personal.unneeded(desk, years)
    if as_json:
        for one in found:
            json_line({"id": one.person.id, "name": one.name, "used": one.used, "why": one.why, "places": one.places})
        return
    rows = [(one.person.id, one.name, dates.short(one.used), one.why) for one in found]
    table((_("Id"), _("Name"), _("Last use"), _("Why")), rows)
