"""A topic of the help: what it is for, numbered steps, a small table, a word of advice, pictures."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from cpdesk.help import Topic, picture_file
from cpdesk.khmer import digits
from ui import theme, tokens
from ui.widgets.shot import Shot
from ui.widgets.surfaces import Card, Divider, SectionHeader, column, row
from ui.widgets.text import Text

MARK = 26


class TopicCard(Card):
    """All of a topic on one card, with its title where `titled`."""

    def __init__(self, topic: Topic, *, titled: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(f"topic_{topic.key}", margin=tokens.XL, parent=parent)
        if titled:
            self.add(SectionHeader(topic.title))
        self.add(Text(topic.what, "muted"))
        for number, step in enumerate(topic.steps, 1):
            line = row(spacing=tokens.M)
            line.addWidget(_mark(number), 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(Text(step, selectable=True), 1)
            self.body.addLayout(line)
        if topic.rows:
            self.body.addLayout(_table(topic.rows))
        if topic.good:
            self.add(Divider(), Text(topic.good, "small", selectable=True))
        for picture in topic.pictures:
            shot = Shot(picture_file(picture.name), picture.words)
            if not shot.is_there():
                shot.deleteLater()
                continue
            box = column(spacing=tokens.XS)
            box.addWidget(shot)
            box.addWidget(Text(picture.words, "small"))
            self.body.addSpacing(tokens.XS)
            self.body.addLayout(box)
        self.body.addStretch(1)


def _table(rows: Sequence[tuple[str, str]]) -> QGridLayout:
    """What stands for what, the second beside the first."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(tokens.XL)
    grid.setVerticalSpacing(tokens.S)
    grid.setColumnStretch(0, 2)
    grid.setColumnStretch(1, 3)
    for at, (left, right) in enumerate(rows):
        grid.addWidget(Text(left, "strong"), at, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Text(right, selectable=True), at, 1, Qt.AlignmentFlag.AlignTop)
    return grid


def _mark(number: int) -> Text:
    mark = Text(digits.count(number), "strong", wrap=False)
    mark.setFixedWidth(theme.scaled(MARK))
    return mark
