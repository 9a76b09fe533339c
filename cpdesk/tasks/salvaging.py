"""What can be read of a damaged desk, saved into a new one; and in plain words what came along and what is lost.

The damaged file is only read. How it is done is told in `store/salvage.py`; the way back from a backup, which is
complete up to its day, is `bringing_back`. Which of the two is the better one the person decides, and can do both.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from cpdesk import gazetteer
from cpdesk.errors import Damaged, Locked, NotFound, UserError
from cpdesk.files import write_whole
from cpdesk.i18n import _, ngettext
from cpdesk.khmer import dates, digits
from cpdesk.records import kind
from cpdesk.store import Desk, blobs, exchange, find, keyfile, keyring, salvage
from cpdesk.store.keyfile import DeskKey
from cpdesk.store.salvage import Gap, Salvaged
from cpdesk.tasks import Progress, audit, keys, no_progress
from cpdesk.tasks.desk import furnished

MOST, MOST_RANGES = 200, 12  # titles that are told by name; stretches of numbers in one sentence


@dataclass(frozen=True)
class Outcome:
    """A desk that was saved: where it lies, what came along, and what is lost in whole sentences, none if nothing is.

    `incomplete` and `files`: titles of the records, and names of the attached files, that the sentences count.
    """

    file: Path
    found: Salvaged
    came: str
    lost: list[str] = field(default_factory=list)
    incomplete: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)


def helps(desk: Path, error: UserError) -> bool:
    """Whether a desk that did not open may give something up: it is damaged, and a key or a lock of it is here."""
    try:
        return isinstance(error, Damaged) or (
            not isinstance(error, Locked) and not _known(desk) and salvage.key_for(desk) is not None
        )
    except UserError:
        return False


def _known(desk: Path) -> bool:
    """Whether the file says itself whose it is."""
    salt = keyfile.salt_of(desk)
    return keyfile.is_kept(salt) or bool(keyring.locks(desk, salt))


def wants_password(desk: Path) -> bool:
    """Whether its pages are read with a password only."""
    return salvage.key_for(desk) is None and bool(keys.locks(desk, _salt(desk)))


def salvaged(desk: Path, target: Path, progress: Progress = no_progress, password: str | None = None) -> Outcome:
    """A new desk at `target` of what can be read of `desk`; refuses a taken name. `password`: of an officer, or the
    recovery code, where the desk is locked.

    `DeskProblem` where nothing can be read, `Locked` where it wants a password; `DiskProblem` where the disk says no.
    """
    key = _key(desk, password)
    found = salvage.salvage(desk, target, key, progress)
    with furnished(Desk.open(target, key=key)) as new:
        audit.note(new, "salvaged", desk.name)
        return _told(new, target, found)


def write_report(outcome: Outcome, file: Path, now: datetime | None = None) -> None:
    """The same words as a text file, for whoever is asked for help."""
    day = dates.short((now or datetime.now()).date())
    lines = [f"{outcome.file.name}  {day}", "", outcome.came, *outcome.lost]
    for title, names in ((_("Incomplete records"), outcome.incomplete), (_("Lost attached files"), outcome.files)):
        lines += ["", f"{title}:", *(f"- {name}" for name in names)] if names else []
    write_whole(file, ("\n".join(lines) + "\n").encode("utf-8-sig"))


def free_name(desk: Path) -> Path:
    """A name beside the damaged desk that is not taken."""
    number, wanted = 2, desk.with_name(f"{desk.stem}-salvaged.cpdesk")
    while wanted.exists():
        wanted = desk.with_name(f"{desk.stem}-salvaged-{number}.cpdesk")
        number += 1
    return wanted


# --- keys -----------------------------------------------------------------------------------------------------------
def _salt(desk: Path) -> bytes:
    """The desk's salt; where its own beginning is lost, the one that the lock beside it is for."""
    salt = keyfile.salt_of(desk)
    if len(salt) == keyfile.SALT and keyring.locks(desk, salt):
        return salt
    beside = keyring.read(keyring.beside(desk))
    return beside.salt if beside is not None else salt


def _key(desk: Path, password: str | None) -> DeskKey:
    key = salvage.key_for(desk)
    if key is not None:
        return key
    salt = _salt(desk)
    if password is not None and keys.locks(desk, salt):
        return keys.key_of(desk, password, salt)
    if keys.locks(desk, salt):
        raise Locked(
            _("“{file}” is locked.").format(file=desk),
            _("The file itself was not touched."),
            _("Open it with your password or the recovery code."),
        )
    raise salvage.nothing_left()


# --- words ----------------------------------------------------------------------------------------------------------
def _told(desk: Desk, target: Path, found: Salvaged) -> Outcome:
    came = _("“{file}” holds {changes} changes in {records} records, and {files} attached files.").format(
        file=target.name,
        changes=digits.number(found.ops),
        records=digits.number(found.records),
        files=digits.number(found.files),
    )
    incomplete = [title for one in found.incomplete[:MOST] if (title := _title(desk, one))]
    files = _names(desk, found.files_lost[:MOST])
    return Outcome(target, found, came, [*_lost(desk, found)], incomplete, files)


def _lost(desk: Desk, found: Salvaged) -> list[str]:
    said = []
    if found.lost:
        words = ngettext(
            "One of the {pages} pages of the damaged file cannot be read.",
            "{count} of the {pages} pages of the damaged file cannot be read.",
            found.lost,
        )
        said.append(words.format(count=digits.number(found.lost), pages=digits.number(found.pages)))
    if found.whole:
        return [*said, _("Nothing that was written is lost.")]
    said += map(_gap, found.gaps)
    if found.gaps and exchange.cards(desk.db, role="upper") + exchange.cards(desk.db, role="lower"):
        said.append(_("What other offices have received of them comes back with their next packages."))
    counted = (
        (len(found.incomplete), _incomplete),
        (found.gone, _gone),
        (found.unproved, _unproved),
        (len(found.files_lost), _files),
    )
    said += [words(count) for count, words in counted if count]
    if found.keys_lost:
        said.append(
            _("The office's keys are lost, and new ones were made. Exchange cards with the other offices anew.")
        )
    if found.cards_lost:
        said.append(_("Cards of other offices may be missing. Compare them on the exchange page, and take them again."))
    if found.notes_lost:
        said.append(_("Notes on packages that were sent and received may be missing. That does no harm."))
    if found.guessed:
        said.append(_("Whose desk it is was concluded from its changes. Look under Settings whether that is right."))
    return said


def _gap(gap: Gap) -> str:
    ranges = [
        digits.number(first) if first == last else f"{digits.number(first)}–{digits.number(last)}"
        for first, last in gap.ranges
    ]
    told = ", ".join(ranges[:MOST_RANGES]) + ("…" if len(ranges) > MOST_RANGES else "")
    if gap.mine:
        return _("Changes {ranges} that this desk wrote are missing.").format(ranges=told)
    return _("Changes {ranges} of {office} are missing.").format(ranges=told, office=_office(gap.office))


def _office(code: str) -> str:
    try:
        return gazetteer.get(code).title()
    except NotFound:
        return code


def _incomplete(count: int) -> str:
    return ngettext(
        "One record lacks something of what was written in it.",
        "{count} records lack something of what was written in them.",
        count,
    ).format(count=digits.number(count))


def _gone(count: int) -> str:
    return ngettext("Of one record nothing is left.", "Of {count} records nothing is left.", count).format(
        count=digits.number(count)
    )


def _unproved(count: int) -> str:
    return ngettext(
        "One change could be read, but not be proved to be what was written, and was left out.",
        "{count} changes could be read, but not be proved to be what was written, and were left out.",
        count,
    ).format(count=digits.number(count))


def _files(count: int) -> str:
    return ngettext(
        "One attached file is lost. The next packages may bring it again, or attach it once more.",
        "{count} attached files are lost. The next packages may bring them again, or attach them once more.",
        count,
    ).format(count=digits.number(count))


def _title(desk: Desk, record: str) -> str:
    """What names a record, with its kind before it; "" for what is shown nowhere."""
    row = find.row(desk.db, record)
    if row is None or row.kind.private:
        return ""
    return f"{row.kind.label}: {row.title}"


def _names(desk: Desk, contents: list[str]) -> list[str]:
    """The names of the attached files with those contents."""
    return [row.title for one in contents for row in find.rows(desk.db, kind(blobs.KIND), {"sha256": one})]
