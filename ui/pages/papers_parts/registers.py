"""The registers of letters: what a number looks like, and every number of a year with what became of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from cpdesk.i18n import _, ngettext
from cpdesk.khmer import dates, digits
from cpdesk.records.paperwork import LETTER
from cpdesk.tasks.papers.titles import title as form_title
from cpdesk.tasks.paperwork import register
from cpdesk.tasks.paperwork.register import Entry, Gap
from cpdesk.tasks.paperwork.series import every_series, series
from ui import theme, tokens
from ui.actions import Action
from ui.context import Context
from ui.dialogs.preview import Paper, show_preview
from ui.lists.rows import Face, Piece, RowHead, RowList, Slot
from ui.pages.papers_parts.register_rows import EntryForm, GapForm, RowForm
from ui.pages.papers_parts.section import Section
from ui.pages.papers_parts.series_card import SeriesCard
from ui.widgets.buttons import Button, IconButton
from ui.widgets.notices import InlineMessage
from ui.widgets.surfaces import Card, SectionHeader, row
from ui.widgets.text import ElidedText, Text

MOST = 200  # rows at once; the older ones come with a press
ROOMY = 760  # of the list, from which each thing has a column of its own
GAP = "gap "


class Registers(Section):
    key = "registers"
    wide = True

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.series = SeriesCard(context)
        self.series.chosen.connect(self._choose_series)
        self.series.kept.connect(lambda: self.write("series"))
        self.year = self._last_year()
        self._most = MOST
        self._form: RowForm | None = None
        self._gaps: dict[str, Gap] = {}
        self._entries: dict[str, Entry] = {}
        self._wide_rows = True
        self.body.addWidget(self.series)
        self.body.addWidget(self._list_card())
        self.body.addStretch(1)

    def heading(self) -> str:
        return _("Letter numbers")

    # building

    def _list_card(self) -> Card:
        card = Card("register_card")
        head = SectionHeader(_("Letters of the year"), line=False)
        self._counts = ElidedText("", "small", name="register_counts")
        head.add_chip(self._years())
        head.add_chip(self._counts)
        head.add_action(Button(_("Print the register"), icon="printer", name="register_print", run=self.print))
        self.doubles = InlineMessage("", "bad", name="register_doubles")
        self.head = RowHead(_slots(wide=True))
        self.rows = RowList(_slots(wide=True), name="register_rows")
        self.rows.opened.connect(self.open_row)
        self.nothing = Text("", "muted", name="register_nothing")
        self.earlier = Button(_("Show the earlier ones"), kind="link", name="register_earlier", run=self._show_all)
        card.add(head, self.doubles, self.head, self.rows, self.nothing, self.earlier)
        card.body.setSpacing(tokens.S)
        return card

    def _years(self) -> QWidget:
        holder = QWidget()
        across = row(holder, spacing=0)
        back = IconButton("chevron-left", _("The year before"), name="year_back", size=16, run=lambda: self._turn(-1))
        on = IconButton("chevron-right", _("The year after"), name="year_on", size=16, run=lambda: self._turn(1))
        self._year = Text("", "strong", wrap=False, name="register_year")
        for widget in (back, self._year, on):
            across.addWidget(widget)
        return holder

    # which register and year

    def _choose_series(self, _key: str) -> None:
        self._go(self._last_year())

    def _last_year(self) -> int:
        """The last year in which the register has a letter, else this one."""
        return max(register.years(self.context.desk, self.series.key), default=date.today().year)

    def _turn(self, step: int) -> None:
        self._go(self.year + step)

    def _go(self, year: int) -> None:
        self._close()
        self.year, self._most = year, MOST
        self.refresh()

    def _show_all(self) -> None:
        self._most = 1 << 20
        self.refresh()

    # what stands

    def refresh(self) -> None:
        desk, key = self.context.desk, self.series.key
        self.series.refresh()
        self.series.set_year(self.year)
        entries, gaps = register.entries(desk, key, self.year), register.gaps(desk, key, self.year)
        self._entries = {one.id: one for one in entries}
        self._gaps = {f"{GAP}{one.first}": one for one in gaps}
        faces = self._faces(entries, gaps)
        self.rows.show_faces(faces[: self._most])
        self.earlier.setVisible(len(faces) > self._most)
        self._year.setText(digits.count(self.year))
        self._show_counts(entries, gaps)
        self._show_doubles(entries)
        self.head.setVisible(bool(faces) and self._wide_rows)
        nothing = _("No letter has a number in this year yet. A number is given when a letter is printed or saved.")
        self.nothing.setText("" if faces else nothing)
        self.nothing.setVisible(not faces)
        if self._form is not None and self.rows.open_id != self._form.id:
            self._form = None

    def _show_counts(self, entries: list[Entry], gaps: list[Gap]) -> None:
        void = sum(one.voided for one in entries)
        skipped = sum(gap.last - gap.first + 1 for gap in gaps)
        told = [
            ngettext("{count} letter", "{count} letters", len(entries) - void).format(
                count=digits.count(len(entries) - void)
            )
        ]
        told += [_("{count} void").format(count=digits.count(void))] if void else []
        told += [_("{count} skipped").format(count=digits.count(skipped))] if skipped else []
        self._counts.setText(" · ".join(told) if entries else "")

    def _show_doubles(self, entries: list[Entry]) -> None:
        found = register.doubles(entries)
        words = _("Two letters bear number {number}: two computers gave it while apart. Make one of them void.")
        self.doubles.say(words.format(number=found[0][1].shown) if found else "", "bad")

    def _faces(self, entries: list[Entry], gaps: list[Gap]) -> list[Face]:
        """The newest number first."""
        doubled = {one.id for pair in register.doubles(entries) for one in pair}
        shown = series(self.context.desk, self.series.key)
        told = [(one.number, 1, _face(one, one.id in doubled, self._wide_rows)) for one in entries]
        told += [(gap.last, 0, _gap_face(gap, shown.shown, self._wide_rows)) for gap in gaps]
        return [face for _n, _k, face in sorted(told, key=lambda one: one[:2], reverse=True)]

    # one row

    def open_row(self, id_: str) -> None:
        """Let what can be done about that number be done where it stands."""
        if self._form is not None and self.rows.open_id == id_:
            self._form.begin()
            return
        self.leave()
        if id_ in self._gaps:
            self._form = GapForm(self.context, id_, self._gaps[id_])
        elif id_ in self._entries:
            self._form = EntryForm(self.context, self._entries[id_])
        else:
            return
        self._form.kept.connect(lambda: self.write("letter", "number_gap"))
        self._form.closed.connect(self.close_row)
        self.rows.open_row(id_, self._form)
        self._form.begin()
        form = self._form
        QTimer.singleShot(0, form, lambda: self.area.ensureWidgetVisible(form, 0, tokens.XL))

    def close_row(self) -> None:
        if self._form is not None:
            id_ = self._form.id
            self._close()
            self.refresh()
            self.rows.focus(id_)

    def _close(self) -> None:
        if self._form is not None:
            form, self._form = self._form, None
            form.flush()
            self.rows.close_row()
            form.deleteLater()

    # paper

    def print(self) -> None:
        """The register of the year as a sheet."""
        self.leave()
        show_preview(self.context, Paper("letter_register", f"{self.series.key}/{self.year}"), self)

    def commands(self) -> list[Action]:
        return [
            Action("print", _("Print the register"), self.print, "printer"),
            Action("year_back", _("The year before"), lambda: self._turn(-1), shortcut="Alt+PgUp"),
            Action("year_on", _("The year after"), lambda: self._turn(1), shortcut="Alt+PgDown"),
            Action("new_register", _("New register…"), self.series.ask_new, "plus"),
        ]

    def leave(self) -> None:
        self.series.flush()
        if self._form is not None:
            self._form.flush()

    def begin(self) -> None:
        if not self.rows.focus_row(0):
            self.series.begin()

    def state(self) -> dict[str, object]:
        return {"series": self.series.key, "year": self.year, "row": self.rows.open_id}

    def restore(self, state: dict[str, object]) -> None:
        key, year, wanted = (state.get(name) for name in ("series", "year", "row"))
        if isinstance(key, str) and key in {one.key for one in every_series(self.context.desk)}:
            self.series.choose(key)
        if isinstance(year, int):
            self._go(year)
        if isinstance(wanted, str) and wanted:
            self._most = 1 << 20
            self.refresh()
            QTimer.singleShot(0, self, lambda: self.open_row(wanted))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= theme.scaled(ROOMY)
        if wide != self._wide_rows:
            self._wide_rows = wide
            here = next((id_ for id_ in self.rows.ids() if (at := self.rows.row(id_)) and at.hasFocus()), "")
            self.rows.set_slots(_slots(wide=wide))
            self.head.set_slots(_slots(wide=wide))
            self.refresh()
            if here:
                self.rows.focus(here)


def _slots(*, wide: bool) -> tuple[Slot, ...]:
    if not wide:
        return (Slot(pixels=140), Slot(share=1))
    return (
        Slot(pixels=150, title=_("Number")),
        Slot(pixels=120, title=LETTER.field("day").label),
        Slot(share=6, title=LETTER.field("subject").label),
        Slot(share=4, title=LETTER.field("to").label),
        Slot(share=3, title=LETTER.field("by").label),
    )


def _face(one: Entry, doubled: bool, wide: bool) -> Face:
    marks = [Piece(_("Void"), "neutral")] if one.voided else []
    marks += [Piece(_("Twice"), "bad")] if doubled else []
    number = (Piece(one.shown, "muted" if one.voided else "strong"), *marks)
    day = Piece(dates.short(one.day) if one.day is not None else "")
    subject = [Piece(one.subject or _form_words(one), "muted" if one.voided else "text")]
    subject.append(Piece(one.reason if one.voided else _form_words(one) if one.subject else "", "small"))
    if wide:
        return Face(one.id, (number, (day,), tuple(subject), (Piece(one.to),), (Piece(one.by, "small"),)))
    others = " · ".join(text for text in (one.to, one.by) if text)
    return Face(one.id, ((*number, Piece(day.text, "small")), (*subject, Piece(others, "small"))))


def _form_words(one: Entry) -> str:
    """What sort of paper bears the number; a form of a newer program by no name."""
    try:
        return form_title(one.form)
    except KeyError:
        return ""


def _gap_face(gap: Gap, shown: Callable[[int, int], str], wide: bool) -> Face:
    first, last = (shown(number, gap.year) for number in (gap.first, gap.last))
    number = Piece(first if gap.first == gap.last else f"{first} – {last}", "muted")
    count = gap.last - gap.first + 1
    words = ngettext("{count} number skipped", "{count} numbers skipped", count).format(count=digits.count(count))
    what = (Piece(words, "muted"), Piece(gap.reason or _("Not explained"), "small" if gap.reason else "warning"))
    id_ = f"{GAP}{gap.first}"
    return Face(id_, ((number,), (), what, (), ()) if wide else ((number,), what))
