"""The fixed phrases in groups, as a secretary looks for them: how one writes to whom first, then paper by paper.

The phrases are declared in the order in which papers use them, so that a group is all that follows its first phrase.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cpdesk.i18n import N_, _
from cpdesk.khmer.spelling import fold
from cpdesk.records.paperwork import EQUAL, INFERIOR, SUPERIOR
from cpdesk.store import Desk
from cpdesk.tasks.paperwork.templates import RANKS, REPORT, SHIPPED, PhraseRow, phrase_rows

READERS = "readers"
_TO_READERS = ("to", "opening", "closing", "invited_closing")


@dataclass(frozen=True)
class Group:
    """`form` is a paper on which its phrases stand."""

    key: str
    name: str
    first: str
    form: str

    @property
    def title(self) -> str:
        """In the language of the window."""
        return _(self.name)


GROUPS = (
    Group(READERS, N_("By rank of the reader"), "", "invitation"),
    Group("page", N_("The page"), "motto", "minutes"),
    Group("minutes", N_("Minutes"), "minutes", "minutes"),
    Group("attendance", N_("Attendance sheet"), "attendance", "attendance"),
    Group("letters", N_("Head of letters"), "copies", "invitation"),
    Group("invitation", N_("Invitation letters"), "invitation", "invitation"),
    Group("agenda", N_("Agenda"), "agenda", "agenda"),
    Group("meeting_report", N_("Meeting report"), "meeting_report", "meeting_report"),
    Group("follow_ups", N_("Follow-up list"), "follow_ups", "follow_ups"),
    Group("package", N_("Packages and receipts"), "package", "receipt"),
    Group("register", N_("Letter register"), "register", "letter_register"),
    Group("audit", N_("Who did what"), "audit", "audit"),
    Group("plans", N_("Papers about a plan"), "report.code", "plan_matrix"),
    Group("progress", N_("Progress report"), "report.progress", "progress_report"),
    Group("budget", N_("Budget and investment"), "report.budget", "budget"),
    Group("swot", N_("Strong and weak points"), "report.swot", "swot"),
    Group("thread", N_("Thread of the plan"), "report.thread", "thread"),
    Group("compare", N_("Comparison of two versions"), "report.compare", "compare"),
    Group("profile", N_("Vulnerability profile"), "report.profile", "vulnerability_profile"),
    Group("personal", N_("Personal data of a person"), "report.personal", "personal_data"),
)
_BY_KEY = {one.key: one for one in GROUPS}


def group_of(key: str) -> Group:
    """Where a phrase belongs."""
    return _GROUP_OF[key]


def paper_of(key: str) -> str:
    """The form of a paper on which a phrase stands."""
    if _is_to_readers(key) and not key.startswith("invited"):
        return "meeting_report"
    return _GROUP_OF[key].form


def rank_of(key: str) -> str:
    """To whom a phrase of the first group is written."""
    return key.rpartition("_")[2] if _is_to_readers(key) else ""


def about(key: str) -> str:
    """What a phrase is, where its words do not say it themselves: to whom, and which part of a letter."""
    rank = rank_of(key)
    if not rank:
        return ""
    who = {SUPERIOR: _("To a superior"), EQUAL: _("To an equal"), INFERIOR: _("To an inferior")}[rank]
    what = {
        "to": _("before the name"),
        "opening": _("opening"),
        "closing": _("closing"),
        "invited_closing": _("closing of an invitation"),
    }[key.removesuffix(f"_{rank}")]
    return f"{who} · {what}"


def rows_of(desk: Desk, group: str) -> list[PhraseRow]:
    """The phrases of a group; those to readers from the highest to the lowest."""
    return _ordered([row for row in phrase_rows(desk) if _GROUP_OF[row.key].key == group])


def search(desk: Desk, text: str) -> list[PhraseRow]:
    """The phrases of all groups whose words hold `text`, as they stand, as typed or as they ship."""
    wanted = fold(text.strip())
    return _ordered([row for row in phrase_rows(desk) if _holds(row, wanted)])


def changed(desk: Desk) -> list[PhraseRow]:
    """Those that this office says in its own words."""
    return _ordered([row for row in phrase_rows(desk) if row.typed is not None])


def _ordered(rows: Sequence[PhraseRow]) -> list[PhraseRow]:
    order = [one.key for one in GROUPS]
    return sorted(rows, key=lambda row: (order.index(_GROUP_OF[row.key].key), *_to_whom(row.key)))


def _to_whom(key: str) -> tuple[int, int]:
    """Readers from the highest to the lowest, the parts of a letter in their order; others as they come."""
    return (RANKS.index(rank_of(key)), _part(key)) if rank_of(key) else (0, 0)


def _holds(row: PhraseRow, wanted: str) -> bool:
    return any(wanted in fold(text) for text in (row.now, row.shipped, row.typed or ""))


def _is_to_readers(key: str) -> bool:
    what, _under, rank = key.rpartition("_")
    return rank in RANKS and what in _TO_READERS


def _part(key: str) -> int:
    return _TO_READERS.index(key.rpartition("_")[0])


def _grouped() -> dict[str, Group]:
    begins = {one.first: one for one in GROUPS}
    found: dict[str, Group] = {}
    now = _BY_KEY["page"]
    for key in SHIPPED:
        if key == f"{REPORT}code":
            now = _BY_KEY["plans"]
        now = begins.get(key, now)
        found[key] = _BY_KEY[READERS] if _is_to_readers(key) else now
    return found


_GROUP_OF = _grouped()
