"""The window looks as on the contact sheets that are kept: `make sheets` makes them anew, and is what one looks over.

In an ordinary run each view is compared once, in a look that changes from view to view; `CPDESK_LONG_TESTS=1` compares
all. Where a view looks otherwise, its picture and the one that is kept are written side by side.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QApplication

from tests.ui import contact, tour
from tests.ui.contact import LOOKS, SIZES, Look

SEEN = tuple(enumerate(tour.names()))


EACH_TIME = tuple(Look(lang, scheme, size) for lang, scheme, size in zip(
    ("km", "km", "en", "en"), ("light", "dark", "light", "dark"), (*SIZES, *SIZES[::-1]), strict=True
))  # fmt: skip


def beside(picture: Image.Image, kept: Image.Image, path: Path) -> Path:
    """Both in one file, the kept one at the left."""
    both = Image.new("RGB", (2 * kept.width, kept.height))
    both.paste(kept, (0, 0))
    both.paste(picture.convert("RGB"), (kept.width, 0))
    both.save(path)
    return path


def other(desk: Path, look: Look, numbers: list[int], folder: Path) -> list[str]:
    """The views of those numbers that look otherwise than on their sheet."""
    sheet = contact.read(look)
    found = []
    with contact.window(desk, look) as made:
        stops = tour.stops(made.context.desk)
        for number in numbers:
            picture = contact.few(contact.take(made, stops[number]), look.scheme)
            kept = contact.kept(sheet, number, look.size)
            by = contact.differs(picture, kept)
            if by > contact.TOLERANCE:
                name = f"{stops[number].name}-{look.lang}-{look.scheme}-{look.size[0]}"
                found.append(f"{name} by {by:.1f}: {beside(picture, kept, folder / f'{name}.png')}")
    return found


def test_every_view_looks_as_on_its_sheet(demo_desk: Path, qapp: QApplication, tmp_path: Path) -> None:
    found = []
    for turn, look in enumerate(EACH_TIME):
        found += other(demo_desk, look, [number for number, _name in SEEN if number % len(EACH_TIME) == turn], tmp_path)
    assert not found, "these views look otherwise; if they should, `make sheets` keeps them:\n" + "\n".join(found)


@pytest.mark.skipif(not os.environ.get("CPDESK_LONG_TESTS"), reason="every look of every view takes a minute")
@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look.lang}-{look.scheme}-{look.size[0]}")
def test_every_look_of_every_view(demo_desk: Path, qapp: QApplication, look: Look, tmp_path: Path) -> None:
    found = other(demo_desk, look, [number for number, _name in SEEN], tmp_path)
    assert not found, "these views look otherwise; if they should, `make sheets` keeps them:\n" + "\n".join(found)


def test_a_sheet_holds_every_view(qapp: QApplication) -> None:
    """A page that comes or goes makes the sheets anew; they stay small."""
    for look in LOOKS:
        size = contact.blank(look.scheme).size().toTuple()
        assert contact.read(look).size == size, f"{look.sheet().name}: `make sheets` makes it anew"
    assert sum(path.stat().st_size for path in {look.sheet() for look in LOOKS}) < 1_500_000


def test_a_view_that_looks_otherwise_is_found(qapp: QApplication) -> None:
    """The measure has teeth: a page without its words, in the other scheme, or another page is no small difference."""
    light, dark = (Look("km", scheme, contact.SIZES[0]) for scheme in contact.SCHEMES)
    sheets = [contact.read(look) for look in (light, dark)]
    for number, name in SEEN:
        kept = contact.kept(sheets[0], number, light.size)
        wide, high = kept.size
        empty = kept.copy()
        empty.paste(kept.getpixel((wide - 4, high // 2)), (45, 12, wide, high - 8))
        following = contact.kept(sheets[0], (number + 1) % len(SEEN), light.size)
        for wrong in (empty, contact.kept(sheets[1], number, light.size), following):
            assert contact.differs(wrong, kept) > contact.TOLERANCE, name
