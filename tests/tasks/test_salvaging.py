"""What is told of a damaged desk, the keys that open it, and the command."""

from __future__ import annotations

import json
import shutil
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from cpdesk import i18n
from cpdesk.cli import program
from cpdesk.errors import Damaged, DeskProblem, Locked
from cpdesk.store import Desk, care
from cpdesk.store.pages import PAGE, Pages
from cpdesk.store.salvage import Gap, Salvaged, key_for
from cpdesk.store.survey import Survey
from cpdesk.tasks import desk as tasks
from cpdesk.tasks import keys, records, salvaging

PASSWORD = "ផ្កា រំដួល ភ្នំ ទន្លេ"


def filled(desk: Desk) -> Path:
    with desk:
        for n in range(30):
            records.save(desk, "meeting", {"subject": f"ប្រជុំលេខ {n}", "opening": "សេចក្ដីផ្ដើម " * 20})
    return desk.path


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    path = filled(tasks.create(tmp_path / "0802.cpdesk", "0802", "សុខ សុភា"))
    key = key_for(path)
    assert key is not None
    with Pages(path, key) as pages:
        (_inner, _first, second, *_rest) = Survey(pages).trees["op"].pages
    data = bytearray(path.read_bytes())
    data[second * PAGE - 1] ^= 1
    path.write_bytes(data)
    return path


def test_it_is_told_in_sentences_and_noted(damaged: Path, tmp_path: Path) -> None:
    outcome = salvaging.salvaged(damaged, tmp_path / "new.cpdesk")
    assert not outcome.found.whole and len(outcome.lost) >= 3
    assert outcome.incomplete == [] and outcome.found.gone > 0
    with tasks.open_desk(outcome.file) as new:
        assert 20 < records.count(new, "meeting") < 30 and care.check(new).ok
        assert new.officer == "សុខ សុភា"
        deeds = records.find(new, "deed")
        assert [(deed["act"], deed["about"]) for deed in deeds][-1] == ("salvaged", "0802.cpdesk")
    salvaging.write_report(outcome, tmp_path / "told.txt", datetime(2026, 11, 28))
    told = (tmp_path / "told.txt").read_text("utf-8-sig")
    assert all(sentence in told for sentence in (outcome.came, *outcome.lost)) and "២៨" in told


def test_each_sentence_in_either_language(damaged: Path, tmp_path: Path) -> None:
    gaps = [Gap("0802", "0802", "ab", True, ((3, 3), (120, 143))), Gap("08", "08", "cd", False, ((1, 9),))]
    found = Salvaged(90, 5, 400, 30, 2, gaps, ["00" * 16], 2, 3, ["ff" * 32], True, True, True, True)
    salvaging.salvaged(damaged, tmp_path / "new.cpdesk")
    with tasks.open_desk(tmp_path / "new.cpdesk") as new:
        km = salvaging._told(new, new.path, found).lost
        i18n.set_language("en")
        en = salvaging._told(new, new.path, found).lost
    assert len(km) == len(en) == 11 and not set(km) & set(en)
    assert "៣, ១២០–១៤៣" in km[1] and "3, 120–143 that this desk wrote" in en[1]
    assert "of Kandal" in en[2] and not any("{" in one for one in (*km, *en))


def test_when_it_is_offered(damaged: Path, tmp_path: Path) -> None:
    whole = damaged.read_bytes()
    damaged.write_bytes(bytes(PAGE) + whole[PAGE:])
    with pytest.raises(DeskProblem) as refused:
        tasks.open_desk(damaged)
    assert salvaging.helps(damaged, refused.value), "its beginning is lost, and a key here opens the rest"
    damaged.write_bytes(whole[:16] + bytes(PAGE) + whole[PAGE + 16 :])
    with pytest.raises(Damaged) as broken:
        tasks.open_desk(damaged)
    assert salvaging.helps(damaged, broken.value)
    foreign = tmp_path / "foreign.cpdesk"
    foreign.write_bytes(b"no desk" * 1000)
    with pytest.raises(DeskProblem) as strange:
        tasks.open_desk(foreign)
    assert not salvaging.helps(foreign, strange.value)
    assert not salvaging.helps(tmp_path / "gone.cpdesk", strange.value)


@pytest.mark.parametrize("salt_lost", [False, True])
def test_a_locked_desk_wants_its_password(tmp_path: Path, salt_lost: bool) -> None:
    path = filled(tasks.create(tmp_path / "0802.cpdesk", "0802", "សុខ", PASSWORD))
    data = bytearray(path.read_bytes())
    data[: 16 if salt_lost else 0] = bytes(16 if salt_lost else 0)
    data[3 * PAGE + 9] ^= 1
    path.write_bytes(data)
    assert salvaging.wants_password(path)
    with pytest.raises(Locked):
        salvaging.salvaged(path, tmp_path / "new.cpdesk")
    with pytest.raises(Locked):
        salvaging.salvaged(path, tmp_path / "new.cpdesk", password="ខុស")
    outcome = salvaging.salvaged(path, tmp_path / "new.cpdesk", password=PASSWORD)
    assert keys.state(outcome.file).kind == "locked"
    with keys.unlock(outcome.file, PASSWORD) as new:
        assert records.count(new, "meeting") == 30 and care.check(new).ok


def test_the_command(damaged: Path, tmp_path: Path) -> None:
    run = CliRunner().invoke
    said = run(program, ["salvage", str(damaged), str(tmp_path / "new.cpdesk"), "--report", str(tmp_path / "r.txt")])
    assert said.exit_code == 0 and (tmp_path / "r.txt").exists() and len(said.output.splitlines()) >= 3
    again = run(program, ["salvage", str(damaged), str(tmp_path / "new.cpdesk")])
    assert again.exit_code == 1
    told = json.loads(run(program, ["salvage", str(damaged), str(tmp_path / "two.cpdesk"), "--json"]).stdout)
    assert told["lost_pages"] == 1 and told["gaps"][0]["office"] == "0802" and told["gone"] > 0 and not told["whole"]


def test_a_free_name(damaged: Path) -> None:
    first = salvaging.free_name(damaged)
    shutil.copy(damaged, first)
    assert salvaging.free_name(damaged) != first and first.stem == "0802-salvaged"
