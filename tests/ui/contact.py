"""The contact sheets: every page, small, in both languages, light and dark, on the usual and on a small screen.

`python -m tests.ui.contact` (or `make sheets`) makes them anew in `tests/ui/sheets/`, one PNG for each language and
scheme, on the demo's story while the clock stands; `test_contact_sheet.py` compares the window with them.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import product
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PIL import Image, ImageChops, ImageStat
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QScrollArea

from cpdesk import i18n
from tests.stopped import stopped
from tests.ui import tour
from ui import theme, tokens
from ui.main_window import MainWindow

SHEETS = Path(__file__).parent / "sheets"
SCHEMES = ("light", "dark")
SIZES = ((1366, 768), (1024, 600))
THUMB = (240, 141)  # pixels of a picture on the sheet; both sizes of window have nearly this shape
LABEL, GAP, ACROSS = 20, 8, 8
MIXES = (1.0, 0.66, 0.33)  # of each colour of the scheme with its ground: few colours, and a small file
TOLERANCE = 1.0  # of 255, mean over a picture: a fingerprint, which is another each time, changes half as much


@dataclass(frozen=True)
class Look:
    """In which language, scheme and size a page is taken."""

    lang: str
    scheme: str
    size: tuple[int, int]

    def sheet(self, folder: Path = SHEETS) -> Path:
        return folder / f"{self.lang}-{self.scheme}.png"


LOOKS = tuple(Look(*parts) for parts in product(i18n.LANGUAGES, SCHEMES, SIZES))


@contextmanager
def window(desk: Path, look: Look) -> Iterator[MainWindow]:
    """The window over that desk, looking so."""
    i18n.set_language(look.lang)
    theme.current().apply(look.scheme)
    with tour.window(desk, look.size) as made:
        yield made


def take(made: MainWindow, stop: tour.Stop) -> QImage:
    """A picture of that view as it stands on the sheet."""
    tour.visit(made, stop)
    tour.at_rest(made)
    focus = QApplication.focusWidget()
    if focus is not None:
        focus.clearFocus()  # a caret blinks
    for area in made.findChildren(QScrollArea):
        area.verticalScrollBar().setValue(0)  # where one came from plays no part
    picture = made.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return picture.scaled(*THUMB, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)


def place(number: int, size: tuple[int, int]) -> QRect:
    """Where the picture of the stop of that number stands; the small screens stand below the usual ones."""
    names = tour.names()
    rows = -(-len(names) // ACROSS)
    line = number // ACROSS + (rows if size == SIZES[1] else 0)
    x = GAP + number % ACROSS * (THUMB[0] + GAP)
    return QRect(x, GAP + line * (THUMB[1] + LABEL + GAP) + LABEL, *THUMB)


def paint(sheet: QImage, pictures: dict[str, QImage], size: tuple[int, int]) -> None:
    """Put the pictures on the sheet, each under its name."""
    painter = QPainter(sheet)
    painter.setFont(theme.font(11))
    painter.setPen(QColor("#808080"))
    for number, name in enumerate(tour.names()):
        at = place(number, size)
        painter.drawText(at.x(), at.y() - 6, f"{name} · {size[0]} × {size[1]}")
        painter.drawImage(at.topLeft(), pictures[name])
    painter.end()


def blank(scheme: str) -> QImage:
    last = place(len(tour.names()) - 1, SIZES[1])
    wide = GAP + ACROSS * (THUMB[0] + GAP)
    sheet = QImage(wide, last.bottom() + GAP + 1, QImage.Format.Format_RGB32)
    sheet.fill(QColor("#ffffff" if scheme == "light" else "#000000"))
    return sheet


def make(desk: Path, folder: Path = SHEETS) -> list[Path]:
    """All sheets, written into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for lang, scheme in product(i18n.LANGUAGES, SCHEMES):
        sheet = blank(scheme)
        for size in SIZES:
            look = Look(lang, scheme, size)
            with window(desk, look) as shown:
                pictures = {stop.name: take(shown, stop) for stop in tour.stops(shown.context.desk)}
            paint(sheet, pictures, size)
        made.append(Look(lang, scheme, SIZES[0]).sheet(folder))
        few(sheet, scheme).save(made[-1], optimize=True)
    return made


def palette(scheme: str) -> list[int]:
    """The colours of a scheme and their mixes with the card, as red, green, blue and so on."""
    colours = asdict(tokens.SCHEMES[scheme])
    card = QColor(colours["card"])
    found: dict[tuple[int, ...], None] = {(255, 255, 255): None, (0, 0, 0): None}
    for value, part in product(colours.values(), MIXES):
        full = QColor(value)
        parts = ((getattr(full, one)(), getattr(card, one)()) for one in ("red", "green", "blue"))
        found[tuple(round(a * part + b * (1 - part)) for a, b in parts)] = None
    return [one for colour in list(found)[:256] for one in colour]


def few(picture: QImage, scheme: str) -> Image.Image:
    """The picture in the colours of the palette."""
    raw = picture.convertToFormat(QImage.Format.Format_RGB888)
    whole = bytes(raw.constBits())
    rows = [whole[y * raw.bytesPerLine() :][: raw.width() * 3] for y in range(raw.height())]
    known = Image.new("P", (1, 1))
    known.putpalette(palette(scheme))
    made = Image.frombytes("RGB", (raw.width(), raw.height()), b"".join(rows))
    return made.quantize(palette=known, dither=Image.Dither.NONE)


def kept(sheet: Image.Image, number: int, size: tuple[int, int]) -> Image.Image:
    """The picture of the stop of that number on a sheet that was read."""
    at = place(number, size)
    return sheet.crop((at.x(), at.y(), at.x() + at.width(), at.y() + at.height()))


def read(look: Look) -> Image.Image:
    """The sheet that is kept."""
    return Image.open(look.sheet()).convert("RGB")


def differs(one: Image.Image, other: Image.Image) -> float:
    """How far two pictures of one size lie apart: the mean over all their points and colours, 0 to 255."""
    bands = ImageStat.Stat(ImageChops.difference(one.convert("RGB"), other.convert("RGB"))).mean
    return float(sum(bands)) / 3


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.ui.contact")
    parser.add_argument("folder", nargs="?", default=SHEETS, type=Path)
    folder = parser.parse_args().folder
    from cpdesk.tasks import demo
    from ui.app import application

    with tempfile.TemporaryDirectory() as scratch:
        os.environ["CPDESK_HOME"] = str(Path(scratch) / "home")
        application()
        with stopped():
            story = demo.build(Path(scratch) / "demo")
            desk = Path(scratch) / "desk.cpdesk"
            shutil.copy(story.desks[0], desk)
            made = make(desk, folder)
    for path in made:
        sys.stdout.write(f"{path}  {path.stat().st_size // 1024} KB\n")


if __name__ == "__main__":
    main()
