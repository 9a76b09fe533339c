"""A damaged desk in the window: what can be read is offered to be saved, is saved, told, and opened."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cpdesk.errors import Damaged, UserError
from cpdesk.store.pages import PAGE, Pages
from cpdesk.store.salvage import key_for
from cpdesk.store.survey import Survey
from cpdesk.tasks import desk as desks
from cpdesk.tasks import keys, records
from ui.dialogs import opening
from ui.dialogs.salvage import SalvageDialog
from ui.dialogs.unlock import Unlock

PASSWORD = "ផ្កា រំដួល ភ្នំ ទន្លេ"


def damaged(folder: Path, password: str = "") -> tuple[Path, UserError]:
    """A desk of which a page of the log, and the one that tells where everything lies, are lost; and its refusal."""
    with desks.create(folder / "0802.cpdesk", "0802", "សុខ សុភា", password) as desk:
        subjects = [{"subject": f"ប្រជុំលេខ {n}", "opening": "សេចក្ដីផ្ដើម " * 30} for n in range(30)]
        ids = [records.save(desk, "meeting", values).id for values in subjects]
        for id_ in ids:
            records.save(desk, "meeting", {"venue": "សាលាស្រុក", "closing": "សេចក្ដីបញ្ចប់ " * 30}, id_)
        key = desk.key
    with Pages(desk.path, key) as pages:
        (_inner, *_older, second, third) = Survey(pages).trees["op"].pages
    data = bytearray(desk.path.read_bytes())
    for number in (second, third, 1):
        data[number * PAGE - 1] ^= 1
    desk.path.write_bytes(data)
    with pytest.raises(Damaged) as refused:
        desks.open_desk(desk.path, password=password or None).close()
    return desk.path, refused.value


def read(widget: QWidget) -> str:
    return "\n".join(label.text().replace("\u200b", "") for label in widget.findChildren(QLabel) if label.isVisible())


@pytest.mark.parametrize("password", ["", PASSWORD])
def test_what_can_be_read_is_saved_and_opened(qtbot: QtBot, tmp_path: Path, password: str) -> None:
    path, error = damaged(tmp_path, password)
    offer = opening.OpeningDialog(path, error)
    qtbot.addWidget(offer)
    offer.findChild(QPushButton, "opening_salvage").click()  # type: ignore[union-attr]
    assert offer.answer == "salvage"
    dialog = SalvageDialog(path)
    qtbot.addWidget(dialog)
    dialog.show()
    assert "0802-salvaged.cpdesk" in read(dialog) and (dialog.password is not None) == bool(password)
    if dialog.password is not None:
        dialog.password.line.setText(password)
    dialog.save()
    qtbot.waitUntil(lambda: dialog.findChild(QPushButton, "salvage_open") is not None, timeout=60_000)
    qtbot.waitUntil(lambda: "ខ្វះការកែប្រែលេខ" in read(dialog) and "ប្រជុំលេខ" in read(dialog))
    dialog.findChild(QPushButton, "salvage_open").click()  # type: ignore[union-attr]
    assert dialog.made == tmp_path / "0802-salvaged.cpdesk"
    with desks.open_desk(dialog.made, password=password or None) as new:
        assert 10 < records.count(new, "meeting") < 31
    assert key_for(path) is None or not password


def test_the_door_of_a_damaged_desk_leads_there(qtbot: QtBot, tmp_path: Path) -> None:
    path, _error = damaged(tmp_path, PASSWORD)
    door = Unlock(path)
    qtbot.addWidget(door)
    door.show()
    door.run(lambda _progress: keys.unlock(path, PASSWORD), lambda _desk: None)
    qtbot.waitUntil(lambda: door.damage is not None, timeout=60_000)
    assert door.desk is None and not door.isVisible()


def test_it_is_not_offered_where_it_would_not_help(qtbot: QtBot, tmp_path: Path) -> None:
    foreign = tmp_path / "letter.cpdesk"
    foreign.write_bytes(b"no desk at all" * 500)
    with pytest.raises(UserError) as refused:
        desks.open_desk(foreign)
    dialog = opening.OpeningDialog(foreign, refused.value)
    qtbot.addWidget(dialog)
    assert dialog.findChild(QPushButton, "opening_salvage") is None
