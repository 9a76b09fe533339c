"""The colour space of paper: sRGB as an ICC profile, made from the numbers of its standard (IEC 61966-2-1, ICC.1:2001).

A file that is kept for decades has to say what its red is. Made here, so that it is the same on every machine and no
licence hangs on it.
"""

from __future__ import annotations

import struct
from functools import lru_cache
from itertools import accumulate

_WHITE = (0.9642, 1.0, 0.8249)  # D50
_PRIMARIES = {b"rXYZ": (0.4360, 0.2225, 0.0139), b"gXYZ": (0.3851, 0.7169, 0.0971), b"bXYZ": (0.1431, 0.0606, 0.7139)}
_STEPS = 1024
_NAME = b"sRGB IEC61966-2.1"


def _fixed(*values: float) -> bytes:
    return b"".join(struct.pack(">i", round(value * 65536)) for value in values)


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _curve() -> bytes:
    points = (round(_linear(step / (_STEPS - 1)) * 65535) for step in range(_STEPS))
    return b"curv\0\0\0\0" + struct.pack(f">I{_STEPS}H", _STEPS, *points)


@lru_cache(maxsize=1)
def profile() -> bytes:
    """The profile's file."""
    name = b"desc\0\0\0\0" + struct.pack(">I", len(_NAME) + 1) + _NAME + b"\0" * 79
    tables = [
        (b"desc", name),
        (b"cprt", b"text\0\0\0\0No copyright, use freely\0"),
        (b"wtpt", b"XYZ \0\0\0\0" + _fixed(*_WHITE)),
        *((tag, b"XYZ \0\0\0\0" + _fixed(*place)) for tag, place in _PRIMARIES.items()),
        (b"rTRC", _curve()),
    ]
    bodies = [body + b"\0" * (-len(body) % 4) for _tag, body in tables]
    count = len(tables) + 2  # green and blue share the curve of red
    starts = list(accumulate(map(len, bodies), initial=128 + 4 + 12 * count))
    entries = [(tag, start, len(body)) for (tag, body), start in zip(tables, starts, strict=False)]
    entries += [(tag, *entries[-1][1:]) for tag in (b"gTRC", b"bTRC")]
    directory = struct.pack(">I", count) + b"".join(struct.pack(">4sII", *entry) for entry in entries)
    head = struct.pack(">I4sI4s4s4s", starts[-1], b"\0\0\0\0", 0x02100000, b"mntr", b"RGB ", b"XYZ ")
    head += struct.pack(">6H4s", 2000, 1, 1, 0, 0, 0, b"acsp") + b"\0" * 28 + _fixed(*_WHITE)
    return head + b"\0" * (128 - len(head)) + directory + b"".join(bodies)
