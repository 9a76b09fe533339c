"""Every form by the name that the command line and the window call it by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from cpdesk.printing.document import Document
from cpdesk.store import Desk
from cpdesk.tasks.papers import (
    agenda,
    alignment_table,
    audit_page,
    board_page,
    budget_tables,
    card_page,
    compare_table,
    follow_up_list,
    hidden_list,
    invitation,
    meeting_papers,
    meeting_report,
    package_paper,
    personal_copy,
    plain_sheets,
    plan_matrix,
    profile,
    progress_report,
    register_sheet,
    swot_page,
    thread_report,
)
from cpdesk.tasks.papers.choices import Choices

Subject = Literal["meeting", "plan", "area", "record", "kind", "package", "register", "office", "person"]
Maker = Callable[[Desk, str, Choices], Document | Sequence[Document]]


@dataclass(frozen=True)
class Form:
    """A form: what its id names, and what makes its paper.

    `letter`: it takes a number from the office's register when it is given out. `public`: it has a public copy.
    `workbook`: it is mostly tables, so that people want it in Excel. `part` tells papers about one subject apart, such
    as the quarters of a report: each has a number and changes of its own; blank for the whole. Of a form that makes
    several letters at once, `each` says for every one what its changes by hand are kept under, from all of them to that
    one alone; they bear one number together. `of_all`: there is one about everything too, under the id "all". Forms
    about a record or a kind speak the language of the window; all others are official and Khmer.
    """

    name: str
    about: Subject
    make: Maker
    letter: bool = False
    public: bool = False
    workbook: bool = False
    part: Callable[[Desk, str, Choices], str] | None = None
    each: Callable[[Desk, str, Choices], Sequence[Sequence[str]]] | None = None
    of_all: bool = False

    @property
    def official(self) -> bool:
        return self.about not in ("record", "kind")


_ALL = (
    Form("invitation", "meeting", invitation.letters_of, letter=True, part=invitation.one_of, each=invitation.each_of),
    Form("invitation_list", "meeting", invitation.with_list, letter=True),
    Form("agenda", "meeting", agenda.paper),
    Form("minutes", "meeting", meeting_papers.minutes_of),
    Form("attendance", "meeting", meeting_papers.attendance_of, workbook=True),
    Form("attendance_blank", "meeting", meeting_papers.blank_attendance),
    Form("meeting_report", "meeting", meeting_report.paper, letter=True),
    Form("follow_ups", "meeting", follow_up_list.paper, workbook=True, of_all=True),
    Form("progress_report", "plan", progress_report.paper, letter=True, part=progress_report.part),
    Form("plan_matrix", "plan", plan_matrix.paper, workbook=True),
    Form("budget", "plan", budget_tables.paper, workbook=True),
    Form("alignment", "plan", alignment_table.paper, workbook=True),
    Form("compare", "plan", compare_table.paper, workbook=True, part=compare_table.part),
    Form("swot", "plan", swot_page.paper),
    Form("thread", "plan", thread_report.paper),
    Form("vulnerability_profile", "area", profile.paper, public=True, workbook=True, part=profile.part),
    Form("hidden_list", "area", hidden_list.paper, workbook=True, part=profile.part),
    Form("package", "package", package_paper.held, workbook=True),
    Form("receipt", "package", package_paper.receipt, letter=True),
    Form("letter_register", "register", register_sheet.paper, workbook=True, part=register_sheet.part),
    Form("card", "office", card_page.paper),
    Form("board", "office", board_page.paper, workbook=True),
    Form("audit", "office", audit_page.paper, workbook=True),
    Form("personal_data", "person", personal_copy.paper),
    Form("record", "record", plain_sheets.record_of),
    Form("list", "kind", plain_sheets.list_of, workbook=True),
)
FORMS: dict[str, Form] = {form.name: form for form in _ALL}
