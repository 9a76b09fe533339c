"""The bundled fonts can set everything that officials write, and say where they come from."""

from __future__ import annotations

import pytest

from cpdesk.paths import FONTS
from cpdesk.printing.typeset.shaping import Face
from cpdesk.printing.typeset.typeface import house, lender

KHMER = [chr(code) for code in range(0x1780, 0x17DE) if code not in (0x17A3, 0x17A4)]
DIGITS = "0123456789០១២៣៤៥៦៧៨៩"
LATIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
PUNCTUATION = ".,;:!?()[]/\\-+=%&@#*\"'«»។៕៖ៗ៛<>"
LENT = "–—‘’“”…•→←✓✗□■°×÷½éèçñöüŒœ€ễ"

TEXT_FONTS = ["Battambang-Regular.ttf", "Battambang-Bold.ttf", "Moul-Regular.ttf"]


@pytest.mark.parametrize("name", TEXT_FONTS)
def test_a_text_font_has_all_that_officials_write(name: str) -> None:
    face = Face(name, FONTS / name)
    lacking = [char for char in [*KHMER, *DIGITS, *LATIN, *PUNCTUATION] if not face.covers(char)]
    assert not lacking


def test_the_fallback_has_what_the_khmer_fonts_lack() -> None:
    assert [char for char in LENT if not lender().covers(char)] == []
    assert all(not face.covers("→") for face in house().faces()[:3])


def test_every_font_is_named_with_its_licence() -> None:
    told = (FONTS / "README.md").read_text("utf-8")
    fonts = sorted(path.name for path in FONTS.glob("*.ttf"))
    assert [name for name in fonts if f"`{name}`" not in told] == []
    for licence in ("Battambang-OFL.txt", "Moul-OFL.txt", "DejaVu-LICENSE.txt"):
        assert f"`{licence}`" in told
        assert "Copyright" in (FONTS / licence).read_text("utf-8")


def test_the_fonts_stay_small() -> None:
    assert sum(path.stat().st_size for path in FONTS.glob("*.ttf")) < 700_000
