"""The program tries itself on the computer where it lies: all that a day's work needs, with nothing of anybody's.

`cpdesk --self-test` is for whoever hands the program out or wonders whether a copy is whole. All happens in a folder of
its own, with a person's folder of its own, and both are gone afterwards. Of the window this part knows nothing: its
steps are handed in by the command line, so that the rest runs where there is neither Qt nor a screen.
"""

from __future__ import annotations

import gettext
import io
import os
import struct
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from cpdesk import gazetteer, i18n, paths
from cpdesk.errors import Locked, UserError
from cpdesk.files import disk_troubles
from cpdesk.i18n import N_, _
from cpdesk.khmer.spelling import loose
from cpdesk.records import KINDS
from cpdesk.store import Desk
from cpdesk.tasks import Progress, demo, exchange, forms, keys, no_progress, passwords, records, search, tables
from cpdesk.tasks import desk as desks
from cpdesk.tasks.demo.book import Book, Row
from cpdesk.tasks.tables import targets

PROVINCE, DISTRICT = "08", "0802"
OFFICER = "សុខ សុភា"
SUBJECT = "ប្រជុំប្រចាំត្រីមាស ស្តីពីវឌ្ឍនភាពផែនការការពារកុមារ"
SAID = "គណៈកម្មាធិការពិគ្រោះយោបល់កិច្ចការស្ត្រីនិងកុមារ"
PIECES = ("គណៈកម្មាធិការ", "ពិគ្រោះ", "យោបល់", "កិច្ចការ", "ស្ត្រី", "និង", "កុមារ")  # needs ICU's Khmer words
SOUGHT = "វឌ្ឍនភាព"
INKS = 8  # greys that a page with words on it has at least


class LeftOut(Exception):
    """A step that this computer cannot try, which is no failure of the program; why, in words of the system."""


class Wrong(Exception):
    """What came is not what should have; the text names it as the developer knows it."""


@dataclass(frozen=True)
class Done:
    """A step and how it went: `name` and `why` in the language of the call, `why` empty where all was well."""

    name: str
    outcome: Literal["well", "left out", "failed"]
    seconds: float
    why: str = ""


@dataclass
class Walk:
    """What the steps hand on to one another."""

    folder: Path
    progress: Progress = no_progress
    open_desks: ExitStack = field(default_factory=ExitStack)
    book: Book = field(default_factory=Book)
    opened: dict[str, Desk] = field(default_factory=dict)

    @property
    def desk(self) -> Desk:
        """The province's."""
        return self.opened[PROVINCE]


Step = tuple[str, Callable[[Walk], object]]


def run(tell: Callable[[Done], object], folder: Path | None = None, more: Sequence[Step] = ()) -> bool:
    """Take all steps, then `more`; `tell` hears of each as it ends. False where one failed: what follows needs it.

    `folder`: on whose disk it happens, else on the system's own for such things. `DiskProblem` where nothing can be
    made there. Nothing stays behind, and no step reads what belongs to a person.
    """
    where = folder or Path(tempfile.gettempdir())
    with disk_troubles(where):
        scratch = tempfile.TemporaryDirectory(prefix="cpdesk-", dir=where)
    with scratch as name, _home_in(Path(name) / "home"), ExitStack() as open_desks:
        walk = Walk(Path(name), open_desks=open_desks)
        for step in (*STEPS, *more):
            done = _taken(step, walk)
            tell(done)
            if done.outcome == "failed":
                return False
    return True


def _taken(step: Step, walk: Walk) -> Done:
    name, take = step
    began = time.perf_counter()

    def done(outcome: Literal["well", "left out", "failed"], why: str = "") -> Done:
        return Done(_(name), outcome, time.perf_counter() - began, why)

    try:
        take(walk)
    except LeftOut as why:
        return done("left out", str(why))
    except UserError as why:
        return done("failed", str(why))
    except Exception as why:
        return done("failed", f"{type(why).__name__}: {why}")
    return done("well")


@contextmanager
def _home_in(folder: Path) -> Iterator[None]:
    """What the program keeps for a person goes there."""
    before = os.environ.get("CPDESK_HOME")
    os.environ["CPDESK_HOME"] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ["CPDESK_HOME"]
        else:
            os.environ["CPDESK_HOME"] = before


def expect(good: object, what: str) -> None:
    if not good:
        raise Wrong(what)


# --- the steps -----------------------------------------------------------------------------------------------------
def _ships(_walk: Walk) -> None:
    """Whatever lies beside the code came along."""
    from cpdesk.printing.typeset.shaping import Face

    for font in ("Battambang-Regular", "Battambang-Bold", "Moul-Regular"):
        expect(Face(font, paths.FONTS / f"{font}.ttf").covers("ក"), font)
    expect(gazetteer.children(gazetteer.children(DISTRICT)[0].code), "villages")
    for folder in ("icons", "help", "gazetteer"):
        expect(any((paths.RESOURCES / folder).iterdir()), folder)


def _speaks(_walk: Walk) -> None:
    """Each message has its Khmer, each kind and field both its names."""
    compiled = paths.TRANSLATIONS / "km.mo"
    data = compiled.read_bytes() if compiled.is_file() else i18n.compile_catalogue(paths.TRANSLATIONS / "km")
    gettext.GNUTranslations(io.BytesIO(data))
    count, _originals, translated = struct.unpack_from("<3I", data, 8)
    lengths = [struct.unpack_from("<I", data, translated + 8 * n)[0] for n in range(count)]
    expect(count > 1 and all(lengths), "km.mo")
    for kind in KINDS.values():
        expect(kind.km and kind.en and all(one.km and one.en for one in kind.fields), kind.name)
    with i18n.using("km"):
        expect(all(_(name) != name for name, _take in STEPS), "km")


def _breaks(_walk: Walk) -> None:
    from cpdesk.khmer.breaks import pieces

    found = pieces(SAID)
    expect(found == PIECES, "|".join(found))


def _makes(walk: Walk) -> None:
    desk = desks.create(walk.folder / "តុខេត្តកណ្តាល.cpdesk", PROVINCE, OFFICER)
    walk.opened[PROVINCE] = walk.open_desks.enter_context(desk)


def _rows(day: str) -> tuple[Row, ...]:
    meeting = {"meeting": "@meeting"}
    return (
        ("body", "body", {"name_km": SAID}),
        ("person", "person", {"name_km": OFFICER, "sex": "female", "body": "@body"}),
        ("plan", "plan", {"title": SUBJECT, "first_year": 2022, "last_year": 2024, "office": PROVINCE}),
        ("meeting", "meeting", {"subject": SUBJECT, "date": day, "start": "08:30", "venue": "សាលប្រជុំ",
                                "organiser": "@body", "chair": "@person", "plan": "@plan", "state": "held"}),
        ("agenda_item", "item", {**meeting, "title": "បញ្ហាប្រឈម", "minutes": f"{SAID} បានពិភាក្សា។"}),
        ("attendance", "attendance", {**meeting, "person": "@person", "status": "present"}),
        ("follow_up", "task", {**meeting, "sort": "task", "text": "ផ្ញើលិខិតរំលឹក", "due": day, "state": "open"}),
    )  # fmt: skip


def _keeps(walk: Walk) -> None:
    rows = _rows("2022-06-23")
    walk.book.write(walk.desk, rows)
    for kind, key, values in rows:
        kept = records.get(walk.desk, walk.book[key])
        said = [name for name, value in values.items() if not str(value).startswith("@") and kept[name] != value]
        expect(kept.kind.name == kind and not said, f"{kind}: {said}")


def _finds(walk: Walk) -> None:
    found = search.look_up(walk.desk, SOUGHT)
    expect(walk.book["meeting"] in [hit.record.id for hit in found.hits], SOUGHT)


def _prints(walk: Walk) -> None:
    file = walk.folder / "កំណត់ហេតុ.pdf"
    printed = forms.print_form(walk.desk, "minutes", walk.book["meeting"], file)
    import pypdfium2

    with pypdfium2.PdfDocument(file.read_bytes()) as document:
        expect(len(document) == printed.pages, "pages")
        text = "".join(page.get_textpage().get_text_range() for page in document)
        expect(len(set(bytes(document[0].render(scale=0.5).buffer))) > INKS, "picture of the page")
    expect(loose(SOUGHT) in loose(text), file.name)


def _writes_office_files(walk: Walk) -> None:
    for ending in ("docx", "xlsx"):
        file = walk.folder / f"កំណត់ហេតុ.{ending}"
        forms.print_form(walk.desk, "minutes", walk.book["meeting"], file)
        with zipfile.ZipFile(file) as made:
            expect(any(SOUGHT in made.read(name).decode("utf-8", "replace") for name in made.namelist()), file.name)


def _makes_tables(walk: Walk) -> None:
    target = targets.of("meeting")
    for ending in ("xlsx", "csv"):
        file = walk.folder / f"តារាង.{ending}"
        expect(targets.export(walk.desk, target, file) == 1, file.name)
        expect(SUBJECT in str(tables.read(file, no_progress)), file.name)


def _backs_up(walk: Walk) -> None:
    health = desks.check(walk.desk)
    expect(health.ok, " ".join(health.problems))
    copy, again = walk.folder / "copy.cpbackup", walk.folder / "again.cpdesk"
    desks.backup(walk.desk, copy)
    desks.restore(copy, again)
    with desks.open_desk(again) as other:
        expect(demo.everything(other) == demo.everything(walk.desk), again.name)


def _exchanges(walk: Walk) -> None:
    """A district keeps a meeting and hands it in."""
    made = desks.create(walk.folder / "តុស្រុក.cpdesk", DISTRICT, OFFICER)
    lower = walk.opened[DISTRICT] = walk.open_desks.enter_context(made)
    cards = {desk.office: walk.folder / f"{desk.office}.cpcard" for desk in (walk.desk, lower)}
    for desk in (walk.desk, lower):
        exchange.write_card(desk, cards[desk.office])
    exchange.join(lower, cards[PROVINCE])
    exchange.enrol(walk.desk, cards[DISTRICT], exchange.own_card(lower).fingerprint)
    theirs = Book()
    theirs.write(lower, _rows("2022-07-05"))
    package = walk.folder / "កញ្ចប់.cpsync"
    exchange.export(lower, package)
    for status in ("merged", "nothing new"):
        (merged,) = exchange.merge(walk.desk, [package])
        expect(merged.status == status, f"{merged.status}: {merged.why}")
    expect(records.get(walk.desk, theirs["meeting"])["subject"] == SUBJECT, "meeting")


def _locks(walk: Walk) -> None:
    """A desk with a password: closed without it, opened by it and by the recovery code."""
    path, password = walk.folder / "តុមានសោ.cpdesk", passwords.four_words()
    with keys.create_locked(path, DISTRICT, OFFICER, password) as desk:
        code, who = desk.recovery_code, desk.who
    try:
        desks.open_desk(path).close()
    except Locked:
        pass
    else:
        raise Wrong("it opened without its password")
    with keys.unlock(path, password) as desk:
        expect(desk.who == who, "officer")
    again, fresh = keys.recover(path, code or "", who or "", passwords.four_words())
    with again:
        expect(fresh != code, "code")


STEPS: tuple[Step, ...] = (
    (N_("Fonts, places, icons and help are there"), _ships),
    (N_("Every message has its Khmer"), _speaks),
    (N_("Khmer words are told apart"), _breaks),
    (N_("A new desk"), _makes),
    (N_("Records are kept"), _keeps),
    (N_("Search finds a word inside a sentence"), _finds),
    (N_("Minutes as PDF"), _prints),
    (N_("Minutes as Word and Excel"), _writes_office_files),
    (N_("Tables as Excel and CSV, read again"), _makes_tables),
    (N_("The desk is whole, and so is a backup of it"), _backs_up),
    (N_("A package from a second office, merged"), _exchanges),
    (N_("A desk with a password, and the recovery code"), _locks),
)
