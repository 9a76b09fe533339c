"""The story's meeting, recorded and printed with the keyboard alone, as an officer does while people speak."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from cpdesk.store import Desk
from cpdesk.tasks import records
from tests.ui import consultation
from tests.ui.hands import press, settle, window, write
from ui.dialogs.preview import PreviewDialog

TAB, ENTER, DOWN, UP, ESC = Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Escape
OPENING = "អង្គប្រជុំបានស្តាប់ការរំលឹកពីតួនាទីរបស់ក្រុមការងារកិច្ចការពារកុមារ។"
CLOSING = "កិច្ចប្រជុំបានបញ្ចប់ដោយបរិយាកាសស្និទ្ធស្នាល។"
MINUTES = "បានពិនិត្យសកម្មភាពទាំង ៣៨ ក្នុងនោះរួចរាល់ ១៨។"


def test_the_story_by_keyboard_alone(qtbot: QtBot, tmp_path: Path) -> None:
    made = consultation.people(consultation.empty_desk(tmp_path))
    shown = window(qtbot, made.desk)
    press("Ctrl+N")
    _facts()
    press("Alt+1")
    for title, _who, _minutes in consultation.AGENDA:
        write(title)
        press(ENTER)
    _minutes_of_the_first_item()
    press("Alt+2")
    _people()
    press(ENTER)  # in the empty line: on to the presentations
    _presentation()
    press(ENTER)
    _inputs()
    press(ENTER)
    _follow_ups()
    press(ENTER)
    write(OPENING)
    press(TAB)
    write(CLOSING)
    file = _print(qtbot, tmp_path / "កំណត់ហេតុ.pdf")
    settle(qtbot, shown)
    _check_records(made.desk)
    _check_paper(file)


def _facts() -> None:
    write(consultation.SUBJECT)
    press(TAB)
    write("២៣/០៦/២០២២")
    press(TAB)
    write("8:00")
    press(TAB)
    write("11:30")
    press(TAB, DOWN)  # state: planned → held
    press(TAB, DOWN)  # sort: consultation
    press(TAB)
    write("១២៣/២២")
    press(TAB)
    write("សាលប្រជុំសាលាខេត្តកណ្តាល")
    press(TAB)
    _pick("កុសនី")
    press(TAB)
    _pick("ចន្ធី")
    press(TAB)
    _pick("គណៈកម្មាធិការ")


def _pick(letters: str) -> None:
    """Type a part of a name and take what is offered first."""
    write(letters)
    assert QApplication.activePopupWidget() is not None, f"nothing is offered for {letters}"
    press(ENTER)


def _minutes_of_the_first_item() -> None:
    press(UP)  # from the line to the last row
    press(UP, times=len(consultation.AGENDA) - 1)
    press(ENTER, TAB)
    _pick("វណ្ណា")
    press(TAB)
    write(MINUTES)
    press(ESC)


def _people() -> None:
    for _title, name, *_rest in consultation.PEOPLE:
        _pick(name[-6:])
    write("ម៉ៅ សុវណ្ណ")
    press(ENTER)
    press(UP, "4")  # the guest did not come after all
    press(DOWN)


def _presentation() -> None:
    write("របៀបរៀបចំផែនការកិច្ចការពារកុមារ")
    press(TAB)
    _pick("ពិសិដ្ឋ")
    press(ENTER)


def _inputs() -> None:
    for who, text, _disposition in consultation.INPUTS:
        _pick(consultation.PEOPLE[who][1])
        press(ENTER)
        write(text)
        press(ENTER)


def _follow_ups() -> None:
    for text, who, due, _sort in consultation.FOLLOW_UPS:
        write(text)
        press(TAB)
        _pick(consultation.PEOPLE[who][1])
        press(TAB)
        write("/".join(reversed(due.split("-"))))
        press(ENTER)


def _print(qtbot: QtBot, file: Path) -> Path:
    press("Ctrl+P")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, PreviewDialog)
    qtbot.waitUntil(lambda: bool(dialog.pdf), timeout=20_000)

    def name_it() -> None:
        assert isinstance(QApplication.activeModalWidget(), QFileDialog)
        press("Ctrl+A")
        write(str(file))
        press(ENTER)

    QTimer.singleShot(300, name_it)
    press("Ctrl+S")
    dialog.activateWindow()  # no window manager does it here
    qtbot.waitUntil(dialog.isActiveWindow)
    press(ESC)
    assert QApplication.activeModalWidget() is None
    return file


def _check_records(desk: Desk) -> None:
    (meeting,) = records.find(desk, "meeting")
    assert meeting["subject"] == consultation.SUBJECT
    assert (meeting["date"], meeting["start"], meeting["end"]) == ("2022-06-23", "08:00", "11:30")
    assert (meeting["state"], meeting["sort"], meeting["number"]) == ("held", "consultation", "១២៣/២២")
    assert records.show(desk, meeting, "chair") == "លោកជំទាវ ហ៊ុន កុសនី"
    assert records.show(desk, meeting, "secretary") == "លោកស្រី សុខា ចន្ធី"
    assert (meeting["opening"], meeting["closing"]) == (OPENING, CLOSING)
    items = records.children(desk, "agenda_item", meeting.id)
    assert [item["title"] for item in items] == [title for title, _who, _minutes in consultation.AGENDA]
    assert items[0]["minutes"] == MINUTES and records.show(desk, items[0], "presenter") == "លោក សុខ វណ្ណា"
    people = records.children(desk, "attendance", meeting.id)
    assert [p["status"] for p in people] == ["present"] * len(consultation.PEOPLE) + ["absent"]
    assert people[-1]["name"] == "ម៉ៅ សុវណ្ណ"
    inputs = records.children(desk, "input", meeting.id)
    assert [i["text"] for i in inputs] == [text for _who, text, _disposition in consultation.INPUTS]
    assert all(i["person"] and i["disposition"] == "open" for i in inputs)
    follow_ups = records.children(desk, "follow_up", meeting.id)
    assert [(f["text"], f["due"]) for f in follow_ups] == [(f[0], f[2]) for f in consultation.FOLLOW_UPS]
    assert records.count(desk, "person") == len(consultation.PEOPLE), "nobody was made twice"


def _check_paper(file: Path) -> None:
    with pypdfium2.PdfDocument(file) as paper:
        pages = [page.get_textpage().get_text_range() for page in paper]
    text = _squeezed("".join(pages))
    wanted = (
        "ព្រះរាជាណាចក្រកម្ពុជា", "កំណត់ហេតុ", consultation.SUBJECT, "លោកជំទាវ ហ៊ុន កុសនី", MINUTES,
        consultation.INPUTS[1][1], consultation.FOLLOW_UPS[0][0], OPENING, CLOSING, "សរុប ៧នាក់ ស្រី ៤នាក់",
    )  # fmt: skip
    missing = [words for words in wanted if _squeezed(words) not in text]
    assert not missing


def _squeezed(text: str) -> str:
    """Without what lines and pages put between words."""
    return re.sub(r"[\s\u200b\u2060\ufeff]+", "", text)
