"""The log read as a book of who did what: the newest first, a page at a time; and deeds noted in it."""

from __future__ import annotations

from collections.abc import Mapping

from cpdesk.kinds import Kind, Value
from cpdesk.store import writer
from cpdesk.store.decisions import plainly
from cpdesk.store.desk import Desk


def note(desk: Desk, kind: Kind, values: Mapping[str, Value]) -> str:
    """Keep a deed; its id.

    The one place that writes for whoever may only read: a deed is nobody's words but the desk's own note that
    something was done. A reader who makes a backup changes nothing, and is answered for like everybody.
    """
    pen, desk.pen = desk.pen, True
    try:
        with plainly(desk):
            return writer.save(desk, kind, values).id
    finally:
        desk.pen = pen
