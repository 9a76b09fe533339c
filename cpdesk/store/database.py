"""A connection to a desk file, as the store hands it about: everything below it is plain SQL.

Tables are made and changed by sqlite-utils (`schema`), which is loaded only where a desk is new or older than the
program: it takes about half as long to load as an empty window takes to open.
"""

from __future__ import annotations

from typing import Any


class Database:
    """`conn` is the driver's connection, `execute` its own: a cursor for a statement and its values."""

    __slots__ = ("conn", "execute")

    def __init__(self, conn: Any) -> None:
        self.conn = conn
        self.execute = conn.execute
