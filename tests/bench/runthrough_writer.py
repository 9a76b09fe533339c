"""The story's meeting in LibreOffice Writer with a Word template, typed by key events on a screen of its own.

The template is the kindest that we could think of: one file holds the three papers, each on a page of its own, with
head, headings and tables as long as this meeting needs; the first blank is where the cursor stands when it opens, and
from blank to blank it takes one arrow or a Tab or two. People stand once, on the attendance sheet, and follow-ups once,
on their list; the minutes refer to both, and the subject is not repeated over the other two. So nothing is typed again
but names in other places, and everything goes out as one PDF. That the file was copied and named before is not counted.

The steps, as Writer's help documents them: Down goes from row to row and out of a table, Tab from cell to cell; text is
typed in place; Ctrl+S saves in the format that the file has; one click on “Export Directly as PDF” and Enter take the
proposed name. Words that a template cannot know are typed: who somebody is, counts, the day of the moon.

It needs Debian's `xvfb openbox xdotool x11-xkb-utils libreoffice-writer libreoffice-gtk3 fonts-khmeros`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cpdesk.khmer import lunar
from tests.ui import consultation
from tests.ui.consultation import AGENDA, DAY, FOLLOW_UPS, INPUTS, PEOPLE
from tests.ui.meeting_hands import CLOSING, GUEST, MINUTES, NUMBER, OPENING, PRESENTATION, PRESENTER, VENUE

if TYPE_CHECKING:
    from docx.document import Document

NEEDS = ("Xvfb", "openbox", "xdotool", "setxkbmap", "soffice")
SCREEN = ":78"
LAG = 0.25  # seconds after which Writer has done what a key asked; a person is slower
FONT = "Khmer OS Battambang"
EXPORT = (161, 63)  # where “Export Directly as PDF” stands in the tool bar of a window of 1366 × 768
LAYOUT = ("kh,us", "grp:alt_shift_toggle")
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Misc">
<prop oor:name="ShowTipOfTheDay"><value>false</value></prop><prop oor:name="FirstRun"><value>false</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Save/Document">
<prop oor:name="WarnAlienFormat"><value>false</value></prop></item>
</oor:items>"""
HEAD = ("ព្រះរាជាណាចក្រកម្ពុជា", "ជាតិ សាសនា ព្រះមហាក្សត្រ", "រដ្ឋបាលខេត្តកណ្ដាល")
FACTS = (
    "កម្មវត្ថុ", "ថ្ងៃខែឆ្នាំ", "ម៉ោងចាប់ផ្តើម", "ម៉ោងបញ្ចប់", "លេខ", "ទីកន្លែង", "អធិបតី", "អ្នកធ្វើកំណត់ហេតុ", "អង្គភាពរៀបចំ",
    "អ្នកចូលរួមសរុប", "ស្រី",
)  # fmt: skip
CLOSE = ("មតិបើកកិច្ចប្រជុំ", "មតិបិទកិច្ចប្រជុំ", "ថ្ងៃចន្ទគតិ", "ហត្ថលេខាអ្នកធ្វើកំណត់ហេតុ និងអធិបតី")
TO_NEXT = ("Down", "Down", "Down")  # out of a table, into the next one's head, to its first blank
KHMER = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")
ABSENT = "អវត្តមាន"
SEXES = {"female": "ស្រី", "male": "ប្រុស"}


@dataclass
class Hand:
    """Keys and clicks that go to the window in front, counted as the tests of our own window count them (`Tally`)."""

    letters: int = 0
    steps: int = 0
    clicks: int = 0
    again: int = 0  # letters of what stands elsewhere in the papers already
    reckoned: list[str] = field(default_factory=list)  # what a person had to count or look up

    def type(self, text: str, *, again: bool = False, reckoned: bool = False) -> None:
        _tool("type", "--delay", "15", text)
        time.sleep(LAG)
        self.letters += len(text)
        self.again += len(text) if again else 0
        if reckoned:
            self.reckoned.append(text)

    def press(self, *keys: str, times: int = 1) -> None:
        for key in keys * times:
            _tool("key", key)
            time.sleep(LAG)
            self.steps += 1

    def click(self, at: tuple[int, int]) -> None:
        _tool("mousemove", str(at[0]), str(at[1]), "click", "1")
        self.clicks += 1


def _tool(*words: str) -> str:
    done = subprocess.run(("xdotool", *words), env=_screen(), check=True, capture_output=True, text=True, timeout=60)
    return done.stdout.strip()


def _screen() -> dict[str, str]:
    return {**os.environ, "DISPLAY": SCREEN, "SAL_USE_VCLPLUGIN": "gtk3", "LC_ALL": "C.UTF-8"}


def missing() -> list[str]:
    """Which programs are not there."""
    return [name for name in NEEDS if shutil.which(name) is None]


# --- the template ---------------------------------------------------------------------------------------------------
def template(path: Path) -> None:
    """Three papers in one file."""
    import docx
    from docx.enum.section import WD_SECTION
    from docx.shared import Pt

    made = docx.Document()
    for name in ("ascii", "hAnsi", "cs"):
        _fonts(made.styles["Normal"]).set(_named(name), FONT)
    made.styles["Normal"].font.size = Pt(11)
    for number, words in enumerate(("កំណត់ហេតុ កិច្ចប្រជុំពិគ្រោះយោបល់", "បញ្ជីវត្តមាន", "តារាងតាមដានការងារ")):
        section = made.sections[0] if not number else made.add_section(WD_SECTION.NEW_PAGE)
        section.header.is_linked_to_previous = False
        section.header.paragraphs[0].text = "\n".join((*HEAD, words))
        (_minutes, _attendance, _list)[number](made)
    made.save(str(path))


def _fonts(style: Any) -> Any:
    return style.element.get_or_add_rPr().get_or_add_rFonts()


def _named(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(f"w:{name}"))


def _table(made: Document, head: Sequence[str], rows: int) -> None:
    """Blank rows under a head. They have no column of numbers, over which Tab would have to go."""
    table = made.add_table(rows + 1, len(head), style="Table Grid")
    for cell, words in zip(table.rows[0].cells, head, strict=True):
        cell.text = words


def _form(made: Document, labels: Sequence[str]) -> None:
    """What is asked, and beside it the blank."""
    table = made.add_table(len(labels), 2, style="Table Grid")
    for row, words in zip(table.rows, labels, strict=True):
        row.cells[0].text = words


def _minutes(made: Document) -> None:
    _form(made, FACTS)
    made.add_paragraph("សមាសភាពចូលរួម ដូចមានក្នុងបញ្ជីវត្តមានជូនភ្ជាប់។ របៀបវារៈ៖")
    _table(made, ("ចំណុច", "ដឹកនាំដោយ", "ខ្លឹមសារ"), len(AGENDA))
    made.add_paragraph("បទបង្ហាញ៖")
    _table(made, ("ប្រធានបទ", "ដោយ"), 1)
    made.add_paragraph("មតិយោបល់ និងធាតុចូល៖")
    _table(made, ("អ្នកលើកឡើង", "ខ្លឹមសារ"), len(INPUTS))
    made.add_paragraph("សេចក្តីសម្រេច និងការងារត្រូវអនុវត្តបន្ត ដូចមានក្នុងតារាងជូនភ្ជាប់។")
    _form(made, CLOSE)


def _attendance(made: Document) -> None:
    _table(made, ("ឈ្មោះ", "ភេទ", "តួនាទី", "ស្ថាប័ន", "ហត្ថលេខា"), len(PEOPLE) + 1)


def _list(made: Document) -> None:
    _table(made, ("ខ្លឹមសារ", "អ្នកទទួលខុសត្រូវ", "កាលកំណត់", "ស្ថានភាព"), len(FOLLOW_UPS))


# --- what a person does ---------------------------------------------------------------------------------------------
def person(number: int) -> str:
    title, name, *_rest = PEOPLE[number]
    return f"{title} {name}"


def facts(hand: Hand) -> None:
    women = sum(sex == "female" for _title, _name, sex, *_rest in PEOPLE)
    hand.press("Tab")
    for text in (consultation.SUBJECT, "ថ្ងៃទី២៣ ខែមិថុនា ឆ្នាំ២០២២", "៨:០០", "១១:៣០", NUMBER, VENUE):
        hand.type(text)
        hand.press("Down")
    hand.type(person(0), again=True)
    hand.press("Down")
    hand.type(person(6), again=True)
    hand.press("Down")
    hand.type("គណៈកម្មាធិការពិគ្រោះយោបល់កិច្ចការស្ត្រី និងកុមារខេត្ត")
    hand.press("Down")
    hand.type(f"{len(PEOPLE)}នាក់".translate(KHMER), reckoned=True)
    hand.press("Down")
    hand.type(f"{women}នាក់".translate(KHMER), reckoned=True)


def agenda(hand: Hand) -> None:
    hand.press(*TO_NEXT)
    for number, (title, _who, _minutes) in enumerate(AGENDA):
        hand.type(title)
        if number:
            hand.press("Down")
            continue
        hand.press("Tab")
        hand.type(person(1), again=True)
        hand.press("Tab")
        hand.type(MINUTES)
        hand.press("Tab")


def presentation(hand: Hand) -> None:
    hand.press(*TO_NEXT[1:])
    hand.type(PRESENTATION)
    hand.press("Tab")
    hand.type(person(PRESENTER), again=True)


def remarks(hand: Hand) -> None:
    hand.press(*TO_NEXT)
    for number, (who, text, _disposition) in enumerate(INPUTS):
        if number:
            hand.press("Tab")
        hand.type(person(who), again=True)
        hand.press("Tab")
        hand.type(text)


def words(hand: Hand) -> None:
    hand.press("Down", "Down", "Tab")
    for text in (OPENING, CLOSING):
        hand.type(text)
        hand.press("Down")
    hand.type(lunar.line(DAY), reckoned=True)
    hand.press("Down")
    hand.type(f"{person(6)} {person(0)}", again=True)


def people(hand: Hand) -> None:
    hand.press(*TO_NEXT)
    for title, name, sex, position, body in PEOPLE:
        hand.type(f"{title} {name}")
        for text in (SEXES[sex], position, body):
            hand.press("Tab")
            hand.type(text)
        hand.press("Tab", "Tab")
    hand.type(GUEST)
    hand.press("Tab", "Tab", "Tab", "Tab")
    hand.type(ABSENT)


def with_known_people() -> int:
    """Keys for the same sheet where the file is last meeting's and holds all but the guest: down to the row, the name,
    four cells on, that they did not come."""
    return len(TO_NEXT) + len(PEOPLE) + len(GUEST) + 4 + len(ABSENT)


def follow_ups(hand: Hand) -> None:
    hand.press(*TO_NEXT)
    for number, (text, who, due, _sort) in enumerate(FOLLOW_UPS):
        if number:
            hand.press("Tab", "Tab")
        hand.type(text)
        hand.press("Tab")
        hand.type(person(who), again=True)
        hand.press("Tab")
        hand.type("/".join(reversed(due.split("-"))).translate(KHMER))


def papers(hand: Hand) -> None:
    hand.press("ctrl+s")
    time.sleep(2)
    hand.click(EXPORT)
    _wait_for("Export")
    hand.press("Return")


PARTS: dict[str, Callable[[Hand], None]] = {
    "facts": facts, "agenda": agenda, "presentation": presentation, "remarks": remarks, "words": words,
    "people": people, "follow-ups": follow_ups, "papers": papers,
}  # fmt: skip


# --- the screen -----------------------------------------------------------------------------------------------------
@contextmanager
def _running(*command: str, **more: str) -> Iterator[subprocess.Popen[bytes]]:
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, env={**_screen(), **more}, stdout=quiet, stderr=quiet)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(20)


@contextmanager
def writer(file: Path) -> Iterator[None]:
    """Writer with that file, in front on a screen of its own, under a keyboard with a Khmer layout."""
    profile = file.parent / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(SETTINGS, "utf-8")
    place = f"-env:UserInstallation={profile.as_uri()}"
    command = ("soffice", place, "--norestore", "--nologo", "--nofirststartwizard", "--writer", str(file))
    with _running("Xvfb", SCREEN, "-screen", "0", "1366x768x24", "-nolisten", "tcp"):
        time.sleep(1)
        with _running("openbox"):
            time.sleep(1)
            layout, switch = LAYOUT
            subprocess.run(("setxkbmap", layout, "-option", switch), env=_screen(), check=True)
            with _running(*command, HOME=str(file.parent)):
                _wait_for(file.name)
                time.sleep(4)
                yield
                _tool("key", "ctrl+q")
                time.sleep(1)


def _wait_for(title: str) -> None:
    """Until a window of that title is in front."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with_it = subprocess.run(
            ("xdotool", "getactivewindow", "getwindowname"), env=_screen(), capture_output=True, text=True
        )
        if title in with_it.stdout:
            time.sleep(0.5)
            return
        time.sleep(0.25)
    raise TimeoutError(f"no window “{title}” came to the front")


def run(folder: Path) -> tuple[dict[str, Hand], Path]:
    """Keys of each part, and the PDF with the three papers."""
    folder.mkdir()
    file = folder / "minutes.docx"
    template(file)
    done: dict[str, Hand] = {}
    pdf = file.with_suffix(".pdf")
    with writer(file):
        for name, part in PARTS.items():
            done[name] = Hand()
            part(done[name])
        end = time.monotonic() + 60
        while not (pdf.exists() and pdf.read_bytes().rstrip().endswith(b"%%EOF")):
            if time.monotonic() > end:
                raise TimeoutError("Writer wrote no PDF")
            time.sleep(0.25)
    return done, pdf
