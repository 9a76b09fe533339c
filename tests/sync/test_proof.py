"""A log that was cut off or written anew is noticed by what others hold of it, on both sides; and nobody honest is."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from cpdesk.errors import BadInput, UserError
from cpdesk.khmer import digits
from cpdesk.store import care
from cpdesk.tasks import Desk, exchange, log_codes, proof, records
from cpdesk.tasks import desk as desks
from cpdesk.tasks.proof import CUT, FORKED, OLD, WHOLE
from tests.sync import attackers
from tests.sync.worlds import World, province_and_district


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A district whose meetings the province has, and knows that the province has them."""
    made = province_and_district(tmp_path)
    for number in range(6):
        made.meeting("a", subject=f"កិច្ចប្រជុំទី {number}")
    made.carry("a", "p")
    made.carry("p", "a")
    assert proof.proof(made["a"]).fits and not proof.proof(made["a"]).notices
    yield made
    for desk in made.desks.values():
        assert care.check(desk).problems == [], "in itself every log looks right"
    made.close()


def found(desk: Desk) -> list[tuple[str, bool, int]]:
    """(what, whether it is about our own log, how many changes), the oldest first."""
    return [(one.act, one.ours, one.changes) for one in proof.notices(desk)]


def test_receipts_say_through_when_all_is_well(world: World) -> None:
    (receipt,) = proof.proof(world["a"]).receipts
    assert (receipt.office, receipt.number, receipt.fits) == ("08", 1, True)
    assert receipt.changes == attackers.public(world["a"]).upto and receipt.through is not None


def test_a_log_cut_off_is_noticed_by_the_next_receipt(world: World) -> None:
    attackers.cut(world["a"], 2)
    assert proof.proof(world["a"]).receipts[0].missing == 2, "already by the last one"
    world.carry("p", "a")
    assert found(world["a"]) == [(CUT, True, 2)]
    assert [one.act for one in proof.news(world["a"])] == [CUT]


def test_the_province_notices_it_from_the_next_package(world: World) -> None:
    attackers.cut(world["a"], 2)
    world.carry("a", "p")
    assert found(world["p"]) == [(CUT, False, 2)]
    assert proof.standing(world["p"])[print_of(world, "a")].act == CUT


def test_what_was_cut_off_comes_back_and_the_person_is_told(world: World) -> None:
    attackers.cut(world["a"], 2)
    world.carry("a", "p")
    world.carry("p", "a")
    assert found(world["a"]) == [(CUT, True, 2), (WHOLE, True, 0)]
    assert len(records.find(world["a"], "meeting")) == 6, "nothing is lost"
    assert proof.proof(world["a"]).fits
    assert [one.act for one in proof.news(world["a"])] == [CUT], "until somebody has read it"
    proof.read(world["a"], [one.id for one in proof.news(world["a"])])
    assert not proof.news(world["a"])
    world.carry("a", "p")
    assert found(world["p"]) == [(CUT, False, 2), (WHOLE, False, 0)]
    world.meeting("a")
    world.carry("a", "p")
    world.carry("p", "a")
    assert len(found(world["p"])) == len(found(world["a"])) == 2, "it is said once"


def test_a_cut_log_that_is_written_on_stands_in_two_versions(world: World) -> None:
    place = attackers.public(world["a"]).upto - 1
    attackers.cut(world["a"], 2)
    world.meeting("a", subject="ក្រោយកាត់")
    world.carry("a", "p")
    assert found(world["p"]) == [(FORKED, False, place)]
    world.carry("p", "a")
    assert (FORKED, True, place) in found(world["a"]), "its own log"
    assert len(records.find(world["a"], "meeting")) == len(records.find(world["p"], "meeting")) == 7


def test_a_log_written_anew_is_noticed_on_both_sides(world: World) -> None:
    place = attackers.public(world["a"]).upto - 3
    attackers.rewrite(world["a"], place, {"subject": "អ្វីផ្សេង"})
    (receipt,) = proof.proof(world["a"]).receipts
    assert receipt.parts == 1, "already by the last receipt"
    world.carry("a", "p")
    assert found(world["p"]) == [(FORKED, False, place)]
    world.meeting("a", subject="បន្តទៀត")
    world.carry("a", "p")
    assert found(world["p"]) == [(FORKED, False, place)], "that it goes on is no news"
    world.carry("p", "a")
    assert [one[:2] for one in found(world["a"])] == [(FORKED, True)]
    world.carry("a", "p")
    world.carry("p", "a")
    assert len(found(world["a"])) == len(found(world["p"])) == 1, "it is said once"


def test_a_log_written_anew_is_noticed_by_the_receipt_alone(world: World) -> None:
    attackers.rewrite(world["a"], attackers.public(world["a"]).upto - 3, {"subject": "អ្វីផ្សេង"})
    world.meeting("p")
    world.carry("p", "a")
    assert [one[:2] for one in found(world["a"])] == [(FORKED, True)]


def test_an_old_file_in_place_of_the_desk(world: World) -> None:
    old = attackers.bytes_of(world["a"])
    for _more in range(3):
        world.meeting("a")
    world.carry("a", "p")
    world.desks["a"] = attackers.put_back(world["a"], old)
    world.carry("p", "a")
    assert found(world["a"]) == [(CUT, True, 3)]
    world.carry("a", "p")
    assert found(world["p"]) == [(CUT, False, 3)], "its number is one that the province has already"


def test_an_honest_way_back_from_a_backup_is_no_accusation(world: World) -> None:
    copy = desks.backup(world["a"], world.folder / "old.cpbackup").file
    world.meeting("a")
    world.carry("a", "p")
    world["a"].close()
    desks.restore(copy, world.folder / "back.cpdesk")
    world.desks["a"] = desks.open_desk(world.folder / "back.cpdesk")
    world.meeting("a")
    world.carry("a", "p")
    assert found(world["p"]) == [(OLD, False, 1)]
    world.carry("p", "a")
    assert found(world["a"]) == [(OLD, True, 1), (WHOLE, True, 0)]
    world.carry("a", "p")
    assert found(world["p"]) == [(OLD, False, 1), (WHOLE, False, 0)]


def test_a_late_package_says_less_and_that_is_no_loss(world: World) -> None:
    world.meeting("a")
    late = world.package("a")
    world.meeting("a")
    world.carry("a", "p")
    assert world.merge("p", late).status == "nothing new"
    assert found(world["p"]) == []


def test_a_late_word_of_a_desk_brought_back_is_no_news(world: World) -> None:
    copy = desks.backup(world["a"], world.folder / "old.cpbackup").file
    world.meeting("a")
    world.carry("a", "p")
    world["a"].close()
    desks.restore(copy, world.folder / "back.cpdesk")
    world.desks["a"] = desks.open_desk(world.folder / "back.cpdesk")
    world.carry("a", "p")
    late = world.package("a")
    world.carry("p", "a")
    world.carry("a", "p")
    whole = [(OLD, False, 1), (WHOLE, False, 0)]
    assert found(world["p"]) == whole
    world.merge("p", late)
    assert found(world["p"]) == whole


def test_a_province_is_looked_at_too(world: World) -> None:
    for _more in range(3):
        world.meeting("p")
    world.carry("p", "a")
    attackers.cut(world["p"], 2)
    world.carry("a", "p")
    assert found(world["p"]) == [(CUT, True, 2)], "by its district's receipt"
    world.carry("p", "a")
    assert found(world["a"]) == [(CUT, False, 2)]


def print_of(world: World, name: str) -> str:
    return exchange.own_card(world[name]).fingerprint


# --- the code on a receipt ------------------------------------------------------------------------------------------
def codes(world: World) -> list[log_codes.LogCode]:
    return log_codes.of_package(world["p"], exchange.packages(world["p"])[-1].package)


def test_a_paper_receipt_proves_the_log(world: World) -> None:
    (code,) = codes(world)
    for _more in range(3):
        world.meeting("a")
    found = log_codes.match(world["a"], code.code)
    assert (found.holds, found.number) == (True, code.number), "the log has grown since, and holds it still"
    assert log_codes.match(world["a"], digits.to_khmer(code.code.replace(" ", ""))).holds
    attackers.rewrite(world["a"], 3, {"subject": "អ្វីផ្សេង"})
    assert not log_codes.match(world["a"], code.code).holds


def test_a_receipt_of_nothing_new_has_a_code_too(world: World) -> None:
    before = codes(world)
    world.carry("a", "p")
    assert codes(world) == before


def test_a_mistyped_digit_is_told_from_another_log(world: World) -> None:
    (code,) = codes(world)
    for at, digit in enumerate(code.code):
        if digit != " ":
            wrong = code.code[:at] + str((int(digit) + 3) % 10) + code.code[at + 1 :]
            with pytest.raises(BadInput):
                log_codes.match(world["a"], wrong)
    for text in ("", "12345", code.code + "1", "abc"):
        with pytest.raises(BadInput):
            log_codes.match(world["a"], text)
    assert not log_codes.match(world["p"], code.code).holds, "it is the district's"


# --- nobody honest --------------------------------------------------------------------------------------------------
WORLDS = 200 if os.environ.get("CPDESK_LONG_TESTS") else 3
STEPS = 40


@pytest.mark.parametrize("seed", range(WORLDS))
def test_no_false_alarm(tmp_path: Path, seed: int) -> None:
    """Packages come late, twice, partly or never; imports are taken back, records taken out, desks brought back from
    backups: what was brought back is told as that, and all else is silent."""
    world, dice = Honest(tmp_path, random.Random(seed)), random.Random(seed)
    for _step in range(STEPS):
        dice.choice(world.doings)()
    told = {one.act for desk in world.desks.values() for one in proof.notices(desk)}
    assert told <= ({OLD, WHOLE} if world.went_back else set()), world.done
    for _turn in range(3):
        for name in "ab":
            world.carry(name, "p")
            world.carry("p", name)
    for desk in world.desks.values():
        assert proof.proof(desk).fits and care.check(desk).problems == []
        assert all(one.act == WHOLE for one in proof.standing(desk).values())
    world.close()


class Honest(World):
    """A province and two districts that do nothing wrong."""

    def __init__(self, folder: Path, dice: random.Random) -> None:
        super().__init__(folder)
        self.dice, self.done = dice, list[str]()
        self.sticks: list[Path] = []
        self.copies: list[tuple[str, Path]] = []
        self.went_back = False
        for name, office in (("p", "08"), ("a", "0801"), ("b", "0802")):
            self.desk(name, office)
        self.enrol("p", "a")
        self.enrol("p", "b")
        self.shared = [self.meeting("p")]
        self.doings = [
            *[self.write] * 6, *[self.send] * 4, *[self.take] * 5,
            self.take_out, self.take_back, self.keep, self.go_back,
        ]  # fmt: skip

    def someone(self) -> str:
        return self.dice.choice("pab")

    def write(self) -> None:
        name = self.someone()
        there = [one.id for one in records.find(self[name], "meeting")]
        if there and self.dice.random() < 0.5:
            records.save(self[name], "meeting", {"venue": self.dice.choice("កខគ")}, self.dice.choice(there))
        else:
            self.meeting(name)
        self.done.append(f"{name} writes")

    def send(self) -> None:
        name = self.someone()
        to = self.dice.choice("ab") if name == "p" else "p"
        self.sticks.append(self.package(name, to, self.dice.random() < 0.1))
        self.done.append(f"{self.sticks[-1].name} for {to}")

    def take(self) -> None:
        if self.sticks:
            stick = self.dice.choice(self.sticks)
            for name in "pab":
                if exchange.meant_for(self[name], [stick]):
                    self.done.append(f"{name} takes {stick.name}: {self.merge(name, stick).status}")

    def take_out(self) -> None:
        from cpdesk.store import redaction

        name = self.someone()
        own = [one.id for one in records.find(self[name], "meeting") if one.scope == self[name].office]
        if own:
            redaction.redact(self[name], self.dice.choice(own))
            self.done.append(f"{name} takes out")

    def take_back(self) -> None:
        name = self.someone()
        rows = [row for row in exchange.packages(self[name]) if row.changes and not row.undone]
        if rows:
            try:
                exchange.undo_import(self[name], self.dice.choice(rows).package)
                self.done.append(f"{name} takes back")
            except UserError:
                self.done.append(f"{name} may not take back")

    def keep(self) -> None:
        name = self.someone()
        path = self.folder / f"{name}-{len(self.copies)}.cpbackup"
        self.copies.append((name, desks.backup(self[name], path).file))

    def go_back(self) -> None:
        if self.copies:
            name, copy = self.dice.choice(self.copies)
            self[name].close()
            path = self.folder / f"{name}-back-{len(self.done)}.cpdesk"
            desks.restore(copy, path)
            self.desks[name] = desks.open_desk(path)
            self.went_back = True
            self.done.append(f"{name} goes back")
