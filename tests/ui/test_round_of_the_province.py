"""A quarter of a province by keyboard alone: three districts come to be known, write, hand in the stick, get it back.

Nothing but keys is sent to the windows; desks are only read, to see what became of them.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cpdesk.khmer.breaks import without_zwsp
from cpdesk.records import KINDS
from cpdesk.tasks import desk as desks
from cpdesk.tasks import exchange, records
from cpdesk.tasks.undoing_imports import taken_back
from tests.desks import befriend
from tests.ui import story
from tests.ui.hands import press, read, target, write
from tests.ui.province_hands import DOWN, ENTER, ESC, TAB, Seat, Stick, hand_in, put_away, record, rewrite
from ui.dialogs.take_back import TakeBack
from ui.lists.rows import Row
from ui.pages.differences import DifferencesView

DISTRICTS = {"0801": "ស្រុកកណ្ដាលស្ទឹង", "0802": "ស្រុកកៀនស្វាយ", "0803": "ស្រុកខ្សាច់កណ្ដាល"}
CAMPAIGN, TRAINING, MEETINGS = 1, 0, 2  # activities of the plan that all share
REASON, KEPT = "តាមលទ្ធផលនៃកិច្ចប្រជុំថ្ងៃទី២០", "ស្រុកបានចាប់ផ្តើមរួចហើយ"
MISTAKE = "កញ្ចប់នេះជារបស់ត្រីមាសមុន"


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stick:
    return Stick(tmp_path / "stick", monkeypatch)


@pytest.fixture
def told(tmp_path: Path) -> story.Story:
    """The province's desk with the plan that all share."""
    return story.tell(tmp_path / "08.cpdesk", "08", "លេខា ក្រុមការងារខេត្ត")


@pytest.fixture
def province(told: story.Story, qtbot: QtBot, stick: Stick) -> Seat:
    return Seat(qtbot, told.desk, stick)


@pytest.fixture
def districts(qtbot: QtBot, tmp_path: Path, stick: Stick) -> dict[str, Seat]:
    return {
        code: Seat(qtbot, desks.create(tmp_path / f"{code}.cpdesk", code, f"មន្ត្រី {code}"), stick) for code in DISTRICTS
    }


def test_a_quarter_of_a_province(
    told: story.Story, province: Seat, districts: dict[str, Seat], stick: Stick, tmp_path: Path
) -> None:
    begin_figures(province)
    for code, seat in districts.items():
        enrol(province, seat, code)

    campaign, training, meetings = (told.activities[n] for n in (CAMPAIGN, TRAINING, MEETINGS))
    for n, (code, seat) in enumerate(districts.items()):
        with seat:
            record(seat, code, n)
    with districts["0801"] as seat:
        rewrite(seat, campaign, "យុទ្ធនាការនៅសាលា ៥")
        rewrite(seat, training, "បណ្តុះបណ្តាលដែលបានចាប់ផ្តើម")
    with districts["0802"] as seat:
        rewrite(seat, campaign, "យុទ្ធនាការនៅសាលា ៧")
    with districts["0803"] as seat:
        rewrite(seat, meetings, "ជួបប្រជុំរៀងរាល់ខែ")
    with province:
        rewrite(province, campaign, "យុទ្ធនាការនៅសាលា ១០")
        put_away(province, training)

    late = tmp_path / "late.cpsync"
    for code in ("0803", "0801", "0802", "0801"):
        with districts[code] as seat:
            package = hand_in(seat, "08")
        if code == "0801" and not late.exists():
            package.rename(late)  # it lies in a drawer while the next one goes

    with province:
        look_and_merge(province, campaign)
        look_at_board(province)
        settle_differences(province, campaign, training)
        late.rename(stick.folder / "late.cpsync")
        take_late(province)
        for code in DISTRICTS:
            hand_in(province, code)
    for seat in districts.values():
        with seat:
            told_at_home = take_home(seat, "receipt_08_2")
            assert any(REASON in one for one in told_at_home) and any(KEPT in one for one in told_at_home)
            passed = ("យុទ្ធនាការនៅសាលា ៥", "យុទ្ធនាការនៅសាលា ១០")
            assert any(all(words in one for words in passed) for one in told_at_home), "what was passed over"
    all_agree(province, districts)

    with province:
        regret(province, districts["0803"])
        for code in DISTRICTS:
            hand_in(province, code)
    for seat in districts.values():
        with seat:
            told_at_home = take_home(seat, "receipt_08_3")
            assert all(MISTAKE in one for one in told_at_home)
    all_agree(province, districts)


# --- they come to know each other -----------------------------------------------------------------------------------
def begin_figures(province: Seat) -> None:
    """The list of measures, which goes to all with their first package."""
    with province:
        press("Ctrl+5")
        press(ENTER)
    assert records.count(province.desk, "measure") > 0


def enrol(province: Seat, seat: Seat, code: str) -> None:
    stick = seat.stick
    with seat:
        seat.exchange("offices")
        press(ENTER)
        seat.dialog("enrolment")
        press(ENTER)
        seat.settle(lambda: f"{code}.cpcard" in stick.names())
        press(ESC)
        seat.back_to_window()
    with province:
        province.exchange("offices")
        press(ENTER)
        dialog = province.dialog("enrolment")
        province.reach(f"take_{code}")
        press(ENTER)
        number = exchange.own_card(seat.desk).fingerprint.split()[0]
        assert number in read(dialog).translate(str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789")), "it can be compared"
        press(ENTER)  # it is the same
        press(ENTER)  # next
        press(ENTER)  # onto the stick
        province.settle(lambda: any(name.startswith(f"08-{code}-") for name in stick.names()))
        press(ENTER)
        province.back_to_window()
    with seat:
        press(ENTER)  # where one stood
        seat.dialog("enrolment")
        seat.reach("enrolment_next")
        press(ENTER)
        press(ENTER)  # the province's card
        press(ENTER)  # it is the same
        press(ENTER)  # done
        seat.back_to_window()
        page = seat.exchange("receive")
        seat.reach("drop_merge")
        press(ENTER)
        seat.settle(page.receiving.results.isVisible)
    assert [one.role for one in exchange.offices(seat.desk)] == ["upper"]
    assert [one.number for one in exchange.packages(seat.desk)] == [1], "only what was written for it was taken"


# --- the stick goes to the province and back ------------------------------------------------------------------------
def look_and_merge(province: Seat, campaign: str) -> None:
    page = province.exchange("receive")
    assert "៣" in page.receiving.drop.found.plain(), "the three that are for the province"
    press(ENTER)  # look first
    review = province.dialog("package_review")
    said = without_zwsp(read(review))
    assert all(name in said for name in DISTRICTS.values())
    province.reach("fold_differences")
    press(ENTER)
    said = without_zwsp(read(review))
    assert "យុទ្ធនាការនៅសាលា ១០" in said and "យុទ្ធនាការនៅសាលា ៥" in said
    assert records.get(province.desk, campaign)["text"] == "យុទ្ធនាការនៅសាលា ១០", "looking changes nothing"
    province.reach("review_merge")
    press(ENTER)
    province.back_to_window()
    province.settle(page.receiving.results.isVisible)
    assert {one.office: one.number for one in exchange.packages(province.desk)} == {"0801": 2, "0802": 1, "0803": 1}


def look_at_board(province: Seat) -> None:
    page = province.exchange("receive")
    said = without_zwsp(read(page.board))
    assert all(name in said for name in DISTRICTS.values()) and "ក្រុងតាខ្មៅ" in said, "who has no card is named too"
    lines = {one.office.office: one for one in page.board.lines}
    assert [lines[code].state for code in DISTRICTS] == ["ខុសគ្នា ២", "ខុសគ្នា ១", "គ្រប់"]
    assert lines["0801"].numbers == ((1, "covered"), (2, "here")), "the second holds what the first did"
    province.reach("print_board")
    press(ENTER)
    province.look_at_paper()


def settle_differences(province: Seat, campaign: str, training: str) -> None:
    view = province.exchange("differences").differences
    assert len(view.list.order()) == 2
    stand_on(view, f"{campaign}/text")
    assert len(view.one.choices) == 5, "three offices wrote; the value before, and all together"
    decide(province, view, "យុទ្ធនាការនៅសាលា ៧", REASON)
    stand_on(view, f"{training}/_deleted")
    decide(province, view, "រក្សាទុក", KEPT)
    assert not exchange.conflicts(province.desk)
    assert records.get(province.desk, campaign)["text"] == "យុទ្ធនាការនៅសាលា ៧"
    assert records.get(province.desk, training)["text"] == "បណ្តុះបណ្តាលដែលបានចាប់ផ្តើម"
    assert QApplication.focusWidget() is not None, "nothing waits any more, and the hands are still somewhere"


def stand_on(view: DifferencesView, key: str) -> None:
    """To that one in the list, by arrows."""
    press(Qt.Key.Key_Up, times=len(view.list.order()))
    for _row in range(len(view.list.order())):
        if view.list.chosen == key:
            assert isinstance(QApplication.focusWidget(), Row)
            return
        press(DOWN)
    raise AssertionError(key)


def decide(province: Seat, view: DifferencesView, value: str, reason: str) -> None:
    """Pick by its digit, say why, settle."""
    spoken = [without_zwsp(choice.accessibleName()) for choice in view.one.choices]
    at = next(n for n, words in enumerate(spoken) if value in words)
    press("123456789"[at])
    assert view.one.choices[at].is_chosen()
    province.reach("settle_reason")
    write(reason)
    press(ENTER)
    province.settle()


def take_late(province: Seat) -> None:
    """What lay in a drawer holds nothing new, and the board knows."""
    page = province.exchange("receive")
    province.reach("drop_merge")
    press(ENTER)
    province.settle(lambda: page.receiving.job is None)
    assert (0, 1) in [(one.changes, one.number) for one in exchange.packages(province.desk) if one.late]
    line = next(one for one in page.board.lines if one.office.office == "0801")
    assert line.behind == (1,) and line.again == (2,)


def take_home(seat: Seat, receipt: str) -> list[str]:
    """What the province sent is taken in and its receipt looked at; what was decided and why, line by line."""
    page = seat.exchange("receive")
    seat.reach("drop_merge")
    press(ENTER)
    seat.settle(page.came.isVisible)
    assert exchange.pending(seat.desk).changes == 0, "all that was handed in has arrived, and this desk knows it"
    seat.reach(receipt)
    press(ENTER)
    seat.look_at_paper()
    seat.reach("came_see")
    press(ENTER)
    decided = page.differences.decided
    assert isinstance(QApplication.focusWidget(), Row)
    rows = [decided.rows.row(id_) for id_ in decided.rows.ids()]
    told = [without_zwsp(one.accessibleName()) for one in rows if one is not None]
    assert len(told) == 2
    return told


def regret(province: Seat, seat: Seat) -> None:
    """The province takes the import of one district back, and in again."""
    province.exchange("receive")
    number = next(one.package for one in exchange.packages(province.desk) if one.office == seat.desk.office)
    turn_round(province, number)
    assert taken_back(province.desk) == {number}
    assert records.count(province.desk, "meeting", search=seat.desk.office) == 0
    turn_round(province, number)
    assert not taken_back(province.desk)
    assert records.count(province.desk, "meeting", search=seat.desk.office) == 1


def turn_round(province: Seat, number: int) -> None:
    province.reach(f"back_{number}")
    press(ENTER)
    dialog = province.dialog("take_back")
    assert isinstance(dialog, TakeBack)
    province.settle(dialog.yes.isEnabled)
    assert target() is dialog.reason, "why, is asked for first"
    write(MISTAKE)
    press(ENTER)
    province.back_to_window()
    province.settle()
    assert target().objectName() == f"back_{number}", "the hands stay where they were"


# --- what all know in the end ---------------------------------------------------------------------------------------
def state_of(seat: Seat, scope: str) -> dict[str, object]:
    """All records of a scope, each with every value that was ever written in it; what stays on a desk is left out."""
    found: dict[str, object] = {}
    for kind in KINDS.values():
        private = {field.name for field in kind.fields if field.private}
        for one in (*records.find(seat.desk, kind.name), *records.bin(seat.desk)):
            if one.kind is kind and one.scope == scope:
                values = {name: value for name, value in one.values.items() if name not in private}
                written = records.history(seat.desk, one.id)
                ever = sorted((w.field, str(w.value), w.by, w.office, w.at) for w in written if w.field not in private)
                found[one.id] = (values, one.deleted, ever)
    return found


def all_agree(province: Seat, districts: dict[str, Seat]) -> None:
    """Shared records are the same on every desk, down to what was once written; what districts tell of the shared plan
    is among them. The province has all of each district's own, and no district another's."""
    shared = state_of(province, "08")
    assert len(shared) > 50
    reports = {one["summary"] for one in records.find(province.desk, "progress")}
    assert reports == {f"បានអនុវត្តនៅ {code}" for code in DISTRICTS}
    for code, seat in districts.items():
        assert state_of(seat, "08") == shared
        own = state_of(seat, code)
        assert sorted(records.get(seat.desk, id_).kind.name for id_ in own) == ["figure", "meeting", "office"]
        assert state_of(province, code) == own
        assert not any(state_of(seat, other) for other in DISTRICTS if other != code)


# --- a stick that goes round ----------------------------------------------------------------------------------------
def test_a_stick_that_goes_round_names_what_is_for_this_office(
    province: Seat, districts: dict[str, Seat], stick: Stick, tmp_path: Path
) -> None:
    for code in ("0801", "0802"):
        befriend(province.desk, districts[code].desk, tmp_path)
        exchange.export(province.desk, stick.folder / f"{code}.cpsync", code)
    with districts["0801"] as seat:
        drop = seat.exchange("receive").receiving.drop
        assert "មានកញ្ចប់ ១ · ១ សម្រាប់រដ្ឋបាលផ្សេង" in without_zwsp(drop.found.plain())
        (stick.folder / "torn.cpsync").write_bytes(b"PK")
        seat.exchange("receive")
        assert "មានកញ្ចប់ ២" in without_zwsp(drop.found.plain()), "what cannot be read is looked into, and said"
    with districts["0803"] as seat:
        (stick.folder / "torn.cpsync").unlink()
        drop = seat.exchange("receive").receiving.drop
        assert "គ្មានកញ្ចប់សម្រាប់រដ្ឋបាលនេះទេ · ២" in without_zwsp(drop.found.plain())
        assert drop.look.isHidden() and target() is drop.pick


def test_views_are_turned_by_arrows_too(districts: dict[str, Seat]) -> None:
    """Each view on the way is shown, and the hands stay on the views."""
    with districts["0801"] as seat:
        page = seat.exchange("receive")
        seat.reach("exchange_view_receive")
        for view in ("differences", "send", "offices"):
            press(Qt.Key.Key_Right)
            assert page.views.current() == view and target().objectName() == f"exchange_view_{view}"


def test_tab_goes_from_top_to_bottom(
    told: story.Story, province: Seat, districts: dict[str, Seat], stick: Stick, tmp_path: Path
) -> None:
    """Though rows, receipts and choices are made anew again and again, and differences stand in many groups."""
    for code in ("0801", "0802"):
        desk = districts[code].desk
        befriend(province.desk, desk, tmp_path)
        exchange.export(province.desk, tmp_path / f"{code}.cpsync", code)
        exchange.merge(desk, [tmp_path / f"{code}.cpsync"])
        for activity in told.activities:
            records.save(desk, "activity", {"group": code}, activity)
        exchange.export(desk, stick.folder / f"{code}.cpsync")
    choices = [f"choice_{n}" for n in range(4)]
    with province:
        page = province.exchange("receive")
        province.reach("drop_merge")
        press(ENTER)
        province.settle(page.receiving.results.isVisible)
        receipts = ["results_close", "receipt_0801_1", "receipt_0802_1", "print_board"]
        imports = [f"{what}_{n}" for n in (2, 1) for what in ("held", "receipt", "back")]
        settling = ["settle_open", *choices, "settle_reason", "settle_take", "settle_write"]
        assert passed("back") == [
            "drop_look", "drop_merge", *receipts, *imports, "settle_later", *settling, "settle_all",
            "lock_desk",
        ]  # fmt: skip
        view = province.exchange("differences").differences
        assert len(view.list._lists) == len(told.activities)
        assert passed("back")[1:] == ["difference_later", *settling, "settle_many", "lock_desk"]


def passed(until: str) -> list[str]:
    """What Tab stops at on the page, from here to the bar over it."""
    found: list[str] = []
    while (here := target().objectName()) != until:
        if not here.startswith("nav_"):
            found.append(here)
        press(TAB)
    return found
