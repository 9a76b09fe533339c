"""The recovery code on paper: one page for a locked drawer.

It is made in memory and goes to the printer, or where a person wants it. No register and no cache of papers knows it.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from cpdesk.files import write_whole
from cpdesk.khmer import dates, digits
from cpdesk.printing.document import Document, Facts, Letterhead, Part, Signature, Signed, Span, Text, Words

TITLE = "លេខកូដសង្គ្រោះ"
ABOUT = "សម្រាប់បើកតុការងារ ពេលភ្លេចពាក្យសម្ងាត់"
TEXT = (
    "អ្នកណាកាន់លេខកូដនេះ អាចដាក់ពាក្យសម្ងាត់ថ្មី ហើយបើកតុការងារខាងក្រោមបាន។ សូមរក្សាក្រដាសនេះឱ្យឆ្ងាយពីកុំព្យូទ័រ "
    "ក្នុងកន្លែងចាក់សោ ហើយកុំថតរូប កុំផ្ញើតាមទូរស័ព្ទ។"
)
OFFICE, FILE, CODE, MADE = "រដ្ឋបាល", "ឯកសារតុការងារ", "លេខកូដ", "ធ្វើនៅ"
STEPS = (
    "បើកកម្មវិធីតុកុមារ រួចជ្រើស «ខ្ញុំភ្លេចពាក្យសម្ងាត់»។",
    "វាយលេខកូដខាងលើ។ អក្សរតូច អក្សរធំ និងសញ្ញា «-» មិនសំខាន់ទេ។ គ្មានអក្សរ I L O U ទេ៖ 1 និង 0 គឺជាលេខ។",
    "ជ្រើសឈ្មោះរបស់លោកអ្នក រួចដាក់ពាក្យសម្ងាត់ថ្មី។",
    "លេខកូដនេះលែងប្រើបាន។ កម្មវិធីបង្ហាញលេខកូដថ្មីមួយ៖ សូមបោះពុម្ព ហើយបំផ្លាញក្រដាសចាស់នេះ។",
)
KEPT_BY = ("អ្នកទទួលរក្សាទុក",)


def document(code: str, office: str, file: str) -> Document:
    """The page; `office` may be blank, `file` is the name of the desk."""
    groups = code.split("-")
    shown: Text = (Span("   ".join(groups[:3]) + "\n" + "   ".join(groups[3:]), bold=True),)
    facts: list[tuple[str, Text]] = [
        *([(OFFICE, office)] if office else []),
        (FILE, file),
        (CODE, shown),
        (MADE, dates.official(date.today())),
    ]
    steps = [Words(step, "point", label=f"{digits.count(n, 'km')}.") for n, step in enumerate(STEPS, 1)]
    parts: tuple[Part, ...] = (Words(TEXT), Facts(tuple(facts)), *steps, Signed((Signature(KEPT_BY),), date.today()))
    return Document(Letterhead(tuple(filter(None, (office,)))), TITLE, (ABOUT,), parts)


def render(code: str, office: str, file: str) -> bytes:
    """The page as PDF."""
    from cpdesk.printing import pdf

    return pdf.render(document(code, office, file))


def save(path: Path, code: str, office: str, file: str) -> None:
    """The page as a file of its own; `DiskProblem` where the disk says no."""
    write_whole(path, render(code, office, file))
