"""Commands for other offices and their computers: cards taken, compared, replaced and withdrawn."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdesk.cli.base import PATH, command, opened
from cpdesk.cli.show import json_line, moment, pairs, plain, table
from cpdesk.i18n import N_, _
from cpdesk.khmer import digits
from cpdesk.kinds import Date

if TYPE_CHECKING:
    from cpdesk.tasks import exchange


@command("card", N_("This office's public card, to be carried to the other side."))
@click.argument("file", type=PATH)
def card(file: Path, as_json: bool) -> None:
    from cpdesk.tasks import exchange

    with opened() as desk:
        _card(exchange.write_card(desk, file), as_json)


@command("join", N_("Take the card of the office above: packages go there from then on."))
@click.argument("card", metavar="CARD", type=PATH)
@click.option("--replaces", metavar="TEXT", help=N_("The fingerprint of the computer in whose place it comes."))
def join(card: Path, replaces: str | None, as_json: bool) -> None:
    from cpdesk.tasks import exchange

    with opened() as desk:
        _card(exchange.join(desk, card, replaces), as_json)


@command("enrol", N_("Accept a lower office by its card."))
@click.argument("card", metavar="CARD", type=PATH)
@click.option("--fingerprint", metavar="TEXT", help=N_("Compare with the fingerprint printed on paper."))
@click.option("--replaces", metavar="TEXT", help=N_("The fingerprint of the computer in whose place it comes."))
def enrol(card: Path, fingerprint: str | None, replaces: str | None, as_json: bool) -> None:
    from cpdesk.tasks import exchange

    with opened() as desk:
        _card(exchange.enrol(desk, card, fingerprint, replaces), as_json)


def _card(info: exchange.CardInfo, as_json: bool) -> None:
    if as_json:
        json_line(info)
        return
    pairs([(_("Office"), f"{info.office}  {info.name}"), (_("Fingerprint"), info.fingerprint)])


@command("offices", N_("Who is enrolled, with the last package and what is missing."))
def offices(as_json: bool) -> None:
    from cpdesk.tasks import exchange

    with opened() as desk:
        rows = exchange.offices(desk)
    if as_json:
        for row in rows:
            json_line(row)
        return
    table(
        (_("Office"), _("Name"), _("State"), _("Last package"), _("Missing"), _("Fingerprint")),
        [
            (
                row.office,
                row.name,
                _("revoked") if row.revoked else _("enrolled"),
                "" if row.last_package is None else digits.count(row.last_package),
                ", ".join(digits.count(n) for n in row.missing),
                row.fingerprint,
            )
            for row in rows
        ],
    )


@command("revoke", N_("Withdraw an office, or one of its computers: its packages are refused from now on."))
@click.argument("office")
@click.option("--fingerprint", metavar="TEXT", help=N_("Only the computer with this fingerprint."))
def revoke(office: str, fingerprint: str | None, as_json: bool) -> None:
    from cpdesk.tasks import exchange

    office = digits.to_ascii(office)
    with opened() as desk:
        gone = exchange.revoke(desk, office, fingerprint)
        told = [exchange.held(desk, one.fingerprint) for one in gone]
    if as_json:
        json_line({"office": office, "revoked": True, "held": [plain(one) for one in told]})
        return
    if fingerprint is None:
        click.echo(_("Packages of office {office} are refused from now on.").format(office=office))
    else:
        click.echo(_("Packages of this computer are refused from now on. What it had delivered stays."))
    for one in told:
        _held(one)


@command("held", N_("What a computer wrote and what it had of others, as when it was lost."))
@click.argument("fingerprint")
@click.option("--since", metavar="DATE", help=N_("The day from which on it may have been in other hands."))
def held(fingerprint: str, since: str | None, as_json: bool) -> None:
    from cpdesk.tasks import exchange

    day = Date().check(since)
    start = datetime.fromisoformat(str(day)).astimezone() if day else None
    with opened() as desk:
        told = exchange.held(desk, fingerprint, start)
    if as_json:
        json_line(told)
    else:
        _held(told)


def _held(one: exchange.Held) -> None:
    pairs([
        (_("Fingerprint"), one.card.fingerprint),
        (_("Last package"), "" if one.last_package is None else digits.count(one.last_package)),
        (_("Through"), moment(one.through) if one.through else ""),
    ])  # fmt: skip
    table(
        (_("Scope"), _("Changes"), _("Records"), _("Through"), _("Later")),
        [
            (w.scope, digits.number(w.changes), digits.number(w.records), moment(w.through) if w.through else "",
             digits.number(w.later))
            for w in one.wrote
        ],
    )  # fmt: skip
    for known in one.knew:
        click.echo(
            _("It had {changes} changes of office {office} in scope {scope}.").format(
                changes=digits.number(known.changes), office=known.office, scope=known.scope
            )
        )
    for late in one.later:
        click.echo(f"  {late.id}  {late.title}  ({late.by}, {moment(late.at) if late.at else ''})")
