"""The papers of the story, each as it left the office on its day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

_FULL = date(2022, 8, 15)  # the plan was written up


@dataclass(frozen=True)
class Paper:
    """`about` is the id as the command line wants it; `day` the one that it bears."""

    form: str
    about: str
    day: date
    name: str


def papers(ids: Mapping[str, str], package: str) -> Iterator[Paper]:
    """From the invitation to the year's report, in the order in which they were given out; last a receipt."""
    meeting, old, new = ids["meeting"], ids["plan21"], ids["plan23"]
    called, held = date(2022, 6, 13), date(2022, 6, 23)
    yield Paper("invitation", meeting, called, "invitations-2022-06-23")
    yield Paper("agenda", meeting, called, "agenda-2022-06-23")
    yield Paper("attendance_blank", meeting, held, "attendance-blank-2022-06-23")
    yield Paper("attendance", meeting, held, "attendance-2022-06-23")
    yield Paper("minutes", meeting, held, "minutes-2022-06-23")
    yield Paper("meeting_report", meeting, date(2022, 6, 27), "report-2022-06-23")
    yield Paper("follow_ups", "all", date(2022, 7, 5), "follow-ups-2022-07-05")
    yield Paper("progress_report", f"{old}/2022Q2", date(2022, 7, 11), "progress-2022-q2")
    yield Paper("plan_matrix", new, _FULL, "plan-2023-2025")
    yield Paper("budget", new, _FULL, "budget-2023-2025")
    yield Paper("alignment", new, _FULL, "alignment-2023-2025")
    yield Paper("swot", new, _FULL, "swot-2023-2025")
    yield Paper("thread", new, _FULL, "thread-2023-2025")
    yield Paper("compare", old, _FULL, "versions-2021-2022")
    yield Paper("vulnerability_profile", "08/2022", _FULL, "profile-kandal-2022")
    yield Paper("progress_report", f"{old}/2022", date(2023, 1, 16), "progress-2022")
    yield Paper("receipt", package, date(2023, 1, 16), "receipt-ta-khmau")
