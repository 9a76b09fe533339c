"""Officers in the window: the settings, and what a role lets somebody see and do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from cpdesk import i18n, settings
from cpdesk.tasks import Desk, keys, records
from cpdesk.tasks import officers as people
from cpdesk.tasks.desk import create
from tests.desks import befriend
from tests.ui import hands
from tests.ui.hands import press, read, settle, write
from tests.ui.locked_desk import OTHERS, WORDS, copied, make
from tests.ui.test_unlock import in_the_way
from ui import rights, theme
from ui.dialogs.officers import NewPassword, OfficerDialog
from ui.dialogs.password import FirstPassword, LeaveOpen, OwnPassword, SecretDialog
from ui.dialogs.recovery import CodePage, NewPasswordPage
from ui.dialogs.recovery_answer import HelpDistrict
from ui.dialogs.recovery_code import CodeDialog
from ui.dialogs.recovery_ways import ForgottenPage
from ui.dialogs.unlock import Unlock
from ui.dialogs.unlock_words import HalfTyped
from ui.main_window import MainWindow
from ui.pages.meeting import MeetingPage
from ui.pages.settings import SettingsPage

THIRD = "green bamboo boat lotus"


pytestmark = pytest.mark.usefixtures("stretched_little")


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory, stretched_little: None) -> Path:
    """A locked desk of a keeper and a reader, with a meeting, and the home in which it was made."""
    return make(tmp_path_factory.mktemp("officers"), "reader")


@pytest.fixture
def locked(made_once: Path, own_home: Path, tmp_path: Path) -> Path:
    return copied(made_once, own_home, tmp_path)


@pytest.fixture(autouse=True)
def no_limits() -> Iterator[None]:
    yield
    rights.hold(None)


def opened(qtbot: QtBot, path: Path, words: str) -> MainWindow:
    window = hands.window(qtbot, keys.unlock(path, words))
    rights.hold_to(window.context)
    return window


@pytest.fixture
def keeper(qtbot: QtBot, locked: Path) -> MainWindow:
    return opened(qtbot, locked, WORDS)


@pytest.fixture
def reader(qtbot: QtBot, locked: Path) -> MainWindow:
    return opened(qtbot, locked, OTHERS)


def page(window: MainWindow) -> SettingsPage:
    window.context.go("settings")
    found = window.page()
    assert isinstance(found, SettingsPage)
    QApplication.processEvents()
    return found


def button(window: MainWindow, name: str) -> QAbstractButton:
    found = [one for one in window.findChildren(QAbstractButton, name) if not one.isHidden()]
    assert found, name
    return found[-1]


def take(qtbot: QtBot, dialog: SecretDialog) -> None:
    dialog.take()
    qtbot.waitUntil(lambda: not dialog.bar.isVisible(), timeout=10_000)
    QApplication.processEvents()


def choose(dialog: OfficerDialog | NewPassword | OwnPassword, words: str) -> None:
    choice = dialog.choice
    assert choice is not None
    choice.choose("own")
    choice.first.line.setText(words)
    choice.second.line.setText(words)


def everybody(desk: Desk) -> dict[str, tuple[str, ...]]:
    return {one.name: one.roles for one in people.officers(desk)}


# --- the settings ----------------------------------------------------------------------------------------------------
def test_the_card_tells_who_works_here_and_how_the_desk_stands(keeper: MainWindow) -> None:
    told = read(page(keeper).officers)
    for word in ("សុខ សុភា", "ចាន់ ធីតា", "អ្នកអាន", "អ្នករក្សាសោ", "ត្រូវបានចាក់សោ", "មានលេខកូដសង្គ្រោះ"):
        assert word in told.replace("\u200b", ""), word
    field = page(keeper).person.officer
    assert isinstance(field, QLineEdit) and field.isReadOnly() and field.text() == "សុខ សុភា"
    keeper.findChild(QAbstractButton, "settings_idle_30").click()  # type: ignore[union-attr]
    assert settings.load().lock_minutes == 30


def test_the_keeper_enters_changes_and_parts_with_officers(keeper: MainWindow, qtbot: QtBot, locked: Path) -> None:
    desk = keeper.context.desk
    card = page(keeper).officers
    dialog = OfficerDialog(keeper.context, None, keeper)
    dialog.open()
    dialog.take()
    assert dialog.said.plain(), "a name is asked for"
    dialog.line.setText("ហេង  វិសាល ")
    dialog.roles.ticks["merger"].setChecked(True)
    choose(dialog, THIRD)
    take(qtbot, dialog)
    assert not dialog.isVisible() and everybody(desk)["ហេង វិសាល"] == ("officer", "merger")
    qtbot.waitUntil(lambda: "ហេង វិសាល" in read(card).replace("\u200b", ""))
    new = next(one for one in people.officers(desk) if one.name == "ហេង វិសាល")
    change = OfficerDialog(keeper.context, new, keeper)
    change.open()
    change.roles.ticks["merger"].setChecked(False)
    change.roles.ticks["officer"].setChecked(False)
    change.take()
    assert change.said.plain(), "somebody without a role does nothing here"
    change.roles.ticks["head"].setChecked(True)
    take(qtbot, change)
    assert everybody(desk)["ហេង វិសាល"] == ("head",)
    reset = NewPassword(keeper.context, new, keeper)
    reset.open()
    choose(reset, "purple turtle moon song")
    take(qtbot, reset)
    keys.unlock(locked, "purple turtle moon song").close()
    me = next(one for one in people.officers(desk) if one.is_me)
    alone = OfficerDialog(keeper.context, me, keeper)
    alone.open()
    alone.roles.ticks["keeper"].setChecked(False)
    take(qtbot, alone)
    assert alone.isVisible() and alone.said.plain(), "the last keeper stays one"
    alone.reject()


def test_ones_own_password_is_changed_by_who_knows_the_old_one(reader: MainWindow, qtbot: QtBot, locked: Path) -> None:
    dialog = OwnPassword(reader.context, reader)
    dialog.open()
    choose(dialog, THIRD)
    take(qtbot, dialog)
    assert dialog.isVisible() and dialog.said.plain(), "the present one is asked for"
    dialog.old.line.setText("wrong words here")
    take(qtbot, dialog)
    assert dialog.isVisible() and dialog.said.plain()
    dialog.old.line.setText(OTHERS)
    take(qtbot, dialog)
    assert not dialog.isVisible()
    keys.unlock(locked, THIRD).close()
    with pytest.raises(keys.WrongPassword):
        keys.unlock(locked, OTHERS)


def test_a_new_code_is_shown_and_left_only_once_noted(keeper: MainWindow, qtbot: QtBot, locked: Path) -> None:
    from ui.dialogs.password import show_code

    code = keys.new_code(keeper.context.desk)
    dialog = show_code(keeper.context, code, keeper)
    assert code.split("-")[0] in read(dialog)
    dialog.reject()
    assert dialog.isVisible() and not dialog.go_on.isEnabled()
    dialog.shown.tick.setChecked(True)
    dialog.accept()
    assert keys.by_code(locked, code).officers


def test_a_desk_of_one_officer_can_be_left_open(qtbot: QtBot, tmp_path: Path) -> None:
    create(tmp_path / "0803.cpdesk", "0803", "មន្ត្រី", WORDS).close()
    window = opened(qtbot, tmp_path / "0803.cpdesk", WORDS)
    assert not button(window, "settings_leave_open").isHidden() if page(window) else False
    dialog = LeaveOpen(window.context, window)
    dialog.open()
    dialog.password.line.setText(WORDS)
    take(qtbot, dialog)
    assert keys.state(tmp_path / "0803.cpdesk").kind == "open" and window.context.desk.who is None
    settle(qtbot, window)
    assert "បើកចំហ" in read(page(window).officers).replace("\u200b", "")


# --- roles -----------------------------------------------------------------------------------------------------------
def test_a_reader_sees_and_is_told_why_not_to_write(reader: MainWindow, qtbot: QtBot) -> None:
    (meeting,) = records.find(reader.context.desk, "meeting")
    reader.context.go("meeting", meeting.id)
    shown = reader.page()
    assert isinstance(shown, MeetingPage)
    subject = shown.form.editors["subject"]
    subject.focus()
    press("Ctrl+A")
    write("ប្តូរ")
    shown.leave()
    assert records.get(reader.context.desk, meeting.id)["subject"] == "ប្រជុំប្រចាំខែ"
    assert "តួនាទី" in subject.control.accessibleDescription()
    reader.context.go("meetings")
    new = button(reader, "new_meeting")
    assert not new.isEnabled() and "មន្ត្រី" in new.accessibleDescription() and new.toolTip()
    new.setEnabled(True)
    assert not new.isEnabled(), "what the page thinks of it does not count"
    press("Ctrl+N")
    assert len(records.find(reader.context.desk, "meeting")) == 1
    action = reader.actions_.get("new")
    assert action is not None and not action.is_enabled()


def test_a_reader_looks_after_nobody(reader: MainWindow) -> None:
    card = page(reader).officers
    assert not card.enter.isEnabled() and "អ្នករក្សាសោ" in card.enter.accessibleDescription()
    assert not card.code.isEnabled() and card.own.isEnabled()
    ways = [one for one in card.findChildren(QAbstractButton) if one.objectName().startswith("change_")]
    assert ways and not any(one.isEnabled() for one in ways)


def test_a_keeper_who_writes_is_limited_in_nothing(keeper: MainWindow) -> None:
    assert not rights.is_limited()
    keeper.context.go("meetings")
    assert button(keeper, "new_meeting").isEnabled()


def test_a_role_that_is_given_counts_at_once(reader: MainWindow, keeper: MainWindow, qtbot: QtBot) -> None:
    her = next(one for one in people.officers(keeper.context.desk) if one.name == "ចាន់ ធីតា")
    rights.hold_to(reader.context)
    assert rights.lacks("draft") and not rights.lacks("read")
    people.change(keeper.context.desk, her.id, roles=["officer"])
    rights.hold_to(reader.context)
    assert not rights.lacks("draft") and rights.lacks("approve")


def test_each_name_of_the_table_is_a_button_or_a_command() -> None:
    """A button that goes by another name would be pressed by everybody: each name is looked for in the sources."""
    from tests.house.source import sources, text_of

    whole = "\n".join(text_of(path) or "" for path in sources("ui") if path.name != "rights.py")
    for names in rights._ACTS.values():
        for name in names:
            begun = name.split("*")[0].removeprefix("plan_")  # whose name is put together
            assert f'"{begun}' in whole, name


# --- the office above helps ------------------------------------------------------------------------------------------
def test_the_province_opens_a_districts_lock_and_reads_a_code_out(qtbot: QtBot, tmp_path: Path) -> None:
    province = create(tmp_path / "08.cpdesk", "08", "លេខា")
    with create(tmp_path / "0802.cpdesk", "0802", "សុខ សុភា", WORDS) as district:
        befriend(province, district, tmp_path)
    window = hands.window(qtbot, province)
    dialog = HelpDistrict(window.context, window)
    dialog.open()
    dialog.look(tmp_path / "08.cpcard")
    assert not dialog.yes.isEnabled() and dialog.whose.text(), "a card is no lock"
    door = Unlock(tmp_path / "0802.cpdesk")
    qtbot.addWidget(door)
    door.show()
    ways = ForgottenPage(door)
    door.show_page(ways)
    assert door.findChild(QAbstractButton, "unlock_request") is not None
    (tmp_path / "stick").mkdir()
    ways.write_request(tmp_path / "stick")
    request = tmp_path / "stick" / "0802.cplock"
    assert request.name in ways.said.text()
    dialog.look(request)
    assert "កៀនស្វាយ" in dialog.whose.text()
    answer = tmp_path / "stick" / "0802-answer.cplock"
    dialog.answer(answer)
    shown = dialog.findChild(QLabel, "help_code")
    assert shown is not None and answer.is_file()
    code = "-".join(shown.text().split())
    dialog.reject()
    ways.take_answer(answer)
    page = door.page()
    assert isinstance(page, CodePage)
    page.field.line.setText(code)
    page.next()
    qtbot.waitUntil(lambda: isinstance(door.page(), NewPasswordPage), timeout=10_000)
    door.reject()
    door.done(0)


@pytest.mark.parametrize(("lang", "scale"), [("km", 1.0), ("en", 1.5)])
def test_each_dialog_is_read_aloud_and_has_room(qtbot: QtBot, locked: Path, lang: str, scale: float) -> None:
    i18n.set_language(lang)
    theme.current().apply("light", scale)
    window = opened(qtbot, locked, WORDS)
    window.resize(1024, 600)
    other = next(one for one in people.officers(window.context.desk) if not one.is_me)
    found = []
    for dialog in (
        OfficerDialog(window.context, None, window), OfficerDialog(window.context, other, window),
        NewPassword(window.context, other, window), OwnPassword(window.context, window),
        LeaveOpen(window.context, window), FirstPassword(window.context, window), HelpDistrict(window.context, window),
        CodeDialog(window, "ABCDE-FGHJK-MNPQR-STVWX-YZ123", locked, lambda: ""),
        HalfTyped({"…": {"a": "…" * 300}, "……": {"a": "…"}}, window),
    ):  # fmt: skip
        dialog.open()
        QApplication.processEvents()
        found += [f"{dialog.objectName()}: {fault}" for fault in in_the_way(dialog)]
        dialog.done(0)
    page(window)
    window.context.go("settings", part="officers")
    QApplication.processEvents()
    found += [f"settings: {fault}" for fault in in_the_way(page(window).officers)]
    assert not found, "\n".join(found)
