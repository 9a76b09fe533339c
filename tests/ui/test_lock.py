"""Locking the desk: what was typed stays, nothing else does."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from cpdesk import settings
from cpdesk.tasks import Desk, keys, records
from cpdesk.tasks.desk import create
from tests.ui.hands import come_to_front, press, settle, write
from tests.ui.locked_desk import OTHERS, WORDS, copied, make
from ui import messages
from ui.app import Program
from ui.dialogs.password import FirstPassword
from ui.dialogs.unlock import Unlock
from ui.jobs import Progress
from ui.keeper import Keeper
from ui.locking import Watch
from ui.main_window import MainWindow
from ui.pages.meeting import MeetingPage

ENTER = Qt.Key.Key_Return


pytestmark = pytest.mark.usefixtures("stretched_little")


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory, stretched_little: None) -> Path:
    """A locked desk of two officers with a meeting, and the home in which it was made."""
    return make(tmp_path_factory.mktemp("locked"), "officer")


@pytest.fixture
def locked(made_once: Path, own_home: Path, tmp_path: Path) -> Path:
    return copied(made_once, own_home, tmp_path)


@pytest.fixture
def window(program: Program, qtbot: QtBot, locked: Path) -> MainWindow:
    """The program's window over it, opened by the first officer."""
    program.show_desk(keys.unlock(locked, WORDS), locked)
    return shown(program, qtbot)


def shown(program: Program, qtbot: QtBot) -> MainWindow:
    made = program.window
    assert made is not None
    qtbot.waitExposed(made)
    qtbot.waitUntil(lambda: made.findChild(Keeper) is not None)
    settle(qtbot, made)
    come_to_front(qtbot, made)
    return made


def at_the_door(qtbot: QtBot, act: Callable[[Unlock], object]) -> list[Unlock]:
    """Let `act` stand at the door once it asks; the door."""
    seen: list[Unlock] = []
    timer = QTimer(QApplication.instance())
    timer.setInterval(20)

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, Unlock) and not dialog.held:
            timer.stop()
            seen.append(dialog)
            come_to_front(qtbot, dialog)
            act(dialog)

    timer.timeout.connect(look)
    timer.start()
    return seen


def comes(words: str) -> Callable[[Unlock], object]:
    def act(_door: Unlock) -> None:
        write(words)
        press(ENTER)

    return act


def lock_and(program: Program, qtbot: QtBot, act: Callable[[Unlock], object], window: MainWindow | None) -> None:
    """Lock, let `act` happen at the door, and wait for what follows."""
    seen = at_the_door(qtbot, act)
    assert window is not None
    window.context.lock_wanted.emit()
    assert not window.isVisible(), "covered at once"
    del window
    qtbot.waitUntil(lambda: bool(seen) and program.door is None, timeout=20_000)


def meeting_page(window: MainWindow) -> MeetingPage:
    (meeting,) = records.find(window.context.desk, "meeting")
    window.context.go("meeting", meeting.id)
    page = window.page()
    assert isinstance(page, MeetingPage)
    return page


# --- where one stood -------------------------------------------------------------------------------------------------
def test_the_same_officer_stands_at_the_same_place_with_what_was_typed(
    program: Program, qtbot: QtBot, window: MainWindow
) -> None:
    page = meeting_page(window)
    page.form.editors["subject"].focus()
    press("Ctrl+A")
    write("ប្រជុំវិសាមញ្ញ")  # not saved yet: no pause was made
    page.form.editors["date"].focus()
    press("Ctrl+A")
    write("ឆាប់ៗនេះ")
    lock_and(program, qtbot, comes(WORDS), window)
    again = shown(program, qtbot)
    assert again is not window
    there = again.page()
    assert isinstance(there, MeetingPage)
    assert records.get(again.context.desk, there.record or "")["subject"] == "ប្រជុំវិសាមញ្ញ"
    field = there.form.editors["date"].control
    qtbot.waitUntil(lambda: field.property("text") == "ឆាប់ៗនេះ")
    assert records.get(again.context.desk, there.record or "")["date"] == "2022-06-23"


def test_another_officer_stands_at_home(program: Program, qtbot: QtBot, window: MainWindow) -> None:
    meeting_page(window)
    lock_and(program, qtbot, comes(OTHERS), window)
    again = shown(program, qtbot)
    page = again.page()
    assert again.context.desk.officer == "ចាន់ ធីតា" and page is not None and page.name == "home"


def test_words_of_a_dialog_are_given_back(program: Program, qtbot: QtBot, window: MainWindow) -> None:
    from ui.dialogs.take_back import TakeBack  # noqa: F401  one that asks for a reason
    from ui.widgets.editors.line import Line

    dialog = QDialog(window)
    dialog.setWindowTitle("មូលហេតុ")
    line = Line(dialog)
    line.setObjectName("reason")
    dialog.open()
    line.setText("ព្រោះមានពីរ")
    lock_and(program, qtbot, comes(WORDS), window)
    again = shown(program, qtbot)
    qtbot.waitUntil(lambda: again.findChild(QDialog, "half_typed") is not None)
    told = again.findChild(QLabel, "half_typed_1")
    assert told is not None and "ព្រោះមានពីរ" in told.text().replace("\u200b", "")
    found = again.findChild(QDialog, "half_typed")
    assert found is not None
    found.close()


# --- nothing is left -------------------------------------------------------------------------------------------------
def test_nothing_of_the_desk_is_in_sight_or_in_memory(program: Program, qtbot: QtBot, locked: Path) -> None:
    program.show_desk(keys.unlock(locked, WORDS), locked)
    window = shown(program, qtbot)  # no fixture: it would hold the window
    page = meeting_page(window)
    page.form.editors["subject"].focus()
    QApplication.clipboard().setText("ប្រជុំប្រចាំខែ")
    copied = QApplication.clipboard().ownsClipboard()
    messages.tell(window, "ប្រជុំប្រចាំខែ")
    window.say("ប្រជុំប្រចាំខែ")
    settle(qtbot, window)
    desk = weakref.ref(window.context.desk)
    key = weakref.ref(window.context.desk.key)
    del page
    left: list[object] = []

    def look(door: Unlock) -> None:
        def forgotten() -> bool:  # what a worker says last may still hold it for a moment
            gc.collect()
            return desk() is None and key() is None

        with suppress(qtbot.TimeoutError):
            qtbot.waitUntil(forgotten, timeout=5000)
        left.append([w for w in QApplication.topLevelWidgets() if w.isVisible() and w is not door])
        left.append([label.text() for label in door.findChildren(QLabel) if "ប្រជុំ" in label.text()])
        left.append([desk(), key()])
        left.append([one for one in gc.get_objects() if isinstance(one, Desk) and one.path == locked])
        left.append([w.windowTitle() for w in QApplication.topLevelWidgets() if "ប្រជុំ" in w.windowTitle()])
        left.append(QApplication.clipboard().text() if copied else "")
        write(WORDS)
        press(ENTER)

    seen = at_the_door(qtbot, look)
    window.context.lock_wanted.emit()
    del window
    qtbot.waitUntil(lambda: bool(seen) and program.door is None, timeout=20_000)
    assert left == [[], [], [None, None], [], [], ""]


def test_what_is_under_way_is_waited_for_behind_the_cover(program: Program, qtbot: QtBot, window: MainWindow) -> None:
    ended: list[str] = []
    go_on = False

    def merge(worker: Desk, progress: Progress) -> None:
        while not go_on:
            progress(1, 3)
        records.save(worker, "meeting", {"subject": "ពីកញ្ចប់"})

    window.context.jobs.run(merge, title="បញ្ចូល", done=lambda _done: ended.append("done"))
    seen = at_the_door(qtbot, comes(WORDS))
    window.context.lock_wanted.emit()
    door = program.door
    assert door is not None and door.isVisible() and not window.isVisible() and "បញ្ចូល" in door.said.plain()
    for stroke in (ENTER, Qt.Key.Key_Escape):
        QTest.keyClick(door, stroke)
    assert door.isVisible() and not seen, "nobody is let in, and nobody ends it"
    go_on = True
    qtbot.waitUntil(lambda: bool(seen) and program.door is None, timeout=20_000)
    assert ended == ["done"] and program.desk is not None and len(records.find(program.desk, "meeting")) == 2


def test_a_dialog_that_waits_for_an_answer_gives_way(program: Program, qtbot: QtBot, window: MainWindow) -> None:
    answers: list[bool] = []
    seen = at_the_door(qtbot, comes(WORDS))
    QTimer.singleShot(0, window, lambda: answers.append(messages.ask(window, "លុប?", yes="លុប")))
    QTimer.singleShot(100, window, window.context.lock_wanted.emit)  # while the question waits
    qtbot.waitUntil(lambda: bool(seen) and program.door is None, timeout=20_000)
    assert answers == [False] and program.window is not None


def test_it_locks_behind_the_door_of_another_desk(
    program: Program, qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    create(tmp_path / "0803.cpdesk", "0803", "មន្ត្រី", OTHERS).close()
    doors: list[Path] = []

    def look(door: Unlock) -> None:
        doors.append(door.path)
        assert program._locks is not None
        at_the_door(qtbot, lambda second: (doors.append(second.path), comes(WORDS)(second)))
        program._locks.lock("…")

    at_the_door(qtbot, look)
    QTimer.singleShot(0, window, lambda: window.context.want_desk(tmp_path / "0803.cpdesk"))
    qtbot.waitUntil(lambda: len(doors) == 2 and program.door is None, timeout=20_000)
    assert [path.stem for path in doors] == ["0803", "0802"]
    assert program.desk is not None and program.desk.office == "0802" and program.window is not window


def test_who_backs_up_when_closing_has_one_when_it_locks(
    program: Program, qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    settings.change(backup_when="close")
    records.save(window.context.desk, "meeting", {"subject": "ទីពីរ"})
    lock_and(program, qtbot, comes(WORDS), window)
    assert list((tmp_path / "backups").iterdir())


def test_who_does_not_come_back_ends_the_program(program: Program, qtbot: QtBot, window: MainWindow) -> None:
    seen = at_the_door(qtbot, lambda _door: press(Qt.Key.Key_Escape))
    window.context.lock_wanted.emit()
    qtbot.waitUntil(lambda: bool(seen) and program.door is None)
    assert program.window is None and program.desk is None


def test_an_open_desk_is_offered_a_password(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    create(tmp_path / "open.cpdesk", "0803", "មន្ត្រី").close()
    assert program.open(tmp_path / "open.cpdesk")
    made = shown(program, qtbot)
    press("Ctrl+L")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, FirstPassword) and made.isVisible()
    dialog.choice.again_words.line.insert(dialog.choice.password())
    dialog.take()
    qtbot.waitUntil(lambda: made.findChild(QDialog, "recovery_dialog") is not None, timeout=10_000)
    assert keys.state(tmp_path / "open.cpdesk").kind == "locked" and made.context.desk.who is not None
    noted = made.findChild(QAbstractButton, "recovery_noted")
    assert noted is not None
    noted.click()
    code = made.findChild(QDialog, "recovery_dialog")
    assert code is not None
    code.accept()
    assert program._locks is not None and program._locks._watch.is_on(), "from now on it locks by itself"


def test_the_list_of_desks_names_no_office_of_a_locked_one(program: Program, window: MainWindow) -> None:
    window.close()
    assert "កៀនស្វាយ" not in settings.path().read_text("utf-8")


# --- when ------------------------------------------------------------------------------------------------------------
class Clocks:
    """Two clocks that a test moves."""

    def __init__(self) -> None:
        self.now, self.wall = 1000.0, 5000.0

    def go(self, seconds: float, watch: Watch, step: float = 1.0) -> None:
        for _second in range(round(seconds / step)):
            self.now += step
            self.wall += step
            watch.tick()


@pytest.fixture
def watched(qapp: QApplication) -> tuple[Watch, Clocks, list[str]]:
    clocks, told = Clocks(), list[str]()
    watch = Watch(qapp, lambda: clocks.now, lambda: clocks.wall)
    watch.due.connect(told.append)
    watch.begin()
    watch._timer.stop()
    return watch, clocks, told


def test_ten_idle_minutes(watched: tuple[Watch, Clocks, list[str]], qapp: QApplication) -> None:
    watch, clocks, told = watched
    clocks.go(590, watch)
    key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
    widget = QWidget()
    QApplication.sendEvent(widget, key)
    clocks.go(599, watch)
    assert told == [], "a key began it anew"
    clocks.go(1, watch)
    assert len(told) == 1 and "១០" in told[0]
    watch.end()
    settings.change(lock_minutes=5)
    watch.begin()
    watch._timer.stop()
    clocks.go(299, watch)
    assert len(told) == 1
    clocks.go(1, watch)
    assert len(told) == 2
    watch.end()


@pytest.mark.parametrize("sleep", ["both clocks", "wall alone", "set back"])
def test_sleep_is_noticed_by_either_clock(watched: tuple[Watch, Clocks, list[str]], sleep: str) -> None:
    watch, clocks, told = watched
    clocks.go(5, watch)
    assert told == []
    clocks.wall += {"both clocks": 3600, "wall alone": 3600, "set back": -3600}[sleep]
    clocks.now += 3600 if sleep == "both clocks" else 0
    watch.tick()
    assert len(told) == 1
    watch.tick()
    assert len(told) == 1
    watch.end()


def test_a_busy_second_is_no_sleep(watched: tuple[Watch, Clocks, list[str]]) -> None:
    watch, clocks, told = watched
    clocks.go(50, watch, step=10.0)
    assert told == []
    watch.end()
