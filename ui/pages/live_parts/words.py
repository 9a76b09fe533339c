"""Words that the parts of this page share."""

from __future__ import annotations

from datetime import timedelta

from cpdesk.i18n import _
from cpdesk.khmer import digits
from cpdesk.tasks import meetings
from cpdesk.tasks.live import Found, Room
from ui.widgets.editors import Hit


def duration(time: timedelta) -> str:
    """How long, in minutes or in hours and minutes: "៤៥ នាទី", "១ ម៉ោង ៥ នាទី"."""
    hours, minutes = divmod(int(time.total_seconds()) // 60, 60)
    if not hours:
        return _("{minutes} min").format(minutes=digits.count(minutes))
    return _("{hours} h {minutes} min").format(hours=digits.count(hours), minutes=digits.count(minutes))


def counts_words(room: Room) -> str:
    """As officials write it, with the women's share behind it where it is known."""
    words, share = meetings.counts_line(room.counts), room.women_percent
    return words if share is None else f"{words} ({digits.count(share)}%)"


def quorum_words(room: Room) -> str:
    """Members who are here of all there are, and how many are wanting; empty where the organiser has none."""
    if room.quorum is None:
        return ""
    numbers = {"present": digits.count(room.quorum.present), "members": digits.count(room.quorum.members)}
    if room.quorum.reached:
        return _("Quorum {present}/{members}").format(**numbers)
    return _("No quorum yet {present}/{members}: {missing} more").format(missing=digits.count(room.missing), **numbers)


def hits(found: list[Found]) -> list[Hit]:
    return [Hit(one.id, one.name, one.detail) for one in found]
