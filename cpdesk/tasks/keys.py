"""Opening a locked desk, and everything about its passwords, its recovery code and the help of the office above.

How a lock is made is told in `store/keyring.py`. What is changed here is one file, written whole: a cut at any moment
leaves the lock as it was or as it shall be. After several refusals the next try has to wait, longer each time; nothing
is ever wiped.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from cpdesk import paths
from cpdesk.errors import BadInput, DeskProblem, Locked, UserError
from cpdesk.files import disk_troubles
from cpdesk.i18n import _
from cpdesk.records.deeds import DeedAct
from cpdesk.store import Desk, keyfile, keyring, writer
from cpdesk.store.keyfile import DeskKey as DeskKey
from cpdesk.store.keyring import CODE, OFFICE, PASSWORD, SUFFIX, Lock, Opened
from cpdesk.store.keyring import is_code as is_code
from cpdesk.tasks import Progress, no_progress, officers, roles, tries
from cpdesk.tasks.passwords import four_words as four_words
from cpdesk.tasks.passwords import problem_of as problem_of
from cpdesk.tasks.roles import Act
from cpdesk.tasks.tries import MustWait as MustWait
from cpdesk.tasks.tries import wait as wait

NEARBY = 5  # backups that are asked for a lock where a desk has lost its own


class WrongPassword(Locked):
    """Neither a password nor a code of this desk."""


class WhoIsIt(Locked):
    """Several officers have the same password: which of `names` (record, name) is it?"""

    def __init__(self, names: list[tuple[str, str]]) -> None:
        self.names = names
        super().__init__(
            _("Several officers have this password: {names}.").format(names=", ".join(name for _id, name in names)),
            todo=_("Say who you are."),
        )


@dataclass(frozen=True)
class State:
    """How a desk or a backup stands: `open` with a key in the person's own folder, `locked`, or `foreign`: neither its
    key nor a lock of it is here. `code`, `office`: whether a recovery code and the office above can open it."""

    kind: Literal["open", "locked", "foreign"]
    code: bool = False
    office: bool = False


@dataclass(frozen=True)
class CodeOpened:
    """What a recovery code shows: the officers of the desk (record, name), one of whom has used it."""

    officers: list[tuple[str, str]]


# --- how it stands ----------------------------------------------------------------------------------------------------
def state(path: Path) -> State:
    """Looks at the first bytes of a desk or a backup, and at its locks."""
    salt = keyfile.salt_of(path)
    keyfile.check_salt(salt, path)
    found = locks(path, salt)
    code, office = (bool(found and found[0].of(sort)) for sort in (CODE, OFFICE))
    if keyfile.is_kept(salt):
        return State("open", code, office)
    return State("locked" if found else "foreign", code, office)


def locks(path: Path, salt: bytes) -> list[Lock]:
    """The locks to be tried, first to last; of a desk that has lost its own (a new account, another computer) the one
    that its newest backups carry."""
    found = keyring.locks(path, salt)
    if found:
        return found
    from cpdesk.tasks.bringing_back import folders
    from cpdesk.tasks.bringing_back import found as backups

    near = (keyring.read(one.file) for one in backups(folders(path), salt)[:NEARBY])
    return [lock for lock in near if lock is not None and lock.salt == salt][:1]


def create_locked(path: Path, office: str, officer: str, password: str) -> Desk:
    """A new desk that is locked from its first byte: its key never lies anywhere. `tasks.desk.create` calls this."""
    from cpdesk.tasks.desk import furnished

    _check(password, officer)
    if path.exists():
        raise DeskProblem(
            _("“{file}” is there already.").format(file=path),
            _("It was not touched."),
            _("Choose another name, or open that desk."),
        )
    key, who, code = keyfile.new(), writer.new_id_for(office).hex(), keyring.new_code()
    with disk_troubles(path):
        paths.make_folder(path.parent)
        _lay_aside(keyring.beside(path))
    keyring.keep(Lock.new(key.salt).with_password(key, who, password).with_code(key, code), path)
    try:
        desk = furnished(Desk.create(path, office, officer, key))
    except BaseException:
        with suppress(OSError):
            keyring.beside(path).unlink(missing_ok=True)
        raise
    officers.enter_first(desk, who)
    officers.note_password(desk, who)
    officers.enter(desk, who)
    desk.recovery_code = code
    return desk


def _lay_aside(lock: Path) -> None:
    """A lock without a desk: of one that was moved away, or whose making was cut off. It may still be wanted."""
    from cpdesk.tasks.bringing_back import free

    if lock.exists():
        lock.replace(free(lock.with_name(f"{lock.stem}-old{SUFFIX}")))


# --- opening ----------------------------------------------------------------------------------------------------------
def unlock(path: Path, secret: str, progress: Progress = no_progress, *, who: str = "") -> Desk:
    """Open a locked desk with an officer's password. `WrongPassword`, `MustWait`; `WhoIsIt` where several officers have
    that password, and then `who` says which. A recovery code opens no desk for work: it gives a new password
    (`recover`)."""
    salt = keyfile.salt_of(path)
    opened = [one for one in _opened(path, salt, secret) if one.slot.sort == PASSWORD]
    if not opened:
        raise Locked(
            _("This is the recovery code. It does not open the desk for work, it gives you a new password."),
            _("It stays valid until then."),
            _("Choose “I forgot my password”, or type “cpdesk recover”."),
        )
    desk = Desk.open(path, progress, opened[0].key)  # the slots of a desk all hold its one key
    try:
        if not officers.officers(desk):  # the power went while the desk was being made
            officers.enter_first(desk, opened[0].who)
        known = {one.id: one.name for one in officers.officers(desk) if not one.left}
        here = [one for one in opened if one.who in known and who in ("", one.who)]
        if not here:
            raise _wrong(path)
        if len(here) > 1:
            raise WhoIsIt([(one.who, known[one.who]) for one in here])
        return _entered(desk, here[0])
    except BaseException:
        desk.close()
        raise


def _entered(desk: Desk, opened: Opened) -> Desk:
    """With the officer at the desk, and what happened at its door meanwhile written down."""
    from cpdesk.tasks import audit
    from cpdesk.tasks.desk import furnished

    furnished(desk)
    officers.enter(desk, opened.who)
    keyring.heal(locks(desk.path, desk.salt)[0], desk.path)
    refused = tries.count(desk.salt)
    if refused:
        audit.note(desk, "refused", times=refused)
        tries.forget(desk.salt)
    return desk


def key_of(file: Path, secret: str, salt: bytes = b"") -> DeskKey:
    """The key of a desk or a backup by a password or a recovery code: to look into it, or to bring it back. `salt`: the
    desk's, where its file has lost it."""
    return _opened(file, salt or keyfile.salt_of(file), secret)[0].key


def _opened(path: Path, salt: bytes, secret: str) -> list[Opened]:
    """What that secret opens, at least one slot; each refusal counts."""
    keyfile.check_salt(salt, path)
    there = locks(path, salt)
    if not there:
        raise DeskProblem(
            _("“{file}” has no lock here, and its key is not on this computer.").format(file=path),
            _("The file itself was not touched."),
            _("Put its lock (.cplock) or one of its backups beside it, and try again."),
        )
    tries.check(path)
    for lock in there:
        found = lock.open(secret)
        if found:
            return found
    if keyring.is_mistyped_code(secret):  # a slip of the finger, which no attacker gains by
        raise WrongPassword(
            _("A letter of this recovery code is wrong."),
            _("Nothing was changed."),
            _("Compare it with the paper, letter by letter."),
        )
    tries.refuse(salt)
    raise _wrong(path)


def _wrong(path: Path) -> WrongPassword:
    return WrongPassword(
        _("This password does not open “{file}”.").format(file=path.name),
        _("Nothing is lost, however often a password is mistyped."),
        _("Look whether the keyboard types Khmer or Latin letters, and try again."),
    )


# --- one's own password -----------------------------------------------------------------------------------------------
def set_password(desk: Desk, password: str, old: str = "") -> str | None:
    """The password of who has the desk open.

    On an open desk this locks it: its officer gets all roles, the recovery code is given back to be printed, and the
    key goes from the person's folder last. On a locked desk `old` must open the officer's own slot, and None comes
    back. `BadInput` for a password that is too weak.
    """
    _check(password, desk.officer)
    if keyfile.is_kept(desk.salt):
        roles.need(desk, Act.KEYS)
        who = officers.first(desk)
        code = keyring.new_code()
        lock = keyring.lock_of(desk.path, desk.salt) or Lock.new(desk.salt)
        lock = lock.without(lock.of(PASSWORD)).with_password(desk.key, who, password).with_code(desk.key, code)
        officers.note_password(desk, who)
        keyring.keep(with_office(desk, lock), desk.path)
        keyfile.forget(desk.salt)
        officers.enter(desk, who)
        _note(desk, "password_set", desk.officer)
        return code
    lock = _own_lock(desk)
    if not any(one.who == desk.who for one in lock.open(old)):
        raise _wrong(desk.path)
    give_password(desk, desk.who or "", password)
    return None


def give_password(desk: Desk, who: str, password: str) -> None:
    """Let that officer open the desk with that password, and with no former one. The lock is written last: where
    something is refused, the former password holds."""
    lock = with_office(desk, _own_lock(desk).with_password(desk.key, who, password))
    officers.note_password(desk, who)
    keyring.keep(lock, desk.path)
    _note(desk, "password_set", officers.get(desk, who).name)


def take_password(desk: Desk, who: str) -> None:
    """That officer's password opens nothing any more."""
    lock = _own_lock(desk)
    keyring.keep(lock.without(lock.of_officer(who)), desk.path)


def _check(password: str, name: str) -> None:
    problem = problem_of(password, name)
    if problem:
        raise BadInput(problem, _("The password stays as it was."))


def _own_lock(desk: Desk) -> Lock:
    lock = keyring.lock_of(desk.path, desk.salt)
    if lock is None or keyfile.is_kept(desk.salt):
        raise BadInput(
            _("This desk is open: it has no password."),
            _("Nothing was changed."),
            _("Set a password of your own first."),
        )
    return lock


def need_lock(desk: Desk) -> None:
    """`BadInput` on an open desk, which knows no passwords."""
    _own_lock(desk)


def leave_open(desk: Desk, password: str) -> None:
    """Leave the desk open from now on: its key lies in the person's account, as on a desk that never had a password.
    Only where one officer is left, since an open desk cannot tell who writes. The recovery code stays."""
    roles.need(desk, Act.KEYS)
    lock = _own_lock(desk)
    if sum(not one.left for one in officers.officers(desk)) > 1:
        raise BadInput(
            _("Several officers use this desk: without passwords it could not tell them apart."),
            _("The desk stays locked."),
        )
    if not any(one.who == desk.who for one in lock.open(password)):
        raise _wrong(desk.path)
    desk.rename_officer(desk.officer)
    keyfile.keep(desk.key)  # from here on it is open
    with suppress(UserError):  # a lock that still knows a password keeps nobody out of an open desk
        keyring.keep(lock.without(lock.of(PASSWORD)), desk.path)
    _note(desk, "password_off", desk.officer)
    desk.who = None


# --- the recovery code ------------------------------------------------------------------------------------------------
def new_code(desk: Desk) -> str:
    """Another recovery code, to be printed or written down now; the one before is dead. An open desk can have one too:
    its backups open with it on other computers."""
    roles.need(desk, Act.KEYS)
    code = keyring.new_code()
    lock = keyring.lock_of(desk.path, desk.salt) or Lock.new(desk.salt)
    keyring.keep(with_office(desk, lock.with_code(desk.key, code)), desk.path)
    _note(desk, "new_code", desk.officer)
    return code


def by_code(path: Path, code: str) -> CodeOpened:
    """Who may have used a recovery code; nothing is changed yet."""
    opened = _by_code(path, code)
    with Desk.open(path, no_progress, opened.key) as desk:
        return CodeOpened([(one.id, one.name) for one in officers.officers(desk) if not one.left])


def recover(
    path: Path, code: str, who: str, new_password: str, progress: Progress = no_progress
) -> tuple[Desk, str]:  # fmt: skip
    """Open with a recovery code: officer `who` gets a new password, the code is dead, another takes its place and is
    given back to be printed. All of this is one writing of the lock.

    A desk on which no officer was ever entered (a backup of an open desk) takes `who` "" and makes the first one.
    """
    opened = _by_code(path, code)
    desk = Desk.open(path, progress, opened.key)
    try:
        who = who or officers.first(desk)
        name = officers.get(desk, who).name
        _check(new_password, name)
        fresh = keyring.new_code()
        lock = locks(path, desk.salt)[0].with_password(desk.key, who, new_password).with_code(desk.key, fresh)
        officers.note_password(desk, who)
        keyring.keep(with_office(desk, lock), path)
        keyfile.forget(desk.salt)
        _entered(desk, replace(opened, who=who))
        _note(desk, "code_used", name)
        return desk, fresh
    except BaseException:
        desk.close()
        raise


def _by_code(path: Path, code: str) -> Opened:
    if not is_code(code) and not keyring.is_mistyped_code(code):
        raise WrongPassword(
            _("This is no recovery code: it has five groups of five letters and digits."),
            _("Nothing was changed."),
            _("Type it as it stands on the paper; strokes and blanks do not matter."),
        )
    return _opened(path, keyfile.salt_of(path), code)[0]


# --- help from above --------------------------------------------------------------------------------------------------
def with_office(desk: Desk, lock: Lock) -> Lock:
    """That lock, with a slot for the office above, if its card was taken and it has none yet; without that of an office
    whose card was withdrawn."""
    from cpdesk.tasks.offices import receiving_above

    receiving = receiving_above(desk)
    slots = lock.of(OFFICE)
    if receiving is None:
        return lock.without(slots) if slots else lock
    return lock if [slot.to for slot in slots] == [receiving] else lock.with_office(desk.key, desk.office, receiving)


def see_to_office(desk: Desk) -> None:
    """Let the office above help, from when its card was taken on, and no other one: asked after each
    change of cards."""
    lock = keyring.lock_of(desk.path, desk.salt) or Lock.new(desk.salt)
    now = with_office(desk, lock)
    if now is not lock:
        keyring.keep(now, desk.path)


def _note(desk: Desk, act: DeedAct, about: str) -> None:
    from cpdesk.tasks import audit

    audit.note(desk, act, about)
