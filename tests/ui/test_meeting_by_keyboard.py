"""The story's meeting, recorded and printed with the keyboard alone, as an officer does while people speak."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from cpdesk.store import Desk
from cpdesk.tasks import records
from tests.printing.reading import squeezed, whole
from tests.ui import consultation, meeting_hands
from tests.ui.hands import settle, window
from tests.ui.meeting_hands import CLOSING, MINUTES, OPENING


def test_the_story_by_keyboard_alone(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    documents = meeting_hands.documents(tmp_path, monkeypatch)
    made = consultation.people(consultation.empty_desk(tmp_path))
    shown = window(qtbot, made.desk)
    meeting_hands.record()
    file = meeting_hands.keep_paper(qtbot)
    settle(qtbot, shown)
    assert file.parent == documents
    _check_records(made.desk)
    _check_paper(file)


def _check_records(desk: Desk) -> None:
    (meeting,) = records.find(desk, "meeting")
    assert meeting["subject"] == consultation.SUBJECT
    assert (meeting["date"], meeting["start"], meeting["end"]) == ("2022-06-23", "08:00", "11:30")
    assert (meeting["state"], meeting["sort"], meeting["number"]) == ("held", "consultation", "១២៣/២២")
    assert records.show(desk, meeting, "chair") == "លោកជំទាវ ហ៊ុន កុសនី"
    assert records.show(desk, meeting, "secretary") == "លោកស្រី សុខា ចន្ធី"
    assert (meeting["opening"], meeting["closing"]) == (OPENING, CLOSING)
    items = records.children(desk, "agenda_item", meeting.id)
    assert [item["title"] for item in items] == [title for title, _who, _minutes in consultation.AGENDA]
    assert items[0]["minutes"] == MINUTES and records.show(desk, items[0], "presenter") == "លោក សុខ វណ្ណា"
    people = records.children(desk, "attendance", meeting.id)
    assert [p["status"] for p in people] == ["present"] * len(consultation.PEOPLE) + ["absent"]
    assert people[-1]["name"] == "ម៉ៅ សុវណ្ណ"
    inputs = records.children(desk, "input", meeting.id)
    assert [i["text"] for i in inputs] == [text for _who, text, _disposition in consultation.INPUTS]
    assert all(i["person"] and i["disposition"] == "open" for i in inputs)
    follow_ups = records.children(desk, "follow_up", meeting.id)
    assert [(f["text"], f["due"]) for f in follow_ups] == [(f[0], f[2]) for f in consultation.FOLLOW_UPS]
    assert records.count(desk, "person") == len(consultation.PEOPLE), "nobody was made twice"


def _check_paper(file: Path) -> None:
    text = whole(file.read_bytes()).replace("\u200b", "")
    wanted = (
        "ព្រះរាជាណាចក្រកម្ពុជា", "កំណត់ហេតុ", consultation.SUBJECT, "លោកជំទាវ ហ៊ុន កុសនី", MINUTES,
        consultation.INPUTS[1][1], consultation.FOLLOW_UPS[0][0], OPENING, CLOSING, "សរុប ៧នាក់ ស្រី ៤នាក់",
    )  # fmt: skip
    missing = [words for words in wanted if squeezed(words) not in text]
    assert not missing
