"""Qt's own words are in Khmer wherever our window uses them; the names of keys stay as they stand on the keys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QPoint, Qt, QTimer, QTranslator
from PySide6.QtGui import QContextMenuEvent, QKeySequence
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QApplication,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QMenu,
    QMessageBox,
    QPushButton,
    QScrollBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from cpdesk.i18n import _, using
from ui import qt_texts
from ui.widgets.editors.line import Line
from ui.widgets.editors.long_text import LongText

UI = Path(qt_texts.__file__).parent
# What Qt asks for and nobody reads, or what is a name: keys, sizes of paper, alphabets, forms without a title.
NAMES = {"QShortcut", "QPageSize", "QFontDatabase", "QGuiApplication", "QProgressBar"}
NOT_READ = {"Form", "...", "Alt+Left", "Alt+Right", "Alt+Up", ""}
# Dialogs whose words are in no catalogue, and which the window therefore never opens.
NEVER = {
    *("QColorDialog", "QFontDialog", "QInputDialog", "QWizard", "QErrorMessage", "QProgressDialog", "QPageSetupDialog"),
    *("QPrintPreviewDialog", "QCalendarWidget", "QDateEdit", "QDateTimeEdit", "QSpinBox", "QDoubleSpinBox"),
}


class Recorder(QTranslator):
    """Notes what Qt asks for, and leaves the answer to the translator before it."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[tuple[str, str]] = set()

    def translate(self, context: str, source: str, _disambiguation: str | None = None, _n: int = -1) -> str | None:
        self.asked.add((context, source))
        return None

    def isEmpty(self) -> bool:
        return False


@pytest.fixture
def recorder(qapp: QApplication) -> Iterator[Recorder]:
    made = Recorder()
    qapp.installTranslator(made)
    yield made
    qapp.removeTranslator(made)


def file_dialogs() -> None:
    modes = ((QFileDialog.AcceptMode.AcceptOpen, QFileDialog.FileMode.ExistingFiles),
             (QFileDialog.AcceptMode.AcceptSave, QFileDialog.FileMode.AnyFile),
             (QFileDialog.AcceptMode.AcceptOpen, QFileDialog.FileMode.Directory))  # fmt: skip
    for accept, mode in modes:
        dialog = QFileDialog(None, "", str(UI))
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setAcceptMode(accept)
        dialog.setFileMode(mode)
        dialog.show()
        QApplication.processEvents()
        dialog.close()
        dialog.deleteLater()


def print_dialog() -> None:
    printer = QPrinter()
    dialog = QPrintDialog(printer)
    dialog.show()
    for button in dialog.findChildren(QPushButton):
        if button.isEnabled() and "Options" in button.text():
            button.click()
    QApplication.processEvents()
    dialog.close()
    shiboken6.delete(dialog)  # before the printer that it holds


def questions() -> None:
    box = QMessageBox()
    box.setDetailedText("x")
    box.setStandardButtons(QMessageBox.StandardButton.Ok | QMessageBox.StandardButton.Cancel)
    box.show()
    QApplication.processEvents()
    box.close()
    for button in QDialogButtonBox.StandardButton:
        QDialogButtonBox(button).deleteLater()


def menus() -> None:
    for box in (Line(), LongText()):
        box.createStandardContextMenu().deleteLater()
        box.deleteLater()
    label = QLabel("abc")
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    bar = QScrollBar()
    holders: tuple[QWidget, ...] = (label, bar)
    for widget in holders:
        widget.show()
        close = [one for one in QApplication.topLevelWidgets() if isinstance(one, QMenu)]
        QTimer.singleShot(0, lambda: [one.close() for one in QApplication.topLevelWidgets() if isinstance(one, QMenu)])
        QApplication.sendEvent(widget, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(1, 1), QPoint(1, 1)))
        assert all(not one.isVisible() for one in close)
        widget.close()
        widget.deleteLater()


def test_every_word_of_qt_that_we_show_has_its_khmer(qtbot: QtBot, recorder: Recorder) -> None:
    for open_ in (file_dialogs, print_dialog, questions, menus):
        open_()
    ours = qt_texts.QtTexts()
    missing = sorted(
        f"{context}: {source!r}"
        for context, source in recorder.asked
        if context.startswith("Q") and context not in NAMES and source not in NOT_READ
        if not has_khmer(ours.translate(context, source))
    )
    assert len(recorder.asked) > 100, "Qt was asked for its words"
    assert not missing, "Qt would say this in English:\n" + "\n".join(missing)


def has_khmer(text: str | None) -> bool:
    return any("\u1780" <= letter <= "\u17ff" for letter in text or "") or (text or "").isdigit()


@pytest.mark.parametrize("word", qt_texts.WORDS)
def test_each_word_that_is_listed_has_its_khmer(word: str) -> None:
    with using("km"):
        assert has_khmer(_(word))
    for place in ("%1", "%2"):
        assert (place in word) == (place in _(word))


def test_keys_are_called_as_they_stand_on_the_keyboard(qtbot: QtBot) -> None:
    keys = QKeySequence(Qt.KeyboardModifier.ControlModifier | Qt.Key.Key_Home)
    assert keys.toString(QKeySequence.SequenceFormat.NativeText) == "Ctrl+Home"
    for key, name in ((Qt.Key.Key_Print, "Print"), (Qt.Key.Key_Delete, "Del"), (Qt.Key.Key_Back, "Back")):
        assert QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) == name


def test_english_stays_qt_s_own(qtbot: QtBot) -> None:
    with using("en"):
        assert qt_texts.QtTexts().translate("QPlatformTheme", "Cancel") is None


def test_no_dialog_is_used_whose_words_we_lack() -> None:
    for path in UI.rglob("*.py"):
        found = NEVER & set(re.findall(r"\bQ[A-Z]\w+", path.read_text("utf-8")))
        assert not found, f"{path.name}: {found}"
