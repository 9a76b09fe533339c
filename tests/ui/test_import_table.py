"""A table is taken in by hand: looked at, set right, taken as one step; and written out."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from cpdesk.tasks import plans, records, tables
from cpdesk.tasks.tables import targets
from tests.tables import officers
from tests.ui import hands, story
from ui.dialogs.base import Dialog
from ui.dialogs.import_table import ImportDialog, run_export, run_import
from ui.main_window import MainWindow
from ui.widgets.buttons import Button
from ui.widgets.text import ElidedText


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CPDESK_HOME", str(tmp_path / "home"))


def opened(qtbot: QtBot, shown: MainWindow, told: story.Story, path: Path) -> ImportDialog:
    dialog = ImportDialog(shown.context, ("plan", told.plan), path, shown)
    dialog.open()
    qtbot.waitUntil(lambda: dialog.preview is not None and not dialog.bar.isVisible(), timeout=10_000)
    return dialog


def settled(qtbot: QtBot, dialog: ImportDialog) -> None:
    qtbot.waitUntil(lambda: not dialog._again.isActive() and not dialog.bar.isVisible(), timeout=10_000)


def test_a_matrix_is_taken_as_one_step_with_keys_alone(
    qtbot: QtBot, shown: MainWindow, told: story.Story, tmp_path: Path
) -> None:
    before = len(plans.activities(told.desk, told.plan))
    dialog = opened(qtbot, shown, told, officers.matrix(tmp_path / "m.xlsx"))
    assert dialog.take_button.isEnabled() and dialog.new_chip.isVisible() and not dialog.refused_chip.isVisible()
    qtbot.waitUntil(lambda: dialog.take_button.hasFocus())
    with qtbot.waitSignal(dialog.accepted, timeout=10_000):
        hands.press(Qt.Key.Key_Return)
    hands.settle(qtbot, shown)
    assert len(plans.activities(told.desk, told.plan)) == before + 3  # one of the four was there already
    assert shown.context.undo.undo()
    assert len(plans.activities(told.desk, told.plan)) == before


def test_what_cannot_be_read_is_in_sight_and_keeps_the_button_shut(
    qtbot: QtBot, shown: MainWindow, told: story.Story, tmp_path: Path
) -> None:
    dialog = opened(qtbot, shown, told, officers.matrix(tmp_path / "m.xlsx", doubt=True))
    assert not dialog.take_button.isEnabled() and dialog.refused_chip.isVisible()
    first = dialog.table.currentIndex()
    assert dialog.table.rows.data(first) == "ច្រើន" and "ច្រើន" in dialog.why.plain()
    hands.press("F8")
    assert dialog.table.rows.data(dialog.table.currentIndex()) == "ប្រហែល"
    hands.press("F8")
    assert dialog.table.currentIndex() == first
    ground = dialog.table.rows.data(first, Qt.ItemDataRole.BackgroundRole)
    assert ground is not None and dialog.table.rows.data(first, Qt.ItemDataRole.ToolTipRole)
    dialog.reject()


def test_a_column_is_set_right_and_remembered(
    qtbot: QtBot, shown: MainWindow, told: story.Story, tmp_path: Path
) -> None:
    path = officers.bare(tmp_path / "m.xlsx", [["A", "B"], ["ធ្វើផែនការ", "១២"]])
    dialog = opened(qtbot, shown, told, path)
    assert not dialog.take_button.isEnabled()
    for at, key in ((0, "text"), (1, "budget.2024.un")):
        combo = dialog.combos[at]
        combo.setCurrentIndex(combo.findData(key))
        combo.activated.emit(combo.currentIndex())
        settled(qtbot, dialog)
    assert dialog.take_button.isEnabled() and dialog.notes.isVisible()
    with qtbot.waitSignal(dialog.accepted, timeout=10_000):
        dialog.take()
    again = opened(qtbot, shown, told, officers.bare(tmp_path / "n.xlsx", [["A", "B"], ["ធ្វើផែនការ", "១៣"]]))
    assert again.mapping() == {0: "text", 1: "budget.2024.un"} and again.changed_chip.isVisible()
    again.reject()


def test_a_key_is_of_one_column_only(qtbot: QtBot, shown: MainWindow, told: story.Story, tmp_path: Path) -> None:
    dialog = opened(qtbot, shown, told, officers.in_columns(tmp_path / "m.xlsx"))
    combo = dialog.combos[0]
    combo.setCurrentIndex(combo.findData("text"))
    combo.activated.emit(combo.currentIndex())
    settled(qtbot, dialog)
    assert list(dialog.mapping().values()).count("text") == 1 and dialog.mapping()[0] == "text"
    dialog.reject()


def test_another_sheet_is_looked_at(qtbot: QtBot, shown: MainWindow, told: story.Story, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = officers.matrix(tmp_path / "m.xlsx")
    book = load_workbook(path)
    book.create_sheet("ផ្សេង")["A1"] = "អ្វីមួយ"
    book.save(path)
    dialog = opened(qtbot, shown, told, path)
    assert dialog.sheet_combo.isVisible() and dialog.sheet_combo.currentText() == "ម៉ាទ្រីស"
    dialog.sheet_combo.setCurrentIndex(1)
    dialog.sheet_combo.activated.emit(1)
    settled(qtbot, dialog)
    assert not dialog.take_button.isEnabled() and len(dialog.combos) == 1
    dialog.reject()


def test_the_same_file_again_has_nothing_to_take(
    qtbot: QtBot, shown: MainWindow, told: story.Story, tmp_path: Path
) -> None:
    path = tmp_path / "out.xlsx"
    targets.export(told.desk, ("plan", told.plan), path)
    dialog = opened(qtbot, shown, told, path)
    assert not dialog.take_button.isEnabled()
    assert not any(chip.isVisible() for chip in (dialog.new_chip, dialog.changed_chip, dialog.refused_chip))
    assert dialog.summary.plain()
    dialog.reject()


def test_a_file_that_is_no_table_is_said_and_closes(
    qtbot: QtBot, shown: MainWindow, told: story.Story, tmp_path: Path
) -> None:
    (tmp_path / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100)
    dialog = ImportDialog(shown.context, ("plan", told.plan), tmp_path / "old.xls", shown)
    dialog.open()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), Dialog), timeout=10_000)
    with qtbot.waitSignal(dialog.rejected):
        hands.press(Qt.Key.Key_Return)


def test_the_window_asks_for_files(
    qtbot: QtBot, shown: MainWindow, told: story.Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "ចេញ"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(out), "Excel (*.xlsx)"))
    assert run_export(shown, shown.context, ("plan", told.plan)) is not None
    hands.settle(qtbot, shown, lambda: out.with_suffix(".xlsx").exists())
    (sheet,) = tables.read(out.with_suffix(".xlsx"))
    assert len(sheet.rows) > len(told.activities)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(out.with_suffix(".xlsx")), ""))
    dialog = run_import(shown, shown.context, ("plan", told.plan))
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.preview is not None)
    dialog.reject()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: ("", ""))
    assert run_import(shown, shown.context, ("plan", told.plan)) is None
    assert records.count(told.desk, "activity") == len(told.activities)


def test_the_plan_page_leads_here_and_shows_what_was_taken(
    qtbot: QtBot, shown: MainWindow, told: story.Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = officers.matrix(tmp_path / "m.xlsx")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(path), ""))
    shown.context.go("plan", told.plan)
    hands.settle(qtbot, shown)
    button = shown.findChild(Button, "plan_import")
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    dialog = shown.findChild(ImportDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.take_button.isEnabled(), timeout=10_000)
    with qtbot.waitSignal(dialog.accepted, timeout=10_000):
        dialog.take()
    hands.settle(qtbot, shown)
    counts = shown.findChild(ElidedText, "plan_counts")
    assert counts is not None and "១០" in counts.plain()  # seven were there, three came
    assert shown.context.undo.undo() == f"នាំចូល {path.name}"
