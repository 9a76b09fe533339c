"""How every form lies on its pages, as text that can be compared line by line.

Each form of the story of the demo was looked at once as pictures; since then a change of its layout is a change of its
file here, which says page by page where every line of words begins, how large it is, and how many rules are drawn.
`python -m tests.printing.snapshots` makes the files anew: look at the pages that changed before you keep them.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pypdfium2
from pypdfium2 import raw

from cpdesk.printing import pdf
from cpdesk.printing.document import Document
from cpdesk.store import Desk
from cpdesk.tasks import exchange, forms, records
from cpdesk.tasks.papers import Choices, invitation
from cpdesk.tasks.paperwork.series import every_series

FOLDER = Path(__file__).parent
DAY = date(2023, 1, 16)
_GAP = 5.0  # points: what stands nearer is the same line; cells are further apart
_CHANCE = re.compile(r"\b[0-9a-f]{16}\b|(?:[០-៩]{5} ){3,}[០-៩]{5}|(?:\d{5} ){3,}\d{5}")  # marks of keys and contents


def papers(desk: Desk) -> dict[str, tuple[Document, ...]]:
    """Every form of the story by the name of its file; but for cards, which draw a key that is another each time."""
    (meeting,) = (one.id for one in records.find(desk, "meeting", {"date": "2022-06-23"}))
    plans = {one["first_year"]: one.id for one in records.find(desk, "plan")}
    old, new = plans[2021], plans[2023]
    invited = invitation.invitees(desk, records.get(desk, meeting))[0].ids[0]
    last = str(exchange.packages(desk)[-1].package)
    wanted = {
        "invitation": ("invitation", f"{meeting}/{invited}"),
        **{name: (name, meeting) for name in ("invitation_list", "agenda", "minutes", "attendance")},
        **{name: (name, meeting) for name in ("attendance_blank", "meeting_report", "follow_ups")},
        "follow_ups_all": ("follow_ups", "all"),
        "follow_ups_by_day": ("follow_ups", "all/DUE"),
        "progress_report": ("progress_report", f"{old}/2022Q2"),
        "progress_report_semester": ("progress_report", f"{old}/2022S1"),
        "progress_report_year": ("progress_report", f"{old}/2022"),
        **{name: (name, new) for name in ("plan_matrix", "budget", "alignment", "swot", "thread")},
        "plan_matrix_a3": ("plan_matrix", f"{new}/A3"),
        "compare": ("compare", f"{old}/1"),
        "vulnerability_profile": ("vulnerability_profile", "0802/2022"),
        "vulnerability_profile_public": ("vulnerability_profile", "0802/2022/public"),
        "hidden_list": ("hidden_list", "0802/2022"),
        "package": ("package", last),
        "receipt": ("receipt", last),
        "letter_register": ("letter_register", every_series(desk)[0].key),
        "board": ("board", "own"),
        "personal_data": ("personal_data", records.get(desk, meeting).text("chair")),
        "record": ("record", meeting),
        "record_plan": ("record", new),
        "list": ("list", "person"),
        "list_activities": ("list", "activity"),
    }
    choices = Choices(today=DAY)
    return {name: forms.documents(desk, form, about, choices) for name, (form, about) in wanted.items()}


def file_of(name: str) -> Path:
    return FOLDER / f"{name}.txt"


def layout(made: tuple[Document, ...]) -> str:
    """The pages of a paper in words."""
    return "\n".join(_pages(pdf.render(*made))) + "\n"


def _pages(data: bytes) -> Iterator[str]:
    with pypdfium2.PdfDocument(data) as document:
        for number, page in enumerate(document, 1):
            wide, high = page.get_size()
            found = list(page.get_objects())
            words = [one for one in found if one.type == raw.FPDF_PAGEOBJ_TEXT]
            rules = sum(one.type == raw.FPDF_PAGEOBJ_PATH for one in found)
            pictures = sum(one.type == raw.FPDF_PAGEOBJ_IMAGE for one in found)
            if number > 1:
                yield ""
            size = f"{wide:.0f}×{high:.0f}"
            yield f"page {number} of {len(document)}, {size}, {rules} rules, {pictures} pictures"
            text = page.get_textpage()
            yield from _lines(words, text, high)
            text.close()
            page.close()


def _lines(words: list[pypdfium2.PdfObject], text: pypdfium2.PdfTextPage, high: float) -> Iterator[str]:
    """From the top: how far down a line stands, how far to the right it begins, its size, its words."""
    runs = sorted((_run(one, text, high) for one in words), key=lambda run: (run.down, run.right))
    joined: list[_Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        if last is not None and (last.down, last.size) == (run.down, run.size) and run.right - last.end < _GAP:
            joined[-1] = replace(last, end=run.end, said=last.said + run.said)  # one line, whatever it is painted by
        else:
            joined.append(run)
    for run in joined:
        if run.said.strip():
            yield f"{run.down:4} {run.right:4.0f} {run.size:4.1f}  {_CHANCE.sub('…', ' '.join(run.said.split()))}"


@dataclass(frozen=True)
class _Run:
    down: int
    right: float
    end: float
    size: float
    said: str


def _run(one: pypdfium2.PdfObject, text: pypdfium2.PdfTextPage, high: float) -> _Run:
    at = one.get_matrix()
    size = ctypes.c_float()
    raw.FPDFTextObj_GetFontSize(one, size)
    return _Run(round(high - at.f), at.e, one.get_bounds()[2], round(size.value * at.d, 1), _said(one, text))


def _said(one: pypdfium2.PdfObject, text: pypdfium2.PdfTextPage) -> str:
    length = raw.FPDFTextObj_GetText(one, text, None, 0)
    buffer = ctypes.create_string_buffer(length)
    raw.FPDFTextObj_GetText(one, text, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return buffer.raw[: max(length - 2, 0)].decode("utf-16-le", "replace")
