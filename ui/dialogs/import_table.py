"""Excel and CSV in and out of the window: a file is looked at before it is taken, each column can be set right, every
cell that cannot be read says why, and what is taken is one step that Ctrl+Z takes back.

    run_import(window, context, ("plan", id))          ("figures", year, area), ("kind", name)
    run_export(window, context, ("plan", id))
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSize, QStandardPaths, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QProgressBar, QSplitter, QWidget

from cpdesk.i18n import _, ngettext
from cpdesk.khmer import digits
from cpdesk.tasks import Desk, tables
from cpdesk.tasks.tables import memory, targets
from cpdesk.tasks.tables.targets import Target
from cpdesk.tasks.undo import Undo
from ui import messages, tokens
from ui.context import Context
from ui.dialogs.table_preview import PreviewTable
from ui.helping import with_help
from ui.jobs import Job, Progress
from ui.widgets.buttons import Button
from ui.widgets.editors.choice import Combo
from ui.widgets.notices import InlineMessage
from ui.widgets.surfaces import Card, Chip, clear_out, column, row, scrolling
from ui.widgets.text import ElidedText, Text

WIDTH, HEIGHT = 1180, 700
COLUMNS_WIDTH = 320
NEXT = "F8"
FILES = "Excel, CSV (*.xlsx *.xlsm *.csv *.tsv *.txt)"
Looked = tuple[list[tables.Sheet], int, tables.Preview]
Work = Callable[[Desk, Progress], object]
Heard = Callable[[object], None]


def run_import(window: QWidget, context: Context, target: Target) -> ImportDialog | None:
    """Ask for a file, and show what taking it would do. Does not wait for the end."""
    name, _filter = QFileDialog.getOpenFileName(
        window, _("Choose the table"), str(_documents()), ";;".join((FILES, _("All files (*)")))
    )
    if not name:
        return None
    dialog = ImportDialog(context, target, Path(name), window)
    dialog.open()
    return dialog


def run_export(window: QWidget, context: Context, target: Target) -> Job | None:
    """Ask where the table shall lie, and write it there beside the work."""
    proposed = _documents() / f"{_file_name(targets.name(context.desk, target))}.xlsx"
    name, chosen = QFileDialog.getSaveFileName(
        window, _("Save the table"), str(proposed), "Excel (*.xlsx);;CSV (*.csv)"
    )
    if not name:
        return None
    path = Path(name)
    if path.suffix.lower() not in (".xlsx", ".csv"):
        path = Path(f"{name}.csv" if "csv" in chosen else f"{name}.xlsx")

    def work(desk: Desk, progress: Progress) -> int:
        return targets.export(desk, target, path, progress)

    def done(_rows: int) -> None:
        context.say(_("Saved as {name}").format(name=path.name))

    return context.jobs.run(
        work, title=_("Writing the table"), done=done, failed=lambda error: messages.show(window, error)
    )


class ImportDialog(QDialog):
    """The columns of the file at the left, what becomes of its rows at the right. F8 goes to what cannot be read."""

    def __init__(self, context: Context, target: Target, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("import_table")
        self.setWindowTitle(_("Take in a table"))
        self.setModal(True)
        with_help(self)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.context, self.target, self.path = context, target, path
        self.sheets: Sequence[tables.Sheet] = ()
        self.preview: tables.Preview | None = None
        self.combos: dict[int, Combo] = {}
        self._job: Job | None = None
        self._closed = self._chosen = False
        self._build()
        room = parent.window().size() if parent is not None else QSize(WIDTH, HEIGHT)
        self.setMinimumSize(720, 440)
        self.resize(min(WIDTH, room.width() - 40), min(HEIGHT, room.height() - 40))
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(150)
        self._again.timeout.connect(lambda: self._look(self.mapping()))
        self._look(None)

    # building

    def _build(self) -> None:
        whole = column(self, spacing=tokens.M, margin=tokens.L)
        head = row(spacing=10)
        head.addWidget(ElidedText(self.path.name, "title", name="import_file"), 1)
        self.sheet_combo = Combo()
        self.sheet_combo.setObjectName("import_sheet")
        self.sheet_combo.setAccessibleName(_("Sheet"))
        self.sheet_combo.activated.connect(lambda _at: self._look(None))
        self.sheet_combo.hide()
        head.addWidget(self.sheet_combo)
        whole.addLayout(head)
        whole.addLayout(self._counts())
        self.notes = InlineMessage("", "accent", name="import_notes", closable=True)
        whole.addWidget(self.notes)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Progress"))
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self._columns())
        self.table = PreviewTable()
        self.table.told.connect(self._tell)
        self.split.addWidget(self.table)
        self.split.setSizes([COLUMNS_WIDTH, WIDTH - COLUMNS_WIDTH])
        self.split.setStretchFactor(1, 1)
        whole.addWidget(self.split, 1)
        self.why = Text("", "problem", name="import_why", selectable=True)
        whole.addWidget(self.why)
        whole.addWidget(self.bar)
        foot = row(spacing=10)
        words = _("Next cell that cannot be read")
        self.next_button = Button(
            f"{words} ({NEXT})", icon="arrow-right", name="import_next", run=self.table.next_problem
        )
        QShortcut(QKeySequence(NEXT), self, self.table.next_problem)
        foot.addWidget(self.next_button)
        foot.addStretch(1)
        foot.addWidget(Button(_("Cancel"), name="import_cancel", run=self.reject))
        self.take_button = Button(_("Import"), kind="primary", name="import_take", run=self.take)
        self.take_button.setDefault(True)
        foot.addWidget(self.take_button)
        whole.addLayout(foot)

    def _counts(self) -> QHBoxLayout:
        counts = row(spacing=tokens.S)
        self.new_chip = Chip("", "good", name="import_new")
        self.changed_chip = Chip("", "accent", name="import_changed")
        self.refused_chip = Chip("", "bad", name="import_refused")
        self.summary = Text("", "muted", name="import_summary")
        for chip in (self.new_chip, self.changed_chip, self.refused_chip):
            chip.hide()
            counts.addWidget(chip)
        counts.addWidget(self.summary, 1)
        return counts

    def _columns(self) -> QWidget:
        card = Card("import_columns", margin=14)
        card.body.setSpacing(tokens.S)
        card.add(Text(_("What the columns hold"), "strong"))
        hint = _("Set right what is not understood; it is remembered for the next table like this one.")
        card.add(Text(hint, "small"))
        inner = QWidget()
        self._list = column(inner, spacing=tokens.S)
        self._list.setContentsMargins(0, 0, tokens.S, 0)
        area = scrolling(inner, "import_columns_scroll")
        for part in (area, inner):
            part.setProperty("role", "page")  # on the card's own ground
        card.body.addWidget(area, 1)
        card.setMinimumWidth(240)
        return card

    # looking

    def sheet(self) -> tables.Sheet | None:
        at = self.sheet_combo.currentIndex()
        return self.sheets[at] if 0 <= at < len(self.sheets) else None

    def mapping(self) -> dict[int, str]:
        """Column of the file → key, as the person has set it now."""
        return {at: str(combo.currentData()) for at, combo in self.combos.items() if combo.currentData()}

    def _look(self, mapping: dict[int, str] | None) -> None:
        """Work out in the worker what taking the file would do."""
        sheets, chosen, target, path = list(self.sheets), self.sheet(), self.target, self.path
        sort = str(target[0]) if target[0] != targets.KIND else str(target[1])

        def work(desk: Desk, progress: Progress) -> Looked:
            found = sheets or tables.read(path, progress)
            sheet = chosen or targets.best_sheet(desk, target, found)
            preview = targets.preview(desk, target, sheet, mapping, progress)
            kept = memory.recall(sort, preview.columns) if mapping is None else None
            if kept is not None and kept != preview.mapping:
                preview = targets.preview(desk, target, sheet, kept, progress)
            return found, found.index(sheet), preview

        self._start(work, self._looked, self._cannot)

    def _start(self, work: Work, done: Heard, failed: Heard) -> None:
        if self._job is not None:
            self._job.cancel()
        self.take_button.setEnabled(False)
        self.bar.setRange(0, 0)
        self.bar.show()
        self._job = job = self.context.jobs.run(
            work, title=_("Reading the table"), done=lambda result: self._heard(job, done, result),
            failed=lambda error: self._heard(job, failed, error),
        )  # fmt: skip
        job.progress.connect(lambda at, total: self._progress(job, at, total))

    def _heard(self, job: Job, then: Heard, what: object) -> None:
        """The answer to the last question alone: an earlier one was overtaken."""
        if self._closed or job is not self._job:
            return
        self._job = None
        self.bar.hide()
        then(what)

    def _progress(self, job: Job, at: int, total: int) -> None:
        if not self._closed and job is self._job:
            self.bar.setRange(0, max(total, 1))
            self.bar.setValue(at)

    def _cannot(self, error: object) -> None:
        assert isinstance(error, BaseException)
        said = messages.show(self, error)
        if self.preview is None:
            said.finished.connect(self.reject)

    def _looked(self, found: object) -> None:
        assert isinstance(found, tuple)
        self.sheets, at, self.preview = found
        if self.sheet_combo.count() != len(self.sheets):
            self.sheet_combo.addItems([sheet.name for sheet in self.sheets])
            self.sheet_combo.setVisible(len(self.sheets) > 1)
        self.sheet_combo.setCurrentIndex(at)
        self._show_columns(self.preview)
        self._show_counts(self.preview)
        self.table.show_preview(self.preview)
        first_time = not self._chosen and self.focusWidget() in (None, self.take_button, self.table)
        if first_time:
            (self.table if self.preview.refused else self.take_button).setFocus()

    def _show_columns(self, preview: tables.Preview) -> None:
        if list(self.combos) == [one.at for one in preview.columns]:
            for one in preview.columns:
                combo = self.combos[one.at]
                combo.setCurrentIndex(max(0, combo.findData(one.key)))
            return
        self.combos.clear()
        clear_out(self._list)
        for one in preview.columns:
            self._list.addWidget(self._column(one, preview.keys))
        self._list.addStretch(1)

    def _column(self, one: tables.Column, keys: Sequence[tables.Key]) -> QWidget:
        """A column's heading, an example, and what it is taken as."""
        made = QWidget()
        box = column(made, spacing=2)
        heading = one.heading or _("Column {number}").format(number=digits.count(one.at + 1))
        box.addWidget(ElidedText(heading, "strong"))
        if one.sample:
            box.addWidget(ElidedText(one.sample, "small"))
        combo = self.combos[one.at] = Combo()
        combo.setObjectName(f"import_column_{one.at}")
        combo.setAccessibleName(heading)
        combo.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.addItem(_("— do not take —"), None)
        for key in keys:
            combo.addItem(key.label, key.key)
        combo.setCurrentIndex(max(0, combo.findData(one.key)))
        combo.activated.connect(lambda _at, combo=combo: self._choose(combo))
        box.addWidget(combo)
        return made

    def _choose(self, combo: Combo) -> None:
        """Another meaning for a column; the one that had it before loses it."""
        self._chosen = True
        for other in self.combos.values():
            if other is not combo and combo.currentData() and other.currentData() == combo.currentData():
                other.setCurrentIndex(0)
        self._again.start()

    def _show_counts(self, preview: tables.Preview) -> None:
        refused = len(preview.refused)
        new = _("{count} new").format(count=digits.number(preview.made))
        changed = _("{count} changed").format(count=digits.number(preview.changed))
        cannot = ngettext("{count} cannot be read", "{count} cannot be read", refused)
        for chip, count, words in (
            (self.new_chip, preview.made, new),
            (self.changed_chip, preview.changed, changed),
            (self.refused_chip, refused, cannot.format(count=digits.number(refused))),
        ):
            chip.setText(words)
            chip.setVisible(count > 0)
        nothing = not preview.drafts and not refused
        if refused:
            words = _("Nothing is taken while a cell cannot be read: set the column right, or mend the file.")
        elif nothing:
            words = _("All of this is here already: there is nothing to take.")
        else:
            words = _("All of it is taken, as one step that can be undone.")
        self.summary.setText(words)
        self.notes.say("\n".join(preview.notes), "accent")
        self.next_button.setVisible(refused > 0)
        self.take_button.setEnabled(not refused and not nothing)

    def _tell(self, why: str) -> None:
        self.why.setText(why)
        self.why.setVisible(bool(why))

    # taking

    def take(self) -> None:
        """Keep it all in the worker, then let the window know."""
        preview = self.preview
        if preview is None or preview.refused or self._job is not None:
            return
        words = _("import {name}").format(name=self.path.name)

        def work(desk: Desk, progress: Progress) -> Undo:
            undo = Undo(desk)
            tables.take(undo, preview, words, progress)
            return undo

        self.split.setEnabled(False)
        self._start(work, self._taken, self._not_taken)

    def _taken(self, undo: object) -> None:
        assert isinstance(undo, Undo) and self.preview is not None
        sort = str(self.target[0]) if self.target[0] != targets.KIND else str(self.target[1])
        if self._chosen:
            memory.remember(sort, self.preview.columns, self.mapping())
        self.context.undo.take_over(undo)
        self.context.touched(*targets.kinds(self.target))
        done = self.preview.done()
        self.context.say(
            _("Taken from {name}: {created} new, {updated} changed.").format(
                name=self.path.name, created=digits.number(done.created), updated=digits.number(done.updated)
            )
        )
        self.accept()

    def _not_taken(self, error: object) -> None:
        self.split.setEnabled(True)
        self._cannot(error)
        self._again.start()

    # closing

    def done(self, result: int) -> None:
        self._closed = True
        self._again.stop()
        if self._job is not None:
            self._job.cancel()
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.done(QDialog.DialogCode.Rejected)
        event.accept()


def _documents() -> Path:
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or Path.home())


def _file_name(name: str) -> str:
    """A title as a file may be called on every system."""
    return "".join(" " if c in '<>:"/\\|?*' or c < " " else c for c in name).strip(" .")[:100] or "cpdesk"
