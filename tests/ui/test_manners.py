"""What people expect of a program of today: backups by themselves, the way back, desks used before, a calm word after
a crash, and nothing of a record in what it tells of itself."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QMimeData, QPoint, QPointF, QRect, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cpdesk import logs, settings
from cpdesk.errors import DeskProblem
from cpdesk.paths import ROOT
from cpdesk.tasks import backups, records
from tests import desks
from tests.ui.hands import press, read, settle
from ui import messages
from ui.app import Program
from ui.backing_up import SelfBackup
from ui.chrome.statusline import StatusLine
from ui.dialogs.bring_back import BringBack
from ui.dialogs.closing import ClosingBackup
from ui.dialogs.desks import DesksDialog
from ui.dialogs.import_table import ImportDialog
from ui.keeper import Keeper
from ui.main_window import MainWindow
from ui.widgets.text import ElidedText

SECRET = ("ពាក្យសម្ងាត់", "Xylophagous")


@pytest.fixture
def program(program: Program, tmp_path: Path) -> Program:
    """With one of two desks open."""
    for code in ("0803", "0802"):
        with desks.make(tmp_path, code) as desk:
            records.save(desk, "meeting", {"subject": "ប្រជុំ", "date": "2022-06-23"})
    assert program.open(tmp_path / "0802.cpdesk")
    return program


def shown(program: Program, qtbot: QtBot) -> MainWindow:
    window = program.window
    assert window is not None
    qtbot.waitExposed(window)
    qtbot.waitUntil(lambda: window.findChild(Keeper) is not None)
    settle(qtbot, window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


_timers: list[QTimer] = []  # they live as long as the module


def when_modal(kind: type[QWidget], act: Callable[[QWidget], object], every: int = 20) -> list[str]:
    """Let `act` have the next dialog of that kind that waits for an answer; what stood on it."""
    seen: list[str] = []
    timer = QTimer()
    timer.setInterval(every)

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, kind) and not seen:
            seen.append(read(dialog))
            timer.stop()
            act(dialog)

    timer.timeout.connect(look)
    timer.start()
    _timers.append(timer)
    return seen


def modal_closed(name: str) -> str:
    """What stood on the dialog of that name, which waited and is closed now."""
    dialog = QApplication.activeModalWidget()
    assert dialog is not None and dialog.objectName() == name
    told = read(dialog)
    dialog.close()
    return told


def click(parent: QWidget, name: str) -> None:
    button = parent.findChild(QAbstractButton, name)
    assert button is not None, name
    button.click()


# --- backups -------------------------------------------------------------------------------------------------------
def keeper(window: MainWindow) -> SelfBackup:
    found = window.findChild(SelfBackup)
    assert found is not None
    return found


def test_a_backup_is_made_beside_the_work_and_told_at_the_foot(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    window = shown(program, qtbot)
    with qtbot.waitSignal(keeper(window).changed):
        keeper(window).look()
    (made,) = (tmp_path / "backups").iterdir()
    assert made.suffix == ".cpbackup"
    qtbot.waitUntil(lambda: "ថ្ងៃនេះ" in window.status.notes().get("backup", ""))
    qtbot.waitUntil(lambda: not keeper(window).is_busy())
    with qtbot.waitSignal(keeper(window).changed):
        keeper(window).look()
    assert list((tmp_path / "backups").iterdir()) == [made], "nothing new, no copy"
    note = window.status.findChild(QPushButton, "note_backup")
    assert note is not None
    note.click()
    page = window.page()
    assert page is not None and page.name == "settings" and str(made.parent) in read(page)


def test_a_stick_that_is_out_is_told_calmly_and_tried_again(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    window, stick = shown(program, qtbot), tmp_path / "stick"
    settings.change(backup_folder=str(stick))
    with qtbot.waitSignal(keeper(window).changed):
        keeper(window).look()
    assert "រកថតមិនឃើញ" in window.status.notes()["backup"] and QApplication.activeModalWidget() is None
    stick.mkdir()
    qtbot.waitUntil(lambda: not keeper(window).is_busy())
    with qtbot.waitSignal(keeper(window).changed):
        keeper(window).look()
    assert len(list(stick.iterdir())) == 1


def test_when_closing_a_backup_is_waited_for(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    shown(program, qtbot)
    settings.change(backup_when="close")
    seen = when_modal(ClosingBackup, lambda _dialog: None)
    assert program.window is not None
    program.window.close()
    program.end()
    assert len(list((tmp_path / "backups").iterdir())) == 1 and program.desk is None
    assert not seen or "បម្រុងទុក" in seen[0]


def test_the_times_are_chosen_by_keyboard(program: Program, qtbot: QtBot) -> None:
    window = shown(program, qtbot)
    press("Ctrl+,")
    press("Alt+7")
    focus = QApplication.focusWidget()
    assert focus is not None and focus.objectName() == "settings_backup_day"
    press(Qt.Key.Key_Right, Qt.Key.Key_Space)
    assert settings.load().backup_when == "close"
    press("Alt+6", Qt.Key.Key_Right, Qt.Key.Key_Space)
    assert settings.load().due_days == 7
    assert window.page() is not None and window.page().name == "settings"  # type: ignore[union-attr]


# --- the way back --------------------------------------------------------------------------------------------------
def test_a_backup_is_looked_into_and_brought_back(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    window = shown(program, qtbot)
    assert program.desk is not None
    backups.make(program.desk)
    records.save(program.desk, "meeting", {"subject": "ទីពីរ"})

    def take(dialog: QWidget) -> None:
        assert isinstance(dialog, BringBack)
        qtbot.waitUntil(dialog.yes.isEnabled)
        seen.append(read(dialog))
        dialog.choose(Path(dialog.rows.chosen))
        press(Qt.Key.Key_Return)

    seen = when_modal(BringBack, take)
    window.context.want_desk("restore")
    again = shown(program, qtbot)
    assert again is not window and program.desk is not None and records.count(program.desk, "meeting") == 1
    (aside,) = tmp_path.glob("0802-until-*.cpdesk")
    assert "១" in seen[1] and "២" in seen[1] and "កិច្ចប្រជុំ" in seen[1]
    assert not list(tmp_path.glob("*-back.cpdesk")) and aside.stat().st_size > 0


def test_a_double_clicked_backup_is_offered(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    shown(program, qtbot)
    assert program.desk is not None
    made = backups.by_hand(program.desk, tmp_path / "mine.cpbackup")
    before = program.desk

    def leave(dialog: QWidget) -> None:
        assert isinstance(dialog, BringBack)
        qtbot.waitUntil(dialog.yes.isEnabled)
        click(dialog, "bring_back_no")

    seen = when_modal(BringBack, leave)
    program.take_later([made.file])  # as a start with a file does
    program.take([])
    assert seen and program.desk is before and records.count(before, "meeting") == 1


def test_a_backup_of_another_office_is_not_put_in_place(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    from cpdesk.tasks.desk import open_desk

    shown(program, qtbot)
    with open_desk(tmp_path / "0803.cpdesk") as other:
        copy = backups.by_hand(other, tmp_path / "other.cpbackup").file
    assert program.desk is not None
    dialog = BringBack(tmp_path / "0802.cpdesk", program.desk, copy, program.window)
    qtbot.waitUntil(lambda: "ផ្សេង" in read(dialog))
    assert not dialog.yes.isEnabled()
    (tmp_path / "bad.cpbackup").write_bytes(b"x" * 4000)
    dialog._look(tmp_path / "bad.cpbackup")
    qtbot.waitUntil(lambda: "bad.cpbackup" in read(dialog) and not dialog._jobs.is_busy())
    assert not dialog.yes.isEnabled()
    dialog.reject()


def test_a_damaged_desk_is_replaced_and_kept(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    from ui.dialogs import opening

    shown(program, qtbot)
    assert program.desk is not None and program.window is not None
    backups.make(program.desk)
    program.window.close()
    program.end()
    path = tmp_path / "0802.cpdesk"
    path.write_bytes(b"damaged " * 1000)

    def take(dialog: QWidget) -> None:
        assert isinstance(dialog, BringBack)
        qtbot.waitUntil(dialog.yes.isEnabled)
        dialog.take()

    def restore(dialog: QWidget) -> None:
        when_modal(BringBack, take)
        click(dialog, "opening_restore")

    when_modal(opening.OpeningDialog, restore)
    assert opening.ask_instead(path, DeskProblem("ខូច")) == path
    (aside,) = tmp_path.glob("0802-until-*.cpdesk")
    assert aside.read_bytes().startswith(b"damaged ")
    assert program.open(path) and records.count(program.desk, "meeting") == 1


# --- desks used before ---------------------------------------------------------------------------------------------
def test_desks_used_before_open_by_one_key(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    window = shown(program, qtbot)
    window.context.want_desk(tmp_path / "0803.cpdesk")
    second = shown(program, qtbot)
    assert second.context.desk.office == "0803"
    action = second.actions_.get("recent_1")
    assert action is not None and "កៀនស្វាយ" in action.text and action.is_enabled()
    seen = when_modal(DesksDialog, lambda _dialog: press(Qt.Key.Key_1))
    press("Ctrl+O")
    assert seen, "the list was there"
    assert shown(program, qtbot).context.desk.office == "0802"


def test_a_desk_that_is_gone_is_greyed_and_can_be_taken_off(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    shown(program, qtbot)
    settings.used(tmp_path / "gone.cpdesk")
    settings.used(tmp_path / "0802.cpdesk")
    dialog = DesksDialog(program.window, tmp_path / "0802.cpdesk")
    qtbot.addWidget(dialog)
    dialog.show()
    (id_,) = dialog.list.ids()
    dialog.list.opened.emit(id_)
    press(Qt.Key.Key_1)
    assert dialog.answer == "" and dialog.isVisible()
    dialog.list.focus_row(0)
    press(Qt.Key.Key_Delete)
    assert dialog.list.ids() == [] and id_ not in settings.load().recent


# --- the window's place --------------------------------------------------------------------------------------------
def test_a_window_kept_from_a_screen_that_is_gone_is_in_sight(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    window = shown(program, qtbot)
    window.setGeometry(QRect(5000, 4000, 1800, 1400))
    window.close()
    kept = settings.load().others["window"]
    assert QByteArray.fromBase64(kept.encode()).size()
    assert program.open(tmp_path / "0802.cpdesk")
    again = shown(program, qtbot)
    room = QApplication.primaryScreen().availableGeometry()
    assert room.intersects(again.geometry()) and room.contains(again.geometry().topLeft())


# --- what the program tells of itself -------------------------------------------------------------------------------
def test_nothing_of_a_record_is_in_log_or_reports(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    window = shown(program, qtbot)
    desk = window.context.desk
    for word in SECRET:
        for kind, field in (("meeting", "subject"), ("person", "name_km"), ("body", "name_km"), ("plan", "title")):
            records.save(desk, kind, {field: word})

    def goes_wrong(worker: object, _progress: object) -> None:
        raise KeyError(dict(zip("ab", SECRET, strict=True)))

    told: list[BaseException] = []
    window.context.jobs.run(goes_wrong, failed=told.append)
    settle(qtbot, window)
    report = messages.write_crash(told[0]).read_text("utf-8")
    assert "goes_wrong" in report and "page: home" in report and "desk opened" in report
    try:
        records.get(desk, SECRET[0] * 3)
    except Exception as why:
        messages.write_crash(why)
    for word in SECRET:
        logs.complaint(f"QObject: no such slot '{word}'")
        logs.note("opened", file=tmp_path / word)
    packed = logs.pack(tmp_path)
    folders = (logs.folder(), logs.crashes())
    written = b"".join(file.read_bytes() for folder in folders for file in folder.iterdir()) + packed.read_bytes()
    assert len(written) > 1000
    assert not [word for word in SECRET if word.encode() in written]


def test_the_command_saves_log_and_reports(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    window, stick = shown(program, qtbot), tmp_path / "stick"
    stick.mkdir()
    messages.put_reports(window, stick)
    (file,) = stick.iterdir()
    assert file.suffix == ".zip" and file.name in modal_closed("tell")
    messages.put_reports(window, tmp_path / "gone")
    assert "gone" in modal_closed("error")
    assert window.actions_.get("reports") is not None


def test_after_a_crash_the_person_is_told_once(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    dies = "from cpdesk import logs; logs.watch_for_hard_crashes(); import faulthandler; faulthandler._sigabrt()"
    subprocess.run([sys.executable, "-c", dies], cwd=ROOT, capture_output=True, env=dict(os.environ))
    desks.make(tmp_path, "0802").close()
    program = Program(qapp)
    assert program.open(tmp_path / "0802.cpdesk")
    window = program.window
    assert window is not None
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    assert "crashes" in modal_closed("ended").replace("\u200b", "")
    assert logs.crash_before() is None
    settle(qtbot, window)
    window.close()
    window.deleteLater()
    program.end()


DIES_OF_QT = """
import sys
from pathlib import Path
from cpdesk import logs
from ui import messages
logs.watch_for_hard_crashes()
logs.begin()
messages.listen()
from PySide6.QtCore import qFatal, qWarning
import threading
def goes_wrong(): raise ValueError("Xylophagous")
thread = threading.Thread(target=goes_wrong); thread.start(); thread.join()
qWarning("cannot draw 'Xylophagous'")
qFatal("no screen for \\"Xylophagous\\"")
"""


def test_threads_and_qts_last_words_are_reported(own_home: Path) -> None:
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, "-c", DIES_OF_QT], cwd=ROOT, capture_output=True, env=env)
    assert done.returncode != 0
    died = logs.crash_before()
    assert died is not None
    of_thread = next(file for file in logs.crashes().glob("cpdesk-*.txt") if file != died)
    assert "ValueError" in of_thread.read_text("utf-8") and "goes_wrong" in of_thread.read_text("utf-8")
    told = died.read_text("utf-8")
    assert "Qt: no screen for" in told and "Qt: cannot draw" in told and "Aborted" in told
    assert not any(SECRET[1] in file.read_text("utf-8") for file in (died, of_thread, *logs.folder().iterdir()))


def test_the_words_for_a_moment(qapp: QApplication) -> None:
    from ui.backing_up import moment_words

    assert "ថ្ងៃនេះ" in moment_words(datetime.now(UTC))
    assert moment_words(datetime(2022, 6, 23, 10, 24, tzinfo=UTC)).endswith("២០២២")


# --- a desk of another version -------------------------------------------------------------------------------------
def old_shape(path: Path, meetings: int) -> None:
    """A desk whose tables another version of the program made."""
    from cpdesk.tasks.desk import open_desk

    with open_desk(path) as desk:
        for n in range(meetings):
            records.save(desk, "meeting", {"subject": str(n)})
        desk.set_meta("shape", "another")


@pytest.mark.parametrize("stop", [False, True])
def test_a_desk_is_made_ready_in_sight_and_can_be_stopped(
    program: Program, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop: bool
) -> None:
    from cpdesk.store import state
    from cpdesk.tasks.desk import open_desk
    from ui.dialogs import waiting

    shown(program, qtbot)
    other = tmp_path / "0803.cpdesk"
    old_shape(other, 6)
    monkeypatch.setattr(waiting, "UNSEEN", -1)
    monkeypatch.setattr(waiting, "A_BREATH", -1)
    monkeypatch.setattr(state, "_BATCH", 2)
    stopping = lambda dialog: click(dialog, "waiting_stop")  # noqa: E731
    seen = when_modal(waiting.WaitingDialog, stopping if stop else lambda _dialog: None, every=0)
    assert program.open(other) is not stop
    assert seen and "រៀបចំ" in seen[0]
    assert program.desk is not None and program.desk.office == ("0802" if stop else "0803")
    assert QApplication.activeModalWidget() is None
    if stop:
        with open_desk(other) as whole:
            assert records.count(whole, "meeting") == 7


# --- a table that is dropped ---------------------------------------------------------------------------------------
def dropped(window: MainWindow, file: Path) -> bool:
    """Let the file fall on the window; whether it was taken."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    hand = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(QPoint(400, 300), *hand)
    enter.ignore()
    window.dragEnterEvent(enter)
    if enter.isAccepted():
        window.dropEvent(QDropEvent(QPointF(400, 300), *hand))
    return enter.isAccepted()


def test_a_table_dropped_on_a_list_shows_what_it_would_change(program: Program, qtbot: QtBot, tmp_path: Path) -> None:
    window, table = shown(program, qtbot), tmp_path / "people.csv"
    table.write_text("ឈ្មោះ\nសុខ ដារ៉ា\n", "utf-8")
    assert not dropped(window, table), "home takes none"
    window.context.go("people")
    assert dropped(window, table)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, ImportDialog) and dialog.target == ("kind", "person")
    settle(qtbot, window)
    assert dialog.preview is not None
    dialog.close()
    letter = tmp_path / "letter.docx"
    letter.write_bytes(b"")
    assert not dropped(window, letter)


def test_what_has_no_room_at_the_foot_gives_way(qtbot: QtBot) -> None:
    foot = StatusLine()
    qtbot.addWidget(foot)
    for name in ("saved", "backup", "sent", "received"):
        foot.note(name, "រក្សាទុករួច ម៉ោង ១០:២៤")
    foot.resize(1600, 32)
    foot.show()

    def seen() -> list[str]:
        notes = (one for one in foot.findChildren(ElidedText) if one.objectName().startswith("note_"))
        return [one.objectName() for one in notes if one.isVisible()]

    assert len(seen()) == 4
    foot.resize(560, 32)
    assert seen() == ["note_saved", "note_backup"] and len(foot.notes()) == 4
