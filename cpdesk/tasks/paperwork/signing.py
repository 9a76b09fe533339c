"""Signature blocks and copies: what a form has, and over it what a template or one paper's own lines say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from cpdesk.kinds import Value
from cpdesk.printing.document import Copies, Document, Part, Person, Signature, Signed
from cpdesk.records.paperwork import BLOCKS
from cpdesk.store import Desk
from cpdesk.tasks import records
from cpdesk.tasks.paperwork.keeping import lines

CHAIR, SECRETARY, PERSON, NOBODY = "chair", "secretary", "person", "nobody"


@dataclass(frozen=True)
class Block:
    """What is said of one signature block: its lines; who signs ("chair", "secretary", "person", "nobody") and the
    person. None is as the form has it; no lines take the block out."""

    lines: tuple[str, ...] | None = None
    signer: str | None = None
    person: Person | None = None


Blocks = tuple[Block | None, ...]
UNSAID: Blocks = (None,) * len(BLOCKS)


def told_blocks(desk: Desk, values: Mapping[str, Value]) -> Blocks:
    """What a record says of the blocks, from the left."""
    return tuple(_told(desk, values, n) for n in BLOCKS)


def _told(desk: Desk, values: Mapping[str, Value], n: str) -> Block | None:
    told, signer, person = (values.get(f"{name}_{n}") for name in ("signature", "signer", "person"))
    if told is None and signer is None and person is None:
        return None
    return Block(
        None if told is None else lines(str(told)),
        None if signer is None else str(signer),
        named(desk, str(person)) if person else None,
    )


def told_copies(value: Value) -> tuple[str, ...] | None:
    """Who gets copies, a line each; None where nothing is said of it."""
    return None if value is None else lines(str(value))


def named(desk: Desk, id_: str) -> Person | None:
    """The person of that id as they are named under a signature."""
    found = records.get_if_here(desk, id_)
    if found is None or found.kind.name != "person":
        return None
    return Person(found.title, found.text("title"), found.text("position"), records.show(desk, found, "body"))


# --- on the paper ---------------------------------------------------------------------------------------------------
def signed(made: Document, told: Blocks) -> Document:
    """The paper with its signature blocks changed as is told."""
    if not any(told):
        return made
    parts: tuple[Part, ...] = tuple(
        replace(part, blocks=merged(part.blocks, told)) if isinstance(part, Signed) else part for part in made.parts
    )
    return replace(made, parts=parts)


def merged(old: tuple[Signature, ...], told: Blocks) -> tuple[Signature, ...]:
    """The blocks of a form with what is told of each; one told beyond them is added.

    Forms have the chair at the right and whoever prepared the paper at the left.
    """
    people = {
        CHAIR: old[-1].by if old else None,
        SECRETARY: old[0].by if len(old) > 1 else None,
        NOBODY: None,
    }
    found: list[Signature] = []
    for n in range(max(len(old), len(told))):
        had = old[n] if n < len(old) else Signature(())
        said = told[n] if n < len(told) else None
        if said is None:
            found.append(had)
            continue
        shown = had.lines if said.lines is None else said.lines
        signer = said.signer or (PERSON if said.person else "")
        by = said.person if signer == PERSON else people.get(signer, had.by)
        found.append(Signature(shown, by if shown or said.lines is None else None))
    return tuple(one for one in found if one.lines or one.by)


def with_copies(made: Document, copies: tuple[str, ...] | None) -> Document:
    """The paper with these copies in place of its own; None leaves them."""
    if copies is None:
        return made
    title = next((part.title for part in made.parts if isinstance(part, Copies)), made.phrases.copies)
    rest = tuple(part for part in made.parts if not isinstance(part, Copies))
    if not copies:
        return replace(made, parts=rest)
    end = max((n for n, part in enumerate(rest) if isinstance(part, Signed)), default=len(rest) - 1) + 1
    return replace(made, parts=(*rest[:end], Copies(title, copies), *rest[end:]))
