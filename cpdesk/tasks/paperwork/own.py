"""What was changed by hand on one paper. Remembered for that paper, whatever the office's template says later."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace

from cpdesk.kinds import Value
from cpdesk.printing.document import Document, Part, Signed
from cpdesk.records.paperwork import DOCUMENT, own_id
from cpdesk.store import Desk
from cpdesk.tasks.paperwork.keeping import desk_of, here, keep, stored
from cpdesk.tasks.paperwork.signing import UNSAID, Blocks, signed, told_blocks, told_copies, with_copies
from cpdesk.tasks.undo import Undo


@dataclass(frozen=True)
class Own:
    """One paper's own lines; None where nothing was changed, blank where the line was taken out on purpose."""

    number: str | None = None
    title: str | None = None
    rank: str | None = None
    to: str | None = None
    via: str | None = None
    subject: str | None = None
    reference: str | None = None
    attachments: str | None = None
    opening: str | None = None
    closing: str | None = None
    lunar: str | None = None
    place_date: str | None = None
    copies: tuple[str, ...] | None = None
    signatures: Blocks = UNSAID

    @property
    def untouched(self) -> bool:
        return self == NOTHING


NOTHING = Own()
_TEXTS = tuple(name for name in Own.__dataclass_fields__ if name not in ("copies", "signatures"))

_aside: ContextVar[bool] = ContextVar("papers as they would be without changes by hand", default=False)


@contextmanager
def set_aside() -> Iterator[None]:
    """Papers made inside are as they would be had nobody changed them by hand."""
    token = _aside.set(True)
    try:
        yield
    finally:
        _aside.reset(token)


def get(desk: Desk, form: str, about: str) -> Own:
    """What was changed by hand on that paper in this office."""
    found = None if _aside.get() else here(desk, own_id(DOCUMENT, desk.office, form, about))
    if found is None:
        return NOTHING
    told = {name: _read(found[name]) for name in _TEXTS}
    return Own(**told, copies=told_copies(found["copies"]), signatures=told_blocks(desk, found.values))


def _read(value: Value) -> str | None:
    return None if value is None else str(value).strip()


def put(where: Desk | Undo, form: str, about: str, field: str, value: object) -> None:
    """Remember one line of one paper; None goes back to the template, an empty text takes the line out.

    `field` is a field of the kind "document", such as "number", "copies" (a line each), "signature_1", "person_1".
    """
    put_many(where, form, about, {field: value})


def put_many(where: Desk | Undo, form: str, about: str, values: Mapping[str, object]) -> None:
    """As `put`, several lines at once."""
    office = desk_of(where).office
    names = {"office": office, "form": form, "about": about}
    keep(where, DOCUMENT, own_id(DOCUMENT, office, form, about), names, stored(DOCUMENT, values))


def clear(where: Desk | Undo, form: str, about: str) -> None:
    """Nothing changed by hand any more: the paper is again as the office's template has it."""
    names = [field.name for field in DOCUMENT.fields if field.name not in ("office", "form", "about")]
    put_many(where, form, about, dict.fromkeys(names))


# --- on the paper ---------------------------------------------------------------------------------------------------
def apply(documents: tuple[Document, ...], own: Own) -> tuple[Document, ...]:
    """The papers with their own number, title, date lines, signatures and copies. What stands inside a letter (to whom,
    subject, opening…) is set where the letter is made."""
    if own.untouched:
        return documents
    first = documents[0].title if documents else ""
    return tuple(_applied(one, own, one.title == first) for one in documents)


def _applied(made: Document, own: Own, first: bool) -> Document:
    made = with_copies(signed(made, own.signatures), own.copies)
    parts: tuple[Part, ...] = tuple(_dated(part, own) if isinstance(part, Signed) else part for part in made.parts)
    head = made.head if own.number is None else replace(made.head, number=own.number)
    title = own.title if own.title is not None and first else made.title
    return replace(made, head=head, parts=parts, title=title)


def _dated(end: Signed, own: Own) -> Signed:
    return replace(
        end,
        lunar=end.lunar if own.lunar is None else own.lunar,
        place_date=end.place_date if own.place_date is None else own.place_date,
    )
