"""What was approved stays as it was approved, and whoever goes on writing writes the next version."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpdesk.errors import BadInput
from cpdesk.store import Desk
from cpdesk.tasks import batch, exchange, plan_content, records, versions
from cpdesk.tasks.undo import Undo
from tests import desks
from tests.ui import story

AUTHOR, READER = "សុខ សុភា", "ហ៊ុន កុសនី"
DAY = date(2022, 9, 30)


@dataclass
class Written:
    """A small plan with a line of each kind, by the names of the kinds."""

    desk: Desk
    ids: dict[str, str]

    @property
    def plan(self) -> str:
        return self.ids["plan"]

    def state(self) -> tuple[object, object, object]:
        plan = records.get(self.desk, self.plan)
        return plan["state"], plan["version"], plan["approved_hash"]

    def approve(self, by: str = READER) -> versions.Version:
        versions.submit(self.desk, self.plan)
        person = records.save(self.desk, "person", {"name_km": by}).id
        return versions.approve(self.desk, self.plan, person, DAY)


def write(desk: Desk) -> Written:
    ids: dict[str, str] = {}

    def add(kind: str, **values: object) -> None:
        ids[kind] = records.save(desk, kind, values).id

    add("plan", title="ផែនការ", first_year=2023, last_year=2025, office="0801", state="draft")
    add("objective", plan=ids["plan"], order=1024, text="គោលបំណង")
    add("output", objective=ids["objective"], order=1024, text="លទ្ធផល")
    add("activity", output=ids["output"], order=1024, text="បណ្តុះបណ្តាល", year_quarters="2023Q1")
    add("indicator", of=ids["activity"], text="ចំនួនវគ្គ", cumulative=True, baseline="0")
    add("target", indicator=ids["indicator"], year=2023, value="4")
    add("budget_line", activity=ids["activity"], year=2023, source="state", amount="12500000", currency="KHR")
    add("priority", plan=ids["plan"], rank=1, text="កុមារក្រៅសាលា")
    add("swot", plan=ids["plan"], sort="weakness", text="ខ្វះទិន្នន័យ")
    return Written(desk, ids)


@pytest.fixture
def written(tmp_path: Path) -> Iterator[Written]:
    with desks.make(tmp_path, officer=AUTHOR) as desk:
        yield write(desk)


def test_content_is_what_a_plan_promises_and_nothing_else(written: Written) -> None:
    text = versions.content(written.desk, written.plan)
    assert len(text.splitlines()) == len(written.ids), "one line each"
    assert all(id_ in text for id_ in written.ids.values())
    records.save(written.desk, "progress", {"activity": written.ids["activity"], "year": 2023, "quarter": 1})
    records.save(written.desk, "actual", {"indicator": written.ids["indicator"], "year": 2023, "quarter": 1})
    other = write(written.desk)
    records.save(written.desk, "plan", {"version": 7}, written.plan)
    assert versions.content(written.desk, written.plan) == text
    assert versions.content(written.desk, other.plan) != text


def test_a_kept_version_reads_back_as_it_was(written: Written) -> None:
    before = versions.parts(written.desk, written.plan)
    approved = written.approve()
    assert versions.read(written.desk, approved.id) == before
    assert approved.hash == versions.content_hash(written.desk, written.plan)
    assert (approved.number, approved.on) == (1, DAY)
    assert written.state() == ("approved", 1, approved.hash)
    assert versions.versions(written.desk, written.plan) == [approved]


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=400))
def test_packing_loses_nothing(text: str) -> None:
    assert plan_content.unpack(plan_content.pack(text)) == text


@pytest.mark.parametrize("packed", ["", "x", "AAAA", plan_content.pack("ក" * 999)[:-8] + "=" * 4])
def test_what_is_not_packed_content_is_refused(packed: str) -> None:
    with pytest.raises(ValueError):
        plan_content.unpack(packed)


def test_a_bomb_is_not_unfolded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan_content, "MOST_BYTES", 1000)
    with pytest.raises(ValueError):
        plan_content.unpack(plan_content.pack("0" * 1001))


@pytest.mark.parametrize(
    "kind", [kind for kind in plan_content.CONTENT if kind not in ("plan", "target", "budget_line")]
)
def test_an_edit_of_any_part_makes_the_next_version(written: Written, kind: str) -> None:
    written.approve()
    records.save(written.desk, kind, {"text": "ថ្មី"}, written.ids[kind])
    assert written.state() == ("draft", 2, None)


@pytest.mark.parametrize(("kind", "values"), [
    ("plan", {"title": "ឈ្មោះថ្មី"}), ("plan", {"last_year": 2026}), ("target", {"value": "5"}),
    ("budget_line", {"amount": "1"}), ("activity", {"order": 2048}), ("activity", {"investment": "pledged"}),
])  # fmt: skip
def test_so_does_every_value(written: Written, kind: str, values: dict[str, object]) -> None:
    written.approve()
    records.save(written.desk, kind, values, written.ids[kind])
    assert written.state() == ("draft", 2, None)


def test_what_comes_of_a_plan_leaves_it_approved(written: Written) -> None:
    approved = written.approve()
    activity = written.ids["activity"]
    records.save(written.desk, "progress", {"activity": activity, "year": 2023, "quarter": 1, "status": "done"})
    records.save(written.desk, "activity", {"text": "បណ្តុះបណ្តាល"}, activity)  # the same words once more
    records.save(written.desk, "follow_up", {"text": "ធ្វើ", "about": activity})
    records.save(written.desk, "plan", {"state": "approved"}, written.plan)
    assert written.state() == ("approved", 1, approved.hash)
    assert versions.standing(written.desk, written.plan).unchanged is True


def test_adding_deleting_and_bringing_back_make_it_too(written: Written) -> None:
    written.approve()
    records.save(written.desk, "activity", {"output": written.ids["output"], "text": "បន្ថែម"})
    assert written.state() == ("draft", 2, None)
    written.approve()
    records.delete(written.desk, written.ids["output"])
    assert written.state() == ("draft", 3, None)
    written.approve()
    records.undelete(written.desk, written.ids["output"])
    assert written.state() == ("draft", 4, None)
    assert [v.number for v in versions.versions(written.desk, written.plan)] == [1, 2, 3]


def test_a_part_that_moves_between_plans_changes_both(written: Written) -> None:
    other = write(written.desk)
    written.approve()
    other.approve()
    records.save(written.desk, "output", {"objective": other.ids["objective"]}, written.ids["output"])
    assert written.state() == ("draft", 2, None)
    assert other.state() == ("draft", 2, None)


def test_lines_put_by_program_make_it_too(written: Written) -> None:
    written.approve()
    line = f'{{"id": "{written.ids["activity"]}", "text": "ថ្មី"}}'
    batch.put_lines(written.desk, "activity", [line.encode()])
    assert written.state() == ("draft", 2, None)


def test_a_refused_edit_leaves_it_approved(written: Written) -> None:
    approved = written.approve()
    with pytest.raises(BadInput):
        records.save(written.desk, "activity", {"text": "ថ្មី", "responsible": "f" * 32}, written.ids["activity"])
    with pytest.raises(BadInput):
        records.save_many(
            written.desk,
            [("activity", {"text": "ថ្មី"}, written.ids["activity"]), ("activity", {"nothing": 1}, None)],
        )
    assert written.state() == ("approved", 1, approved.hash)


def test_an_author_does_not_approve(written: Written) -> None:
    versions.submit(written.desk, written.plan)
    for name in (AUTHOR, f"លោក {AUTHOR}", "សុខ  សុភា"):
        author = records.save(written.desk, "person", {"name_km": name}).id
        with pytest.raises(BadInput, match="សុខ"):
            versions.approve(written.desk, written.plan, author, DAY)
    assert written.state()[0] == "in_review"
    assert versions.versions(written.desk, written.plan) == []


def test_only_those_who_wrote_in_this_version_are_its_authors(written: Written) -> None:
    written.approve()
    assert versions.authors(written.desk, written.plan) == []
    written.desk.rename_officer(READER)
    records.save(written.desk, "target", {"value": "9"}, written.ids["target"])
    assert versions.authors(written.desk, written.plan) == [READER]
    with pytest.raises(BadInput):
        written.approve()
    first = records.save(written.desk, "person", {"name_km": AUTHOR, "title": "លោក"}).id
    assert versions.approve(written.desk, written.plan, first, DAY).number == 2


def test_who_deletes_a_line_wrote_too(written: Written) -> None:
    written.approve()
    written.desk.rename_officer("កែវ សុវណ្ណ")
    records.delete(written.desk, written.ids["swot"])
    assert versions.authors(written.desk, written.plan) == ["កែវ សុវណ្ណ"]


def test_only_what_is_in_review_is_approved(written: Written) -> None:
    person = records.save(written.desk, "person", {"name_km": READER}).id
    with pytest.raises(BadInput):
        versions.approve(written.desk, written.plan, person, DAY)
    versions.submit(written.desk, written.plan)
    with pytest.raises(BadInput):
        versions.submit(written.desk, written.plan)
    versions.send_back(written.desk, written.plan)
    with pytest.raises(BadInput):
        versions.approve(written.desk, written.plan, person, DAY)


def test_an_empty_plan_is_not_handed_over(written: Written) -> None:
    records.delete(written.desk, written.ids["objective"])
    with pytest.raises(BadInput):
        versions.submit(written.desk, written.plan)


def test_nobody_becomes_approved_by_a_word(written: Written) -> None:
    with pytest.raises(BadInput):
        records.save(written.desk, "plan", {"state": "approved"}, written.plan)
    assert written.state()[0] == "draft"


def test_who_approved_what_is_not_rewritten(written: Written) -> None:
    approved = written.approve()
    other = records.save(written.desk, "person", {"name_km": "ជា វណ្ណី"}).id
    for forged in ({"approved_by": other}, {"approved_hash": "0" * 64}, {"version": 9}, {"approved_on": "2020-01-01"}):
        with pytest.raises(BadInput):
            records.save(written.desk, "plan", forged, written.plan)
    with pytest.raises(BadInput):
        records.save(written.desk, "plan", {"state": "approved", "approved_hash": "0" * 64}, write(written.desk).plan)
    assert versions.standing(written.desk, written.plan).approved == approved


def test_an_approved_version_is_not_rewritten(written: Written) -> None:
    approved = written.approve()
    with pytest.raises(BadInput):
        records.save(written.desk, "plan_version", {"hash": "0" * 64}, approved.id)
    assert records.get(written.desk, approved.id)["hash"] == approved.hash


def test_undo_takes_the_edit_and_the_next_version_back_as_one_step(written: Written) -> None:
    approved = written.approve()
    undo = Undo(written.desk)
    undo.save("activity", {"text": "ថ្មី"}, written.ids["activity"])
    assert written.state() == ("draft", 2, None)
    assert undo.undo() == "ខ្លឹមសារ", "named after what the person did"
    assert written.state() == ("approved", 1, approved.hash)
    assert versions.standing(written.desk, written.plan).unchanged is True
    undo.redo()
    assert written.state() == ("draft", 2, None)
    undo.undo()
    undo.delete(written.ids["budget_line"])
    assert written.state() == ("draft", 2, None)
    undo.undo()
    assert written.state() == ("approved", 1, approved.hash)
    with undo.together("ច្រើន"):
        undo.save("activity", {"text": "ក"}, written.ids["activity"])
        undo.save("output", {"text": "ខ"}, written.ids["output"])
    assert undo.undo() == "ច្រើន"
    assert versions.standing(written.desk, written.plan).unchanged is True


def test_moving_lines_is_undone_with_its_version(written: Written) -> None:
    second = records.save(written.desk, "activity", {"output": written.ids["output"], "text": "ពីរ", "order": 2048}).id
    approved = written.approve()
    undo = Undo(written.desk)
    undo.move(second, None)
    assert written.state() == ("draft", 2, None)
    undo.undo()
    assert written.state() == ("approved", 1, approved.hash)


def test_approving_can_be_taken_back(written: Written) -> None:
    undo = Undo(written.desk)
    versions.submit(undo, written.plan)
    person = records.save(written.desk, "person", {"name_km": READER}).id
    approved = versions.approve(undo, written.plan, person, DAY)
    undo.undo()
    assert written.state() == ("in_review", 1, None)
    assert versions.versions(written.desk, written.plan) == []
    undo.redo()
    assert written.state() == ("approved", 1, approved.hash)


def test_an_edit_made_before_the_approval_was_known_is_told(tmp_path: Path) -> None:
    """The province approves while the district still writes: after the merge the plan is not what was approved."""
    made = story.two_offices(tmp_path)
    with made.province, made.district:
        plan = records.find(made.province, "plan")[0].id
        versions.submit(made.province, plan)
        person = records.save(made.province, "person", {"name_km": "ជា វណ្ណី"}).id
        records.save(made.district, "activity", {"text": "ស្រុកសរសេរបន្ថែម"}, made.activity)
        approved = versions.approve(made.province, plan, person, DAY)
        assert versions.standing(made.province, plan).unchanged is True
        exchange.export(made.district, tmp_path / "back.cpsync", "08")
        exchange.merge(made.province, [tmp_path / "back.cpsync"])
        stands = versions.standing(made.province, plan)
        assert stands.state == "approved" and stands.unchanged is False
        assert stands.approved == approved
        records.save(made.province, "activity", {"group": "កុមារ"}, made.activity)
        assert "មន្ត្រីផែនការ" in versions.authors(made.province, plan), "what arrived late is part of what is next"


def test_a_damaged_version_is_told_in_words(written: Written, tmp_path: Path) -> None:
    versions.submit(written.desk, written.plan)
    bad = {"plan": written.plan, "version": 1, "hash": "0" * 64, "content": plan_content.pack("{}\n")}
    made = records.save(written.desk, "plan_version", bad).id
    with pytest.raises(BadInput):
        versions.read(written.desk, made)


def test_steps_within_steps_keep_their_versions_apart(written: Written) -> None:
    """A task that saves within a larger step: each change takes its own next version back, the outer one too."""
    other = write(written.desk)
    first, second = written.approve(), other.approve()
    undo = Undo(written.desk)
    with undo.parts("output", written.ids["objective"], "ច្រើន"):
        undo.save("activity", {"text": "ក"}, other.ids["activity"])
        records.save(written.desk, "output", {"text": "ខ"}, written.ids["output"])
    assert (written.state()[0], other.state()[0]) == ("draft", "draft")
    assert undo.undo() == "ច្រើន"
    assert (written.state()[2], other.state()[2]) == (first.hash, second.hash)
    assert versions.standing(written.desk, written.plan).unchanged is True
