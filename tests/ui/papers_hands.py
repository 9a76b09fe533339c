"""Hands for the tests of the page on official papers."""

from __future__ import annotations

import io
from datetime import date
from typing import TypeVar

from PIL import Image
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from cpdesk.tasks import Desk
from cpdesk.tasks.paperwork import register
from tests.printing.reading import squeezed, whole
from tests.ui.hands import press, settle, write
from ui.main_window import MainWindow
from ui.pages.papers import PapersPage
from ui.pages.papers_parts.fields import StandingForm
from ui.widgets.editors import Editor

Sort = TypeVar("Sort", bound=QWidget)
YEAR = date.today().year


def page(shown: MainWindow, qtbot: QtBot, section: str = "letterhead", **state: object) -> PapersPage:
    """The page, with that part of it in sight and its paper drawn."""
    shown.context.go("papers", None, section=section, **state)
    found = shown.page()
    assert isinstance(found, PapersPage)
    drawn(shown, qtbot)
    return found


def drawn(shown: MainWindow, qtbot: QtBot) -> None:
    """Wait until the paper is as it should be, or none is wanted."""
    found = shown.page()
    assert isinstance(found, PapersPage)

    def ready() -> bool:
        return not found.paper.isVisible() or found.paper.is_drawn()

    settle(qtbot, shown, ready)


def on_paper(found: PapersPage) -> str:
    return whole(found.paper.view.pdf)


def follows(shown: MainWindow, qtbot: QtBot, words: str, there: bool = True) -> None:
    """The page beside the template says `words` before long."""
    found = shown.page()
    assert isinstance(found, PapersPage)
    qtbot.waitUntil(lambda: (squeezed(words) in on_paper(found)) is there, timeout=10_000)


def child(holder: QWidget, sort: type[Sort], name: str) -> Sort:
    found = holder.findChild(sort, name)
    assert found is not None, name
    return found


def said(holder: QWidget) -> str:
    return "\n".join(one.text().replace("\u200b", "") for one in holder.findChildren(QLabel) if one.isVisible())


def form_of(found: PapersPage) -> StandingForm:
    assert found.forms.form is not None
    return found.forms.form


def retype(editor: Editor, text: str) -> None:
    editor.focus()
    press("Ctrl+A")
    write(text)


def picture(kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 60), "navy").save(out, kind)
    return out.getvalue()


def numbered(desk: Desk, *abouts: str) -> None:
    for about in abouts:
        register.reserve(desk, "invitation", about, day=date(YEAR, 6, 23), subject=f"អញ្ជើញ {about}", to="លោក សុខ")
