"""Several papers by one command, and the manual."""

from __future__ import annotations

from pathlib import Path

import click

from cpdesk.cli.base import PATH, Refusal, command, opened, watched
from cpdesk.cli.show import json_line, plain
from cpdesk.i18n import N_, _
from cpdesk.tasks import forms, manual, paper_batch
from cpdesk.tasks.papers.titles import title


@command("print-all", N_("The papers of a meeting as files, in a new folder of FOLDER that is named after it."))
@click.argument("meeting")
@click.argument("folder", type=PATH)
@click.option(
    "--form", "wanted", multiple=True, type=click.Choice(paper_batch.OF_A_MEETING), help=N_("These only; else all.")
)
@click.option(
    "--format", "types", multiple=True, type=click.Choice(forms.FILE_TYPES), help=N_("These files; else PDF.")
)
def print_all(
    meeting: str, folder: Path, wanted: tuple[str, ...], types: tuple[forms.FileType, ...], as_json: bool
) -> None:
    with opened() as desk, watched(_("Saving papers")) as progress:
        made = paper_batch.save_all(
            desk, meeting, wanted or paper_batch.OF_A_MEETING, folder, types or ("pdf",), progress
        )
    if as_json:
        json_line(plain(made))
    else:
        for file in made.files:
            click.echo(str(file))
        if made.numberless:
            named = ", ".join(map(title, made.numberless))
            click.echo(_("Without a letter number, which who may only read cannot give: {names}.").format(names=named))
    lacks = [f"{title(one.form)}: {one.why}" for one in made.refused]
    if made.left:
        lacks.append(_("Not written: {names}.").format(names=", ".join(map(title, made.left))))
    if made.problem:
        lacks.append(made.problem)
    if lacks:
        raise Refusal(" ".join(lacks))


@command("manual", N_("The manual of the program as FILE, in the language of the call: PDF, or .docx or .xlsx."))
@click.argument("file", type=PATH)
def print_manual(file: Path, as_json: bool) -> None:
    """Without the list of keys, which the window alone knows."""
    manual.save(file, to=forms.type_of(file))
    if as_json:
        json_line({"file": str(file)})
    else:
        click.echo(str(file))
