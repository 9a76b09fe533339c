"""What indicators reached in the quarter: each with its target, what the year has reached, and a line to type in.

Saved as typed, like every form: a number is kept once the hand rests or leaves the line.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QWidget

from cpdesk.errors import NotFound, UserError
from cpdesk.i18n import _
from cpdesk.khmer import digits
from cpdesk.kinds import Value
from cpdesk.tasks import progress, records
from cpdesk.tasks.progress import IndicatorRow, Period
from ui import theme, tokens
from ui.context import Context
from ui.forms.form import WAIT_MS
from ui.pages.progress_parts.words import number, per_cent
from ui.widgets.editors import AmountEditor
from ui.widgets.surfaces import column, row
from ui.widgets.text import Text

INPUT = 132


class ActualLine(QFrame):
    """One indicator. `saved` after each change of its value."""

    saved = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._found: IndicatorRow | None = None
        self._period: Period | None = None
        self._stored: Value = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(lambda: self._write(patient=True))
        across = row(self, spacing=tokens.M)
        words = column(spacing=0)
        self.words = Text("")
        self.facts = Text("", "small")
        for text in (self.words, self.facts):
            text.setMinimumHeight(1)  # its height goes by the width it gets, not by a guess
            words.addWidget(text)
        across.addLayout(words, 1)
        entry = column(spacing=0)
        self.sort = Text("", "label", wrap=False)
        self.editor = AmountEditor("actual", _("Reached in this quarter"))
        self.editor.setFixedWidth(theme.scaled(INPUT))
        self.editor.edited.connect(lambda: self._timer.start())
        self.editor.finished.connect(self.flush)
        line = row(spacing=tokens.S)
        line.addWidget(self.editor)
        self.unit = Text("", "small", wrap=False)
        line.addWidget(self.unit)
        entry.addWidget(self.sort)
        entry.addLayout(line)
        across.addLayout(entry)
        across.setAlignment(entry, Qt.AlignmentFlag.AlignTop)

    def show_indicator(self, found: IndicatorRow, period: Period) -> None:
        """Show an indicator in that quarter; what is being typed for the same one stays."""
        same = self._found is not None and (self._found.id, self._period) == (found.id, period)
        if not same:
            self.flush()
        self._found, self._period = found, period
        self.setObjectName(f"indicator_{found.id}")
        self.words.setText(found.text)
        self.unit.setText(found.unit)
        self.sort.setText(_("In this quarter") if found.adds_up else _("At the end of the quarter"))
        self.editor.control.setAccessibleName(f"{found.text}: {self.sort.plain()}")
        self.editor.control.setObjectName(f"actual_{found.id}")
        self.facts.setText(_facts(found, period))
        if not (same and (self._timer.isActive() or self.editor.problem())):
            there = progress.actual(self.context.desk, found.id, period)
            self._stored = there["value"] if there is not None else None
            self.editor.set_value(self._stored)
            self.editor.show_problem(None)

    def flush(self) -> bool:
        """Keep now what was typed; False where it could not be."""
        return self._write(patient=False)

    def _write(self, patient: bool) -> bool:
        self._timer.stop()
        if self._found is None or self._period is None:
            return True
        try:
            value = self.editor.value()
            if value != self._stored:
                progress.put_actual(self.context.undo, self._found.id, self._period, value)
        except ValueError as reason:
            if not (patient and self.editor.is_busy()):
                self.editor.show_problem(str(reason))
            return False
        except UserError as error:
            self.editor.show_problem(str(error))
            return False
        self.editor.show_problem(None)
        if value != self._stored:
            self._stored = value
            self.context.touched("actual")
            self.saved.emit()
        return True


def _facts(found: IndicatorRow, period: Period) -> str:
    year = digits.count(period.year)
    parts = [
        _("Target of {year}: {value}").format(year=year, value=number(found.target))
        if found.target is not None
        else _("No target for {year} yet").format(year=year)
    ]
    if found.actual is not None:
        parts.append(_("reached so far: {value}").format(value=number(found.actual)))
    if found.percent is not None:
        parts.append(per_cent(found.percent))
    return " · ".join(parts)


class IndicatorsBox(QWidget):
    """A line for each indicator; `saved` when one was written."""

    saved = Signal()

    def __init__(self, context: Context, *, name: str = "indicators", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.context = context
        self._lines: list[ActualLine] = []
        self._box = column(self, spacing=tokens.S)

    def show_indicators(self, found: Sequence[IndicatorRow], period: Period) -> None:
        here = [one for one in found if self._is_here(one)]
        while len(self._lines) > len(here):
            gone = self._lines.pop()
            gone.flush()
            gone.hide()
            gone.deleteLater()
        while len(self._lines) < len(here):
            line = ActualLine(self.context)
            line.saved.connect(self.saved)
            self._lines.append(line)
            self._box.addWidget(line)
        for line, one in zip(self._lines, here, strict=True):
            line.show_indicator(one, period)

    def _is_here(self, one: IndicatorRow) -> bool:
        try:
            return not records.get(self.context.desk, one.id).deleted
        except NotFound:
            return False

    def flush(self) -> None:
        for line in self._lines:
            line.flush()

    def lines(self) -> list[ActualLine]:
        return list(self._lines)
