"""The desk file: change log, present state, search, copies. The only place with SQLite."""

import sys

import sqlcipher3

sys.modules.setdefault("pysqlite3", sqlcipher3)  # sqlite-utils takes its SQLite from that name, exceptions included

from cpdesk.store.desk import Desk  # noqa: E402  (the line above must come first)
from cpdesk.store.state import Record  # noqa: E402

__all__ = ["Desk", "Record"]
