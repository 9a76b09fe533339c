"""The story of a real meeting, told with the program's own tasks: what `cpdesk demo` builds, and a desk to try.

Kandal, 23 June 2022 (see `meeting`): the province's desk and three districts' desks are made and introduced to each
other by card; districts keep their meetings of May and hand them in; the province keeps the consultation and the plan
2023–2025 that came of it, and sends both down; the districts answer, two of them with different words about one thing,
the third late and twice. The province merges in one order, a second computer of it in another, and both must come to
the same.
"""

from __future__ import annotations

import contextlib
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from cpdesk.errors import BadInput, PackageProblem
from cpdesk.files import disk_troubles
from cpdesk.i18n import _, ngettext
from cpdesk.khmer import digits
from cpdesk.records import KINDS
from cpdesk.store import Desk
from cpdesk.tasks import Progress, attachments, carry, exchange, forms, no_progress, records, versions
from cpdesk.tasks import desk as desks
from cpdesk.tasks import figures as tasks_figures
from cpdesk.tasks.demo import districts, figures, meeting, old_plan, papers, people, plan, thread
from cpdesk.tasks.demo.book import Book
from cpdesk.tasks.demo.districts import DISTRICTS, District
from cpdesk.tasks.papers import Choices

OFFICER = "មន្ត្រីលេខាធិការដ្ឋាន គ.ក.ស.ក ខេត្ត"


@dataclass(frozen=True)
class Story:
    """What was built: `desks` begins with the province's, then the districts', then the second of the province.

    `told` are translated sentences, in the order of the story.
    """

    desks: list[Path] = field(default_factory=list)
    packages: list[Path] = field(default_factory=list)
    pdfs: list[Path] = field(default_factory=list)
    told: list[str] = field(default_factory=list)


def build(folder: Path, progress: Progress = no_progress) -> Story:
    """Build the story in a new or empty folder; on any trouble nothing of it stays there."""
    new = not folder.exists()
    with disk_troubles(folder):
        if not new and (not folder.is_dir() or any(folder.iterdir())):
            raise BadInput(
                _("“{folder}” is not empty.").format(folder=folder),
                _("Nothing was changed."),
                _("Choose a new folder for the story."),
            )
        folder.mkdir(parents=True, exist_ok=True)
    try:
        with contextlib.ExitStack() as open_desks:
            return _Teller(folder, open_desks).tell(progress)
    except BaseException:
        for made in folder.iterdir():
            shutil.rmtree(made) if made.is_dir() else made.unlink()
        if new:
            folder.rmdir()
        raise


class _Teller:
    """Tells the story step by step; each step is one scene."""

    def __init__(self, folder: Path, open_desks: contextlib.ExitStack) -> None:
        self.folder = folder
        self.open_desks = open_desks
        self.book = Book()
        self.story = Story()
        self.lower: dict[str, Desk] = {}
        self.sent: dict[str, list[Path]] = {}

    def tell(self, progress: Progress) -> Story:
        scenes = (
            self.make_desks,
            self.introduce,
            self.share_lists,
            self.districts_meet,
            self.province_meets,
            self.districts_answer,
            self.merge_in_two_orders,
            self.late_and_twice,
            self.compare,
            self.send_back,
            self.year_ends,
            self.print_papers,
        )
        for n, scene in enumerate(scenes):
            progress(n, len(scenes))
            scene()
        progress(len(scenes), len(scenes))
        return self.story

    def _path(self, group: str, name: str) -> Path:
        folder = self.folder / group
        folder.mkdir(exist_ok=True)
        return folder / name

    def _create(self, code: str, name: str, officer: str) -> Desk:
        path = self._path("desks", f"{name}.cpdesk")
        desk = self.open_desks.enter_context(desks.create(path, code, officer))
        self.story.desks.append(path)
        return desk

    def make_desks(self) -> None:
        self.province = self._create("08", "08-kandal", OFFICER)
        for one in DISTRICTS:
            self.lower[one.code] = self._create(one.code, f"{one.code}-{one.file}", one.officer)

    def introduce(self) -> None:
        """Cards on a stick: the province's to the districts, theirs to the province, fingerprints compared."""
        above = self._path("cards", "08-kandal.cpcard")
        exchange.write_card(self.province, above)
        for one in DISTRICTS:
            exchange.join(self.lower[one.code], above)
            card = self._path("cards", f"{one.code}-{one.file}.cpcard")
            shown = exchange.write_card(self.lower[one.code], card)
            exchange.enrol(self.province, card, shown.fingerprint)
        self._tell(
            _("Four desks were made; the province accepted {count} districts by their cards.").format(
                count=digits.count(len(DISTRICTS))
            )
        )

    def share_lists(self) -> None:
        """The province's bodies, people and running plan go down, so that all speak of the same ones."""
        self.book.write(self.province, people.BODIES + people.PEOPLE + people.MEMBERS)
        self._old_plan()
        self._old_figures()
        office = desks.office(self.province)
        records.save(self.province, "office", {"committee": self.book["committee"]}, office.id)
        self._send_down(1)

    def _old_plan(self) -> None:
        """Approved, changed and approved again a year later, reported on until the quarter of the meeting."""
        desk, book = self.province, self.book
        book.write(desk, old_plan.plan_rows())
        self._approve("plan21", "2021-01-14")
        book.write(desk, old_plan.reports("2021Q1", "2021Q4"))
        book.write(desk, old_plan.line_rows(old_plan.ADDED))
        self._approve("plan21", "2022-01-20")
        book.write(desk, old_plan.reports("2022Q1", "2022Q2"))

    def _approve(self, key: str, day: str) -> None:
        versions.submit(self.province, self.book[key])
        versions.approve(self.province, self.book[key], self.book["chair"], day)

    def _old_figures(self) -> None:
        for measure in tasks_figures.start_measures(self.province):
            if measure not in figures.KEPT:  # the list is the committee's own
                records.delete(self.province, measure)
        for year in figures.YEARS[:-1]:
            for district in figures.districts(year):
                tasks_figures.write(self.province, figures.entries(district, year), figures.SOURCE)

    def _new_plan(self) -> None:
        """The next plan begins with what the last one did not finish; figures and inputs lead to its priorities."""
        desk, book = self.province, self.book
        unfinished = [book[key] for key, new in plan.CARRIED.items() if new.startswith("a")]
        kept = carry.carry_over(
            desk, book["plan21"], title=plan.TITLE, first_year=plan.YEARS[0], last_year=plan.YEARS[-1],
            activities=unfinished,
        )  # fmt: skip
        book.know("plan23", kept.plan)
        for old, new in plan.CARRIED.items():
            book.know(new, kept.ids[book[old]])
            if new.startswith("a"):
                book.know(f"{new}i", kept.ids[book[f"{old}i"]])
        book.write(desk, plan.NEW_PLAN)
        book.write(desk, plan.hung(book))

    def districts_meet(self) -> None:
        """In May, each for itself. Two hand their packages in; the third only writes it."""
        for one in DISTRICTS:
            desk = self.lower[one.code]
            self.book.write(desk, districts.before(one))
            office = desks.office(desk)
            records.save(desk, "office", {"committee": self.book[f"committee{one.code}"]}, office.id)
            tasks_figures.write(desk, figures.entries(one.code, figures.YEARS[-1]), figures.SOURCE)
            self.sent[one.code] = [self._export(desk, f"1-{one.code}-to-08.cpsync")]
        for one in DISTRICTS[:2]:
            self._hand_in(one, self.sent[one.code][0])

    def province_meets(self) -> None:
        """First the draft of the plan and the invitation, then the day itself, then what was written up."""
        desk, book = self.province, self.book
        year = figures.YEARS[-1]
        for district in sorted(set(figures.districts(year)) - {one.code for one in DISTRICTS}):
            tasks_figures.write(desk, figures.entries(district, year), figures.SOURCE)
        records.save(desk, *figures.second_count("080206"))
        self._new_plan()
        book.write(desk, (meeting.MEETING, *meeting.AGENDA, *meeting.ATTENDANCE))
        book.write(desk, meeting.PRESENTATIONS + meeting.INPUTS + meeting.FOLLOW_UPS)
        for key, minutes in meeting.MINUTES.items():
            book.change(desk, "agenda_item", key, minutes=minutes)
        book.change(desk, "meeting", "meeting", opening=meeting.OPENING, closing=meeting.CLOSING, state="held")
        thread.tie(desk, book)
        became = sum(1 for row in meeting.INPUTS if "became" in row[2])
        self._tell(
            _("The meeting of 23 June 2022 is kept: {inputs} inputs, {became} of which became activities.").format(
                inputs=digits.count(len(meeting.INPUTS)), became=digits.count(became)
            )
        )

        self._send_down(2)

    def _send_down(self, number: int) -> None:
        for one in DISTRICTS:
            path = self._export(self.province, f"{number}-08-to-{one.code}.cpsync", one.code)
            _merge(self.lower[one.code], path)

    def _export(self, desk: Desk, name: str, to: str | None = None) -> Path:
        path = self._path("packages", name)
        exchange.export(desk, path, to)
        self.story.packages.append(path)
        return path

    def districts_answer(self) -> None:
        for one in DISTRICTS:
            desk = self.lower[one.code]
            for kind, key, values in one.edits:
                self.book.change(desk, kind, key, **values)
            self.book.write(desk, districts.after(one))
            self.sent[one.code].append(self._export(desk, f"2-{one.code}-to-08.cpsync"))

    def merge_in_two_orders(self) -> None:
        """On the province's desk, and on a second computer brought up from its backup before any of it came."""
        copy = self._path("desks", "08-kandal.backup")
        desks.backup(self.province, copy)
        other = self._path("desks", "08-kandal-second.cpdesk")
        desks.restore(copy, other)
        copy.unlink()
        self.other = self.open_desks.enter_context(desks.open_desk(other))
        self.story.desks.append(other)
        for one in DISTRICTS[:2]:
            self._hand_in(one, self.sent[one.code][1])
        exchange.merge(self.other, [path for one in reversed(DISTRICTS) for path in reversed(self.sent[one.code])])

    def _hand_in(self, one: District, package: Path) -> None:
        done = _merge(self.province, package)
        if done.status == "nothing new":
            self._tell(_("{district} handed in the same package again: nothing new.").format(district=one.name))
            return
        self._tell(
            _("{district}: {changes} changes of {records} records were merged.").format(
                district=one.name, changes=digits.count(done.changes), records=digits.count(done.records)
            )
        )

    def late_and_twice(self) -> None:
        one = DISTRICTS[2]
        self._tell(_("{district} came late, after the others.").format(district=one.name))
        may, july = self.sent[one.code]
        for package in (may, july, july):
            self._hand_in(one, package)

    def compare(self) -> None:
        """Both computers of the province must show the same records and the same differences."""
        here, there = everything(self.province), everything(self.other)
        if here != there:
            raise RuntimeError("two orders of merging came to two results")
        waiting = len(exchange.conflicts(self.province))
        self._tell(
            ngettext(
                "Merged in two orders on two computers: {records} records alike, {count} difference waits.",
                "Merged in two orders on two computers: {records} records alike, {count} differences wait.",
                waiting,
            ).format(records=digits.count(len(here[0])), count=digits.count(waiting))
        )

    def send_back(self) -> None:
        """Each district gets the receipt, what the others did with the shared plan, and the difference."""
        self._send_down(3)

    def year_ends(self) -> None:
        """The last two quarters of the old plan are reported."""
        self.book.write(self.province, old_plan.reports("2022Q3", "2022Q4"))

    def print_papers(self) -> None:
        meeting, package = self.book["meeting"], exchange.packages(self.province)[0].package
        for one in papers.papers({key: self.book[key] for key in ("meeting", "plan21", "plan23")}, str(package)):
            path = self._path("papers", f"{one.name}.pdf")
            forms.print_form(self.province, one.form, one.about, path, Choices(today=one.day))
            self.story.pdfs.append(path)
            if one.form == "attendance":  # it goes to the meeting as its signed scan would
                attachments.attach(self.province, meeting, path)

    def _tell(self, sentence: str) -> None:
        self.story.told.append(sentence)


def _merge(desk: Desk, package: Path) -> exchange.Merged:
    (done,) = exchange.merge(desk, [package])
    if done.status == "refused":
        raise PackageProblem(done.why or "")
    return done


Shown = dict[str, tuple[object, ...]]


def everything(desk: Desk) -> tuple[Shown, set[tuple[object, ...]]]:
    """All that a desk shows, in the bin too, and all that waits for a person: equal on desks that hold the same.
    Who works on a desk, and what was done there, is its own."""
    shown: Shown = {
        record.id: (record.kind.name, record.values, record.deleted, record.differences, record.scope)
        for kind in KINDS.values()
        if not kind.built_in and not kind.private
        for deleted in (False, True)
        for record in records.find(desk, kind.name, deleted=deleted)
    }
    waiting: set[tuple[object, ...]] = {
        (one.id, one.field, tuple((side.value, side.site, side.office, side.by) for side in one.values))
        for one in exchange.conflicts(desk)
    }
    return shown, waiting
