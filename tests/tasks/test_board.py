"""The board tells which packages came, which lack, which came twice or late; the paper of it says the same."""

from __future__ import annotations

import io
from datetime import date, timedelta
from pathlib import Path

import pypdfium2
import pytest

from cpdesk import i18n
from cpdesk.records.office import office_record_id
from cpdesk.store import Desk
from cpdesk.tasks import board, exchange, forms, records
from tests import desks


def package(district: Desk, folder: Path, number: int) -> Path:
    records.save(district, "body", {"name_km": f"ស្ថាប័នទី {number}"})
    exchange.export(district, folder / f"{number}.cpsync", everything=number == 3)
    return folder / f"{number}.cpsync"


@pytest.fixture
def both(tmp_path: Path) -> tuple[Desk, Desk]:
    province, district = desks.make(tmp_path, desks.PROVINCE), desks.make(tmp_path)
    desks.befriend(province, district, tmp_path)
    return province, district


def line(province: Desk, today: date | None = None) -> board.Line:
    (found,) = board.lines(province, today or date.today())
    return found


def test_lost_again_and_late(both: tuple[Desk, Desk], tmp_path: Path) -> None:
    province, district = both
    with i18n.using("en"):
        assert (line(province).state, line(province).tone) == ("Nothing received yet", "bad")
        first, second, third = (package(district, tmp_path, n) for n in (1, 2, 3))
        exchange.merge(province, [first])
        exchange.merge(province, [third])
        assert line(province).numbers == ((1, "here"), (2, "covered"), (3, "here")), "3 holds what 2 held"
        exchange.merge(province, [second, second])
        now = line(province)
        assert now.numbers == ((1, "here"), (2, "here"), (3, "here"))
        assert now.behind == (2,) and now.again == (2,)
        assert now.state == "Complete"


def test_late_by_the_province_s_own_rule(both: tuple[Desk, Desk], tmp_path: Path) -> None:
    province, district = both
    exchange.merge(province, [package(district, tmp_path, 1)])
    records.save(province, "office", {"packages_every": "month", "packages_day": 5}, office_record_id(desks.PROVINCE))
    later = date.today() + timedelta(days=75)
    with i18n.using("en"):
        found = line(province, later)
        assert found.due is not None and found.due.late
        assert found.state == f"Late by {-found.due.days} days" and found.tone == "bad"


def test_the_paper_says_the_same(both: tuple[Desk, Desk], tmp_path: Path) -> None:
    province, district = both
    first, _second, third = (package(district, tmp_path, n) for n in (1, 2, 3))
    exchange.merge(province, [first, third])
    pdf = forms.preview(province, "board", "")
    with pypdfium2.PdfDocument(io.BytesIO(pdf)) as paper:
        found = "".join(paper[0].get_textpage().get_text_bounded().split())
    with i18n.using("km"):
        assert board.office_name("0801") in found and "១៣" in found
        assert board.office_name("0802") in found, "who has no card yet is named"
