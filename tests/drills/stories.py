"""The drills. Each is a function of a folder and of what runs commands; it gives the walks through the manual."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from PySide6.QtWidgets import QWidget

from cpdesk.store import copies
from cpdesk.tasks import backups, keys, live
from cpdesk.tasks.desk import open_desk
from tests.bundle.test_install import Person, stick
from tests.drills import window
from tests.drills.first import first_password
from tests.drills.walk import Computer, Step, Walk, fingerprint, walk
from tests.drills.world import (
    DISTRICT,
    FIRST,
    MEETINGS,
    SECOND,
    SOPHEA,
    THEARY,
    THIRD,
    Run,
    World,
    as_a_program,
    build,
    code_in,
    subject,
)
from tests.house.source import ROOT
from tests.ui import consultation
from tests.ui.hands import read
from tests.ui.test_live import planned
from tests.ui.test_live_kill import killed_while_typing
from tests.ui.typist import LETTERS_A_SECOND, text
from ui.app import Program
from ui.dialogs.bring_back import BringBack
from ui.dialogs.recovery import NewPasswordPage
from ui.dialogs.unlock import Unlock

NEW = "ផ្ទះ ផ្កា ខ្យល់ ដើមឈើ"
ALL = sorted(subject(n) for n in range(MEETINGS))
Drill = Callable[[Path, Run], list[Walk]]


def forgotten(folder: Path, run: Run) -> list[Walk]:
    """Two forgot: one gets a new password from the keeper, the keeper finds the way by the code, in the window."""
    world, drill = build(folder, run), walk("forgotten")
    new_officer = ("--desk", world.desk, "officer", THEARY, "--add", "--role", "officer")
    world.laptop.type(None, *new_officer, password=FIRST, new=SECOND)
    with drill.step(1) as step:
        new = ("--desk", world.desk, "officer", THEARY, "--new-password")
        world.laptop.type(step, *new, password=FIRST, new=THIRD)
    assert world.refused(world.laptop, world.desk, SECOND)
    assert world.titles(world.laptop, world.desk, THIRD) == ALL
    with window.door(world.laptop, world.desk) as door:
        with drill.step(2) as step:
            window.typed(step, world.code.lower().replace("-", " "), "the code")
            window.pressed(step, "Return")
            window.answered(door)
        with drill.step(3) as step:
            _choose(step, door, SOPHEA)
            window.new_password(step, door, NEW)
        with drill.step(4) as step:
            code = window.noted(step, door)
    assert world.titles(world.laptop, world.desk, NEW) == ALL
    assert world.refused(world.laptop, world.desk, FIRST)
    world.laptop.type(None, "--desk", world.desk, "recover", status=1, code=world.code, new=FIRST)
    world.laptop.type(None, "--desk", world.desk, "recover", "--officer", SOPHEA, code=code, new=FIRST)
    return [drill]


def _choose(step: Step, door: Unlock, name: str) -> None:
    """Who one is, by the arrows."""
    page = door.page()
    assert isinstance(page, NewPasswordPage) and page.options is not None
    names = dict(page._officers)
    for _turn in names:
        if names[page.options.current()] == name:
            break
        window.pressed(step, "Down")
    assert names[page.options.current()] == name


def code_lost(folder: Path, run: Run) -> list[Walk]:
    """Neither password nor code: by a stick to the province and back, and a telephone call."""
    world, drill = build(folder, run), walk("from_above")
    with window.door(world.laptop, world.desk) as door:
        with drill.step(1) as step:
            page = window.forgotten(step, door)
            step.did.append("“Write the request…”, the stick")
            page.write_request(world.stick)
        (request,) = world.stick.glob("*.cplock")
        with drill.step(2) as step:
            step.did.append("(the stick travels)")
            assert FIRST.encode() not in request.read_bytes()
        with drill.step(3) as step:
            code = window.help_district(step, world.province, world.above, request, world.stick / "answer.cplock")
            assert code.encode() not in (world.stick / "answer.cplock").read_bytes()
        window.in_front(door)
        with drill.step(4) as step:
            step.did.append("“Take the answer…”, the stick")
            page.take_answer(world.stick / "answer.cplock")
            window.until(lambda: door.page() is not page)
            window.answered(door)
        with drill.step(5) as step:
            window.typed(step, code, "the code")
            window.pressed(step, "Return")
            window.answered(door)
        with drill.step(6) as step:
            window.new_password(step, door, NEW)
            window.noted(step, door)
    assert world.titles(world.laptop, world.desk, NEW) == ALL
    assert world.refused(world.laptop, world.desk, FIRST)
    return [drill]


def officer_left(folder: Path, run: Run) -> list[Walk]:
    """The keeper herself leaves."""
    world, drill = build(folder, run), walk("leaving")
    officer = ("--desk", world.desk, "officer")
    world.laptop.type(None, *officer, THEARY, "--add", "--role", "officer", password=FIRST, new=SECOND)
    with drill.step(1) as step:
        world.laptop.type(step, *officer, THEARY, "--role", "officer", "--role", "keeper", password=FIRST)
    with drill.step(2) as step:
        world.laptop.type(step, *officer, SOPHEA, "--leave", password=SECOND)
    with drill.step(3) as step:
        code = code_in(world.laptop.type(step, "--desk", world.desk, "code", password=SECOND))
    with drill.step(4) as step:
        world.laptop.type(step, "--desk", world.desk, "backup", world.backup, password=SECOND)
    assert world.refused(world.laptop, world.desk, FIRST)
    world.laptop.type(None, "--desk", world.desk, "recover", status=1, code=world.code, new=NEW)
    assert world.titles(world.laptop, world.desk, SECOND) == ALL and code != world.code
    elsewhere = world.another("elsewhere")
    back = elsewhere.path("back.cpdesk")
    elsewhere.type(None, "restore", world.backup, back, status=1, password=FIRST)
    elsewhere.type(None, "restore", world.backup, back, password=SECOND)
    return [drill]


def laptop_stolen(folder: Path, run: Run) -> list[Walk]:
    """A new laptop, the stick's backup; first as if the desk had been locked well, then as if the thief could read it:
    with a new desk and another card at the province."""
    world, drill = build(folder, run), walk("lost")
    world.laptop.type(None, "--desk", world.desk, "backup", world.backup, password=FIRST)
    new = world.another("new laptop")
    back, fresh, stick = new.path("back.cpdesk"), new.path("0811.cpdesk"), world.stick
    with drill.step(1) as step:
        step.did.append("(a telephone call)")
    with drill.step(2) as step:
        new.type(step, "restore", world.backup, back, password=FIRST)
    with drill.step(3) as step:
        new.type(step, "--desk", back, "password", password=FIRST, new=NEW)
        new.type(step, "--desk", back, "code", password=NEW)
    assert world.titles(new, back, NEW) == ALL and world.refused(new, back, FIRST)
    with drill.step(4) as step:
        new.type(step, "--desk", back, "export", stick / "last.cpsync", password=NEW)
        world.province.type(step, "--desk", world.above, "merge", stick / "last.cpsync", password=THIRD)
    with drill.step(5) as step:
        made = ("init", fresh, "--office", DISTRICT, "--name", SOPHEA, "--locked")
        new.type(step, *made, new=SECOND)
        card = fingerprint(new.type(step, "--desk", fresh, "card", stick / "new.cpcard", password=SECOND))
        new.type(step, "--desk", fresh, "join", stick / "08.cpcard", password=SECOND)
    old = fingerprint(world.laptop.type(None, "--desk", world.desk, "card", folder / "x.cpcard", password=FIRST))
    with drill.step(6) as step:
        enrol = ("--desk", world.above, "enrol", stick / "new.cpcard", "--fingerprint", card, "--replaces", old)
        world.province.type(step, *enrol, password=THIRD)
        down = ("--desk", world.above, "export", stick / "down.cpsync", "--to", DISTRICT)
        world.province.type(step, *down, password=THIRD)
    with drill.step(7) as step:
        new.type(step, "--desk", fresh, "merge", stick / "down.cpsync", password=SECOND)
    assert world.titles(new, fresh, SECOND) == ALL
    _thief(world, old)
    return [drill]


def _thief(world: World, old: str) -> None:
    """What the thief, who knows the password, writes is refused, and what goes down is not for them."""
    forged, down = world.stick / "forged.cpsync", world.stick / "down.cpsync"
    world.laptop.type(None, "--desk", world.desk, "export", forged, "--all", password=FIRST)
    world.province.type(None, "--desk", world.above, "merge", forged, status=1, password=THIRD)
    world.laptop.type(None, "--desk", world.desk, "merge", down, status=1, password=FIRST)
    assert old in world.province.type(None, "--desk", world.above, "held", old, password=THIRD)


def desk_damaged(folder: Path, run: Run) -> list[Walk]:
    """A stretch of the file is gone: with a backup, and without."""
    world, drill = build(folder, run), walk("damaged")
    laptop, saved, salvaged = world.laptop, world.laptop.path("back.cpdesk"), world.laptop.path("saved.cpdesk")
    laptop.type(None, "--desk", world.desk, "backup", world.backup, password=FIRST)
    with world.desk.open("r+b") as file:
        size = file.seek(0, 2)
        file.seek(size // 2 // 4096 * 4096)
        file.write(bytes(4 * 4096))
    laptop.type(None, "--desk", world.desk, "check", status=1, password=FIRST)
    copy = world.stick / "damaged.cpdesk"
    with drill.step(1) as step:
        step.did.append("(the file is copied)")
        shutil.copyfile(world.desk, copy)
    with drill.step(2) as step:
        laptop.type(step, "restore", world.backup, saved, password=FIRST)
    assert world.titles(laptop, saved, FIRST) == ALL
    with drill.step(3) as step:
        told = laptop.type(step, "salvage", world.desk, salvaged, password=FIRST)
    with drill.step(4) as step:
        step.did.append(f"(read: {' '.join(told.split())[:200]})")
    with drill.step(5) as step:
        _exchange(world, step, salvaged)
    with drill.step(6) as step:
        laptop.type(step, "--desk", salvaged, "check", password=FIRST)
    assert world.titles(laptop, salvaged, FIRST) == ALL, "the province had all of it"
    return [drill]


def _exchange(world: World, step: Step, desk: Path, password: str = FIRST) -> None:
    """A package up, and one down."""
    up, down = world.stick / "up2.cpsync", world.stick / "down2.cpsync"
    world.laptop.type(step, "--desk", desk, "export", up, password=password)
    province = ("--desk", world.above)
    world.province.type(step, *province, "merge", up, password=THIRD)
    world.province.type(step, *province, "export", down, "--to", DISTRICT, password=THIRD)
    world.laptop.type(step, "--desk", desk, "merge", down, password=password)


def power_cut(folder: Path, run: Run) -> list[Walk]:
    """The program is killed in the middle of a word; a backup is killed too. (What the disk itself loses in a power cut
    is the matter of `python -m tests.faults`.)"""
    laptop, drill = Computer.make("laptop", folder, run), walk("power")
    with laptop.on():
        made = consultation.people(consultation.empty_desk(laptop.folder))
        meeting, desk = planned(made), made.desk.path
        made.desk.close()
        letters = killed_while_typing(desk, meeting)
    with drill.step(1) as step:
        laptop.type(step, "--desk", desk, "list", "meeting")
    with drill.step(2) as step, laptop.on(), open_desk(desk) as opened:
        there = live.note(opened, meeting).text
        step.did.append(f"({letters} letters were typed, {len(there)} are there)")
        assert text(letters).startswith(there) and letters - len(there) <= LETTERS_A_SECOND
    target = laptop.path("backup.cpbackup")
    with laptop.on():
        _killed_backup(desk, target)
    with drill.step(3) as step:
        laptop.type(step, "--desk", desk, "backup", target)
    with drill.step(4) as step:
        laptop.type(step, "--desk", desk, "check")
    return [drill]


def _killed_backup(desk: Path, target: Path) -> None:
    call = [sys.executable, "-m", "cpdesk", "--desk", str(desk), "backup", str(target)]
    with subprocess.Popen(call, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as hand:
        try:
            hand.wait(0.3)
        except subprocess.TimeoutExpired:
            hand.kill()
    assert not target.exists() or copies.contents(target).records, "whole, or not there"


def last_week(folder: Path, run: Run) -> list[Walk]:
    """A whole week was spoilt; the backup of before, in the window, and what the province had got since then."""
    world, drill = build(folder, run, locked=False), walk("bring_back")
    late = folder / "late.jsonl"
    late.write_text('{"subject": "កិច្ចប្រជុំសប្តាហ៍នេះ"}\n', "utf-8")
    with world.laptop.on(), open_desk(world.desk) as desk:
        backups.make(desk, datetime.now().astimezone() - timedelta(days=7))
    world.laptop.type(None, "--desk", world.desk, "put", "meeting", late)
    world.laptop.type(None, "--desk", world.desk, "export", world.stick / "week.cpsync")
    world.province.type(None, "--desk", world.above, "merge", world.stick / "week.cpsync", password=THIRD)
    with world.laptop.on(), window.program(world.desk) as shown:
        _bring_back(drill, shown)
    assert world.titles(world.laptop, world.desk) == ALL
    with drill.step(5) as step:
        _exchange(world, step, world.desk, "")
    assert len(world.titles(world.laptop, world.desk)) == MEETINGS + 1, "this week's meeting was handed in"
    return [drill]


def _bring_back(drill: Walk, shown: Program) -> None:
    """In the settings, by keys. The dialog waits for its answer, so what is done in it is done by a timer."""
    assert shown.window is not None
    shown.window.context.go("settings", part="backups")
    ended = [0.0]

    def answer(dialog: QWidget) -> None:
        assert isinstance(dialog, BringBack)
        with drill.step(2) as step:
            window.until(dialog.yes.isEnabled)
            window.pressed(step, "Up", "Return")
            window.until(dialog.yes.isEnabled)
        with drill.step(3) as step:
            facts = read(dialog)
            step.did.append("(read)")
            assert "in the backup" in facts and f"\n{MEETINGS}\n" in facts and f"\n{MEETINGS + 1}\n" in facts
        with drill.step(4) as step:
            window.button(step, dialog, "bring_back_yes")
            window.until(lambda: not dialog.isVisible())
        ended[0] = time.perf_counter()

    window.when_modal(BringBack, answer)
    with drill.step(1) as step:
        press = window.reached(shown.window, "settings_restore")
        step.did.append("Tab, “Bring back from a backup…”")
    press()
    drill.steps[-1].seconds += time.perf_counter() - ended[0]


def newer(folder: Path, run: Run) -> list[Walk]:
    """A desk that a newer program has made, met by this one."""
    world, drill = build(folder, run, locked=False, joined=False), walk("install", partly=True)
    with world.laptop.on(), open_desk(world.desk) as desk:
        later = "INSERT INTO _sqlite_migrations(migration_set, name, applied_at) VALUES('cpdesk', 'm999_later', '')"
        desk.db.execute(later)
    before = world.desk.read_bytes()
    with drill.step(3) as step:
        said = world.laptop.type(step, "--desk", world.desk, "check", status=1)
        step.did.append(f"({' '.join(said.split())})")
    assert "newer" in said and world.desk.read_bytes() == before
    return [drill]


def upgrade(folder: Path, run: Run) -> list[Walk]:
    """From a stick, over an older program that stands: the installer is the real one, what it installs is a stand-in.
    The desk is one whose shape the newer program makes anew."""
    world, drill = build(folder, run, joined=False), walk("install")
    person = Person(folder / "person")
    person.home.mkdir()
    person.run(stick(folder, "0.0.1"))
    with world.laptop.on(), keys.unlock(world.desk, FIRST) as desk:
        desk.set_meta("shape", "of another day")
    with drill.step(1) as step:
        world.laptop.type(step, "--desk", world.desk, "backup", world.backup, password=FIRST)
    new = stick(folder, "0.0.2")
    with drill.step(2) as step:
        step.did.append("$ sh install.sh")
        assert "0.0.2" in person.run(new)
        assert person.version() == "cpdesk 0.0.2"
    with drill.step(3) as step:
        world.laptop.type(step, "--desk", world.desk, "check", password=FIRST)
    assert world.titles(world.laptop, world.desk, FIRST) == ALL
    with drill.step(4) as step:
        if run is as_a_program:  # it has tests of its own
            world.laptop.type(step, "--self-test", folder)
    return [drill]


STORIES: dict[str, tuple[str, Drill]] = {
    "first": ("an open desk gets its first password", first_password),
    "forgotten": ("a password is forgotten, the code is there", forgotten),
    "code-lost": ("password and code are lost, the province helps", code_lost),
    "left": ("the keeper leaves", officer_left),
    "stolen": ("the laptop is stolen: a new one, another card", laptop_stolen),
    "damaged": ("bytes of the desk are zero: backup, salvage", desk_damaged),
    "power": ("the power goes while somebody types", power_cut),
    "last-week": ("the backup of last week is brought back", last_week),
    "newer": ("the desk is of a newer program", newer),
    "upgrade": ("a newer program from a stick", upgrade),
}
