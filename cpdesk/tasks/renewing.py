"""Another key for a desk: where a password was betrayed, or the desk was in other hands while it was open.

Another password is not enough then: the key stays the same with it, and whoever has an old copy and its password has
the key. So the desk is written anew under another key, and takes its own place. What opened the old one opens the new
one no more: not the backups' passwords, not the code, not the key that lay in an account. The officers' passwords
cannot be carried over, for nobody but they knows them: the keeper's own is set anew here, and the keeper gives the
others theirs.

All or nothing: the new desk stands whole and verified before it takes the place, and the old one stays beside it under
another name until it is destroyed.
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cpdesk.errors import BadInput
from cpdesk.files import CHUNK, disk_troubles, flush_folder
from cpdesk.i18n import _
from cpdesk.store import Desk, care, keyfile, keyring
from cpdesk.store.keyring import Lock
from cpdesk.tasks import Progress, audit, bringing_back, keys, no_progress, officers, roles
from cpdesk.tasks.roles import Act


@dataclass(frozen=True)
class Renewed:
    """A desk under another key, not in its place yet: `file` beside the old one; the new recovery code, "" where the
    desk is open; the names of the officers who need a new password; the `backups` here that the old key still opens."""

    file: Path
    code: str
    without_password: tuple[str, ...]
    backups: tuple[Path, ...]


def prepare(desk: Desk, password: str = "", progress: Progress = no_progress) -> Renewed:
    """The desk once more, under another key. On a locked desk `password` is the keeper's from now on; it may be the one
    before. `BadInput` where it is too weak."""
    roles.need(desk, Act.KEYS)
    is_open = keyfile.is_kept(desk.salt)
    if not is_open:
        problem = keys.problem_of(password, desk.officer)
        if problem:
            raise BadInput(problem, _("The key stays as it was."))
    key = keyfile.new()
    file = bringing_back.free(desk.path.with_name(f"{desk.path.stem}-new.cpdesk"))
    code = "" if is_open else keyring.new_code()
    if is_open:
        keyfile.keep(key)
    else:
        lock = Lock.new(key.salt).with_password(key, desk.who or "", password).with_code(key, code)
        keyring.keep(lock, file)
    try:
        care.copy(desk, file, progress, key=key)
        with Desk.open(file, key=key) as made:
            keys.see_to_office(made)
            made.become_new_site()
            if desk.who is not None:
                officers.enter(made, desk.who)
            audit.note(made, "new_key", desk.officer)
    except BaseException:
        drop(file)
        keyfile.forget(key.salt)
        raise
    others = () if is_open else tuple(o.name for o in officers.officers(desk) if not o.left and not o.is_me)
    old = bringing_back.found(bringing_back.folders(desk.path), desk.salt)
    return Renewed(file, code, others, tuple(one.file for one in old))


def drop(file: Path) -> None:
    """Take a prepared desk away that is not wanted after all."""
    bringing_back.drop(file)


def put_in_place(renewed: Renewed, desk_path: Path, *, keep_old: bool = False) -> Path | None:
    """Let it take the place of the desk, which must be closed; the old one, where it is kept, else None: it is
    overwritten and deleted, and its key with it. Backups are left alone: they are told in `renewed`."""
    salt = keyfile.salt_of(desk_path)
    aside = bringing_back.put_in_place(renewed.file, desk_path)
    if keep_old or aside is None:
        return aside
    destroy(aside)
    keyfile.forget(salt)
    keyring.forget(salt)
    return None


def destroy(file: Path) -> None:
    """Overwrite a desk or a backup and delete it, with the lock beside it. A solid-state disk may keep old cells for a
    while; they are cipher."""
    with disk_troubles(file), file.open("r+b") as opened:
        left = opened.seek(0, os.SEEK_END)
        opened.seek(0)
        while left > 0:
            left -= opened.write(secrets.token_bytes(min(CHUNK, left)))
        opened.flush()
        os.fsync(opened.fileno())
    for gone in (file, keyring.beside(file)):
        with suppress(OSError):
            gone.unlink(missing_ok=True)
    flush_folder(file.parent)
