"""Finished pages under one another: scrolled, zoomed, turned, searched. Drawn by the worker as they come into sight."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QImage, QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget
from shiboken6 import isValid

from cpdesk.i18n import _
from cpdesk.khmer import digits
from ui import tokens
from ui.context import Context
from ui.widgets.paper import POINTS_PER_INCH, Sheet, page_image
from ui.widgets.paper_words import Hit

Size = tuple[float, float]
Zoom = float | str  # so many times its real size, or one of FITS
WIDTH, PAGE = "width", "page"
FITS = (WIDTH, PAGE)
ZOOMS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
KEPT = 2  # pages out of sight on either side whose pictures are kept
DRAW_MS = 30


def page_of(number: int, pages: int) -> str:
    """Which page it is, `number` from 0."""
    return _("Page {number} of {pages}").format(number=digits.count(number + 1), pages=digits.count(pages))


class PaperView(QScrollArea):
    """Pages of one PDF. `turned(page)` when another comes into sight, `zoomed()` when they are larger or smaller.

    `show_pdf` again shows a newer state of the same paper: it keeps the place, and old pictures until the new are
    there.
    """

    turned = Signal(int)
    zoomed = Signal()
    spoken_as = QAccessible.Role.Document

    def __init__(self, context: Context, name: str = "paper", *, margin: int = tokens.L) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("role", "ground")
        self.setProperty("kind", "paper")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(_("Pages"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.context = context
        self.pdf = b""
        self.sizes: list[Size] = []
        self.sheets: list[Sheet] = []
        self.drawn = 0
        self._margin = margin
        self._zoom: Zoom = WIDTH
        self._tops: list[int] = []
        self._asked: dict[int, tuple[int, int]] = {}
        self._version = 0
        self._page = -1
        self._content = QWidget()
        self._content.setProperty("role", "ground")
        self._content.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWidget(self._content)
        self._draw_soon = QTimer(self)
        self._draw_soon.setSingleShot(True)
        self._draw_soon.setInterval(DRAW_MS)
        self._draw_soon.timeout.connect(self._draw)
        self.verticalScrollBar().valueChanged.connect(lambda _at: self._scrolled())

    # what is shown

    def show_pdf(self, pdf: bytes, sizes: Sequence[Size]) -> None:
        """Show these pages."""
        place = self._place()
        self.pdf, self.sizes = pdf, list(sizes)
        self._version += 1
        for sheet in self.sheets[len(sizes) :]:
            sheet.hide()
            sheet.deleteLater()
        del self.sheets[len(sizes) :]
        for number in range(len(self.sheets), len(sizes)):
            sheet = Sheet(f"sheet_{number + 1}", self._content)
            sheet.show()
            self.sheets.append(sheet)
        for number, sheet in enumerate(self.sheets):
            sheet.setAccessibleName(page_of(number, len(sizes)))
            sheet.mark(())
        self._page = -1
        self._lay_out(place)

    def clear(self) -> None:
        """Nothing to show."""
        self.show_pdf(b"", ())
        self.verticalScrollBar().setValue(0)

    def is_drawn(self) -> bool:
        """Whether all that is in sight is there as it should be."""
        return bool(self.sheets) and all(self._is_right(n) for n in self._in_sight(0))

    def _is_right(self, number: int) -> bool:
        sheet = self.sheets[number]
        wanted = (self._version, sheet.wanted_width())
        return self._asked.get(number) == wanted and sheet.has_image(wanted[1]) and sheet.property("of") == wanted[0]

    # the page in sight

    def page(self) -> int:
        """The page in sight, from 0."""
        middle = self.verticalScrollBar().value() + self.viewport().height() // 3
        return max((n for n, top in enumerate(self._tops) if top <= middle), default=0)

    def go(self, number: int) -> None:
        """Show page `number`, from 0, from its top; the nearest there is."""
        if self.sheets:
            wanted = min(max(0, number), len(self.sheets) - 1)
            self.verticalScrollBar().setValue(self._tops[wanted] - self._margin // 2 if wanted else 0)

    def turn(self, step: int) -> None:
        """Go `step` pages on."""
        self.go(self.page() + step)

    def _place(self) -> tuple[int, float]:
        """The page at the top, and how much of it is above."""
        at = self.verticalScrollBar().value()
        number = max((n for n, top in enumerate(self._tops) if top <= at), default=0)
        if not self.sheets or not at:
            return 0, 0.0
        return number, (at - self._tops[number]) / max(1, self.sheets[number].height())

    # zoom

    def zoom(self) -> Zoom:
        return self._zoom

    def set_zoom(self, zoom: Zoom) -> None:
        """A number is kept within ZOOMS."""
        self._zoom = zoom if isinstance(zoom, str) else min(max(zoom, ZOOMS[0]), ZOOMS[-1])
        self._lay_out(self._place())
        self.zoomed.emit()

    def scale(self) -> float:
        """How many times its real size the page in sight is now."""
        if not self.sizes:
            return 1.0
        number = min(self.page(), len(self.sizes) - 1)
        return self.sheets[number].width() / (self.sizes[number][0] * self._dots())

    def zoom_by(self, step: int) -> None:
        """The next larger (1) or smaller (-1) of ZOOMS."""
        now = self.scale()
        further = [z for z in ZOOMS if (z > now * 1.02 if step > 0 else z < now * 0.98)]
        if further:
            self.set_zoom(further[0] if step > 0 else further[-1])

    def _dots(self) -> float:
        """Pixels of the window for a point of the paper."""
        return self.logicalDpiX() / POINTS_PER_INCH

    def _wide(self, size: Size) -> int:
        room = max(80, self.viewport().width() - 2 * self._margin)
        if self._zoom == WIDTH:
            return round(room * size[0] / max(width for width, _height in self.sizes))
        if self._zoom == PAGE:
            high = max(80, self.viewport().height() - self._margin)
            return round(min(room, high * size[0] / size[1]))
        return round(size[0] * self._dots() * float(self._zoom))

    def _lay_out(self, place: tuple[int, float]) -> None:
        sizes = [QSize(wide := self._wide(size), round(wide * size[1] / size[0])) for size in self.sizes]
        widest = max((size.width() for size in sizes), default=0) + 2 * self._margin
        across = max(widest, self.viewport().width())
        y, self._tops = self._margin, []
        for sheet, size in zip(self.sheets, sizes, strict=True):
            sheet.setGeometry(QRect(QPoint((across - size.width()) // 2, y), size))
            self._tops.append(y)
            y += size.height() + self._margin
        self._content.setFixedSize(across, y)
        number, part = place
        if self.sheets and place != (0, 0.0):
            number = min(number, len(self.sheets) - 1)
            self.verticalScrollBar().setValue(self._tops[number] + round(part * self.sheets[number].height()))
        self._scrolled()

    # drawing

    def _scrolled(self) -> None:
        if self.sheets:
            if self.page() != self._page:
                self._page = self.page()
                self.turned.emit(self._page)
            self._draw_soon.start()

    def _in_sight(self, more: int) -> range:
        """The pages in sight, and `more` on either side."""
        top = self.verticalScrollBar().value()
        foot = top + self.viewport().height()
        near = [n for n, at in enumerate(self._tops) if at < foot and at + self.sheets[n].height() > top]
        if not near:
            return range(0)
        return range(max(0, near[0] - more), min(len(self.sheets), near[-1] + 1 + more))

    def _draw(self) -> None:
        """Ask for the pages in sight, then for the next one; forget the pictures of those far away."""
        if not self.isVisible():
            return
        here = self._in_sight(0)
        for number in [*here, *range(here.stop, min(here.stop + 1, len(self.sheets)))]:
            wanted = (self._version, self.sheets[number].wanted_width())
            if self._asked.get(number) != wanted:
                self._asked[number] = wanted
                self._ask_for(number, wanted)
        kept = self._in_sight(KEPT)
        for number, sheet in enumerate(self.sheets):
            if number not in kept and self._asked.pop(number, None) is not None:
                sheet.clear()

    def _ask_for(self, number: int, wanted: tuple[int, int]) -> None:
        pdf = self.pdf

        def work(_desk: object, _progress: object) -> QImage | None:
            return page_image(pdf, number, wanted[1]) if self._asked.get(number) == wanted else None

        def done(image: QImage | None) -> None:
            if image is not None and isValid(self) and self._asked.get(number) == wanted:
                self.sheets[number].show_image(image)
                self.sheets[number].setProperty("of", wanted[0])
                self.drawn += 1

        self.context.jobs.run(work, done=done)

    def forget(self) -> None:
        """What the worker has not drawn yet is not wanted any more."""
        self._draw_soon.stop()
        self._asked.clear()

    # what was found

    def show_hits(self, hits: Sequence[Hit], chosen: Hit | None) -> None:
        """Mark what was found, and bring the chosen place into sight."""
        for number, sheet in enumerate(self.sheets):
            boxes = [box for hit in hits if hit.page == number for box in hit.boxes]
            sheet.mark(boxes, chosen.boxes if chosen is not None and chosen.page == number else ())
        if chosen is not None and chosen.page < len(self.sheets) and chosen.boxes:
            sheet, box = self.sheets[chosen.page], chosen.boxes[0]
            at = sheet.pos() + QPoint(round(box.center().x() * sheet.width()), round(box.center().y() * sheet.height()))
            self.ensureVisible(at.x(), at.y(), 80, self.viewport().height() // 4)

    # the hand

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, bar = Qt.Key(event.key()), self.verticalScrollBar()
        pages = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key in pages:
            self.turn(pages[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.go(0 if key == Qt.Key.Key_Home else len(self.sheets))
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            bar.setValue(bar.value() + (60 if key == Qt.Key.Key_Down else -60))
        elif key == Qt.Key.Key_Space:
            bar.setValue(bar.value() + (-1 if back else 1) * round(self.viewport().height() * 0.9))
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl it zooms, and the spot under the pointer stays where it is."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        event.accept()
        step = (event.angleDelta().y() > 0) - (event.angleDelta().y() < 0)
        if not step or not self.sheets:
            return
        spot = event.position().toPoint()
        on = self._content.mapFrom(self.viewport(), spot)
        number = max((n for n, top in enumerate(self._tops) if top <= on.y()), default=0)
        old = self.sheets[number].geometry()
        part = ((on.x() - old.x()) / old.width(), (on.y() - old.y()) / old.height())
        self.zoom_by(step)
        new = self.sheets[number].geometry()
        self.horizontalScrollBar().setValue(new.x() + round(part[0] * new.width()) - spot.x())
        self.verticalScrollBar().setValue(new.y() + round(part[1] * new.height()) - spot.y())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size() != event.oldSize():
            self._lay_out(self._place())
            self.zoomed.emit()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self._scrolled()
