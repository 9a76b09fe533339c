"""What stands on which pages of a desk file that may be damaged: its tables, row by row, as far as they can be read.

The trees are followed from the schema. Where a page on the way is lost, the pages below it are found all the same: they
are whole, belong to no other tree, and their rows have the form of the table's (`FORMS`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from cpdesk.store import pages as form
from cpdesk.store.canonical import HASH
from cpdesk.store.pages import INDEX_INNER, INDEX_LEAF, LOCK_PAGE, TABLE_INNER, TABLE_LEAF, Pages, Row, Torn

SCHEMA = "sqlite_schema"
STREAMS, OPS, RECORDS = "stream_whole", "sqlite_autoindex_op_1", "op_record"  # indexes that tell what is missing
# The columns of the tables whose rows cannot be made again from others: # the row's own number, i a number, t a text,
# b bytes, h a hash of 16 bytes, d one of 32, s one as 64 letters; ? or nothing.
FORMS: dict[str, str] = {
    SCHEMA: "t t t i t?",
    "meta": "t t",
    "stream": "# h t t b i h i i",
    "op": "# i i h h i t t h b d b? t? i?",
    "tip": "i h t t",
    "redacted": "h h",
    "card": "t t t t t t t? i t",
    "secret": "t b",
    "received": "# s t t t i t t t i i i i i",
    "sent": "t i t t i i i",
    "holds": "t h i h",
    "blob": "# s i",
    "blob_piece": "i i b",
    "blob_scope": "i t",
    "blob_peer": "t s i",
    "arrival": "# i i",
    "taken_back": "# i i t i i",
    STREAMS: "h t t b i",
    OPS: "i i h i",
    RECORDS: "h i",
}
_ALIKE = {"blob_peer", OPS, RECORDS, "arrival"}  # other trees have rows of that form: only where the schema says so
_TYPES: dict[str, Callable[[object], bool]] = {
    "#": lambda value: value is None,
    "i": lambda value: isinstance(value, int),
    "t": lambda value: isinstance(value, str),
    "b": lambda value: isinstance(value, bytes),
    "h": lambda value: isinstance(value, bytes) and len(value) == HASH,
    "d": lambda value: isinstance(value, bytes) and len(value) == 2 * HASH,
    "s": lambda value: isinstance(value, str) and len(value) == 64,
}


def _fits(name: str) -> Callable[[Row], bool]:
    columns = [(_TYPES[one[0]], len(one) > 1) for one in FORMS[name].split()]

    def fits(row: Row) -> bool:
        return len(row) == len(columns) and all(
            is_it(value) or (or_nothing and value is None)
            for value, (is_it, or_nothing) in zip(row, columns, strict=True)
        )

    return fits


_FITS = {name: _fits(name) for name in FORMS}


@dataclass
class Tree:
    """The pages of one table or index that can be read, and how many are lost on the way to or in it. `known`: whether
    the schema tells where it begins."""

    known: bool = False
    pages: list[int] = field(default_factory=list)
    lost: int = 0

    @property
    def whole(self) -> bool:
        return self.known and not self.lost


class Survey:
    """Reads through a file once; then gives the rows of each table, as often as they are asked for."""

    def __init__(self, pages: Pages, progress: Callable[[int, int], object] = lambda _done, _total: None) -> None:
        self.pages = pages
        self.trees: dict[str, Tree] = {name: Tree() for name in FORMS}
        self.torn = 0  # rows that go on on a page that is lost
        self._claimed: set[int] = set()
        self._adopted: set[int] = set()
        self._seen: Callable[[], object] = lambda: progress(min(len(self._claimed), pages.count), pages.count)
        self.trees[SCHEMA] = self._followed(1, SCHEMA)
        self._free()
        roots = self._roots()
        if not self.trees[SCHEMA].whole:
            self._adopt({SCHEMA})
            roots |= self._roots()
        for name, root in roots.items():
            self.trees[name] = self._followed(root, name)
        if any(tree.lost for tree in self.trees.values()):
            self._adopt({name for name in FORMS if not self.trees[name].whole} - _ALIKE - {SCHEMA})

    def has(self, name: str) -> bool:
        """Whether the desk has such a table at all: an older one may not, which is no loss."""
        return self.trees[name].known or bool(self.trees[name].pages) or not self.trees[SCHEMA].whole

    def whole(self, name: str) -> bool:
        return self.trees[name].whole or not self.has(name)

    def rows(self, name: str) -> Iterator[Row]:
        """The rows of that table, with their own numbers where the table has them as its first column."""
        fits, numbered = _FITS[name], FORMS[name].startswith("#")
        width = len(FORMS[name].split())
        for number in self.trees[name].pages:
            data, doubtful = self.pages.read(number), number in self._adopted
            for found in form.rows(self.pages, data, number) if data else ():
                if found is None:
                    self.torn += 1
                    continue
                at, row = found
                if fits(row) if doubtful else len(row) == width:  # the seal vouches for what the schema says
                    if numbered:
                        row[0] = at
                    yield row

    def _roots(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for row in self.rows(SCHEMA):
            if row[0] in ("table", "index") and isinstance(row[3], int) and 0 < row[3] <= self.pages.count:
                found[str(row[1])] = row[3]
        return found

    def _followed(self, root: int, name: str) -> Tree:
        """All pages of a tree below its root, in order."""
        tree = Tree(known=True)
        waiting = [root]
        while waiting:
            number = waiting.pop()
            if number in self._claimed or not 0 < number <= self.pages.count:
                tree.lost += 1  # what claims another's page is no tree any more
                continue
            data = self.pages.read(number)
            self._claimed.add(number)
            self._seen()
            try:
                inner = data is not None and form.kind_of(data, number) in (TABLE_INNER, INDEX_INNER)
                if data is None or form.kind_of(data, number) not in (TABLE_LEAF, TABLE_INNER, INDEX_LEAF, INDEX_INNER):
                    tree.lost += 1
                    continue
                if name in FORMS:
                    tree.pages.append(number)
                waiting += reversed(form.children(data, number)) if inner else ()
            except Torn:
                tree.lost += 1
        return tree

    def _free(self) -> None:
        """Pages in no use hold what was: they are nobody's."""
        first = self.pages.read(1)
        number = int.from_bytes(first[32:36], "big") if first else 0
        while 0 < number <= self.pages.count and number not in self._claimed:
            self._claimed.add(number)
            data = self.pages.read(number)
            if data is None:
                return
            count = min(int.from_bytes(data[4:8], "big"), form.USABLE // 4 - 2)
            self._claimed.update(int.from_bytes(data[at : at + 4], "big") for at in range(8, 8 + 4 * count, 4))
            number = int.from_bytes(data[:4], "big")

    def _adopt(self, names: set[str]) -> None:
        """Find pages that no tree leads to any more, by the form of their first row."""
        for number in range(1, self.pages.count + 1):
            if number in self._claimed or number == LOCK_PAGE:
                continue
            data = self.pages.read(number)
            if data is None:
                continue
            kind = form.kind_of(data, number)
            if kind not in (TABLE_LEAF, INDEX_LEAF, INDEX_INNER):
                continue
            try:
                first = next((row for row in form.rows(self.pages, data, number) if row is not None), None)
            except Torn:
                continue
            if first is None:
                continue
            for name in names:
                if _FITS[name](first[1]) and (kind == TABLE_LEAF) == _is_table(name):
                    self._claimed.add(number)
                    self._adopted.add(number)
                    self.trees[name].pages.append(number)
                    self._seen()
                    break


# Tables that are kept like indexes, by their key.
_BY_KEY = {"meta", "tip", "redacted", "secret", "sent", "holds", "blob_scope", "blob_peer", STREAMS, OPS, RECORDS}


def _is_table(name: str) -> bool:
    return name not in _BY_KEY
