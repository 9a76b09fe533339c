"""All papers of a meeting at once: into a folder on the stick for the province, or one after the other to a printer."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cpdesk.errors import DeskProblem, DiskProblem, UserError
from cpdesk.files import disk_problem, disk_troubles
from cpdesk.khmer import breaks, digits
from cpdesk.paths import make_folder
from cpdesk.store import Desk
from cpdesk.tasks import Cancelled, Progress, forms, no_progress, records
from cpdesk.tasks.attachments import safe_name
from cpdesk.tasks.papers import invitation
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
LONGEST_NAME = 120  # bytes of what a meeting is about in the name of its folder


@dataclass(frozen=True)
class Offer:
    """A paper of the meeting, and whether it is wanted most likely as things stand."""

    form: str
    title: str
    wanted: bool


@dataclass(frozen=True)
class Refused:
    """A paper that cannot be made, and why."""

    form: str
    why: str


@dataclass(frozen=True)
class Batch:
    """What became of several papers.

    `files` were written whole. `refused` could not be made, the others went on. Where the place gave way `problem` says
    how, and where the person stopped it `stopped` is set: `left` are then the papers that lack. `numberless` left the
    desk without the number that they should bear (`forms.without_number`).
    """

    folder: Path
    files: tuple[Path, ...] = ()
    refused: tuple[Refused, ...] = ()
    left: tuple[str, ...] = ()
    problem: str = ""
    stopped: bool = False
    numberless: tuple[str, ...] = ()


@dataclass(frozen=True)
class GivenOut:
    """A paper that is ready for the printer, with the number that it has from now on."""

    form: str
    pdf: bytes


def of_meeting(desk: Desk, meeting: str) -> list[Offer]:
    """The papers of a meeting; before it is held those that call it are wanted, then those that tell of it."""
    record = records.get(desk, meeting)
    held = record.text("state") in ("held", "minutes_approved")
    called = record.text("state") in ("", "planned")
    people = records.count(desk, "attendance", {"meeting": meeting}) > 0
    tasks = records.count(desk, "follow_up", {"meeting": meeting}) > 0
    wanted = {
        "invitation": called and bool(invitation.invitees(desk, record)),
        "agenda": called,
        "attendance_blank": called,
        "attendance": held and people,
        "minutes": held,
        "follow_ups": held and tasks,
    }
    return [Offer(form, title(form), wanted.get(form, False)) for form in OF_A_MEETING]


def letters(desk: Desk, meeting: str) -> list[tuple[str, str]]:
    """Everybody who gets a letter of their own: the id of that letter alone (see `Form.part`), and their name."""
    found = invitation.invitees(desk, records.get(desk, meeting))
    return [(f"{meeting}/{one.ids[0]}", f"{one.who.title} {one.who.name}".strip()) for one in found if one.ids]


def give_out_all(
    desk: Desk, meeting: str, wanted: Sequence[str], progress: Progress = no_progress
) -> tuple[list[GivenOut], list[Refused]]:
    """Each paper ready to be printed, and those that cannot be made."""
    made: list[GivenOut] = []
    refused: list[Refused] = []
    for done, form in enumerate(wanted):
        progress(done, len(wanted))
        try:
            forms.documents(desk, form, meeting)  # what cannot be made takes no number
            forms.give_out(desk, form, meeting)
            made.append(GivenOut(form, forms.render(desk, form, meeting)))
        except (DiskProblem, DeskProblem):
            raise
        except UserError as why:
            refused.append(Refused(form, str(why)))
    return made, refused


def save_all(
    desk: Desk,
    meeting: str,
    wanted: Sequence[str],
    folder: Path,
    types: Sequence[forms.FileType] = ("pdf",),
    progress: Progress = no_progress,
) -> Batch:
    """Each paper as a finished file in a new folder of `folder` that is named after the meeting.

    Nothing that lies there is touched: where the name is taken, the new folder gets a number. What was finished stays
    when the person stops, or when the stick is pulled out. A missing `folder` is not made: it may be a stick that is
    gone. `BadInput` or `NotFound` for a meeting that is none.
    """
    name = folder_name(desk, meeting)
    jobs = [(form, to) for form in wanted for to in types]
    files: list[Path] = []
    numberless: list[str] = []
    refused: dict[str, Refused] = {}
    place, at, problem, stopped = folder, 0, "", False
    try:
        place = _new_folder(folder, name)
        for at, (form, to) in enumerate(jobs):
            progress(at, len(jobs))
            path = place / _file_name(form, to)
            try:
                made = forms.print_form(desk, form, meeting, path, to=to)
            except (DiskProblem, DeskProblem):
                raise
            except UserError as why:
                refused[form] = Refused(form, str(why))
            else:
                files.append(path)
                numberless += [form] if made.lacks else []
        at = len(jobs)
        progress(at, at)
    except Cancelled:
        stopped = at < len(jobs)
    except (DiskProblem, DeskProblem) as why:
        problem = " ".join(part for part in (why.what, why.todo) if part)
    if not files and place != folder:
        with contextlib.suppress(OSError):
            place.rmdir()
    left = tuple(dict.fromkeys(form for form, _to in jobs[at:]))
    return Batch(place, tuple(files), tuple(refused.values()), left, problem, stopped, tuple(dict.fromkeys(numberless)))


def _file_name(form: str, to: forms.FileType) -> str:
    """Numbered in the order in which a meeting needs them, so that a folder shows them so."""
    number = f"{digits.count(OF_A_MEETING.index(form) + 1)} " if form in OF_A_MEETING else ""
    return safe_name(f"{number}{title(form)}.{to}")


def folder_name(desk: Desk, meeting: str) -> str:
    """The day and what the meeting is about, in whole words, as a name that any system takes."""
    record = records.get(desk, meeting)
    words = ""
    for piece in breaks.pieces(record.title[:LONGEST_NAME]):
        if len(f"{words}{piece}".encode()) > LONGEST_NAME:
            break
        words += piece
    whole = len(words) >= len(record.title)
    return safe_name(" ".join(part for part in (record.text("date"), words.strip() + ("" if whole else "…")) if part))


def _new_folder(folder: Path, name: str) -> Path:
    """A folder of that name in `folder`, with a number where something bears it already."""
    with disk_troubles(folder):
        if not folder.is_dir():
            why = errno.ENOTDIR if folder.exists() else errno.ENOENT
            raise disk_problem(OSError(why, ""), folder)
        found, number = folder / name, 2
        while found.exists():
            found = folder / f"{name} ({number})"
            number += 1
        make_folder(found)
    return found
