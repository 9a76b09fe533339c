"""A note outside the desk of how far its own streams had come.

A desk that was copied to another computer, or brought back from a backup, would go on writing at places in its chain
that another copy has written already. On opening, the note tells: where it is missing, ahead of the desk, or of other
content, the desk mints new streams. Streams are cheap; when in doubt, mint. The note needs no flush: an old one is
merely behind, which is no reason to mint.
"""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import TYPE_CHECKING

from cpdesk import paths
from cpdesk.store.log import newest

if TYPE_CHECKING:
    from cpdesk.store.desk import Desk

logger = logging.getLogger(__name__)


def _path(desk: Desk) -> Path:
    return paths.home() / "anchors" / f"{desk.salt.hex()}.json"


def _own(desk: Desk) -> dict[str, tuple[int, bytes]]:
    rows = desk.db.execute("SELECT sid, id FROM stream WHERE mine = 1").fetchall()
    return {id_.hex(): newest(desk.db, sid)[:2] for sid, id_ in rows}


def keep(desk: Desk) -> None:
    """Write the note anew. A profile that cannot be written costs a fresh stream at the next start, no more."""
    note = {"site": desk.site, "streams": {id_: [seq, h.hex()] for id_, (seq, h) in _own(desk).items()}}
    path = _path(desk)
    try:
        path.parent.mkdir(exist_ok=True)
        part = path.with_suffix(".part")
        part.write_text(json.dumps(note), "ascii")
        part.replace(path)
    except OSError as why:
        logger.warning("no anchor kept: %s", why)


def fits(desk: Desk) -> bool:
    """Whether the desk goes on where this computer last saw it."""
    try:
        note = json.loads(_path(desk).read_text("ascii"))
        site, kept = note["site"], note["streams"]
    except (OSError, ValueError, TypeError, KeyError):
        return False
    if site != desk.site:
        return False
    own = _own(desk)
    for id_, (seq, h) in kept.items():
        if seq == 0:
            continue
        if id_ not in own or own[id_][0] < seq:
            return False
        found = desk.db.execute(
            "SELECT 1 FROM op JOIN stream USING(sid) WHERE id = ? AND seq = ? AND h = ?",
            [bytes.fromhex(id_), seq, bytes.fromhex(h)],
        ).fetchone()
        if not found:
            return False
    return True
