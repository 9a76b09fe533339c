"""From records to official paper: the door to every form, as PDF, Word or Excel."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from cpdesk import records as kinds
from cpdesk.errors import BadInput
from cpdesk.files import write_whole
from cpdesk.i18n import _, using
from cpdesk.printing.document import Document
from cpdesk.store import Desk
from cpdesk.tasks import records
from cpdesk.tasks.papers import FORMS as BY_NAME
from cpdesk.tasks.papers import NONE, Choices, Form

FORMS = tuple(BY_NAME)
FileType = Literal["pdf", "docx", "xlsx"]
FILE_TYPES: tuple[FileType, ...] = ("pdf", "docx", "xlsx")


@dataclass(frozen=True)
class Printed:
    """`pages` is 0 of a Word file or a workbook: how many they have is for the program to say that opens them."""

    file: Path
    pages: int


def print_form(
    desk: Desk, form: str, id_: str, path: Path, choices: Choices = NONE, to: FileType | None = None
) -> Printed:
    """The form about that record (for `list`: that kind) as a finished file.

    Without `to` the ending of `path` says whether it is Word or Excel, and anything else is PDF.
    """
    wanted = to or _type_of(path)
    documents(desk, form, id_, choices)  # what cannot be made takes no number
    give_out(desk, form, id_, choices)
    data = render(desk, form, id_, choices, wanted)
    write_whole(path, data)
    return Printed(path, pages(data) if wanted == "pdf" else 0)


def _type_of(path: Path) -> FileType:
    ending = path.suffix.lower().removeprefix(".")
    return "docx" if ending == "docx" else "xlsx" if ending == "xlsx" else "pdf"


def pages(pdf: bytes) -> int:
    """How many pages a PDF made here has."""
    from cpdesk.printing.typeset.output import page_count

    return page_count(pdf)


def preview(desk: Desk, form: str, id_: str, choices: Choices = NONE) -> bytes:
    """The form as PDF. Nothing changes in the desk."""
    return render(desk, form, id_, choices)


def render(desk: Desk, form: str, id_: str, choices: Choices = NONE, to: FileType = "pdf") -> bytes:
    """The form as a file. Nothing changes in the desk."""
    made = documents(desk, form, id_, choices)
    with _language_of(_form(form)):
        return laid_out(made, to)


def laid_out(made: tuple[Document, ...], to: FileType = "pdf") -> bytes:
    """Papers as one file; what charts are called is said in the present language."""
    if to == "docx":
        from cpdesk.printing import word

        return word.render(*made)
    if to == "xlsx":
        from cpdesk.printing import excel

        return excel.render(*made)
    from cpdesk.printing import pdf

    return pdf.render(*made)


def documents(desk: Desk, form: str, id_: str, choices: Choices = NONE) -> tuple[Document, ...]:
    """The papers of a form, mostly one. Official forms are Khmer whatever the language of the window.

    What matters most of the `choices` may stand behind the id: PLAN/2022Q2 for a report, PLAN/VERSION for a comparison,
    PLAN/A3 for larger paper; a profile is about a place: 0802/2022.
    """
    wanted = _form(form)
    subject, _slash, chosen = id_.partition("/")
    _must_be_about(desk, wanted, subject)
    with _language_of(wanted):
        made = wanted.make(desk, subject, choices.of(chosen))
    return (made,) if isinstance(made, Document) else tuple(made)


def give_out(desk: Desk, form: str, id_: str, choices: Choices = NONE) -> None:
    """What has to be kept in the desk before a paper leaves it."""


def _language_of(form: Form) -> AbstractContextManager[None]:
    return using("km") if form.official else nullcontext()


def _form(name: str) -> Form:
    form = BY_NAME.get(name)
    if form is None:
        raise BadInput(_("There is no form called “{form}”.").format(form=name))
    return form


def _must_be_about(desk: Desk, form: Form, id_: str) -> None:
    if form.about == "kind":
        kinds.kind(id_)
    if form.about not in ("meeting", "plan"):
        return
    if records.get(desk, id_).kind.name != form.about:
        if form.about == "meeting":
            raise BadInput(_("This form is about a meeting, and {id} is none.").format(id=id_))
        raise BadInput(_("This form is about a plan, and {id} is none.").format(id=id_))
