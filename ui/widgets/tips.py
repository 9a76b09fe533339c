"""Tool tips of more than a few words, in lines that end between words.

Qt sets a plain tool tip in one line, however long, and one that looks like markup as markup. So what is told there is
parted here, and is always plain.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QFontMetrics

from cpdesk.khmer.breaks import ZWSP, pieces, without_zwsp
from ui import theme, tokens

WIDE = 420  # pixels of a line at usual size
SHORT = 40  # letters that stand in one line without being measured


def tip(text: str) -> str:
    """`text` in lines for `setToolTip`."""
    if len(text) <= SHORT and "<" not in text:
        return text
    return _parted(without_zwsp(text), theme.current().scale)


def untipped(told: str) -> str:
    """The text that `tip` parted."""
    return told.replace(_MARKED, "<").replace(ZWSP + "\n", "")


_MARKED = "<" + "\u2060"  # an invisible joiner behind it: no sign of markup any more


@lru_cache(maxsize=256)
def _parted(text: str, scale: float) -> str:
    metrics, room = QFontMetrics(theme.font(tokens.SMALL, scale=scale)), theme.scaled(WIDE)
    lines = [_lines(line, metrics, room) for line in text.split("\n")]
    return "\n".join(lines).replace("<", _MARKED)


def _lines(text: str, metrics: QFontMetrics, room: int) -> str:
    out, line = "", ""
    for piece in pieces(text):
        if line and metrics.horizontalAdvance((line + piece).rstrip()) > room:
            out, line = f"{out}{line}{ZWSP}\n", ""
        line += piece
    return out + line
