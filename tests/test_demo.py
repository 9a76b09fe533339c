"""The story of the demo holds what really happened, and what it claims of the merge."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pypdf import PdfReader

from cpdesk import i18n
from cpdesk.errors import BadInput
from cpdesk.khmer.breaks import without_zwsp
from cpdesk.records import KINDS
from cpdesk.store import Desk, Record
from cpdesk.tasks import Cancelled, demo, exchange, meetings, plans, records, versions
from cpdesk.tasks.demo import Story
from cpdesk.tasks.demo.meeting import SUBJECT
from cpdesk.tasks.desk import check, open_desk
from cpdesk.tasks.thread import thread
from cpdesk.tasks.thread.knots import CARRIED_FROM

LATER = ("progress", "actual", "attachment", "letter")


@dataclass(frozen=True)
class Built:
    story: Story
    home: Path
    steps: list[tuple[int, int]]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    home, folder = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("demo")
    steps: list[tuple[int, int]] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CPDESK_HOME", str(home))
        i18n.set_language("km")
        story = demo.build(folder, lambda done, total: steps.append((done, total)))
    return Built(story, home, steps)


@pytest.fixture
def story(built: Built, own_home: Path, monkeypatch: pytest.MonkeyPatch) -> Story:
    monkeypatch.setenv("CPDESK_HOME", str(built.home))
    return built.story


@pytest.fixture
def province(story: Story) -> Iterator[Desk]:
    with open_desk(story.desks[0]) as desk:
        yield desk


@pytest.fixture
def meeting(province: Desk) -> Record:
    (found,) = records.find(province, "meeting", {"date": "2022-06-23"})
    return found


def test_desks_packages_papers(story: Story) -> None:
    assert [path.stem[:4] for path in story.desks] == ["08-k", "0811", "0802", "0801", "08-k"]
    assert len(story.packages) == 15 and len(story.pdfs) == 17
    assert all(path.is_file() and path.stat().st_size for path in story.desks + story.packages + story.pdfs)


def test_every_desk_is_whole(story: Story) -> None:
    for path in story.desks:
        with open_desk(path) as desk:
            assert check(desk).problems == [], path.name


def test_nothing_in_it_is_incomplete(province: Desk) -> None:
    for kind in KINDS.values():
        for record in [] if kind.built_in else records.find(province, kind.name):
            assert records.problems(province, record) == {}, records.title(province, record.id)


def test_the_meeting_is_the_one_that_was(province: Desk, meeting: Record) -> None:
    assert meeting["subject"] == SUBJECT and "២០២១-២០២២" in SUBJECT and "២០២៣-២០២៥" in SUBJECT
    assert meeting["sort"] == "consultation" and meeting["state"] == "held" and meeting.text("start") < "12:00"
    chair = records.get(province, meeting.text("chair"))
    assert (chair["title"], chair["name_km"], chair["position"]) == ("លោកជំទាវ", "ហ៊ុន កុសនី", "អភិបាលរងខេត្ត")
    came = {one.body for one in meetings.attendees(province, meeting.id) if one.here}
    for body in ("ក្រុមការងារកិច្ចការពារកុមារខេត្ត", "អង្គការយូនីសេហ្វ", "អង្គការសង្គ្រោះកុមារ", "អង្គការដៃគូផ្សេងទៀត"):
        assert body in came
    assert any("សហរដ្ឋអាមេរិក" in body for body in came) and sum("មន្ទីរ" in body for body in came) >= 4
    assert meetings.counts_line(meetings.attendance_counts(province, meeting.id)) == "សរុប ២១នាក់ ស្រី ១៣នាក់"
    quorum = meetings.quorum(province, meeting.id)
    assert quorum and quorum.reached


def test_every_body_that_spoke_gave_an_input(province: Desk, meeting: Record) -> None:
    inputs = records.children(province, "input", meeting.id)
    assert len(inputs) == 13 and len({one["body"] for one in inputs}) == 13
    assert sum(one["became"] is not None for one in inputs) == 10
    assert len(records.children(province, "presentation", meeting.id)) == 3
    tasks = records.children(province, "follow_up", meeting.id)
    assert len(tasks) == 8 and all(one["responsible"] and one["due"] for one in tasks)


def test_the_plan_carries_the_thread(province: Desk, meeting: Record) -> None:
    plan = records.get(province, meeting.text("plan"))
    assert (plan["first_year"], plan["last_year"]) == (2023, 2025)
    activities = plans.activities(province, plan.id)
    assert len(activities) == 13 and all(one["investment"] and one["responsible"] for one in activities)
    threads = [thread(province, one.id).back for one in activities]
    assert sum(any(knot.kind == "input" and not knot.depth for knot in back) for back in threads) == 10
    assert sum(any(knot.relation == CARRIED_FROM for knot in back) for back in threads) == 7
    old = records.get(province, plan.text("previous"))
    assert (old["first_year"], old["last_year"]) == (2021, 2022)


def test_the_old_plan_was_approved_twice_and_reported_on_for_eight_quarters(province: Desk) -> None:
    (old,) = records.find(province, "plan", {"first_year": 2021})
    assert (old["state"], old["version"]) == ("approved", 2)
    first, second = versions.versions(province, old.id)
    assert second.hash == old["approved_hash"] == versions.content_hash(province, old.id) != first.hash
    lines = plans.activities(province, old.id)
    assert len(lines) == 12
    told = [r for line in lines for r in records.children(province, "progress", line.id)]
    assert {(r["year"], r["quarter"]) for r in told} == {(y, q) for y in (2021, 2022) for q in (1, 2, 3, 4)}
    assert {r["status"] for r in told} == {"not_started", "on_track", "at_risk", "late", "done"}


def test_the_new_plan_takes_over_what_was_reached(province: Desk) -> None:
    (new,) = records.find(province, "plan", {"first_year": 2023})
    carried = [r for r in records.find(province, "indicator") if r["carried_from"]]
    assert len(carried) == 7 and all(r["baseline"] is not None for r in carried)
    (villages,) = [r for r in carried if r.text("text").startswith("ចំនួនឃុំ សង្កាត់ដែលមានទិន្នន័យ")]
    assert (villages["baseline"], villages["baseline_year"]) == ("96", 2022), "as it stood before the meeting"
    assert records.get(province, new.text("previous"))["first_year"] == 2021


def test_figures_lead_to_priorities_and_activities_answer_them(province: Desk) -> None:
    (new,) = records.find(province, "plan", {"first_year": 2023})
    answers = [len(records.find(province, "activity", {"priority": p.id})) for p in records.children(
        province, "priority", new.id)]  # fmt: skip
    assert answers == [1, 1, 3, 0]
    for priority in records.children(province, "priority", new.id):
        kinds = {records.get(province, id_).kind.name for id_ in priority.text("why").split()}
        assert kinds >= {"measure", "figure"}
    weak = [r for r in records.children(province, "swot", new.id) if r["sort"] == "weakness"]
    assert len(weak) == 3 and sum(r["answered_by"] is None for r in weak) == 1


def test_every_commune_has_its_figures_and_they_say_that_they_are_made_up(province: Desk) -> None:
    rows = records.columns(province, "figure", ("place", "year", "value", "source"))
    assert len({place for _id, place, *_rest in rows}) == 127
    assert all("គំរូ" in str(source) for *_rest, source in rows)
    values = {value for *_some, value, _source in rows}
    assert {"not_collected", "suppressed", "0"} <= values
    assert {year for _id, _place, year, *_rest in rows} == {2020, 2021, 2022}


def test_one_true_difference_waits_on_every_desk(story: Story) -> None:
    for path in story.desks[:4]:
        with open_desk(path) as desk:
            (one,) = exchange.conflicts(desk)
            assert (one.kind, one.field) == ("activity", "year_quarters")
            assert {(side.office, side.value) for side in one.values} == {
                ("0811", "2023Q1 2023Q2"),
                ("0802", "2023Q3 2023Q4"),
            }
            assert one.before == "2023Q2"
            activity = records.get(desk, one.id)
            assert activity["group"] == "កុមាររងគ្រោះ រួមទាំងកុមារមានពិការភាព", "other fields merged by themselves"


def test_two_orders_came_to_the_same(story: Story) -> None:
    with open_desk(story.desks[0]) as one, open_desk(story.desks[4]) as other:
        here, there = demo.everything(one), demo.everything(other)
        later = {id_ for id_, shown in here[0].items() if shown[0] in LATER and id_ not in there[0]}
        assert later, "the year's end was told on the first desk alone"
        assert ({id_: shown for id_, shown in here[0].items() if id_ not in later}, here[1]) == there
        assert one.site != other.site


def test_districts_keep_their_meetings_and_the_province_has_them_all(story: Story, province: Desk) -> None:
    for path in story.desks[1:4]:
        with open_desk(path) as desk:
            own = [m for m in records.find(desk, "meeting") if m["place"] == desk.office]
            assert len(own) == 2 and len(records.find(desk, "meeting")) == 3
    assert len(records.find(province, "meeting")) == 7


def test_the_telling(built: Built) -> None:
    told = " ".join(built.story.told)
    assert "ស្រុកកណ្ដាលស្ទឹងមកយឺត" in told and "គ្មានអ្វីថ្មី" in told and "លំដាប់ពីរ" in told
    assert built.steps[0][0] == 0 and built.steps[-1][0] == built.steps[-1][1]


def text_of(path: Path) -> str:
    """What a reader copies out of the paper, without spaces and line ends."""
    pages = "".join(page.extract_text() for page in PdfReader(path).pages)
    return "".join(without_zwsp(pages).split())


def test_papers_say_what_was_kept(story: Story) -> None:
    said = {path.stem: text_of(path) for path in story.pdfs}
    minutes, attendance, blank = (said[f"{name}-2022-06-23"] for name in ("minutes", "attendance", "attendance-blank"))
    progress, matrix, profile = (said[name] for name in ("progress-2022-q2", "plan-2023-2025", "profile-kandal-2022"))
    for paper in (minutes, attendance, blank):
        assert "".join(SUBJECT.split()) in paper and "ព្រះរាជាណាចក្រកម្ពុជា" in paper
    for words in ("ហ៊ុនកុសនី", "កំណត់ហេតុ", "៩រោច", "ទិន្នន័យ", "សរុប២១នាក់"):
        assert words in minutes, words
    assert "៩៦" in progress and "ត្រីមាសទី២" in progress
    assert "២.២.២" in matrix
    assert "ល្វាឯម" in profile
    assert "តំណាងUSAID" in attendance and "តំណាងUSAID" not in blank
    assert "០០១/២២" in said["invitations-2022-06-23"], "the letters of a meeting bear one number together"
    assert "លិខិតអញ្ជើញលេខ០០១/២២" in said["report-2022-06-23"], "the report refers to the letter that called them"
    assert "ឆ្នាំ២០២២" in said["progress-2022"] and "ហួសកាលកំណត់" in said["follow-ups-2022-07-05"]
    assert "បង្កាន់ដៃទទួល" in said["receipt-ta-khmau"] and "រដ្ឋបាលក្រុងតាខ្មៅ" in said["receipt-ta-khmau"]


def test_a_folder_with_something_in_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(BadInput):
        demo.build(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] in (
        ["letter.txt"],
        ["home", "letter.txt"],
        ["letter.txt", "home"],
    )


def test_a_story_that_is_stopped_leaves_nothing(tmp_path: Path) -> None:
    def stop(done: int, _total: int) -> None:
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        demo.build(tmp_path / "demo", stop)
    assert not (tmp_path / "demo").exists()
