"""Settings hold at once and are kept."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from cpdesk import settings
from cpdesk.i18n import language
from cpdesk.tasks import desk as desks
from cpdesk.tasks import records
from tests.ui import story
from tests.ui.hands import press, settle, write
from ui import backing_up, look, theme
from ui.dialogs.salvage import SalvageDialog
from ui.main_window import MainWindow
from ui.pages.settings import SettingsPage


def page(shown: MainWindow) -> SettingsPage:
    if not isinstance(shown.page(), SettingsPage):
        shown.context.go("settings")
    found = shown.page()
    assert isinstance(found, SettingsPage)
    return found


def pushed(shown: MainWindow, name: str) -> None:
    button = shown.findChild(QAbstractButton, name)
    assert button is not None, name
    button.click()


def test_language_size_and_theme_hold_at_once(shown: MainWindow, qtbot: QtBot) -> None:
    page(shown)
    for _step in range(3):
        before = look.size()
        pushed(shown, "settings_size_larger")
        qtbot.waitUntil(lambda before=before: look.size() == before + look.STEP)  # type: ignore[misc]
    pushed(shown, "settings_theme_dark")
    qtbot.waitUntil(lambda: theme.current().scheme == "dark")
    assert page(shown).look.now_size.text() == "១៣០%" and page(shown).look.theme.current() == "dark"
    pushed(shown, "settings_language_en")
    qtbot.waitUntil(lambda: language() == "en" and page(shown).title() == "Settings")
    kept = settings.load()
    assert (kept.language, kept.font_scale, kept.theme) == ("en", 130, "dark")


def test_the_officers_name_is_kept_and_never_blank(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    names: list[str] = []
    shown.context.jobs.run(lambda worker, _progress: worker.officer, done=names.append)
    found = page(shown)
    found.person.officer.setFocus()
    found.person.officer.selectAll()
    write("ចាន់ ធីតា")
    press(Qt.Key.Key_Return)
    assert told.desk.officer == "ចាន់ ធីតា"
    found.person.officer.clear()
    press(Qt.Key.Key_Return)
    assert told.desk.officer == "ចាន់ ធីតា" and found.person.problem.text()
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
    backing_up.run(shown.context, shown, folder)
    settle(qtbot, shown)
    (copy,) = folder.iterdir()
    assert copy.name.startswith("0802-") and copy.suffix == ".cpbackup"
    assert str(folder) in found.backups.last.text()
    desks.restore(copy, tmp_path / "again.cpdesk")
    with desks.open_desk(tmp_path / "again.cpdesk") as again:
        assert records.count(again, "plan") == 1


def test_the_check_says_what_it_found(shown: MainWindow, qtbot: QtBot) -> None:
    found = page(shown)
    found.desk.check()
    settle(qtbot, shown)
    assert "គ្រប់ល្អ" in found.desk.said.text() and found.desk.damaged.isHidden()


def test_a_desk_that_is_found_damaged_can_be_saved(shown: MainWindow, told: story.Story, qtbot: QtBot) -> None:
    told.desk.db.execute("UPDATE op SET who = 'អ្នកផ្សេង' WHERE n = 2")
    found = page(shown)
    found.desk.check()
    settle(qtbot, shown)
    assert found.desk.damaged.isVisible() and found.desk.said.isHidden()
    wanted: list[str] = []
    shown.context.desk_wanted.connect(wanted.append)

    def save() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, SalvageDialog)
        dialog.save()
        qtbot.waitUntil(lambda: dialog.findChild(QAbstractButton, "salvage_open") is not None, timeout=60_000)
        button = dialog.findChild(QAbstractButton, "salvage_open")
        assert button is not None
        button.click()

    QTimer.singleShot(0, save)
    pushed(shown, "settings_damaged_do")
    assert wanted == [str(told.desk.path.with_name(f"{told.desk.path.stem}-salvaged.cpdesk"))]


def test_a_backup_on_a_stick_that_went_says_so(shown: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    found = page(shown)
    before = found.backups.last.text()
    backing_up.run(shown.context, shown, tmp_path / "gone")
    settle(qtbot, shown)
    dialog = shown.findChild(QLabel, "error_title")
    assert dialog is not None and found.backups.last.text() == before
    press(Qt.Key.Key_Escape)


def test_each_part_is_found_by_searching_from_anywhere(shown: MainWindow, qtbot: QtBot) -> None:
    assert shown.page() is not None and shown.page().name == "home"  # type: ignore[union-attr]
    (found,) = (action for action in shown.actions_.find("បម្រុងទុក") if action.id.startswith("settings_"))
    found.run()
    there = page(shown)
    qtbot.waitUntil(lambda: there.rail.current() == "backups")
    focus = there.window().focusWidget()
    assert focus is not None and focus.objectName() == "settings_backup_day"


def test_each_setting_says_what_it_does(shown: MainWindow) -> None:
    found = [line for card in page(shown).cards.values() for line in card.rows()]
    assert len(found) >= 20
    assert [line.objectName() for line in found if len(line.explained.text()) < 10] == []
