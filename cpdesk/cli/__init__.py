"""The command line: the core's second client, for provincial staff, scripts and tests.

Names, arguments, JSON keys and exit statuses are a contract: 0 done, 1 refused with one line on standard error and
nothing changed, 2 wrong usage. Standard output is data, standard error is for people.
"""

from __future__ import annotations

import io
import sys

from cpdesk.cli import audit, desks, exchange, imports, keys, offices, papers, people, records, salvaging, tables
from cpdesk.cli.base import program

__all__ = [
    "audit", "desks", "exchange", "imports", "keys", "main", "offices", "papers", "people", "program", "records",
    "salvaging", "tables",
]  # fmt: skip


def main() -> None:
    """The entry of `cpdesk`: Khmer on whatever the terminal calls its encoding."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="surrogateescape")
    program(prog_name="cpdesk")
