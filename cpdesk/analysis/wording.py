"""Two wordings of a text side by side: which words stand in both, which are gone and which are new.

Khmer has no spaces between words: ICU tells them apart (`khmer.breaks`), as it does for line ends. First whole
paragraphs are matched, then the words of those that are left between them, so that a long text costs little.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

from cpdesk.khmer.breaks import pieces

EQUAL, GONE, NEW = "equal", "gone", "new"
MOST_WORDS = 4000  # on both sides of one stretch; a longer one is told as gone and new as a whole
Words = Sequence[str]


@dataclass(frozen=True)
class Span:
    """A stretch of a text; joined, the spans of a side are its text."""

    text: str
    state: str


@dataclass(frozen=True)
class Compared:
    """`before` in spans "equal" and "gone", `after` in spans "equal" and "new"."""

    before: tuple[Span, ...]
    after: tuple[Span, ...]


def compare(before: str, after: str) -> Compared:
    """What was changed from one wording to the other."""
    left: list[Span] = []
    right: list[Span] = []
    for one, other in _stretches(_lines(before), _lines(after)):
        if one == other:
            left.append(Span("".join(one), EQUAL))
            right.append(Span("".join(other), EQUAL))
        else:
            _words(left, right, _parted(one), _parted(other))
    return Compared(_joined(left), _joined(right))


def against(before: str, sides: Iterable[str]) -> list[Compared]:
    """Each side of a difference against the wording that all of them replaced."""
    return [compare(before, side) for side in sides]


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _parted(lines: Words) -> list[str]:
    """The words, each space behind one by itself: it is no part of the word."""
    found: list[str] = []
    for piece in pieces("".join(lines)):
        word = piece.rstrip()
        found += [part for part in (word, piece[len(word) :]) if part]
    return found


def _words(left: list[Span], right: list[Span], one: Words, other: Words) -> None:
    if len(one) + len(other) > MOST_WORDS:
        left.append(Span("".join(one), GONE))
        right.append(Span("".join(other), NEW))
        return
    for mine, theirs in _stretches(one, other):
        equal = mine == theirs
        left.append(Span("".join(mine), EQUAL if equal else GONE))
        right.append(Span("".join(theirs), EQUAL if equal else NEW))


def _stretches(one: Words, other: Words) -> Iterator[tuple[Words, Words]]:
    """Pairs of stretches, equal ones and those between them, in order."""
    for _tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        yield one[a:b], other[c:d]


def _joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Without empty ones, and neighbours of one state made one."""
    whole = (span for span in spans if span.text)
    return tuple(
        Span("".join(span.text for span in several), state) for state, several in groupby(whole, lambda s: s.state)
    )
