"""Making, opening and looking after a desk."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cpdesk import gazetteer
from cpdesk.errors import BadInput
from cpdesk.gazetteer import NATION
from cpdesk.i18n import _
from cpdesk.kinds import Value
from cpdesk.records import kind
from cpdesk.records.office import office_record_id
from cpdesk.store import Desk, Record, care, copies, find, keyfile, writer
from cpdesk.store.care import Health
from cpdesk.store.connection import immediate
from cpdesk.store.keyfile import DeskKey
from cpdesk.tasks import Progress, no_progress, roles
from cpdesk.tasks.roles import Act

OFFICE_LEVELS = ("nation", "province", "capital", "municipality", "district", "khan", "commune", "sangkat")
CAPITAL = "12"  # where offices of the national level sit
KEPT_COPIES = 10
COPIES_BYTES = 2_000_000_000  # desks with many scans are large


@dataclass(frozen=True)
class Copied:
    file: Path
    records: int


def create(path: Path, office_code: str, officer: str, password: str = "") -> Desk:
    """A new desk for the office with that gazetteer code (00 for the national level), with the office's own record
    filled in. With a password it is locked from its first byte on, and `recovery_code` of what is returned is to be
    printed or written down now."""
    place = gazetteer.get(office_code)
    if place.level not in OFFICE_LEVELS:
        raise BadInput(_("“{place}” has no office that cpdesk knows.").format(place=place.title()))
    if not officer.strip():
        raise BadInput(
            _("The officer's name is missing."), todo=_("Type the name that shall stand beside each change.")
        )
    if password:
        from cpdesk.tasks import keys

        return keys.create_locked(path, office_code, officer.strip(), password)
    return furnished(Desk.create(path, office_code, officer.strip()))


def furnished(desk: Desk) -> Desk:
    """With the office's own record and its keys. A desk lacks them where the power went while it was being made."""
    if find.row(desk.db, office_record_id(desk.office)):
        return desk
    place = gazetteer.get(desk.office)
    names = [p.title("km") for p in gazetteer.path(desk.office)]
    issuer = "\n".join(_administration(name) for name in names)
    from cpdesk.tasks.offices import own_card  # loads the cipher libraries, which opening a desk does not need

    seat = gazetteer.get(CAPITAL) if desk.office == NATION else place
    values: dict[str, Value] = {
        "code": desk.office,
        "name_km": _administration(names[-1]),
        "name_en": f"{place.name_en if desk.office == NATION else place.title('en')} Administration",
        "issuer": issuer,
        "seat": seat.name_km,
    }
    with immediate(desk.db):
        writer.save(desk, kind("office"), values, office_record_id(desk.office))
        own_card(desk)  # its keys are in every backup from the first on
    return desk


def _administration(name: str) -> str:
    return f"រដ្ឋបាល{name}"


def open_desk(path: Path, progress: Progress = no_progress, password: str | None = None) -> Desk:
    """`progress` watches how a desk of another version of the program is made ready; of others it hears nothing.
    `Locked` where the desk wants a password and none, or another one, is given."""
    if password is not None and not keyfile.is_kept(keyfile.salt_of(path)):
        from cpdesk.tasks import keys

        return keys.unlock(path, password, progress)
    desk = Desk.open(path, progress)
    try:
        return furnished(desk)
    except BaseException:
        desk.close()
        raise


def office(desk: Desk) -> Record:
    """The office's own record; a bare one where it has not arrived."""
    found = find.row(desk.db, office_record_id(desk.office))
    if found:
        return found
    whole = kind("office")
    values: dict[str, Value] = dict.fromkeys((f.name for f in whole.fields), None)
    values |= {"code": desk.office, "name_km": gazetteer.get(desk.office).title("km")}
    return Record(office_record_id(desk.office), whole, values, scope=desk.office)


def set_officer(desk: Desk, name: str) -> None:
    """Changes from now on bear that name; of a locked desk the officer who has it open is called so."""
    roles.need(desk, Act.KEYS)
    if not name.strip():
        raise BadInput(_("The officer's name is missing."), _("The old name stays."))
    if desk.who is None:
        desk.rename_officer(name.strip())
    else:
        from cpdesk.tasks import officers

        officers.change(desk, desk.who, name=name)


def check(desk: Desk, progress: Progress = no_progress) -> Health:
    """Looks at everything and repairs nothing; `progress` counts changes."""
    return care.check(desk, progress)


def backup(desk: Desk, path: Path) -> Copied:
    """A whole, verified copy while the desk is in use. An older copy of that name is replaced only by a whole one."""
    return Copied(path, care.copy(desk, path))


def keep_copy(desk: Desk, why: str) -> Path:
    """A verified copy in the person's own folder, before something that is hard to take back.

    The oldest go beyond ten, and beyond what all together may take of the disk; the last two stay. `why` becomes part
    of the name: "before-merge".
    """
    return copies.kept(desk, why, KEPT_COPIES, COPIES_BYTES)


def restore(copy: Path, path: Path, password: str | None = None) -> Copied:
    """A desk again from a copy; refuses to write over anything. `password`: of an officer, or the recovery code, where
    the copy is locked."""
    key = None
    if password is not None and not keyfile.is_kept(keyfile.salt_of(copy)):
        from cpdesk.tasks import keys

        key = keys.key_of(copy, password)
    return Copied(path, brought_back(copy, path, key=key))


def brought_back(copy: Path, path: Path, progress: Progress = no_progress, key: DeskKey | None = None) -> int:
    """The same with a key that is known; how many records it has. That it was done stands in the new desk's log."""
    from cpdesk.tasks import audit

    records = care.restore(copy, path, progress, key)
    with Desk.open(path, key=key) as desk:
        audit.note(desk, "restored", copy.name)
    return records
