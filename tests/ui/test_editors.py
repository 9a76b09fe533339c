"""Editors take what people type, in either digits, keep blank blank, and never change by themselves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QToolTip, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from cpdesk.i18n import set_language
from cpdesk.khmer.digits import to_khmer
from cpdesk.kinds import Amount, Count, Date, Field, Quarters, Ref, Refs, Time, Value, Year
from cpdesk.records import KINDS
from tests.test_digits_everywhere import mixed, written
from tests.ui.gallery import PEOPLE, SAMPLE, VALUES, people
from ui.widgets.editors import (
    AmountEditor,
    ChoiceEditor,
    DateEditor,
    Editor,
    FlagEditor,
    LongTextEditor,
    NumberEditor,
    QuartersEditor,
    RefEditor,
    RefsEditor,
    TextEditor,
    TimeEditor,
    YearEditor,
    editor_for,
)
from ui.widgets.editors.line import LineEditor
from ui.widgets.tips import untipped

HOSTS: list[QWidget] = []  # keeps the windows of a test until the next one


@pytest.fixture(autouse=True)
def forget_hosts() -> None:
    HOSTS.clear()


def press(widget: QWidget, text: str) -> None:
    """Type letter by letter as a Khmer keyboard does, whose letters have no key code."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


def commit(widget: QWidget, text: str) -> None:
    """Type as an input method does."""
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def shown(qtbot: QtBot, editor: Editor) -> None:
    host = QWidget()
    HOSTS.append(host)
    box = QVBoxLayout(host)
    box.addWidget(editor)
    box.addWidget(QLineEdit())
    qtbot.addWidget(host)
    with qtbot.waitActive(host):
        host.show()
        host.activateWindow()
    editor.focus()


LINES: list[tuple[Callable[[], LineEditor], str, Value, str]] = [
    (lambda: NumberEditor("n"), "១២៣", 123, "១២៣"),
    (lambda: NumberEditor("n"), "1248", 1248, "១.២៤៨"),
    (lambda: NumberEditor("n"), "០", 0, "០"),
    (lambda: YearEditor("n"), "2022", 2022, "២០២២"),
    (lambda: YearEditor("n"), "២០២២", 2022, "២០២២"),
    (lambda: AmountEditor("n"), "12500000", "12500000", "១២.៥០០.០០០"),
    (lambda: DateEditor("n"), "23/6/2022", "2022-06-23", "២៣/០៦/២០២២"),
    (lambda: DateEditor("n"), "២៣-៦-២០២២", "2022-06-23", "២៣/០៦/២០២២"),
    (lambda: DateEditor("n"), "២៣ មិថុនា ២០២២", "2022-06-23", "២៣/០៦/២០២២"),
    (lambda: TimeEditor("n"), "8:30", "08:30", "៨:៣០"),
    (lambda: TimeEditor("n"), "១៤.០៥", "14:05", "១៤:០៥"),
]


@pytest.mark.parametrize("typing", (press, commit))
@pytest.mark.parametrize(("make", "typed", "value", "display"), LINES)
def test_lines_take_either_digits(
    qtbot: QtBot,
    make: Callable[[], LineEditor],
    typed: str,
    value: Value,
    display: str,
    typing: Callable[[QWidget, str], None],
) -> None:
    editor = make()
    shown(qtbot, editor)
    with qtbot.waitSignal(editor.edited):
        typing(editor.line, typed)
    assert editor.value() == value
    assert not any(letter in "0123456789" for letter in editor.line.text())
    with qtbot.waitSignal(editor.finished):
        qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    assert editor.line.text() == display
    assert editor.value() == value


@pytest.mark.parametrize("make", [row[0] for row in (LINES[0], LINES[3], LINES[5], LINES[6], LINES[9])])
def test_nothing_typed_stays_blank(qtbot: QtBot, make: Callable[[], LineEditor]) -> None:
    editor = make()
    shown(qtbot, editor)
    assert editor.value() is None
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Tab):
        qtbot.keyClick(editor.line, key)
    assert editor.value() is None
    assert editor.line.text() == ""


def test_english_shows_latin_digits(qtbot: QtBot) -> None:
    set_language("en")
    editor = NumberEditor("n")
    shown(qtbot, editor)
    press(editor.line, "១២៣៤")
    assert editor.line.text() == "1234"
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    assert (editor.line.text(), editor.value()) == ("1,234", 1234)


@pytest.mark.parametrize(
    ("type_", "editor", "typed"),
    [(Date(), DateEditor, "៣២/១៣"), (Count(), NumberEditor, "១២ក"), (Amount(), AmountEditor, "1.2.3,4"),
     (Year(), YearEditor, "១២"), (Time(), TimeEditor, "៩៩:៩៩")],
)  # fmt: skip
def test_what_is_not_understood_stays_as_typed(
    qtbot: QtBot, type_: object, editor: type[LineEditor], typed: str
) -> None:
    made = editor("n", type_=type_)  # type: ignore[arg-type]
    shown(qtbot, made)
    press(made.line, typed)
    qtbot.keyClick(made.line, Qt.Key.Key_Tab)
    with pytest.raises(ValueError, match=r"."):
        made.value()
    assert len(made.line.text()) == len(typed)
    made.show_problem("ខុស")
    assert made.problem() == "ខុស"
    assert made.control.accessibleDescription() == "ខុស"
    made.show_problem(None)
    assert made.problem() == ""


def numeric_fields() -> list[Field]:
    """One field of each sort of figure that any kind of record has."""
    every = {(field.type.name, field.type): field for kind in KINDS.values() for field in kind.fields}
    return [field for field in every.values() if written(field.type) and not isinstance(field.type, Quarters | Ref)]


@pytest.mark.parametrize("field", numeric_fields(), ids=lambda field: f"{field.name}_{field.type.name}")
def test_every_editor_of_figures_takes_both_digits(qtbot: QtBot, field: Field) -> None:
    editor = editor_for(field, people)
    assert isinstance(editor, LineEditor)
    shown(qtbot, editor)
    for latin, meant in written(field.type).items():
        for typed in (latin, to_khmer(latin), mixed(latin)):
            editor.line.clear()
            press(editor.line, typed)
            assert editor.value() == meant
            qtbot.keyClick(editor.line, Qt.Key.Key_Return)
            assert editor.value() == meant and not set(editor.line.text()) & set("0123456789")


def test_a_date_is_told_as_it_is_typed(qtbot: QtBot) -> None:
    editor = DateEditor("n")
    shown(qtbot, editor)
    for typed, told in (
        ("23/6/2022", "ថ្ងៃព្រហស្បតិ៍ · ថ្ងៃទី២៣ ខែមិថុនា ឆ្នាំ២០២២ · ៩រោច ខែជេស្ឋ"),
        ("31/2/2022", "គ្មានថ្ងៃទី៣១ ទេ៖ ខែកុម្ភៈ ២០២២ មាន ២៨ ថ្ងៃ។"),
        ("23/6/2566", "២៥៦៦ ជាពុទ្ធសករាជ។ សូមវាយគ្រិស្តសករាជ ២០២២ ឬ ២០២៣។"),
    ):
        editor.line.clear()
        press(editor.line, typed)
        assert untipped(QToolTip.text()) == told
    editor.line.clear()
    press(editor.line, "abc")
    qtbot.waitUntil(lambda: not QToolTip.isVisible())
    height = editor.height()
    press(editor.line, "1")
    assert editor.height() == height
    editor.line.clear()
    press(editor.line, "ស្អែក")
    qtbot.keyClick(editor.line, Qt.Key.Key_Tab)
    assert editor.value() == (date.today() + timedelta(days=1)).isoformat()
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


def test_an_hour_is_told_as_it_is_typed(qtbot: QtBot) -> None:
    editor = TimeEditor("n")
    shown(qtbot, editor)
    press(editor.line, "2")
    assert QToolTip.text() == "ម៉ោង ២:០០ យប់"
    press(editor.line, "រសៀល")
    assert QToolTip.text() == "ម៉ោង ២:០០ រសៀល" and editor.value() == "14:00"


def test_a_meeting_on_a_day_off_is_said_and_kept(qtbot: QtBot) -> None:
    today = date.today()
    sunday = today + timedelta(days=7 - (today.weekday() + 1) % 7)
    feast = date(today.year + 1, 11, 9)
    editor = DateEditor("due")
    shown(qtbot, editor)
    for day, said in ((sunday, "ថ្ងៃ"), (feast, "ថ្ងៃឈប់សម្រាក៖ ពិធីបុណ្យឯករាជ្យជាតិ"), (date(2022, 11, 9), "")):
        editor.line.clear()
        press(editor.line, day.strftime("%d/%m/%Y"))
        qtbot.keyClick(editor.line, Qt.Key.Key_Return)
        assert editor.value() == day.isoformat()
        assert editor.off().startswith(said) and bool(editor.off()) == bool(said)
        assert editor.control.accessibleDescription() == editor.off()
        editor.show_problem(None)
        assert editor.control.accessibleDescription() == editor.off()
    born = DateEditor("born")
    qtbot.addWidget(born)
    born.set_value(feast.isoformat())
    assert born.off() == ""


@pytest.mark.parametrize("name", list(VALUES))
def test_setting_a_value_is_silent_and_gives_it_back(qtbot: QtBot, name: str) -> None:
    editor = editor_for(SAMPLE.field(name), people)
    qtbot.addWidget(editor)
    heard: list[int] = []
    editor.edited.connect(lambda: heard.append(1))
    editor.finished.connect(lambda: heard.append(2))
    for value in (VALUES[name], None, VALUES[name]):
        editor.set_value(value)
        assert editor.value() == value
    assert not heard
    assert editor.objectName() == name
    assert editor.control.accessibleName().startswith(SAMPLE.field(name).km)


def wheel(area: QScrollArea, widget: QWidget) -> None:
    """Turn the wheel over `widget` as the mouse does, which has to be in sight."""
    area.ensureWidgetVisible(widget)
    QApplication.processEvents()
    spot = QPointF(widget.mapTo(area, widget.rect().center()))
    QTest.wheelEvent(area.windowHandle(), spot, QPoint(0, -120))  # type: ignore[attr-defined]
    QApplication.processEvents()


def test_the_wheel_scrolls_the_page_and_changes_nothing(qtbot: QtBot) -> None:
    area = QScrollArea()
    content = QWidget()
    box = QVBoxLayout(content)
    editors = [editor_for(field, people) for field in SAMPLE.fields]
    for editor in editors:
        editor.set_value(VALUES[editor.objectName()])
        editor.setMinimumHeight(120)
        box.addWidget(editor)
    area.setWidget(content)
    area.resize(500, 300)
    qtbot.addWidget(area)
    with qtbot.waitExposed(area):
        area.show()
    combo = next(editor for editor in editors if isinstance(editor, ChoiceEditor))
    combo.focus()
    before = area.verticalScrollBar().value()
    wheel(area, combo.control)
    assert area.verticalScrollBar().value() > before
    for editor in editors:
        wheel(area, editor.control)
        assert editor.value() == VALUES[editor.objectName()]


@pytest.mark.parametrize("make", (LongTextEditor, TextEditor))
def test_tab_leaves_text_boxes(qtbot: QtBot, make: type[LongTextEditor]) -> None:
    editor = make("n")
    shown(qtbot, editor)
    press(editor.box, "ក")
    with qtbot.waitSignal(editor.finished):
        qtbot.keyClick(editor.box, Qt.Key.Key_Tab)
    assert not editor.box.hasFocus()
    assert editor.value() == "ក"


def test_enter_finishes_a_single_line(qtbot: QtBot) -> None:
    editor = TextEditor("n")
    shown(qtbot, editor)
    press(editor.box, "កខ")
    with qtbot.waitSignal(editor.finished):
        qtbot.keyClick(editor.box, Qt.Key.Key_Return)
    assert editor.value() == "កខ"


def test_a_choice_can_be_taken_back_and_keeps_what_it_does_not_know(qtbot: QtBot) -> None:
    editor = editor_for(SAMPLE.field("state"), people)
    assert isinstance(editor, ChoiceEditor)
    shown(qtbot, editor)
    editor.set_value("postponed")
    assert editor.value() == "postponed"
    with qtbot.waitSignal(editor.edited):
        qtbot.keyClick(editor.combo, Qt.Key.Key_Home)
        editor.combo.activated.emit(0)
    assert editor.value() is None


def test_yes_no_and_not_said(qtbot: QtBot) -> None:
    editor = FlagEditor("n", "បាន")
    shown(qtbot, editor)
    assert editor.value() is None
    for button, value in ((editor.yes, True), (editor.no, False), (editor.no, None)):
        with qtbot.waitSignal(editor.finished):
            button.click()
        assert editor.value() is value


def test_quarters(qtbot: QtBot) -> None:
    editor = QuartersEditor("n", years=(2023, 2024, 2025))
    shown(qtbot, editor)
    for key in ("n_2024Q2", "n_2023Q1"):
        button = editor.findChild(QWidget, key)
        assert button is not None
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert editor.value() == "2023Q1 2024Q2"


def test_two_letters_and_enter_pick_a_record(qtbot: QtBot) -> None:
    editor = RefEditor("n", source=people(SAMPLE.field("chair").type))  # type: ignore[arg-type]
    shown(qtbot, editor)
    press(editor.picker, "ហ៊ុន")
    assert editor.picker.hits() == ["1" * 32]
    with pytest.raises(ValueError, match="ហ៊ុន"):
        editor.value()
    with qtbot.waitSignal(editor.finished):
        qtbot.keyClick(editor.picker._popup, Qt.Key.Key_Return)
    assert editor.value() == "1" * 32
    assert editor.picker.text() == PEOPLE["1" * 32][0]
    editor.picker.selectAll()
    qtbot.keyClick(editor.picker, Qt.Key.Key_Delete)
    assert editor.value() is None


def test_a_new_record_can_be_made_on_the_spot(qtbot: QtBot) -> None:
    editor = RefEditor("n", source=people(SAMPLE.field("chair").type))  # type: ignore[arg-type]
    shown(qtbot, editor)
    press(editor.picker, "ថ្មីថ្មោង")
    with qtbot.waitSignal(editor.finished):
        qtbot.keyClick(editor.picker._popup, Qt.Key.Key_Down)  # the only line stays the chosen one
        qtbot.keyClick(editor.picker._popup, Qt.Key.Key_Return)
    assert editor.value() == "2" * 32


def test_several_references_are_chips(qtbot: QtBot) -> None:
    editor = RefsEditor("n", source=people(SAMPLE.field("chair").type), type_=Refs(("person",)))  # type: ignore[arg-type]
    shown(qtbot, editor)
    for name in ("ហ៊ុន", "វណ្ណា"):
        press(editor.picker, name)
        qtbot.keyClick(editor.picker._popup, Qt.Key.Key_Return)
    assert editor.value() == " ".join(("1" * 32, "2" * 32))
    qtbot.keyClick(editor.picker, Qt.Key.Key_Backspace)
    assert editor.value() == "1" * 32
    button = editor.findChild(QWidget, f"n_{'1' * 32}")
    assert button is not None and "ហ៊ុន" in button.accessibleName()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert editor.value() is None
