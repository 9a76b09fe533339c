"""What one does to the lines of a plan: open new ones, write cells, move, put into the bin."""

from __future__ import annotations

from cpdesk.errors import UserError
from cpdesk.i18n import _, ngettext
from cpdesk.khmer import digits
from cpdesk.tasks import matrix, records
from cpdesk.tasks.matrix import Row
from ui import messages
from ui.lists.plan_rows import draft
from ui.lists.plan_sheet import PlanSheetModel
from ui.pages.plan_views import PlanPart
from ui.widgets.sheet import BAND, Change, Refusal, SheetView
from ui.widgets.surfaces import EmptyState


class _Refuse(Exception):
    """Leaves a step that was begun, so that nothing of it is kept."""

    def __init__(self, refusals: list[Refusal]) -> None:
        super().__init__(refusals)
        self.refusals = refusals


class PlanEditing(PlanPart):
    """The half of the matrix that changes the desk; the other half lays out and shows."""

    sheet: SheetView
    model: PlanSheetModel
    empty: EmptyState
    _fresh = False  # what was just written stands in the sheet already

    def read(self) -> None:
        """Read the whole plan anew."""
        raise NotImplementedError

    def current(self) -> Row | None:
        return self.model.line(self.sheet.current()[0])

    # writing

    def keep_cells(self, changes: list[Change]) -> list[Refusal]:
        """Keep what was written in cells, all of it or none; a new line comes into being with its words."""
        try:
            with self.context.undo.together(self._step_words(changes)):
                return self._kept(changes)
        except _Refuse as refused:
            return refused.refusals
        except UserError as error:
            row, column, _text = changes[0]
            return [Refusal(row, column, str(error))]

    def _step_words(self, changes: list[Change]) -> str:
        if len(changes) > 1:
            return ngettext("{count} cell", "{count} cells", len(changes)).format(count=digits.count(len(changes)))
        row, column, _text = changes[0]
        line = self.model.line(row)
        return "" if line is None or line.id is None or column == BAND else self.model.columns()[column].title

    def _kept(self, changes: list[Change]) -> list[Refusal]:
        found = self.model.matrix
        assert found is not None
        new = [c for c in changes if c[0] >= len(self.model.lines) or self.model.lines[c[0]].id is None]
        if new:
            kept = self._new_lines(new)
        there = [change for change in changes if change not in new]
        cells = [(self._id(row), self._key(column), text) for row, column, text in there]
        written = matrix.write(self.context.undo, found, cells)
        if written.refused:
            raise _Refuse(self._refusals(written.refused))
        if new:
            self.read()
            self.sheet.choose(kept)
            self._told({"activity", *written.kinds})
        else:
            self.model.reread(matrix.again(self.context.desk, found, written.lines))
            self._told(written.kinds)
        if written.created:
            said = _("Written for the first time, so put among people and bodies: {names}.")
            self.context.say(said.format(names=", ".join(written.created)))
        return []

    def _id(self, row: int) -> str:
        return str(self.model.lines[row].id)

    def _key(self, column: int) -> str:
        assert self.model.matrix is not None
        return "text" if column == BAND else self.model.asked[column].key

    def _refusals(self, refused: list[matrix.Refused]) -> list[Refusal]:
        found = []
        for one in refused:
            row = self.model.find(one.record)
            keys = [column.key for column in self.model.columns()]
            band = row >= 0 and self.model.band(row) is not None
            found.append(Refusal(row, BAND if band else keys.index(one.key), one.reason))
        return found

    def _told(self, kinds: set[str]) -> None:
        """Tell the window; what it then asks to be read stands here already."""
        if kinds:
            self.context.touched(*kinds)
            self._fresh = True

    def _new_lines(self, changes: list[Change]) -> str:
        """Keep lines that are not there yet: the one being written, those of a paste behind it or behind the last."""
        found = self.model.matrix
        assert found is not None
        behind = next((row for row in reversed(self.model.lines) if row.sort == "activity" and row.id), None)
        parent = behind.parent if behind is not None else ""
        after: str | None = None
        last = ""
        for at in sorted({row for row, _c, _t in changes}):
            cells = {self._key(column): text for row, column, text in changes if row == at}
            words = cells.pop("text", "").strip()
            line = self.model.line(at)
            if line is None and behind is not None:
                line = Row("activity", None, parent, "", after=after or behind.id)
            if not words or line is None:
                reason = _("A new line begins with its words: paste from the column “Activity” on.")
                raise _Refuse([Refusal(at, changes[0][1], reason)])
            parent = line.parent
            last = after = matrix.add_line(self.context.undo, line, words)
            if cells:
                fresh = Row("activity", last, line.parent, "", records.get(self.context.desk, last).values)
                whole = matrix.Matrix(found.plan, found.years, found.rate, [fresh], found.names)
                written = matrix.write(self.context.undo, whole, [(last, key, text) for key, text in cells.items()])
                if written.refused:
                    first = written.refused[0]
                    keys = [column.key for column in self.model.asked]
                    raise _Refuse([Refusal(at, keys.index(first.key), first.reason)])
        return last

    # lines

    def begin_line(self, sort: str) -> None:
        """Open a new line of that sort for writing; it is kept once it has words."""
        if self.plan is None or not self.sheet.keep():
            return
        self.model.drop_draft()
        found = draft(self.model.lines, self.sheet.current()[0], sort, self.plan)
        if found is None:
            first = _("A plan begins with an objective; outputs and activities come under it.")
            self.context.say(first, "accent")
            return
        at, new = found
        self.sheet.show()
        self.empty.hide()
        self.model.insert_draft(at, new)
        keys = [column.key for column in self.model.columns()]
        self.sheet.set_current(at, keys.index("text"))
        self.sheet.write()

    def chosen_lines(self) -> list[Row]:
        """The lines of all chosen cells that are kept already."""
        rows = (self.model.line(row) for row in self.sheet.selection.rows())
        return [row for row in rows if row is not None and row.id is not None]

    def move_line(self, step: int) -> None:
        """The chosen lines one place up (-1) or down (1) among their siblings; activities at the edge go over to the
        next output.
        """
        here, found = self.current(), self.model.matrix
        if here is None or here.id is None or found is None or not self.sheet.keep():
            return
        ids = [str(row.id) for row in self.chosen_lines() if (row.sort, row.parent) == (here.sort, here.parent)]
        with messages.shown(self.window()):
            if matrix.move_lines(self.context.undo, found, ids, step):
                self.read()
                places = sorted(self.model.find(id_) for id_ in ids)
                if len(places) > 1:
                    self.sheet.select_range(places[0], places[-1])
                else:
                    self.sheet.choose(ids[0])
                self._told({here.sort})

    def delete(self) -> None:
        """Put the chosen lines and all that they hold into the bin, in one step."""
        lines = self.chosen_lines()
        if not lines or self.sheet.is_writing():
            return
        at, gone = self.sheet.selection.rows()[0], set[str]()
        with messages.shown(self.window()):
            words = _("put {count} lines into the bin").format(count=digits.count(len(lines)))
            with self.context.undo.together(words if len(lines) > 1 else ""):
                for line in lines:
                    if line.id not in gone:
                        gone.update(self.context.undo.delete(str(line.id)))
            self.read()
            self.sheet.set_current(max(0, at - 1), self.sheet.current()[1])
            self._told({line.sort for line in lines})
            count = digits.count(len(lines))
            self.context.say(
                _("“{title}” lies in the bin. Ctrl+Z brings it back.").format(title=lines[0].text or lines[0].code)
                if len(lines) == 1
                else _("{count} lines lie in the bin. Ctrl+Z brings them back.").format(count=count)
            )
