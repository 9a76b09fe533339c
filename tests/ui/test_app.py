"""Starting, remembering, changing desks; and every page of the program in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from cpdesk import settings
from cpdesk.errors import DeskProblem
from cpdesk.i18n import set_language
from cpdesk.tasks import records
from cpdesk.tasks.desk import open_desk
from tests import desks
from tests.ui import story
from tests.ui.hands import settle
from ui import app, look, theme
from ui.app import Program
from ui.chrome.sidebar import NavButton
from ui.dialogs import opening
from ui.keeper import Keeper
from ui.main_window import MainWindow
from ui.navigation import Location
from ui.pages import PAGES


@pytest.fixture
def told(tmp_path: Path) -> Iterator[story.Story]:
    made = story.tell(tmp_path / "0802.cpdesk")
    yield made
    made.desk.close()


def shown(program: Program, qtbot: QtBot) -> MainWindow:
    window = program.window
    assert window is not None
    qtbot.waitExposed(window)
    qtbot.waitUntil(lambda: window.findChild(Keeper) is not None)
    settle(qtbot, window)
    return window


def test_the_desk_is_opened_and_remembered(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    desks.make(tmp_path, "0802").close()
    assert program.start(tmp_path / "0802.cpdesk", settings.load())
    window = shown(program, qtbot)
    assert window.page() is not None
    assert window.windowTitle().startswith("ទំព័រដើម")
    assert settings.load().last_desk == tmp_path / "0802.cpdesk"
    assert not QApplication.windowIcon().isNull()


def test_the_last_place_is_found_again(program: Program, qtbot: QtBot, told: story.Story) -> None:
    path = told.desk.path
    program.open(path)
    window = shown(program, qtbot)
    window.go(Location("plan", told.plan))
    window.resize(1111, 590)
    window.close()
    program.open(path)
    again = shown(program, qtbot)
    page = again.page()
    assert page is not None and (page.name, page.record) == ("plan", told.plan)
    assert again.height() == 590  # the width gives way to the screen of the test
    assert again.seen == [told.plan]
    again.back()
    assert again.page() is not None and again.page().name == "home"  # type: ignore[union-attr]


def test_a_place_that_is_gone_is_home(program: Program, qtbot: QtBot, told: story.Story) -> None:
    program.open(told.desk.path)
    window = shown(program, qtbot)
    window.go(Location("plan", told.plan))
    kept = window.history.current()
    assert kept is not None
    kept.record = "f" * 32  # as if another computer had never sent it
    window.close()
    program.open(told.desk.path)
    page = shown(program, qtbot).page()
    assert page is not None and page.name == "home"


def test_another_desk_takes_the_window(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    for code in ("0802", "0803"):
        desks.make(tmp_path, code).close()
    program.open(tmp_path / "0802.cpdesk")
    first = shown(program, qtbot)
    first.context.want_desk(tmp_path / "0803.cpdesk")
    second = shown(program, qtbot)
    assert second is not first and [w for w in QApplication.topLevelWidgets() if w.isVisible()] == [second]
    assert second.context.desk.office == "0803"
    assert settings.load().recent[:2] == tuple(str(tmp_path / f"{code}.cpdesk") for code in ("0803", "0802"))


def test_a_desk_that_does_not_open_offers_what_helps(
    program: Program, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desks.make(tmp_path, "0802").close()
    broken = tmp_path / "broken.cpdesk"
    broken.write_bytes(b"no desk at all, but long enough to look like one")
    seen: list[str] = []

    def answer(path: Path, error: DeskProblem) -> Path | None:
        dialog = opening.OpeningDialog(path, error)
        qtbot.addWidget(dialog)
        dialog.show()
        seen.extend(button.accessibleName() for button in dialog.findChildren(QAbstractButton))
        assert str(broken) in [label.text().replace("\u200b", "") for label in dialog.findChildren(QLabel)]
        dialog.findChild(QPushButton, "opening_open").click()  # type: ignore[union-attr]
        assert dialog.answer == "open"
        return tmp_path / "0802.cpdesk"

    monkeypatch.setattr(opening, "ask_instead", answer)
    assert program.open(broken)
    assert shown(program, qtbot).context.desk.office == "0802"
    assert any("បម្រុងទុក" in words for words in seen) and len(seen) == 4
    assert broken.read_bytes().startswith(b"no desk")


def test_a_backup_becomes_a_desk_again(tmp_path: Path, qtbot: QtBot) -> None:
    from cpdesk.tasks.bringing_back import prepare
    from cpdesk.tasks.desk import backup

    with desks.make(tmp_path, "0802") as desk:
        records.save(desk, "meeting", {"subject": "ប្រជុំ", "date": "2022-06-23"})
        backup(desk, tmp_path / "copy.cpbackup")
    again = tmp_path / "again.cpdesk"
    found = opening.brought_back(None, again, prepare(tmp_path / "copy.cpbackup", again))
    assert found == again
    with open_desk(found) as back:
        assert records.count(back, "meeting") == 1


def test_differences_stand_at_the_foot_and_beside_the_section(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    from cpdesk.tasks.demo import build

    program.open(build(tmp_path / "story").desks[0])
    window = shown(program, qtbot)
    qtbot.waitUntil(lambda: window.context.waiting == 1)
    note = window.status.findChild(QPushButton, "note_differences")
    assert note is not None and "១" in note.text()
    section = window.sidebar.findChild(NavButton, "nav_exchange")
    assert section is not None and section.count == "១"
    note.click()
    page = window.page()
    assert page is not None and page.name == "exchange"
    window.use_language("en")
    qtbot.waitUntil(lambda: "1 difference" in window.status.notes().get("differences", ""))


def test_look_and_language_are_kept(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    desks.make(tmp_path, "0802").close()
    program.open(tmp_path / "0802.cpdesk")
    window = shown(program, qtbot)
    for command in ("scheme", "larger", "language"):
        assert window.actions_.trigger(command)
    kept = settings.load()
    assert (kept.theme, kept.font_scale, kept.language) == ("dark", 110, "en")
    assert theme.current().scheme == "dark" and look.size() == 110
    assert app.dressed(settings.Settings(theme="dark")) is QApplication.instance()


# --- every page ----------------------------------------------------------------------------------------------------
# What a Khmer page may say in Latin letters: names that are written so, keys, and the name of the other language.
ALLOWED = {
    *("English", "PDF", "USB", "Excel", "Word", "GB", "MB", "KB", "cpdesk", "Ctrl", "Alt", "Shift", "Enter", "Esc"),
    *("F5", "F6", "F7", "F8", "F11"),
    *("F1", "F2", "Tab", "Page", "Up", "Down", "Delete", "UNICEF", "Save", "the", "Children", "Home", "Left", "Right"),
}
LETTERS = {chr(n) for n in (*range(0x41, 0x5B), *range(0x61, 0x7B))}


def words_of(widget: QWidget) -> Iterator[str]:
    """What a person sees of a widget, or hears."""
    yield widget.accessibleName()
    yield widget.accessibleDescription()
    yield widget.toolTip()
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    if isinstance(widget, QLineEdit | QPlainTextEdit):
        yield widget.placeholderText()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(n) for n in range(widget.count()))


def latin(text: str) -> set[str]:
    """The words of `text` in Latin letters that are not allowed; single letters are keys."""
    found = "".join(c if c in LETTERS or (c.isascii() and c.isdigit()) else " " for c in text).split()
    return {word for word in found if word not in ALLOWED and len(word) > 1 and set(word) & LETTERS}


def location(name: str, told: story.Story) -> Location:
    opened = {"meeting": told.meeting, "live": told.meeting} | dict.fromkeys(("plan", "thread", "review"), told.plan)
    return Location(name, opened.get(name))


@pytest.mark.parametrize("lang", ["km", "en"])
@pytest.mark.parametrize("name", [spec.name for spec in PAGES])
def test_each_page_opens(name: str, lang: str, qtbot: QtBot, told: story.Story, program: Program) -> None:
    """Without a warning of Qt (which fails any test), full and empty, in both languages, in its section."""
    set_language(lang)
    program.open(told.desk.path)
    window = shown(program, qtbot)
    window.go(location(name, told))
    settle(qtbot, window)
    page = window.page()
    assert page is not None and page.name == name and page.title()
    window.resize(1024, 600)
    QApplication.processEvents()
    window.grab()
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or widget.objectName().startswith("qt_"):
            continue
        if isinstance(widget, QAbstractButton | QLineEdit | QPlainTextEdit | QComboBox):
            reachable = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            assert not reachable or widget.accessibleName(), f"{name}: {widget.objectName()} has no name"
        if lang == "km":
            own = {part for text in words_of(widget) for part in latin(text)}
            assert not own or _path_or_name(widget), f"{name}: {widget.objectName()} says {own}"


def _path_or_name(widget: QWidget) -> bool:
    """Where the desk and its backups lie is written in the letters of the machine; a fingerprint is one."""
    return widget.objectName().endswith(("_path", "_folder")) or "fingerprint" in widget.objectName()
