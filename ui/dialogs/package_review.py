"""What packages would change, in plain words that open to the very values, before anything is merged."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cpdesk.i18n import _, ngettext
from cpdesk.khmer import digits
from cpdesk.tasks.exchange import FieldChange, Inspected, RecordChange, Voice
from ui import tokens
from ui.dialogs.base import Dialog
from ui.pages.exchange_words import day, full_name, kind_counts, moment, office_name, summary
from ui.widgets.buttons import Button
from ui.widgets.surfaces import Card, Chip, Divider, column, row, scrolling
from ui.widgets.text import Text

MOST = 60  # records shown at once; "more" shows the next ones
ROOM = 360  # pixels to read the packages in, which a screen 600 high still has
LABEL = 130  # pixels before a value
LONGEST = 400  # letters of a value before it is shortened; the record itself shows it whole
WHAT_TONES = {"new": "good", "changed": "accent", "deleted": "bad", "restored": "accent"}


def what_word(what: str) -> str:
    return {"new": _("New"), "changed": _("Changed"), "deleted": _("Deleted"), "restored": _("Brought back")}[what]


class Fold(QWidget):
    """A line that opens: its content is made when it is first wanted."""

    def __init__(self, words: str, make: Callable[[], QWidget], *, name: str) -> None:
        super().__init__()
        self._make = make
        self._content: QWidget | None = None
        self._box = column(self, spacing=tokens.XS)
        self.button = Button(words, kind="link", icon="chevron-right", name=name, run=self.toggle)
        self._box.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)

    def toggle(self) -> None:
        from ui import icons

        if self._content is None:
            self._content = self._make()
            self._box.addWidget(self._content)
            open_ = True
        else:
            open_ = self._content.isHidden()
            self._content.setVisible(open_)
        self.button.setIcon(icons.icon("chevron-down" if open_ else "chevron-right", "accent"))


class ChangeView(QWidget):
    """One record: what happens to it, and each field with its value before and after, or with both sides where they
    would differ."""

    def __init__(self, change: RecordChange, *, tone: str = "", word: str = "") -> None:
        super().__init__()
        box = column(self, spacing=2)
        head = row(spacing=tokens.S)
        head.addWidget(
            Chip(word or what_word(change.what), tone or WHAT_TONES[change.what]), 0, Qt.AlignmentFlag.AlignTop
        )
        head.addWidget(Text(f"{change.label} · {change.title}"), 1)
        box.addLayout(head)
        for field in change.fields:
            if field.sides:
                box.addWidget(Text(field.label, "strong"))
                for side in field.sides:
                    box.addLayout(_side(side))
            else:
                box.addLayout(_field(field))


def _line(label: str) -> QHBoxLayout:
    line = row(spacing=tokens.S)
    line.setContentsMargins(tokens.M, 0, 0, 0)
    words = Text(label, "small")
    words.setFixedWidth(LABEL)
    line.addWidget(words, 0, Qt.AlignmentFlag.AlignTop)
    return line


def _side(side: Voice) -> QHBoxLayout:
    """What stands here, or what the package says, and under it who wrote it and when."""
    line = _line(_("Here") if side.here else _("In the package"))
    said = column(spacing=0)
    said.addWidget(Text(_short(side.shown) or _("(blank)"), selectable=True))
    who = (side.by, office_name(side.office), moment(side.at))
    said.addWidget(Text(" · ".join(part for part in who if part), "small"))
    line.addLayout(said, 1)
    return line


def _field(change: FieldChange) -> QHBoxLayout:
    line = _line(change.label)
    if change.before:
        line.addWidget(Text(_short(change.before), "muted", selectable=True), 1, Qt.AlignmentFlag.AlignTop)
        line.addWidget(Text("→", "muted", wrap=False), 0, Qt.AlignmentFlag.AlignTop)
    after = Text(_short(change.after) or _("(blank)"), selectable=True)
    line.addWidget(after, 1, Qt.AlignmentFlag.AlignTop)
    return line


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


class ChangeList(QWidget):
    """Many changes, so many at a time."""

    def __init__(self, items: Sequence[RecordChange], *, tone: str = "", word: str = "") -> None:
        super().__init__()
        self._items, self._tone, self._word, self._at = list(items), tone, word, 0
        self._box = column(self, spacing=tokens.S)
        self._box.setContentsMargins(tokens.M, 0, 0, 0)
        self._more = Button(_("Show more"), kind="link", name="more_changes", run=self._add)
        self._box.addWidget(self._more)
        self._add()

    def _add(self) -> None:
        for item in self._items[self._at : self._at + MOST]:
            at = self._box.count() - 1
            self._box.insertWidget(at, ChangeView(item, tone=self._tone, word=self._word))
            self._box.insertWidget(at + 1, Divider())
        self._at += MOST
        self._more.setVisible(self._at < len(self._items))


class PackageCard(Card):
    """One package: from whom, its number, through what day, and what it would do here."""

    def __init__(self, seen: Inspected) -> None:
        super().__init__(f"package_{seen.package.name}", margin=14)
        self.body.setSpacing(tokens.XS)
        words, tone = summary(seen)
        head = row(spacing=tokens.M)
        sender = full_name(seen.name, seen.office) if seen.office else seen.package.name
        head.addWidget(Text(sender, "strong"), 1)
        if seen.number is not None:
            head.addWidget(Chip(_("Package {number}").format(number=digits.count(seen.number))))
        self.body.addLayout(head)
        facts = [seen.package.name] if sender != seen.package.name else []
        if seen.written_at is not None:
            facts.append(_("written {day}").format(day=day(seen.written_at)))
        if seen.received_times:
            times = _("merged {count} times before") if seen.received_times > 1 else _("merged once before")
            facts.append(times.format(count=digits.count(seen.received_times)))
        if facts:
            self.body.addWidget(Text(" · ".join(facts), "small"))
        outcome = row(spacing=tokens.S)
        outcome.addWidget(Text(words, "problem" if tone == "bad" else "strong", name="package_summary"), 1)
        self.body.addLayout(outcome)
        for line in kind_counts(seen.by_kind):
            self.body.addWidget(Text(line, "small"))
        if seen.differences:
            differing = seen.differences
            text = ngettext("{count} needs your decision", "{count} need your decision", len(differing))
            self.body.addWidget(
                Fold(
                    text.format(count=digits.count(len(differing))),
                    lambda: ChangeList(differing, tone="warning", word=_("Differs")),
                    name="fold_differences",
                )
            )
        if seen.items:
            items = seen.items
            self.body.addWidget(Fold(_("See every value"), lambda: ChangeList(items), name="fold_values"))


class PackageReview(Dialog):
    """The packages one under the other; `merge_wanted` hands on those that can be merged."""

    merge_wanted = Signal(object)

    def __init__(self, parent: QWidget | None, found: Sequence[Inspected]) -> None:
        super().__init__(parent, _("Before merging"), name="package_review", icon="file-search")
        self.setMaximumWidth(900)
        self.resize(760, 560)
        self.wanted = [seen.package for seen in found if seen.why is None]
        refused = len(found) - len(self.wanted)
        said = ngettext("{count} package can be merged.", "{count} packages can be merged.", len(self.wanted))
        text = said.format(count=digits.count(len(self.wanted)))
        if refused:
            more = ngettext(
                "{count} is refused; the reason stands with it.",
                "{count} are refused; the reasons stand with them.",
                refused,
            )
            more = more.format(count=digits.count(refused))
            text = f"{text} {more}" if self.wanted else more
        self.say(" ".join((text, _("Nothing has been changed yet."))), "muted")
        inner = QWidget()
        box = column(inner, spacing=tokens.M)
        for seen in found:
            box.addWidget(PackageCard(seen))
        box.addStretch(1)
        area = scrolling(inner, "review_scroll")
        area.setMinimumHeight(ROOM)
        self.body.addWidget(area, 1)
        self.let_body_grow()
        self.add_button(_("Not now") if self.wanted else _("Close"), self.reject, name="review_later")
        if self.wanted:
            word = ngettext("Merge {count} package", "Merge {count} packages", len(self.wanted))
            self.add_button(
                word.format(count=digits.count(len(self.wanted))), self._merge, kind="primary", name="review_merge"
            )

    def _merge(self) -> None:
        self.accept()
        self.merge_wanted.emit(self.wanted)
