"""Lays what a page draws over what HarfBuzz draws for the same text, point by point.

Within one code every point must lie where HarfBuzz puts it, to a thousandth of an em. From code to code the pen may
stray by half a thousandth, for widths in a PDF are whole thousandths (some viewers cut fractions off).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import icu

from cpdesk.khmer import breaks
from cpdesk.printing.typeset.canvas import Look, Sheet
from cpdesk.printing.typeset.typeface import Typeface, plain
from tests.printing.verify.outlines import Contour, FontFile, Shaped, font_file
from tests.printing.verify.page import EmbeddedFont, Run, read

_UNIT = 1.0  # thousandths of an em: how exactly points must lie
_STEP = 0.75  # half a thousandth for the width, the rest for three decimals of a point
_SIZE = 20.0
_LINES = 400  # on a page of a sheet: it is read by a program
LENDER = "DejaVuSans"


@dataclass(frozen=True)
class Wrong:
    """A text that is not drawn as it must be, and what is the matter."""

    text: str
    font: str
    why: str


class Judge:
    """Compares runs; what was compared once, a code with the same outlines, is known."""

    def __init__(self) -> None:
        self._known: dict[tuple[object, ...], bool] = {}

    def run(self, run: Run, text: str | None = None) -> str:
        """What is wrong with the outlines of a run, or nothing. `text`: what it must show, if it is not known."""
        file = font_file(run.font.name)
        text = run.text if text is None else text
        why = self._against(run, file, file.shaped(text))
        return why and self._against(run, file, file.shaped(text, forward=True)) and why

    def _against(self, run: Run, file: FontFile, shaped: Shaped) -> str:
        wanted = [
            (contour, glyph.gid, number, glyph.x, glyph.y)
            for glyph in shaped.glyphs
            for number, contour in enumerate(file.contours(glyph.gid))
        ]
        em, at, strayed, waited = file.upem, 0, 0.0, 0
        points = 1000 / run.size
        for sign in run.signs:
            drawn = run.font.contours(sign.code)
            waited += 1
            if not drawn:
                continue
            own = wanted[at : at + len(drawn)]
            at += len(drawn)
            if len(own) < len(drawn):
                return f"{run.font.texts[sign.code]!r} draws more than HarfBuzz"
            x = own[0][3]
            key = (id(run.font), sign.code, *((gid, n, gx - x, gy) for _c, gid, n, gx, gy in own))
            if key not in self._known:
                moved = [(contour, gx - x, gy) for contour, _gid, _n, gx, gy in own]
                self._known[key] = _same(drawn, moved, em)
            if not self._known[key]:
                return f"{run.font.texts[sign.code]!r} is drawn otherwise"
            # Where the first outline begins, against where HarfBuzz begins it, spacing left aside.
            pen = (sign.x - sign.spread - run.x) * points + drawn[0][0][1][0] * 1000 / em
            stray = pen - (x + own[0][0][0][1][0]) * 1000 / em
            if abs(stray - strayed) > _STEP * waited + 0.05:
                return f"{run.font.texts[sign.code]!r} strays by {stray - strayed:.2f} thousandths"
            strayed, waited = stray, 0
        return "" if at == len(wanted) else f"{len(wanted) - at} outlines of HarfBuzz's are not drawn"


def _same(drawn: Sequence[Contour], wanted: Sequence[tuple[Contour, int, int]], em: int) -> bool:
    """Whether outlines are alike but for one common shift to the side."""
    shift = wanted[0][0][0][1][0] + wanted[0][1] - drawn[0][0][1][0]
    for contour, (other, dx, dy) in zip(drawn, wanted, strict=True):
        if len(contour) != len(other):
            return False
        for (kind, points), (kind_, points_) in zip(contour, other, strict=True):
            if kind != kind_:
                return False
            for n, (value, value_) in enumerate(zip(points, points_, strict=True)):
                moved = value_ + (dy if n % 2 else dx) - (0 if n % 2 else shift)
                if abs(value - moved) * 1000 / em > _UNIT:
                    return False
    return True


def lent_rightly(line: Sequence[Run], font: str) -> str:
    """What is wrong with who draws which letter: the typeface's own font all it can, the lender what that lacks."""
    own, lender = font_file(font).letters, font_file(LENDER).letters
    text = "".join(run.text for run in line)
    torn = _inside_of_clusters(text, own, lender)
    at = 0
    for run in line:
        for sign in run.signs:
            cluster = run.font.texts[sign.code]
            if at in torn and run.signs[0] is sign:
                return f"{cluster!r} is torn from what stands before it"
            at += len(cluster)
            lacked = [char for char in cluster if char not in own and not _invisible(char)]
            if run.font.name == LENDER != font and not lacked and not _beside_lent(text, at, own):
                return f"{cluster!r} is lent without need"
            if run.font.name != LENDER and lacked:
                return f"{cluster!r} is drawn by a font that lacks it"
            if run.font.name == LENDER and any(char in own and char not in lender for char in cluster):
                return f"{cluster!r} is lent by a font that lacks it"
    return ""


def _inside_of_clusters(text: str, *fonts: frozenset[str]) -> set[int]:
    """Places inside of clusters, but for those that no font of `fonts` can draw whole."""
    found: set[int] = set()
    at = 0
    for cluster in breaks.clusters(text):
        seen = [char for char in cluster if not _invisible(char)]
        if cluster[0] != " " and any(font.issuperset(seen) for font in fonts):
            found.update(range(at + 1, at + len(cluster)))
        at += len(cluster)
    return found


def _invisible(char: str) -> bool:
    return icu.Char.hasBinaryProperty(char, icu.UProperty.DEFAULT_IGNORABLE_CODE_POINT)


def _beside_lent(text: str, at: int, own: frozenset[str]) -> bool:
    """Whether the word that ends at or after `at` has a letter that the font lacks: such words are lent whole."""
    start = text.rfind(" ", 0, max(at - 1, 0)) + 1
    end = text.find(" ", at)
    return any(char not in own for char in text[start : end if end >= 0 else len(text)])


def sheet(texts: Iterable[str], typeface: Typeface) -> bytes:
    """Each text on a line of its own, as a page shows them."""
    look = Look(typeface, _SIZE)
    drawn = Sheet((14_000, _LINES * 30 + 40), "")
    for number, text in enumerate(texts):
        if number and number % _LINES == 0:
            drawn.showPage()
        drawn.show(20, (_LINES - number % _LINES) * 30, text, look)
    return drawn.finish()


def wrong_shapes(texts: Sequence[str], typeface: Typeface) -> Iterator[Wrong]:
    """Those of `texts` that a page draws, or says, otherwise than it must in `typeface`."""
    texts = [text for text in texts if plain(text).strip()]
    judge = Judge()
    lines = [line for page in read(sheet(texts, typeface)) for line in page.lines()]
    assert len(lines) == len(texts)
    for text, line in zip(texts, lines, strict=True):
        shown = plain(text).replace("\n", " ").replace("\ufeff", "\u2060")  # its name of today
        said = "".join(run.text for run in line)
        why = "" if said == shown else f"says {said!r}"
        why = why or lent_rightly(line, typeface.name) or next(filter(None, map(judge.run, _in_one_font(line))), "")
        if why:
            yield Wrong(text, typeface.name, why)


def _in_one_font(line: Sequence[Run]) -> Iterator[Run]:
    """Runs that follow each other in one font as one, for HarfBuzz to shape them at once."""
    waiting: Run | None = None
    for run in line:
        if waiting and waiting.font is run.font and waiting.size == run.size:
            waiting = _joined(waiting, run)
            continue
        if waiting:
            yield waiting
        waiting = run
    if waiting:
        yield waiting


def _joined(one: Run, other: Run) -> Run:
    return Run(one.font, one.size, one.x, one.y, one.signs + other.signs, other.end, one.thick)


__all__ = ["EmbeddedFont", "Judge", "Wrong", "lent_rightly", "sheet", "wrong_shapes"]
