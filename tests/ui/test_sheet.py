"""The sheet has the keys and the clipboard of the spreadsheets that officers know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QCheckBox
from pytestqt.qtbot import QtBot

from tests.ui.hands import press, write
from ui.widgets.sheet import (
    BAND,
    Band,
    Cell,
    Change,
    FootRow,
    Refusal,
    SheetColumn,
    SheetModel,
    SheetView,
    Suggestion,
    tsv,
)
from ui.widgets.sheet.columns import ColumnChooser

Key = Qt.Key
NAMES = ("a", "b", "c", "d", "sum")


class Book(SheetModel):
    """A table of texts: row 0 is a band, the last column is reckoned, and nothing takes the word “no”."""

    def __init__(self, rows: int = 6) -> None:
        super().__init__()
        self.heads = [SheetColumn(name, name.upper(), group="G" if name in "cd" else "") for name in NAMES]
        self.count = rows
        self.texts = {(row, column): f"{NAMES[column]}{row}" for row in range(1, rows) for column in range(4)}
        self.heading = "heading"
        self.calls: list[list[Change]] = []

    def columns(self) -> Sequence[SheetColumn]:
        return self.heads

    def rows(self) -> int:
        return self.count

    def band(self, row: int) -> Band | None:
        return Band(self.heading, 0, self.heading) if row == 0 else None

    def cell(self, row: int, column: int) -> Cell:
        if column == 4:
            return Cell(str(sum(bool(self.texts.get((row, n))) for n in range(4))), read_only=True, align="right")
        return Cell(self.texts.get((row, column), ""))

    def foot(self) -> Sequence[FootRow]:
        return [FootRow("all", {"sum": Cell(str(sum(map(bool, self.texts.values()))))})]

    def apply(self, changes: list[Change]) -> list[Refusal]:
        self.calls.append(changes)
        bad = [Refusal(row, column, "never no") for row, column, text in changes if text == "no" or row >= self.count]
        if bad:
            return bad
        for row, column, text in changes:
            if column == BAND:
                self.heading = text
            else:
                self.texts[row, column] = text
        self.changed(sorted({row for row, _column, _text in changes}))
        return []

    def suggest(self, _row: int, column: int, text: str) -> list[Suggestion]:
        return [Suggestion(one) for one in ("apple", "apricot") if column == 3 and text and one.startswith(text)]

    def row(self, row: int) -> list[str]:
        return [self.texts.get((row, column), "") for column in range(4)]


@pytest.fixture
def book() -> Book:
    return Book()


@pytest.fixture
def sheet(qtbot: QtBot, book: Book) -> Iterator[SheetView]:
    made = SheetView(book, name="sheet", label="Sheet", frozen=1, memory_name="test")
    qtbot.addWidget(made)
    made.resize(700, 400)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.setFocus()
    made.go(1, 0)
    yield made


def paste(sheet: SheetView, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    press("Ctrl+V")


def test_arrows_home_end_and_edges(sheet: SheetView, book: Book) -> None:
    press(Key.Key_Right, Key.Key_Right, Key.Key_Down)
    assert sheet.current() == (2, 2)
    press(Key.Key_End)
    assert sheet.current() == (2, 4)
    press(Key.Key_Home)
    assert sheet.current() == (2, 0)
    book.texts[4, 0] = ""
    press("Ctrl+Down")
    assert sheet.current() == (3, 0), "to the end of what is filled"
    press("Ctrl+Down")
    assert sheet.current() == (5, 0), "over the gap to the next"
    press("Ctrl+Home")
    assert sheet.current() == (0, 0)
    press("Ctrl+End")
    assert sheet.current() == (5, 4)


def test_tab_goes_on_in_the_next_row_and_leaves_at_the_end(sheet: SheetView) -> None:
    sheet.go(1, 4)
    press(Key.Key_Tab)
    assert sheet.current() == (2, 0)
    press("Shift+Tab")
    assert sheet.current() == (1, 4)
    press(Key.Key_Return, Key.Key_Return)
    assert sheet.current() == (3, 4)
    press("Shift+Return")
    assert sheet.current() == (2, 4)
    sheet.go(5, 4)
    assert not sheet.tab(1), "behind the last cell stands what comes after the sheet"


def test_typing_takes_the_place_of_all_and_enter_goes_down(sheet: SheetView, book: Book) -> None:
    write("នាក់")
    assert sheet.is_writing()
    press(Key.Key_Return)
    assert book.texts[1, 0] == "នាក់" and sheet.current() == (2, 0)
    write("x")
    press(Key.Key_Right)
    assert book.texts[2, 0] == "x" and sheet.current() == (2, 1), "begun by a letter, the arrows leave the cell"
    press(Key.Key_F2, Key.Key_End)
    write("+")
    press(Key.Key_Tab)
    assert book.texts[2, 1] == "b2+" and sheet.current() == (2, 2), "F2 writes on"
    write("gone")
    press(Key.Key_Escape)
    assert book.texts[2, 2] == "c2" and sheet.hasFocus()
    press(Key.Key_F2, Key.Key_Return)
    assert len(book.calls) == 3, "what was not changed is not written"


def test_a_refused_text_stays_with_its_reason(sheet: SheetView, book: Book) -> None:
    write("no")
    press(Key.Key_Return)
    box = sheet.box()
    assert box is not None and box.plain() == "no" and box.reason.text() == "never no"
    write("w")
    press(Key.Key_Return)
    assert book.texts[1, 0] == "now" and not sheet.is_writing()


def test_a_cell_that_is_only_read_is_told_to_the_owner(sheet: SheetView, qtbot: QtBot) -> None:
    sheet.go(1, 4)
    with qtbot.waitSignal(sheet.opened) as told:
        press(Key.Key_F2)
    assert told.args == [1, 4] and not sheet.is_writing()


def test_a_band_is_written_as_one_cell(sheet: SheetView, book: Book) -> None:
    sheet.go(0, 2)
    press(Key.Key_F2)
    write("!")
    press(Key.Key_Return)
    assert book.heading == "!" and book.calls == [[(0, BAND, "!")]]


def test_delete_blanks_what_is_chosen_in_one_call(sheet: SheetView, book: Book) -> None:
    press("Shift+Right", "Shift+Down", Key.Key_Delete)
    assert len(book.calls) == 1
    assert book.row(1)[:2] == book.row(2)[:2] == ["", ""] and book.row(3)[0] == "a3"


def test_whole_rows_and_bands_are_put_away_and_not_blanked(sheet: SheetView, book: Book, qtbot: QtBot) -> None:
    press("Shift+Space")
    with qtbot.waitSignal(sheet.delete_wanted):
        press(Key.Key_Delete)
    sheet.go(0, 0)
    with qtbot.waitSignal(sheet.delete_wanted):
        press(Key.Key_Delete)
    assert book.calls == []


def test_copy_is_what_excel_writes(sheet: SheetView, book: Book) -> None:
    book.texts[1, 0] = "two\nlines"
    book.texts[1, 1] = 'a "quoted" word'
    book.texts[2, 0] = '"begins"'
    book.texts[2, 1] = "a\ttab"
    press("Shift+Right", "Shift+Down", "Ctrl+C")
    copied = QGuiApplication.clipboard().text()
    assert copied.replace("\r\n", "\n").startswith('"two\nlines"\ta "quoted" word\n"""begins"""\t"a\ttab"')


def test_paste_reads_quotes_line_ends_and_tabs(sheet: SheetView, book: Book) -> None:
    paste(sheet, '"two\r\nlines"\t5" pipe\r\n"say ""hi"""\tplain\r\n')
    assert len(book.calls) == 1, "one step"
    assert book.row(1)[:2] == ["two\nlines", '5" pipe']
    assert book.row(2)[:2] == ['say "hi"', "plain"]
    assert list(sheet.selection.rows()) == [1, 2] and sheet.chosen_columns() == [0, 1], "what was pasted is chosen"


def test_one_value_fills_all_that_is_chosen_and_a_block_repeats(sheet: SheetView, book: Book) -> None:
    press("Shift+Right", "Shift+Down", "Shift+Down")
    paste(sheet, "same\r\n")
    assert all(book.row(row)[:2] == ["same", "same"] for row in (1, 2, 3))
    sheet.go(1, 2)
    press("Shift+Down", "Shift+Down", "Shift+Down")
    paste(sheet, "x\r\ny\r\n")
    assert [book.row(row)[2] for row in (1, 2, 3, 4)] == ["x", "y", "x", "y"]


def test_a_paste_steps_over_headings_unless_it_has_one(sheet: SheetView, book: Book) -> None:
    sheet.go(0, 0)
    paste(sheet, "1\t2\r\n3\t4\r\n")
    assert book.heading == "heading" and book.row(1)[:2] == ["1", "2"] and book.row(2)[:2] == ["3", "4"]
    sheet.go(0, 0)
    press("Ctrl+A", "Ctrl+C")
    before = dict(book.texts)
    book.texts = dict.fromkeys(book.texts, "")
    sheet.go(0, 0)
    press("Ctrl+V")
    assert book.texts == before, "all of it and back again"


def test_a_paste_is_all_or_none(sheet: SheetView, book: Book, qtbot: QtBot) -> None:
    before = dict(book.texts)
    with qtbot.waitSignal(sheet.refused) as told:
        paste(sheet, "yes\tno\r\n")
    assert book.texts == before
    assert told.args is not None and told.args[0] == [Refusal(1, 1, "never no")]
    assert sheet.current() == (1, 1), "one stands on what was refused"


def test_reckoned_cells_are_passed_over(sheet: SheetView, book: Book, qtbot: QtBot) -> None:
    sheet.go(1, 3)
    with qtbot.waitSignal(sheet.passed_over) as told:
        paste(sheet, "x\t999\r\n")
    assert told.args == [1] and book.texts[1, 3] == "x"


def test_fill_down_and_to_the_right(sheet: SheetView, book: Book) -> None:
    press("Shift+Down", "Shift+Down", "Ctrl+D")
    assert [book.row(row)[0] for row in (1, 2, 3, 4)] == ["a1", "a1", "a1", "a4"] and len(book.calls) == 1
    sheet.go(4, 1)
    press("Ctrl+D")
    assert book.row(4)[1] == "b3", "one cell alone takes from above"
    sheet.go(5, 0)
    press("Shift+Right", "Shift+Right", "Ctrl+R")
    assert book.row(5) == ["a5", "a5", "a5", "d5"]


def test_cut_copies_and_blanks(sheet: SheetView, book: Book) -> None:
    press("Ctrl+X")
    assert book.texts[1, 0] == "" and QGuiApplication.clipboard().text().strip() == "a1"


def test_suggestions_are_taken_by_keys(sheet: SheetView, book: Book) -> None:
    sheet.go(1, 3)
    write("ap")
    box = sheet.box()
    assert box is not None and box.list.isVisible() and box.list.count() == 2
    press(Key.Key_Down, Key.Key_Down, Key.Key_Return)
    assert book.texts[1, 3] == "apricot"


def test_the_owner_hears_of_rows(sheet: SheetView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(sheet.move_wanted) as up:
        press("Alt+Up")
    assert up.args == [-1]
    with qtbot.waitSignal(sheet.more_wanted):
        press("Ctrl+Return")


def test_hidden_columns_and_widths_are_kept(sheet: SheetView, book: Book, qtbot: QtBot) -> None:
    sheet.choose_columns()
    chooser = sheet.findChild(ColumnChooser)
    assert chooser is not None
    tick = chooser.findChild(QCheckBox, "column_b")
    assert tick is not None
    tick.setChecked(False)
    chooser.close()
    sheet.set_width(0, 222)
    sheet.go(1, 0)
    sheet.step(0, 1)
    assert sheet.current() == (1, 2), "one goes past what is hidden"
    again = SheetView(book, name="again", label="Sheet", memory_name="test")
    qtbot.addWidget(again)
    assert again.columns.order == [0, 2, 3, 4] and again.columns.widths[0] == 222
    again.reset_columns()
    assert again.columns.order == [0, 1, 2, 3, 4]


def test_a_border_is_dragged_and_a_head_chooses_its_column(sheet: SheetView, qtbot: QtBot) -> None:
    right = sheet.x_of(1) + sheet.columns.widths[1]
    view = sheet.viewport()
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(right, 8))
    qtbot.mouseMove(view, QPoint(right + 40, 8))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(right + 40, 8))
    assert sheet.columns.widths[1] == 150
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(sheet.x_of(1) + 20, 8))
    assert sheet.chosen_columns() == [1] and len(sheet.selection.rows()) == 6


def test_the_mouse_chooses_a_block(sheet: SheetView, qtbot: QtBot) -> None:
    view = sheet.viewport()
    first, last = sheet.cell_rect(1, 1).center(), sheet.cell_rect(3, 2).center()
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=first)
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, last)
    assert list(sheet.selection.rows()) == [1, 2, 3] and sheet.chosen_columns() == [1, 2]
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=first)
    assert sheet.is_writing()


def test_one_stands_on_the_same_line_after_all_was_read_anew(sheet: SheetView, book: Book) -> None:
    sheet.go(3, 2)
    book.beginResetModel()
    book.heads = [column for column in book.heads if column.key != "b"]
    book.endResetModel()
    assert sheet.current() == (3, 1), "the column by its key"


def test_only_what_is_seen_is_laid_out(qtbot: QtBot) -> None:
    asked: set[int] = set()

    class Long(Book):
        def cell(self, row: int, column: int) -> Cell:
            asked.add(row)
            return super().cell(row, column)

    sheet = SheetView(Long(5000), name="long", label="Long")
    qtbot.addWidget(sheet)
    sheet.resize(700, 400)
    sheet.show()
    sheet.grab()
    assert len(asked) < 100
    sheet.go(4999, 0)
    sheet.grab()
    assert sheet.cell_rect(4999, 0).bottom() <= sheet.body().bottom() + 1
    assert len(asked) < 200


def test_a_reader_of_the_screen_is_told_the_cell(sheet: SheetView) -> None:
    press(Key.Key_Right)
    assert sheet.accessibleDescription() == "B: b1"
    QApplication.processEvents()


CELLS = st.text(st.characters(exclude_characters="\r\0", exclude_categories=["Cs"]), max_size=8)


@settings(deadline=None, max_examples=200)
@given(st.integers(1, 4).flatmap(lambda n: st.lists(st.lists(CELLS, min_size=n, max_size=n), min_size=1, max_size=4)))
def test_what_is_written_to_the_clipboard_reads_back_equal(rows: list[list[str]]) -> None:
    assert tsv.read(tsv.write(rows)) == rows
