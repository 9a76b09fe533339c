"""Long Khmer wraps between words in tool tips too; what is copied from labels has no marks of the breaks."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6 import QtGui
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

import ui
from cpdesk.khmer.breaks import ZWSP, clusters
from ui import theme, tokens
from ui.widgets.text import ElidedText, Text
from ui.widgets.tips import WIDE, tip, untipped

KHMER = "សូមអង្គប្រជុំមេត្តាពិនិត្យនិងផ្តល់យោបល់លើសេចក្តីព្រាងផែនការសកម្មភាពកិច្ចការពារកុមាររយៈពេលបីឆ្នាំរំកិលរបស់រដ្ឋបាលស្រុក" * 2


@pytest.mark.parametrize("scale", (1.0, 2.0))
@pytest.mark.parametrize("text", [KHMER, "word " * 60, f"{KHMER}\n{KHMER}", "<b>" + KHMER])
def test_a_tool_tip_has_lines_of_whole_words(qtbot: QtBot, text: str, scale: float) -> None:
    theme.current().apply("light", scale)
    told = tip(text)
    metrics = QFontMetrics(theme.font(tokens.SMALL, scale=scale))
    lines = told.split("\n")
    assert len(lines) > 2
    assert all(metrics.horizontalAdvance(line.rstrip()) <= theme.scaled(WIDE) for line in lines)
    whole = set(clusters(text))
    assert all(cluster in whole for line in lines for cluster in clusters(line.replace(ZWSP, "").replace("\u2060", "")))
    assert untipped(told) == text
    assert not QtGui.Qt.mightBeRichText(told)


@given(st.text(max_size=200).filter(lambda text: ZWSP not in text and "\u2060" not in text))
def test_whatever_is_told_is_told_whole(text: str) -> None:
    assert untipped(tip(text)) == text


def test_a_shortened_line_tells_the_rest_in_lines(qtbot: QtBot) -> None:
    label = ElidedText(KHMER)
    qtbot.addWidget(label)
    label.resize(200, 30)
    label.show()
    assert label.toolTip().count("\n") >= 2 and untipped(label.toolTip()) == KHMER


def test_what_is_copied_from_a_label_is_the_text(qtbot: QtBot) -> None:
    label = Text(KHMER, selectable=True)
    qtbot.addWidget(label)
    label.resize(300, 300)
    with qtbot.waitActive(label):
        label.show()
        label.activateWindow()
    assert ZWSP in label.text()
    label.setSelection(0, len(label.text()))
    label.setFocus()
    qtbot.keyClick(label, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == KHMER


def test_long_tips_in_the_code_go_through_it() -> None:
    for path in Path(ui.__file__).parent.rglob("*.py"):
        text = path.read_text("utf-8")
        if "setToolTip(" not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "setToolTip":
                words = next((one.value for one in ast.walk(node.args[0]) if isinstance(one, ast.Constant)), "")
                parted = isinstance(node.args[0], ast.Call) and getattr(node.args[0].func, "id", "") == "tip"
                assert parted or not isinstance(words, str) or len(words) < 60, f"{path.name}:{node.lineno}: {words}"


def test_a_question_of_ours_is_no_message_box() -> None:
    """Qt's own wraps Khmer nowhere; ours is a dialog with labels that do."""
    for path in Path(ui.__file__).parent.rglob("*.py"):
        assert QMessageBox.__name__ not in path.read_text("utf-8"), path.name
