"""Where a line of Khmer may end.

Khmer sets no spaces between words. ICU knows the words; what it proposes is kept only where no cluster (a
letter with its subscripts, vowels and signs) is torn and no sign such as ។ or ៗ starts a line. Without ICU
a line ends between any clusters, which is how typewriters did it.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate, pairwise

try:
    import icu
except ImportError:  # a packed bundle or a system without wheels for it
    icu = None

ZWSP = "\u200b"
_COENG = "\u17d2"
_RANGES = ((0x17B4, 0x17D3), (0x17DD, 0x17DD), (0x300, 0x36F), (0x200C, 0x200D), (0xFE00, 0xFE0F))  # of marks
_MARKS = "".join(f"{chr(first)}-{chr(last)}" for first, last in _RANGES)
_CLUSTER = re.compile(f"\r\n|.(?:{_COENG}[\u1780-\u17b3]|[{_MARKS}])*", re.DOTALL)
_KHMER = re.compile("[\u1780-\u17ff]")
_NUMBER = re.compile("[0-9០-៩.,]+")
_INSIDE = frozenset(chr(code) for first, last in _RANGES for code in range(first, last + 1))
# No line starts with these, nor ends with those.
_NEVER_FIRST = frozenset("។៕៖ៗ៘៚៛…,.;:!?%)]}»”’ \t\n\r\u00a0" + ZWSP)
_NEVER_LAST = frozenset("([{«“‘\u00a0" + _COENG)
_own = threading.local()
_CACHED_LENGTH = 2000  # longer texts are not kept in the cache: they would fill the memory


def clusters(text: str) -> list[str]:
    """The smallest pieces that may be drawn, counted or deleted alone; joined they are `text`."""
    return _CLUSTER.findall(text)


def pieces(text: str) -> tuple[str, ...]:
    """The unbreakable pieces of `text` in order; a line may end after each. Spaces stay with what stands
    before them.

    Joined they are `text`. A long Latin word is one piece: a page that is too narrow for it falls back on
    `clusters`.
    """
    return _cached_pieces(text) if len(text) <= _CACHED_LENGTH else _pieces(text)


def with_zwsp(text: str) -> str:
    """`text` with an invisible space at every place where a line may end between Khmer letters, for Qt and
    the like.
    """
    if not _KHMER.search(text):
        return text
    parts = pieces(text)
    out = list(parts[:1])
    for before, after in pairwise(parts):
        last = before[-1]
        if not last.isspace() and last != ZWSP and (_KHMER.match(last) or _KHMER.match(after[0])):
            out.append(ZWSP)
        out.append(after)
    return "".join(out)


def without_zwsp(text: str) -> str:
    """`text` as it is kept and copied: without invisible spaces."""
    return text.replace(ZWSP, "")


@lru_cache(maxsize=8192)
def _cached_pieces(text: str) -> tuple[str, ...]:
    return _pieces(text)


def _pieces(text: str) -> tuple[str, ...]:
    if not text:
        return ()
    if _NUMBER.fullmatch(text):
        return (text,)
    proposed = _icu_breaks(text) if icu else _cluster_breaks(text)
    out, start, end = [], 0, len(text)
    for at in proposed:
        if 0 < at < end and may_part(text[at - 1], text[at]) and not _behind_opening(text, at):
            out.append(text[start:at])
            start = at
    out.append(text[start:])
    return tuple(out)


def may_part(before: str, after: str) -> bool:
    """Whether a line may end between two letters: no cluster is torn there, and no sign stands where it never does."""
    if after in _INSIDE or (before == "\r" and after == "\n"):
        return False
    if before in "\n\r":
        return True
    return before not in _NEVER_LAST and after not in _NEVER_FIRST


def _behind_opening(text: str, at: int) -> bool:
    """Whether only spaces, seen or not, stand between the place `at` and a sign that never ends a line: « កុមារ."""
    before = at - 1
    while before > 0 and text[before] in (" ", ZWSP):
        before -= 1
    return text[before] in _NEVER_LAST


def _icu_breaks(text: str) -> list[int]:
    # One for each thread: an iterator holds its text, and windows and their worker threads break lines at once.
    iterator = getattr(_own, "iterator", None)
    if iterator is None:
        iterator = _own.iterator = icu.BreakIterator.createLineInstance(icu.Locale("km"))
    units = icu.UnicodeString(text)
    iterator.setText(units)
    found: list[int] = list(iterator)
    if len(units) == len(text):
        return found
    # ICU counts UTF-16 units: characters beyond the first plane take two.
    widths = (2 if character > "\uffff" else 1 for character in text)
    position = {unit: index for index, unit in enumerate(accumulate(widths, initial=0))}
    return [position[unit] for unit in found if unit in position]


def _cluster_breaks(text: str) -> Iterator[int]:
    at = 0
    for cluster in clusters(text):
        if _KHMER.match(cluster) or (at and (text[at - 1].isspace() or _KHMER.match(text[at - 1]))):
            yield at
        at += len(cluster)
