"""How often a password was refused, and how long the next try has to wait: longer each time. Nothing is ever wiped."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from pathlib import Path

from cpdesk import paths
from cpdesk.errors import DiskProblem, Locked
from cpdesk.files import write_whole
from cpdesk.i18n import _, ngettext
from cpdesk.khmer import digits
from cpdesk.store import keyfile

FREE, LONGEST = 3, 300  # refusals that cost nothing but the stretching; the longest wait in seconds

_since: dict[bytes, float] = {}  # when this program last refused, by the clock that nobody sets
_STARTED = time.monotonic()


class MustWait(Locked):
    """Too many refusals: `seconds` until the next try is taken."""

    def __init__(self, seconds: float) -> None:
        self.seconds = max(1, round(seconds))
        super().__init__(
            ngettext(
                "Wait {count} second before the next try.", "Wait {count} seconds before the next try.", self.seconds
            ).format(count=digits.count(self.seconds)),
            _("Nothing is lost, however often a password is mistyped."),
            _("Where it is forgotten: the recovery code, the keeper of this desk or the province opens it."),
        )


def wait(path: Path) -> float:
    """Seconds until the next try is taken, 0 for now. Whoever starts the program anew waits the whole time anew."""
    salt = keyfile.salt_of(path)
    refused = count(salt)
    if refused < FREE:
        return 0.0
    delay = min(float(LONGEST), 2.0 ** min(refused - FREE + 1, 30))
    return max(0.0, _since.get(salt, _STARTED) + delay - time.monotonic())


def check(path: Path) -> None:
    """`MustWait` where it is too early."""
    seconds = wait(path)
    if seconds > 0:
        raise MustWait(seconds)


def count(salt: bytes) -> int:
    """How often in a row."""
    try:
        return min(10_000, max(0, int(json.loads(_file(salt).read_text("ascii"))["refused"])))
    except (OSError, ValueError, TypeError, KeyError):
        return 0


def refuse(salt: bytes) -> None:
    """Count one more."""
    _since[salt] = time.monotonic()
    file = _file(salt)
    with suppress(DiskProblem, OSError):  # a disk that is full keeps nobody from trying
        paths.make_folder(file.parent, 0o700)
        write_whole(file, json.dumps({"refused": count(salt) + 1}).encode())


def forget(salt: bytes) -> None:
    """The right one came."""
    with suppress(OSError):
        _file(salt).unlink(missing_ok=True)
    _since.pop(salt, None)


def _file(salt: bytes) -> Path:
    return paths.home() / "keys" / f"{salt.hex()}.tries"
