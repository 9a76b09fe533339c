"""The calendar pop-up: moon, holy days and holidays of each day, by keyboard, in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cpdesk.i18n import set_language
from tests.ui.hands import press
from ui import theme
from ui.widgets.calendar import CalendarPopup, MonthGrid, add_months, day_words, month_grid, moon_words
from ui.widgets.text import Text


@pytest.fixture
def popup(qtbot: QtBot) -> Iterator[CalendarPopup]:
    host = QWidget()
    qtbot.addWidget(host)
    host.show()
    made = CalendarPopup("2022-06-23", host)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    made.open_under(host)
    yield made
    made.close()


def typed(letter: str) -> QKeyEvent:
    """As a Khmer keyboard sends it, whose letters have no key code."""
    code = Qt.Key.Key_T if letter == "T" else 0
    return QKeyEvent(QEvent.Type.KeyPress, code, Qt.KeyboardModifier.NoModifier, letter)


def words(popup: CalendarPopup, name: str) -> str:
    label = popup.findChild(Text, f"calendar_{name}")
    assert label is not None
    return label.plain()


def test_a_month_begins_on_the_sunday_before_its_first(qtbot: QtBot) -> None:
    days = month_grid(2022, 6)
    assert (days[0], days[-1], len(days)) == (date(2022, 5, 29), date(2022, 7, 9), 42)
    assert all(day.weekday() == 6 for day in days[::7])
    assert month_grid(2026, 2)[0] == date(2026, 2, 1)


def test_tells_the_day_s_moon_and_feast(popup: CalendarPopup) -> None:
    assert words(popup, "month") == "មិថុនា ២០២២"
    assert words(popup, "moons") == "ជេស្ឋ – អាសាឍ · ឆ្នាំខាល ចត្វាស័ក · ព.ស. ២៥៦៦"
    assert (words(popup, "day"), words(popup, "feast")) == ("ថ្ងៃព្រហស្បតិ៍ · ៩រោច ខែជេស្ឋ", "")
    popup.grid.go(date(2022, 11, 8))
    assert words(popup, "day") == "ថ្ងៃអង្គារ · ១៥កើត ខែកត្តិក · ថ្ងៃសីល"
    assert words(popup, "feast") == "ព្រះរាជពិធីបុណ្យអុំទូក បណ្តែតប្រទីប និងសំពះព្រះខែ អកអំបុក"
    spoken = popup.grid.accessibleName()
    assert "ថ្ងៃទី៨ ខែវិច្ឆិកា ឆ្នាំ២០២២" in spoken and "អុំទូក" in spoken and "ថ្ងៃសីល" in spoken


def test_in_english_the_moon_is_named_too(qtbot: QtBot) -> None:
    set_language("en")
    assert moon_words(date(2022, 6, 14)) == "15 koeut · holy day"
    assert day_words(date(2022, 11, 9)) == "Wednesday · 9 November 2022 · 1 roch · Independence Day · Water Festival"


@pytest.mark.parametrize(
    ("keys", "day"),
    [
        ("Left", date(2022, 6, 22)),
        ("Down", date(2022, 6, 30)),
        ("PgDown", date(2022, 7, 23)),
        ("PgUp", date(2022, 5, 23)),
        ("Ctrl+PgDown", date(2023, 6, 23)),
        ("Ctrl+PgUp", date(2021, 6, 23)),
        ("Home", date(2022, 6, 1)),
        ("End", date(2022, 6, 30)),
        ("T", date.today()),
        ("1 4", date(2022, 6, 14)),
        ("៣ ០", date(2022, 6, 30)),
        ("9 9", date(2022, 6, 9)),
        ("3 1", date(2022, 6, 1)),
    ],
)
def test_keys_lead_from_day_to_day(popup: CalendarPopup, keys: str, day: date) -> None:
    for key in keys.split():
        if len(key) == 1:
            QApplication.sendEvent(popup.grid, typed(key))
        else:
            press(key)
    assert popup.grid.day() == day


def test_enter_picks_and_blank_leaves_blank(popup: CalendarPopup, qtbot: QtBot) -> None:
    with qtbot.waitSignal(popup.picked) as told:
        press(Qt.Key.Key_Return)
    assert told.args == ["2022-06-23"]
    blank = popup.findChild(QWidget, "blank")
    assert blank is not None
    with qtbot.waitSignal(popup.picked) as told:
        qtbot.mouseClick(blank, Qt.MouseButton.LeftButton)
    assert told.args == [None]


def test_a_click_picks_the_day_under_it(popup: CalendarPopup, qtbot: QtBot) -> None:
    cell = popup.grid.sizeHint().width() // 7
    spot = QPoint(cell * 2 + cell // 2, popup.grid.height() - 3)  # Tuesday of the last line
    with qtbot.waitSignal(popup.picked) as told:
        qtbot.mouseClick(popup.grid, Qt.MouseButton.LeftButton, pos=spot)
    assert told.args == ["2022-07-05"]


def test_the_calendar_ends_where_the_moon_s_does(qtbot: QtBot) -> None:
    for start, key in ((date(2100, 12, 28), "Ctrl+PgDown"), (date(1900, 1, 3), "Ctrl+PgUp")):
        grid = MonthGrid(start)
        qtbot.addWidget(grid)
        with qtbot.waitActive(grid):
            grid.show()
            grid.activateWindow()
        grid.setFocus()
        press(key)
        assert grid.day() in (date(2100, 12, 31), date(1900, 1, 1))
        assert not grid.grab().isNull()


def colours(image: QImage) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)}


def test_holidays_and_holy_days_are_seen(qtbot: QtBot) -> None:
    grid = MonthGrid(date(2022, 11, 1))
    qtbot.addWidget(grid)
    seen = colours(grid.grab().toImage())
    assert theme.colours().bad_soft in seen
    june = MonthGrid(date(2022, 8, 2))  # no feast in August
    qtbot.addWidget(june)
    assert theme.colours().bad_soft not in colours(june.grab().toImage())


@pytest.mark.parametrize("scale", (1.0, 1.5, 2.0))
@pytest.mark.parametrize("lang", ("km", "en"))
def test_it_fits_its_screen_at_any_size_of_letters(qtbot: QtBot, scale: float, lang: str) -> None:
    set_language(lang)
    theme.current().apply("light", scale)
    host = QWidget()
    qtbot.addWidget(host)
    host.show()
    popup = CalendarPopup("2022-11-08", host)
    popup.open_under(host)
    area = popup.screen().availableGeometry()
    assert area.contains(popup.geometry())
    popup.close()


def test_months_are_added_to_their_last_day() -> None:
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert add_months(date(2024, 1, 31), -2) == date(2023, 11, 30)
