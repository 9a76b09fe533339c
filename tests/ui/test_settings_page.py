"""Settings hold at once and are kept; help shows what was declared."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from cpdesk import settings
from cpdesk.i18n import language, set_language
from cpdesk.tasks import desk as desks
from cpdesk.tasks import records
from tests.ui import story
from tests.ui.hands import press, settle, write
from ui import theme
from ui.main_window import MainWindow
from ui.navigation import Location
from ui.pages.help import HelpPage
from ui.pages.help_texts import TOPIC_OF_PAGE, topics
from ui.pages.settings import SettingsPage


def page(shown: MainWindow) -> SettingsPage:
    if not isinstance(shown.page(), SettingsPage):
        shown.context.go("settings")
    found = shown.page()
    assert isinstance(found, SettingsPage)
    return found


def pushed(shown: MainWindow, name: str) -> None:
    button = shown.findChild(QPushButton, name)
    assert button is not None, name
    button.click()


def test_language_size_and_theme_hold_at_once(shown: MainWindow, qtbot: QtBot) -> None:
    page(shown)
    pushed(shown, "settings_size_130")
    qtbot.waitUntil(lambda: theme.current().scale == 1.3)
    pushed(shown, "settings_theme_dark")
    qtbot.waitUntil(lambda: theme.current().scheme == "dark")
    assert page(shown).text_size.current() == "130" and page(shown).theme.current() == "dark"
    pushed(shown, "settings_language_en")
    qtbot.waitUntil(lambda: language() == "en" and page(shown).title() == "Settings")
    kept = settings.load()
    assert (kept.language, kept.font_scale, kept.theme) == ("en", 130, "dark")


def test_the_officers_name_is_kept_and_never_blank(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    names: list[str] = []
    shown.context.jobs.run(lambda worker, _progress: worker.officer, done=names.append)
    found = page(shown)
    found.officer.setFocus()
    found.officer.selectAll()
    write("ចាន់ ធីតា")
    press(Qt.Key.Key_Return)
    assert told.desk.officer == "ចាន់ ធីតា"
    found.officer.clear()
    press(Qt.Key.Key_Return)
    assert told.desk.officer == "ចាន់ ធីតា" and found._officer_problem.text()
    saved = records.save(told.desk, "meeting", {"subject": "ប្រជុំ"})
    assert records.history(told.desk, saved.id)[-1].by == "ចាន់ ធីតា"
    shown.context.jobs.run(lambda worker, _progress: worker.officer, done=names.append)
    settle(qtbot, shown)
    assert names == ["សុខ សុភា", "ចាន់ ធីតា"], "what the worker writes bears the new name too"


def test_the_letterhead_is_saved_as_typed(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    form = page(shown).form
    form.editors["seat"].focus()
    press("Ctrl+A")
    write("អរិយក្សត្រ")
    qtbot.waitUntil(lambda: desks.office(told.desk)["seat"] == "អរិយក្សត្រ")
    form.editors["name_km"].focus()
    press("Ctrl+A")
    write("រដ្ឋបាលស្រុកល្វាឯម")
    qtbot.waitUntil(lambda: desks.office(told.desk)["name_km"] == "រដ្ឋបាលស្រុកល្វាឯម")


def test_a_backup_can_be_brought_back(shown: MainWindow, told: story.Story, qtbot: QtBot, tmp_path: Path) -> None:
    found = page(shown)
    folder = tmp_path / "stick"
    folder.mkdir()
    found.back_up(folder)
    settle(qtbot, shown)
    (copy,) = folder.iterdir()
    assert copy.name.startswith("0802-") and copy.suffix == ".cpbackup"
    assert copy.name in found.said.text()
    desks.restore(copy, tmp_path / "again.cpdesk")
    with desks.open_desk(tmp_path / "again.cpdesk") as again:
        assert records.count(again, "plan") == 1


def test_the_check_says_what_it_found(shown: MainWindow, qtbot: QtBot) -> None:
    found = page(shown)
    found.check()
    settle(qtbot, shown)
    assert "គ្រប់ល្អ" in found.said.text()


def test_a_backup_on_a_stick_that_went_says_so(shown: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    found = page(shown)
    found.back_up(tmp_path / "gone")
    settle(qtbot, shown)
    dialog = shown.findChild(QLabel, "error_title")
    assert dialog is not None and not found.said.text()
    press(Qt.Key.Key_Escape)


# --- help ----------------------------------------------------------------------------------------------------------
def helped(shown: MainWindow) -> HelpPage:
    found = shown.page()
    assert isinstance(found, HelpPage)
    return found


def test_f1_opens_the_topic_of_the_page(shown: MainWindow, told: story.Story) -> None:
    for name, topic in TOPIC_OF_PAGE.items():
        shown.go(Location(name, {"meeting": told.meeting, "plan": told.plan, "thread": told.plan}.get(name)))
        assert shown.actions_.trigger("go_help")
        assert helped(shown).chosen == topic, name
    shown.back()
    assert shown.page() is not None and not isinstance(shown.page(), HelpPage)


def test_each_topic_is_short_and_there(shown: MainWindow) -> None:
    for lang in ("km", "en"):
        set_language(lang)
        for topic in topics():
            assert topic.title and topic.what and 2 <= len(topic.steps) <= 8
    set_language("km")


def test_the_keys_are_those_that_were_declared(shown: MainWindow, told: story.Story) -> None:
    shown.go(Location("plan", told.plan))
    shown.actions_.trigger("go_help")
    found = helped(shown)
    found.choose("keys")
    shown_keys = {label.text() for label in found.findChildren(QLabel) if label.property("role") == "key"}
    declared = {action.keys_shown() for action in shown.actions_.general()} - {""}
    assert declared <= shown_keys
    assert {"Ctrl+N", "Ctrl+P", "Ctrl+Z", "Ctrl+E"} <= shown_keys, "those of the page one came from too"
