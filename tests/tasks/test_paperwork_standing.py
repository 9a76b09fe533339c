"""What stands in a template and whose word it is; what it is shown on; the province's papers in a district."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cpdesk.errors import BadInput, NotFound, UserError
from cpdesk.i18n import set_language
from cpdesk.printing.phrases import blanks as blanks_of
from cpdesk.records.office import office_record_id
from cpdesk.store import Desk
from cpdesk.tasks import forms, records
from cpdesk.tasks.papers import FORMS, Choices
from cpdesk.tasks.paperwork import blanks, groups, own, register, samples, series, standing, templates
from cpdesk.tasks.undo import Undo
from tests import desks
from tests.printing.reading import squeezed, whole
from tests.sync.worlds import World, content, province_and_district

DAY = date(2022, 6, 23)
MEETING = {"subject": "ពិនិត្យផែនការ", "date": "2022-06-20", "start": "08:00", "sort": "ordinary"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desks.make(tmp_path) as made:
        yield made


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = province_and_district(tmp_path)
    yield made
    made.close()


def invited(desk: Desk, *names: str) -> str:
    """A meeting to which these are invited."""
    meeting = records.save(desk, "meeting", MEETING).id
    for order, name in enumerate(names, 1):
        person = records.save(desk, "person", {"name_km": name, "title": "លោក", "sex": "male"}).id
        row = {"meeting": meeting, "order": order, "person": person, "invited": True}
        records.save(desk, "attendance", row)
    return meeting


# --- what a template is shown on ------------------------------------------------------------------------------------
@pytest.mark.parametrize("form", samples.TEMPLATED)
def test_an_empty_desk_shows_every_form_and_keeps_nothing_of_it(desk: Desk, form: str) -> None:
    before = content(desk)
    shown = samples.sample(desk, form, today=DAY)
    text = whole(samples.pdf(shown))
    assert squeezed("ព្រះរាជាណាចក្រកម្ពុជា") in text and squeezed(shown.documents[0].title) in text
    if FORMS[form].about in ("meeting", "plan", "package"):
        assert shown.about == ""
    standing.paper(desk, form)
    assert content(desk) == before and not desk.db.conn.in_transaction


def test_the_newest_own_record_is_shown_and_no_number_is_taken(desk: Desk) -> None:
    records.save(desk, "meeting", {"subject": "ចាស់", "date": "2021-01-01"})
    meeting = invited(desk, "សុខ ក", "សុខ ខ")
    shown = samples.sample(desk, "invitation", today=DAY)
    assert shown.about == meeting and len(shown.documents) == 1, "of letters to several the first"
    assert shown.documents[0].head.number == "០០១/២២" and register.entries(desk) == []
    own.put(desk, "minutes", meeting, "title", "ដោយដៃ")
    assert samples.sample(desk, "minutes").documents[0].title == "កំណត់ហេតុ", "one paper's own lines are no template"


@pytest.mark.parametrize("rank", templates.RANKS)
@pytest.mark.parametrize("told", [True, False])
def test_letters_are_shown_to_each_rank(desk: Desk, rank: str, told: bool) -> None:
    if told:
        invited(desk, "សុខ ក")
    before = content(desk)
    words = templates.rank_words(templates.phrases(desk), rank)
    for form in ("invitation", "meeting_report"):
        text = whole(samples.pdf(samples.sample(desk, form, rank=rank, today=DAY)))
        assert squeezed(words.to) in text
        assert squeezed(words.opening.rpartition("}")[2]) in text
    assert content(desk) == before


# --- whose word stands ----------------------------------------------------------------------------------------------
def test_what_stands_is_what_the_paper_says(desk: Desk) -> None:
    told = standing.paper(desk, "minutes").fields
    assert told["title"].now == "កំណត់ហេតុ" and told["signature_2"].now == "បានឃើញ និងឯកភាព\nប្រធានអង្គប្រជុំ"
    assert "opening" not in told and "rank" not in told, "minutes go to nobody"
    assert not any(one.own or one.source for one in told.values())
    letter = standing.paper(desk, "invitation").fields
    assert letter["rank"].now == "equal" and letter["numbered"].now is True
    assert letter["opening"].now == templates.phrases(desk).opening_equal
    assert letter["closing"].now == templates.phrases(desk).invited_closing_equal
    templates.put_paper(desk, "invitation", {"rank": "superior"})
    letter = standing.paper(desk, "invitation").fields
    assert letter["closing"].now == templates.phrases(desk).invited_closing_superior, "the rank decides"


def test_what_is_typed_stands_and_the_usual_is_no_word_of_ours(desk: Desk) -> None:
    undo = Undo(desk)
    told = standing.paper(desk, "invitation")
    told = standing.put(undo, told, {"title": "លិខិត", "copies": None, "numbered": False})
    assert told.fields["title"].own and told.fields["copies"].own and told.fields["numbered"].own
    again = standing.paper(desk, "invitation")
    assert (again.fields["title"].now, again.fields["copies"].now, again.fields["numbered"].now) == ("លិខិត", None, False)
    assert again.fields["copies"].usual, "left out on purpose, not forgotten"
    made = again.shown.documents[0]
    assert made.title == "លិខិត" and made.head.number == ""
    standing.put(undo, again, {"title": again.fields["title"].usual, "numbered": True})
    found = templates.own_paper(desk, "invitation")
    assert found is not None and (found["title"], found["numbered"]) == (None, None)
    standing.give_back(undo, again, "copies")
    assert not any(one.own for one in standing.paper(desk, "invitation").fields.values())
    undo.undo()
    assert standing.paper(desk, "invitation").fields["copies"].own, "and giving back can be undone"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["title", "opening", "closing", "signature_1", "signature_3", "copies"]),
    st.none() | st.text(st.sampled_from("កខ {}<&>\n\tx"), min_size=1, max_size=9),
)
def test_whatever_is_typed_in_a_template_the_page_follows(desk: Desk, name: str, text: str | None) -> None:
    told = standing.put(desk, standing.paper(desk, "invitation"), {name: text})
    again = standing.paper(desk, "invitation")
    assert (again.fields[name].now or "") == (text or "").strip() or (again.fields[name].own is told.fields[name].own)
    assert samples.pdf(again.shown).startswith(b"%PDF")
    standing.give_back(desk, again, name)


def test_a_registers_fields_and_whose_they_are(world: World) -> None:
    province, district = world["p"], world["a"]
    records.save(province, "office", {"shares_papers": True}, office_record_id("08"))
    series.put_series(province, series.LETTERS, {"suffix": "គ.ក.ស.ក", "first": 7})
    world.carry("p", "a")
    told = standing.series(district, series.LETTERS)
    assert (told["suffix"].now, told["suffix"].source, told["suffix"].own) == ("គ.ក.ស.ក", "08", False)
    assert (told["first"].now, told["width"].now) == (1, 3), "how far a register has come is each office's own"
    told = standing.put_series(district, series.LETTERS, told, {"suffix": None, "width": 4})
    assert told["suffix"].own and series.series(district).suffix == "" and series.series(district).width == 4
    told = standing.put_series(district, series.LETTERS, told, {"suffix": "គ.ក.ស.ក"})
    assert not told["suffix"].own and series.series(district).suffix == "គ.ក.ស.ក"


def test_a_new_register_has_a_key_of_its_own(desk: Desk) -> None:
    key = series.new_key(desk, " សេចក្តីសម្រេច  ២០/២២ ")
    assert key == "សេចក្តីសម្រេច ២០-២២"
    series.put_series(desk, key, {"name": "សេចក្តីសម្រេច ២០/២២"})
    for taken in ("សេចក្តីសម្រេច ២០/២២", "លិខិតចេញ", "  "):
        with pytest.raises(BadInput):
            series.new_key(desk, taken)


# --- phrases --------------------------------------------------------------------------------------------------------
def test_every_phrase_is_in_one_group_and_every_group_has_its_paper(desk: Desk) -> None:
    listed = [row.key for group in groups.GROUPS for row in groups.rows_of(desk, group.key)]
    assert sorted(listed) == sorted(templates.SHIPPED)
    assert {groups.paper_of(key) for key in templates.SHIPPED} <= set(samples.TEMPLATED)
    first = [row.key for row in groups.rows_of(desk, groups.READERS)]
    assert first[:4] == ["to_superior", "opening_superior", "closing_superior", "invited_closing_superior"]
    assert [groups.rank_of(key) for key in first] == [rank for rank in templates.RANKS for _part in range(4)]


def test_phrases_are_found_by_their_words(desk: Desk) -> None:
    templates.put_phrase(desk, "minutes", "កំណត់ហេតុសង្ខេប")
    assert [row.key for row in groups.search(desk, "ហេតុសង្ខេប")] == ["minutes"]
    assert "ended" in {row.key for row in groups.search(desk, "ស្និទ្ធស្នាល")}
    assert [row.key for row in groups.changed(desk)] == ["minutes"]
    assert groups.search(desk, "zzz") == []
    row = groups.changed(desk)[0]
    assert (row.usual, row.now) == ("កំណត់ហេតុ", "កំណត់ហេតុសង្ខេប")


def test_blanks_have_khmer_names_and_come_back_as_they_are_stored() -> None:
    names = {name for text in templates.SHIPPED.values() for name in blanks_of(text)}
    assert names <= set(blanks.KHMER), f"no Khmer name for {names - set(blanks.KHMER)}"
    assert len(set(blanks.KHMER.values())) == len(blanks.KHMER)
    for text in templates.SHIPPED.values():
        set_language("km")
        shown = blanks.shown(text)
        assert not blanks_of(shown) & names and blanks.stored(shown) == text
        set_language("en")
        assert blanks.shown(text) == text == blanks.stored(text)


@given(st.text(st.sampled_from("ក{} address}{លេខ"), max_size=20))
def test_names_of_blanks_change_nothing_else(text: str) -> None:
    set_language("km")
    assert blanks.stored(blanks.shown(text)) == blanks.stored(text)
    assert len(blanks.shown(text).split("{")) == len(text.split("{"))


# --- the province and the district ----------------------------------------------------------------------------------
def test_a_districts_papers_follow_the_province_but_for_its_own_line(world: World) -> None:
    province, district = world["p"], world["a"]
    meeting = invited(district, "សុខ ក")
    at = Choices(today=DAY)

    def said() -> str:
        return whole(forms.preview(district, "invitation", meeting, at))

    usual = said()
    assert squeezed("ឯកសារ-កាលប្បវត្តិ") in usual
    records.save(province, "office", {"shares_papers": True}, office_record_id("08"))
    templates.put_phrase(province, "letter_subject", "កម្មវត្ថុខេត្ត៖")
    templates.put_phrase(province, "opening_equal", "ខេត្តសូមជម្រាប {address}៖")
    templates.put_paper(province, "invitation", {"copies": "ខុទ្ទកាល័យ", "signature_1": "ជ.អភិបាល"})
    world.carry("p", "a")
    for words in ("កម្មវត្ថុខេត្ត៖", "ខេត្តសូមជម្រាប លោក៖", "ខុទ្ទកាល័យ", "ជ.អភិបាល"):
        assert squeezed(words) in said(), words
    told = standing.paper(district, "invitation")
    assert told.fields["copies"].source == "08" and not told.fields["copies"].own

    standing.put(district, told, {"copies": "ឯកសារស្រុក"})
    templates.put_paper(province, "invitation", {"copies": "ខុទ្ទកាល័យថ្មី", "signature_1": "អភិបាល"})
    templates.put_phrase(province, "opening_equal", "ខេត្តសូមជូន {address}៖")
    world.carry("p", "a")
    now = said()
    assert squeezed("ឯកសារស្រុក") in now and squeezed("ខុទ្ទកាល័យ") not in now, "its own line stays"
    assert squeezed("ខេត្តសូមជូន លោក៖") in now and squeezed("ជ.អភិបាល") not in now, "the rest follows"
    standing.give_back(district, standing.paper(district, "invitation"), "copies")
    assert squeezed("ខុទ្ទកាល័យថ្មី") in said()
    world.carry("a", "p")
    assert templates.paper(province, "invitation").copies == ("ខុទ្ទកាល័យថ្មី",), "what a district says stays there"


# --- the register on paper ------------------------------------------------------------------------------------------
def test_the_register_says_to_whom_and_about_what(desk: Desk) -> None:
    meeting = invited(desk, "ក ក", "ខ ខ", "គ គ", "ឃ ឃ")
    forms.give_out(desk, "invitation", meeting, Choices(today=DAY))
    forms.give_out(desk, "meeting_report", meeting, Choices(today=DAY))
    first, second = register.entries(desk)
    assert first.subject == "ការអញ្ជើញចូលរួមកិច្ចប្រជុំសាមញ្ញស្តីពី ពិនិត្យផែនការ"
    assert first.to == "លោក ក ក, លោក ខ ខ, លោក គ គ … (៤នាក់)"
    assert second.subject.startswith("របាយការណ៍ស្តីពីលទ្ធផលនៃកិច្ចប្រជុំ") and "អភិបាល" in second.to


def test_a_paper_that_could_not_be_written_keeps_its_number_for_the_next_time(desk: Desk, tmp_path: Path) -> None:
    meeting = invited(desk, "ក ក")
    (tmp_path / "folder.pdf").mkdir()
    with pytest.raises(UserError):
        forms.print_form(desk, "invitation", meeting, tmp_path / "folder.pdf", Choices(today=DAY))
    assert [one.shown for one in register.entries(desk)] == ["០០១/២២"], "it was given before the disk failed"
    forms.print_form(desk, "invitation", meeting, tmp_path / "letter.pdf", Choices(today=DAY))
    assert [one.shown for one in register.entries(desk)] == ["០០១/២២"] and register.gaps(desk) == []
    assert squeezed("០០១/២២") in whole((tmp_path / "letter.pdf").read_bytes())


def test_the_register_of_a_year_on_paper(desk: Desk) -> None:
    for n in range(3):
        register.reserve(desk, "invitation", f"x{n}", day=DAY, subject=f"កម្មវត្ថុទី{n}", to="លោក សុខ")
    series.put_series(desk, series.LETTERS, {"first": 12, "suffix": "គ.ក.ស.ក"})
    register.reserve(desk, "invitation", "late", day=DAY, subject="ចុងក្រោយ")
    register.reserve(desk, "invitation", "next year", day=date(2023, 1, 1), subject="ឆ្នាំក្រោយ")
    register.void(desk, register.entries(desk, year=2022)[1].id, "បោះពុម្ពខុស")
    register.explain(desk, register.gaps(desk, year=2022)[0], "សៀវភៅចាស់")
    text = whole(forms.preview(desk, "letter_register", "letters/2022", Choices(today=DAY)))
    for words in (
        "បញ្ជីលេខលិខិត", "លិខិតចេញ ឆ្នាំ២០២២", "លិខិតសរុប ៣ លុបចោល ១ រំលង ៨។", "កម្មវត្ថុទី0", "លោក សុខ",
        "លុបចោល៖ បោះពុម្ពខុស", "រំលងលេខ៖ សៀវភៅចាស់", "ចុងក្រោយ",
    ):  # fmt: skip
        assert squeezed(words) in text, words
    assert squeezed("ឆ្នាំក្រោយ") not in text
    latest = forms.documents(desk, "letter_register", "letters", Choices(today=DAY))[0]
    assert "២០២៣" in latest.subtitles[0], "the last year that has a letter"
    for to in forms.FILE_TYPES:
        assert forms.render(desk, "letter_register", "letters/2022", Choices(today=DAY), to)
    with pytest.raises(NotFound):
        forms.preview(desk, "letter_register", "nosuch/2022")
    with pytest.raises(BadInput):
        forms.preview(desk, "letter_register", "letters/notayear")


def test_doubles_are_those_that_stand_twice(world: World) -> None:
    world.desk("b", "0801")
    world.enrol("p", "b")
    for name in "ab":
        register.reserve(world[name], "invitation", name, day=DAY, subject=name)
    for sender, to in (("a", "p"), ("b", "p"), ("p", "a"), ("p", "b")):
        world.carry(sender, to)
    ((first, second),) = register.doubles(register.entries(world["a"], year=2022))
    assert first.number == second.number == 1 and {first.about, second.about} == {"a", "b"}
    register.void(world["a"], second.id, "ស្ទួន")
    assert register.doubles(register.entries(world["a"], year=2022)) == []
    assert register.years(world["a"]) == [2022]
