"""Who did what, from the log: changes of records, which tell it by themselves, and deeds, which are noted here."""

from __future__ import annotations

import logging

from cpdesk.errors import UserError
from cpdesk.kinds import Value
from cpdesk.records.deeds import DEED, DeedAct
from cpdesk.store import Desk
from cpdesk.store import audit as book

logger = logging.getLogger(__name__)
MOST_ABOUT = 500  # letters; a deed is a line in a book


def note(
    desk: Desk,
    act: DeedAct,
    about: str = "",
    record: str | None = None,
    *,
    times: int | None = None,
    package: int | None = None,
) -> None:
    """Note that the present officer did something that is no change of a record.

    `about` is what it was done to, in plain words or as a file's name; of packages the other office's code and the
    number: "0204 3". `record` is what it concerns, `times` how often, where that is counted, `package` the local number
    of an import. Inside of the caller's transaction the note is kept with what was done, or neither is. Outside of one,
    what was done stands already: that it could not be noted must not undo it, and only the program's own log tells.
    """
    said = about.encode("utf-8", "replace").decode().replace("\0", " ").strip()[:MOST_ABOUT]
    values: dict[str, Value] = {
        "act": act, "about": said or None, "concerns": record, "times": times, "package": package,
    }  # fmt: skip
    if desk.db.conn.in_transaction:
        book.note(desk, DEED, values)
        return
    try:
        book.note(desk, DEED, values)
    except UserError as why:
        logger.warning("a deed was not noted (%s): %s", act, why.__class__.__name__)
