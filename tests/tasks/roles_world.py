"""A province's locked desk on which everything can be done that a role is asked for, and copies of it to try it on."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PIL import Image

from cpdesk.records.officers import OFFICER, ROLES
from cpdesk.store import Desk, keyring, writer
from cpdesk.store.keyfile import DeskKey
from cpdesk.tasks import desk as desks
from cpdesk.tasks import exchange, officers, records, versions
from tests.desks import PROVINCE, befriend, make

WRITER, ME = "ចាន់ ធារ៉ា", "ហ៊ុន កុសនី"
PASSWORD, OTHER = "ស្វាយ ចន្ទី ដូង ម្នាស់", "ត្រី អណ្តើក ក្តាម បង្គា"
DAY = "2022-09-30"


@dataclass
class World:
    """`ids` names what was made on the desk at `path`, `files` what lies beside it; `desk` is the copy at hand."""

    folder: Path
    path: Path
    ids: dict[str, str] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)
    key: DeskKey | None = None
    _copies: int = 0

    @contextmanager
    def opened(self, roles: Iterable[str] = ROLES, *, left: bool = False) -> Iterator[Desk]:
        """A copy of its own, opened by an officer with these roles, who wrote nothing but what they handed over."""
        self._copies += 1
        path = self.folder / f"copy{self._copies}" / self.path.name
        path.parent.mkdir()
        shutil.copy(self.path, path)
        shutil.copy(keyring.beside(self.path), keyring.beside(path))
        with Desk.open(path, key=self.key) as desk:
            appoint(desk, self.ids["me"], roles, left=left)
            officers.enter(desk, self.ids["me"])
            yield desk


def appoint(desk: Desk, officer: str, roles: Iterable[str], *, left: bool = False) -> None:
    """Give an officer these roles and no others, as their keeper would."""
    wanted = set(roles)
    pen, desk.pen = desk.pen, True
    writer.save(desk, OFFICER, {**{name: name in wanted or None for name in ROLES}, "left": left or None}, officer)
    desk.pen = pen


def everything(desk: Desk) -> str:
    """All that the desk holds, log and tables and cards and files, as one hash."""
    told = hashlib.sha256()
    names = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
    for (name,) in desk.db.execute(names).fetchall():
        for row in desk.db.execute(f'SELECT * FROM "{name}"'):
            told.update(repr((name, row)).encode())
    return told.hexdigest()


def quick(patch: pytest.MonkeyPatch) -> None:
    """Passwords stretched as little as a lock allows."""
    real = keyring.Stretch

    def little(salt: bytes, memory: int = 64, passes: int = 1, lanes: int = 1) -> keyring.Stretch:
        return real(salt, memory, passes, lanes)

    patch.setattr(keyring, "Stretch", little)


def build(folder: Path) -> World:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CPDESK_HOME", str(folder / "home"))
        quick(patch)
        world = World(folder, folder / f"{PROVINCE}.cpdesk")
        with desks.create(world.path, PROVINCE, WRITER, PASSWORD) as desk, make(folder, "0801") as lower:
            world.key = desk.key
            _people(world, desk)
            _plans(world, desk)
            _exchange(world, desk, lower)
        return world


def _people(world: World, desk: Desk) -> None:
    def keep(name: str, kind: str, **values: object) -> None:
        world.ids[name] = records.save(desk, kind, values).id

    keep("person", "person", name_km="ស៊ុន សុភា")
    keep("double", "person", name_km="ស៊ុន សុភា")
    keep("chair", "person", name_km="ប៉ែន វណ្ណា")
    keep("body", "body", name_km="គណៈកម្មាធិការ")
    keep("meeting", "meeting", subject="ពិគ្រោះយោបល់", date=DAY, organiser=world.ids["body"])
    keep("guest", "attendance", meeting=world.ids["meeting"], person=world.ids["double"])
    keep("item", "agenda_item", meeting=world.ids["meeting"], order=1024, title="ធាតុចូល")
    keep("second item", "agenda_item", meeting=world.ids["meeting"], order=2048, title="ផ្សេងៗ")
    keep("binned", "body", name_km="ចាស់")
    records.delete(desk, world.ids["binned"])
    keep("measure", "measure", name_km="កុមារបោះបង់ការសិក្សា", unit="នាក់")
    world.ids["writer"] = str(desk.who)
    world.ids["me"] = writer.save(desk, OFFICER, {"name": ME, "officer": True, "person": world.ids["person"]}).id
    world.files["scan"] = world.folder / "scan.txt"
    world.files["scan"].write_text("ស្កេន", "utf-8")
    world.files["picture"] = world.folder / "picture.png"
    Image.new("RGB", (40, 30), "navy").save(world.files["picture"], "PNG")


def _plans(world: World, desk: Desk) -> None:
    """One in each state; "handed over" was written by others, and handed over by who shall have the desk open."""
    for name in ("draft", "in review", "handed over", "approved", "older"):
        values: dict[str, object] = {"title": name, "first_year": 2023, "last_year": 2025, "office": PROVINCE}
        plan = world.ids[name] = records.save(desk, "plan", values).id
        objective = records.save(desk, "objective", {"plan": plan, "order": 1024, "text": "គោលបំណង"}).id
        world.ids[f"{name} objective"] = objective
        activity = {"output": objective, "order": 1024, "text": "យុទ្ធនាការ"}
        world.ids[f"{name} activity"] = records.save(desk, "activity", activity).id
        for n in (1, 2):
            priority = {"plan": plan, "rank": n, "text": f"អាទិភាព {n}"}
            world.ids[f"{name} priority {n}"] = records.save(desk, "priority", priority).id
        if name != "draft" and name != "handed over":
            versions.submit(desk, plan)
        if name in ("approved", "older"):
            officers.enter(desk, world.ids["me"])
            appoint(desk, world.ids["me"], ROLES)
            version = versions.approve(desk, plan, world.ids["chair"], DAY)
            world.ids[f"{name} version"] = version.id
            officers.enter(desk, world.ids["writer"])
    officers.enter(desk, world.ids["me"])
    versions.submit(desk, world.ids["handed over"])
    officers.enter(desk, world.ids["writer"])


def _exchange(world: World, desk: Desk, lower: Desk) -> None:
    """A district whose packages came in: one brought a difference, one can be taken back, one is taken back; two more
    packages wait on a stick, and cards of offices above and below."""
    befriend(desk, lower, world.folder)
    kept = records.save(lower, "meeting", {"subject": "កិច្ចប្រជុំ", "date": DAY}).id

    def package(name: str) -> Path:
        world.files[name] = world.folder / f"{name}.cpsync"
        exchange.export(lower, world.files[name], PROVINCE)
        return world.files[name]

    exchange.merge(desk, [package("first")])
    for here, words in ((desk, "ពាក្យរបស់ខេត្ត"), (lower, "ពាក្យរបស់ស្រុក")):
        records.save(here, "meeting", {"subject": words, "venue": words}, kept)
    exchange.merge(desk, [package("differing")])
    world.ids["differing"] = kept
    for name in ("can be taken back", "is taken back"):
        records.save(lower, "body", {"name_km": name})
        (merged,) = exchange.merge(desk, [package(name)])
        world.ids[name] = str(merged.imported)
    exchange.undo_import(desk, world.ids["is taken back"])
    for name in ("waiting", "also waiting"):
        records.save(lower, "body", {"name_km": name})
        package(name)
    for code in ("00", "0802"):
        with make(world.folder, code) as other:
            world.files[code] = world.folder / f"{code}.cpcard"
            exchange.write_card(other, world.files[code])
    world.ids["lower"] = lower.office
