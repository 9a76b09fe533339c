"""What an import would do, before it does it: every column's meaning, every row's outcome, every cell that cannot be
read; and then the doing, all of it or none, as one step that can be undone.

An import is worked out as a list of `Draft`s, records to be made or changed in an order in which each refers only to
what is there or stands above it. So every sort of table (a plan's matrix, figures, any kind) ends in the same few lines
that keep it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cpdesk import records
from cpdesk.errors import BadInput
from cpdesk.i18n import _
from cpdesk.store import Desk, log, writer
from cpdesk.store.connection import immediate
from cpdesk.tables.cells import Sheet, text_of
from cpdesk.tasks import Progress, no_progress, roles
from cpdesk.tasks.roles import Act
from cpdesk.tasks.undo import Undo

NEW, CHANGED, SAME, PASSED, BAND, HEAD = "new", "changed", "same", "passed", "band", "head"
_TICK = 50
_LOOKED_AT = 60  # rows in which an example is looked for


@dataclass(frozen=True, slots=True)
class New:
    """Stands in a draft's values for the record that draft number `n` makes."""

    n: int


@dataclass(slots=True)
class Draft:
    """A record to make (`record` None) or change. `part`: of a record that is made here too, and goes with it."""

    kind: str
    values: dict[str, object]
    record: str | None = None
    part: bool = False


@dataclass(frozen=True, slots=True)
class Key:
    """What a column can be taken as: its key, the heading it is known by and the group that stands over it."""

    key: str
    title: str
    group: str = ""

    @property
    def label(self) -> str:
        return f"{self.group} · {self.title}" if self.group not in ("", self.title) else self.title


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file: its place from 0, its heading, a value as an example, the key it is taken as or None."""

    at: int
    heading: str
    sample: str
    key: str | None


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of the file (from 0): `what` is one of the words above; `depth` 1 objective, 2 output."""

    at: int
    what: str
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Refused:
    """A cell, or with column None a whole row, that cannot be taken; both from 0."""

    at: int
    column: int | None
    why: str


@dataclass(frozen=True)
class Done:
    """What an import did: rows of records looked at, records made and changed, refusals (then nothing was kept)."""

    rows: int
    created: int
    updated: int
    refused: tuple[Refused, ...] = ()


@dataclass
class Preview:
    """What taking this sheet with these columns would do. `first` and `last` bound the heading rows."""

    sheet: Sheet
    columns: list[Column]
    keys: Sequence[Key]
    head: tuple[int, int] = (0, 0)
    rows: list[RowView] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    made: int = 0
    changed: int = 0
    at: int = 0  # the desk's state that this was worked out from

    @property
    def mapping(self) -> dict[int, str]:
        return {column.at: column.key for column in self.columns if column.key}

    @property
    def looked_at(self) -> int:
        return sum(row.what in (NEW, CHANGED, SAME) for row in self.rows)

    def problem(self, why: str, at: int, column: int | None = None) -> None:
        self.refused.append(Refused(at, column, why))

    def add(self, kind: str, values: Mapping[str, object], record: str | None = None, *, part: bool = False) -> New:
        """One more draft; what others refer to it by."""
        self.drafts.append(Draft(kind, dict(values), record, part))
        return New(len(self.drafts) - 1)

    def done(self) -> Done:
        return Done(self.looked_at, self.made, self.changed, tuple(self.refused))


def columns_of(preview: Preview, paths: Mapping[int, str], keys: Mapping[int, str]) -> list[Column]:
    """The columns that say something, each with the first value that is taken from it as an example."""
    sheet = preview.sheet
    body = [row.at for row in preview.rows if row.what in (NEW, CHANGED, SAME) and not row.depth]
    rows = body[:_LOOKED_AT] or range(preview.head[1] + 1, min(len(sheet.rows), _LOOKED_AT))
    found = []
    for at in range(sheet.width):
        sample = next((text for row in rows if (text := text_of(sheet.at(row, at)).strip())), "")
        heading = paths.get(at, "")
        if heading or sample:
            found.append(Column(at, heading, sample[:80], keys.get(at)))
    return found


def stamp(desk: Desk) -> int:
    """A number that grows with every change of the desk."""
    return log.last_n(desk.db)


def take(undo: Undo, preview: Preview, words: str = "", progress: Progress = no_progress) -> Done:
    """Keep what the preview shows, as one step. `BadInput` where cells are refused, or the desk changed meanwhile."""
    if preview.refused:
        raise BadInput(
            _("Some cells of the table cannot be read."),
            _("Nothing was changed."),
            _("Mend them in the file, or leave their columns out."),
        )
    desk = undo.desk
    with roles.acting(desk, Act.DRAFT), immediate(desk.db), undo.together(words or _("import a table")):
        if stamp(desk) != preview.at:
            raise BadInput(
                _("The desk was changed while you looked at the table."),
                _("Nothing was changed."),
                _("Look at it once more, then import."),
            )
        ids: list[str] = []
        for n, draft in enumerate(preview.drafts):
            values = {name: _meant(value, ids) for name, value in draft.values.items()}
            if draft.part:
                ids.append(_keep_part(desk, draft.kind, values))
            else:
                ids.append(undo.save(draft.kind, values, draft.record).id)
            if n % _TICK == 0:
                progress(n, len(preview.drafts))
    return preview.done()


def _keep_part(desk: Desk, kind: str, values: Mapping[str, object]) -> str:
    """A part of what is made here: whatever it refers to was looked up for the preview or made just above, and what its
    whole asked of an approved plan has been done.
    """
    whole = records.kind(kind)
    return writer.save(desk, whole, {name: whole.field(name).type.check(value) for name, value in values.items()}).id


def _meant(value: object, ids: Sequence[str]) -> object:
    if isinstance(value, New):
        return ids[value.n]
    if isinstance(value, list):
        return [_meant(one, ids) for one in value]
    return value
