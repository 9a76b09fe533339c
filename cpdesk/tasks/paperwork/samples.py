"""What a template is shown on: the newest paper of its form that the desk could print, else one with made-up values.

Made-up records are written in a transaction that is taken back once the paper is gathered: nobody ever sees them, no
number is taken, and what is shown went the whole way of a real paper.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from cpdesk.i18n import using
from cpdesk.printing.document import Document
from cpdesk.printing.spoken import speaking
from cpdesk.store import Desk
from cpdesk.store.connection import immediate
from cpdesk.tasks import forms, receiving, records, roles
from cpdesk.tasks.contents import Contents
from cpdesk.tasks.figures.places import area_of
from cpdesk.tasks.papers import FORMS, Choices, invitation, package_paper
from cpdesk.tasks.paperwork import own, register, sample_story, templates
from cpdesk.tasks.paperwork.series import LETTERS
from cpdesk.tasks.receiving import PackageRow
from cpdesk.tasks.review import KindCount

TEMPLATED = tuple(form.name for form in FORMS.values() if form.official)  # forms that have a template
_LOOKED_AT = 40  # of the newest meetings: those of other offices are passed over


@dataclass(frozen=True)
class Sample:
    """The papers of a form as they would leave the desk now. `about` is the id of what they are about, blank where the
    values are made up."""

    form: str
    documents: tuple[Document, ...]
    about: str = ""


class _Enough(Exception):
    """The paper is gathered: what was written for it goes away again."""


def sample(desk: Desk, form: str, *, rank: str = "", today: date | None = None) -> Sample:
    """A paper of that form; of letters to several people the first. With `rank`, as it is written to such a reader."""
    day = today or date.today()
    about = newest(desk, form)
    if about and not rank:
        with own.set_aside():
            made = _made(desk, form, about, day)
    else:
        made = _rehearsed(desk, form, about, rank, day)
    return Sample(form, _numbered(desk, form, made, day), about)


def pdf(shown: Sample) -> bytes:
    """The sample as it would be printed."""
    with using("km"):
        return forms.laid_out(shown.documents)


def newest(desk: Desk, form: str) -> str:
    """What the newest paper of that form in this desk is about; blank where there is nothing yet."""
    return _NEWEST[FORMS[form].about](desk)


# --- what there is --------------------------------------------------------------------------------------------------
def _meeting(desk: Desk) -> str:
    found = records.find(desk, "meeting", descending=True, limit=_LOOKED_AT)
    ours = [one for one in found if one.scope == desk.office] or found
    return ours[0].id if ours else ""


def _plan(desk: Desk) -> str:
    found = records.find(desk, "plan")
    ours = [one for one in found if one["office"] == desk.office] or found
    return max(ours, key=lambda one: (str(one["last_year"]), one.id)).id if ours else ""


def _package(desk: Desk) -> str:
    return str(max((one.package for one in receiving.packages(desk)), default=""))


_NEWEST: dict[str, Callable[[Desk], str]] = {
    "meeting": _meeting,
    "plan": _plan,
    "package": _package,
    "area": area_of,
    "office": lambda desk: desk.office,
    "person": lambda _desk: "",  # what is kept of somebody is no sample
    "register": lambda _desk: LETTERS,
}


# --- the paper ------------------------------------------------------------------------------------------------------
def _made(desk: Desk, form: str, about: str, day: date) -> tuple[Document, ...]:
    choices = Choices(today=day)
    if form == "invitation":
        people = invitation.invitees(desk, records.get(desk, about))
        choices = replace(choices, against=people[0].ids[-1]) if people else choices
    return forms.documents(desk, form, about, choices)


@contextmanager
def _taken_back(desk: Desk) -> Iterator[None]:
    """What is written inside is gone at the end."""
    with suppress(_Enough), roles.trying(desk), immediate(desk.db):
        yield
        raise _Enough


def _rehearsed(desk: Desk, form: str, about: str, rank: str, day: date) -> tuple[Document, ...]:
    made: tuple[Document, ...] = ()
    with _taken_back(desk):
        if rank:
            templates.put_paper(desk, form, {"rank": rank})
        if FORMS[form].about == "package" and not about:
            made = _package_paper(desk, form, day)
        else:
            about = about or _made_up(desk, form, day)
            if rank and FORMS[form].about == "meeting":
                own.clear(desk, form, about)
                own.put(desk, form, about, "rank", rank)
            made = _made(desk, form, about, day)
    return made


def _made_up(desk: Desk, form: str, day: date) -> str:
    """What a paper of that form can be about, written for this look alone."""
    if FORMS[form].about == "plan":
        return sample_story.plan(desk, day)
    made = sample_story.meeting(desk, day)
    return records.get(desk, made).text("chair") if FORMS[form].about == "person" else made


def _package_paper(desk: Desk, form: str, day: date) -> tuple[Document, ...]:
    """As of a package that a lower office handed in."""
    at = datetime(day.year, day.month, day.day, 2, tzinfo=UTC)
    who = (desk.office, "រដ្ឋបាលថ្នាក់ក្រោម", "12345 67890 12345")
    row = PackageRow(1, *who, 1, at, at, "0001.cpsync", at, 48, 48, 16, 1, late=False, twin=False)
    with using("km"), speaking(templates.phrases(desk), templates.report_words(desk)):
        found = Contents(row, "0" * 16, (_counted("meeting", 2, 1), _counted("activity", 8, 5)), (), 16)
        if form == "receipt":
            made = package_paper.receipt_of(desk, found)
        else:
            made = package_paper.held_of(desk, found, Choices(today=day))
        return templates.dress((made,), templates.paper(desk, form))


def _counted(kind: str, new: int, changed: int) -> KindCount:
    from cpdesk.records import kind as kind_of

    return KindCount(kind, kind_of(kind).label, new, changed, 0)


def _numbered(desk: Desk, form: str, made: tuple[Document, ...], day: date) -> tuple[Document, ...]:
    """With the number that the next such letter would get, where it has none yet."""
    if not templates.paper(desk, form).numbered:
        return made
    number = register.next_number(desk, form, day)
    return tuple(one if one.head.number else replace(one, head=replace(one.head, number=number)) for one in made)
