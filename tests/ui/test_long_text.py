"""The growing text box behaves as a plain one whose Khmer happens to wrap between words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cpdesk.khmer.breaks import with_zwsp
from tests.ui.test_editors import press
from ui.widgets.editors.long_text import ZWSP, LongText, TextEditor
from ui.widgets.text import Text

LINE = "កិច្ចប្រជុំពិគ្រោះយោបល់ដើម្បីពិនិត្យលើវឌ្ឍនភាពនៃការអនុវត្តផែនការកិច្ចការពារកុមារ"
PARTS = st.sampled_from(["ក", "កិច្ច", "ប្រជុំ", "ការពារ", "កុមារ", "្រ", "ា", " ", "\n", "plan 2022", ZWSP, "។", "ស្រី", "😀"])

STEPS = st.sampled_from(["type", "left", "right", "erase", "undo", "redo", "home"])


@pytest.fixture
def box(qtbot: QtBot) -> LongText:
    made = LongText()
    qtbot.addWidget(made)
    made.resize(300, 60)
    made.show()
    return made


def test_khmer_breaks_between_words(box: LongText) -> None:
    box.set_plain(LINE)
    assert box.toPlainText() == with_zwsp(LINE)
    assert box.plain() == LINE


@settings(max_examples=60)
@given(st.lists(st.tuples(STEPS, PARTS), max_size=25))
def test_marks_follow_every_edit(qapp: QApplication, steps: list[tuple[str, str]]) -> None:
    """After any editing each paragraph bears the marks of its text; undoing all gives the first text back."""
    made = LongText()
    made.set_plain(LINE)
    keys = {"left": Qt.Key.Key_Left, "right": Qt.Key.Key_Right, "erase": Qt.Key.Key_Backspace, "home": Qt.Key.Key_Home}
    for step, part in steps:
        if step == "type":
            made.insertPlainText(part)
        elif step in keys:
            QTest.keyClick(made, keys[step])
        else:
            getattr(made, step)()
        assert made.toPlainText() == "\n".join(with_zwsp(line) for line in made.plain().split("\n"))
    for _ in range(len(steps) + 5):
        made.undo()
    assert made.plain() == LINE


def test_a_word_typed_in_one_go_is_one_step(qtbot: QtBot, box: LongText) -> None:
    box.set_plain(LINE)
    box.moveCursor(QTextCursor.MoveOperation.End)
    press(box, "កុមារ")
    press(box, " ស្រី")
    qtbot.keyClick(box, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert box.plain() == LINE + "កុមារ"
    qtbot.keyClick(box, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert box.plain() == LINE
    box.redo()
    box.redo()
    assert box.plain() == LINE + "កុមារ ស្រី"
    assert box.textCursor().atEnd()


def test_one_key_passes_one_letter(qtbot: QtBot, box: LongText) -> None:
    """Going from end to start takes no more presses with marks than without."""
    box.set_plain("ការពារកុមារ")
    box.moveCursor(QTextCursor.MoveOperation.End)
    presses = 0
    while box.textCursor().position() > 0:
        qtbot.keyClick(box, Qt.Key.Key_Left)
        presses += 1
    plain = LongText()
    qtbot.addWidget(plain)
    plain._own_change = True  # a box that sets no marks
    plain.setPlainText("ការពារកុមារ")
    plain.moveCursor(QTextCursor.MoveOperation.End)
    wanted = 0
    while plain.textCursor().position() > 0:
        qtbot.keyClick(plain, Qt.Key.Key_Left)
        wanted += 1
    assert ZWSP in box.toPlainText()
    assert presses == wanted


def test_marks_are_not_copied(box: LongText) -> None:
    box.set_plain(LINE)
    box.selectAll()
    box.copy()
    assert QApplication.clipboard().text() == LINE


def test_only_plain_text_is_pasted(box: LongText) -> None:
    data = QMimeData()
    data.setHtml("<b>ក<i>ខ</i></b>")
    data.setText("<b>ក")
    box.insertFromMimeData(data)
    assert box.plain() == "<b>ក"


def test_it_grows_and_stops(box: LongText) -> None:
    heights = []
    for lines in (1, 2, 3, 6, 14, 40):
        box.set_plain("\n".join(["ក"] * lines))
        heights.append(box.height())
    assert heights[0] == heights[1] < heights[2] < heights[3] < heights[4] == heights[5]
    assert heights[0] >= 2 * box.fontMetrics().lineSpacing()


def test_setting_is_silent(qtbot: QtBot, box: LongText) -> None:
    with qtbot.assertNotEmitted(box.edited):
        box.set_plain(LINE)
    with qtbot.waitSignal(box.edited):
        box.insertPlainText("ក")


def test_a_hundred_thousand_letters_without_a_space(qtbot: QtBot, box: LongText) -> None:
    box.set_plain("ក" * 100_000)
    box.insertPlainText("ខ")
    assert len(box.plain()) == 100_001


def test_labels_take_no_markup_and_give_back_what_they_got(qtbot: QtBot) -> None:
    for text in ("<b>x</b>", "a & b", "&អ", LINE, "<img src=x>"):
        label = Text(text)
        qtbot.addWidget(label)
        assert label.plain() == text
        assert label.text().replace(ZWSP, "") == text
        assert label.textFormat() == Qt.TextFormat.PlainText
    label.setText(LINE)
    label.setFixedWidth(200)
    assert label.heightForWidth(200) > 2 * label.fontMetrics().lineSpacing()


def test_what_fits_is_seen_from_its_first_line(qtbot: QtBot) -> None:
    editor = TextEditor("subject")
    qtbot.addWidget(editor)
    editor.resize(220, 40)
    editor.show()
    editor.set_value("ខ្លី")
    editor.box.setFocus()
    editor.box.moveCursor(QTextCursor.MoveOperation.End)
    editor.set_value("ពិនិត្យវឌ្ឍនភាពនៃការអនុវត្តផែនការកិច្ចការពារកុមារ និងរៀបចំផែនការថ្មី")
    editor.resize(220, 200)
    QApplication.processEvents()
    assert editor.box.blockCount() == 1 and editor.box.height() > 60
    assert editor.box.verticalScrollBar().value() == 0


def test_marks_never_come_between_the_halves_of_a_letter(box: LongText) -> None:
    for text in ("😀🎉😀", "កិច្ចប្រជុំ", "😀", "ការពារកុមារ"):
        box.insertPlainText(text)
    assert box.plain() == "😀🎉😀កិច្ចប្រជុំ😀ការពារកុមារ"
    box.moveCursor(QTextCursor.MoveOperation.Start)
    box.insertPlainText("កិច្ចប្រជុំ🎉")
    assert box.plain() == "កិច្ចប្រជុំ🎉😀🎉😀កិច្ចប្រជុំ😀ការពារកុមារ"
    box.undo()
    assert box.plain() == "😀🎉😀កិច្ចប្រជុំ😀ការពារកុមារ"
