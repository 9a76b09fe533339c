"""Papers about meetings, lists and records: what nobody knows is not claimed, what is shown is what was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from cpdesk import i18n
from cpdesk.errors import BadInput, NotFound
from cpdesk.printing.document import Document, Facts, Listing, Signed, Words, plain
from cpdesk.tasks import forms, meetings, progress, records, versions
from cpdesk.tasks.papers import Choices
from tests import desks
from tests.printing.reading import squeezed, whole
from tests.printing.worlds import TODAY, crowded
from tests.tasks.plan_world import World

NOW = Choices(today=TODAY)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    i18n.set_language("km")
    made = crowded(desks.make(tmp_path, "0802"), people=0, activities=3, follow_ups=4)
    records.delete(made.desk, made.ids["present"])
    yield made
    made.desk.close()


def paper(world: World, form: str, about: str = "meeting", choices: Choices = NOW) -> Document:
    head, slash, rest = about.partition("/") if form != "list" else ("", "", about)
    return forms.documents(world.desk, form, world.ids.get(head, head) + slash + rest, choices)[0]


def said(made: Document) -> str:
    return " ".join(plain(part.text) for part in made.parts if isinstance(part, Words))


def table(made: Document) -> Listing:
    return next(part for part in made.parts if isinstance(part, Listing))


def come(world: World, *sexes: str | None, **values: object) -> None:
    for n, sex in enumerate(sexes):
        row = {"meeting": world.ids["meeting"], "order": n, "name": f"ភ្ញៀវ {n}", "sex": sex, "status": "present"}
        records.save(world.desk, "attendance", row | values)


# --- who came -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("sexes", "words"),
    [
        (("female", "male"), "សរុប ២នាក់ ស្រី ១នាក់។"),
        (("male", "male"), "សរុប ២នាក់ ស្រី ០នាក់។"),
        ((None, None), "សរុប ២នាក់។"),
        (("female", None, None), "សរុប ៣នាក់ ស្រី ១នាក់ (មិនបានបញ្ជាក់ភេទ ២នាក់)។"),
    ],
)
def test_women_are_counted_where_somebody_said_who_they_are(
    world: World, sexes: tuple[str | None, ...], words: str
) -> None:
    come(world, *sexes)
    for form in ("minutes", "attendance", "meeting_report"):
        assert words in said(paper(world, form)), form
    line = meetings.counts_line(meetings.attendance_counts(world.desk, world.ids["meeting"]))
    assert ("ស្រី" in line) == ("ស្រី" in words)


def test_a_title_tells_the_sex(world: World) -> None:
    come(world, None, title="លោកស្រី")
    come(world, None, title="លោក")
    assert "សរុប ២នាក់ ស្រី ១នាក់។" in said(paper(world, "minutes"))


def test_nobody_is_said_to_have_come_before_they_are_ticked(world: World) -> None:
    come(world, "female", "male", status=None)
    assert "សរុប" not in said(paper(world, "minutes"))
    assert "អ្នកចូលរួមសរុប ......" in said(paper(world, "attendance")), "for the pen"


def test_sheets_have_rows_for_all_who_are_expected(world: World) -> None:
    come(world, *["female"] * 40)
    assert len(table(paper(world, "attendance_blank")).lines) == 45
    assert len(table(paper(world, "attendance")).lines) == 40, "the meeting is over: nobody signs any more"
    world.change("meeting", state="planned")
    assert len(table(paper(world, "attendance")).lines) == 45


def test_who_signs_for_the_committee_is_named(world: World) -> None:
    for form, about in (("follow_ups", "all"), ("plan_matrix", "plan"), ("board", "own"), ("thread", "plan")):
        end = next(part for part in paper(world, form, about).parts if isinstance(part, Signed))
        assert end.blocks[-1].by is not None and end.blocks[-1].by.name == "ហ៊ុន កុសនី", form


def test_a_letter_names_position_and_body_in_one_line_and_encloses_a_long_agenda(world: World) -> None:
    come(world, "female", invited=True, position="ប្រធាន", body="មន្ទីរកិច្ចការនារី")
    made = paper(world, "invitation")
    address = next(part for part in made.parts if isinstance(part, Words) and part.look == "address")
    assert plain(address.text).splitlines()[-1] == "ប្រធាន មន្ទីរកិច្ចការនារី"
    head = next(part for part in made.parts if isinstance(part, Facts))
    assert ("លិខិតភ្ជាប់៖", "របៀបវារៈ") in head.rows


# --- what is open ---------------------------------------------------------------------------------------------------
def test_bands_that_name_people_need_no_column_for_them(world: World) -> None:
    heads = [column.head for column in table(paper(world, "follow_ups", "all")).columns]
    assert "អ្នកទទួលខុសត្រូវ" not in heads and "កិច្ចប្រជុំ" in heads
    heads = [column.head for column in table(paper(world, "follow_ups", "all/DUE")).columns]
    assert "អ្នកទទួលខុសត្រូវ" in heads


# --- progress -------------------------------------------------------------------------------------------------------
def test_a_semester_and_a_year_add_up_their_quarters(world: World) -> None:
    activity = world.ids["activity 1"]
    more = {"activity": activity, "year": 2023, "quarter": 2, "status": "done", "girls": 10, "difficulty": "ជំនន់"}
    records.save(world.desk, "progress", more)
    by_quarter = progress.review(world.desk, world.ids["plan"], progress.Period(2023, 2))
    half = progress.review(world.desk, world.ids["plan"], progress.Span.parse("2023S1"))
    row = next(one for one in half.rows if one.line.id == activity)
    assert (row.reached.girls, row.status, row.difficulty) == (11, "done", "ជំនន់")
    assert half.reached.girls == 0 + 1 + 2 + 10 and by_quarter.reached.girls == 10
    assert len(by_quarter.owed) == 1 and not half.owed, "each has a report of one of its quarters"
    year = progress.review(world.desk, world.ids["plan"], progress.Span.parse("2023"))
    assert year.reached == half.reached and year.period == progress.Period(2023, 4)
    text = said(paper(world, "progress_report", "plan/2023S1"))
    assert "ក្នុងឆមាសនេះ" in text and "អ្នកទទួលផលក្នុងឆមាសនេះ សរុប ១៣ នាក់ ស្រី ១៣ នាក់" in text
    assert paper(world, "progress_report", "plan/2023").subtitles[1] == "ប្រចាំឆ្នាំ២០២៣"
    assert paper(world, "progress_report", "plan/២០២៣s2").subtitles[1] == "ប្រចាំឆមាសទី២ ឆ្នាំ២០២៣"


@pytest.mark.parametrize("period", ["2023S3", "23", "2023Q0", "2023S", "x", "20233"])
def test_what_is_no_stretch_of_time_is_refused(world: World, period: str) -> None:
    with pytest.raises(BadInput):
        paper(world, "progress_report", f"plan/{period}")


def test_each_stretch_of_time_has_a_report_of_its_own(world: World) -> None:
    plan = world.ids["plan"]
    keys = ("2023Q1", "2023S1", "2023")
    abouts = {forms.about_of(world.desk, "progress_report", f"{plan}/{key}", NOW) for key in keys}
    assert abouts == {f"{plan}/2023Q1", f"{plan}/2023S1", f"{plan}/2023"}
    assert forms.about_of(world.desk, "progress_report", plan, NOW) == f"{plan}/2023Q1"


def test_women_among_those_reached_are_told_only_where_they_were_counted(world: World) -> None:
    for n in range(3):
        world.change(f"activity {n} p", girls=None, boys=4)
    text = said(paper(world, "progress_report", "plan/2023Q1"))
    assert "សរុប ១២ នាក់ ក្នុងនោះកុមារ ១២ នាក់" in text and "ស្រី" not in text


# --- versions -------------------------------------------------------------------------------------------------------
def test_a_version_is_compared_by_its_number(world: World) -> None:
    versions.submit(world.desk, world.ids["plan"])
    versions.approve(world.desk, world.ids["plan"], world.ids["the chair"], "2023-01-05")
    world.change("activity 1", text="ធ្វើវិញ")
    for number in ("1", "១"):
        assert "ធ្វើវិញ" in str(table(paper(world, "compare", f"plan/{number}")))
    with pytest.raises(NotFound), i18n.using("en"):
        paper(world, "compare", "plan/7")


def test_refusals_speak_the_language_of_whoever_asks(world: World) -> None:
    for form, about in (("compare", "plan/7"), ("receipt", "9"), ("letter_register", "none"), ("card", "none")):
        with i18n.using("en"), pytest.raises(NotFound) as told:
            paper(world, form, about)
        assert not any("\u1780" <= letter <= "\u17ff" for letter in str(told.value)), form


# --- lists and sheets -----------------------------------------------------------------------------------------------
def test_a_list_begins_with_what_names_its_records(world: World) -> None:
    world.change("activity 0", code="1.1.9")
    made = paper(world, "list", "activity")
    heads = [column.head for column in table(made).columns]
    assert heads[:3] == ["ល.រ", "កូដ", "ខ្លឹមសារ"]
    assert made.subtitles == ("កំណត់ត្រា ៣ · ថ្ងៃទី២០ ខែឧសភា ឆ្នាំ២០២៣",)
    assert "១.១.៩" in str(table(made)), "numbers of activities have Khmer digits"


def test_a_list_is_as_it_is_shown(world: World) -> None:
    records.save(world.desk, "meeting", {"subject": "កិច្ចប្រជុំមុន", "date": "2023-01-20", "state": "planned"})
    names = [line.cells[1].text for line in table(paper(world, "list", "meeting", Choices(descending=True))).lines]
    assert names == ["ពិនិត្យវឌ្ឍនភាព", "កិច្ចប្រជុំមុន"]
    only = table(paper(world, "list", "meeting", Choices(where=(("state", "planned"),))))
    assert [line.cells[1].text for line in only.lines] == ["កិច្ចប្រជុំមុន"]
    for found in (Choices(search="កុសនី"), Choices().of("កុសនី")):
        assert [line.cells[1].text for line in table(paper(world, "list", "person", found)).lines] == ["ហ៊ុន កុសនី"]
    assert "012" not in str(paper(world, "list", "person")), "phone numbers stay with who typed them"


def test_a_records_sheet_has_its_parts_and_money_its_currency(world: World) -> None:
    made = paper(world, "record", "activity 1")
    assert made.title == "សកម្មភាព"
    assert "១.៥០០.០០០ ៛" in str(made.parts) and "ចំនួន 1" in str(made.parts)
    text = whole(forms.preview(world.desk, "record", world.ids["committee"]))
    assert squeezed("លោកជំទាវ ហ៊ុន កុសនី") in text and squeezed("សមាជិកភាព") in text


def test_sums_of_a_plan_are_told_to_the_end(world: World) -> None:
    budget = table(paper(world, "budget", "plan"))
    assert budget.lines[-1].cells[-3].text == "១០០%"
    alignment = table(paper(world, "alignment", "plan"))
    assert alignment.lines[-1].look == "total" and alignment.lines[-1].cells[1].value == Decimal(4500)


def test_papers_with_nothing_to_tell_say_so(world: World) -> None:
    world.put("bare", "plan", title="ទទេ", first_year=2030, last_year=2030, office="0802")
    assert "មិនទាន់មានថវិកា" in said(paper(world, "budget", "bare"))
    assert len(paper(world, "progress_report", "bare").parts) == 4, "no annex of nothing"
    assert "មិនទាន់មានរដ្ឋបាល" in said(paper(world, "board", "own"))
