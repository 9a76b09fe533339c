"""The pictures of the help, made from the real window: `python -m tests.help_pictures [FOLDER]`, or `make pictures`.

Each is cropped to what its topic speaks of and stored with as few colours as it needs. The story of the demo is shown
on a day of its own time, so that nothing in it is years late. Beside the pictures lies `shown.json`: the program's own
words that stand on labels and buttons in each of them, and the colours and sizes. `tests/ui/test_help.py` compares both
with the program of today: a word that it no longer says, or another palette, means that the pictures are old.
"""

from __future__ import annotations

import datetime
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from cpdesk import i18n
from cpdesk.files import write_whole
from cpdesk.help import picture_file, topics
from cpdesk.khmer import digits
from cpdesk.khmer.breaks import without_zwsp
from cpdesk.tasks import Desk, no_progress, records
from cpdesk.tasks.desk import create, open_desk
from cpdesk.tasks.undo import Undo
from tests.pictures import wait
from ui import theme, tokens
from ui.app import application, office_lines
from ui.context import Context
from ui.jobs import Jobs
from ui.main_window import MainWindow
from ui.pages import PAGES
from ui.widgets.shot import RATIO

SIZE = (1060, 660)
WIDE = (1300, 700)
DAY = datetime.date(2022, 7, 4)
COLOURS = 48
TALLEST = 520  # of a picture, in pixels of the window
SHOWN = "shown.json"
A_SHADE = 32  # of 255: how far a colour may move before a picture is old


@dataclass(frozen=True)
class View:
    """What is grabbed: `whole`, of it the part `crop` (in its own pixels), with numbers at the widgets `marks`."""

    whole: QWidget
    crop: QRect | None = None
    marks: dict[int, QWidget] | None = None


class Stage:
    """A window on a desk of the story, in one language, and hands to bring it where a picture is taken."""

    def __init__(self, desk: Desk, empty: Desk, locked: Desk, lang: str) -> None:
        i18n.set_language(lang)
        pretend(DAY)
        self.lang, self.desk = lang, desk
        self.window = self._window(desk)
        self.empty = self._window(empty)
        self.locked = self._window(locked)
        self.opened: list[QWidget] = []

    def _window(self, desk: Desk) -> MainWindow:
        context = Context(desk, Jobs(desk.other), Undo(desk))
        window = MainWindow(context, PAGES, office=lambda: office_lines(desk))
        context.setParent(window)
        window.resize(*SIZE)
        window.start(None)
        return window

    def go(
        self, page: str, record: str | None = None, ms: int = 700, size: tuple[int, int] = SIZE, **state: object
    ) -> QWidget:
        """Show a page and give it."""
        pretend(DAY)
        self.window.resize(*size)
        self.window.show()
        self.window.context.go(page, record, **state)
        pretend(DAY)
        wait(ms)
        shown = self.window.page()
        assert shown is not None
        return shown

    def find(self, kind: str, words: str) -> str:
        return records.find(self.desk, kind, search=words)[-1].id

    def close(self) -> None:
        for widget in (*self.opened, self.window, self.empty, self.locked):
            if isinstance(widget, MainWindow):
                widget.context.jobs.close()
            widget.close()
            widget.deleteLater()
        wait(50)


Taker = Callable[[Stage], View]
MEETING, PLAN, OLD_PLAN = ("meeting", "ពិនិត្យវឌ្ឍនភាព"), ("plan", "២០២៣-២០២៥"), ("plan", "២០២១-២០២២")


def page(
    name: str,
    record: tuple[str, str] | None = None,
    *,
    size: tuple[int, int] = SIZE,
    ms: int = 700,
    tall: int = TALLEST,
    marks: dict[int, str] | None = None,
    **state: object,
) -> Taker:
    """A page without what stands around it; `marks` are names of widgets by the numbers of steps."""

    def take(stage: Stage) -> View:
        shown = stage.go(name, stage.find(*record) if record else None, ms, size, **state)
        stage.window.setFocus()
        wait(50)
        return View(shown, QRect(0, 0, shown.width(), min(shown.height(), tall)), _named(shown, marks or {}))

    return take


def _named(within: QWidget, marks: dict[int, str]) -> dict[int, QWidget]:
    found = {number: within.findChild(QWidget, name) for number, name in marks.items()}
    lacks = [name for number, name in marks.items() if found[number] is None]
    assert not lacks, f"no widget is called {', '.join(lacks)}"
    return {number: widget for number, widget in found.items() if widget is not None}


def _participants(stage: Stage) -> View:
    from ui.pages.meeting import MeetingPage

    shown = stage.go("meeting", stage.find(*MEETING), 1500)
    assert isinstance(shown, MeetingPage)
    return View(shown.people, QRect(0, 0, shown.people.width(), min(shown.people.height(), 460)))


def _live(stage: Stage) -> View:
    from ui.pages.live import LivePage

    shown = stage.go("live", stage.find(*MEETING), 800)
    assert isinstance(shown, LivePage)
    for _turn in range(4 if stage.lang == i18n.LANGUAGES[0] else 0):  # the page remembers the point
        shown.step(1)
    wait(800)
    return View(shown, QRect(0, 0, shown.width(), min(shown.height(), 600)))


def _backup(stage: Stage) -> View:
    from ui.pages.settings import SettingsPage

    shown = stage.go("settings", ms=900)
    assert isinstance(shown, SettingsPage)
    card = shown.cards["backups"]
    return View(card, QRect(0, 0, card.width(), min(card.height(), TALLEST)))


def _office(stage: Stage) -> View:
    from PySide6.QtTest import QTest

    from ui.dialogs.first_run import FirstRun

    wizard = FirstRun()
    stage.opened.append(wizard)
    wizard.show()
    wait(100)
    wizard.next()
    wait(100)
    line = wizard.findChild(QWidget, "first_office")
    assert line is not None
    line.setProperty("text", "កៀន" if stage.lang == "km" else "kien")
    QTest.keyClick(line, Qt.Key.Key_Space)
    wait(200)
    return View(wizard)


def _begin(stage: Stage) -> View:
    pretend(DAY)
    stage.empty.resize(*SIZE)
    stage.empty.show()
    stage.empty.context.touched()
    wait(300)
    return View(stage.empty)


def _search(stage: Stage) -> View:
    from ui.dialogs.palette import Palette

    stage.go("home")
    palette = Palette(stage.window)
    stage.opened.append(palette)
    palette.show()
    wait(100)
    palette.line.setText("កុមារ")
    palette.line.textEdited.emit("កុមារ")
    wait(1500)
    return View(palette)


def _preview(stage: Stage) -> View:
    from ui.dialogs.preview import Paper, show_preview

    stage.go("meeting", stage.find(*MEETING), 1500)
    dialog = show_preview(stage.window.context, Paper("minutes", stage.find(*MEETING)), stage.window)
    stage.opened.append(dialog)
    wait(2500)
    return View(dialog, QRect(0, 0, dialog.width(), min(dialog.height(), TALLEST)))


def _history(stage: Stage) -> View:
    from ui.dialogs.history import HistoryDialog

    stage.go("meeting", stage.find(*MEETING), 1500)
    dialog = HistoryDialog(stage.window.context, stage.find(*MEETING), parent=stage.window)
    stage.opened.append(dialog)
    dialog.resize(860, 540)
    dialog.show()
    wait(300)
    return View(dialog)


def _personal(stage: Stage) -> View:
    from ui.dialogs.personal import PersonalData

    stage.go("people", stage.find("person", "ហ៊ុន កុសនី"), 900)
    dialog = PersonalData(stage.window.context, stage.find("person", "ហ៊ុន កុសនី"), stage.window)
    stage.opened.append(dialog)
    dialog.show()
    wait(1500)
    return View(dialog)


def _excel(stage: Stage) -> View:
    from cpdesk.tasks.tables import targets
    from ui.dialogs.import_table import ImportDialog
    from ui.widgets.notices import InlineMessage

    plan = stage.find(*PLAN)
    file = Path(tempfile.gettempdir()) / "plan.xlsx"
    targets.export(stage.desk, ("plan", plan), file)
    stage.go("plan", plan, 500)
    dialog = ImportDialog(stage.window.context, ("plan", plan), file, stage.window)
    stage.opened.append(dialog)
    dialog.resize(1000, 600)
    dialog.show()
    wait(2000)
    for notice in dialog.findChildren(InlineMessage):
        notice.hide()
    wait(100)
    file.unlink()
    return View(dialog)


def _public(stage: Stage) -> View:
    from ui.dialogs.preview import Paper, show_preview

    stage.go("figures", ms=900)
    dialog = show_preview(stage.window.context, Paper("vulnerability_profile", "08/2022/public"), stage.window)
    stage.opened.append(dialog)
    wait(6000)
    dialog.view.turn(2)
    wait(1500)
    return View(dialog, QRect(0, 0, dialog.width(), min(dialog.height(), 600)))


def _take_back(stage: Stage) -> View:
    from cpdesk.tasks import exchange
    from ui.dialogs.take_back import TakeBack

    stage.go("exchange", view="receive", ms=600)
    dialog = TakeBack(stage.window.context, exchange.packages(stage.desk)[-1], stage.window, again=False)
    stage.opened.append(dialog)
    dialog.show()
    wait(2500)
    dialog.resize(dialog.width(), 480)
    wait(100)
    return View(dialog)


def _calendar(stage: Stage) -> View:
    from ui.widgets.calendar import CalendarPopup

    popup = CalendarPopup("2022-11-08")  # a month with holidays
    stage.opened.append(popup)
    popup.show()
    pretend(DAY)
    wait(300)
    return View(popup)


def _door(stage: Stage, *, forgotten: bool = False) -> View:
    """Before a locked desk, and the ways round a forgotten password."""
    from ui.dialogs.unlock import Unlock

    door = Unlock(stage.locked.context.desk.path)
    stage.opened.append(door)
    door.resize(620, 700 if forgotten else 500)
    door.show()
    wait(200)
    if forgotten:
        door.forgotten.click()
        wait(300)
    return View(door)


def _password(stage: Stage) -> View:
    from ui.dialogs.password import FirstPassword

    dialog = FirstPassword(stage.empty.context, stage.empty)
    stage.opened.append(dialog)
    dialog.choice.offered.setText("ស្វាយ  ចន្ទី  ដូង  ម្នាស់")
    dialog.show()
    wait(200)
    return View(dialog)


def _officers(stage: Stage) -> View:
    from ui.pages.settings import SettingsPage

    pretend(DAY)
    stage.locked.resize(*SIZE)
    stage.locked.show()
    stage.locked.context.go("settings")
    wait(900)
    shown = stage.locked.page()
    assert isinstance(shown, SettingsPage), shown
    card = shown.cards["officers"]
    return View(card, QRect(0, 0, card.width(), min(card.height(), 960)))


def _bring_back(stage: Stage) -> View:
    from ui.dialogs.bring_back import BringBack

    desk = stage.desk
    dialog = BringBack(desk.path, desk, parent=stage.window)
    stage.opened.append(dialog)
    dialog.resize(880, 520)
    dialog.show()
    wait(1500)
    return View(dialog)


SHOTS: dict[str, Taker] = {
    "unlock": _door,
    "forgotten": lambda stage: _door(stage, forgotten=True),
    "password": _password,
    "officers": _officers,
    "bring_back": _bring_back,
    "office": _office,
    "begin": _begin,
    "people": page("people"),
    "calendar": _calendar,
    "excel": _excel,
    "public": _public,
    "take_back": _take_back,
    "search": _search,
    "settings": page("settings", marks={1: "settings_language"}),
    "meeting": page("meeting", MEETING, size=WIDE, ms=2500),
    "participants": _participants,
    "live": _live,
    "home": page("home", ms=1000),
    "preview": _preview,
    "plan": page("plan", PLAN, size=WIDE, ms=1200, view="matrix"),
    "priorities": page("plan", PLAN, ms=1200, view="priorities"),
    "thread": page("thread", PLAN, ms=1000),
    "compare": page("plan", PLAN, ms=1200, view="compare"),
    "progress": page("progress", OLD_PLAN, ms=1200, year=2022, quarter=2),
    "checks": page("checks", ms=3500),
    "figures": page("figures", size=WIDE, ms=1500),
    "letterhead": page("papers", size=WIDE, ms=2000, section="letterhead"),
    "registers": page("papers", ms=1200, section="registers"),
    "cards": page("exchange", view="offices", ms=900, marks={2: "join_steps", 3: "save_card"}),
    "send": page("exchange", view="send", ms=1200, marks={2: "send_write"}),
    "receive": page("exchange", view="receive", ms=900, marks={1: "drop_pick"}),
    "differences": page("exchange", view="differences", ms=900, tall=580),
    "history": _history,
    "audit": page("audit", ms=900),
    "personal": _personal,
    "backup": _backup,
}


# --- taking ---------------------------------------------------------------------------------------------------------
def picture(view: View) -> QPixmap:
    """The part that matters, with its numbers; folders of the story lie where a person's would."""
    scratch = str(Path(tempfile.gettempdir()))
    for label in view.whole.findChildren(QLabel):
        if scratch in label.text():
            label.setText(f"Documents/cpdesk/{Path(without_zwsp(label.text())).name}")
    wait(50)
    whole = view.whole.grab()
    ratio = whole.devicePixelRatio()
    painter = QPainter(whole)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for number, widget in (view.marks or {}).items():
        _mark(painter, widget.mapTo(view.whole, QPoint(0, 0)), digits.count(number))
    painter.end()
    if view.crop is None:
        return whole
    left, top, wide, high = (
        round(side * ratio) for side in (view.crop.x(), view.crop.y(), *view.crop.size().toTuple())
    )
    box = QRect(left, top, wide, high)
    cropped = whole.copy(box)
    cropped.setDevicePixelRatio(ratio)
    return cropped


def _mark(painter: QPainter, at: QPoint, number: str) -> None:
    """A number in a disc on the corner of a widget."""
    box = QRect(at.x() - 12, at.y() - 12, 22, 22)
    painter.setPen(QColor(tokens.LIGHT.card))
    painter.setBrush(QColor(tokens.LIGHT.warning))
    painter.drawEllipse(box)
    painter.setFont(theme.font(tokens.SMALL, bold=True))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, number)


def words_in(view: View, lang: str) -> list[str]:
    """The program's own words on labels and buttons in the part that is shown, in the order of the alphabet."""
    known = program_words(lang)
    box = view.crop or view.whole.rect()
    found = set()
    for widget in (view.whole, *view.whole.findChildren(QWidget)):
        if isinstance(widget, (QLabel, QAbstractButton)) and widget.isVisible():
            text = without_zwsp(widget.text()).replace("&&", "&").strip()
            if text in known and box.contains(QRect(widget.mapTo(view.whole, QPoint(0, 0)), widget.size())):
                found.add(text)
    return sorted(found)


def program_words(lang: str) -> set[str]:
    """All that the program says by itself in a language: its messages, and the labels of what it keeps."""
    from babel.messages.pofile import read_po

    from cpdesk.kinds import Choice
    from cpdesk.paths import TRANSLATIONS
    from cpdesk.records import KINDS

    found: set[str] = set()
    for path in TRANSLATIONS.glob("km/*.po"):
        with path.open("rb") as file:
            for message in read_po(file):
                said = message.string if lang == "km" else message.id
                found.update((said,) if isinstance(said, str) else said or ())
    with i18n.using(lang):
        for kind in KINDS.values():
            found.update((kind.label, *(field.label for field in kind.fields)))
            for field in kind.fields:
                if isinstance(field.type, Choice):
                    found.update(option.label for option in field.type.options)
    return found - {""}


def look() -> dict[str, str | int]:
    """Colours of the light scheme and sizes of type, by their names."""
    sizes = {"TEXT": tokens.TEXT, "SMALL": tokens.SMALL, "TITLE": tokens.TITLE, "HEADING": tokens.HEADING}
    return {**asdict(tokens.LIGHT), **sizes}


def _differ(one: object, other: object) -> bool:
    """Whether two values of the look can be told apart in a picture."""
    if isinstance(one, str) and isinstance(other, str):
        return any(abs(int(one[n : n + 2], 16) - int(other[n : n + 2], 16)) > A_SHADE for n in (1, 3, 5))
    return one != other


def stale(shown: dict[str, object]) -> list[str]:
    """Why the pictures that `shown` tells of are older than the program; nothing where they are not."""
    now, then = look(), shown["look"]
    assert isinstance(then, dict)
    said = [f"{name} was {then[name]}" for name in then if _differ(now.get(name), then[name])]
    for lang in i18n.LANGUAGES:
        known, told = program_words(lang), shown[lang]
        assert isinstance(told, dict)
        words = [(name, word) for name in told for word in told[name] if word not in known]
        said += [f"{name}-{lang}: “{word}” is said no longer" for name, word in words]
    return said


def pretend(day: datetime.date) -> None:
    """Let the modules of the program that are loaded take `day` for today."""

    class Kind(type):
        def __instancecheck__(cls, one: object) -> bool:
            return isinstance(one, datetime.date)

    class Told(datetime.date, metaclass=Kind):
        @classmethod
        def today(cls) -> Told:
            return cls(day.year, day.month, day.day)

    for name, module in list(sys.modules.items()):
        if name.split(".")[0] in ("ui", "cpdesk") and getattr(module, "date", None) is datetime.date:
            module.date = Told  # type: ignore[attr-defined]


def keep(made: QPixmap, path: Path) -> None:
    """As a PNG with the colours that it needs."""
    import io

    from PIL import Image
    from PySide6.QtCore import QBuffer

    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    made.save(buffer, "PNG")
    with Image.open(io.BytesIO(bytes(buffer.data().data()))) as image:
        few = image.convert("RGB").quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        out = io.BytesIO()
        few.save(out, "PNG", optimize=True)
    write_whole(path, out.getvalue())


@contextmanager
def story() -> Iterator[tuple[Desk, Desk, Desk]]:
    """The province's desk of the demo, an empty one of a district, and a locked one with several officers."""
    from cpdesk.tasks import backups, demo

    with tempfile.TemporaryDirectory() as scratch:
        os.environ["CPDESK_HOME"] = str(Path(scratch) / "home")
        told = demo.build(Path(scratch) / "demo", no_progress)
        empty = create(Path(scratch) / "0802.cpdesk", "0802", "សុខ សុភា")
        with open_desk(told.desks[0]) as desk, _locked(Path(scratch), desk) as locked:
            for copy in (Path(scratch) / "home" / "backups").glob("*"):  # they bear the day of today
                copy.unlink()
            for day in (1, 2, 4):
                backups.make(desk, datetime.datetime(2022, 7, day, 17, 5).astimezone())
            yield desk, empty, locked
        empty.close()


def _locked(scratch: Path, above: Desk) -> Desk:
    from cpdesk.tasks import exchange, officers

    desk = create(scratch / "0803.cpdesk", "0803", "សុខ សុភា", "ស្វាយ ចន្ទី ដូង ម្នាស់")
    officers.change(desk, desk.who or "", roles=("officer", "keeper"))
    officers.add(desk, "ចាន់ ធារី", ("head", "merger"), "ទន្លេ មេឃ ផ្កា ភ្នំ")
    officers.add(desk, "គឹម កុសល", ("reader",), "ដំរី ខ្លា ត្រី អណ្តើក")
    exchange.write_card(above, scratch / "above.cpcard")
    exchange.join(desk, scratch / "above.cpcard")
    return desk


def main(arguments: Sequence[str]) -> None:
    folder = Path(arguments[0]) if arguments else picture_file("x").parent
    only = arguments[1:]
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {one.name for topic in topics() for one in topic.pictures}
    assert wanted <= set(SHOTS), f"nobody takes {', '.join(sorted(wanted - set(SHOTS)))}"
    os.environ["QT_SCALE_FACTOR"] = str(RATIO)
    application(scheme="light")
    sys.excepthook = sys.__excepthook__  # a mistake ends the script and is told here, not in a dialog
    shown: dict[str, object] = {"look": look()}
    with story() as (desk, empty, locked):
        for lang in i18n.LANGUAGES:
            stage = Stage(desk, empty, locked, lang)
            words = {}
            for name in sorted(only or wanted, key=list(SHOTS).index):
                view = SHOTS[name](stage)
                words[name] = words_in(view, lang)
                keep(picture(view), folder / f"{name}-{lang}.png")
                for dialog in stage.opened:
                    dialog.close()
                stage.opened.clear()
            shown[lang] = words
            stage.close()
    if not only:
        (folder / SHOWN).write_text(json.dumps(shown, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
