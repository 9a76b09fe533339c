"""Sample pages that show every part of the window, for the tests and for the eye.

`python -m tests.ui.gallery FOLDER` writes pictures of the window in both languages and both schemes.
"""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QApplication, QGridLayout, QWidget

from cpdesk.i18n import pick, set_language
from cpdesk.khmer import dates, lunar
from cpdesk.kinds import Amount, Count, Date, Field, Flag, Kind, Quarters, Ref, Refs, Text, Time, Value, Year, choice
from ui import theme
from ui.actions import Action
from ui.context import Context
from ui.forms.form import Form
from ui.jobs import Jobs
from ui.main_window import MainWindow
from ui.navigation import Crumb, Location, ScrollPage
from ui.registry import PageSpec
from ui.widgets import text
from ui.widgets.buttons import Button, Segments
from ui.widgets.editors import Hit, Source
from ui.widgets.notices import InlineMessage
from ui.widgets.surfaces import Card, Chip, Divider, EmptyState, SectionHeader, column, row

PEOPLE = {
    "1" * 32: ("លោកជំទាវ ហ៊ុន កុសនី", "អភិបាលរង · រដ្ឋបាលខេត្តកណ្តាល"),
    "2" * 32: ("លោក សុខ វណ្ណា", "ប្រធានការិយាល័យ · មន្ទីរ ស.អ.យ"),
    "3" * 32: ("លោកស្រី សុខា ចន្ធី", "មន្ត្រី · មន្ទីរ អ.យ.ក"),
}
SAMPLE = Kind(
    "sample",
    "គំរូ",
    "Sample",
    (
        Field("subject", Text(), "កម្មវត្ថុ", "Subject", required=True),
        Field("day", Date(), "កាលបរិច្ឆេទ", "Date", required=True),
        Field("start", Time(), "ម៉ោងចាប់ផ្តើម", "Start"),
        Field("chair", Ref(("person",)), "អធិបតី", "Chair"),
        Field("partners", Refs(("person",)), "ដៃគូ", "Partners"),
        Field("state", choice(planned=("គ្រោងទុក", "Planned"), held=("បានប្រជុំ", "Held")), "ស្ថានភាព", "State"),
        Field("girls", Count(), "កុមារី", "Girls"),
        Field("year", Year(), "ឆ្នាំ", "Year"),
        Field("spent", Amount(), "ចំណាយ", "Spent"),
        Field("adopted", Flag(), "បានអនុម័តកំណត់ហេតុមុន", "Previous minutes adopted"),
        Field("when", Quarters(), "ត្រីមាស", "Quarters"),
        Field("opening", Text(long=True), "មតិបើក", "Opening"),
    ),
    title=("subject",),
)
VALUES: dict[str, Value] = {
    "subject": "ពិនិត្យវឌ្ឍនភាពផែនការ ២០២១-២០២២ និងរៀបចំផែនការ ២០២៣-២០២៥",
    "day": "2022-06-23",
    "start": "08:00",
    "chair": "1" * 32,
    "partners": " ".join(("2" * 32, "3" * 32)),
    "state": "held",
    "girls": 1248,
    "year": 2022,
    "spent": "12500000",
    "adopted": True,
    "when": "2023Q1 2023Q3 2024Q2",
    "opening": "កិច្ចប្រជុំពិគ្រោះយោបល់ដើម្បីពិនិត្យលើវឌ្ឍនភាពនៃការអនុវត្តផែនការកិច្ចការពារកុមារ ឆ្នាំ២០២១-២០២២"
    " និងការរៀបចំផែនការ រយៈពេល៣ឆ្នាំ (២០២៣-២០២៥) ក្រោមអធិបតីភាព លោកជំទាវ ហ៊ុន កុសនី អភិបាលរងខេត្ត។",
}


def people(_type: Ref) -> Source:
    def search(wanted: str) -> list[Hit]:
        return [Hit(key, *names) for key, names in PEOPLE.items() if wanted in names[0]]

    return Source(search, lambda key: PEOPLE[key][0], create=lambda _name: "2" * 32)


class HomeSample(ScrollPage):
    name = "home"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        day = date(2022, 6, 23)
        head = row(spacing=18)
        head.addWidget(text.Text(dates.long(day), "heading", wrap=False))
        head.addWidget(text.ElidedText(lunar.line(day), "muted"), 1)
        head.addWidget(Button(pick("កិច្ចប្រជុំថ្មី", "New meeting"), kind="primary", icon="plus", name="new"))
        self.body.addLayout(head)
        grid = QGridLayout()
        grid.setSpacing(16)
        grid.setColumnStretch(0, 5)
        grid.setColumnStretch(1, 4)
        grid.addWidget(self._follow_ups(), 0, 0)
        grid.addWidget(self._next(), 0, 1)
        self.body.addLayout(grid)
        notice = InlineMessage(pick("សកម្មភាព ៥ មិនទាន់មានរបាយការណ៍ត្រីមាសទី២", "5 activities have no report yet"), "warning")
        self.body.addWidget(notice)
        self.body.addStretch(1)

    def title(self) -> str:
        return pick("ទំព័រដើម", "Home")

    def commands(self) -> list[Action]:
        return [Action("new", "New", lambda: self.context.say("new", "good"), "plus")]

    def _follow_ups(self) -> QWidget:
        card = Card("follow_ups")
        head = SectionHeader(pick("ការងារត្រូវអនុវត្តបន្ត", "Follow-ups"))
        head.add_chip(Chip(pick("៣ ដល់កំណត់", "3 due"), "warning"))
        head.add_action(Button(pick("ទាំងអស់ ១៤", "All 14"), kind="link", name="all"))
        card.add(head)
        rows = (
            ("ប្រមូលទិន្នន័យកុមារងាយរងគ្រោះតាមឃុំ", "ការិយាល័យសង្គមកិច្ច · ពីកិច្ចប្រជុំ ២៣ មិថុនា", "ហួស ៤ ថ្ងៃ", "bad"),
            ("បញ្ជូនសកម្មភាពទៅកម្មវិធីវិនិយោគស្រុក", "ការិយាល័យផែនការ", "ថ្ងៃនេះ", "warning"),
            ("ផ្ញើរបាយការណ៍ត្រីមាសទី២ ទៅខេត្ត", "លេខាធិការ គ.ក.ស.ក", "៣០ មិថុនា", "neutral"),
        )
        for number, (what, who, when, tone) in enumerate(rows):
            if number:
                card.add(Divider())
            line = row(spacing=12)
            words = column(spacing=0)
            words.addWidget(text.Text(what))
            words.addWidget(text.Text(who, "small"))
            line.addLayout(words, 1)
            line.addWidget(Chip(when, tone))
            card.body.addLayout(line)
        return card

    def _next(self) -> QWidget:
        card = Card("next")
        head = SectionHeader(pick("កិច្ចប្រជុំបន្ទាប់", "Next meeting"))
        head.add_action(Button(pick("ប្រតិទិន", "Calendar"), kind="link", name="calendar"))
        card.add(head, text.Text("កិច្ចប្រជុំសាមញ្ញ គ.ក.ស.ក លើកទី៦"), text.Text("៨:៣០ ព្រឹក · សាលប្រជុំសាលាស្រុក", "small"))
        card.add(Button(pick("លិខិតអញ្ជើញ", "Invitation"), icon="printer", name="invite"))
        card.body.addStretch(1)
        return card


class FormSample(ScrollPage):
    name = "meetings"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.kept: list[dict[str, Value]] = []
        tools = row()
        self.views = Segments(
            (("all", pick("សរុប", "All")), ("girls", pick("ស្រី", "Female")), ("boys", pick("ប្រុស", "Male")))
        )
        tools.addWidget(self.views)
        tools.addStretch(1)
        tools.addWidget(Button("Excel", icon="file-spreadsheet", name="excel"))
        tools.addWidget(Button(pick("លុប", "Delete"), kind="danger", icon="trash-2", name="delete"))
        self.body.addLayout(tools)
        card = Card("facts")
        self.form = Form(SAMPLE, self.kept.append, people, wait_ms=10)
        self.form.line(("subject", 4), ("day", 2), ("start", 1), ("chair", 3))
        self.form.add_all()
        card.add(self.form)
        self.body.addWidget(card)
        self.body.addStretch(1)

    def title(self) -> str:
        return pick("ពិគ្រោះយោបល់លើផែនការកិច្ចការពារកុមារ", "Consultation on the plan")

    def breadcrumb(self) -> list[Crumb]:
        return [Crumb(pick("កិច្ចប្រជុំ", "Meetings"), Location("meetings"))]

    def open(self, record: str | None) -> None:
        self.form.reset(VALUES)
        super().open(record)

    def leave(self) -> None:
        self.form.flush()


class EmptySample(ScrollPage):
    name = "plans"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.body.addWidget(
            EmptyState(
                "list-tree",
                pick(
                    "ផែនការ គឺជាតារាងគោលបំណង លទ្ធផល និងសកម្មភាពការពារកុមារ។",
                    "A plan holds objectives, outputs and activities.",
                ),
                button=pick("បង្កើតផែនការ", "Begin a plan"),
                run=lambda: context.go("home"),
                example=pick("ឧទាហរណ៍៖ ផែនការកិច្ចការពារកុមារ ២០២៣–២០២៥", "For example: Child protection plan 2023–2025"),
            ),
            1,
        )

    def title(self) -> str:
        return pick("ផែនការ", "Plans")


SPECS = (
    PageSpec("home", lambda: pick("ទំព័រដើម", "Home"), "house", HomeSample),
    PageSpec("meetings", lambda: pick("កិច្ចប្រជុំ", "Meetings"), "calendar-days", FormSample),
    PageSpec("plans", lambda: pick("ផែនការ", "Plans"), "list-tree", EmptySample, badge=lambda _c: 7),
    PageSpec("help", lambda: pick("ជំនួយ", "Help"), "circle-question-mark", EmptySample, place="foot", shortcut="F1"),
)


def window(folder: Path) -> MainWindow:
    """A window with the sample pages over a new desk in `folder`."""
    from cpdesk.store import Desk
    from cpdesk.tasks.undo import Undo

    desk = Desk.create(folder / "sample.cpdesk", "0804", "សុខ សុភា")
    context = Context(desk, Jobs(desk.other), Undo(desk))
    made = MainWindow(context, SPECS, office=lambda: ("រដ្ឋបាលស្រុកកៀនស្វាយ", "ខេត្តកណ្តាល"))
    made.resize(1366, 768)
    return made


def _pictures(folder: Path) -> None:
    import tempfile

    app = QApplication(sys.argv[:1])
    theme.install(app)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as spot:
        shown = window(Path(spot))
        shown.show()
        shown.start()
        for lang, scheme, size in (
            ("km", "light", (1366, 768)),
            ("en", "light", (1366, 768)),
            ("km", "dark", (1366, 768)),
            ("km", "light", (1024, 600)),
        ):
            set_language(lang)
            shown.resize(*size)
            theme.current().apply(scheme)
            for spec in SPECS[:3]:
                shown.go(Location(spec.name))
                app.processEvents()
                shown.grab().save(str(folder / f"{spec.name}-{lang}-{scheme}-{size[0]}.png"))
        shown.close()
        shown.context.desk.close()


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _pictures(Path(sys.argv[1]))
