"""What was half typed when a desk was locked: kept inside of the desk, and given back once to who opens it next.

Words that a field understands are saved as they are typed; this is for the rest, such as a day that reads "soon".
"""

from __future__ import annotations

import json

from cpdesk.kinds import Value
from cpdesk.store import Desk

_KEY = "half typed"
Half = dict[str, dict[str, str]]  # where → name of the input → words


def keep(desk: Desk, who: str, place: str, typed: Half) -> None:
    """Keep what officer `who` had typed at `place`; nothing where nothing was."""
    if typed or desk.meta(_KEY):
        desk.set_meta(_KEY, json.dumps({"who": who, "place": place, "typed": typed}, ensure_ascii=False))


def take(desk: Desk, who: str) -> tuple[str, Half]:
    """What that officer had typed, and where. Of another officer it waits until they come."""
    try:
        kept: dict[str, Value] = json.loads(desk.meta(_KEY) or "{}")
    except ValueError:
        kept = {}
    typed, place = kept.get("typed"), kept.get("place")
    if kept.get("who") != who or not isinstance(typed, dict) or not isinstance(place, str) or not typed:
        return "", {}
    desk.set_meta(_KEY, "")
    return place, typed
