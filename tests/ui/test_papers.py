"""The page on official papers: kept as typed, followed by the page beside it, given back, by keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from cpdesk.i18n import set_language
from cpdesk.records.office import office_record_id
from cpdesk.tasks import desk as desks
from cpdesk.tasks import exchange, records
from cpdesk.tasks.paperwork import emblem, series, templates
from tests.printing.reading import squeezed
from tests.sync import worlds
from tests.ui import hands, story
from tests.ui.hands import press, settle, write
from tests.ui.papers_hands import child, drawn, follows, form_of, numbered, on_paper, page, picture, retype, said
from ui import theme
from ui.main_window import MainWindow
from ui.pages.papers import PapersPage
from ui.pages.papers_parts.phrase_form import PhraseForm
from ui.widgets.buttons import Button

ENTER = Qt.Key.Key_Return


# --- the way there --------------------------------------------------------------------------------------------------
def test_settings_menu_and_palette_lead_there(shown: MainWindow, qtbot: QtBot) -> None:
    shown.context.go("settings")
    here = shown.page()
    assert here is not None
    child(here, Button, "settings_papers").setFocus()
    press(ENTER)
    found = shown.page()
    assert isinstance(found, PapersPage) and found.section() is found.letterhead
    assert shown.sidebar.findChild(QWidget, "nav_papers") is None
    shown.back()
    assert shown.page() is here
    shown.actions_.trigger("go_papers")
    assert isinstance(shown.page(), PapersPage)
    drawn(shown, qtbot)


def test_the_parts_by_keys_and_where_one_stood(shown: MainWindow, qtbot: QtBot) -> None:
    found = page(shown, qtbot)
    for key, section in enumerate(found.sections.values(), 1):
        press(f"Alt+{key}")
        assert found.section() is section and found.rail.current() == section.key
        drawn(shown, qtbot)
    press("Alt+2")
    found.forms.choose("minutes")
    drawn(shown, qtbot)
    shown.context.go("home")
    shown.back()
    assert found.section() is found.forms and found.forms.chosen == "minutes"
    drawn(shown, qtbot)
    follows(shown, qtbot, "កំណត់ហេតុ")


# --- letterhead -----------------------------------------------------------------------------------------------------
def test_the_letterhead_is_kept_as_typed_and_the_page_follows(
    shown: MainWindow, told: story.Story, qtbot: QtBot
) -> None:
    found = page(shown, qtbot)
    assert squeezed("រដ្ឋបាលស្រុកកៀនស្វាយ") in on_paper(found)
    retype(found.letterhead.form.editors["issuer"], "រដ្ឋបាលសាកល្បង")
    follows(shown, qtbot, "រដ្ឋបាលសាកល្បង")
    assert desks.office(told.desk).text("issuer") == "រដ្ឋបាលសាកល្បង"
    press(Qt.Key.Key_Tab, Qt.Key.Key_Tab)
    suffix = found.letterhead.number.editors["suffix"]
    retype(suffix, "គ.ក.ស.ក")
    follows(shown, qtbot, "គ.ក.ស.ក")
    box = found.letterhead.number.boxes["suffix"]
    assert box.back.isVisible() and series.series(told.desk).suffix == "គ.ក.ស.ក"
    box.back.setFocus()
    press(ENTER)
    assert series.series(told.desk).suffix == "" and not box.back.isVisible()
    drawn(shown, qtbot)


def test_the_old_page_stays_until_the_new_one_is_there(shown: MainWindow, qtbot: QtBot) -> None:
    found = page(shown, qtbot)
    before, sheets = found.paper.view.pdf, list(found.paper.view.sheets)
    retype(found.letterhead.form.editors["seat"], "ទីកន្លែងថ្មី")
    assert found.paper.view.pdf == before and found.paper.view.sheets == sheets
    follows(shown, qtbot, "ទីកន្លែងថ្មី")
    assert found.paper.view.sheets[0] is sheets[0]
    drawn(shown, qtbot)


def test_the_emblem_comes_goes_and_comes_back(
    shown: MainWindow, told: story.Story, qtbot: QtBot, tmp_path: Path
) -> None:
    found = page(shown, qtbot)
    box = found.letterhead.emblem
    assert not box.remove.isVisible()
    (tmp_path / "emblem.png").write_bytes(picture())
    before = found.paper.drawn
    box.take(tmp_path / "emblem.png")
    qtbot.waitUntil(lambda: found.paper.drawn > before and box.remove.isVisible(), timeout=10_000)
    assert emblem.picture(told.desk) == picture()
    box.remove.setFocus()
    press(ENTER)
    assert emblem.picture(told.desk) == b"" and not box.remove.isVisible()
    press("Alt+1", "Ctrl+Z")  # from within a text box too
    qtbot.waitUntil(lambda: emblem.picture(told.desk) == picture())
    drawn(shown, qtbot)


def test_what_is_no_picture_is_refused_in_words(
    shown: MainWindow, told: story.Story, qtbot: QtBot, tmp_path: Path
) -> None:
    found = page(shown, qtbot)
    (tmp_path / "letter.png").write_bytes(b"no picture")
    found.letterhead.emblem.take(tmp_path / "letter.png")
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None, timeout=10_000)
    dialog = QApplication.activeModalWidget()
    assert dialog is not None and "letter.png" in said(dialog)
    press(Qt.Key.Key_Escape)
    assert emblem.picture(told.desk) == b""
    settle(qtbot, shown)


# --- forms ----------------------------------------------------------------------------------------------------------
def test_a_form_shows_what_stands_and_keeps_what_is_typed(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    found = page(shown, qtbot, "forms", form="minutes")
    form = form_of(found)
    assert form.editors["title"].value() == "កំណត់ហេតុ" and "opening" not in form.editors
    assert not any(box.back.isVisible() for box in form.boxes.values())
    retype(form.editors["title"], "កំណត់ហេតុសង្ខេប")
    retype(form.editors["signature_2"], "ជ.ប្រធាន")
    follows(shown, qtbot, "ជ.ប្រធាន")
    assert squeezed("កំណត់ហេតុសង្ខេប") in on_paper(found)
    assert templates.paper(told.desk, "minutes").title == "កំណត់ហេតុសង្ខេប"
    assert form.boxes["title"].back.isVisible() and not form.boxes["copies"].back.isVisible()
    form.boxes["title"].back.setFocus()
    press(ENTER)
    qtbot.waitUntil(lambda: form.editors["title"].value() == "កំណត់ហេតុ", timeout=10_000)
    follows(shown, qtbot, "កំណត់ហេតុសង្ខេប", there=False)
    found.rail.setFocus()
    shown.actions_.trigger("undo")
    qtbot.waitUntil(lambda: form.editors["title"].value() == "កំណត់ហេតុសង្ខេប", timeout=10_000)
    drawn(shown, qtbot)


def test_to_whom_a_letter_goes_decides_how_it_begins(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    found = page(shown, qtbot, "forms", form="meeting_report")
    form = form_of(found)
    assert form.editors["rank"].value() == "superior"
    opening = form.editors["opening"]
    assert "{គោរមងារ}" in str(opening.value()), "blanks are named in Khmer"
    form.editors["rank"].focus()
    press(Qt.Key.Key_Down, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: "ជូនដំណឹង" in str(form_of(found).editors["opening"].value()), timeout=10_000)
    assert templates.paper(told.desk, "meeting_report").rank == "inferior"
    follows(shown, qtbot, "ខ្ញុំសូមជូនដំណឹងដល់")
    retype(form_of(found).editors["opening"], "សូមជម្រាប {គោរមងារ} ថា៖")
    qtbot.waitUntil(
        lambda: templates.paper(told.desk, "meeting_report").opening == "សូមជម្រាប {address} ថា៖", timeout=5000
    )
    follows(shown, qtbot, "សូមជម្រាប លោក ថា៖")


def test_a_line_left_out_stays_out(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    found = page(shown, qtbot, "forms", form="invitation")
    assert squeezed("ឯកសារ-កាលប្បវត្តិ") in on_paper(found)
    form_of(found).editors["copies"].focus()
    press("Ctrl+A", Qt.Key.Key_Delete)
    follows(shown, qtbot, "ឯកសារ-កាលប្បវត្តិ", there=False)
    assert templates.paper(told.desk, "invitation").copies == ()
    drawn(shown, qtbot)
    assert form_of(found).boxes["copies"].back.isVisible()


def test_what_is_typed_while_a_page_is_made_is_not_taken_back(shown: MainWindow, qtbot: QtBot) -> None:
    found = page(shown, qtbot, "forms", form="minutes")
    title = form_of(found).editors["title"]
    title.focus()
    press("Ctrl+A")
    for letter in "ចំណងជើងដែលវាយយឺត":
        write(letter)
        qtbot.wait(60)
    assert title.value() == "ចំណងជើងដែលវាយយឺត"
    follows(shown, qtbot, "ចំណងជើងដែលវាយយឺត")
    drawn(shown, qtbot)
    assert title.value() == "ចំណងជើងដែលវាយយឺត"


def test_a_district_sees_whose_words_stand(qtbot: QtBot, tmp_path: Path) -> None:
    offices = story.two_offices(tmp_path)
    records.save(offices.province, "office", {"shares_papers": True}, office_record_id("08"))
    templates.put_paper(offices.province, "invitation", {"copies": "ខុទ្ទកាល័យខេត្ត"})
    templates.put_phrase(offices.province, "to_superior", "សូមគោរពជូនចំពោះ")
    exchange.export(offices.province, tmp_path / "shared.cpsync", "0802")
    exchange.merge(offices.district, [tmp_path / "shared.cpsync"])
    shown = hands.window(qtbot, offices.district)
    found = page(shown, qtbot)
    assert "ខេត្តកណ្ដាល" in said(found.letterhead) or "ខេត្តកណ្តាល" in said(found.letterhead)
    press("Alt+2")
    drawn(shown, qtbot)
    form = form_of(found)
    assert form.editors["copies"].value() == "ខុទ្ទកាល័យខេត្ត" and not form.boxes["copies"].back.isVisible()
    assert "ខេត្ត" in said(form.boxes["copies"])
    retype(form.editors["copies"], "ឯកសារស្រុក")
    follows(shown, qtbot, "ឯកសារស្រុក")
    assert form.boxes["copies"].back.isVisible()
    press("Alt+3")
    drawn(shown, qtbot)
    row = found.phrases.rows.row("to_superior")
    assert row is not None and "សូមគោរពជូនចំពោះ" in row.face.spoken() and "ខេត្ត" in row.face.spoken()
    offices.province.close()
    settle(qtbot, shown)


def test_what_two_computers_wrote_differently_is_marked_where_it_stands(qtbot: QtBot, tmp_path: Path) -> None:
    world = worlds.province_and_district(tmp_path)
    world.desk("b", "0801")
    world.enrol("p", "b")
    for name, words in (("a", "ក"), ("b", "ខ")):
        templates.put_paper(world[name], "minutes", {"title": words})
        templates.put_phrase(world[name], "agenda", words)
        series.put_series(world[name], series.LETTERS, {"suffix": words})
    for sender, to in (("b", "p"), ("a", "p"), ("p", "a")):
        world.carry(sender, to)
    shown = hands.window(qtbot, world["a"])
    found = page(shown, qtbot, "letterhead")
    assert child(found.letterhead.number.boxes["suffix"], QWidget, "differs_suffix").isVisible()
    found = page(shown, qtbot, "forms", form="minutes")
    qtbot.waitUntil(lambda: "title" in form_of(found).boxes and form_of(found).editors["title"].isVisible())
    chip = child(form_of(found).boxes["title"], QWidget, "differs_title")
    assert chip.isVisible() and found.findChild(QWidget, "differs_copies") is None
    found = page(shown, qtbot, "phrases", phrase="agenda")
    qtbot.waitUntil(lambda: found.phrases.rows.open_id == "agenda")
    differs = child(open_phrase(found), QWidget, "differs_text")
    assert differs.isVisible()
    differs.setFocus()
    press(ENTER)
    here = shown.page()
    assert here is not None and here.name == "exchange"
    settle(qtbot, shown)
    shown.back()
    drawn(shown, qtbot)
    retype(open_phrase(found).editor, "គ")
    qtbot.waitUntil(lambda: templates.phrases(world["a"]).agenda == "គ", timeout=5000)
    qtbot.waitUntil(lambda: not differs.isVisible())  # what is typed settles it
    drawn(shown, qtbot)
    for name in ("p", "b"):
        world[name].close()


# --- phrases --------------------------------------------------------------------------------------------------------
def open_phrase(found: PapersPage) -> PhraseForm:
    form = found.phrases._form
    assert form is not None
    return form


def test_a_phrase_is_found_and_changed_by_keyboard(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    found = page(shown, qtbot, "phrases")
    assert found.phrases.rows.ids()[0] == "to_superior"
    press("Ctrl+F")
    write("បានបិទនៅ")
    qtbot.waitUntil(lambda: found.phrases.rows.ids() == ["ended"])
    press(Qt.Key.Key_Tab, ENTER)
    form = open_phrase(found)
    assert "{ម៉ោង}" in str(form.editor.value()) and "{time}" not in str(form.editor.value())
    drawn(shown, qtbot)
    assert found.paper.wanted.form == "minutes"
    retype(form.editor, "ចប់ម៉ោង {ម៉ោង} ហើយ។")
    qtbot.waitUntil(lambda: templates.phrases(told.desk).ended == "ចប់ម៉ោង {time} ហើយ។", timeout=5000)
    follows(shown, qtbot, "ចប់ម៉ោង")
    assert form.back.isVisible()
    press(Qt.Key.Key_Escape)
    assert isinstance(shown.page(), PapersPage) and found.phrases.rows.open_id == ""
    row = found.phrases.rows.row("ended")
    assert row is None or row.hasFocus()
    drawn(shown, qtbot)


def test_words_that_cannot_be_filled_in_are_kept_and_said(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    found = page(shown, qtbot, "phrases", phrase="ended")
    qtbot.waitUntil(lambda: found.phrases.rows.open_id == "ended")
    form = open_phrase(found)
    retype(form.editor, "ចប់ {ពេលវេលា}")
    qtbot.waitUntil(form.problem.isVisible, timeout=5000)
    assert "{ម៉ោង}" in form.problem.text() and "{time}" not in form.problem.text()
    assert templates.phrases(told.desk).ended == templates.SHIPPED["ended"]
    chip = child(form, QWidget, "blank_time")
    form.editor.focus()
    press("Ctrl+A", Qt.Key.Key_Delete)
    chip.setFocus()
    press(ENTER)
    qtbot.waitUntil(lambda: templates.phrases(told.desk).ended == "{time}", timeout=5000)
    form.back.setFocus()
    press(ENTER)
    assert templates.phrases(told.desk).ended == templates.SHIPPED["ended"]
    drawn(shown, qtbot)


@pytest.mark.parametrize(("key", "words"), [("to_inferior", "ជូន"), ("opening_superior", "ដ៏ខ្ពង់ខ្ពស់ថា")])
def test_words_to_a_rank_are_seen_on_such_a_letter(shown: MainWindow, qtbot: QtBot, key: str, words: str) -> None:
    found = page(shown, qtbot, "phrases", phrase=key)
    qtbot.waitUntil(lambda: found.phrases.rows.open_id == key)
    drawn(shown, qtbot)
    assert found.paper.wanted.rank == key.rpartition("_")[2]
    follows(shown, qtbot, words)


def test_groups_and_what_we_changed(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    found = page(shown, qtbot, "phrases")
    found.phrases.show_group("changed")
    assert found.phrases.rows.ids() == [] and found.phrases.more.isVisible()
    templates.put_phrase(told.desk, "agenda", "របៀបវារៈប្រជុំ")
    shown.context.touched("phrase")
    qtbot.waitUntil(lambda: found.phrases.rows.ids() == ["agenda"])
    found.phrases.show_group("agenda")
    assert "agenda_by" in found.phrases.rows.ids()
    drawn(shown, qtbot)
    assert found.paper.wanted.form == "agenda"
    follows(shown, qtbot, "របៀបវារៈប្រជុំ")


# --- the eye --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("lang", ["km", "en"])
@pytest.mark.parametrize(("width", "scale"), [(1366, 1.0), (1024, 1.0), (1366, 1.3)])
def test_nothing_is_cut_at_the_side(
    shown: MainWindow, told: story.Story, qtbot: QtBot, lang: str, width: int, scale: float
) -> None:
    numbered(told.desk, "a")
    templates.put_paper(told.desk, "invitation", {"title": "ក", "signature_1": "ខ", "copies": "គ"})
    series.put_series(told.desk, series.LETTERS, {"name": "ក", "suffix": "ខ", "first": 3, "width": 4})
    set_language(lang)
    shown.resize(width, 768)
    theme.current().apply("light", scale)
    for section in ("letterhead", "forms", "phrases", "registers"):
        found = page(shown, qtbot, section)
        area = found.section().area
        content = area.widget()
        assert content is not None
        assert content.minimumSizeHint().width() <= area.viewport().width(), (section, lang)
        cut = [
            one.text()
            for one in content.findChildren(QLabel)
            if one.isVisible() and not one.wordWrap() and one.text() and one.property("role") != "chip"
            and one.width() < one.fontMetrics().horizontalAdvance(one.text()) and type(one).__name__ == "Text"
        ]  # fmt: skip
        assert cut == [], (section, lang)
    set_language("km")
    theme.current().apply()


def test_on_a_small_screen_the_paper_takes_the_place_of_the_form(shown: MainWindow, qtbot: QtBot) -> None:
    shown.resize(1024, 600)
    found = page(shown, qtbot, "forms", form="minutes")
    qtbot.waitUntil(lambda: found.forms.form is not None and form_of(found).editors["title"].isVisible())
    assert not found.paper.isVisible() and form_of(found).editors["title"].value() == "កំណត់ហេតុ"
    see = child(found, Button, "papers_see")
    see.setFocus()
    press(ENTER)
    qtbot.waitUntil(lambda: found.paper.isVisible() and found.paper.is_drawn(), timeout=10_000)
    assert not found.stack.isVisible() and squeezed("កំណត់ហេតុ") in on_paper(found)
    see.setFocus()
    press(ENTER)
    assert found.stack.isVisible() and not found.paper.isVisible()
    settle(qtbot, shown)


def test_an_empty_desk_shows_papers_with_made_up_values(qtbot: QtBot, tmp_path: Path) -> None:
    desk = desks.create(tmp_path / "empty.cpdesk", "0802", "សុខ សុភា")
    shown = hands.window(qtbot, desk)
    found = page(shown, qtbot)
    assert found.paper.about == "" and squeezed("លិខិតអញ្ជើញ") in on_paper(found)
    assert records.count(desk, "meeting") == records.count(desk, "person") == 0
    shown.actions_.trigger("print")
    assert QApplication.activeModalWidget() is None, "what is made up is not printed"
    settle(qtbot, shown)
