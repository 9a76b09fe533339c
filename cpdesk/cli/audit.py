"""Who did what, from the log; and what other offices hold of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from cpdesk.cli.base import Refusal, command, opened
from cpdesk.cli.show import json_line, moment, plain, table
from cpdesk.errors import BadInput
from cpdesk.i18n import N_, _
from cpdesk.khmer import dates, digits
from cpdesk.records import kind

if TYPE_CHECKING:
    from cpdesk.tasks import Desk

LINES = 50


@command("audit", N_("Who did what, from the log, the newest first; what was no change of a record stands there too."))
@click.option("--from", "since", metavar="DAY", help=N_("From that day on."))
@click.option("--until", metavar="DAY", help=N_("To that day, which counts too."))
@click.option("--by", metavar="NAME", help=N_("What that person did."))
@click.option("--kind", "kinds", metavar="KIND", multiple=True, help=N_("Records of that kind only; “deed” for deeds."))
@click.option("--limit", type=click.IntRange(1, 100_000), default=LINES, help=N_("At most so many lines."))
@click.option("--sums", is_flag=True, help=N_("Only how much each person did, week by week."))
@click.option("--proof", "proofs", is_flag=True, help=N_("What other offices hold of this log, beside the log."))
@click.option("--code", metavar="CODE", help=N_("Compare the code of a log that stands on a receipt with this log."))
def audit(
    since: str | None,
    until: str | None,
    by: str | None,
    kinds: tuple[str, ...],
    limit: int,
    sums: bool,
    proofs: bool,
    code: str | None,
    as_json: bool,
) -> None:
    wanted = [kind(name).name for name in kinds] or None
    first, last = _day(since), _day(until)
    with opened() as desk:
        if code is not None:
            _code(desk, code, as_json)
        elif proofs:
            _proof(desk, as_json)
        elif sums:
            _sums(desk, first, last, by, wanted, as_json)
        else:
            _entries(desk, first, last, by, wanted, limit, as_json)


def _day(text: str | None) -> date | None:
    try:
        return dates.parse(text, date.today()) if text is not None else None
    except ValueError:
        raise BadInput(
            _("“{text}” is not a day that cpdesk knows.").format(text=str(text)[:40]),
            todo=_("Type it like 2022-06-23."),
        ) from None


def _entries(
    desk: Desk, first: date | None, last: date | None, by: str | None, wanted: list[str] | None, limit: int,
    as_json: bool,
) -> None:  # fmt: skip
    from cpdesk.tasks import audit_book
    from cpdesk.tasks.board import office_name

    found = audit_book.entries(desk, first, last, by, wanted, limit=limit)
    if as_json:
        json_line(found)
        return
    rows = []
    for one in found:
        what = one.title if one.what == audit_book.DID else f"{one.label}: {one.title}"
        where = "" if one.imported is None else f"{office_name(one.office)} {digits.count(one.number or 0)}"
        rows.append((moment(one.at), one.who, audit_book.did(one), what, where or _("here"), one.odd or one.reason))
    head = (_("When"), _("Who"), _("What was done"), _("To what"), _("From"), _("Remark"))
    table(head, rows)


def _sums(
    desk: Desk, first: date | None, last: date | None, by: str | None, wanted: list[str] | None, as_json: bool
) -> None:
    from cpdesk.tasks import audit_book
    from cpdesk.tasks.board import office_name

    found = audit_book.tallies(desk, first, last, by, wanted, weeks=True)
    if as_json:
        json_line(found)
        return
    rows = [
        (dates.short(one.start), one.who, office_name(one.office), digits.number(one.saves), digits.number(one.records))
        for one in found
    ]
    table((_("Week of"), _("Who"), _("Office"), _("Changes"), _("Records")), rows)


def _proof(desk: Desk, as_json: bool) -> None:
    from cpdesk.tasks import proof, proof_words

    found = proof.proof(desk)
    if as_json:
        json_line({"fits": found.fits, **plain(found)})
        return
    if not found.receipts:
        click.echo(_("No other office has said yet what it holds of this log."))
    for one in found.receipts:
        click.echo(proof_words.receipt(one))
    for told in found.notices:
        parts = (moment(told.at), proof_words.headline(told), proof_words.source(told))
        click.echo("  ".join(filter(None, parts)))


def _code(desk: Desk, code: str, as_json: bool) -> None:
    from cpdesk.tasks import log_codes

    found = log_codes.match(desk, code)
    if as_json:
        json_line(found)
    elif found.holds:
        click.echo(log_codes.told(found))
    if not found.holds:
        raise Refusal(log_codes.told(found))
