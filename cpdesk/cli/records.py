"""Commands for records: their kinds, keeping, reading, deleting, printing."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from cpdesk import records as kinds
from cpdesk.cli.base import PATH, command, opened
from cpdesk.cli.show import json_line, moment, one_line, pairs, plain, record_json, table, value_json
from cpdesk.errors import BadInput
from cpdesk.files import disk_troubles
from cpdesk.i18n import N_, _, ngettext
from cpdesk.khmer import digits
from cpdesk.kinds import Flag, Kind, Value
from cpdesk.store import Desk, Record
from cpdesk.tasks import forms
from cpdesk.tasks import records as tasks
from cpdesk.tasks.papers import FORMS, Choices
from cpdesk.tasks.papers.titles import title
from cpdesk.tasks.purposes import may_see

YES, NO = ("true", "yes", "1", "បាទ", "ចាស"), ("false", "no", "0", "ទេ")


@command("kinds", N_("Every kind of record: its fields, their types, what is required, choices, limits."))
def kinds_(as_json: bool) -> None:
    if as_json:
        json_line([_kind_json(kind) for kind in kinds.KINDS.values()])
        return
    for kind in kinds.KINDS.values():
        click.echo(f"{kind.label}  ({kind.name})")
        rows = [(f.name, f.label, "✓" * f.required, _type_words(f.type.facts(), f.type.name)) for f in kind.fields]
        table((_("Field"), _("Name"), _("Required"), _("Sort of value")), rows, widest=1000)
        click.echo()


def _kind_json(kind: Kind) -> dict[str, object]:
    return {
        "kind": kind.name,
        "km": kind.km,
        "en": kind.en,
        "built_in": kind.built_in,
        "parent": kind.parent,
        "title": list(kind.title),
        "fields": [
            {
                "name": field.name,
                "type": field.type.name,
                "required": field.required,
                "private": field.private,
                "km": field.km,
                "en": field.en,
                **field.type.facts(),
            }
            for field in kind.fields
        ],
    }


def _type_words(facts: dict[str, object], name: str) -> str:
    choices, of = facts.get("choices"), facts.get("kinds")
    if isinstance(choices, list):
        return " | ".join(str(one["key"]) for one in choices)
    return f"{name} → {', '.join(map(str, of))}" if isinstance(of, list) else name


@command("put", N_("Make or update records from JSON lines of a file or standard input: all of them or none."))
@click.argument("kind")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True), default="-")
def put(kind: str, file: Path, as_json: bool) -> None:
    from cpdesk.tasks.batch import put_lines

    with opened() as desk, _reading(file) as lines:
        done = put_lines(desk, kind, lines)
    if as_json:
        for saved in done:
            json_line({"id": saved.id, "changed": list(saved.changed)})
        return
    changed = sum(bool(saved.changed) for saved in done)
    click.echo(
        ngettext(
            "{count} record kept, {changed} changed.", "{count} records kept, {changed} changed.", len(done)
        ).format(count=digits.count(len(done)), changed=digits.count(changed))
    )
    for saved in done:
        click.echo(saved.id)


@contextlib.contextmanager
def _reading(file: Path) -> Iterator[Iterable[bytes]]:
    """The lines of a file, or of standard input for "-"."""
    if str(file) == "-":
        yield sys.stdin.buffer
        return
    with disk_troubles(file), file.open("rb") as lines:
        yield lines


@command("get", N_("One record; with --history every change of every field."))
@click.argument("id_", metavar="ID")
@click.option("--history", "with_history", is_flag=True, help=N_("Every change of every field, oldest first."))
@click.option("--show-personal", is_flag=True, help=N_("Phone numbers in full."))
def get(id_: str, with_history: bool, show_personal: bool, as_json: bool) -> None:
    with opened() as desk:
        record = tasks.get(desk, id_)
        own = may_see(desk)
        written = list(_history(desk, record, own)) if with_history else []
        if as_json:  # for programs, which write again what they read: whole
            json_line(record_json(record, own) | ({"history": written} if with_history else {}))
            return
        _show_record(desk, record, show_personal and own)
        if written:
            click.echo()
            _show_history(desk, record)


def _history(desk: Desk, record: Record, own: bool) -> Iterator[dict[str, object]]:
    for one in tasks.history(desk, record.id):
        hidden = not own and record.kind.has(one.field) and record.kind.field(one.field).personal
        yield {
            "field": one.field,
            "value": None if hidden else value_json(record.kind, one.field, one.value),
            "site": one.site,
            "office": one.office,
            "at": one.at.isoformat(),
            "by": one.by,
            "standing": one.standing,
        }


def _show_record(desk: Desk, record: Record, whole: bool) -> None:
    click.echo(f"{record.kind.label}: {tasks.named(desk, record)}")
    rows = [
        (field.label, record.text(field.name) if field.personal and whole else tasks.show(desk, record, field.name))
        for field in record.kind.fields
        if record[field.name] is not None
    ]
    pairs([*rows, (_("Id"), record.id)])
    if record.deleted and not record.removed:
        click.echo(_("This record lies in the bin."))
    if record.differences:
        click.echo(
            ngettext("{count} field waits for a decision.", "{count} fields wait for a decision.", record.differences)
            .format(count=digits.count(record.differences))
        )  # fmt: skip


def _show_history(desk: Desk, record: Record) -> None:
    table(
        (_("When"), _("Who"), _("Office"), _("Field"), _("Value")),
        [
            (moment(one.at), one.by, one.office, *_written(desk, record.kind, one.field, one.value))
            for one in tasks.history(desk, record.id)
        ],
    )


def _written(desk: Desk, kind: Kind, field: str, value: Value) -> tuple[str, str]:
    """A field's name and a value of it, as people read them."""
    if field == "_deleted":
        return _("in the bin"), Flag().show(bool(value))
    label = kind.field(field).label if kind.has(field) else field
    return label, tasks.show_value(desk, kind, field, value)


@command("list", N_("The records of a kind, one a line."))
@click.argument("kind")
@click.option("--where", multiple=True, metavar="FIELD=VALUE", help=N_("Only those; may be said several times."))
@click.option("--search", default="", metavar="TEXT", help=N_("Only those that hold these words."))
@click.option("--deleted", is_flag=True, help=N_("What lies in the bin."))
@click.option("--limit", type=click.IntRange(min=1), help=N_("At most so many."))
def list_(
    kind: str, where: tuple[str, ...], search: str, deleted: bool, limit: int | None, as_json: bool
) -> None:  # fmt: skip
    whole = kinds.kind(kind)
    wanted = dict(_condition(whole, one) for one in where)
    with opened() as desk:
        found = tasks.find(desk, kind, wanted, search, deleted=deleted, limit=limit)
        if as_json:
            for record in found:
                json_line(record_json(record, may_see(desk)))
            return
        fields = [f for f in whole.fields if f.type.name != "order" and not getattr(f.type, "long", False)][:4]
        table(
            (_("Id"), *(field.label for field in fields)),
            [(record.id, *(one_line(tasks.show(desk, record, f.name), 40) for f in fields)) for record in found],
        )
        if sys.stdout.isatty():
            click.echo(
                ngettext("{count} record", "{count} records", len(found)).format(count=digits.count(len(found))),
                err=True,
            )


def _condition(kind: Kind, text: str) -> tuple[str, Value]:
    """FIELD=VALUE as typed: Khmer digits, labels of choices, nothing behind the sign for blank."""
    name, sign, value = text.partition("=")
    name = name.strip()
    if not sign:
        raise BadInput(_("--where wants FIELD=VALUE, not “{text}”.").format(text=text[:60]))
    if not kind.has(name):
        raise BadInput(_("{kind} has no field “{field}”.").format(kind=kind.label, field=name))
    field = kind.field(name)
    if isinstance(field.type, Flag) and value.strip().casefold() in (*YES, *NO):
        return name, value.strip().casefold() in YES
    try:
        return name, field.type.parse(value)
    except ValueError as why:
        raise BadInput(f"{field.label}: {why}") from None


@command("delete", N_("Put a record and its parts in the bin."))
@click.argument("id_", metavar="ID")
def delete(id_: str, as_json: bool) -> None:
    with opened() as desk:
        gone = tasks.delete(desk, id_).ids
        _said(desk, id_, gone, as_json, _("In the bin: {title}"))


@command("undelete", N_("Bring a record back from the bin, with the parts that went with it."))
@click.argument("id_", metavar="ID")
def undelete(id_: str, as_json: bool) -> None:
    with opened() as desk:
        back = tasks.undelete(desk, id_).ids
        _said(desk, id_, back, as_json, _("Back from the bin: {title}"))


def _said(desk: Desk, id_: str, ids: tuple[str, ...], as_json: bool, sentence: str) -> None:
    if as_json:
        json_line({"id": id_, "records": list(ids)})
    else:
        click.echo(sentence.format(title=tasks.title(desk, id_)))


def _forms() -> tuple[str, list[tuple[str, str]]]:
    """Every form with what its ID names."""
    about = {
        "meeting": "MEETING",
        "plan": "PLAN",
        "area": "PLACE/2022",
        "record": "RECORD",
        "kind": "KIND",
        "package": "NUMBER (cpdesk packages)",
        "register": "SERIES/2022",
        "office": "OFFICE",
        "person": "PERSON",
    }
    more = {
        "invitation": "MEETING, MEETING/PERSON",
        "follow_ups": "MEETING, all, all/DUE",
        "progress_report": "PLAN, PLAN/2022Q2, PLAN/2022S1, PLAN/2022",
        "plan_matrix": "PLAN, PLAN/A3",
        "compare": "PLAN, PLAN/1, PLAN/VERSION, PLAN/PLAN",
        "vulnerability_profile": "PLACE/2022, PLACE/2022/public",
        "list": "KIND, KIND/WORDS",
        "card": "OFFICE, own",
        "board": "own",
    }
    rows = [(name, f"{more.get(name, about[form.about])}  ({title(name)})") for name, form in FORMS.items()]
    return _("FORM, and what stands for its ID"), rows


@command("print", N_("A form as PDF, Word or Excel: what it is about stands as ID."), more=_forms)
@click.argument("form", type=click.Choice((*forms.FORMS, *forms.FORMER_NAMES)), metavar="FORM")
@click.argument("id_", metavar="ID")
@click.argument("pdf", type=PATH)
@click.option("--format", "to", type=click.Choice(forms.FILE_TYPES), help=N_("Without it, the file's ending says."))
@click.option("--phones-for", default="", metavar="PURPOSE", help=N_("Phone numbers in full, and what for."))
def print_(form: str, id_: str, pdf: Path, to: forms.FileType | None, phones_for: str, as_json: bool) -> None:
    choices = Choices(phones=phones_for)
    with opened() as desk:
        done = forms.print_form(desk, forms.FORMER_NAMES.get(form, form), id_, pdf, choices, to)
    if as_json:
        json_line(plain(done))
    elif done.pages:
        click.echo(
            ngettext("“{file}”, {pages} page", "“{file}”, {pages} pages", done.pages).format(
                file=done.file, pages=digits.count(done.pages)
            )
        )
    else:
        click.echo(_("“{file}” is written.").format(file=done.file))
    if done.lacks and not as_json:
        click.echo(done.lacks)
