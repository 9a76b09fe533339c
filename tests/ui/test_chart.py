"""The chart widget: as high as its chart needs, read out in words, painted in either theme."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from cpdesk.charts import Bar, Columns, Heat, HeatRow, Lines, Part, Rows, Series, Split
from cpdesk.charts.shapes import Box
from ui import theme
from ui.widgets.chart import ChartView

ROWS = Rows((Bar("កាត់បន្ថយអំពើហិង្សា", 72, tone="good"), Bar("ការថែទាំជំនួស", None)), maximum=100, unit="%")
OTHERS = (
    Columns(("ត្រី១", "ត្រី២"), (Series("ផែនការ", (58, 60)), Series("ចំណាយ", (54, None)), Series("ខ្វះ", (4, 1)))),
    Lines(("២០២១", "២០២២"), (Series("ពលកម្មកុមារ", (5, 7)), Series("ហិង្សា", (1, None)))),
    Split((Part("កុមារី", 1248), Part("កុមារា", 1096)), "ពិការភាព ៧៤ នាក់"),
    Heat(("ក", "ខ"), (HeatRow("គគីរ", (7, None), ("", "*")), HeatRow("សរុប", (7, 1), strong=True))),
)


def view(qtbot: QtBot, width: int = 360) -> ChartView:
    made = ChartView(name="by_objective")
    qtbot.addWidget(made)
    made.resize(width, 10)
    return made


def test_it_is_as_high_as_its_chart(qtbot: QtBot) -> None:
    made = view(qtbot)
    assert made.heightForWidth(360) <= 1
    made.show_chart(ROWS)
    low = made.heightForWidth(360)
    made.show_chart(Rows(ROWS.items * 3, maximum=100))
    assert made.heightForWidth(360) > 2 * low
    theme.current().apply(scale=1.5)
    assert made.heightForWidth(540) == pytest.approx(made.drawing(540).height * 1.5, abs=1)


def test_it_can_be_heard(qtbot: QtBot) -> None:
    made = view(qtbot)
    made.show_chart(ROWS, "តាមគោលបំណង")
    assert made.accessibleName() == "តាមគោលបំណង"
    assert made.accessibleDescription() == "កាត់បន្ថយអំពើហិង្សា: ៧២%\nការថែទាំជំនួស: គ្មានទិន្នន័យ"
    track = next(shape for shape in made.drawing(360).shapes if isinstance(shape, Box) and shape.item == 1)
    assert made.said_at(track.x + 5, track.y + 2) == "ការថែទាំជំនួស: គ្មានទិន្នន័យ"
    assert made.said_at(1, 1) == ""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_painted_in_the_colours_of_the_theme(qtbot: QtBot, scheme: str) -> None:
    theme.current().apply(scheme)
    made = view(qtbot)
    made.show_chart(ROWS)
    made.resize(360, made.heightForWidth(360))
    image = made.grab().toImage()
    found = {image.pixelColor(x, y).name() for x in range(2, 360, 3) for y in range(image.height())}
    assert QColor(theme.colours().chart_good).name() in found
    assert QColor(theme.colours().chart_none).name() in found


@pytest.mark.parametrize("chart", OTHERS, ids=lambda chart: type(chart).__name__)
def test_every_kind_is_painted(qtbot: QtBot, chart: Columns | Lines | Split | Heat) -> None:
    made = view(qtbot)
    made.show_chart(chart)
    made.resize(360, made.heightForWidth(360))
    image = made.grab().toImage()
    drawn = {image.pixelColor(x, y).name() for x in range(0, 360, 2) for y in range(0, image.height(), 2)}
    assert len(drawn) > 3
