"""Ctrl+K finds anything and does anything."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cpdesk.i18n import language
from cpdesk.records import KINDS
from cpdesk.tasks import records
from tests.ui import story
from tests.ui.hands import press, settle, window, write
from ui.dialogs import palette_entries
from ui.dialogs.palette import Palette
from ui.main_window import MainWindow
from ui.pages import places
from ui.pages.spots import at_focus

ENTER, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Down


@pytest.fixture
def shown(qtbot: QtBot, told: story.Story) -> Iterator[MainWindow]:
    made = window(qtbot, told.desk)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    settle(qtbot, made)
    yield made


def opened(made: MainWindow, qtbot: QtBot) -> Palette:
    made.actions_.trigger("search")
    palette = made.findChild(Palette)
    assert palette is not None
    qtbot.waitUntil(lambda: palette.isActiveWindow() and palette.line.hasFocus())
    return palette


def searched(palette: Palette, qtbot: QtBot, text: str) -> list[str]:
    palette.line.clear()
    write(text)
    qtbot.waitUntil(lambda: palette._job is None, timeout=10_000)
    return [entry.title for entry in palette.entries()]


def test_khmer_inside_words_and_latin_find_records(shown: MainWindow, qtbot: QtBot, told: story.Story) -> None:
    palette = opened(shown, qtbot)
    assert any("ហ៊ុន កុសនី" in title for title in searched(palette, qtbot, "កុសន"))
    assert any("អង្គការយូនីសេហ្វ" in title for title in searched(palette, qtbot, "unicef"))
    found = searched(palette, qtbot, "ងាយរងគ្រោះ")
    assert len(found) >= 3
    assert searched(palette, qtbot, "ដែលគ្មានទេនេះ") == [] and palette.said.plain()


def test_enter_opens_the_part_on_its_page(shown: MainWindow, qtbot: QtBot, told: story.Story) -> None:
    palette = opened(shown, qtbot)
    searched(palette, qtbot, "យុទ្ធនាការផ្សព្វផ្សាយ")
    press(ENTER)
    page = shown.page()
    assert page is not None and (page.name, page.record) == ("plan", told.plan)
    assert page.state()["chosen"] == told.activities[1]
    settle(qtbot, shown)


def test_enter_waits_for_the_answer(shown: MainWindow, qtbot: QtBot, told: story.Story) -> None:
    opened(shown, qtbot)
    write("ហ៊ុន កុសនី")
    press(ENTER)
    qtbot.waitUntil(lambda: shown.page() is not None and shown.page().name == "people")  # type: ignore[union-attr]
    settle(qtbot, shown)


def test_commands_run_and_show_their_keys(shown: MainWindow, qtbot: QtBot) -> None:
    palette = opened(shown, qtbot)
    searched(palette, qtbot, "ខ្មែរ ឬអង់គ្លេស")
    (entry,) = [entry for entry in palette.entries() if entry.command]
    assert entry.keys == "Ctrl+Shift+L"
    press(ENTER)
    qtbot.waitUntil(lambda: language() == "en")


@pytest.mark.parametrize("words", ["light or dark", "dark", "ភ្លឺ", "theme"])
def test_a_command_is_found_by_the_words_of_either_language(shown: MainWindow, qtbot: QtBot, words: str) -> None:
    palette = opened(shown, qtbot)
    searched(palette, qtbot, words)
    assert "scheme" in [entry.command for entry in palette.entries()]


@pytest.mark.parametrize("words", ["go to plans", "ទៅផែនការ", "ផែនការ ទៅ"])
def test_the_way_to_a_page_is_found_as_one_says_it(shown: MainWindow, qtbot: QtBot, words: str) -> None:
    palette = opened(shown, qtbot)
    searched(palette, qtbot, words)
    assert "go_plans" in [entry.command for entry in palette.entries()]


def test_a_page_that_begins_with_what_is_typed_stands_first(shown: MainWindow, qtbot: QtBot) -> None:
    palette = opened(shown, qtbot)
    searched(palette, qtbot, "ផែនការ")
    first, *rest = palette.entries()
    assert palette.line.accessibleDescription() == first.spoken(), "told to who does not see the list"
    assert first.command == "go_plans" and first.keys and any(entry.location for entry in rest)


def test_tab_and_a_sign_narrow_the_search(shown: MainWindow, qtbot: QtBot) -> None:
    palette = opened(shown, qtbot)
    searched(palette, qtbot, "កុមារ")
    assert len({entry.kind for entry in palette.entries()}) > 2
    press(Qt.Key.Key_Tab, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: palette._job is None)
    kinds = {KINDS[name].label for name in palette_entries.kinds_of("plans") or ()}
    assert palette.line.hasFocus() and {entry.kind for entry in palette.entries()} <= kinds
    press(Qt.Key.Key_Backtab, Qt.Key.Key_Backtab)
    qtbot.waitUntil(lambda: palette._job is None)
    assert palette.families.current() == "everything" and len(palette.entries()) > 2
    searched(palette, qtbot, "> ថ្មី")
    assert palette.entries() and all(entry.command for entry in palette.entries())
    assert palette.families.current() == "commands"


def test_where_it_was_found_is_shown_and_enter_stands_on_that_row(
    shown: MainWindow, qtbot: QtBot, told: story.Story
) -> None:
    said = "យើងស្នើឱ្យមានទីកន្លែងលេងសម្រាប់កុមារ។ " * 20 + "សូមបង្កើតបណ្ណាល័យចល័តនៅឃុំដីឥដ្ឋ។"
    row = records.save(told.desk, "input", {"meeting": told.meeting, "order": 90_000, "text": said}).id
    palette = opened(shown, qtbot)
    searched(palette, qtbot, "បណ្ណាល័យ")
    (entry,) = palette.entries()
    assert entry.detail.startswith("ខ្លឹមសារ: …") and [part.text for part in entry.around if part.found] == ["បណ្ណាល័យ"]
    assert entry.beside and entry.kind in entry.spoken()
    palette.grab()
    press(ENTER)
    page = shown.page()
    assert page is not None and (page.name, page.record) == ("meeting", told.meeting)
    settle(qtbot, shown)
    focus = shown.focusWidget()
    assert focus is not None and focus.objectName() == f"row_{row}"
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    assert at_focus(page) == (row, ""), "whose history is one key away"


def test_one_wrong_letter_is_said(shown: MainWindow, qtbot: QtBot) -> None:
    palette = opened(shown, qtbot)
    found = searched(palette, qtbot, "កុសនិ")
    assert any("កុសនី" in title for title in found) and "«កុសនិ»" in palette.said.plain()


def test_an_older_answer_never_takes_the_place_of_a_newer_one(shown: MainWindow, qtbot: QtBot) -> None:
    palette = opened(shown, qtbot)
    write("កុសនី")
    older = palette._job
    assert older is not None
    palette.line.clear()
    write("unicef")
    qtbot.waitUntil(lambda: palette._job is None)
    now = palette.entries()
    if older.then is not None:
        older.then(palette_entries.Answer())
    assert palette.entries() == now and now


def test_an_empty_line_offers_what_was_seen_and_what_can_be_done(
    shown: MainWindow, qtbot: QtBot, told: story.Story
) -> None:
    shown.context.go("plan", told.plan)
    shown.context.go("home")
    palette = opened(shown, qtbot)
    entries = palette.entries()
    assert entries[0].location is not None and entries[0].location.record == told.plan
    assert {"new", "go_plans"} <= {entry.command for entry in entries}
    press(DOWN, Qt.Key.Key_Up, ENTER)
    page = shown.page()
    assert page is not None and page.name == "plan"
    settle(qtbot, shown)


def test_esc_closes_and_the_page_has_the_keys_again(shown: MainWindow, qtbot: QtBot) -> None:
    opened(shown, qtbot)
    press(Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert QApplication.activeModalWidget() is None
    assert [w for w in QApplication.topLevelWidgets() if isinstance(w, Palette) and w.isVisible()] == []


def test_every_kind_has_its_place(told: story.Story) -> None:
    desk = told.desk
    for name, kind in KINDS.items():
        assert name in places.ICONS, f"{name}: an icon for {kind.en}"
        if kind.built_in:
            continue
        for record in records.find(desk, name)[:1]:
            where = places.place(desk, record)
            assert where is not None, name
            assert places.context_of(desk, record)
    desk.close()
