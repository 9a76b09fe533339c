"""The desk file: change log, present state, search, copies. The only place with SQLite."""

from cpdesk.store.desk import Desk
from cpdesk.store.state import Row

__all__ = ["Desk", "Row"]
