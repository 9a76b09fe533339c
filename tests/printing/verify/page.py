"""What a PDF draws, read from the file alone: codes and where the pen stands, the embedded fonts, lines and boxes.

As much of ISO 32000 as our pages use: 8.4 graphics state, 9.3 text state, 9.7 composite fonts.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import pypdf
import uharfbuzz as hb
from pypdf.generic import ContentStream

from tests.printing.verify.outlines import Contour, contours

Matrix = tuple[float, float, float, float, float, float]
_UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_CHAR = re.compile(r"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]*)>")


def _times(a: Matrix, b: Matrix) -> Matrix:
    return (
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    )


class EmbeddedFont:
    """A composite font as it stands in the file."""

    def __init__(self, entries: Any) -> None:
        assert entries["/Subtype"] == "/Type0"
        assert entries["/Encoding"] == "/Identity-H"
        below = entries["/DescendantFonts"][0].get_object()
        descriptor = below["/FontDescriptor"]
        self.tag, _plus, self.name = str(entries["/BaseFont"]).removeprefix("/").partition("+")
        self.file: bytes = descriptor["/FontFile2"].get_data()
        self._face = hb.Face(self.file)
        self._font = hb.Font(self._face)
        self.upem: int = self._face.upem
        self._gids: bytes = below["/CIDToGIDMap"].get_data()
        self.widths = dict(self._read_widths(below.get("/W", [])))
        self.default_width = float(below.get("/DW", 1000))
        cmap = entries["/ToUnicode"].get_data().decode("ascii").partition("endcodespacerange")[2]
        self.texts = {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in _CHAR.findall(cmap)}
        self._contours: dict[int, tuple[Contour, ...]] = {}

    @staticmethod
    def _read_widths(entries: Any) -> Iterator[tuple[int, float]]:
        for first, widths in zip(entries[::2], entries[1::2], strict=True):
            for place, width in enumerate(widths.get_object()):
                yield int(first) + place, float(width)

    def width(self, code: int) -> float:
        """In thousandths of an em."""
        return self.widths.get(code, self.default_width)

    def gid(self, code: int) -> int:
        return int(struct.unpack_from(">H", self._gids, 2 * code)[0])

    def contours(self, code: int) -> tuple[Contour, ...]:
        """The outlines that the code draws, in units of the font."""
        found = self._contours.get(code)
        if found is None:
            found = self._contours[code] = contours(self._font, self.gid(code))
        return found


@dataclass(frozen=True)
class Sign:
    """One code on the page. `x` is where its origin stands; `spread` what spacing has added to that within its run."""

    code: int
    x: float
    spread: float


@dataclass(frozen=True)
class Run:
    """Codes shown one after another in one font on one line; lengths in points of the page."""

    font: EmbeddedFont
    size: float
    x: float
    y: float
    signs: tuple[Sign, ...]
    end: float
    thick: bool

    @cached_property
    def text(self) -> str:
        return "".join(self.font.texts[sign.code] for sign in self.signs)


@dataclass
class Page:
    """`rules` and `boxes` count painted paths: stroked, and filled."""

    width: float
    height: float
    runs: list[Run] = field(default_factory=list)
    rules: int = 0
    boxes: int = 0

    def lines(self) -> list[list[Run]]:
        """Runs that stand side by side where the one before ends."""
        out: list[list[Run]] = []
        for run in self.runs:
            last = out[-1][-1] if out else None
            if last and abs(last.y - run.y) < 0.01 and abs(last.end - run.x) < 0.05:
                out[-1].append(run)
            else:
                out.append([run])
        return out


@dataclass(frozen=True)
class _State:
    matrix: Matrix = _UNIT
    font: EmbeddedFont | None = None
    size: float = 0.0
    spacing: float = 0.0
    rise: float = 0.0
    mode: int = 0


class _Reader:
    """Follows the operators of one page."""

    def __init__(self, page: Page, fonts: dict[str, EmbeddedFont]) -> None:
        self._page, self._fonts = page, fonts
        self._state, self._kept = _State(), list[_State]()
        self._text = self._line = _UNIT
        self._leading = 0.0

    def take(self, operator: str, operands: Any) -> None:
        state = self._state
        if operator == "q":
            self._kept.append(state)
        elif operator == "Q":
            self._state = self._kept.pop()
        elif operator == "cm":
            self._state = replace(state, matrix=_times(_matrix(operands), state.matrix))
        elif operator == "Tf":
            self._state = replace(state, font=self._fonts.get(str(operands[0])), size=float(operands[1]))
        elif operator == "Tc":
            self._state = replace(state, spacing=float(operands[0]))
        elif operator == "Tr":
            self._state = replace(state, mode=int(operands[0]))
        elif operator in ("S", "s", "B", "b"):
            self._page.rules += 1
        elif operator in ("f", "F", "f*"):
            self._page.boxes += 1
        elif operator in ("Tw", "Tz", "Ts", "'", '"', "Do", "INLINE IMAGE"):
            assert operator in ("Do", "INLINE IMAGE") or not any(map(float, operands)), operator
        else:
            self._place(operator, operands)

    def _place(self, operator: str, operands: Any) -> None:
        if operator == "BT":
            self._text = self._line = _UNIT
        elif operator == "Tm":
            self._text = self._line = _matrix(operands)
        elif operator == "TL":
            self._leading = float(operands[0])
        elif operator in ("Td", "TD", "T*"):
            x, y = (0.0, -self._leading) if operator == "T*" else map(float, operands)
            if operator == "TD":
                self._leading = -y
            self._text = self._line = _times((1, 0, 0, 1, x, y), self._line)
        elif operator == "Tj":
            self._show(operands)
        elif operator == "TJ":
            self._show(operands[0])

    def _show(self, strings: Any) -> None:
        state = self._state
        font = state.font
        assert font, "text in a font that is not embedded as ours are"
        start = _times(self._text, state.matrix)
        scale = start[0]
        signs, at, spread = [], 0.0, 0.0
        for one in strings:
            if isinstance(one, int | float):
                at, spread = at - float(one) / 1000 * state.size, spread - float(one) / 1000 * state.size
                continue
            codes: bytes = one.original_bytes
            for (code,) in struct.iter_unpack(">H", codes):
                signs.append(Sign(code, start[4] + at * scale, spread * scale))
                at += font.width(code) / 1000 * state.size + state.spacing
                spread += state.spacing
        self._text = _times((1, 0, 0, 1, at, 0), self._text)
        shown = tuple(signs)
        end = start[4] + at * scale
        self._page.runs.append(Run(font, state.size * scale, start[4], start[5], shown, end, state.mode == 2))


def _matrix(operands: Any) -> Matrix:
    a, b, c, d, e, f = map(float, operands)
    return (a, b, c, d, e, f)


def read(document: bytes) -> list[Page]:
    """The pages of a file made by our engine."""
    reader = pypdf.PdfReader(io.BytesIO(document))
    fonts: dict[int, EmbeddedFont] = {}
    pages = []
    for page in reader.pages:
        known = {}
        named = page["/Resources"].get("/Font", {})
        for name, entries in named.items():
            if entries["/Subtype"] == "/Type0":
                key = named.raw_get(name).idnum
                if key not in fonts:
                    fonts[key] = EmbeddedFont(entries)
                known[name] = fonts[key]
        pages.append(Page(float(page.mediabox.width), float(page.mediabox.height)))
        follow = _Reader(pages[-1], known)
        content = page.get_contents()
        for operands, operator in [] if content is None else ContentStream(content, reader).operations:
            follow.take(operator.decode("latin-1"), operands)
    return pages
