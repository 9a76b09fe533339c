"""All papers of a meeting at once: into a folder on the stick for the province, or one after the other to a printer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cpdesk.errors import UserError
from cpdesk.files import disk_troubles
from cpdesk.khmer import digits
from cpdesk.paths import make_folder
from cpdesk.store import Desk
from cpdesk.tasks import Cancelled, Progress, forms, no_progress, records
from cpdesk.tasks.attachments import safe_name
from cpdesk.tasks.papers.titles import title

# In the order in which a meeting needs them.
OF_A_MEETING = (
    "invitation",
    "invitation_list",
    "agenda",
    "attendance_blank",
    "attendance",
    "minutes",
    "meeting_report",
    "follow_ups",
)
_BEFORE = ("invitation", "agenda", "attendance_blank")


@dataclass(frozen=True)
class Offer:
    """A paper of the meeting, and whether it is wanted most likely as things stand."""

    form: str
    title: str
    wanted: bool


@dataclass(frozen=True)
class Batch:
    """What became of several papers: files written whole, forms that were not; `problem` says why one was refused or
    the place gave way, blank where all went well; `stopped` where the person stopped it."""

    folder: Path
    files: tuple[Path, ...]
    left: tuple[str, ...] = ()
    problem: str = ""
    stopped: bool = False


def of_meeting(desk: Desk, meeting: str) -> list[Offer]:
    """The papers of a meeting; before it is held those that call it are wanted, then those that tell of it."""
    record = records.get(desk, meeting)
    held = record.text("state") in ("held", "minutes_approved")
    invited = records.count(desk, "attendance", {"meeting": meeting}) > 0
    tasks = records.count(desk, "follow_up", {"meeting": meeting}) > 0
    found = {form: form in _BEFORE and not held for form in OF_A_MEETING}
    found |= {"invitation": not held and invited, "minutes": held, "attendance": held and invited}
    found |= {"follow_ups": held and tasks}
    return [Offer(form, title(form), wanted) for form, wanted in found.items()]


def save_all(
    desk: Desk,
    meeting: str,
    wanted: Sequence[str],
    folder: Path,
    types: Sequence[forms.FileType] = ("pdf",),
    progress: Progress = no_progress,
) -> Batch:
    """Each paper as a finished file in a new folder of `folder` that is named after the meeting.

    Nothing that lies there is touched: a name that is taken gets a number. What was finished stays when the person
    stops, or when the stick is pulled out.
    """
    place = free_folder(folder, folder_name(desk, meeting))
    jobs = [(form, to) for form in wanted for to in types]
    files: list[Path] = []
    try:
        with disk_troubles(place):
            make_folder(place)
        for done, (form, to) in enumerate(jobs):
            progress(done, len(jobs))
            number = digits.count(OF_A_MEETING.index(form) + 1 if form in OF_A_MEETING else done + 1)
            path = place / safe_name(f"{number} {title(form)}.{to}")
            forms.print_form(desk, form, meeting, path, to=to)
            files.append(path)
        progress(len(jobs), len(jobs))
    except Cancelled:
        return Batch(place, tuple(files), _left(jobs, files), stopped=True)
    except UserError as why:
        return Batch(place, tuple(files), _left(jobs, files), str(why))
    return Batch(place, tuple(files))


def _left(jobs: Sequence[tuple[str, forms.FileType]], files: Sequence[Path]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(form for form, _to in jobs[len(files) :]))


def folder_name(desk: Desk, meeting: str) -> str:
    """The day and what the meeting is about, as a name that any system takes."""
    record = records.get(desk, meeting)
    return safe_name(" ".join(part for part in (record.text("date"), record.title) if part)[:60])


def free_folder(folder: Path, name: str) -> Path:
    """A folder of that name in `folder` that is not there yet."""
    found, number = folder / name, 2
    while found.exists():
        found = folder / f"{name} ({number})"
        number += 1
    return found
