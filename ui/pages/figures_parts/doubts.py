"""Values that do not add up or stand out: looked for beside the work, counted on a button, gone through by a key."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QTimer

from cpdesk.i18n import _, ngettext
from cpdesk.khmer import digits
from ui.pages.figures_parts.model import FiguresModel
from ui.widgets.buttons import Button

AT_ONCE = 200  # cells looked over between two turns of the window


class Doubts(Button):
    """Hidden while nothing is doubtful; `next(here)` is the cell behind that one."""

    def __init__(self, model: FiguresModel) -> None:
        super().__init__("", kind="quiet", icon="triangle-alert", name="next_doubt")
        self.model = model
        self.found: list[tuple[int, int]] = []
        self._left: Iterator[tuple[int, int]] = iter(())
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._look_on)
        self.setToolTip(_("F8 goes to the next one."))
        self.hide()

    def look(self) -> None:
        """Look all over again."""
        self.found = []
        self._left = self._cells()
        self._timer.start()

    def is_looking(self) -> bool:
        return self._timer.isActive()

    def _cells(self) -> Iterator[tuple[int, int]]:
        for at in range(self.model.rowCount()):
            if self.model.place(at) is not None:
                for column in range(1, self.model.columnCount()):
                    yield at, column

    def _look_on(self) -> None:
        """A few cells more, so that the window never waits for it."""
        for _n in range(AT_ONCE):
            at = next(self._left, None)
            if at is None:
                self._timer.stop()
                self._tell()
                return
            cell, place = self.model.cell(*at), self.model.place(at[0])
            if cell.problem or (cell.note and place is not None and not place.summed):
                self.found.append(at)

    def _tell(self) -> None:
        n = len(self.found)
        self.set_text(ngettext("{count} value to check", "{count} values to check", n).format(count=digits.count(n)))
        self.setVisible(bool(n))

    def next(self, here: tuple[int, int]) -> tuple[int, int] | None:
        if not self.found:
            return None
        return next((one for one in self.found if one > here), self.found[0])
