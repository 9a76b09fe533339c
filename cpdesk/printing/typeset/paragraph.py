"""Paragraphs of Khmer: lines that end where words end, even margins, bold and underlined stretches, cut over pages.

Text is plain: what looks like markup is printed as it stands. What is bold or underlined is said by `Run` objects.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, groupby, takewhile
from typing import Literal, NamedTuple

from cpdesk.khmer import breaks
from cpdesk.printing.typeset.canvas import NO_GAPS, Gaps, Look, SetLine, Sheet, Stretch
from cpdesk.printing.typeset.flow import Block
from cpdesk.printing.typeset.shaping import Cluster, units
from cpdesk.printing.typeset.tags import Element
from cpdesk.printing.typeset.typeface import Part, plain

Align = Literal["left", "centre", "right", "even"]
_LONGEST_PIECE = 60  # letters; a longer word may end a line anywhere between two clusters
_LONGEST_GLUED = 72  # letters; a longer row of signs that begin or end no line may do so all the same
# What justification may add, in ems: first at spaces, then after every cluster; a line that needs more stays ragged.
# Wider spaces (0.7 in all) read as columns, wider clusters (0.1) as words, when a viewer copies the text.
_AT_SPACE, _AT_CLUSTER = 0.35, 0.095
_ADDRESS = re.compile("(https?://|mailto:)[^\\s\x00-\x1f]+$", re.IGNORECASE)
_MOST_KNOWN = 20_000  # words that are kept as they were set, for each look
_MOST_BALANCED = 5  # lines of a centred text that are made of like length
_ORPHANS = 2  # lines that a cut leaves together on either side
_RUNT = 3.0  # ems; a last line that is shorter takes a word from the one above it


@dataclass(frozen=True)
class Style:
    """How a paragraph looks. `leading` from baseline to baseline, indents and distances in points."""

    look: Look
    leading: float
    align: Align = "left"
    left: float = 0.0
    right: float = 0.0
    first: float = 0.0
    before: float = 0.0
    after: float = 0.0
    with_next: bool = False
    page_before: bool = False


class Run(NamedTuple):
    """A stretch of text with a look of its own, or with the paragraph's.

    `link` is an address that it leads to: https, http or mailto; any other leads nowhere.
    """

    text: str
    look: Look | None = None
    link: str = ""


class Word(NamedTuple):
    """What a line takes whole. `width` with the spaces behind it, `ink` without, in points.

    `clusters`, `spaces` and `tail` count all clusters, those that are a space, those spaces behind it.
    """

    stretches: tuple[Stretch, ...]
    width: float
    ink: float
    clusters: int
    spaces: int
    tail: int


class Line(NamedTuple):
    """`width` is that of the ink; `last` lines of a text are never stretched."""

    words: tuple[Word, ...]
    width: float
    last: bool


class Paragraph(Block):
    """A text in one style. `label` (a number, a bullet) stands in the indent before the first line.

    `outline` names the paragraph in the document's outline, on the `level` 0 or below. `tag` is what it is for a voice
    that reads the page ("P", "H1", "H2" …): a heading of its level where it has an outline, else a paragraph.
    """

    marks_itself = True

    def __init__(
        self,
        text: str | Sequence[Run],
        style: Style,
        label: str = "",
        outline: str = "",
        label_at: float = 0.0,
        level: int = 0,
        tag: str = "",
    ) -> None:
        self._runs = (Run(text),) if isinstance(text, str) else tuple(text)
        self.style = style
        self.before, self.after, self.with_next = style.before, style.after, style.with_next
        self.page_before = style.page_before
        self._label, self._label_at, self._outline, self._level = label, label_at, outline, level
        self._tag = tag or (f"H{level + 1}" if outline else "P")
        self._origin: object = self  # parts on several pages are one paragraph
        self._item = bool(label)  # one of a list
        self._laid: tuple[float, list[Line]] | None = None
        self._words: list[Word | None] | None = None  # known before the width is

    def least(self) -> float:
        """The width that the longest word asks for."""
        return max([word.ink for word in self._read() if word], default=0.0) + self.style.left + self.style.right

    def most(self) -> float:
        """A width in which the text needs no more lines than it has line ends."""
        return sum([word.width for word in self._read() if word]) + self.style.left + self.style.right

    def _read(self) -> list[Word | None]:
        """The words, kept until the lines are known."""
        if self._words is None:
            self._words = words(self._runs, self.style.look)
        return self._words

    def lines(self, width: float) -> list[Line]:
        if self._laid is None or self._laid[0] != width:
            style = self.style
            room = width - style.left - style.right
            items = self._read()
            lines = _lay(items, room - style.first, room)
            if style.align == "centre" and 1 < len(lines) <= _MOST_BALANCED:
                lines = _balanced(items, lines, room)
            elif style.align == "even" and len(lines) > 1:
                _feed_runts(lines, room - style.first, room, style.look.size)
            self._laid, self._words = (width, lines), None
        return self._laid[1]

    def height(self, width: float) -> float:
        return len(self.lines(width)) * self.style.leading

    def split(self, width: float, room: float, forced: bool) -> tuple[Block, Block] | None:
        lines = self.lines(width)
        fits = min(int((room + 0.01) / self.style.leading), len(lines) - 1)
        good = min(fits, len(lines) - _ORPHANS)
        if good >= _ORPHANS:
            fits = good
        elif not forced or fits < 1:
            return None
        upper = self._cut(width, lines[:fits], self.style)
        lower = self._cut(width, lines[fits:], replace(self.style, first=0.0, before=0.0, page_before=False))
        upper._label, upper._label_at = self._label, self._label_at
        upper._outline, upper._level = self._outline, self._level
        upper.after = 0.0
        return upper, lower

    def tail(self, width: float) -> tuple[Block, Block] | None:
        lines = self.lines(width)
        if len(lines) < 2 * _ORPHANS:
            return None
        return self.split(width, (len(lines) - _ORPHANS) * self.style.leading, forced=False)

    def _cut(self, width: float, lines: list[Line], style: Style) -> Paragraph:
        part = Paragraph((), style)
        part._runs, part._tag, part._origin, part._item = self._runs, self._tag, self._origin, self._item
        part._laid = (width, lines)
        return part

    def paint(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        style, look = self.style, self.style.look
        if self._outline:
            sheet.outline(self._outline, top, self._level)
        face = look.typeface.face
        drop = (style.leading - (face.ascent - face.descent) * look.size) / 2 + face.ascent * look.size
        y, first = top - drop, style.first
        set_lines = []
        for line in self.lines(width):
            room = width - style.left - style.right - first
            start = x + style.left + first
            if style.align in ("centre", "right"):
                start += (room - line.width) * (0.5 if style.align == "centre" else 1.0)
            gaps = _gaps(line, room, look.size) if style.align == "even" else NO_GAPS
            stretches = [s for word in line.words for s in word.stretches]
            if line.last and stretches:  # some viewers run short paragraphs together unless a space parts them
                stretches.append(Stretch(look, look.typeface.parts(" ")))
            set_lines.append(SetLine(start, y, stretches, gaps))
            y, first = y - style.leading, 0.0
        if any(line.stretches for line in set_lines):
            sheet.show_lines(set_lines, self._element(sheet, x + self._label_at, top - drop))

    def _element(self, sheet: Sheet, label_x: float, label_y: float) -> Element | None:
        """What the text belongs to, for a voice that reads it; a label is painted on the way."""
        tags = sheet.tags
        if tags.inside is None:
            if self._label:
                sheet.show(label_x, label_y, self._label, self.style.look)
            return None
        if self._item:
            label, body = tags.item(self.style.left, self._origin)
            if self._label:
                with sheet.marked(label):
                    sheet.show(label_x, label_y, self._label, self.style.look)
            return body
        return tags.inside if tags.inside.sole else tags.element(self._tag, self._origin)


def words(runs: Iterable[Run], look: Look) -> list[Word | None]:
    """The words of `runs` in order; None where a line must end."""
    out: list[Word | None] = []
    for number, line in enumerate(_text_lines(runs, look)):
        if number:
            out.append(None)
        text = "".join(text for text, _ in line)
        pieces: Iterable[str] = breaks.pieces(text)
        if len(text) > _LONGEST_PIECE:
            pieces = (part for piece in pieces for part in _short(piece))
        if len(line) == 1:
            out += _looked_up(pieces, line[0][1])
            continue
        ends = list(accumulate(len(text) for text, _ in line))
        looks = [own for _, own in line]
        at = 0
        for piece in pieces:
            out.append(_mixed_word(piece, at, ends, looks))
            at += len(piece)
    return out


def _looked_up(pieces: Iterable[str], look: Look) -> Iterator[Word]:
    known = _known(look)
    for piece in pieces:
        word = known.get(piece)
        if word is None:
            if len(known) > _MOST_KNOWN:
                known.clear()
            word = known[piece] = _made([(piece, look)])
        yield word


@lru_cache(maxsize=32)
def _known(look: Look) -> dict[str, Word]:  # noqa: ARG001
    """The words that have been set in `look`."""
    return {}


def _text_lines(runs: Iterable[Run], look: Look) -> Iterator[list[tuple[str, Look]]]:
    """`runs` cut at line ends, each line as stretches of text with their looks."""
    line: list[tuple[str, Look]] = []
    for run in runs:
        own = run.look or look
        if run.link and _ADDRESS.match(run.link):
            own = own._replace(link=run.link)
        first, *others = plain(run.text).split("\n")
        if first:
            line.append((first, own))
        for other in others:
            yield line
            line = [(other, own)] if other else []
    yield line


def _short(piece: str) -> Iterator[str]:
    if len(piece) <= _LONGEST_PIECE:
        yield piece
        return
    part = ""
    for unit in units(piece):
        if len(part) + len(unit) > _LONGEST_PIECE and (
            breaks.may_part((part.rstrip(" ") or part)[-1], unit[0]) or len(part) > _LONGEST_GLUED
        ):
            yield part
            part = ""
        part += unit
    yield part


def _mixed_word(piece: str, at: int, ends: list[int], looks: list[Look]) -> Word:
    """The word `piece`, which begins at the letter `at` of a line whose looks end at `ends`."""
    first = bisect_right(ends, at)
    if at + len(piece) <= ends[first]:
        return next(_looked_up((piece,), looks[first]))
    owners = (bisect_right(ends, at + i) for i in range(len(piece)))
    grouped = groupby(zip(piece, owners, strict=True), key=lambda pair: pair[1])
    stretches = [("".join(char for char, _ in group), looks[owner]) for owner, group in grouped]
    return _made(stretches)


def _made(stretches: list[tuple[str, Look]]) -> Word:
    made = []
    width = trailing = 0.0
    clusters = spaces = tail = 0
    for text, look in stretches:
        shown = breaks.without_zwsp(text)
        parts = look.typeface.parts(shown)
        made.append(Stretch(look, parts))
        for part in parts:
            width += part.width * look.size
            clusters, spaces = clusters + len(part.clusters), spaces + part.spaces
        bare = len(shown.rstrip(" "))
        behind = len(shown) - bare
        room = look.width(" " * behind) if behind else 0.0
        trailing, tail = (room, behind) if bare else (trailing + room, tail + behind)
    return Word(tuple(made), width, width - trailing, clusters, spaces, min(tail, spaces))


def _lay(items: Sequence[Word | None], first_room: float, room: float) -> list[Line]:
    """Lines as full as they can be."""
    lines: list[Line] = []
    line: list[Word] = []
    used = 0.0

    def end(last: bool) -> None:
        nonlocal line, used
        width = used - (line[-1].width - line[-1].ink) if line else 0.0
        lines.append(Line(tuple(line), width, last))
        line, used = [], 0.0

    for item in items:
        if item is None:
            end(last=True)
            continue
        if not item.clusters:
            continue  # an invisible space by itself makes no line
        limit = (room if lines else first_room) + 0.01
        if line and used + item.ink > limit:
            end(last=False)
            limit = room + 0.01
        for word in (item,) if item.ink <= limit else _clusters(item, min(first_room, room)):
            if line and used + word.ink > (room if lines else first_room) + 0.01:
                end(last=False)
            line.append(word)
            used += word.width
    if line or not lines or items[-1] is None:
        end(last=True)
    return lines


def _feed_runts(lines: list[Line], first_room: float, room: float, size: float) -> None:
    """No text ends in a line of a syllable or two, if the line above can spare a word and stays even."""
    for place in range(1, len(lines)):
        above, line = lines[place - 1], lines[place]
        if line.last and not above.last and line.words and line.width < _RUNT * size and len(above.words) > 1:
            *kept, moved = above.words
            width = sum([word.width for word in kept[:-1]]) + kept[-1].ink
            spared = Line(tuple(kept), width, False)
            longer = Line((moved, *line.words), moved.width + line.width, True)
            limit = first_room if place == 1 else room
            if longer.width <= room and _gaps(spared, limit, size) != NO_GAPS:
                lines[place - 1], lines[place] = spared, longer


def _balanced(items: Sequence[Word | None], lines: list[Line], room: float) -> list[Line]:
    """As many lines as `lines`, but of like length: no title ends in a lonely word."""
    narrow, wide = room / len(lines), room
    while wide - narrow > 2:
        middle = (narrow + wide) / 2
        tried = _lay(items, middle, middle)
        if len(tried) > len(lines):
            narrow = middle
        else:
            lines, wide = tried, middle
    return lines


def _clusters(word: Word, room: float) -> Iterator[Word]:
    """`word`, longer than a line, cluster by cluster; signs that begin or end no line stay with a neighbour."""
    waiting: list[Word] = []
    used, last = 0.0, ""  # how long those are that wait, and what stands last but for spaces
    for one in _single(word):
        text = one.stretches[0].parts[0].text
        if waiting and (breaks.may_part(last, text[0]) or used + one.ink > room):
            yield _joined(waiting)
            waiting, used = [], 0.0
        waiting.append(one)
        used += one.width
        if not one.tail or not last:
            last = text[-1]
    yield _joined(waiting)


def _joined(several: list[Word]) -> Word:
    if len(several) == 1:
        return several[0]
    stretches = tuple(stretch for word in several for stretch in word.stretches)
    width, spaces = sum(word.width for word in several), sum(word.spaces for word in several)
    behind = list(takewhile(lambda word: word.tail, reversed(several)))
    ink = width - sum(word.width for word in behind)
    return Word(stretches, width, ink, len(several), spaces, len(behind))


def _single(word: Word) -> Iterator[Word]:
    """`word` as one word for each cluster; the same sign in the same look is the same word."""
    for look, parts in word.stretches:
        for part in parts:
            made: dict[Cluster, Word] = {}
            for cluster in part.clusters:
                one = made.get(cluster)
                if one is None:
                    one = made[cluster] = _alone(look, part, cluster)
                yield one


def _alone(look: Look, part: Part, cluster: Cluster) -> Word:
    width = part.face.width(cluster) * part.scale / 1000
    space = int(cluster.text == " ")
    alone = Part(part.face, part.scale, part.stroke, cluster.text, (cluster,), width, space)
    points = width * look.size
    return Word((Stretch(look, (alone,)),), points, 0.0 if space else points, 1, space, space)


def _gaps(line: Line, room: float, size: float) -> Gaps:
    """What brings `line` to the width of `room`: spaces first, then a little after every cluster."""
    missing = room - line.width
    if line.last or missing <= 0:
        return NO_GAPS
    clusters, spaces = sum(word.clusters for word in line.words), sum(word.spaces for word in line.words)
    for word in reversed(line.words):  # spaces at the line's end take no part
        clusters, spaces = clusters - word.tail, spaces - word.tail
        if word.tail < word.clusters:
            break
    between = max(clusters - 1, 1)
    space = min(missing, _AT_SPACE * size * spaces)
    cluster = (missing - space) / between
    if cluster > _AT_CLUSTER * size:
        return NO_GAPS
    return Gaps(space / spaces if spaces else 0.0, cluster)
