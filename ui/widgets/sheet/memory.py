"""What a person chose of a sheet's columns: which are away and how wide the others are. Kept with the settings."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from cpdesk import settings

SHEETS = "sheets"


@dataclass(frozen=True)
class ColumnChoice:
    """`hidden` and `seen` are keys that a person put away or called up; `widths` pixels at text scale 1, by key."""

    hidden: frozenset[str] = frozenset()
    seen: frozenset[str] = frozenset()
    widths: dict[str, int] = field(default_factory=dict)


def load(name: str) -> ColumnChoice:
    """What was kept under that name; nothing where it was not, or is not what was written."""
    kept = settings.load().others.get(SHEETS)
    mine = kept.get(name) if isinstance(kept, dict) else None
    if not isinstance(mine, dict):
        return ColumnChoice()
    widths = mine.get("widths")
    return ColumnChoice(
        _keys(mine.get("hidden")),
        _keys(mine.get("seen")),
        {k: w for k, w in widths.items() if type(w) is int and 0 < w < 4000} if isinstance(widths, dict) else {},
    )


def _keys(found: Any) -> frozenset[str]:
    return frozenset(key for key in found if isinstance(key, str)) if isinstance(found, list) else frozenset()


def save(name: str, choice: ColumnChoice) -> None:
    """Keep it; a disk that says no is passed over, as with all settings."""
    now = settings.load()
    kept = now.others.get(SHEETS)
    mine = {"hidden": sorted(choice.hidden), "seen": sorted(choice.seen), "widths": choice.widths}
    sheets = {**(kept if isinstance(kept, dict) else {}), name: mine}
    settings.save(replace(now, others={**now.others, SHEETS: sheets}))
