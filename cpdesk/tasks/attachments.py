"""Files kept with a record: scans, photos of signed sheets, evidence. Attached, listed, copied out again.

What comes from other desks is treated as such: the type is told by the bytes, never by the name, a copy gets a name
that no system stumbles over, and only pictures, papers, tables, sound and film are handed to another program.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import secrets
import shutil
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate
from pathlib import Path

from cpdesk.errors import BadInput
from cpdesk.files import disk_troubles, whole_file
from cpdesk.i18n import _
from cpdesk.khmer import digits
from cpdesk.khmer.breaks import clusters
from cpdesk.kinds import Value
from cpdesk.paths import home, make_folder
from cpdesk.store import Desk, Record, blobs
from cpdesk.store.connection import immediate, troubles
from cpdesk.tasks import media, records, roles
from cpdesk.tasks.roles import Act
from cpdesk.tasks.undo import Undo

MOST = 50_000_000  # bytes of one file
KIND = blobs.KIND
_TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"  # they turn the direction of what follows
_TAKEN = {"CON", "PRN", "AUX", "NUL", *(f"{name}{n}" for name in ("COM", "LPT") for n in range(10))}


@dataclass(frozen=True)
class Attachment:
    """A file of a record. `here`: its bytes have arrived; else a later package brings them."""

    record: Record
    here: bool

    @property
    def id(self) -> str:
        return self.record.id

    @property
    def name(self) -> str:
        return self.record.text("file_name") or self.record.title

    @property
    def size(self) -> int:
        """In bytes; 0 where the record does not say."""
        size = self.record["bytes"]
        return size if isinstance(size, int) else 0

    @property
    def media_type(self) -> str:
        return self.record.text("media_type")


@dataclass(frozen=True)
class Kept:
    """A file's bytes in the desk, not yet attached to anything."""

    name: str
    sha256: str
    bytes: int
    media_type: str


def keep(desk: Desk, path: Path) -> Kept:
    """Take a file's bytes into the desk. `BadInput` where it is too large or empty, `DiskProblem` where it cannot be
    read. Long for large files; `attach_kept` does the rest in no time."""
    return keep_bytes(desk, *_read(path))


def _read(path: Path) -> tuple[str, bytes]:
    """(name, content): all read before the desk is locked, since a stick may be slow."""
    with disk_troubles(path):
        if path.is_dir():
            raise BadInput(
                _("“{name}” is a folder.").format(name=path.name), todo=_("Attach the files in it one by one.")
            )
        with path.open("rb") as file:
            return path.name, file.read(MOST + 1)


def keep_bytes(desk: Desk, name: str, data: bytes) -> Kept:
    """As `keep`, for what is no file yet: a picture that was pasted."""
    roles.need(desk, Act.DRAFT)
    if len(data) > MOST:
        raise BadInput(
            _("“{name}” is too large: a file may have {limit} at most.").format(name=name, limit=size_text(MOST)),
            _("It was not attached."),
            _("Scan with fewer dots an inch, or make the picture or film smaller."),
        )
    if not data:
        raise BadInput(_("“{name}” is empty.").format(name=name), _("It was not attached."))
    with immediate(desk.db):
        sha256 = blobs.put(desk.db, data)
    return Kept(_tidy(name), sha256, len(data), media.media_type(data))


def attach_kept(where: Desk | Undo, of: str, kept: Kept) -> Record:
    """Attach what `keep` took in to a record, in one step that can be undone. What the record has already is given
    back and not attached twice. `NotFound` for a record that is not here."""
    desk = where.desk if isinstance(where, Undo) else where
    roles.need(desk, Act.DRAFT)
    together = where.together(_("attach a file")) if isinstance(where, Undo) else contextlib.nullcontext()
    with together, immediate(desk.db):
        records.get(desk, of)
        for record in records.children(desk, KIND, of):
            if record["sha256"] == kept.sha256:
                return record
        if not blobs.is_here(desk.db, kept.sha256):
            raise BadInput(_("The file's content is not in the desk any more."), todo=_("Attach it once more."))
        values: dict[str, Value] = {
            "of": of,
            "order": records.next_order(desk, KIND, of),
            "file_name": kept.name,
            "media_type": kept.media_type,
            "sha256": kept.sha256,
            "bytes": kept.bytes,
        }
        saved = where.save(KIND, values) if isinstance(where, Undo) else records.save(where, KIND, values)
        made = records.get(desk, saved.id)
        blobs.mark(desk.db, kept.sha256, made.scope)
        return made


def attach(where: Desk | Undo, of: str, path: Path) -> Record:
    """Keep a file with a record: its bytes and its name, type and size; all or nothing."""
    desk = where.desk if isinstance(where, Undo) else where
    name, data = _read(path)
    with immediate(desk.db):
        return attach_kept(where, of, keep_bytes(desk, name, data))


def of(desk: Desk, record: str) -> list[Attachment]:
    """The files of a record, in their order."""
    found = records.children(desk, KIND, record)
    here = blobs.here(desk.db, (r.text("sha256") for r in found))
    return [Attachment(r, r.text("sha256") in here) for r in found]


def get(desk: Desk, attachment: str) -> Attachment:
    """The attachment of that id. `NotFound` where there is none."""
    record = records.get(desk, attachment)
    if record.kind.name != KIND:
        raise BadInput(_("{id} is a record of another kind ({kind}).").format(id=attachment, kind=record.kind.label))
    return Attachment(record, blobs.is_here(desk.db, record.text("sha256")))


def awaited(desk: Desk) -> int:
    """How many files are named here and have not been received yet."""
    return blobs.awaited(desk.db)


@dataclass(frozen=True)
class Tidied:
    """What a tidying took away: contents that no record ever named, and those that are damaged (their records then
    wait for them again), with their bytes."""

    unnamed: int
    damaged: int
    bytes: int


def tidy(desk: Desk) -> Tidied:
    """Take away the bytes that no change names (attaching was interrupted) and those that are damaged. What lies in
    the bin keeps its bytes. Reads every file there is."""
    roles.need(desk, Act.DRAFT)
    with immediate(desk.db):
        named, there = blobs.ever_named(desk.db), blobs.every(desk.db)
        unnamed = [blob for blob in there if blob.sha256 not in named]
        damaged = [blob for blob in there if blob.sha256 in named and not blobs.is_whole(desk.db, blob.sha256)]
        blobs.drop(desk.db, (blob.sha256 for blob in (*unnamed, *damaged)))
    return Tidied(len(unnamed), len(damaged), sum(blob.bytes for blob in (*unnamed, *damaged)))


# --- copies out -----------------------------------------------------------------------------------------------------
def save_copy(desk: Desk, attachment: str, path: Path) -> Path:
    """The file again, as a finished copy that was read back. `BadInput` where it has not been received yet,
    `DeskProblem` where it is damaged, `DiskProblem` where the disk says no."""
    found = get(desk, attachment)
    if not found.here:
        raise BadInput(
            _("“{name}” has not been received yet.").format(name=found.name),
            todo=_("The next package of the office that attached it brings it."),
        )
    wanted = found.record.text("sha256")

    def verify(part: Path) -> None:
        with part.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != wanted:
                raise OSError(5, "read back differs", str(part))

    with troubles(desk.db), whole_file(path, verify) as file:
        for piece in blobs.pieces(desk.db, wanted):
            file.write(piece)
    return path


def copy_to_open(desk: Desk, attachment: str) -> Path:
    """A copy in the person's own folder for another program to show. `BadInput` for what should not simply be opened:
    programs, and whatever this one does not know. `forget_copies` takes them away again."""
    found = get(desk, attachment)
    folder = _opened() / secrets.token_hex(6)
    with disk_troubles(folder):
        make_folder(folder, 0o700)
    copy = save_copy(desk, attachment, folder / safe_name(found.name))
    suffixes = media.suffixes(copy)
    if not suffixes:
        shutil.rmtree(folder, ignore_errors=True)
        raise BadInput(
            _("“{name}” is not opened from here: it is no picture, paper, table, sound or film.").format(
                name=found.name
            ),
            todo=_("Save it under a name of your choice if you know what it is and who sent it."),
        )
    if copy.suffix.lower() not in suffixes:  # what the system does is ruled by this
        copy = copy.rename(copy.with_name(f"{copy.name}{suffixes[0]}"))
    copy.chmod(0o400)
    return copy


def forget_copies() -> None:
    """Take away the copies that were made for other programs; one that is still open there stays until next time."""
    shutil.rmtree(_opened(), ignore_errors=True)


def _opened() -> Path:
    return home() / "opened"


def safe_name(text: str) -> str:
    """A file name that any system takes: one part, no marks that it reads as something else, not too long."""
    plain = "".join(c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    plain = re.sub(r'[\\/:*?"<>|]', "-", plain).strip(" .") or "file"
    stem, dot, suffix = plain.rpartition(".")
    if not dot or len(suffix) > 10 or not suffix.isascii():
        stem, suffix = plain, ""
    stem = _beginning(stem, 150)
    if stem.split(".")[0].upper() in _TAKEN:
        stem = f"-{stem}"
    return f"{stem or 'file'}.{suffix}" if suffix else stem


def _beginning(text: str, most: int) -> str:
    """As much of `text` as so many bytes hold, without tearing a letter from its vowels and subscripts."""
    pieces = clusters(text[:most])
    ends = accumulate(len(piece.encode()) for piece in pieces)
    return "".join(piece for piece, end in zip(pieces, ends, strict=True) if end <= most).rstrip(" .")


def _tidy(name: str) -> str:
    """The name as it is kept: what people see, without what can deceive the eye."""
    shown = "".join(c for c in name if unicodedata.category(c) not in ("Cc", "Cs") and c not in _TURNS)
    return " ".join(shown.split())[-255:] or "file"


def size_text(size: int) -> str:
    """A size as people read it: "២,៤ MB"."""
    if size < 1000:
        return _("{count} bytes").format(count=digits.number(size))
    for unit, step in (("KB", 1000), ("MB", 1_000_000), ("GB", 1_000_000_000)):
        if size < step * 999.5 or unit == "GB":
            shown = size / step
            rounded = round(shown, 1) if shown < 10 else round(shown)
            return f"{digits.number(_decimal(rounded))} {unit}"
    raise AssertionError(size)


def _decimal(value: float) -> Decimal:
    return Decimal(str(value)).normalize()
