"""Help: the right topic for where one is, words found in it, pictures that show what the window still says."""

from __future__ import annotations

import json
import re

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel
from pytestqt.qtbot import QtBot

from cpdesk.help import chapters, picture_file, topics, where
from cpdesk.i18n import LANGUAGES, using
from cpdesk.khmer.breaks import without_zwsp
from cpdesk.records import kind
from cpdesk.tasks import records
from cpdesk.tasks.roles import ROLES
from tests.help_pictures import SHOWN, look, program_words, stale
from tests.ui import story
from tests.ui.hands import press, settle, write
from ui.dialogs.base import Dialog
from ui.dialogs.first_run import FirstRun
from ui.dialogs.help import HelpDialog
from ui.dialogs.history import HistoryDialog
from ui.dialogs.palette import Palette
from ui.dialogs.preview import PreviewDialog
from ui.helping import topic_of
from ui.main_window import MainWindow
from ui.navigation import Location
from ui.pages import PAGES
from ui.pages.help import HelpPage
from ui.widgets.editors.line import Line
from ui.widgets.editors.long_text import LongText
from ui.widgets.shot import LEAST, Shot
from ui.widgets.topic import TopicCard

F1, ESC, DOWN = Qt.Key.Key_F1, Qt.Key.Key_Escape, Qt.Key.Key_Down


def helped(shown: MainWindow) -> HelpPage:
    found = shown.page()
    assert isinstance(found, HelpPage)
    return found


def over(dialog: QDialog, qtbot: QtBot) -> HelpDialog:
    """The help over a dialog, once F1 was pressed in it."""
    press(F1)
    qtbot.waitUntil(lambda: dialog.findChild(HelpDialog) is not None)
    found = dialog.findChild(HelpDialog)
    assert isinstance(found, HelpDialog)
    return found


# --- topics ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_topic_is_short_and_there(lang: str) -> None:
    with using(lang):
        found = topics()
        assert len({topic.key for topic in found}) == len(found) == sum(len(one.topics) for one in chapters())
        for one in found:
            assert one.title and one.what and 2 <= len(one.steps) <= 8, one.key


def test_whatever_leads_to_the_help_leads_to_a_topic() -> None:
    keys = {topic.key for topic in topics()}
    assert {*where._PAGES.values(), *where._VIEWS.values(), *where._DIALOGS.values()} <= keys
    pages = {spec.name for spec in PAGES} - {"help"}
    assert pages <= set(where._PAGES), "each page of the program has its topic"


# What is quoted because it is typed, and stands on no button.
TYPED = {"next Monday", "in 7 days", "print", "cpdesk", ".exe", "cpdesk --self-test"}
TYPED |= {"ស្អែក", "ចន្ទក្រោយ", "៧ថ្ងៃទៀត"}


@pytest.mark.parametrize(("lang", "quoted"), [("en", "“([^”]+)”"), ("km", "«([^»]+)»")])
def test_what_the_help_quotes_is_said_by_the_program(lang: str, quoted: str) -> None:
    """Each button, page and heading that a topic names bears that very name today, but for dots at its end."""
    with using(lang):
        said = [(one.key, text) for one in topics() for text in (one.what, *one.steps, one.good)]
    own = program_words(lang) - {text for _key, text in said}
    known = {re.sub(r"\{\w+\}", "…", word).rstrip("…").strip() for word in own} | TYPED
    wrong = [(key, name) for key, text in said for name in re.findall(quoted, text)]
    assert not [(key, name) for key, name in wrong if name.rstrip("…").strip() not in known]


def test_the_roles_are_told_as_they_are(qtbot: QtBot) -> None:
    """The table of roles in the help is that of the program, and shown whole."""
    found = next(one for one in topics() if one.key == "officers")
    assert [left for left, _right in found.rows] == [kind("officer").field(role).label for role in ROLES]
    card = TopicCard(found)
    qtbot.addWidget(card)
    shown = {label.text() for label in card.findChildren(QLabel)}
    assert {without_zwsp(text) for text in shown} >= {text for row in found.rows for text in row}


def test_help_is_searched_inside_khmer_words() -> None:
    held = {topic.key for topic in topics() if topic.holds("បម្រុង")}
    assert "backups" in held and "figures" not in held
    assert {one.key for one in topics() if one.holds("កូរ៉ុម")} == {"live", "settings"}, "inside a sentence"
    assert not any(one.holds("កូរ៉ុម xyz") for one in topics()), "all words are wanted"


# --- the page -------------------------------------------------------------------------------------------------------
def test_f1_opens_the_topic_of_the_page(shown: MainWindow, told: story.Story) -> None:
    of = {"meeting": told.meeting, "live": told.meeting, "plan": told.plan, "thread": told.plan}
    for spec in PAGES:
        if spec.name == "help":
            continue
        shown.go(Location(spec.name, of.get(spec.name)))
        page = shown.page()
        assert page is not None
        wanted = where.topic_of_page(spec.name, page.state())
        QTest.keyClick(QApplication.focusWidget() or shown, F1)
        assert helped(shown).chosen == wanted, spec.name
        press(ESC)
        assert shown.page() is page and page.name == spec.name, "Esc leads back to where one was"


def test_f1_knows_which_part_of_a_page_is_shown(shown: MainWindow) -> None:
    for view, topic in (("differences", "settle"), ("send", "send"), ("offices", "cards")):
        shown.context.go("exchange", view=view)
        press(F1)
        assert helped(shown).chosen == topic


def test_the_search_line_shows_only_what_holds_the_words(shown: MainWindow) -> None:
    press(F1)
    found = helped(shown)
    found.line.setFocus()
    write("USB")
    assert found.found()[0] != "begin" and "sticks" in found.found()
    visible = [key for key, button in found._buttons.items() if not button.isHidden()]
    assert visible == found.found() and found.chosen in visible
    first = found.chosen
    press(DOWN)
    assert found.chosen == found.found()[1] != first and QApplication.focusWidget() is found.line
    write("zzz")
    assert not found.nothing.isHidden() and not found.found()
    press(ESC)
    assert found.line.text() == "" and len(found.found()) == len(topics()) + 1 and found.nothing.isHidden()
    assert shown.page() is found, "Esc empties the line before it leads back"
    press(ESC)
    assert shown.page() is not found


def test_the_index_is_one_stop_and_goes_by_arrows(shown: MainWindow) -> None:
    press(F1)
    found = helped(shown)
    keys = [topic.key for topic in topics()]
    found.choose(keys[0])
    found.begin()
    press(DOWN, DOWN)
    assert found.chosen == keys[2]
    stops = [key for key, button in found._buttons.items() if button.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == [keys[2]]


def test_the_keys_are_those_that_were_declared(shown: MainWindow, told: story.Story) -> None:
    shown.go(Location("plan", told.plan))
    shown.actions_.trigger("go_help")
    found = helped(shown)
    found.choose("keys")
    shown_keys = {label.text() for label in found.findChildren(QLabel) if label.property("role") == "key"}
    declared = {action.keys_shown() for action in shown.actions_.general()} - {""}
    assert declared <= shown_keys
    assert {"Ctrl+N", "Ctrl+P", "Ctrl+Z", "Ctrl+E"} <= shown_keys, "those of the page one came from too"


# --- dialogs --------------------------------------------------------------------------------------------------------
def test_f1_in_the_search_keeps_what_was_typed(shown: MainWindow, qtbot: QtBot) -> None:
    press("Ctrl+K")
    palette = shown.findChild(Palette)
    assert palette is not None
    qtbot.waitUntil(palette.isActiveWindow)
    write("កុមារ")
    help_ = over(palette, qtbot)
    assert help_.heading.plain() == next(one.title for one in topics() if one.key == "search")
    qtbot.waitUntil(help_.isActiveWindow)
    press(ESC)
    qtbot.waitUntil(lambda: palette.isActiveWindow() and palette.findChild(HelpDialog) is None)
    assert palette.isVisible() and palette.line.text() == "កុមារ"
    press(ESC)
    settle(qtbot, shown)


def test_f1_in_a_dialog_leads_to_its_own_topic_or_that_of_the_page_below(
    shown: MainWindow, told: story.Story, qtbot: QtBot
) -> None:
    shown.go(Location("meeting", told.meeting))
    history = HistoryDialog(shown.context, told.meeting, parent=shown)
    assert topic_of(history) == "undo"
    plain = Dialog(shown, "…", name="ask")
    assert topic_of(plain) == "meeting"
    assert topic_of(Dialog(history, "…", name="error")) == "undo", "one over another is about the other"
    line = Line()
    plain.body.addWidget(line)
    plain.open()
    qtbot.waitUntil(plain.isActiveWindow)
    line.setFocus()
    write("បាន")
    help_ = over(plain, qtbot)
    qtbot.waitUntil(help_.isActiveWindow)
    press(F1)
    assert help_.findChild(HelpDialog) is None, "the help has no help of its own"
    help_.accept()
    qtbot.waitUntil(plain.isActiveWindow)
    assert line.text() == "បាន"
    plain.reject()


def test_f1_in_the_first_questions(qtbot: QtBot) -> None:
    wizard = FirstRun()
    qtbot.addWidget(wizard)
    with qtbot.waitActive(wizard):
        wizard.show()
        wizard.activateWindow()
    QApplication.processEvents()
    assert over(wizard, qtbot).heading.plain() == next(one.title for one in topics() if one.key == "begin")


def test_a_sentence_half_typed_in_a_meeting_is_kept_when_help_is_asked_for(
    shown: MainWindow, told: story.Story, qtbot: QtBot
) -> None:
    shown.go(Location("meeting", told.meeting))
    page = shown.page()
    assert page is not None
    field = page.findChild(LongText, "number_input")
    assert field is not None
    field.setFocus()
    write("សាលប្រជុំ")
    press(F1)
    assert helped(shown).chosen == "meeting"
    assert records.get(told.desk, told.meeting)["number"] == "សាលប្រជុំ"


# --- pictures -------------------------------------------------------------------------------------------------------
def told_of_pictures() -> dict[str, object]:
    """What the script that takes the pictures noted beside them."""
    noted: dict[str, object] = json.loads((picture_file("x").parent / SHOWN).read_text("utf-8"))
    return noted


def test_each_topics_pictures_are_there_in_both_languages() -> None:
    """And no others; small enough to be carried in the program, large enough to be read."""
    wanted = {picture_file(one.name, lang) for topic in topics() for one in topic.pictures for lang in LANGUAGES}
    there = set(picture_file("x").parent.glob("*.png"))
    assert there == wanted, "make pictures"
    assert sum(path.stat().st_size for path in there) <= 3_000_000
    for path in there:
        with Image.open(path) as image:
            assert 400 <= image.width <= 1700 and image.height >= 300, path.name
    with_pictures = [topic for topic in topics() if topic.pictures]
    assert len(with_pictures) >= len(topics()) - 4, "the few others speak of what no picture shows"


def test_the_pictures_show_what_the_program_says_today() -> None:
    """The words of labels and buttons in each picture, noted when it was taken, are still said by the program, and the
    colours and sizes of type are those of today. What stands where is not compared: that is for whoever looks at the
    pictures when they are made anew. A failure asks for `make pictures`."""
    noted = told_of_pictures()
    assert stale(noted) == [], "make pictures"
    for lang in LANGUAGES:
        words = noted[lang]
        assert isinstance(words, dict)
        assert {one.name for topic in topics() for one in topic.pictures} == set(words)
        assert sum(map(len, words.values())) > 150, "enough is noted for the comparison to mean something"
    renamed = {**noted, "km": {"home": ["ពាក្យដែលកម្មវិធីលែងប្រើ"]}}
    assert any("home-km" in one for one in stale(renamed)), "a word that was renamed is found"
    assert stale({**noted, "look": {**look(), "accent": "#a02020"}}), "so is another colour"
    assert stale({**noted, "look": {**look(), "TEXT": 12}}) and not stale({**noted, "look": look()})


def test_a_picture_is_shown_whole_and_told_in_words(shown: MainWindow, qtbot: QtBot) -> None:
    press(F1)
    found = helped(shown)

    def whole() -> list[str]:
        """The words of the pictures in sight that have all the room that they ask for."""
        shots = [shot for shot in found.findChildren(Shot) if shot.isVisible() and shot.width() > LEAST]
        room = found.area.viewport().width()
        return [s.accessibleName() for s in shots if s.height() == s.heightForWidth(s.width()) and s.width() <= room]

    for topic in topics():
        found.choose(topic.key)
        qtbot.waitUntil(lambda wanted=[one.words for one in topic.pictures]: whole() == wanted)


# --- the manual -----------------------------------------------------------------------------------------------------
def test_the_manual_is_printed_from_the_help_page(shown: MainWindow, qtbot: QtBot) -> None:
    press(F1)
    press("Ctrl+P")
    preview = shown.findChild(PreviewDialog)
    assert preview is not None
    qtbot.waitUntil(lambda: bool(preview.pdf), timeout=30_000)
    assert len(preview.view.sizes) > 15 and not preview.bar.own.isVisible()
    assert over(preview, qtbot).heading.plain() == next(one.title for one in topics() if one.key == "print")
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is preview.findChild(HelpDialog))
    press(ESC)
    qtbot.waitUntil(lambda: preview.findChild(HelpDialog) is None)
    preview.reject()
    assert any(one.id == "manual" for one in shown.actions_.find("សៀវភៅណែនាំ")), "by the search too"
    settle(qtbot, shown)
