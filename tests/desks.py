"""Real desks for tests, made as the program makes them."""

from __future__ import annotations

from pathlib import Path

from cpdesk.store import Desk
from cpdesk.tasks import desk as desks
from cpdesk.tasks import exchange

PROVINCE, TA_KHMAU, KIEN_SVAY = "08", "0811", "0802"


def make(folder: Path, code: str = "0801", officer: str = "សុខ សុភា") -> Desk:
    """A new desk of that office in `folder`."""
    return desks.create(folder / f"{code}.cpdesk", code, officer)


def befriend(upper: Desk, lower: Desk, folder: Path) -> None:
    """Both take each other's card, by way of `folder`."""
    for desk in (upper, lower):
        exchange.write_card(desk, folder / f"{desk.office}.cpcard")
    exchange.join(lower, folder / f"{upper.office}.cpcard")
    exchange.enrol(upper, folder / f"{lower.office}.cpcard")
