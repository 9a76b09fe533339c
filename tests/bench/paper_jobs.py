"""What the typesetting programs are given: minutes of a page, a report of a hundred pages, a plain list of words.

The texts are the program's own Khmer sentences, so that few lines are alike, in an order that a seed gives.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from cpdesk.khmer import breaks, digits
from cpdesk.paths import FONTS
from tests.printing.reading import hard_words
from tests.printing.verify.corpus import catalogues, places

Block = tuple[str, Any]
_LONG = 40  # letters; a shorter string is a label, no sentence
_COLUMNS = 5
_WORDS = 400


def _sentences() -> Iterator[str]:
    """Khmer sentences without end, all different until they have all been said."""
    said = [text for text in catalogues() if "{" not in text and "%" not in text and "\n" not in text]
    said = [text for text in said if len(text) > _LONG and _khmer(text) and not set(text) & set("“”–…→×")]
    random.Random(4).shuffle(said)
    return cycle(said)


def _khmer(text: str) -> bool:
    return all("\u1780" <= char <= "\u17ff" or char in " ,.()/-" for char in text)


def _table(said: Iterator[str], rows: int) -> Block:
    names = cycle(name for name in places() if _khmer(name))
    head = ["ល.រ", "ទីកន្លែង", "ចំនួនកុមារ", "បញ្ហាប្រឈម", "ទិសដៅបន្ត"]
    body = [
        [digits.count(n, "km"), next(names), digits.count(n * 137, "km"), next(said)[:60], next(said)[:40]]
        for n in range(1, rows + 1)
    ]
    return "table", [head, *body]


def minutes() -> list[Block]:
    """About a page."""
    said = _sentences()
    blocks: list[Block] = [("title", "កំណត់ហេតុ")]
    for n in range(1, 4):
        blocks += [("head", f"{digits.count(n, 'km')}. របៀបវារៈ"), ("text", " ".join(islice(said, 5)))]
    return [*blocks, _table(said, 4)]


def report(sections: int = 99) -> list[Block]:
    """About a hundred pages: each section a heading, paragraphs and a table."""
    said = _sentences()
    blocks: list[Block] = [("title", "របាយការណ៍")]
    for n in range(1, sections + 1):
        blocks.append(("head", f"{digits.count(n, 'km')}. វឌ្ឍនភាពតាមសកម្មភាព"))
        blocks += [("text", " ".join(islice(said, 5))) for _paragraph in range(5)]
        blocks.append(_table(said, 6))
    return blocks


def prose() -> list[Block]:
    """Paragraphs alone, whose words have one order only."""
    said = _sentences()
    return [("title", "សេចក្តី"), *(("text", " ".join(islice(said, 5))) for _paragraph in range(60))]


def words() -> list[str]:
    """Words to be looked at one by one: the hard ones, and some of those that the program says."""
    found = dict.fromkeys(word for word in hard_words() if " " not in word)
    pieces = {piece.strip(" ,.()/-") for text in catalogues() if _khmer(text) for piece in breaks.pieces(text)}
    others = sorted(piece for piece in pieces if len(breaks.clusters(piece)) > 1 and _khmer(piece) and " " not in piece)
    return [*found, *random.Random(4).sample(others, _WORDS - len(found))]


def write(blocks: list[Block], path: Path) -> None:
    def broken(content: Any) -> Any:
        return breaks.with_zwsp(content) if isinstance(content, str) else [[broken(one) for one in r] for r in content]

    job = {"blocks": blocks, "broken": [(what, broken(content)) for what, content in blocks], "fonts": str(FONTS)}
    path.write_text(json.dumps(job))
