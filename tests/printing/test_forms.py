"""The official forms: what a meeting has is there in order, what it has not is left out or dotted."""

from __future__ import annotations

import io
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from cpdesk.errors import BadInput
from cpdesk.i18n import using
from cpdesk.printing.document import Letterhead
from cpdesk.printing.model import AttendanceData, Attendee, Column, FollowUpEntry, ListData, MinutesData
from cpdesk.printing.phrases import OFFICIAL, misfits
from cpdesk.printing.typeset import output
from tests.printing.laid import render_attendance, render_list_sheet, render_minutes
from tests.printing.reading import by_pdfium, squeezed, whole
from tests.printing.samples import KANDAL, PEOPLE, SHEET, SPEECH, TINY, crowd, long_minutes

LUNAR = "ថ្ងៃព្រហស្បតិ៍ ៩រោច ខែជេស្ឋ ឆ្នាំខាល ចត្វាស័ក ព.ស. ២៥៦៦"


def in_order(text: str, *wanted: str) -> None:
    at = 0
    for one in map(squeezed, wanted):
        found = text.find(one, at)
        assert found >= 0, f"“{one}” is not there, or too early"
        at = found + len(one)


def test_minutes_tell_the_meeting_in_order() -> None:
    in_order(
        whole(render_minutes(KANDAL)),
        "ព្រះរាជាណាចក្រកម្ពុជា",
        "ជាតិ សាសនា ព្រះមហាក្សត្រ",
        "រដ្ឋបាលខេត្តកណ្តាល",
        "លេខ៖ ០៤៥/២២ គ.ក.ស.ក",
        "កំណត់ហេតុ",
        "ស្តីពី " + KANDAL.subject,
        "នៅថ្ងៃទី២៣ ខែមិថុនា ឆ្នាំ២០២២ វេលាម៉ោង ៨:៣០ ព្រឹក",
        "សរុប ១១៣នាក់ ស្រី ៤៩នាក់",
        "អវត្តមានមានច្បាប់៖ លោក ច័ន្ទ បូរី",
        "Anna Müller",
        "តំណាង លោក ជា វិបុល",
        "២. របៀបវារៈ",
        SPEECH,
        "ចំណុចទី២៖",
        "ចំណុចទី៣៖",
        "លោក ជា វិបុល (ស្រុកកៀនស្វាយ)៖ ស្នើបន្ថែម",
        "លទ្ធផលពិភាក្សា៖ ទទួលយក (សមស្របនឹងអាទិភាពទី១)",
        "<b>សូចនាករ</b> & ចំណុចដៅ → “SMART” ✓",
        "១៥/០៧/២០២២",
        "អង្គប្រជុំបានបិទនៅវេលាម៉ោង ៤:៤៥ រសៀល",
        LUNAR,
        "កណ្តាល ថ្ងៃទី២៣ ខែមិថុនា ឆ្នាំ២០២២",
        "បានឃើញ និងឯកភាព",
        "លោកជំទាវ ហ៊ុន កុសនី",
    )


def test_missing_parts_are_left_out() -> None:
    text = whole(render_minutes(TINY))
    in_order(text, "កំណត់ហេតុ", "ស្តីពី ប្រជុំប្រចាំខែ", "បានបើកកិច្ចប្រជុំ", "អង្គប្រជុំបានបិទនៅវេលាម៉ោង ...", "ថ្ងៃទី...")
    assert "None" not in text
    for section in (OFFICIAL.section_people, OFFICIAL.section_agenda, OFFICIAL.section_decisions):
        assert squeezed(section) not in text
    assert len(by_pdfium(render_minutes(TINY))) == 1


def test_a_subject_that_is_the_meeting_is_not_announced_twice() -> None:
    text = whole(render_minutes(replace(KANDAL, subject="កិច្ចប្រជុំបូកសរុប")))
    assert squeezed("ស្តីពី កិច្ចប្រជុំ") not in text
    assert squeezed("បានរៀបចំ កិច្ចប្រជុំបូកសរុប") in text


def test_sections_are_numbered_without_gaps() -> None:
    text = whole(render_minutes(replace(KANDAL, agenda=(), opening="", presentations=())))
    titles = (
        OFFICIAL.section_people,
        OFFICIAL.section_proceedings,
        OFFICIAL.section_inputs,
        OFFICIAL.section_decisions,
    )
    in_order(text, *(f"{number}. {title}" for number, title in zip("១២៣៤", titles, strict=True)))


def test_a_long_meeting_has_its_people_in_an_annex_and_numbered_pages() -> None:
    data = long_minutes()
    document = render_minutes(data)
    pages = by_pdfium(document)
    text = "".join(map(squeezed, pages))
    assert len(pages) == output.page_count(document) > 10
    assert squeezed("ទំព័រ ១ នៃ ១") in text
    in_order(text, "បានឃើញ និងឯកភាព", OFFICIAL.annex, data.attendance[-1].name)
    for i in range(1, 41):
        assert f"មតិទី{i}៖" in text
    missing = [one.name for one in data.attendance if squeezed(one.name) not in text]
    assert missing == []


def test_decisions_without_names_and_days_are_a_list() -> None:
    text = whole(render_minutes(replace(TINY, follow_ups=(FollowUpEntry("ធ្វើមួយ"), FollowUpEntry("ធ្វើពីរ")))))
    in_order(text, "១. " + OFFICIAL.section_decisions, "១. ធ្វើមួយ", "២. ធ្វើពីរ")
    assert squeezed(OFFICIAL.col_responsible) not in text


def test_the_attendance_sheet_lists_all_and_leaves_rows() -> None:
    text = whole(render_attendance(SHEET))
    in_order(text, OFFICIAL.attendance, "ល.រ", "ហត្ថលេខា", *(one.name for one in PEOPLE), "៦", "១០", "សរុប ១១៣នាក់", LUNAR)
    assert squeezed("សុំច្បាប់") in text
    assert squeezed("០១២ ៣៤៥ ៦៧៨") in text
    assert squeezed("០១២ ៣៤៥ ៦៧៨") not in whole(render_attendance(replace(SHEET, show_phones=False)))


def test_a_blank_sheet_is_filled_by_hand() -> None:
    document = render_attendance(AttendanceData(Letterhead(), "", spare_rows=0))
    text = whole(document)
    in_order(text, "បញ្ជីវត្តមាន", "ថ្ងៃទី...", "១", "២០", "សរុប ...")
    assert "None" not in text


def test_the_sheets_head_comes_again_on_every_page() -> None:
    document = render_attendance(replace(SHEET, attendees=crowd(150)))
    pages = by_pdfium(document)
    assert len(pages) > 5
    assert all(squeezed("នាម និងគោត្តនាម") in squeezed(page) for page in pages[:-1])


def test_people_are_counted_where_nobody_counted() -> None:
    people = (*PEOPLE, Attendee("ក", sex="male", status="absent"))
    text = whole(render_minutes(replace(TINY, attendance=people)))
    assert squeezed("សរុប ៤នាក់ ស្រី ៣នាក់") in text
    assert squeezed("អវត្តមានឥតច្បាប់៖ ក") in text


def test_forms_are_khmer_in_an_english_window() -> None:
    with using("en"):
        english = render_minutes(KANDAL)
    assert english == render_minutes(KANDAL)


def test_an_offices_own_words_are_printed() -> None:
    own = replace(OFFICIAL, ended="ចប់ត្រឹមម៉ោង {time}", motto=("ពាក្យស្លោក",), chair=("ប្រធាន",))
    assert misfits(own) == []
    text = whole(render_minutes(replace(KANDAL, phrases=own)))
    in_order(text, "ពាក្យស្លោក", "កំណត់ហេតុ", "ចប់ត្រឹមម៉ោង ៤:៤៥ រសៀល", "ប្រធាន")
    assert "ព្រះមហាក្សត្រ" not in text


@pytest.mark.parametrize("ended", ["{hour}", "{", "{time.real}", "{}", "{0}", "{time:d}", "{time!r}"])
def test_words_that_cannot_be_filled_in_are_told(ended: str) -> None:
    assert misfits(replace(OFFICIAL, ended=ended)) == ["ended"]


def test_a_list_row_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(ValueError, match="row 1 has 1 texts for 2 columns"):
        render_list_sheet(ListData("ក", (Column("១"), Column("២")), (("មួយ",),)))


def test_an_emblem_is_drawn_or_refused_in_plain_words() -> None:
    file = io.BytesIO()
    Image.new("RGBA", (40, 30), (200, 0, 0, 128)).save(file, "PNG")
    with_emblem = render_minutes(replace(TINY, letterhead=Letterhead(("ស្រុក",), emblem=file.getvalue())))
    assert b"/Image" in with_emblem
    for bad in (b"no picture", file.getvalue()[:60]):
        with pytest.raises(BadInput):
            render_minutes(replace(TINY, letterhead=Letterhead(emblem=bad)))


def test_the_models_come_without_reportlab() -> None:
    heavy = ("reportlab", "uharfbuzz")
    code = f"import sys, cpdesk.tasks.papers; print([name for name in {heavy} if name in sys.modules])"
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_hostile_names_do_not_hold_up_a_page() -> None:
    name = "ក" * 100_000
    data: MinutesData = replace(KANDAL, chair=replace(KANDAL.chair, name=name) if KANDAL.chair else None)
    assert whole(render_minutes(data)).count("ក") >= 100_000
