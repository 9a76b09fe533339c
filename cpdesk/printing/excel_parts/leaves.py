"""Which parts of a paper stand on which sheet."""

from __future__ import annotations

from dataclasses import dataclass, field

from cpdesk.printing.document import Document, Heading, Listing, Part, Turn, Words
from cpdesk.printing.excel_parts import tables
from cpdesk.printing.typeset.pages import Paper
from cpdesk.printing.wording import joined


@dataclass
class Leaf:
    """What stands on one sheet. `name` is what the sheet is called, unless another is called so."""

    paper: Paper
    name: str
    parts: list[Part] = field(default_factory=list)
    first: bool = False
    alone: bool = False  # the only one of its paper


def leaves(data: Document, several: bool) -> list[Leaf]:
    """The sheets of a paper: another for paper of another shape, and before and after a long table among others."""
    called = joined(data.topic) if several and data.topic else joined(data.title, data.topic)
    found = [Leaf(Paper(data.landscape, data.large), called, first=True)]
    for part in data.parts:
        last = found[-1]
        if isinstance(part, Turn):
            found.append(Leaf(Paper(part.landscape, part.large), called))
            continue
        if isinstance(part, Listing) and part.lines and _parts(last, part):
            kept: list[Part] = []
            while last.parts and _leads(last.parts[-1]):
                kept.insert(0, last.parts.pop())
            heads = [one.text for one in kept if isinstance(one, Heading)]
            found.append(Leaf(last.paper, heads[0] if heads else called, kept))
        found[-1].parts.append(part)
    found = [one for one in found if one.first or one.parts]
    found[0].alone = len(found) == 1
    return found


def _parts(leaf: Leaf, part: Listing) -> bool:
    """Whether the table wants another sheet than those before it."""
    before = [one for one in leaf.parts if isinstance(one, Listing) and one.lines]
    return bool(before) and any(tables.is_long(one, leaf.paper.width, leaf.paper.room) for one in (part, *before))


def _leads(part: Part) -> bool:
    """Whether it stays with what follows."""
    return isinstance(part, Heading) or (isinstance(part, Words) and (part.keep or part.look == "intro"))
