"""The command that saves what can be read of a damaged desk."""

from __future__ import annotations

from pathlib import Path

import click

from cpdesk.cli import asking
from cpdesk.cli.base import PATH, command, watched
from cpdesk.cli.show import json_line
from cpdesk.i18n import N_, _
from cpdesk.tasks import salvaging


@command(
    "salvage", N_("A new desk of what can be read of a damaged one, which is only read; an existing file is refused.")
)
@click.argument("damaged", metavar="DESK", type=PATH)
@click.argument("file", metavar="NEW", type=PATH)
@click.option(
    "--report", type=PATH, metavar="FILE", help=N_("Write what came along and what is lost into a text file.")
)
def salvage(damaged: Path, file: Path, report: Path | None, as_json: bool) -> None:
    password = asking.password() if salvaging.wants_password(damaged) else None
    with watched(_("Reading what can be read…")) as progress:
        outcome = asking.patiently(lambda: salvaging.salvaged(damaged, file, progress, password))
    if report is not None:
        salvaging.write_report(outcome, report)
    if as_json:
        json_line(_facts(outcome))
        return
    for sentence in (outcome.came, *outcome.lost):
        click.echo(sentence)
    for name in (*outcome.incomplete, *outcome.files):
        click.echo(f"  {name}")


def _facts(outcome: salvaging.Outcome) -> dict[str, object]:
    found = outcome.found
    gaps = [
        {"office": gap.office, "scope": gap.scope, "site": gap.site, "mine": gap.mine, "ranges": [*gap.ranges]}
        for gap in found.gaps
    ]
    return {
        "desk": str(outcome.file),
        "whole": found.whole,
        "pages": found.pages,
        "lost_pages": found.lost,
        "changes": found.ops,
        "records": found.records,
        "files": found.files,
        "gaps": gaps,
        "incomplete": found.incomplete,
        "gone": found.gone,
        "unproved": found.unproved,
        "lost_files": found.files_lost,
        "keys_lost": found.keys_lost,
        "cards_lost": found.cards_lost,
        "notes_lost": found.notes_lost,
        "guessed": found.guessed,
        "told": [outcome.came, *outcome.lost],
    }
