"""Letter numbers: given once, kept with their paper, explained where they lack; under two windows, crashes, merges."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cpdesk.errors import BadInput
from cpdesk.store import Desk, care
from cpdesk.tasks import checks, records
from cpdesk.tasks import desk as desks_
from cpdesk.tasks.paperwork import own, register, series, templates
from cpdesk.tasks.paperwork.register import Gap
from cpdesk.tasks.undo import Undo
from tests import desks
from tests.house.source import ROOT
from tests.sync.worlds import World, province_and_district

DAY = date(2022, 6, 23)
SUFFIX = "គ.ក.ស.ក"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desks.make(tmp_path) as made:
        yield made


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = province_and_district(tmp_path)
    yield made
    made.close()


def give(desk: Desk, about: str, day: date = DAY, form: str = "invitation") -> str:
    return register.reserve(desk, form, about, day=day, subject=f"អញ្ជើញ {about}", to="លោកអភិបាលស្រុក")


def numbers(desk: Desk, year: int | None = 2022) -> list[int]:
    return [one.number for one in register.entries(desk, year=year)]


# --- one desk -------------------------------------------------------------------------------------------------------
def test_a_number_is_remembered_with_its_paper(desk: Desk) -> None:
    series.put_series(desk, series.LETTERS, {"suffix": SUFFIX, "first": 45, "first_year": 2022})
    assert register.number_of(desk, "invitation", "a") == ""
    assert register.next_number(desk, "invitation", DAY) == "០៤៥/២២ គ.ក.ស.ក"
    assert register.entries(desk) == [], "asking what would come writes nothing"
    assert give(desk, "a") == "០៤៥/២២ គ.ក.ស.ក" == give(desk, "a") == register.number_of(desk, "invitation", "a")
    (one,) = register.entries(desk)
    assert (one.number, one.year, one.form, one.about, one.day) == (45, 2022, "invitation", "a", DAY)
    assert (one.subject, one.to, one.by, one.voided) == ("អញ្ជើញ a", "លោកអភិបាលស្រុក", desk.officer, False)
    assert give(desk, "a", form="meeting_report") == "០៤៦/២២ គ.ក.ស.ក", "another form about it is another paper"


def test_the_year_of_the_paper_begins_anew(desk: Desk) -> None:
    series.put_series(desk, series.LETTERS, {"first": 45, "first_year": 2022})
    assert [give(desk, "a"), give(desk, "b", date(2023, 1, 3)), give(desk, "c", date(2022, 12, 31))] == [
        "០៤៥/២២", "០០១/២៣", "០៤៦/២២",
    ]  # fmt: skip
    assert give(desk, "a", date(2024, 1, 1)) == "០៤៥/២២", "a paper keeps its number when it is printed again later"
    series.put_series(desk, series.LETTERS, {"first": 10, "first_year": None})
    assert register.next_number(desk, "invitation", date(2025, 1, 1)) == "០១០/២៥"


def test_series_count_by_themselves(desk: Desk) -> None:
    series.put_series(desk, "decisions", {"suffix": "សសរ", "name": "សេចក្តីសម្រេច", "format": "{number} {suffix} {year}",
                                          "width": 2})  # fmt: skip
    templates.put_paper(desk, "meeting_report", {"series": "decisions"})
    assert give(desk, "a", form="meeting_report") == "០១ សសរ ២០២២"
    assert give(desk, "a") == "០០១/២២"
    assert templates.paper(desk, "meeting_report").suffix == "សសរ"
    assert [one.key for one in series.every_series(desk)] == [series.LETTERS, "decisions"]


@pytest.mark.parametrize("shape", ["{suffix}", "{nr}/{year}", "{number", "{number:>5}", "{number}{0}", "{}", "លេខ"])
def test_a_format_that_cannot_be_used_is_kept_out_of_use(desk: Desk, shape: str) -> None:
    assert "{number}" in series.put_series(desk, series.LETTERS, {"format": shape})
    assert records.find(desk, "series")[0]["format"] == shape
    assert register.next_number(desk, "invitation", DAY) == "០០១/២២"


def test_a_void_number_stays_and_is_not_given_again(desk: Desk) -> None:
    give(desk, "a")
    (one,) = register.entries(desk)
    with pytest.raises(BadInput):
        register.void(desk, one.id, "  ")
    register.void(desk, one.id, "បោះពុម្ពខុស")
    assert register.number_of(desk, "invitation", "a") == ""
    assert give(desk, "a") == "០០២/២២"
    assert [(one.number, one.voided, one.reason) for one in register.entries(desk)] == [
        (1, True, "បោះពុម្ពខុស"), (2, False, ""),
    ]  # fmt: skip
    assert register.gaps(desk) == []


def test_a_letter_in_the_bin_keeps_its_number(desk: Desk) -> None:
    give(desk, "a")
    records.delete(desk, register.entries(desk)[0].id)
    assert give(desk, "a") == "០០២/២២"
    assert [(one.number, one.voided) for one in register.entries(desk)] == [(1, True), (2, False)]
    assert register.entries(desk)[0].reason


def test_voiding_can_be_undone(desk: Desk) -> None:
    give(desk, "a")
    undo = Undo(desk)
    register.void(undo, register.entries(desk)[0].id, "ខុស")
    assert register.number_of(desk, "invitation", "a") == ""
    undo.undo()
    assert register.number_of(desk, "invitation", "a") == "០០១/២២"


def test_numbers_that_were_skipped_are_listed_and_explained(desk: Desk) -> None:
    for about in "abc":
        give(desk, about)
    series.put_series(desk, series.LETTERS, {"first": 45})
    give(desk, "d")
    (gap,) = register.gaps(desk)
    assert (gap.first, gap.last, gap.reason) == (4, 44, "")
    register.explain(desk, gap, "លេខក្នុងសៀវភៅចាស់")
    assert [one.reason for one in register.gaps(desk)] == ["លេខក្នុងសៀវភៅចាស់"]
    register.explain(desk, Gap(gap.series, gap.year, 10, 12), "បាត់ក្រដាស")
    assert [(one.first, one.last) for one in register.gaps(desk)] == [(4, 44)], "the wider reason stands already"
    register.explain(desk, gap, None)
    assert [(one.first, one.last, one.reason) for one in register.gaps(desk)] == [
        (4, 9, ""), (10, 12, "បាត់ក្រដាស"), (13, 44, ""),
    ]  # fmt: skip
    series.put_series(desk, series.LETTERS, {"first": 2})
    assert give(desk, "e") == "០៤៦/២២", "a lower first number does not go back"


def test_a_number_typed_by_hand_is_passed_over(desk: Desk) -> None:
    records.save(desk, "meeting", {"subject": "ក", "date": "2022-02-01", "number": "001 / 22"})
    records.save(desk, "meeting", {"subject": "ក", "date": "2022-02-01", "number": "០០១/២២"})
    records.save(desk, "meeting", {"subject": "ក", "date": "2021-02-01", "number": "០០២/២២"})
    own.put(desk, "minutes", "x", "number", "003/22")
    assert [give(desk, "a"), give(desk, "b")] == ["០០២/២២", "០០៤/២២"]
    assert register.gaps(desk) == [], "both stand on papers"
    own.put(desk, "invitation", "c", "number", "ដោយដៃ ៧")
    assert give(desk, "c") == "ដោយដៃ ៧" and numbers(desk) == [2, 4], "it takes none from the register"


# --- two windows, two processes, crashes ----------------------------------------------------------------------------
WORKER = """
import sys, time
from datetime import date
from pathlib import Path
from cpdesk.tasks import desk as desks
from cpdesk.tasks.paperwork import register

with desks.open_desk(Path(sys.argv[1])) as desk:
    print("ready", flush=True)
    sys.stdin.readline()
    for n in range(int(sys.argv[3])):
        about = f"{sys.argv[2]}{n}"
        shown = register.reserve(desk, "invitation", about, day=date(2022, 6, 23), subject=about)
        print(about, shown, flush=True)
        time.sleep(0.003)  # nobody prints without a pause, and who waits for a turn gets it
"""


def worker(path: Path, name: str, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WORKER, str(path), name, str(count)]
    made = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ}
    )
    assert made.stdout is not None and made.stdout.readline() == "ready\n"
    return made


def start(one: subprocess.Popen[str]) -> None:
    assert one.stdin is not None
    one.stdin.write("\n")
    one.stdin.flush()


def test_two_processes_at_once_share_no_number(desk: Desk) -> None:
    both = [worker(desk.path, name, 100) for name in "ab"]
    for one in both:
        start(one)
    told = dict(line.split(maxsplit=1) for one in both for line in one.communicate(timeout=120)[0].splitlines())
    assert [one.returncode for one in both] == [0, 0]
    assert len(told) == len(set(told.values())) == 200
    assert numbers(desk) == list(range(1, 201)) and register.gaps(desk) == []
    assert {one.about: one.shown for one in register.entries(desk)} == told


def test_the_same_paper_in_two_processes_has_one_number(desk: Desk) -> None:
    both = [worker(desk.path, "same", 30) for _n in range(2)]
    for one in both:
        start(one)
    told = [one.communicate(timeout=120)[0] for one in both]
    assert told[0] == told[1] and numbers(desk) == list(range(1, 31))


def test_a_kill_in_between_loses_and_doubles_nothing(desk: Desk) -> None:
    acknowledged: dict[str, str] = {}
    for turn in range(5):
        pair = [worker(desk.path, f"{name}{turn}-", 500) for name in "ab"]
        for one in pair:
            start(one)
        pipes = [one.stdout for one in pair if one.stdout is not None]
        told = [pipe.readline() for pipe in pipes for _n in range(1 + turn * 2)]
        for one in pair:
            one.send_signal(signal.SIGKILL)  # wherever it is in the next one
        told += [line for pipe in pipes for line in pipe.read().splitlines(keepends=True)]
        for one in pair:
            with one:  # closes its pipes and waits
                pass
        acknowledged |= dict(line.split(maxsplit=1) for line in told if line.endswith("\n"))
    assert len(acknowledged) >= 50
    with desks_.open_desk(desk.path) as again:
        kept = {one.about: one.shown + "\n" for one in register.entries(again)}
        assert care.check(again).problems == []
        assert acknowledged.items() <= kept.items(), "a number that was told is in the register"
        assert len(set(kept.values())) == len(kept) and register.gaps(again) == []
        about = next(iter(acknowledged))
        assert give(again, about) + "\n" == acknowledged[about]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.integers(0, 1), st.sampled_from(["give", "void", "bin", "first"]), st.integers(0, 6)), max_size=25
    )
)
def test_whatever_two_windows_do_no_number_comes_twice(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, str, int]]
) -> None:
    with desks.make(tmp_path_factory.mktemp("w")) as one, one.other() as two:
        given_: dict[str, set[str]] = {}
        for which, what, n in steps:
            desk = (one, two)[which]
            standing = [entry for entry in register.entries(desk) if not entry.voided]
            if what == "give":
                before = register.number_of(desk, "invitation", str(n))
                shown = give(desk, str(n))
                assert before in ("", shown)
                given_.setdefault(shown, set()).add(str(n))
            elif what == "first":
                series.put_series(desk, series.LETTERS, {"first": n * 3 + 1})
            elif standing:
                entry = standing[n % len(standing)]
                if what == "void":
                    register.void(desk, entry.id, "ខុស")
                else:
                    records.delete(desk, entry.id)
        everything = register.entries(one)
        assert everything == register.entries(two)
        assert len({entry.number for entry in everything}) == len(everything)
        assert all(len(papers) == 1 for papers in given_.values()), "a number went out with two papers"
        skipped = [n for gap in register.gaps(one) for n in range(gap.first, gap.last + 1)]
        taken = [entry.number for entry in everything]
        if taken:
            lowest = min(min(taken), series.series(one).starts(2022))
            assert sorted(taken + skipped) == list(range(lowest, max(taken) + 1))


# --- two computers of one office ------------------------------------------------------------------------------------
def exchange_all(world: World) -> None:
    """Everything goes everywhere, through the province."""
    for sender, to in (("a", "p"), ("b", "p"), ("p", "a"), ("p", "b")):
        world.carry(sender, to)


def test_the_same_number_from_two_computers_stays_and_is_found(world: World) -> None:
    world.desk("b", "0801")
    world.enrol("p", "b")
    assert give(world["a"], "x") == give(world["b"], "y") == "០០១/២២"
    assert give(world["a"], "both") == "០០២/២២"
    assert give(world["b"], "z") == "០០២/២២" and give(world["b"], "both") == "០០៣/២២"
    exchange_all(world)
    for name in "ab":
        desk = world[name]
        assert numbers(desk) == [1, 1, 2, 2, 3], "both letters stand"
        assert register.next_number(desk, "invitation", DAY) == "០០៤/២២"
        assert register.number_of(desk, "invitation", "both") == "០០២/២២", "every desk names the same one"
        found = [one for one in checks.run(desk, DAY) if one.check in ("same_letter", "paper_twice")]
        assert sorted(one.check for one in found) == ["paper_twice", "same_letter", "same_letter"]
        assert all("២២" in one.sentence and one.title for one in found)
    doubles = [one for one in register.entries(world["a"]) if one.about in ("y", "both") and one.number in (1, 3)]
    for one in doubles:
        register.void(world["a"], one.id, "ពីរដង")
    left = [one for one in checks.run(world["a"], DAY) if one.check in ("same_letter", "paper_twice")]
    assert [one.values["number"] for one in left] == ["០០២/២២"]
    assert give(world["a"], "y") == "០០៤/២២", "numbered anew"


@pytest.mark.parametrize("numbers_", [(7, 9), (9, 7)], ids=str)  # whichever of them is shown meanwhile
def test_a_number_two_computers_disagree_on_is_given_to_nobody(world: World, numbers_: tuple[int, int]) -> None:
    world.desk("b", "0801")
    world.enrol("p", "b")
    give(world["a"], "x")
    exchange_all(world)
    (letter,) = register.entries(world["b"])
    for name, number in zip("ab", numbers_, strict=True):
        records.save(world[name], "letter", {"number": number}, letter.id)
    exchange_all(world)
    assert register.next_number(world["a"], "invitation", DAY) == register.next_number(world["b"], "invitation", DAY)
    assert register.next_number(world["a"], "invitation", DAY) == "០១០/២២"


def test_another_office_has_a_register_of_its_own(world: World) -> None:
    give(world["a"], "x")
    world.carry("a", "p")
    assert register.entries(world["p"]) == [] and give(world["p"], "x") == "០០១/២២"
    world.meeting("a", number="០០២/២២", date="2022-06-01")
    world.carry("a", "p")
    assert give(world["p"], "y") == "០០២/២២", "a district's minutes take no number from the province"
