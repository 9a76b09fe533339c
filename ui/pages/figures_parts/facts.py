"""The lines under the sheet: all that is known of the cell in hand, what the signs mean, where the figures are from."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from cpdesk.i18n import _
from cpdesk.khmer import digits
from cpdesk.kinds import NOT_COLLECTED, SUPPRESSED
from cpdesk.tasks.figures import TOTAL, Grid, Row
from ui import theme, tokens
from ui.pages.figures_parts.model import Across, mixed, of_places, per_cent, words
from ui.widgets.flow import FlowLayout
from ui.widgets.surfaces import row
from ui.widgets.text import Text


def told(grid: Grid, place: Row, across: Across) -> str:
    """A cell in a sentence: what it counts, its number, its rate, last year's."""
    measure, cell = across.measure, across.cell
    who = [words(name, key) for name, key in cell._asdict().items() if key != "all"]
    what = " · ".join([place.title, measure.name, *who, digits.count(grid.year)])
    value, known = grid.value(place.place, measure.id, cell), grid.known(place.place, measure.id, cell)
    if value == NOT_COLLECTED:
        said = _("not collected")
    elif value == SUPPRESSED:
        said = _("hidden, so that no child can be told from it")
    elif known is None:
        said = _("not entered yet")
    else:
        said = f"{digits.number(known)} {measure.counted_in}".strip()
        if value is None and not place.summed:
            said = _("{number} (girls and boys together)").format(number=said)
    parts = [f"{what}: {said}"]
    rate = grid.rate(place.place, measure.id, cell)
    if rate is not None and measure.base is not None:
        parts.append(_("{rate}% of {base}").format(rate=per_cent(rate), base=grid.measure(measure.base).short))
    before = grid.before.get((place.place, measure.id))
    if before is not None and cell == TOTAL:
        parts.append(_("last year {number}").format(number=digits.number(before)))
    if place.summed and known is not None and not grid.counted(place.place, measure.id, cell).whole:
        parts.append(of_places(grid.counted(place.place, measure.id, cell)))
    return " · ".join(parts)


class CellFacts(QWidget):
    """The cell in hand: in words, then what cannot be right about it, then what is worth a second look."""

    def __init__(self) -> None:
        super().__init__()
        box = row(self, spacing=tokens.L)
        self.words = Text("", "small", name="cell_facts", selectable=True)
        self.problem = Text("", "problem", name="cell_remarks", selectable=True)
        box.addWidget(self.words, 1)
        box.addWidget(self.problem, 1)

    def show_cell(self, words: str, remarks: str) -> None:
        self.words.setText(words)
        self.problem.setText(remarks)
        self.problem.setVisible(bool(remarks))


class Legend(QWidget):
    """– not collected, 0 none, a hatch for what is hidden, blank not entered; deeper is worse."""

    def __init__(self) -> None:
        super().__init__()
        box = FlowLayout(self, spacing=tokens.M)
        for sign, text in (
            ("–", _("not collected")),
            (digits.count(0), _("none")),
            ("hatch", _("hidden")),
            ("blank", _("not entered yet")),
            ("scale", _("deeper: children are worse off")),
        ):
            holder = QWidget()
            pair = row(holder, spacing=5)
            if sign in ("hatch", "blank", "scale"):
                pair.addWidget(_Swatch(sign))
            else:
                pair.addWidget(Text(sign, "strong", wrap=False))
            pair.addWidget(Text(text, "small", wrap=False))
            box.addWidget(holder)


class _Swatch(QWidget):
    """A small sample of a cell's ground."""

    def __init__(self, what: str) -> None:
        super().__init__()
        self.what = what
        self.setFixedSize(theme.scaled(44 if what == "scale" else 18), theme.scaled(14))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = self.rect().adjusted(0, 0, -1, -1)
        if self.what == "scale":
            step = self.width() // 4
            for n in range(4):
                painter.fillRect(QRect(n * step, 0, step, self.height()), theme.colour("card"))
                painter.fillRect(QRect(n * step, 0, step, self.height()), _deep(n))
        else:
            painter.fillRect(area, theme.colour("card"))
            if self.what == "hatch":
                painter.fillRect(area, QBrush(theme.colour("edge"), Qt.BrushStyle.BDiagPattern))
            painter.setPen(theme.colour("edge"))
            painter.drawRect(area)
        painter.end()


def _deep(n: int) -> QBrush:
    from PySide6.QtGui import QColor

    return QBrush(QColor(mixed(0.08 + 0.13 * n)))
