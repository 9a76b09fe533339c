"""Who did what: the log in plain words, newest first; what other offices hold of it; the way to each record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QListView, QWidget

from cpdesk.errors import NotFound
from cpdesk.i18n import _, language, ngettext
from cpdesk.khmer import digits
from cpdesk.khmer.breaks import without_zwsp
from cpdesk.kinds import is_record_id
from cpdesk.records import KINDS
from cpdesk.tasks import audit_book, proof, proof_words, records
from cpdesk.tasks.audit_book import DID, Entry
from ui import icons, messages, theme, tokens
from ui.actions import Action
from ui.context import Context
from ui.dialogs.log_code import LogCodeDialog
from ui.navigation import Crumb, Location, Page
from ui.pages import places
from ui.pages.audit_list import AuditDelegate, AuditModel, More, headline, under
from ui.pages.undoing import undo_actions
from ui.widgets.buttons import Button, Segments
from ui.widgets.editors.line import Line
from ui.widgets.notices import InlineMessage
from ui.widgets.surfaces import Card, column, row, scrolling
from ui.widgets.text import ElidedText, Text

if TYPE_CHECKING:
    from cpdesk.tasks import Desk
    from cpdesk.tasks.proof import Notice
    from ui.jobs import Progress

LINE = 180  # pixels that the line for a name has at least, beside the choices
SMALL, TIGHT = 560, 430  # pixels of a page that is not high, and of one that has no room for values
LOW, HIGH = 86, 150  # of what stood before and after
WAIT_MS = 200  # between a letter and the search for it
A_PAGE, MOST = 200, 1000  # entries that are read in one go, and that a choice shows at most
ALL, TODAY, WEEK, MONTH = "all", "today", "week", "month"
DAYS = {TODAY: 0, WEEK: 6, MONTH: 29}
EVERYTHING, RECORDS, DEEDS = "everything", "records", "deeds"


class AuditPage(Page):
    """Chosen by name, time and sort. What is all is read a page at a time; what is chosen is looked for beside the
    window, since in a large log it may take a moment."""

    name: ClassVar[str] = "audit"
    kinds: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._asked = 0  # which question the entries in sight answer
        self._unread: list[Notice] = []
        whole = column(self, spacing=tokens.M)
        whole.setContentsMargins(tokens.XL, 20, tokens.XL, tokens.L)
        self.notice = InlineMessage(name="audit_news", button=_("I have read it"), run=self.have_read)
        whole.addWidget(self.notice)
        whole.addWidget(self._receipts())
        whole.addWidget(self._tools())
        self.list = AuditList(self)
        self.model = AuditModel(self.list)
        self.list.setModel(self.model)
        self.list.setItemDelegate(AuditDelegate(self.model, self.list))
        self.list.selectionModel().currentChanged.connect(lambda _now, _before: self._show_chosen())
        whole.addWidget(self.list, 1)
        self.nothing = Text(_("Nothing fits this choice. Take a longer time, or all."), "muted", name="audit_nothing")
        whole.addWidget(self.nothing)
        whole.addWidget(self._values())
        whole.addLayout(self._foot())

    def _receipts(self) -> QWidget:
        holder = QWidget()
        across = row(holder, spacing=tokens.M)
        self.receipts = ElidedText("", "muted", name="audit_receipts")
        across.addWidget(self.receipts, 1)
        across.addWidget(
            Button(_("Compare a receipt…"), kind="link", icon="file-search", name="audit_code", run=self.compare)
        )
        return holder

    def _tools(self) -> QWidget:
        self.tools = QWidget()
        across = self._across = row(self.tools, spacing=tokens.M)
        self.line = Line()
        self.line.setObjectName("audit_who")
        self.line.setAccessibleName(_("Name of who did it"))
        self.line.setPlaceholderText(_("Name of who did it"))
        self.line.addAction(icons.icon("search", "muted", 16), Line.ActionPosition.LeadingPosition)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(WAIT_MS)
        self._soon.timeout.connect(self._read)
        self.line.textEdited.connect(lambda _text: self._soon.start())
        self.line.returnPressed.connect(self._to_list)
        times = [(ALL, _("All time")), (TODAY, _("Today")), (WEEK, _("7 days")), (MONTH, _("30 days"))]
        self.times = Segments(times, name="audit_time")
        self.sorts = Segments(
            [(EVERYTHING, _("Everything")), (RECORDS, _("Records")), (DEEDS, _("Deeds"))], name="audit_sort"
        )
        self._choices = QWidget()
        choices = self._choices_box = row(self._choices, spacing=tokens.XL)
        for segments in (self.times, self.sorts):
            segments.chosen.connect(lambda _key: self._read())
            choices.addWidget(segments)
        choices.addStretch(1)
        across.addWidget(self.line, 1)
        across.addWidget(self._choices)
        return self.tools

    def _values(self) -> QWidget:
        """What stood before and after, of the chosen line."""
        self.card = Card("audit_values", margin=12)
        inner = QWidget()
        inner.setMinimumHeight(1)  # so that the height which its width asks for counts, not a guess
        box = column(inner, spacing=tokens.XS)
        self.what = Text("", "strong", name="audit_what")
        self.values = Text("", selectable=True, name="audit_changes")
        self.who = Text("", "small", name="audit_by")
        for widget in (self.what, self.who, self.values):
            box.addWidget(widget)
        box.addStretch(1)
        area = scrolling(inner, "audit_scroll")
        for surface in (area, area.viewport(), inner):  # the card shows through
            surface.setProperty("role", "")
            surface.setAutoFillBackground(False)
            surface.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, False)
        self.card.add(area)
        return self.card

    def _foot(self) -> QHBoxLayout:
        foot = row(spacing=tokens.M)
        self.summary = Text("", "small", name="audit_summary")
        foot.addWidget(self.summary, 1)
        foot.addWidget(Button(_("Print…"), icon="printer", name="audit_print", run=self.print_it))
        self.go_button = Button(_("Show it"), kind="primary", icon="eye", name="audit_show", run=self.show_it)
        foot.addWidget(self.go_button)
        return foot

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the words are large and the window is small, the choices stand under the line and one another."""
        super().resizeEvent(event)
        room = self.width() - 2 * tokens.XL
        both = self.times.sizeHint().width() + self.sorts.sizeHint().width() + tokens.XL
        narrow = both + theme.scaled(LINE) + tokens.M > room
        down, beside = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._across.setDirection(down if narrow else beside)
        self._choices_box.setDirection(down if both > room else beside)
        self._choices_box.setSpacing(tokens.S if both > room else tokens.XL)
        self._give_room()

    def _give_room(self) -> None:
        """On a low screen what stood before and after takes less, and none beside a notice or large letters."""
        low, tight = (self.height() < theme.scaled(most) for most in (SMALL, TIGHT))
        self.card.setFixedHeight(theme.scaled(LOW if low else HIGH))
        self.card.setVisible(self.model.rowCount() > 0 and not tight and not (low and self._unread))

    # what Page asks

    def title(self) -> str:
        return _("Who did what")

    def breadcrumb(self) -> list[Crumb]:
        return [Crumb(_("Settings"), Location("settings"))]

    def refresh(self) -> None:
        self._read()
        self._read_proof()

    def begin(self) -> None:
        (self.list if self.model.rowCount() else self.line).setFocus()

    def commands(self) -> list[Action]:
        return [
            Action("print", _("Print who did what"), self.print_it, "printer"),
            Action("show_record", _("Show the record"), self.show_it, "eye", "Ctrl+Return", enabled=self._leads_on),
            Action("compare_receipt", _("Compare a receipt with the log…"), self.compare, "file-search"),
            *undo_actions(self.context),
        ]

    def state(self) -> dict[str, object]:
        return {"time": self.times.current(), "sort": self.sorts.current(), "name": self.line.text()}

    def restore(self, state: dict[str, object]) -> None:
        if state.get("time") in (ALL, *DAYS):
            self.times.set_current(str(state["time"]))
        if state.get("sort") in (EVERYTHING, RECORDS, DEEDS):
            self.sorts.set_current(str(state["sort"]))
        self.line.setText(str(state.get("name", "")))
        self._read()

    # what is shown

    def _read(self) -> None:
        self._soon.stop()
        self._asked += 1
        asked = self._asked
        since, by, kinds = self._wanted()
        if since is None and by is None and kinds is None:
            desk = self.context.desk
            more = lambda before: audit_book.entries(desk, limit=A_PAGE, before=before)  # noqa: E731
            self._show(audit_book.entries(desk, limit=A_PAGE), more)
            return

        def work(desk: Desk, _progress: Progress) -> list[Entry]:
            return audit_book.entries(desk, since, None, by, kinds, limit=MOST)

        self.summary.setText(_("Looking…"))
        self.context.jobs.run(work, done=lambda found: self._found(asked, found), failed=self._failed)

    def _found(self, asked: int, entries: list[Entry]) -> None:
        if asked == self._asked:
            self._show(entries)

    def _failed(self, error: BaseException) -> None:
        self.summary.setText("")
        messages.show(self.window(), error)

    def _wanted(self) -> tuple[date | None, str | None, list[str] | None]:
        days = DAYS.get(self.times.current())
        since = None if days is None else date.today() - timedelta(days=days)
        by = without_zwsp(self.line.text()).strip() or None
        of = {EVERYTHING: None, DEEDS: ["deed"], RECORDS: [name for name in KINDS if name != "deed"]}
        return since, by, of[self.sorts.current()]

    def _show(self, entries: Sequence[Entry], more: More | None = None) -> None:
        self.model.show(entries, more)
        rows = self.model.rowCount()
        self.list.setVisible(rows > 0)
        self._give_room()
        self.nothing.setVisible(not rows)
        if rows:
            self.list.setCurrentIndex(self.model.index(0, 0))
        words = ngettext("{count} line", "{count} lines", rows).format(count=digits.count(rows))
        if more is not None and rows >= A_PAGE:
            words = _("The newest first; older ones follow further down")
        elif rows >= MOST:
            words = _("The newest {count} lines").format(count=digits.count(rows))
        self.summary.setText(words)
        self._show_chosen()

    def chosen(self) -> Entry | None:
        return self.model.at(self.list.currentIndex().row())

    def _show_chosen(self) -> None:
        one = self.chosen()
        lines: list[str] = []
        colon = "៖" if language() == "km" else ":"
        if one is not None and one.what != DID:
            for change in audit_book.changes(self.context.desk, one.n):
                before, after = change.before or _("(blank)"), change.after or _("(blank)")
                made = one.what == audit_book.MADE or not change.before
                lines.append(f"{change.label}{colon} {after}" if made else f"{change.label}{colon} {before} → {after}")
        self.what.setText(headline(one) if one is not None else "")
        self.values.setText("\n".join(lines))
        self.values.setVisible(bool(lines))
        self.who.setText(" · ".join(filter(None, (under(one), one.odd))) if one is not None else "")
        self.go_button.setEnabled(self._leads_on())

    # what others hold of it

    def _read_proof(self) -> None:
        found = proof.proof(self.context.desk)
        self._unread = proof.news(self.context.desk)
        self.receipts.setText(proof_words.receipts(found.receipts))
        self._give_room()
        if not self._unread:
            self.notice.say("")
            return
        one = self._unread[0]
        now = next((other for other in found.notices if other.fingerprint == one.fingerprint), one)
        parts = [proof_words.headline(one), proof_words.advice(one, now.act == proof.WHOLE), proof_words.source(one)]
        if len(self._unread) > 1:
            more = len(self._unread) - 1
            parts.append(ngettext("{count} more.", "{count} more.", more).format(count=digits.count(more)))
        self.notice.say(" ".join(filter(None, parts)), "accent" if one.act == proof.OLD else "warning")

    def have_read(self) -> None:
        """The notice in sight was read; that is noted, and the next one comes."""
        if self._unread:
            with messages.shown(self.window()):
                proof.read(self.context.desk, [self._unread[0].id])
                self.context.touched()

    def compare(self) -> None:
        """Type the code that stands on a receipt."""
        LogCodeDialog(self.context, self.window()).open()

    # on from here

    def _target(self) -> Location | None:
        one = self.chosen()
        id_ = one.id if one is not None else ""
        if one is None or one.kind == "deed" or not is_record_id(id_):
            return None
        try:
            record = records.get(self.context.desk, id_)
        except NotFound:
            return None
        return Location("bin") if record.deleted else places.place(self.context.desk, record)

    def _leads_on(self) -> bool:
        return self._target() is not None

    def show_it(self) -> None:
        """Go to the record of the chosen line, in its place."""
        target = self._target()
        if target is not None:
            self.context.wanted.emit(target)

    def print_it(self) -> None:
        """What is chosen, as an official paper."""
        from cpdesk.tasks.papers import Choices
        from ui.dialogs.preview import Paper, show_preview

        since, by, _kinds = self._wanted()
        period = f"{since.isoformat()}..{date.today().isoformat()}" if since is not None else ""
        paper = Paper("audit", self.context.desk.office, Choices(period=period, search=by or ""))
        show_preview(self.context, paper, self.window())

    def _to_list(self) -> None:
        if self._soon.isActive():
            self._read()
        self.begin()


class AuditList(QListView):
    """Enter shows the record of the chosen line."""

    def __init__(self, page: AuditPage) -> None:
        super().__init__(page)
        self._page = page
        self.setObjectName("audit_list")
        self.setAccessibleName(_("Who did what"))
        self.setProperty("role", "card")
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.doubleClicked.connect(self._pressed)

    def _pressed(self, _index: QModelIndex) -> None:
        self._page.show_it()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._page.show_it()
            return
        super().keyPressEvent(event)
