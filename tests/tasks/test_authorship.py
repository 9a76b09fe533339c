"""Nobody approves what they wrote: not under another name, not in somebody else's, not as another officer, not by undo.

And what a role may do, it may take back: undoing asks for what the doing asked for.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cpdesk.errors import BadInput
from cpdesk.records.officers import OFFICER, ROLES
from cpdesk.store import Desk, writer
from cpdesk.tasks import desk as desks
from cpdesk.tasks import exchange, forms, joining, officers, records, roles, versions
from cpdesk.tasks.roles import NotAllowed
from cpdesk.tasks.undo import Undo
from tests.tasks.roles_world import DAY, ME, WRITER, World, appoint, build, everything, quick


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return build(tmp_path_factory.mktemp("words"))


@pytest.fixture(autouse=True)
def _quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    quick(monkeypatch)


@pytest.fixture
def desk(world: World) -> Iterator[Desk]:
    with world.opened() as copy:
        yield copy


def write(desk: Desk, w: World, plan: str = "in review") -> None:
    records.save(desk, "activity", {"text": "ពាក្យរបស់ខ្ញុំ"}, w.ids[f"{plan} activity"])


def refused(desk: Desk, w: World) -> str:
    """Why approving it in the chair's name is refused; nothing is another than before."""
    before = everything(desk)
    with pytest.raises(BadInput) as why:
        versions.approve(desk, w.ids["in review"], w.ids["chair"], DAY)
    assert everything(desk) == before
    return str(why.value)


def state(desk: Desk, w: World, plan: str) -> object:
    return records.get(desk, w.ids[plan])["state"]


# --- one's own words --------------------------------------------------------------------------------------------------
def test_who_did_not_write_approves_in_the_name_of_who_did_not_write(desk: Desk, world: World) -> None:
    approved = versions.approve(desk, world.ids["in review"], world.ids["chair"], DAY)
    assert state(desk, world, "in review") == "approved"
    assert approved.by == world.ids["chair"]


def test_an_officer_does_not_approve_their_own_words_in_another_name(desk: Desk, world: World) -> None:
    write(desk, world)
    assert ME in refused(desk, world)


def test_nor_in_the_name_of_who_wrote(desk: Desk, world: World) -> None:
    records.save(desk, "person", {"name_km": f"លោក {WRITER}"}, world.ids["chair"])
    assert WRITER in refused(desk, world)


def test_nor_after_being_renamed(desk: Desk, world: World) -> None:
    write(desk, world)
    desks.set_officer(desk, "ឈ្មោះថ្មី")
    assert ME in refused(desk, world)


def test_nor_in_the_name_of_a_person_who_is_called_otherwise_now(desk: Desk, world: World) -> None:
    for name in (WRITER, "ឈ្មោះថ្មី"):
        records.save(desk, "person", {"name_km": name}, world.ids["chair"])
    assert WRITER in refused(desk, world)


def test_nor_as_the_person_that_one_is(desk: Desk, world: World) -> None:
    """Words that bear the name of the person whom an officer is, were written by that officer."""
    records.save(desk, "person", {"name_km": WRITER}, world.ids["person"])
    assert WRITER in refused(desk, world)
    records.save(desk, "person", {"name_km": "ឈ្មោះថ្មី"}, world.ids["person"])
    assert WRITER in refused(desk, world)


def test_nor_once_said_to_be_somebody_else(desk: Desk, world: World) -> None:
    records.save(desk, "person", {"name_km": WRITER}, world.ids["person"])
    officers.change(desk, world.ids["me"], person=world.ids["chair"])
    assert WRITER in refused(desk, world)


def test_nor_as_another_officer_who_is_the_same_person(desk: Desk, world: World) -> None:
    officers.change(desk, world.ids["writer"], person=world.ids["person"])
    assert WRITER in refused(desk, world)
    writer.save(desk, OFFICER, {"left": True}, world.ids["writer"])
    assert WRITER in refused(desk, world)


def test_nor_when_the_two_are_joined(desk: Desk, world: World) -> None:
    records.save(desk, "person", {"name_km": WRITER}, world.ids["double"])
    joining.join(desk, world.ids["chair"], world.ids["double"], {"name_km": "ប៉ែន វណ្ណា"})
    assert records.get(desk, world.ids["chair"])["name_km"] == "ប៉ែន វណ្ណា"
    joining.join(desk, world.ids["chair"], world.ids["person"], {"name_km": "ប៉ែន វណ្ណា"})
    me = records.get(desk, world.ids["me"])
    assert (me["person"], me.differences) == (world.ids["chair"], 0)
    assert WRITER in refused(desk, world)


def test_nor_when_an_officer_of_that_person_wrote(desk: Desk, world: World) -> None:
    officers.change(desk, world.ids["writer"], person=world.ids["chair"])
    assert WRITER in refused(desk, world)


def test_who_settles_a_difference_in_a_plan_wrote_in_it(desk: Desk, world: World) -> None:
    appoint(desk, world.ids["me"], ["merger", "head"])
    plan = world.ids["in review"]
    joining.join(desk, world.ids["chair"], world.ids["double"], {"name_km": "ប៉ែន វណ្ណា"})
    assert ME not in versions.authors(desk, plan)
    responsible = {"responsible": world.ids["person"]}
    officers.enter(desk, world.ids["writer"])
    records.save(desk, "activity", responsible, world.ids["in review activity"])
    officers.enter(desk, world.ids["me"])
    joining.join(desk, world.ids["chair"], world.ids["person"], {"name_km": "ប៉ែន វណ្ណា"})
    assert ME in refused(desk, world)


# --- other ways to the same word --------------------------------------------------------------------------------------
def test_a_plan_is_not_approved_by_writing_that_it_is(desk: Desk, world: World) -> None:
    old = records.get(desk, world.ids["older"]).values
    again = {name: old[name] for name in ("state", "version", "approved_by", "approved_on", "approved_hash")}
    write(desk, world, "older")
    assert state(desk, world, "older") == "draft"
    with pytest.raises(BadInput):
        records.save(desk, "plan", again, world.ids["older"])  # in every role, but one's own words
    appoint(desk, world.ids["me"], ["officer"])
    for values in (again, {"state": "closed"}, {"approved_by": world.ids["chair"]}, {"approved_on": DAY}):
        with pytest.raises(NotAllowed):
            records.save(desk, "plan", values, world.ids["older"])
    with pytest.raises(NotAllowed):
        records.save(desk, "plan", {"title": "ថ្មី", "first_year": 2023, "last_year": 2025, "state": "approved"})
    records.save(desk, "plan", {"state": "in_review"}, world.ids["older"])
    with pytest.raises(BadInput):
        records.save(desk, "plan", {"state": "approved"}, world.ids["in review"])


def test_a_new_plan_is_nobodys_approved_plan(desk: Desk) -> None:
    with pytest.raises(BadInput, match=ME):
        records.save(desk, "plan", {"title": "ថ្មី", "first_year": 2023, "last_year": 2025, "state": "approved"})


def test_an_approved_version_is_not_made_by_hand(desk: Desk, world: World) -> None:
    version = records.get(desk, world.ids["older version"])
    appoint(desk, world.ids["me"], ["officer", "merger"])
    with pytest.raises(NotAllowed):
        records.save(desk, "plan_version", {**version.values, "plan": world.ids["draft"]})
    with pytest.raises(NotAllowed):
        records.delete(desk, version.id)


def test_who_takes_an_edit_back_needs_no_approval(desk: Desk, world: World) -> None:
    """The plan says again what was approved, by whom and when: nothing is approved by it."""
    appoint(desk, world.ids["me"], ["officer"])
    before = records.get(desk, world.ids["approved"]).values
    undo = Undo(desk)
    undo.save("activity", {"text": "ពាក្យរបស់ខ្ញុំ"}, world.ids["approved activity"])
    assert state(desk, world, "approved") == "draft"
    undo.undo()
    assert records.get(desk, world.ids["approved"]).values == before
    undo.redo()
    assert state(desk, world, "approved") == "draft"


def test_but_only_where_it_says_what_was_approved(desk: Desk, world: World) -> None:
    appoint(desk, world.ids["me"], ["officer"])
    undo = Undo(desk)
    undo.save("activity", {"text": "ពាក្យរបស់ខ្ញុំ"}, world.ids["approved activity"])
    records.save(desk, "priority", {"text": "ផ្សេង"}, world.ids["approved priority 1"])
    with pytest.raises(NotAllowed):
        undo.undo()
    assert state(desk, world, "approved") == "draft"


# --- undo asks as the doing did ---------------------------------------------------------------------------------------
def test_a_head_takes_an_approval_back_and_gives_it_again(desk: Desk, world: World) -> None:
    appoint(desk, world.ids["me"], ["head"])
    undo = Undo(desk)
    versions.approve(undo, world.ids["in review"], world.ids["chair"], DAY)
    undo.undo()
    assert state(desk, world, "in review") == "in_review"
    undo.redo()
    assert state(desk, world, "in review") == "approved"
    versions.close(undo, world.ids["in review"])
    undo.undo()
    assert state(desk, world, "in review") == "approved"


def test_an_approval_is_not_given_again_by_who_wrote(desk: Desk, world: World) -> None:
    undo = Undo(desk)
    versions.approve(undo, world.ids["in review"], world.ids["chair"], DAY)
    undo.undo()
    officers.enter(desk, world.ids["writer"])  # who has every role, and wrote all of it
    with pytest.raises(BadInput, match=WRITER):
        undo.redo()
    assert state(desk, world, "in review") == "in_review"
    assert not versions.versions(desk, world.ids["in review"])


def test_what_was_approved_is_not_taken_back_by_who_only_writes(desk: Desk, world: World) -> None:
    undo = Undo(desk)
    versions.approve(undo, world.ids["in review"], world.ids["chair"], DAY)
    appoint(desk, world.ids["me"], ["officer"])
    with pytest.raises(NotAllowed):
        undo.undo()
    assert state(desk, world, "in review") == "approved"


def test_a_merger_takes_a_decision_back_and_takes_it_again(desk: Desk, world: World) -> None:
    appoint(desk, world.ids["me"], ["merger"])
    undo, kept = Undo(desk), world.ids["differing"]
    undo.decide(lambda on: exchange.resolve(on, kept, "subject", "ពាក្យរួម"), "សម្រេច")
    undo.undo()
    assert len(exchange.conflicts(desk, kept)) == 2
    undo.redo()
    assert len(exchange.conflicts(desk, kept)) == 1


@pytest.mark.parametrize("back", [True, False])
def test_nobody_else_does(desk: Desk, world: World, back: bool) -> None:
    undo, kept = Undo(desk), world.ids["differing"]
    undo.decide(lambda on: exchange.resolve(on, kept, "subject", "ពាក្យរួម"), "សម្រេច")
    if not back:
        undo.undo()
    appoint(desk, world.ids["me"], ["officer", "head", "keeper"])
    before = everything(desk)
    with pytest.raises(NotAllowed):
        undo.undo() if back else undo.redo()
    assert everything(desk) == before


def test_a_settled_deletion_and_the_next_version_belong_to_the_decision(desk: Desk, world: World) -> None:
    """What a decision brings along (a plan that becomes a draft) needs no role of its own."""
    records.save(desk, "activity", {"responsible": world.ids["double"]}, world.ids["draft activity"])
    appoint(desk, world.ids["me"], ["merger"])
    joining.join(desk, world.ids["chair"], world.ids["double"], {"name_km": "ប៉ែន វណ្ណា"})
    assert records.get(desk, world.ids["draft activity"])["responsible"] == world.ids["chair"]
    assert records.get(desk, world.ids["guest"])["person"] == world.ids["chair"]
    with pytest.raises(NotAllowed):
        records.save(desk, "activity", {"responsible": None}, world.ids["draft activity"])


# --- paper ------------------------------------------------------------------------------------------------------------
def test_a_reader_prints_without_taking_a_number(desk: Desk, world: World) -> None:
    appoint(desk, world.ids["me"], ["reader"])
    officers.enter(desk, world.ids["me"])
    before = everything(desk)
    printed = forms.print_form(desk, "invitation", world.ids["meeting"], world.folder / "invitation.pdf")
    assert printed.pages
    assert ME in printed.lacks
    assert everything(desk) == before
    assert not forms.documents(desk, "invitation", world.ids["meeting"])[0].head.number
    appoint(desk, world.ids["me"], ["officer"])
    officers.enter(desk, world.ids["me"])
    assert not forms.print_form(desk, "invitation", world.ids["meeting"], world.folder / "invitation.pdf").lacks
    number = forms.documents(desk, "invitation", world.ids["meeting"])[0].head.number
    assert number
    appoint(desk, world.ids["me"], ["reader"])
    assert not forms.print_form(desk, "invitation", world.ids["meeting"], world.folder / "invitation.pdf").lacks


def test_an_open_desk_asks_nobody(world: World) -> None:
    with world.opened() as desk:
        desk.who = None
        assert all(roles.may(desk, act) for act in roles.Act)
        assert roles.roles(desk) == ROLES
        write(desk, world)
        versions.approve(desk, world.ids["in review"], world.ids["chair"], DAY)  # as it always was
