"""The line over the page: which quarter of which plan, what is owed, late and at risk, and the ways on from here."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from cpdesk.i18n import _, ngettext
from cpdesk.khmer import digits
from cpdesk.tasks import Record, records
from cpdesk.tasks.progress import Period, Review
from ui import icons, tokens
from ui.context import Context
from ui.pages.progress_parts.paper import has_paper, spans
from ui.pages.progress_parts.picker import PeriodPicker
from ui.pages.progress_parts.words import owed
from ui.widgets.buttons import Button
from ui.widgets.flow import FlowLayout
from ui.widgets.surfaces import Chip, PressChip, column, row
from ui.widgets.text import literal
from ui.widgets.tips import tip


def plan_words(plan: Record) -> str:
    """A plan by its years, where its title has no room."""
    years = [digits.count(year) for year in (plan["first_year"], plan["last_year"]) if isinstance(year, int)]
    return _("Plan {years}").format(years="–".join(dict.fromkeys(years)))


class ProgressHead(QWidget):
    """`show_review` fills it; the signals say where a person wants to go."""

    plan_wanted = Signal(str)
    owed_wanted = Signal()
    room_wanted = Signal()
    paper_wanted = Signal(object)  # the span to report on

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("progress_head")
        self.context = context
        self._plan = ""
        self._period: Period | None = None
        whole = column(self, spacing=tokens.S)
        across = row(spacing=10)
        self.picker = PeriodPicker()
        across.addWidget(self.picker)
        words = _("Plan {years}").format(years="")
        self.plan = Button(words, icon="list-tree", name="progress_plan", run=self.open_plans)
        across.addWidget(self.plan)
        self._aside = QWidget()
        self._chips = FlowLayout(self._aside, 6)
        self.owed = PressChip("", "warning", self.owed_wanted.emit, name="chip_owed")
        self.late = Chip("", "bad", name="chip_late")
        self.at_risk = Chip("", "warning", name="chip_at_risk")
        self.all_told = Chip(_("All reports are here"), "good", name="chip_all")
        for chip in (self.owed, self.all_told, self.late, self.at_risk):
            self._chips.addWidget(chip)
        across.addWidget(self._aside, 1, Qt.AlignmentFlag.AlignVCenter)
        self.room = Button(
            _("For the meeting room"), icon="presentation", name="progress_room", tip="F5", run=self.room_wanted.emit
        )
        self.paper = Button(_("Report"), icon="printer", name="progress_paper", run=self.open_papers)
        across.addWidget(self.room)
        across.addWidget(self.paper)
        whole.addLayout(across)
        self.paper.setVisible(has_paper())
        self._across, self._whole = across, whole
        self._gap = QWidget(self)
        self._gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._gap.hide()

    def show_review(self, plan: Record, review: Review | None, periods: list[Period]) -> None:
        if review is None:
            return
        self._plan, self._period = plan.id, review.period
        self.picker.show_period(review.period, periods)
        self.plan.set_text(plan_words(plan))
        self.plan.setToolTip(tip(plan.title))
        self.plan.setAccessibleName(plan.title)
        self.plan.setVisible(len(self._plans()) > 1)
        count = len(review.owed)
        self.owed.setText(owed(count))
        self.owed.setAccessibleName(_("{what}: write the first").format(what=owed(count)))
        self.owed.setVisible(count > 0)
        told = any(found.report is not None for found in review.rows)
        self.all_told.setVisible(not count and told)
        late, risk = len(review.late), len(review.at_risk)
        self.late.setText(ngettext("{count} late", "{count} late", late).format(count=digits.count(late)))
        self.late.setVisible(late > 0)
        self.at_risk.setText(ngettext("{count} at risk", "{count} at risk", risk).format(count=digits.count(risk)))
        self.at_risk.setVisible(risk > 0)

    def set_narrow(self, narrow: bool) -> None:
        """Buttons as pictures, chips in a line of their own."""
        for button in (self.room, self.paper):
            button.setText("" if narrow else literal(button.accessibleName()))
            button.setToolTip(button.accessibleName())
        if narrow:
            self._across.replaceWidget(self._aside, self._gap)
            self._whole.addWidget(self._aside)
        else:
            self._whole.removeWidget(self._aside)
            self._across.replaceWidget(self._gap, self._aside)
        self._gap.setVisible(narrow)

    def _plans(self) -> list[Record]:
        found = records.find(self.context.desk, "plan", descending=True, limit=60)
        return [one for one in found if isinstance(one["first_year"], int) and isinstance(one["last_year"], int)]

    def open_papers(self) -> None:
        """The report of the quarter in sight, of its semester or of its year."""
        if self._period is None:
            return
        menu = QMenu(self)
        menu.setObjectName("paper_menu")
        for span in spans(self._period):
            action = menu.addAction(literal(span.title()))
            action.triggered.connect(partial(self.paper_wanted.emit, span))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.paper.mapToGlobal(QPoint(0, self.paper.height())))
        menu.setActiveAction(menu.actions()[0])

    def open_plans(self) -> None:
        """Another plan, the newest on top."""
        menu = QMenu(self)
        menu.setObjectName("plan_menu")
        chosen = None
        for plan in self._plans():
            action = menu.addAction(literal(plan.title))
            if plan.id == self._plan:
                action.setIcon(icons.icon("check", "accent", 16))
                chosen = action
            action.triggered.connect(partial(self.plan_wanted.emit, plan.id))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.plan.mapToGlobal(QPoint(0, self.plan.height())))
        if chosen is not None:
            menu.setActiveAction(chosen)
