"""`python -m tests.bench.runthrough`: the story's meeting, from its facts to three papers, here and in LibreOffice.

The same meeting is typed twice, both times by real key events into the real program, and every key is counted: letters,
keys that lead on (Tab, arrows, Enter, shortcuts; one each, however many fingers) and clicks. `runthrough_ours` drives
our window, `runthrough_writer` Writer with a Word template, and each says its steps. Then both papers are read: whether
all is on them, and how much of it a search finds.

The words are the same but for what one side does by itself. Ours is told the state and sort of the meeting by an arrow
each; it reckons counts, quorum and the day of the moon, knows people by their first letters, and repeats subject,
names and follow-ups on all three papers. In Writer these are typed, as far as the template asks for them: its papers
say less.

It needs the programs that `runthrough_writer` names; without them only our half is told. Two minutes, nearly all of
them Writer's, which is given time after each key.
"""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tests.bench import runthrough_writer
from tests.printing.reading import squeezed, whole
from tests.ui import consultation
from tests.ui.meeting_hands import CLOSING, GUEST, MINUTES, OPENING, PRESENTATION, VENUE

ROWS = ("facts", "agenda", "people", "presentation", "remarks", "follow-ups", "words", "papers")
WORDS = {"words": "opening, closing, signatures", "papers": "three papers as PDF"}


class Keys(Protocol):
    """What both sides count."""

    letters: int
    steps: int


@dataclass
class Count:
    letters: int
    steps: int
    clicks: int = 0

    @property
    def all(self) -> int:
        return self.letters + self.steps + self.clicks


def total(parts: Iterable[Keys]) -> Count:
    found = list(parts)
    clicks = sum(getattr(one, "clicks", 0) for one in found)
    return Count(sum(one.letters for one in found), sum(one.steps for one in found), clicks)


def texts() -> list[str]:
    """What must be on the papers."""
    people = [name for _title, name, *_rest in consultation.PEOPLE]
    agenda = [title for title, *_rest in consultation.AGENDA]
    said = [text for _who, text, _disposition in consultation.INPUTS]
    decided = [text for text, *_rest in consultation.FOLLOW_UPS]
    facts = [consultation.SUBJECT, VENUE, MINUTES, PRESENTATION, OPENING, CLOSING, GUEST]
    return [*facts, *people, *agenda, *said, *decided]


def read(files: Iterable[Path]) -> tuple[int, int]:
    """How many of the texts are on these pages letter by letter, in any order, and how many a search finds."""
    pages = "".join(whole(file.read_bytes()) for file in files).replace("\u200b", "")
    there = Counter(pages)
    wanted = [squeezed(text) for text in texts()]
    return sum(not Counter(text) - there for text in wanted), sum(text in pages for text in wanted)


def kept_in(file: Path) -> int:
    """How many of the texts Writer's own file holds as they were typed."""
    import docx

    cells = [cell.text for table in docx.Document(str(file)).tables for row in table.rows for cell in row.cells]
    return sum(any(text in cell for cell in cells) for text in texts())


def line(words: str, *numbers: object) -> str:
    return f"{words:34}" + "".join(f"{number:>10}" for number in numbers)


def told(ours: Mapping[str, Keys], theirs: Mapping[str, Keys]) -> list[str]:
    """The table, a part a line."""
    head = line("", "cpdesk", "", "Writer", "", "")
    lines = [head, line("", "letters", "keys", "letters", "keys", "clicks")]
    for name in ROWS:
        mine, their = total([ours[name]]), total([theirs[name]]) if theirs else Count(0, 0)
        words = WORDS.get(name, name)
        lines.append(line(words, mine.letters, mine.steps, their.letters, their.steps, their.clicks))
    return lines


def compare(ours: Mapping[str, Keys], theirs: Mapping[str, runthrough_writer.Hand]) -> list[str]:
    first = total([ours["first day"]])
    mine, their = total(ours[name] for name in ROWS), total(theirs.values())
    again = sum(hand.again for hand in theirs.values())
    reckoned = [one for hand in theirs.values() for one in hand.reckoned]
    known = their.all - total([theirs["people"]]).all + runthrough_writer.with_known_people()
    return [
        line("all", mine.letters, mine.steps, their.letters, their.steps, their.clicks),
        "",
        f"one meeting: {mine.all} against {their.all}, {their.all / mine.all:.2f} times as many in Writer",
        f"the first, with people and committee: {mine.all + first.all} against {their.all}, "
        f"{their.all / (mine.all + first.all):.2f} times",
        f"beside last meeting's file, whose sheet keeps all people: {known}, {known / mine.all:.2f} times",
        f"typed again in Writer, for it stands elsewhere on the papers: {again} letters; here 0",
        f"counted or looked up by hand in Writer: {len(reckoned)} ({' · '.join(reckoned)}); here 0",
    ]


def main() -> None:
    missing = runthrough_writer.missing()
    with tempfile.TemporaryDirectory() as place:
        os.environ["CPDESK_HOME"] = str(Path(place, "home"))
        theirs, paper = ({}, None) if missing else runthrough_writer.run(Path(place, "writer"))
        from tests.bench import runthrough_ours

        ours, files = runthrough_ours.run(Path(place, "ours"))
        lines = told(ours, theirs)
        lines += compare(ours, theirs) if theirs else [f"no Writer here: {', '.join(missing)}"]
        seconds = sum(ours[name].seconds for name in ROWS)
        lines.append(f"time that cpdesk took to answer {total(ours[name] for name in ROWS).all} keys: {seconds:.1f} s")
        wanted = len(texts())
        for who, papers in (("cpdesk", files), ("Writer", [paper] if paper else [])):
            if papers:
                there, found = read(papers)
                lines.append(f"{who}: {there} of {wanted} texts are on the PDF, a search finds {found}")
        if paper:
            lines.append(f"Writer's own file holds {kept_in(paper.with_suffix('.docx'))} of {wanted}")
        print("\n".join(lines), flush=True)


if __name__ == "__main__":
    main()
