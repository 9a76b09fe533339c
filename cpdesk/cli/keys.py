"""Commands for passwords, the recovery code, the officers of a desk, and the help of the office above."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cpdesk.cli import asking
from cpdesk.cli.base import PATH, command, opened, the_desk, watched
from cpdesk.cli.show import json_line, pairs, plain, table
from cpdesk.errors import BadInput, NotFound
from cpdesk.i18n import N_, _
from cpdesk.khmer.spelling import fold
from cpdesk.records import kind
from cpdesk.records.officers import ROLES

if TYPE_CHECKING:
    from cpdesk.tasks import Desk
    from cpdesk.tasks.officers import Officer


@command("password", N_("Set or change your own password. The first one locks the desk and gives the recovery code."))
@click.option("--suggest", is_flag=True, help=N_("Only print four random Khmer words."))
@click.option("--take-off", is_flag=True, help=N_("Leave the desk open from now on; where you are its only officer."))
def password(suggest: bool, take_off: bool, as_json: bool) -> None:
    from cpdesk.tasks import keys

    if suggest:
        words = keys.four_words()
        json_line({"password": words}) if as_json else click.echo(words)
        return
    with opened() as desk:
        if take_off:
            keys.leave_open(desk, asking.password())
            _stands(desk, None, as_json)
            return
        old = "" if desk.who is None else asking.password()
        _stands(desk, keys.set_password(desk, asking.new_password(), old), as_json)


def _stands(desk: Desk, code: str | None, as_json: bool) -> None:
    from cpdesk.tasks import keys

    kind_ = keys.state(desk.path).kind
    if as_json:
        json_line({"desk": str(desk.path), "state": kind_, **({} if code is None else {"recovery_code": code})})
        return
    click.echo(
        _("The desk is open: whoever can use your account on this computer can open it.")
        if kind_ == "open"
        else _("The desk is locked with a password.")
    )
    if code is not None:
        show_code(code)


def show_code(code: str) -> None:
    click.echo(f"\n    {code}\n")
    click.echo(_("This is the recovery code. Write it down now and keep it where the desk is not: it is shown once."))


@command("code", N_("A new recovery code; the one before is dead."))
def code(as_json: bool) -> None:
    from cpdesk.tasks import keys

    with opened() as desk:
        made = keys.new_code(desk)
    json_line({"recovery_code": made}) if as_json else show_code(made)


@command("recover", N_("Open a desk with its recovery code, and give an officer a new password."))
@click.option("--officer", metavar="NAME", default="", help=N_("Who you are, where the desk has several officers."))
def recover(officer: str, as_json: bool) -> None:
    from cpdesk.tasks import keys

    path, given = the_desk(), asking.code()
    known = asking.patiently(lambda: keys.by_code(path, given)).officers
    wanted = [id_ for id_, name in known if not officer or fold(name) == fold(officer)]
    if len(wanted) > 1 or (known and not wanted):
        raise BadInput(
            _("Say with --officer who you are: {names}.").format(names=", ".join(name for _id, name in known)),
            _("Nothing was changed."),
        )
    desk, fresh = keys.recover(path, given, wanted[0] if wanted else "", asking.new_password())
    with desk:
        _stands(desk, fresh, as_json)


@command("renew-key", N_("Another key for the desk, where a password was betrayed or the desk was in other hands."))
@click.option("--keep-old", is_flag=True, help=N_("Leave the desk under its old key beside the new one."))
def renew_key(keep_old: bool, as_json: bool) -> None:
    from cpdesk.tasks import renewing

    with opened() as desk, watched(_("Writing the desk anew…")) as progress:
        path = desk.path
        made = renewing.prepare(desk, "" if desk.who is None else asking.new_password(), progress)
    old = renewing.put_in_place(made, path, keep_old=keep_old)
    if as_json:
        told = {"desk": str(path), "recovery_code": made.code, "without_password": made.without_password}
        json_line({**told, "backups": plain(made.backups), "old": None if old is None else str(old)})
        return
    click.echo(_("The desk has another key. Nothing that opened it before opens it now."))
    if made.code:
        show_code(made.code)
    if made.without_password:
        words = _("These officers need a new password, with “cpdesk officer NAME --new-password”: {names}.")
        click.echo(words.format(names=", ".join(made.without_password)))
    for file in made.backups:
        click.echo(_("The old key still opens this copy: “{file}”").format(file=file))


# --- officers ---------------------------------------------------------------------------------------------------------
@command("officers", N_("Who works on this desk, and in which roles."))
def officers(as_json: bool) -> None:
    from cpdesk.tasks import officers as tasks

    with opened() as desk:
        found = tasks.officers(desk)
    if as_json:
        for one in found:
            json_line(plain(one))
        return
    table(
        [_("Name"), _("Roles"), _("Password"), _("Has left")],
        [[o.name, _said(o), _("yes") if o.has_password else "", _("yes") if o.left else ""] for o in found],
    )


def _said(officer: Officer) -> str:
    return ", ".join(kind("officer").field(role).label for role in officer.roles)


@command("officer", N_("Add an officer, change their roles or name, set their password, or let them leave."))
@click.argument("name", metavar="NAME")
@click.option("--add", is_flag=True, help=N_("A new officer; the new password is asked for."))
@click.option("--role", "roles", type=click.Choice(ROLES), multiple=True, help=N_("In this role; several times."))
@click.option("--rename", metavar="NAME", help=N_("Another name from now on."))
@click.option("--new-password", is_flag=True, help=N_("Give a new password to who has forgotten theirs."))
@click.option("--leave", is_flag=True, help=N_("They work here no more: their password opens nothing."))
@click.option("--back", is_flag=True, help=N_("They work here again; a new password is asked for."))
def officer(
    name: str, add: bool, roles: tuple[str, ...], rename: str | None, new_password: bool, leave: bool, back: bool,
    as_json: bool,
) -> None:  # fmt: skip
    from cpdesk.tasks import officers as tasks

    with opened() as desk:
        if add:
            id_ = tasks.add(desk, name, roles, asking.new_password())
        else:
            id_ = _of_name(tasks.officers(desk), name).id
            if back:
                tasks.come_back(desk, id_, asking.new_password())
            elif new_password:
                tasks.reset(desk, id_, asking.new_password())
            if roles or rename:
                tasks.change(desk, id_, name=rename, roles=roles or None)
            if leave:
                tasks.leave(desk, id_)
        now = tasks.get(desk, id_)
    if as_json:
        json_line(plain(now))
    else:
        pairs([(_("Name"), now.name), (_("Roles"), _said(now))])


def _of_name(found: list[Officer], name: str) -> Officer:
    for one in found:
        if fold(one.name) == fold(name):
            return one
    raise NotFound(
        _("No officer of this desk is called “{name}”.").format(name=name[:60]),
        _("Nothing was changed."),
        _("They are listed by “cpdesk officers”."),
    )


# --- help from above --------------------------------------------------------------------------------------------------
@command("lock-request", N_("Write the lock of a desk that nobody can open, for the office above."))
@click.argument("file", metavar="FILE", type=PATH)
def lock_request(file: Path, as_json: bool) -> None:
    from cpdesk.tasks import helping

    written = helping.write_request(the_desk(), file)
    json_line({"file": str(written)}) if as_json else click.echo(str(written))


@command("lock-answer", N_("Help a lower office: a new recovery code for its desk, to be read out on the phone."))
@click.argument("request", metavar="REQUEST", type=PATH)
@click.argument("file", metavar="FILE", type=PATH)
def lock_answer(request: Path, file: Path, as_json: bool) -> None:
    from cpdesk.tasks import helping

    with opened() as desk:
        office = helping.whose(desk, request)
        made = helping.answer(desk, request, file)
    if as_json:
        json_line({"office": office, "file": str(file), "recovery_code": made})
        return
    pairs([(_("Office"), office), (_("Recovery code"), made)])


@command("lock-take", N_("Take the answer of the office above; then “cpdesk recover”."))
@click.argument("file", metavar="FILE", type=PATH)
def lock_take(file: Path, as_json: bool) -> None:
    from cpdesk.tasks import helping

    path = the_desk()
    helping.take_answer(path, file)
    json_line({"desk": str(path)}) if as_json else click.echo(_("The answer is taken. Now: cpdesk recover"))
