"""The office above helps a lower one whose passwords are forgotten.

A desk that has taken the card of the office above has a slot in its lock for that office's receiving key. Where nobody
can open the desk, its lock, which holds nothing secret, goes up on a stick (`write_request`); the office above puts a
new recovery code in it (`answer`) and reads the code out on the phone; the desk takes that code (`take_answer`), and
its officer gets a new password by it (`keys.recover`).
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from cpdesk.errors import KeyProblem
from cpdesk.files import write_whole
from cpdesk.i18n import _
from cpdesk.store import Desk, keyfile, keyring
from cpdesk.store.keyring import CODE, OFFICE, SUFFIX, Lock, Opened
from cpdesk.tasks import keys, roles
from cpdesk.tasks.roles import Act


def answer(desk: Desk, request: Path, target: Path) -> str:
    """On the desk of the office above: help a lower one whose passwords are forgotten.

    `request` carries the lock of that desk: the lock itself or a backup. What is written to `target` is that lock with
    a new recovery code, which is given back to be read out on the phone: neither opens anything without the other.
    """
    from cpdesk.tasks import audit
    from cpdesk.tasks.offices import identity

    roles.need(desk, Act.KEYS)
    opened, lock = _request(request, identity(desk)[0].dump()[1])
    code = keyring.new_code()
    write_whole(_lock_name(target), lock.with_code(opened.key, code).dump())
    audit.note(desk, "answered", opened.who)
    return code


def whose(desk: Desk, request: Path) -> str:
    """The code of the office whose lock lies in that file; `KeyProblem` where it is not sealed for this desk."""
    from cpdesk.tasks.offices import identity

    return _request(request, identity(desk)[0].dump()[1])[0].who


def _request(request: Path, own: bytes) -> tuple[Opened, Lock]:
    lock = keyring.read(request)
    if lock is None:
        raise KeyProblem(
            _("“{file}” carries no lock of a desk.").format(file=request.name),
            _("Nothing was changed."),
            _("Choose the lock (.cplock) that the office has written, or one of its backups."),
        )
    opened = lock.open_by_office(own)
    if opened is None:
        raise KeyProblem(
            _("The lock in “{file}” cannot be opened with this desk's key.").format(file=request.name),
            _("Nothing was changed."),
            _("Only the office whose card that desk has taken can open it, on the computer where it receives."),
        )
    return opened, lock


def write_request(path: Path, target: Path) -> Path:
    """The lock of a desk that nobody can open, for the office above; the file. There is nothing secret in it."""
    salt = keyfile.salt_of(path)
    locks = keys.locks(path, salt)
    if not locks or not locks[0].of(OFFICE):
        raise KeyProblem(
            _("This desk has not taken a card of the office above: that office cannot open it."),
            _("Nothing was written."),
            _("Use the recovery code, or ask the keeper of this desk."),
        )
    file = _lock_name(target)
    write_whole(file, locks[0].dump())
    return file


def _lock_name(target: Path) -> Path:
    return target if target.suffix.lower() == SUFFIX else target.with_name(target.name + SUFFIX)


def take_answer(path: Path, file: Path) -> None:
    """At the office that asked: let the new recovery code in that file open the desk. All else of its lock stays."""
    salt = keyfile.salt_of(path)
    given, locks = keyring.read(file), keys.locks(path, salt)
    if given is None or given.salt != salt or not locks or given.stretch != locks[0].stretch or not given.of(CODE):
        raise KeyProblem(
            _("“{file}” is no answer to the request of this desk.").format(file=file.name),
            _("The desk's lock stays as it was."),
            _("Write the request once more, and let the office above answer that one."),
        )
    now = locks[0]
    kept = now.without(now.of(CODE))
    keyring.keep(replace(kept, slots=(*kept.slots, *given.of(CODE))), path)
