"""From records to official paper: the door to every form, as PDF, Word or Excel."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from cpdesk import records as kinds
from cpdesk.errors import BadInput, UserError
from cpdesk.files import write_whole
from cpdesk.i18n import _, using
from cpdesk.khmer import digits
from cpdesk.printing.document import Document
from cpdesk.printing.spoken import speaking
from cpdesk.store import Desk
from cpdesk.tasks import contents, records, roles
from cpdesk.tasks.papers import ALL, NONE, Choices, Form, profile
from cpdesk.tasks.papers import FORMS as BY_NAME
from cpdesk.tasks.paperwork import own, register, templates
from cpdesk.tasks.paperwork.told import readers_of, subject_of
from cpdesk.tasks.roles import Act

FORMS = tuple(BY_NAME)
FORMER_NAMES = {"profile": "vulnerability_profile"}  # that scripts may still say
FileType = Literal["pdf", "docx", "xlsx"]
FILE_TYPES: tuple[FileType, ...] = ("pdf", "docx", "xlsx")


@dataclass(frozen=True)
class Printed:
    """`pages` is 0 of a Word file or a workbook: how many they have is for the program to say that opens them. `lacks`
    is what `without_number` says of it.
    """

    file: Path
    pages: int
    lacks: str = ""


def print_form(
    desk: Desk, form: str, id_: str, path: Path, choices: Choices = NONE, to: FileType | None = None
) -> Printed:
    """The form about that record (for `list`: that kind) as a finished file.

    Without `to` the ending of `path` says whether it is Word or Excel, and anything else is PDF.
    """
    wanted = to or type_of(path)
    documents(desk, form, id_, choices)  # what cannot be made takes no number
    give_out(desk, form, id_, choices)
    data = render(desk, form, id_, choices, wanted)
    write_whole(path, data)
    return Printed(path, pages(data) if wanted == "pdf" else 0, without_number(desk, form, id_, choices))


def type_of(path: Path) -> FileType:
    """What the ending of a file's name asks for; PDF where it asks for neither Word nor Excel."""
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
    with _language_of(BY_NAME[form]):
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
    """The papers of a form, mostly one: in the office's words, dressed by its template, with what was changed by hand
    on this paper and the number that it has. Official forms are Khmer whatever the language of the window.

    What matters most of the `choices` may stand behind the id: PLAN/2022Q2 for a report, PLAN/VERSION for a comparison,
    PLAN/A3 for larger paper; a profile is about a place: 0802/2022.
    """
    wanted, subject, chosen = _asked(desk, form, id_, choices)
    about = about_of(desk, form, id_, choices)
    with speaking(templates.phrases(desk), templates.report_words(desk)):
        try:
            with _language_of(wanted):
                told = wanted.make(desk, subject, chosen)
        except UserError:
            wanted.make(desk, subject, chosen)  # says why in the language of whoever asks, not of the paper
            raise
        with _language_of(wanted):
            made = (told,) if isinstance(told, Document) else tuple(told)
            made = templates.dress(made, templates.paper(desk, form))
    number = register.number_of(desk, form, _numbered(wanted, subject, about))
    if number:
        made = tuple(replace(one, head=replace(one.head, number=number)) for one in made)
    if wanted.each is None:
        return own.apply(made, own.get(desk, form, about))
    with_own: list[Document] = []
    for one, abouts in zip(made, wanted.each(desk, subject, chosen), strict=True):
        for told_of in abouts:
            (one,) = own.apply((one,), own.get(desk, form, told_of))
        with_own.append(one)
    return tuple(with_own)


def about_of(desk: Desk, form: str, id_: str, choices: Choices = NONE) -> str:
    """What the desk remembers of this paper is kept under: its subject, and the part of it that it tells."""
    wanted, subject, chosen = _asked(desk, form, id_, choices)
    part = wanted.part(desk, subject, chosen) if wanted.part else ""
    return f"{subject}/{part}" if part else subject


def _numbered(form: Form, subject: str, about: str) -> str:
    """What the register knows this paper by: letters to several people bear one number together."""
    return about if form.each is None else subject


def give_out(desk: Desk, form: str, id_: str, choices: Choices = NONE) -> None:
    """What has to be kept in the desk before a paper leaves it: its number, where the office numbers such papers; what
    a public copy tells. Who may only read gives no number: the paper leaves as it is looked at (`without_number`).
    """
    wanted, subject, chosen = _asked(desk, form, id_, choices)
    if wanted.public and chosen.public:
        profile.give_out(desk, subject, chosen)
    made = _awaiting_number(desk, form, id_, choices) if roles.may(desk, Act.DRAFT) else ()
    if made:
        about = _numbered(wanted, subject, about_of(desk, form, id_, choices))
        register.reserve(desk, form, about, day=chosen.day, subject=subject_of(made), to=readers_of(made))


def without_number(desk: Desk, form: str, id_: str, choices: Choices = NONE) -> str:
    """What to say of a paper that leaves the desk now without the letter number that it should bear; "" of others."""
    if roles.may(desk, Act.DRAFT) or not _awaiting_number(desk, form, id_, choices):
        return ""
    return _(
        "It has no letter number: {name} may read here, and gives none. An officer who writes gives it one."
    ).format(name=desk.officer)


def _awaiting_number(desk: Desk, form: str, id_: str, choices: Choices) -> tuple[Document, ...]:
    """That paper, where the office numbers such papers and this one has no number yet; else none."""
    wanted, subject, _chosen = _asked(desk, form, id_, choices)
    if not wanted.official or not templates.paper(desk, form).numbered:
        return ()
    if register.number_of(desk, form, _numbered(wanted, subject, about_of(desk, form, id_, choices))):
        return ()
    made = documents(desk, form, id_, choices)
    return () if any(one.head.number for one in made) else made  # one that was typed stands


def _asked(desk: Desk, form: str, id_: str, choices: Choices) -> tuple[Form, str, Choices]:
    """The form, its subject and the choices with what stood behind its id."""
    wanted = BY_NAME.get(form)
    if wanted is None:
        raise BadInput(_("There is no form called “{form}”.").format(form=form))
    subject, _slash, chosen = id_.partition("/")
    if wanted.about == "package":
        subject = digits.to_ascii(subject).strip()
    _must_be_about(desk, wanted, subject)
    return wanted, subject, choices.of(chosen)


def _language_of(form: Form) -> AbstractContextManager[None]:
    return using("km") if form.official else nullcontext()


def _must_be_about(desk: Desk, form: Form, id_: str) -> None:
    if form.about == "kind":
        kinds.kind(id_)
    if form.about == "package":
        contents.row(desk, id_)
    if form.about not in ("meeting", "plan", "person") or (form.of_all and id_ in ("", ALL)):
        return
    if records.get(desk, id_).kind.name != form.about:
        if form.about == "meeting":
            raise BadInput(_("This form is about a meeting, and {id} is none.").format(id=id_))
        if form.about == "person":
            raise BadInput(_("This form is about a person, and {id} is none.").format(id=id_))
        raise BadInput(_("This form is about a plan, and {id} is none.").format(id=id_))
