"""The copy of a desk that is made before a newer program changes it.

What a program changes of its tables is all or nothing, and the log itself is never touched. The copy is there for what
nobody foresaw. Where there is no room for it, two things are weighed:

- Steps of the schema are final, and the former program does not open the desk afterwards. Without a copy there would be
  no way back: so the desk is refused, as it is, and the former program still opens it. Before that, older copies of the
  same kind go but one, and the stick is tried on which backups are put.
- The state tables are made again from the log alone, whenever a kind gains a field. An officer whose disk is full shall
  not be kept from their desk by that: it goes on without a copy, and all or nothing as ever.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from cpdesk import settings
from cpdesk.errors import DiskProblem
from cpdesk.files import is_full
from cpdesk.i18n import _
from cpdesk.paths import home
from cpdesk.store import care, connection, copies
from cpdesk.store.desk import Desk

logger = logging.getLogger(__name__)
WHY = "before-upgrade"
MOST, MOST_BYTES = 3, 1_000_000_000
_MB = 1_000_000

Progress = Callable[[int, int], object]


def copy_before(desk: Desk, progress: Progress) -> Path:
    """A verified copy before steps are run; `desk` is as the former program left it. `DiskProblem` where there is no
    room for one, `Damaged` where the desk is not whole enough to be copied."""
    try:
        return _copied(desk, progress)
    except DiskProblem as why:
        with connection.troubles(desk.db):
            if desk.db.execute("PRAGMA cipher_integrity_check").fetchone() is not None:
                raise connection.damaged(desk.path) from why
        raise _no_copy(desk, why) from why


def copy_if_room(desk: Desk, progress: Progress) -> None:
    """A copy before the state is made again, which can be done without."""
    try:
        _copied(desk, progress)
    except DiskProblem as why:
        logger.warning("no copy before the state is made again: %s", type(why.__cause__).__name__)


def _copied(desk: Desk, progress: Progress) -> Path:
    try:
        return copies.kept(desk, WHY, MOST, MOST_BYTES, progress)
    except DiskProblem as why:
        if not is_full(why):
            raise
        if _thinned(desk):
            with suppress(DiskProblem):
                return copies.kept(desk, WHY, MOST, MOST_BYTES, progress)
        elsewhere = settings.load().backup_folder
        if not elsewhere or not Path(elsewhere).is_dir():
            raise
        name = f"{WHY}-{desk.office}-{desk.salt.hex()[:8]}-{datetime.now():%Y%m%d-%H%M%S-%f}.cpdesk"
        care.copy(desk, Path(elsewhere) / name, progress)
        return Path(elsewhere) / name


def _thinned(desk: Desk) -> bool:
    """Older copies of that desk before an upgrade go but the last; whether any did."""
    old = sorted((home() / "backups").glob(f"{WHY}-{desk.office}-{desk.salt.hex()[:8]}-*.cpdesk"))[:-1]
    for one in old:
        one.unlink(missing_ok=True)
    return bool(old)


def _no_copy(desk: Desk, why: DiskProblem) -> DiskProblem:
    kept = _("The desk was left as it was, and the former program opens it.")
    what = _("“{file}” shall be made ready for this program, and the copy that is made before could not be written.")
    if not is_full(why):
        return DiskProblem(what.format(file=desk.path), kept, why.todo)
    pages = int(desk.db.execute("PRAGMA page_count").fetchone()[0])
    return DiskProblem(
        what.format(file=desk.path),
        kept,
        _("Free {size} MB on this disk, or plug in the stick on which backups are put, and open it again.").format(
            size=pages * 4096 * 2 // _MB + 1
        ),
    )
