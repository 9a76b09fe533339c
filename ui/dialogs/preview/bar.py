"""What stands over the pages: which page, how large, and what can be done with the paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from cpdesk.i18n import _
from cpdesk.khmer import digits
from cpdesk.tasks.forms import FILE_TYPES, FileType
from ui import icons, theme, tokens
from ui.widgets.buttons import Button, IconButton
from ui.widgets.editors.choice import Combo
from ui.widgets.editors.line import Line
from ui.widgets.paper_view import PAGE, WIDTH, ZOOMS, Zoom
from ui.widgets.surfaces import row
from ui.widgets.text import ElidedText, Text, literal
from ui.widgets.tips import tip

FILE_ICONS = {"pdf": "file-text", "docx": "pencil", "xlsx": "file-spreadsheet"}


def file_words() -> dict[FileType, str]:
    """The sorts of files by the names that people know."""
    return {"pdf": "PDF", "docx": "Word", "xlsx": "Excel"}


class PageBox(Line):
    """The number of the page in sight; another one typed, in Khmer or Latin digits, with Enter leads there."""

    wanted = Signal(int)  # from 0

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("preview_page")
        self.setAccessibleName(_("Page number"))
        self.setToolTip(_("Go to a page (Ctrl+G)"))
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setFixedWidth(theme.scaled(56))
        self._number = 0
        self.returnPressed.connect(self._go)
        self.left.connect(lambda: self.show_page(self._number))

    def show_page(self, number: int) -> None:
        self._number = number
        self.setText(digits.count(number + 1))

    def _go(self) -> None:
        typed = digits.to_ascii(self.text()).strip()
        if typed.isascii() and typed.isdigit():
            self.wanted.emit(int(typed[:9]) - 1)
        self.show_page(self._number)
        self.selectAll()


class PreviewBar(QWidget):
    """The row of tools. It tells what is wanted; the dialog does it."""

    page_wanted = Signal(int)
    turn_wanted = Signal(int)
    zoom_wanted = Signal(object)
    step_wanted = Signal(int)

    def __init__(
        self,
        title: str,
        *,
        find: Callable[[], object],
        own: Callable[[], object],
        save: Callable[[FileType], object],
        print_: Callable[[], object],
        close: Callable[[], object],
    ) -> None:
        super().__init__()
        bar = row(self, spacing=tokens.S)
        bar.setContentsMargins(tokens.L, tokens.S, tokens.L, tokens.S)
        bar.addWidget(ElidedText(title, "title", name="preview_title"), 1)
        self.page = PageBox()
        self.page.wanted.connect(self.page_wanted)
        self.pages = Text("", "muted", wrap=False, name="preview_pages")
        turn = partial(self.turn_wanted.emit)
        bar.addWidget(_icon("chevron-up", _("Previous page"), "preview_up", partial(turn, -1)))
        bar.addWidget(self.page)
        bar.addWidget(self.pages)
        bar.addWidget(_icon("chevron-down", _("Next page"), "preview_down", partial(turn, 1)))
        bar.addSpacing(tokens.S)
        bar.addWidget(_icon("zoom-out", _("Smaller"), "preview_smaller", partial(self.step_wanted.emit, -1)))
        self.zoom = Combo()
        self.zoom.setObjectName("preview_zoom")
        self.zoom.setAccessibleName(_("Size"))
        for zoom, words in zoom_words():
            self.zoom.addItem(words, zoom)
        self.zoom.activated.connect(lambda at: self.zoom_wanted.emit(self.zoom.itemData(at)))
        bar.addWidget(self.zoom)
        bar.addWidget(_icon("zoom-in", _("Larger"), "preview_larger", partial(self.step_wanted.emit, 1)))
        bar.addSpacing(tokens.S)
        self.search = _icon("search", _("Search in the text (Ctrl+F)"), "preview_find", find)
        bar.addWidget(self.search)
        self.own = Button(_("This paper"), icon="pencil", name="preview_own", run=own)
        self.own.setToolTip(tip(_("Change the number, date lines, signatures and other lines of this paper (Ctrl+E)")))
        self.own.setCheckable(True)
        self.save = SaveButton(save)
        self.print = Button(_("Print…"), kind="primary", icon="printer", name="preview_print", run=print_)
        for button in (self.own, self.save, self.print):
            button.setEnabled(False)
            bar.addWidget(button)
        bar.addWidget(_icon("x", _("Close"), "preview_close", close))

    def show_place(self, page: int, pages: int) -> None:
        """Which page of how many is in sight."""
        if not self.page.hasFocus() or not self.page.isModified():
            self.page.show_page(page)
        self.pages.setText(f"/ {digits.count(pages)}")
        self.page.setAccessibleDescription(_("of {pages}").format(pages=digits.count(pages)))

    def show_zoom(self, zoom: Zoom, scale: float) -> None:
        """How large the pages are; a fit tells in its tip what that comes to."""
        at = self.zoom.findData(zoom)
        if at >= 0:
            self.zoom.setCurrentIndex(at)
        self.zoom.setToolTip(_percent(scale))

    def be_ready(self, ready: bool = True) -> None:
        """There are pages now, and nothing is under way with them."""
        for button in (self.own, self.save, self.print):
            button.setEnabled(ready)

    def let_grow(self, wide: bool) -> None:
        """Words beside the icons where there is room."""
        for button, words in (
            (self.own, _("This paper")), (self.save, _("Save as…")), (self.print, _("Print…")),
        ):  # fmt: skip
            button.set_text(words if wide else "")
            button.setAccessibleName(words)


class SaveButton(Button):
    """Asks in a menu which sort of file it shall be."""

    def __init__(self, save: Callable[[FileType], object], types: Sequence[FileType] = FILE_TYPES) -> None:
        super().__init__(_("Save as…"), icon="download", name="preview_save")
        menu = QMenu(self)
        menu.setObjectName("preview_save_menu")
        for to in types:
            words = _("{program} file…").format(program=file_words()[to])
            action = QAction(icons.icon(FILE_ICONS[to]), literal(words), menu)
            action.setObjectName(f"save_{to}")
            action.triggered.connect(lambda _on=False, to=to: save(to))
            menu.addAction(action)
        self.menu_ = menu
        self.clicked.connect(self.open_menu)

    def open_menu(self) -> None:
        self.menu_.popup(self.mapToGlobal(self.rect().bottomLeft()))
        self.menu_.setActiveAction(self.menu_.actions()[0])


def zoom_words() -> list[tuple[Zoom, str]]:
    """The sizes to choose from."""
    fits: list[tuple[Zoom, str]] = [(WIDTH, _("Fit the width")), (PAGE, _("Fit the page"))]
    return fits + [(zoom, _percent(zoom)) for zoom in ZOOMS]


def _percent(scale: float) -> str:
    return f"{digits.count(round(scale * 100))} %"


def _icon(icon: str, word: str, name: str, run: Callable[[], object]) -> IconButton:
    return IconButton(icon, word, name=name, colour="ink", run=run)
