"""What an officer does most, each from the home page, with the keyboard alone: people, meetings, what was decided.

The keys are counted and may become fewer: whoever makes a way longer finds the number here. `test_ten_tasks_plan`
goes on with plan, progress, figures and packages.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from cpdesk.tasks import records
from tests.printing.reading import squeezed, whole
from tests.ui import consultation, meeting_hands
from tests.ui.consultation import Consultation
from tests.ui.hands import at_most, come_to_front, press, settle, target, window, write
from tests.ui.meeting_hands import ENTER, TAB, UP
from tests.ui.story import Story
from ui.dialogs.meeting_papers import MeetingPapers
from ui.dialogs.palette import Palette
from ui.dialogs.preview import PreviewDialog
from ui.main_window import MainWindow

GUEST = "លោកស្រី កែវ សុផល"


@pytest.fixture
def committee(tmp_path: Path) -> Consultation:
    """The province's desk with its committee, and no meeting yet."""
    return consultation.people(consultation.empty_desk(tmp_path))


@pytest.fixture
def planned(committee: Consultation) -> Consultation:
    """The same with a meeting that was planned for today."""
    facts = {"subject": consultation.SUBJECT, "date": date.today().isoformat(), "state": "planned"}
    committee.meeting = records.save(committee.desk, "meeting", facts).id
    return committee


def test_a_person_comes_onto_the_list_of_the_committee(shown: MainWindow, told: Story) -> None:
    with at_most(steps=9, letters=43):
        press("Ctrl+6", "Ctrl+N")
        write(GUEST)
        press(TAB, TAB, TAB)  # the name in Latin letters, the sex: the title has told it
        write("មន្ត្រីសង្គមកិច្ច")
        press(TAB)
        meeting_hands.pick("សង្គម")
        press("Alt+3")
        meeting_hands.pick("គ.ក.ស")
    (person,) = records.find(told.desk, "person", search="សុផល")
    assert (person["title"], person["name_km"], person["sex"]) == ("លោកស្រី", "កែវ សុផល", "female")
    assert person["position"] == "មន្ត្រីសង្គមកិច្ច" and person["body"] == told.bodies["social"]
    (seat,) = records.find(told.desk, "membership", {"person": person.id})
    assert (seat["body"], seat["role"]) == (told.bodies["committee"], "member")


def test_a_meeting_is_begun_with_its_facts_and_its_agenda(qtbot: QtBot, committee: Consultation) -> None:
    shown = window(qtbot, committee.desk)
    with at_most(steps=30, letters=411):
        press("Ctrl+N")
        meeting_hands.facts()
        press("Alt+1")
        meeting_hands.agenda()
    settle(qtbot, shown)
    (meeting,) = records.find(committee.desk, "meeting")
    assert (meeting["date"], meeting["start"], meeting["sort"]) == ("2022-06-23", "08:00", "consultation")
    assert (meeting["chair"], meeting["organiser"]) == (committee.people[0], committee.committee)
    items = records.children(committee.desk, "agenda_item", meeting.id)
    assert [item["title"] for item in items] == [title for title, _who, _minutes in consultation.AGENDA]
    assert items[0]["minutes"] == meeting_hands.MINUTES


def test_attendance_is_taken_by_a_few_letters(qtbot: QtBot, planned: Consultation) -> None:
    shown = window(qtbot, planned.desk)
    with at_most(steps=13, letters=37):
        press("Ctrl+2", ENTER, "Alt+2")
        for who in range(len(consultation.PEOPLE)):
            meeting_hands.pick(meeting_hands.few(who))
        write(GUEST)
        press(ENTER)
        press(UP, "3")  # she has asked to be excused
    settle(qtbot, shown)
    found = records.children(planned.desk, "attendance", planned.meeting)
    assert [one["person"] for one in found] == [*planned.people, None]
    assert [one["status"] for one in found] == ["present"] * 7 + ["apology"]
    assert (found[-1]["title"], found[-1]["name"], found[-1]["sex"]) == ("លោកស្រី", "កែវ សុផល", "female")


def test_remarks_decisions_and_follow_ups_are_written(qtbot: QtBot, planned: Consultation) -> None:
    shown = window(qtbot, planned.desk)
    with at_most(steps=25, letters=368):
        press("Ctrl+2", ENTER, "Alt+4")
        meeting_hands.inputs()
        press(ENTER)
        meeting_hands.follow_ups()
    settle(qtbot, shown)
    said = records.children(planned.desk, "input", planned.meeting)
    assert [(one["person"], one["text"]) for one in said] == [
        (planned.people[who], text) for who, text, _disposition in consultation.INPUTS
    ]
    decided = records.children(planned.desk, "follow_up", planned.meeting)
    assert [(one["text"], one["responsible"], one["due"]) for one in decided] == [
        (text, planned.people[who], due) for text, who, due, _sort in consultation.FOLLOW_UPS
    ]


def test_minutes_and_invitation_are_kept_as_files(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = meeting_hands.documents(tmp_path, monkeypatch)
    made = consultation.consultation(tmp_path)
    shown = window(qtbot, made.desk)
    with at_most(steps=15, letters=0):
        press("Ctrl+2", ENTER)
        minutes = meeting_hands.keep_paper(qtbot)
        come_to_front(qtbot, shown)
        press("Ctrl+Shift+P")
        come_to_front(qtbot, shown.findChild(MeetingPapers))
        press(TAB, TAB, TAB)
        assert target().objectName() == "look_invitation"
        press(ENTER, ENTER)  # all letters
        dialog = shown.findChild(PreviewDialog)
        assert dialog is not None
        come_to_front(qtbot, dialog)
        qtbot.waitUntil(lambda: bool(dialog.pdf), timeout=20_000)
        invitation = meeting_hands.keep_open_paper(qtbot, dialog)
    settle(qtbot, shown)
    assert {minutes, invitation} == set(documents.iterdir())
    text = whole(minutes.read_bytes()).replace("\u200b", "")
    for words in (consultation.SUBJECT, consultation.INPUTS[1][1], consultation.FOLLOW_UPS[0][0], "ស្រី ៤នាក់"):
        assert squeezed(words) in text
    text = whole(invitation.read_bytes()).replace("\u200b", "")
    assert all(squeezed(name) in text for _title, name, *_rest in consultation.PEOPLE)


def test_a_follow_up_is_ticked_and_the_tick_taken_back(qtbot: QtBot, shown: MainWindow, told: Story) -> None:
    def state() -> object:
        (follow_up,) = records.find(told.desk, "follow_up")
        return follow_up["state"]

    settle(qtbot, shown)
    with at_most(steps=3, letters=0):
        press(TAB, TAB, ENTER)
    assert state() == "done"
    settle(qtbot, shown)
    with at_most(steps=1, letters=0):
        press("Ctrl+Z")
    assert state() == "open"


def test_after_a_tick_the_hands_are_on_the_next(qtbot: QtBot, shown: MainWindow, told: Story) -> None:
    for n in range(3):
        records.save(told.desk, "follow_up", {"meeting": told.meeting, "text": f"ការងារ {n}", "state": "open"})
    shown.context.touched("follow_up")
    settle(qtbot, shown)
    press(TAB, TAB, TAB)  # past the printer and the other ones
    for tick in range(4):
        here = target().objectName()
        assert here.startswith("done_"), (tick, here)
        press(ENTER)
        settle(qtbot, shown)
    assert [one["state"] for one in records.find(told.desk, "follow_up")] == ["done"] * 4


def test_anything_is_found_and_opened_where_it_stands(qtbot: QtBot, shown: MainWindow, told: Story) -> None:
    (follow_up,) = records.find(told.desk, "follow_up")
    with at_most(steps=2, letters=6):
        press("Ctrl+K")
        come_to_front(qtbot, shown.findChild(Palette))
        write("ចងក្រង")
        press(ENTER)
        qtbot.waitUntil(lambda: _at(shown) == ("meeting", told.meeting))
    come_to_front(qtbot, shown)
    qtbot.waitUntil(lambda: target().objectName() == f"row_{follow_up.id}")
    settle(qtbot, shown)


def test_what_was_deleted_is_brought_back(qtbot: QtBot, shown: MainWindow, told: Story) -> None:
    press("Ctrl+2", "Delete")
    assert records.count(told.desk, "meeting") == 0
    press("Ctrl+1")
    with at_most(steps=3, letters=3):
        press("Ctrl+K")
        come_to_front(qtbot, shown.findChild(Palette))
        write("ធុង")
        press(ENTER)
        qtbot.waitUntil(lambda: _at(shown) == ("bin", None))
        come_to_front(qtbot, shown)
        press(ENTER)
    settle(qtbot, shown)
    assert records.count(told.desk, "meeting") == 1 and records.bin(told.desk) == []


def _at(shown: MainWindow) -> tuple[str, str | None]:
    page = shown.page()
    assert page is not None
    return page.name, page.record
