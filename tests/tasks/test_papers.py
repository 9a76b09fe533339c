"""Papers about a plan: what the desk knows stands on them, exactly and in Khmer, and nothing that it does not know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from cpdesk import i18n
from cpdesk.charts import Bar, Columns, Heat, Rows
from cpdesk.errors import BadInput, NotFound
from cpdesk.printing.document import Document, Line, Listing, Part, Picture, Turn
from cpdesk.tasks import figures, forms, records, versions
from cpdesk.tasks.papers import FORMS, Choices
from tests import desks
from tests.printing.reading import by_pdfium, squeezed, whole
from tests.tasks import plan_world

PAPERS = tuple(form.name for form in FORMS.values() if form.about == "plan")
MAY = Choices(today=date(2023, 5, 20))
HOSTILE = "<b>x</b> & =1+1 </para> " + "ក" * 3000


@pytest.fixture
def world(tmp_path: Path) -> Iterator[plan_world.World]:
    desk = desks.make(tmp_path)
    made = plan_world.tell(desk)
    made.change("plan", rate="4000")
    made.put("second", "indicator", of="activity", order=2048, text="ចំនួនសិស្ស", unit="នាក់", cumulative=False)
    made.put("second target", "target", indicator="second", year=2023, value="1000")
    made.put("reached", "actual", indicator="indicator", year=2023, quarter=1, value="3")
    made.change("report", girls=5, boys=0, difficulty="ខ្វះគ្រូ", solution="ស្នើគ្រូ", spent="100", currency="USD")
    made.put("later", "progress", activity="activity", year=2023, quarter=2, status="late", spent="250", currency="USD")
    more = {"activity": made.ids["bare"], "year": 2024, "source": "ngo", "amount": "1500500", "currency": "KHR"}
    records.save(desk, "budget_line", more)
    yield made
    desk.close()


def paper(world: plan_world.World, form: str, choices: Choices = MAY, plan: str = "plan") -> Document:
    with i18n.using("km"):
        return FORMS[form].make(world.desk, world.ids[plan], choices)


def text(world: plan_world.World, form: str, choices: Choices = MAY, plan: str = "plan") -> str:
    return whole(forms.preview(world.desk, form, world.ids[plan], choices))


def tables(parts: tuple[Part, ...]) -> list[Listing]:
    return [part for part in parts if isinstance(part, Listing)]


def said(line: Line) -> list[str]:
    """The words of each cell of a row."""
    return [one.text or " / ".join(text for text, _note in one.items) for one in line.cells]


@pytest.mark.parametrize("form", PAPERS)
@pytest.mark.parametrize("lang", i18n.LANGUAGES)
def test_each_paper_is_khmer_whatever_the_window_speaks(world: plan_world.World, form: str, lang: str) -> None:
    i18n.set_language(lang)
    found = text(world, form)
    assert squeezed("ព្រះរាជាណាចក្រកម្ពុជា") in found
    assert squeezed("ផែនការ ២០២៣–២០២៥") in found
    assert i18n.language() == lang
    latin = {word for word in ("Quarter", "Activity", "Version", "riel", "Draft", "figure") if word in found}
    assert not latin


@pytest.mark.parametrize("form", PAPERS)
def test_an_empty_plan_has_its_papers_too(world: plan_world.World, form: str) -> None:
    world.put("blank", "plan", title="ផែនការទទេ", first_year=2030, last_year=2030, office="0801")
    assert squeezed("ផែនការទទេ") in text(world, form, plan="blank")


@pytest.mark.parametrize("form", PAPERS)
def test_what_was_typed_is_printed_as_it_is(world: plan_world.World, form: str) -> None:
    for name in ("activity", "plan objective", "weak", "priority", "indicator"):
        world.change(name, text=HOSTILE)
    found = text(world, form)
    assert squeezed("<b>x</b> & =1+1 </para>") in found
    assert found.count("ក") >= 3000


def test_a_paper_of_a_plan_is_about_a_plan(world: plan_world.World) -> None:
    with pytest.raises(BadInput):
        forms.preview(world.desk, "swot", world.ids["activity"])


def test_the_quarter_may_stand_behind_the_plan(world: plan_world.World, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    done = forms.print_form(world.desk, "progress_report", f"{world.ids['plan']}/2023Q2", path)
    assert done.pages == len(by_pdfium(path.read_bytes()))
    assert squeezed("ត្រីមាសទី២ ឆ្នាំ២០២៣") in whole(path.read_bytes())
    with pytest.raises(BadInput):
        forms.preview(world.desk, "progress_report", f"{world.ids['plan']}/2023Q5")


# --- progress -------------------------------------------------------------------------------------------------------
def test_the_report_is_about_the_last_quarter_that_is_over(world: plan_world.World) -> None:
    def when(today: date) -> str:
        return paper(world, "progress_report", Choices(today=today)).subtitles[1]

    assert when(date(2023, 5, 20)) == "ប្រចាំត្រីមាសទី១ ឆ្នាំ២០២៣"
    assert when(date(2030, 1, 1)) == "ប្រចាំត្រីមាសទី៤ ឆ្នាំ២០២៥"  # the plan's last
    assert when(date(2020, 1, 1)) == "ប្រចាំត្រីមាសទី១ ឆ្នាំ២០២៣"  # its first


def test_the_report_has_each_indicator_and_sums_of_the_quarter(world: plan_world.World) -> None:
    data = paper(world, "progress_report")
    (results,) = tables(data.parts[data.parts.index(Turn(landscape=True)) :])
    rows = [said(line) for line in results.lines if not line.look]
    assert rows[0] == [
        "១.១.១", "យុទ្ធនាការ", "តាមផែនការ", "ចំនួនសាលា", "៣", "១២", "២៥", "២.០០០", "៤០០", "២០",
        "៥", "០", "", "", "",
    ]  # fmt: skip
    assert rows[1][3:7] == ["ចំនួនសិស្ស (នាក់)", "—", "១.០០០", ""], "a second indicator in a row of its own"
    assert rows[1][:3] == ["", "", ""] and results.lines[1].open_below
    (total,) = [said(line) for line in results.lines if line.look == "total"]
    assert total == ["សរុប", "២.០០០", "៤០០", "២០", "៥", "០", "", "", ""]


def test_a_report_tells_nothing_of_what_came_later(world: plan_world.World) -> None:
    data = paper(world, "progress_report")
    charts = [chart for part in data.parts if isinstance(part, Picture) for _title, chart in part.charts]
    (money,) = [chart for chart in charts if isinstance(chart, Columns)]
    assert money.series[1].values == (400, None, None, None)
    assert money.groups == ("ត្រី១", "ត្រី២", "ត្រី៣", "ត្រី៤") and money.unit == "ពាន់រៀល"
    (objectives,) = [chart for chart in charts if isinstance(chart, Rows)]
    assert objectives.items[0] == Bar("១. គោលបំណង", 25, "សូចនាករមានទិន្នន័យ ១ ក្នុងចំណោម ២", "good")


def test_late_and_owed_activities_are_named(world: plan_world.World) -> None:
    text_now = text(world, "progress_report", replace(MAY, period="2023Q2"))
    for words in ("សកម្មភាពយឺត ឬមានហានិភ័យ", "យឺត ១។"):
        assert squeezed(words) in text_now
    records.delete(world.desk, world.ids["later"])
    text_now = text(world, "progress_report", replace(MAY, period="2023Q2"))
    assert squeezed("សកម្មភាពដែលមិនទាន់មានរបាយការណ៍") in text_now
    assert squeezed("បញ្ហាប្រឈម ដំណោះស្រាយ") in text(world, "progress_report")


# --- plan -----------------------------------------------------------------------------------------------------------
def test_the_matrix_has_every_target_and_the_sums_by_year_and_source(world: plan_world.World) -> None:
    data = paper(world, "plan_matrix")
    matrix, sources = tables(data.parts)
    rows = [said(line) for line in matrix.lines if not line.look]
    assert rows[0] == [
        "១.១.១", "យុទ្ធនាការ", "សង្គមកិច្ច", "", "១ ២", "", "", "ចំនួនសាលា", "", "១២", "", "",
        "២.០០០", "", "", "២.០០០", "មានការសន្យាគាំទ្រ",
    ]  # fmt: skip
    assert rows[1][7:10] == ["ចំនួនសិស្ស (នាក់)", "", "១.០០០"]
    assert said(matrix.lines[-1]) == ["សរុប", "២.០០០", "១.៥០០,៥", "", "៣.៥០០,៥", ""]
    assert [said(line) for line in sources.lines] == [
        ["ថវិការដ្ឋ", "២.០០០", "", "", "២.០០០"],
        ["អង្គការមិនមែនរដ្ឋាភិបាល", "", "១.៥០០,៥", "", "១.៥០០,៥"],
        ["សរុប", "២.០០០", "១.៥០០,៥", "", "៣.៥០០,៥"],
    ]
    assert data.landscape and not data.large
    assert paper(world, "plan_matrix", MAY.of("a3")).large


def test_every_row_has_as_many_cells_as_columns(world: plan_world.World) -> None:
    for form in PAPERS:
        for listing in tables(paper(world, form).parts):
            for line in listing.lines:
                width = sum(line.spans) if line.spans else len(line.cells)
                assert width == len(listing.columns) or (line.look in ("band", "subband") and width == 1), form


def test_the_mark_of_what_was_approved_is_printed(world: plan_world.World) -> None:
    assert squeezed("ជំនាន់ទី១ (ពង្រាង) មិនទាន់អនុម័ត។") in text(world, "plan_matrix")
    world.put("chair", "person", name_km="ហ៊ុន កុសនី")
    versions.submit(world.desk, world.ids["plan"])
    approved = versions.approve(world.desk, world.ids["plan"], world.ids["chair"], "2023-01-05")
    found = text(world, "plan_matrix")
    assert approved.hash[:16] in found and squeezed("ជំនាន់ទី១ បានអនុម័តដោយ") in found
    world.change("bare", text="ប្រជុំប្រចាំឆមាស")
    assert approved.hash[:16] not in text(world, "plan_matrix"), "the next version is another content"
    changes = text(world, "compare")
    assert squeezed("ប្តូរ ១ បន្ថែម ០ ដកចេញ ០") in changes
    assert squeezed("ប្រជុំប្រចាំឆមាស") in changes


def test_two_plans_are_compared_where_that_is_asked_for(world: plan_world.World) -> None:
    found = text(world, "compare", replace(MAY, against=world.ids["old"]))
    for words in ("ផ្សព្វផ្សាយ", "យុទ្ធនាការ", "បន្ថែម"):
        assert squeezed(words) in found


def test_the_budget_tells_who_pays_and_what_has_none(world: plan_world.World) -> None:
    by_source, by_objective = tables(paper(world, "budget").parts)[:2]
    assert said(by_source.lines[-1]) == ["សរុប", "២.០០០", "១.៥០០,៥", "", "៣.៥០០,៥", "១០០%", "១.៥០០.៥០០", "៥០០"]
    assert said(by_objective.lines[0])[0] == "១. គោលបំណង"
    world.change("plan", rate=None)
    office = records.find(world.desk, "office")[0]
    records.save(world.desk, "office", {"rate": None}, office.id)
    by_source = tables(paper(world, "budget").parts)[0]
    assert said(by_source.lines[0])[1] == "*", "dollars that nobody can convert are not 0"
    assert squeezed("* មានទឹកប្រាក់ដែលមិនទាន់អាចគិតជារៀល") in text(world, "budget")


def test_the_alignment_says_what_is_missing(world: plan_world.World) -> None:
    (listing,) = tables(paper(world, "alignment").parts)
    rows = {said(line)[1]: said(line) for line in listing.lines if not line.look}
    assert rows["យុទ្ធនាការ"][4:] == ["កម្មវិធីវិនិយោគក្រុង ស្រុក", "ជំពូក ២", ""]
    assert rows["ប្រជុំ"][6] == "ស្ថានភាពវិនិយោគ, កម្មវិធីវិនិយោគ, ជំពូកវិនិយោគ, អ្នកទទួលខុសត្រូវ"


# --- why and what came of it ----------------------------------------------------------------------------------------
def test_strong_and_weak_points_name_what_answers_them(world: plan_world.World) -> None:
    (listing,) = tables(paper(world, "swot").parts)
    weak = listing.lines[1].cells[1].items
    assert weak == (("១. ខ្វះទិន្នន័យ", "ឆ្លើយតបដោយ ១.១.១"), ("២. ខ្វះមន្ត្រី", "មិនទាន់មានសកម្មភាពឆ្លើយតប"))
    assert listing.lines[1].cells[0].items == (("គ្មាន", ""),)


def test_the_thread_goes_from_the_figure_to_the_report(world: plan_world.World) -> None:
    found = text(world, "thread")
    order = ("បោះបង់ការសិក្សា", "កុមារឈប់រៀនច្រើន", "ពលកម្មកុមារ", "មិនទាន់មានសកម្មភាព", "បន្ថែមសាលា ៣", "ជំពូក ២")
    places = [found.index(squeezed(words)) for words in order]
    assert places == sorted(places)
    for words in ("ចងក្រងបញ្ជី", "ផ្សព្វផ្សាយ", "ខ្វះទិន្នន័យ"):
        assert squeezed(words) in found


# --- an area --------------------------------------------------------------------------------------------------------
@pytest.fixture
def counted(world: plan_world.World) -> plan_world.World:
    """Four communes of the office's district, with each of the four things that a cell can be."""
    measure = world.ids["measure"]
    records.save(world.desk, "measure", {"weight": "2"}, measure)
    entries = [
        (measure, place, 2022, sex, "all", "all", value)
        for place, sex, value in (
            ("080101", "female", "30"), ("080101", "male", "12"), ("080102", "all", "0"), ("080103", "all", "-"),
            ("080104", "all", "*"), ("080105", "all", "20"),
        )
    ]  # fmt: skip
    records.delete(world.desk, world.ids["figure"])
    figures.write(world.desk, entries, "មូលដ្ឋានទិន្នន័យឃុំ")
    return world


def profile(world: plan_world.World, choices: Choices = MAY) -> Document:
    with i18n.using("km"):
        return FORMS["vulnerability_profile"].make(world.desk, "0801", choices)


def test_the_profile_ranks_and_says_why(counted: plan_world.World) -> None:
    data = profile(counted)
    charts = [chart for part in data.parts if isinstance(part, Picture) for _title, chart in part.charts]
    (ranking,) = [chart for chart in charts if isinstance(chart, Rows)]
    assert [(bar.lead, bar.value) for bar in ranking.items[:3]] == [("១", 100), ("២", Decimal("47.6")), ("៣", 0)]
    assert ranking.items[3].value is None, "who did not count is not the safest"
    found = whole(forms.preview(counted.desk, "vulnerability_profile", "0801/2022"))
    for words in ("ទម្រង់ទិន្នន័យកុមារងាយរងគ្រោះ", "ឆ្នាំ២០២២", "មូលដ្ឋានទិន្នន័យឃុំ", "មិនសម្រាប់ផ្សព្វផ្សាយជាសាធារណៈ"):
        assert squeezed(words) in found


def test_the_profile_tells_four_things_apart(counted: plan_world.World) -> None:
    charts = [chart for part in profile(counted).parts if isinstance(part, Picture) for _title, chart in part.charts]
    (heat,) = [chart for chart in charts if isinstance(chart, Heat)]
    assert [(row.values[0], row.text(0)) for row in heat.rows[:6]] == [
        (42, ""), (0, ""), (None, "–"), (None, "*"), (20, ""), (None, " "),
    ]  # fmt: skip
    total, known = heat.rows[-2:]
    assert total.values == (62,) and known.texts[0].startswith("៣/")


def test_a_profile_without_figures_says_so(world: plan_world.World) -> None:
    assert squeezed("មិនទាន់មានទិន្នន័យ") in whole(forms.preview(world.desk, "vulnerability_profile", "0802/2031"))
    with pytest.raises(BadInput):
        forms.preview(world.desk, "vulnerability_profile", "0802/soon")
    with pytest.raises(NotFound):
        forms.preview(world.desk, "vulnerability_profile", "9999/2022")
