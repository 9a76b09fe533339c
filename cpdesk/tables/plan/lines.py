"""The rows of a matrix under its head: which are objectives, outputs, activities, further indicators, and which are
nothing of the plan (blank rows, the numbering of columns, totals, signatures).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from cpdesk.khmer.digits import to_ascii
from cpdesk.khmer.spelling import fold
from cpdesk.tables.cells import Cell, Sheet, Span, blank, text_of
from cpdesk.tables.plan.headings import squeezed
from cpdesk.tables.plan.layout import Layout

OBJECTIVE, OUTPUT, ACTIVITY, INDICATOR = "objective", "output", "activity", "indicator"
PASSED, STRAY = "passed", "stray"
BANDS = (OBJECTIVE, OUTPUT)
_NUMBER = r"(?:ទី\s*)?(?:[0-9]+(?:\.[0-9]+)*|[ivx]+|[ក-អ])?"
_BAND = {
    OBJECTIVE: re.compile(
        rf"(?:គោលបំណង(?:យុទ្ធសាស្ត្រ|ជាក់លាក់|រួម)?|វត្ថុបំណង|យុទ្ធសាស្ត្រ|(?:strategic |specific )?objective|goal)\s*(?P<n>{_NUMBER})"
        r"\s*(?P<sep>[:៖.\-–—·)]+|\s|$)\s*",
        re.IGNORECASE,
    ),
    OUTPUT: re.compile(
        rf"(?:លទ្ធផល(?:រំពឹងទុក|ចុងក្រោយ)?|ទិន្នផល|(?:expected )?(?:output|result)|outcome)\s*(?P<n>{_NUMBER})"
        r"\s*(?P<sep>[:៖.\-–—·)]+|\s|$)\s*",
        re.IGNORECASE,
    ),
}
_CODE = re.compile(r"(?:[0-9]+|[ivx]+|[a-z])(?:\.[0-9]+)*\.?")
_TOTAL = tuple(map(squeezed, ("សរុប", "ផលបូក", "total", "grand total", "subtotal", "sum")))
_LONGEST_TOTAL = 60  # letters of a cell that are looked at
_FOOT = tuple(
    map(
        squeezed,
        ("បានឃើញ", "អ្នកធ្វើតារាង", "អ្នករៀបចំ", "រៀបចំដោយ", "ធ្វើនៅ", "ហត្ថលេខា", "អ្នកពិនិត្យ", "សម្គាល់", "កំណត់សម្គាល់",
         "prepared by", "approved by", "reviewed by", "signature", "seen and approved", "note"),
    )
)  # fmt: skip
_HIDDEN = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad")
_DATE_LINE = re.compile(r"ថ្ងៃ.*ខែ.*ឆ្នាំ")
# What a cell merged over several rows means for each of them; amounts and targets would be counted twice.
_SHARED = ("responsible", "partners", "places", "group", "quarters", "priority", "investment", "budget.source")


@dataclass(slots=True)
class Line:
    """A row (from 0) and what it is; `cells` are its values by key, with the column that each stands in."""

    at: int
    role: str
    text: str = ""
    code: str = ""
    id: str = ""
    cells: dict[str, tuple[int, Cell]] = field(default_factory=dict)
    text_column: int | None = None


def lines(sheet: Sheet, layout: Layout) -> Iterator[Line]:
    """Every row below the head, in order; objectives and outputs that stand in columns come as lines of their own."""
    return iter(_Reader(sheet, layout))


class _Reader:
    def __init__(self, sheet: Sheet, layout: Layout) -> None:
        self.sheet, self.layout = sheet, layout
        self.key_at = {at: one.key for at, one in layout.columns.items()}
        self.text_at = layout.column("text")
        self.code_at = layout.column("code")
        self.id_at = layout.column("id")
        self.shared: dict[tuple[int, int], Cell] = {}
        self.covered: set[tuple[int, int]] = set()
        self.wide: dict[tuple[int, int], Span] = {}
        for span in sheet.merged:
            self._span(span)
        self.depths = {self._depth(row) for row in range(layout.bottom + 1, len(sheet.rows))}
        self.above: dict[str, str] = {}  # the last text of the objective and output columns
        self.objectives = 0
        self.ended = False

    def _span(self, span: Span) -> None:
        if span.right > span.left:
            self.wide[span.top, span.left] = span
        if span.bottom > span.top:
            value = self.sheet.at(span.top, span.left)
            shared = self.key_at.get(span.left, "").startswith(_SHARED)
            for row in range(span.top + 1, min(span.bottom + 1, len(self.sheet.rows))):
                self.covered.add((row, span.left))
                if shared and not blank(value):
                    self.shared[row, span.left] = value

    def __iter__(self) -> Iterator[Line]:
        started = False
        for at in range(self.layout.bottom + 1, len(self.sheet.rows)):
            for line in self._row(at, started):
                started = started or line.role not in (PASSED, STRAY)
                yield line

    def _row(self, at: int, started: bool) -> Iterator[Line]:
        filled = {c: v for c, v in enumerate(self.sheet.rows[at]) if not blank(v) and c != self.id_at}
        if self.ended or not filled or self._numbers_columns(filled) or self._head_again(filled):
            yield Line(at, PASSED)
            return
        first = text_of(filled[min(filled)]).strip()
        if self._is_total(filled):
            yield Line(at, PASSED)
            return
        if started and self._is_foot(first, filled):
            self.ended = True
            yield Line(at, PASSED)
            return
        band = self._band(at, filled)
        if band is not None:
            self.objectives += band.role == OBJECTIVE
            self.above.clear()
            yield band
            return
        yield from self._column_bands(at)
        yield self._line(at)

    # -------- what is none of the plan

    def _numbers_columns(self, filled: dict[int, Cell]) -> bool:
        """១ ២ ៣ ៤ … under the head."""
        numbers = [to_ascii(text_of(cell)).strip(" ()") for cell in filled.values()]
        if len(numbers) < 4 or not all(n.isdigit() for n in numbers):
            return False
        values = [int(n) for n in numbers]
        return values == list(range(values[0], values[0] + len(values)))

    def _head_again(self, filled: dict[int, Cell]) -> bool:
        """The head once more, as it is copied to the top of each printed page."""
        same = sum(" ".join(text_of(cell).split()) in self.layout.paths.get(c, ()) for c, cell in filled.items())
        return same >= 3 and same * 10 >= len(filled) * 8

    def _is_total(self, filled: dict[int, Cell]) -> bool:
        """A row whose only words are those of a sum."""
        words = (cell for cell in filled.values() if isinstance(cell, str) and not _is_number(cell))
        first = next(words, "")
        return squeezed(first[:_LONGEST_TOTAL]).startswith(_TOTAL) and next(words, None) is None

    def _is_foot(self, first: str, filled: dict[int, Cell]) -> bool:
        texts = [text_of(cell) for cell in filled.values()]
        if len(filled) > 4:
            return False
        return squeezed(first).startswith(_FOOT) or any(_DATE_LINE.search(text) for text in texts)

    # -------- bands

    def _band(self, at: int, filled: dict[int, Cell]) -> Line | None:
        """An objective or output that has the row to itself, apart from its code and what is measured."""
        places = [c for c in filled if not self.key_at.get(c, "").startswith(("indicator.", "target.", "budget"))]
        if not places:
            return None
        columns = [c for c in places if c != self.code_at] or places
        if len(columns) > 1:
            return None
        column = columns[0]
        text = text_of(filled[column]).strip()
        folded = fold(text)
        coded = self.code_at is not None and self.code_at != column
        code = text_of(self.sheet.at(at, self.code_at or 0)).strip() if coded else ""
        role = next((role for role, words in _BAND.items() if (hit := words.match(folded)) and _says_band(hit)), None)
        if role is None:
            role = self._silent_band(at, column, code)
        if role is None:
            return None
        line = Line(at, role, _stripped(text, role), code, self._id(at), text_column=column)
        for c, key in self.key_at.items():
            if c in filled and key.startswith(("indicator.", "target.")):
                line.cells[key] = (c, filled[c])
        return line

    def _silent_band(self, at: int, column: int, code: str) -> str | None:
        """A band that does not say what it is: it runs over several columns, or its code is shorter than others."""
        depth = _depth(code)
        if depth in (1, 2) and any(d > depth for d in self.depths):
            return BANDS[depth - 1]
        span = self.wide.get((at, column))
        over = sum(span.left <= c <= span.right for c in self.key_at) if span else 0
        if over >= 3 or (over == len(self.key_at) > 1):
            return OUTPUT if self.objectives else OBJECTIVE
        if self.text_at is not None and column not in (self.text_at, self.code_at) and column < self.text_at:
            return None if column in self.key_at else OUTPUT if self.objectives else OBJECTIVE
        return None

    def _depth(self, row: int) -> int:
        return _depth(text_of(self.sheet.at(row, self.code_at)).strip()) if self.code_at is not None else 0

    def _column_bands(self, at: int) -> Iterator[Line]:
        """Objectives and outputs that stand in columns of their own, said once or on every row."""
        for role in BANDS:
            column = self.layout.column(role)
            text = text_of(self.sheet.at(at, column)).strip() if column is not None else ""
            if text and (at, column) not in self.covered and self.above.get(role) != fold(text):
                if role == OBJECTIVE:
                    self.above.clear()
                self.above[role] = fold(text)
                self.objectives += role == OBJECTIVE
                yield Line(at, role, _stripped(text, role), text_column=column)

    # -------- lines

    def _line(self, at: int) -> Line:
        text = ""
        if self.text_at is not None and (at, self.text_at) not in self.covered:
            text = text_of(self.sheet.at(at, self.text_at))
        line = Line(at, ACTIVITY, text.strip(), id=self._id(at), text_column=self.text_at)
        if self.code_at is not None:
            line.code = text_of(self.sheet.at(at, self.code_at)).strip()
        for column, key in self.key_at.items():
            cell = self.sheet.at(at, column)
            if blank(cell):
                cell = self.shared.get((at, column))
            if key not in ("text", "code", "id", *BANDS) and not blank(cell):
                line.cells[key] = (column, cell)
        if not line.text:
            own = [c for k, (c, _v) in line.cells.items() if not blank(self.sheet.at(at, c))]
            line.role = INDICATOR if "indicator.text" in line.cells else STRAY if own else PASSED
        return line

    def _id(self, at: int) -> str:
        return text_of(self.sheet.at(at, self.id_at)).strip() if self.id_at is not None else ""


def _is_number(cell: Cell) -> bool:
    return not re.search("[a-z\u1780-\u17b3]", fold(re.sub("រៀល|ដុល្លារ|USD|KHR", "", text_of(cell))))


def _depth(code: str) -> int:
    folded = fold(code)
    return len(folded.strip(".").split(".")) if _CODE.fullmatch(folded) else 0


def _says_band(hit: re.Match[str]) -> bool:
    """A band says its number or parts its word from what follows; a sentence that begins so does not."""
    return bool(hit["n"] or hit["sep"].strip() or hit.end() == len(hit.string))


def _stripped(text: str, role: str) -> str:
    """The text without "គោលបំណងទី១៖ " before it, in the spelling in which it stands there."""
    seen = [n for n, letter in enumerate(text) if letter not in _HIDDEN]
    hit = _BAND[role].match("".join(to_ascii(text[n]) for n in seen))
    if hit and _says_band(hit) and hit.end() < len(seen):
        return text[seen[hit.end()] :].strip() or text
    return text
