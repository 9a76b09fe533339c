"""What was changed by hand on one paper. Remembered for that paper, whatever the office's template says later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from cpdesk.kinds import Value
from cpdesk.printing.document import Document, Letterhead, Part, Person, Signature, Signed
from cpdesk.records.paperwork import BLOCKS, DOCUMENT, own_id
from cpdesk.store import Desk
from cpdesk.tasks.paperwork import templates
from cpdesk.tasks.paperwork.keeping import desk_of, here, keep, lines, stored
from cpdesk.tasks.undo import Undo


@dataclass(frozen=True)
class OwnBlock:
    """A signature block as changed by hand: its lines, who signs ("chair", "secretary", "person", "nobody") and the
    person's name; None where it was not changed."""

    lines: tuple[str, ...] | None = None
    signer: str | None = None
    person: Person | None = None


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
    signatures: tuple[OwnBlock | None, ...] = (None,) * len(BLOCKS)

    @property
    def untouched(self) -> bool:
        return self == NOTHING


NOTHING = Own()
_TEXTS = tuple(name for name in Own.__dataclass_fields__ if name not in ("copies", "signatures"))


def get(desk: Desk, form: str, about: str) -> Own:
    """What was changed by hand on that paper in this office."""
    found = here(desk, own_id(DOCUMENT, desk.office, form, about))
    if found is None:
        return NOTHING
    told = {name: _read(found[name]) for name in _TEXTS}
    copies = _read(found["copies"])
    blocks = tuple(_block(desk, found.values, n) for n in BLOCKS)
    return Own(**told, copies=None if copies is None else lines(copies), signatures=blocks)


def _read(value: Value) -> str | None:
    return None if value is None else str(value).strip()


def _block(desk: Desk, values: Mapping[str, Value], n: str) -> OwnBlock | None:
    told, signer, person = (values[f"{name}_{n}"] for name in ("signature", "signer", "person"))
    if told is None and signer is None and person is None:
        return None
    return OwnBlock(
        None if told is None else lines(str(told)),
        None if signer is None else str(signer),
        templates.person(desk, str(person)) if person else None,
    )


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
    parts: tuple[Part, ...] = tuple(_ended(part, own) if isinstance(part, Signed) else part for part in made.parts)
    made = templates.with_copies(replace(made, head=_head(made.head, own), parts=parts), own.copies)
    return replace(made, title=own.title) if own.title is not None and first else made


def _head(head: Letterhead, own: Own) -> Letterhead:
    return head if own.number is None else replace(head, number=own.number)


def _ended(end: Signed, own: Own) -> Signed:
    return replace(
        end,
        blocks=_signed(end.blocks, own.signatures),
        lunar=end.lunar if own.lunar is None else own.lunar,
        place_date=end.place_date if own.place_date is None else own.place_date,
    )


def _signed(blocks: tuple[Signature, ...], own: tuple[OwnBlock | None, ...]) -> tuple[Signature, ...]:
    """The blocks with what was changed; one without lines is taken out, one beyond those there is added."""
    chair, secretary = (blocks[-1].by, blocks[0].by) if blocks else (None, None)
    found: list[Signature] = []
    for n in range(max(len(blocks), len(own))):
        old = blocks[n] if n < len(blocks) else None
        told = own[n] if n < len(own) else None
        if told is None:
            found += [old] if old else []
            continue
        lines_ = told.lines if told.lines is not None else old.lines if old else ()
        by = {"chair": chair, "secretary": secretary, "person": told.person, "nobody": None}.get(
            told.signer or ("person" if told.person else ""), old.by if old else None
        )
        if lines_ or by:
            found.append(Signature(lines_, by))
    return tuple(found)
