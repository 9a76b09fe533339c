"""The word index: every record by what stands in it, Khmer inside words, as typed.

SQLite's FTS5 keeps the places of all sequences of three letters (its trigram tokenizer); those of the short texts that
name a record once more by themselves, so that names are found first at no cost. What is looked for is a list of terms,
all of which must be found; a term is a choice of forms, one of which must be. Both sides are compared as
`khmer.spelling.loose` has them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from cpdesk.khmer import dates
from cpdesk.khmer.spelling import loose
from cpdesk.kinds import Choice, Date, Field, Flag, Kind, Order, Packed, Quarters, Ref, Text
from cpdesk.store import state
from cpdesk.store.connection import immediate
from cpdesk.store.database import Database
from cpdesk.store.state import STORED, Record

TRIGRAM = 3
NAMES = "search_index_names"
Terms = Sequence[Sequence[str]]
Progress = Callable[[int, int], None]
_BATCH = 500  # records in one transaction, so that a save beside it waits for a tenth of a second
_RANKED = 400  # of very many hits only the newest are told apart, so that a common word is as quick as a rare one
_NEWEST = 1500  # records that are looked through letter by letter for what is too short for the index
_ENDINGS = 400  # sequences of three letters that begin with one or two letters
_END = "\n\n"  # behind each text, so that its last letter begins a sequence of three, too
_LAST = "\U0010ffff"


# --- what is kept -----------------------------------------------------------------------------------------------------
def searched(field: Field) -> bool:
    """Whether what stands in that field can be found by words."""
    return not isinstance(field.type, Ref | Packed | Order | Flag | Quarters)


def words_of(field: Field, value: object) -> str:
    """What a value is found by: a choice by its word in either language, a day as it is written and said."""
    if isinstance(field.type, Choice):
        found = next((option for option in field.type.options if option.key == value), None)
        return f"{found.km} {found.en}" if found else str(value)
    if isinstance(field.type, Date) and field.type.fits(str(value)):
        return said(date.fromisoformat(str(value)))
    return str(value)


def said(day: date) -> str:
    """2022-06-23 23/06/2022 23/6/2022 23 មិថុនា 2022 23 june 2022"""
    km, en = dates.month(day, "km"), dates.month(day, "en")
    short = f"{day} {day:%d/%m}/{day.year} {day.day}/{day.month}/{day.year}"
    return f"{short} {day.day} {km} {day.year} {day.day} {en} {day.year}"


def _texts(record: Record) -> tuple[str, str]:
    """What names a record in few words, and all that stands in it, a line for each field."""
    named: list[str] = []
    whole: list[str] = []
    for field in record.kind.fields:
        value = record.values.get(field.name)
        if value is not None and searched(field):
            whole.append(loose(words_of(field, value)))
            if field.name in record.kind.title and isinstance(field.type, Text) and not field.type.long:
                named.append(whole[-1])
    return "\n".join(named) + _END, "\n".join(whole) + _END


def index_pending(db: Database, progress: Progress | None = None) -> int:
    """Bring the word index up to date with what was saved or merged since; how many records it took in. What it has
    done stays done where `progress(done, total)` breaks it off.

    Kept out of saves and merges so that these stay quick; a search never runs on an old index. What was changed last
    comes last into it, and is found first.
    """
    if db.execute("SELECT 1 FROM search_pending LIMIT 1").fetchone() is None:
        return 0
    waiting = db.execute(
        "SELECT p.record FROM search_pending p LEFT JOIN op o ON o.record = p.record GROUP BY 1 ORDER BY max(o.hlc)"
    ).fetchall()
    done = 0
    for start in range(0, len(waiting), _BATCH):
        with immediate(db):
            done += _index(db, [id_ for (id_,) in waiting[start : start + _BATCH]])
        if progress is not None:
            progress(min(start + _BATCH, len(waiting)), len(waiting))
    return done


def index_lately(db: Database) -> bool:
    """Take in what the last changes touched, at once, and say whether that was all: after a merge very much may wait,
    which nobody waits for who types a word.
    """
    waiting = "SELECT 1 FROM search_pending LIMIT 1"
    if db.execute(waiting).fetchone() is None:
        return True
    lately = db.execute(
        "SELECT p.record FROM op o JOIN search_pending p ON p.record = o.record"
        " WHERE o.n > (SELECT max(n) FROM op) - ? GROUP BY 1 ORDER BY max(o.hlc)",
        [_BATCH],
    ).fetchall()
    if lately:
        with immediate(db):
            _index(db, [id_ for (id_,) in lately])
    return db.execute(waiting).fetchone() is None


def _index(db: Database, ids: list[bytes]) -> int:
    """Those that are of a kind which this program knows; all of them wait no longer."""
    run, marks = db.conn.executemany, ", ".join("?" * len(ids))
    old = db.execute(f"SELECT id, title, text FROM search_text WHERE record IN ({marks}) ORDER BY id", ids).fetchall()
    run("INSERT INTO search_index(search_index, rowid, text) VALUES('delete', ?, ?)", [(o[0], o[2]) for o in old])
    run(f"INSERT INTO {NAMES}({NAMES}, rowid, title) VALUES('delete', ?, ?)", [o[:2] for o in old])
    run("DELETE FROM search_text WHERE id = ?", [(row[0],) for row in old])
    found = {record.id: record for kind in STORED.values() if not kind.closed for record in _some(db, kind, ids)}
    (last,) = db.execute("SELECT coalesce(max(id), 0) FROM search_text").fetchone()
    there = [found[id_.hex()] for id_ in ids if id_.hex() in found]
    rows = [(last + n, bytes.fromhex(r.id), r.kind.name, int(r.deleted), *_texts(r)) for n, r in enumerate(there, 1)]
    run("INSERT INTO search_text(id, record, kind, deleted, title, text) VALUES(?, ?, ?, ?, ?, ?)", rows)
    run("INSERT INTO search_index(rowid, text) VALUES(?, ?)", [(row[0], row[5]) for row in rows])
    run(f"INSERT INTO {NAMES}(rowid, title) VALUES(?, ?)", [(row[0], row[4]) for row in rows])
    run("DELETE FROM search_pending WHERE record = ?", [(id_,) for id_ in ids])
    return len(rows)


def forget(db: Database) -> None:
    """Take in what was taken out of the log, and leave no trace of what stood there: the index keeps what is deleted
    until its parts are joined. Inside a write transaction."""
    sql = "SELECT record FROM search_pending WHERE record IN (SELECT record FROM redacted)"
    gone = [record for (record,) in db.execute(sql).fetchall()]
    for start in range(0, len(gone), _BATCH):
        _index(db, gone[start : start + _BATCH])
    for index in ("search_index", NAMES):
        db.execute(f"INSERT INTO {index}({index}) VALUES('optimize')")


def _some(db: Database, kind: Kind, ids: Sequence[bytes]) -> list[Record]:
    marks = ", ".join("?" * len(ids))
    return state.read(kind, db.execute(f"SELECT * FROM {state.table(kind)} WHERE record IN ({marks})", ids).fetchall())


# --- what is looked for -----------------------------------------------------------------------------------------------
def plain(text: str) -> list[tuple[str, ...]]:
    """Every word of `text` as a term."""
    return [(word,) for word in loose(text).split()]


def condition(db: Database, kind: Kind, text: str) -> tuple[str, list[object]]:
    """A condition on the column `record` of a kind's table: every word of `text` stands in the record."""
    index_pending(db)
    match, short = _parted(plain(text))
    parts, values = ["t.kind = ?"], list[object]([kind.name])
    if match:
        parts.append("t.id IN (SELECT rowid FROM search_index WHERE search_index MATCH ?)")
        values.append(match)
    parts += ["instr(t.text, ?)"] * len(short)
    values += [word for (word,) in short]
    return f"record IN (SELECT t.record FROM search_text t WHERE {' AND '.join(parts)})", values


def _parted(terms: Terms) -> tuple[str, list[Sequence[str]]]:
    """The terms that the index knows, as it is asked for them, and those that are too short for it."""
    long = [term for term in terms if all(len(form) >= TRIGRAM for form in term)]
    return " AND ".join(_any(term) for term in long), [term for term in terms if term not in long]


def _any(forms: Iterable[str]) -> str:
    return "(" + " OR ".join('"{}"'.format(form.replace('"', '""')) for form in forms) + ")"


def search(db: Database, terms: Terms, kinds: Sequence[str] | None = None, limit: int = 30) -> list[Record]:
    """Records of any kind that hold every term: first those that it names, and that begin with it before others; then
    those that hold it anywhere. The newest first in each. What waits for the index is not found (`index_pending`).
    """
    if not terms:
        return []
    wanted = _Search(db, terms, kinds, limit)
    hits = wanted.hits(titles=True)
    if len(hits) < limit:
        seen = {id_ for id_, _kind in hits}
        hits += [hit for hit in wanted.hits(titles=False) if hit[0] not in seen]
    found = read(db, hits[: 2 * limit])
    found.sort(key=lambda record: not _named(record, terms))
    return found[:limit]


def _named(record: Record, terms: Terms) -> bool:
    """Whether the line that names it, however long that is, holds every term."""
    line = loose(record.title)
    return all(any(form in line for form in forms) for forms in terms)


def read(db: Database, hits: Sequence[tuple[bytes, str]]) -> list[Record]:
    """The records of (record, kind), in that order."""
    found: dict[str, Record] = {}
    for name in {name for _id, name in hits}:
        found |= {r.id: r for r in _some(db, STORED[name], [id_ for id_, kind in hits if kind == name])}
    return [found[id_.hex()] for id_, _name in hits if id_.hex() in found]


class _Search:
    """One search: the same terms asked for in the names of records, and in all that stands in them."""

    def __init__(self, db: Database, terms: Terms, kinds: Sequence[str] | None, limit: int) -> None:
        self.db = db
        self.match, self.short = _parted(terms)
        self.first = terms[0][0]
        self.limit = limit
        self.kinds = list(kinds) if kinds is not None else []

    def hits(self, *, titles: bool) -> list[tuple[bytes, str]]:
        """(record, kind), best first."""
        if not self.short:
            return self._matching(self.match, titles)
        near, all_seen = self._among_newest(titles)
        if len(near) >= self.limit or all_seen:
            return near
        endings = [found for term in self.short if (found := whole(self.db, term))]
        if len(endings) < len(self.short):  # nothing holds it
            return near
        return self._matching(" AND ".join([*([self.match] if self.match else []), *map(_any, endings)]), titles)

    def _filter(self) -> tuple[str, list[object]]:
        if not self.kinds:
            return "t.deleted = 0", []
        return f"t.deleted = 0 AND t.kind IN ({', '.join('?' * len(self.kinds))})", list(self.kinds)

    def _matching(self, match: str, titles: bool) -> list[tuple[bytes, str]]:
        condition, values = self._filter()
        index = NAMES if titles else "search_index"
        sql = (
            f"SELECT t.record, t.kind, t.id, t.title FROM {index} x CROSS JOIN search_text t ON t.id = x.rowid"
            f" WHERE x.{index} MATCH ? AND {condition} ORDER BY x.rowid DESC LIMIT {self._most(titles)}"
        )
        return self._ranked(sql, [match, *values], titles)

    def _most(self, titles: bool) -> int:
        """Among names those come first that begin with it, however old they are."""
        return _RANKED if titles else 2 * self.limit

    def _ranked(self, sql: str, values: list[object], titles: bool) -> list[tuple[bytes, str]]:
        if titles:
            sql = f"SELECT * FROM ({sql}) ORDER BY instr(title, ?) <> 1, id DESC"
            values = [*values, self.first]
        return [(row[0], row[1]) for row in self.db.execute(sql, values)]

    def _among_newest(self, titles: bool) -> tuple[list[tuple[bytes, str]], bool]:
        """Of the newest records those that hold the short terms, and whether there are no others."""
        index, column = (NAMES, "title") if titles else ("search_index", "text")
        inner, values = f"SELECT id FROM search_text ORDER BY id DESC LIMIT {_NEWEST}", list[object]()
        if self.match:
            inner = f"SELECT rowid AS id FROM {index} WHERE {index} MATCH ? ORDER BY 1 DESC LIMIT {_NEWEST}"
            values.append(self.match)
        (seen,) = self.db.execute(f"SELECT count(*) FROM ({inner})", values).fetchone()
        condition, more = self._filter()
        values += more
        for forms in self.short:
            condition += " AND (" + " OR ".join([f"instr(t.{column}, ?)"] * len(forms)) + ")"
            values += forms
        sql = (
            f"SELECT t.record, t.kind, t.id, t.title FROM ({inner}) x CROSS JOIN search_text t ON t.id = x.id"
            f" WHERE {condition} ORDER BY x.id DESC LIMIT {self._most(titles)}"
        )
        return self._ranked(sql, values, titles), seen < _NEWEST


def whole(db: Database, forms: Iterable[str]) -> tuple[str, ...]:
    """These forms; in place of what is shorter than three letters, all of three letters that begin with it."""
    sql = f"SELECT term FROM search_index_terms WHERE term >= ? AND term < ? LIMIT {_ENDINGS}"
    found: list[str] = []
    for form in forms:
        short = len(form) < TRIGRAM
        found += [term for (term,) in db.execute(sql, [form, form + _LAST])] if short else [form]
    return tuple(found)


def candidates(db: Database, terms: Terms, most: int) -> list[tuple[bytes, str, str]]:
    """(record, kind, its text in the form that is compared) of the newest that hold every term, all of which have three
    letters or more: for comparisons that the index cannot make.
    """
    found: list[tuple[bytes, str, str]]
    sql = (
        "SELECT t.record, t.kind, t.text FROM search_index x CROSS JOIN search_text t ON t.id = x.rowid"
        f" WHERE x.search_index MATCH ? AND t.deleted = 0 ORDER BY x.rowid DESC LIMIT {int(most)}"
    )
    found = db.execute(sql, [_parted(terms)[0]]).fetchall()
    return found


def known(db: Database, form: str) -> bool:
    """Whether that form, of three letters or more, stands anywhere."""
    sql = "SELECT 1 FROM search_index WHERE search_index MATCH ? LIMIT 1"
    return db.execute(sql, [_any([form])]).fetchone() is not None
