"""The office's emblem: a picture among the files of the office's own record, at one known place."""

from __future__ import annotations

from pathlib import Path

from cpdesk.errors import BadInput, DeskProblem
from cpdesk.files import disk_troubles
from cpdesk.i18n import _
from cpdesk.kinds import Value
from cpdesk.records.attachments import ATTACHMENT
from cpdesk.records.office import office_record_id
from cpdesk.records.paperwork import emblem_id
from cpdesk.store import Desk, blobs
from cpdesk.store.connection import immediate
from cpdesk.tasks import attachments, media, records, roles
from cpdesk.tasks.paperwork.keeping import desk_of, here, keep
from cpdesk.tasks.roles import Act
from cpdesk.tasks.undo import Undo

MOST = 2_000_000  # bytes: it goes into every paper
TYPES = ("image/png", "image/jpeg")


def picture(desk: Desk) -> bytes:
    """The emblem's bytes; none where there is no emblem, or it has not arrived, or came to harm."""
    found = here(desk, emblem_id(desk.office))
    if found is None or not blobs.is_here(desk.db, found.text("sha256")):
        return b""
    try:
        return b"".join(blobs.pieces(desk.db, found.text("sha256")))
    except DeskProblem:
        return b""  # `check` and `tidy` speak of it; a letter is written all the same


def put(where: Desk | Undo, path: Path) -> None:
    """Take the picture in that file as emblem. `BadInput` where it is none that can be printed."""
    with disk_troubles(path), path.open("rb") as file:
        data = file.read(MOST + 1)
    put_bytes(where, path.name, data)


def put_bytes(where: Desk | Undo, name: str, data: bytes) -> None:
    """As `put`, for a picture that was pasted."""
    desk = desk_of(where)
    roles.need(desk, Act.DRAFT)
    if len(data) > MOST:
        raise BadInput(
            _("“{name}” is too large: an emblem may have {limit} at most.").format(
                name=name, limit=attachments.size_text(MOST)
            ),
            _("The emblem stays as it was."),
            _("Make the picture smaller; six hundred dots in height are plenty."),
        )
    if media.media_type(data) not in TYPES or not _can_be_printed(data):
        raise BadInput(
            _("“{name}” is no PNG or JPEG picture that can be printed.").format(name=name),
            _("The emblem stays as it was."),
            _("Open it in a picture program and save it as PNG."),
        )
    with immediate(desk.db):
        kept = attachments.keep_bytes(desk, name, data)
        values: dict[str, Value] = {
            "file_name": kept.name, "media_type": kept.media_type, "sha256": kept.sha256, "bytes": kept.bytes,
        }  # fmt: skip
        keep(where, ATTACHMENT, emblem_id(desk.office), {"of": office_record_id(desk.office)}, values)
        blobs.mark(desk.db, kept.sha256, desk.office)


def _can_be_printed(data: bytes) -> bool:
    from cpdesk.printing.official import Emblem  # loads the PDF library

    try:
        Emblem(data, 1.0)
    except BadInput:
        return False
    return True


def clear(where: Desk | Undo) -> None:
    """No emblem any more; the picture goes to the bin."""
    found = here(desk_of(where), emblem_id(desk_of(where).office))
    if found is None:
        return
    if isinstance(where, Undo):
        where.delete(found.id)
    else:
        records.delete(where, found.id)
