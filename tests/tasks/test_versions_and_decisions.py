"""A decision that changes an approved plan makes its next version as plain writing does; taken back, it is approved
again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from cpdesk.errors import BadInput
from cpdesk.store import Desk, care
from cpdesk.tasks import exchange, joining, records, versions
from cpdesk.tasks.undo import Undo
from tests.sync.worlds import World, province_and_district
from tests.tasks.test_versions import DAY, READER, Written, write

APPROVED_WORDS, OF_DISTRICT, OF_PROVINCE = "បណ្តុះបណ្តាល", "ពាក្យរបស់ស្រុក", "ពាក្យរបស់ខេត្ត"


@dataclass
class Round:
    """A province's plan that its district knows too."""

    world: World
    plan: Written

    def differ(self, kind: str, field: str, province: object, district: object) -> None:
        """Both write without seeing each other; the province receives the district's."""
        id_ = self.plan.ids[kind]
        records.save(self.world["p"], kind, {field: province}, id_)
        records.save(self.world["a"], kind, {field: district}, id_)

    def deliver(self) -> None:
        before = ops(self.desk)
        self.world.carry("a", "p")
        assert ops(self.desk) == before, "a merge writes nothing of its own"

    def settle(self, kind: str, field: str, value: object) -> Undo:
        undo = Undo(self.desk)
        undo.decide(lambda on: exchange.resolve(on, self.plan.ids[kind], field, value, "ហេតុផល"), "សម្រេច")
        return undo

    @property
    def desk(self) -> Desk:
        return self.world["p"]


def ops(desk: Desk) -> int:
    """How many saves of records were made at this desk; what it notes by itself is none."""
    sql = "SELECT count(*) FROM op WHERE package IS NULL AND kind <> 'deed'"
    count: int = desk.db.execute(sql).fetchone()[0]
    return count


@pytest.fixture
def round_(tmp_path: Path) -> Iterator[Round]:
    world = province_and_district(tmp_path)
    made = Round(world, write(world["p"]))
    world.carry("p", "a")
    yield made
    for desk in world.desks.values():
        assert care.check(desk).problems == []
    world.close()


def two_wordings(made: Round) -> versions.Version:
    """The province approves its own words; then the district's come, written without seeing them."""
    made.differ("activity", "text", OF_PROVINCE, OF_DISTRICT)
    approved = made.plan.approve()
    made.deliver()
    assert made.plan.state() == ("approved", 1, approved.hash)
    return approved


@pytest.mark.parametrize("value", [OF_DISTRICT, "ពាក្យរួម"])
def test_a_settled_difference_makes_the_next_version(round_: Round, value: str) -> None:
    approved = two_wordings(round_)
    shown = records.get(round_.desk, round_.plan.ids["activity"])["text"]
    undo = round_.settle("activity", "text", value)
    changed = value != shown
    assert round_.plan.state() == (("draft", 2, None) if changed else ("approved", 1, approved.hash))
    assert [(one.sort, one.field) for one in exchange.decisions(round_.desk)] == [("settled", "text")], (
        "the plan that became a draft is no decision"
    )
    undo.undo()
    assert round_.plan.state() == ("approved", 1, approved.hash)
    assert [one.field for one in exchange.conflicts(round_.desk)] == ["text"]
    undo.redo()
    assert round_.plan.state()[0] == ("draft" if changed else "approved")
    assert records.get(round_.desk, round_.plan.ids["activity"])["text"] == value


def test_giving_back_what_was_approved_makes_no_version(round_: Round) -> None:
    approved = two_wordings(round_)
    assert versions.standing(round_.desk, round_.plan.plan).unchanged is (
        records.get(round_.desk, round_.plan.ids["activity"])["text"] == OF_PROVINCE
    )
    undo = round_.settle("activity", "text", OF_PROVINCE)
    assert round_.plan.state() == ("approved", 1, approved.hash)
    assert versions.standing(round_.desk, round_.plan.plan).unchanged is True
    undo.undo()
    assert round_.plan.state() == ("approved", 1, approved.hash) and len(exchange.conflicts(round_.desk)) == 1


@pytest.mark.parametrize("value", [True, False])
def test_a_settled_deletion_makes_it_too(round_: Round, value: bool) -> None:
    activity = round_.plan.ids["activity"]
    records.save(round_.world["a"], "activity", {"text": OF_DISTRICT}, activity)
    records.delete(round_.desk, activity)
    approved = round_.plan.approve()
    round_.deliver()
    assert round_.plan.state() == ("approved", 1, approved.hash)
    assert [one.field for one in exchange.conflicts(round_.desk)] == ["_deleted"]
    undo = round_.settle("activity", "_deleted", value)
    assert round_.plan.state() == ("draft", 2, None), "the line is in sight, or its parts are back"
    assert {one.kind for one in exchange.decisions(round_.desk)} == {"activity"}
    undo.undo()
    assert round_.plan.state() == ("approved", 1, approved.hash)
    assert [one.field for one in exchange.conflicts(round_.desk)] == ["_deleted"]


def test_a_difference_in_the_plan_itself(round_: Round) -> None:
    round_.differ("plan", "title", "ផែនការខេត្ត", "ផែនការស្រុក")
    approved = round_.plan.approve()
    round_.deliver()
    undo = round_.settle("plan", "title", "ផែនការថ្មី")
    assert round_.plan.state() == ("draft", 2, None)
    undo.undo()
    assert round_.plan.state() == ("approved", 1, approved.hash)
    assert [one.field for one in exchange.conflicts(round_.desk)] == ["title"]


def test_how_far_a_plan_is_is_settled_only_by_what_somebody_said(round_: Round) -> None:
    """The province approves; the district sends the plan to review without knowing."""
    approved = round_.plan.approve()
    versions.submit(round_.world["a"], round_.plan.plan)
    round_.deliver()
    waiting = {one.field: {side.value for side in one.values} for one in exchange.conflicts(round_.desk)}
    assert waiting["state"] == {"approved", "in_review"}
    round_.settle("plan", "state", "approved")
    assert round_.plan.state() == ("approved", 1, approved.hash) and exchange.conflicts(round_.desk) == []
    records.save(round_.desk, "plan", {"title": "ថ្មី"}, round_.plan.plan)
    with pytest.raises(BadInput):
        records.save(round_.desk, "plan", {"state": "approved"}, round_.plan.plan)


def test_nobody_is_approved_by_a_word_in_a_difference(round_: Round) -> None:
    round_.differ("plan", "state", "in_review", "closed")
    round_.deliver()
    with pytest.raises(BadInput):
        round_.settle("plan", "state", "approved")
    assert [one.field for one in exchange.conflicts(round_.desk)] == ["state"]


def test_many_settled_at_once_make_one_next_version(round_: Round) -> None:
    for kind, field in (("activity", "text"), ("output", "text"), ("objective", "text")):
        round_.differ(kind, field, f"{kind} ខេត្ត", f"{kind} ស្រុក")
    round_.plan.approve()
    round_.deliver()
    waiting = [(one.id, one.field) for one in exchange.conflicts(round_.desk)]
    exchange.resolve_many(round_.desk, waiting, "0801")
    assert round_.plan.state()[1] == (2 if versions.standing(round_.desk, round_.plan.plan).state == "draft" else 1)
    assert exchange.conflicts(round_.desk) == []
    records.save(round_.desk, "activity", {"text": "ទៀត"}, round_.plan.ids["activity"])
    assert round_.plan.state() == ("draft", 2, None), "one version, however many lines"


# --- joining --------------------------------------------------------------------------------------------------------
def two_bodies(desk: Desk) -> tuple[str, str]:
    one, other = (records.save(desk, "body", {"name_km": "មន្ទីរអប់រំ"}).id for _n in range(2))
    return one, other


def test_joined_bodies_in_an_approved_plan_make_the_next_version(round_: Round) -> None:
    desk, plan = round_.desk, round_.plan
    keep, gone = two_bodies(desk)
    records.save(desk, "activity", {"responsible": gone}, plan.ids["activity"])
    records.save(desk, "plan", {"body": gone}, plan.plan)
    records.save(desk, "budget_line", {"donor": gone}, plan.ids["budget_line"])
    approved = plan.approve()
    undo = Undo(desk)
    done = undo.decide(lambda on: joining.join(on, keep, gone, {}, "តែមួយ"), "ច្របាច់")
    assert done.references == 3 and plan.state() == ("draft", 2, None)
    assert [one.sort for one in exchange.decisions(desk)] == ["joined"]
    then = next(part for part in versions.read(desk, approved.id) if part.id == plan.ids["activity"])
    assert then.values["responsible"] == gone, "what was approved stays as it was approved"
    undo.undo()
    assert plan.state() == ("approved", 1, approved.hash)
    assert versions.standing(desk, plan.plan).unchanged is True
    undo.redo()
    assert plan.state() == ("draft", 2, None)
    assert records.get(desk, plan.ids["activity"])["responsible"] == keep
    round_.world.carry("p", "a")
    assert records.get(round_.world["a"], plan.plan)["state"] == "draft"


def test_joined_bodies_elsewhere_leave_a_plan_approved(round_: Round) -> None:
    keep, gone = two_bodies(round_.desk)
    round_.world.meeting("p", organiser=gone)
    approved = round_.plan.approve()
    joining.join(round_.desk, keep, gone)
    assert round_.plan.state() == ("approved", 1, approved.hash)


@pytest.mark.parametrize("in_plan", [False, True])
def test_who_approved_is_joined_with_another_record(round_: Round, in_plan: bool) -> None:
    """Who approved is no content; but a plan that becomes a draft no longer says who approved it."""
    desk, plan = round_.desk, round_.plan
    keep, gone = (records.save(desk, "person", {"name_km": READER}).id for _n in range(2))
    if in_plan:
        records.save(desk, "activity", {"responsible": gone}, plan.ids["activity"])
    versions.submit(desk, plan.plan)
    approved = versions.approve(desk, plan.plan, gone, DAY)
    undo = Undo(desk)
    undo.decide(lambda on: joining.join(on, keep, gone), "ច្របាច់")
    assert plan.state() == (("draft", 2, None) if in_plan else ("approved", 1, approved.hash))
    assert records.get(desk, plan.plan)["approved_by"] == (None if in_plan else keep)
    assert records.get(desk, approved.id)["approved_by"] == keep
    undo.undo()
    assert plan.state() == ("approved", 1, approved.hash)
    assert records.get(desk, plan.plan)["approved_by"] == gone
    assert versions.standing(desk, plan.plan).unchanged is True


def test_references_led_on_later_make_it_too(round_: Round) -> None:
    keep, gone = two_bodies(round_.desk)
    round_.world.carry("p", "a")
    records.save(round_.world["a"], "activity", {"responsible": gone}, round_.plan.ids["activity"])
    joining.join(round_.desk, keep, gone)
    approved = round_.plan.approve()
    round_.deliver()
    assert round_.plan.state() == ("approved", 1, approved.hash)
    assert joining.lead_on(round_.desk) == 1
    assert round_.plan.state() == ("draft", 2, None)


# --- taken back -----------------------------------------------------------------------------------------------------
def test_a_decision_taken_back_under_a_later_approval_makes_the_next_version(round_: Round) -> None:
    """Settled in a draft; then somebody approves what it says, by another way than this step's undo."""
    round_.differ("activity", "text", OF_PROVINCE, OF_DISTRICT)
    round_.deliver()
    undo = round_.settle("activity", "text", "ពាក្យរួម")
    approved = round_.plan.approve()
    undo.undo()
    assert round_.plan.state() == ("draft", 2, None)
    assert [one.field for one in exchange.conflicts(round_.desk)] == ["text"]
    assert versions.versions(round_.desk, round_.plan.plan) == [approved]


def test_a_decision_is_not_taken_back_where_the_plan_went_on(round_: Round) -> None:
    """The next version that it opened was approved since: it stays."""
    two_wordings(round_)
    undo = round_.settle("activity", "text", "ពាក្យរួម")
    second = round_.plan.approve()
    with pytest.raises(BadInput):
        undo.undo()
    assert round_.plan.state() == ("approved", 2, second.hash) and exchange.conflicts(round_.desk) == []
