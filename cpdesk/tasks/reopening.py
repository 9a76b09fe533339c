"""Decisions that can be taken back by whoever took them: what was written is remembered, and said again as it was."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from cpdesk.errors import BadInput
from cpdesk.i18n import _
from cpdesk.store import Desk, log, reopening
from cpdesk.store.connection import immediate
from cpdesk.tasks import records, roles
from cpdesk.tasks.roles import Act

if TYPE_CHECKING:
    from cpdesk.tasks.versions import Approvals

Made = TypeVar("Made")


@dataclass
class Taken:
    """A decision: how to take it (again), what it is called, and the saves that it consists of."""

    run: Callable[[Desk], object]
    said: str
    saves: Mapping[bytes, Collection[bytes]] = field(default_factory=dict)
    approvals: Approvals = field(default_factory=dict)  # of plans, as they stood after it


def take(desk: Desk, run: Callable[[Desk], Made], said: str) -> tuple[Made, Taken]:
    """Run it, all or nothing, and remember what it wrote."""
    from cpdesk.tasks.versions import approvals  # which itself is done through undo

    with immediate(desk.db):
        start = log.last_n(desk.db)
        made = run(desk)
        return made, Taken(run, said, reopening.written_since(desk.db, start), approvals(desk))


def take_back(desk: Desk, taken: Taken) -> None:
    """As if it had never been taken: both sides stand beside each other again, with who wrote them. `BadInput` where
    somebody has gone on from it."""
    from cpdesk.tasks.versions import changing  # which itself is done through undo

    ids = [record.hex() for record in taken.saves]
    with roles.acting(desk, Act.MERGE), immediate(desk.db), changing(desk, ids, taken.approvals):
        record = reopening.take_back(desk, taken.saves)
        if record is not None:
            raise BadInput(
                _("The decision on “{title}” cannot be taken back: something later stands on it.").format(
                    title=records.title(desk, record.hex())
                ),
                _("Nothing was changed."),
                _("Write the value that shall stand into the record itself; the next package tells it to the others."),
            )


def take_again(desk: Desk, taken: Taken) -> None:
    """The same decision once more."""
    _made, again = take(desk, taken.run, taken.said)
    taken.saves, taken.approvals = again.saves, again.approvals
