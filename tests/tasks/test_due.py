"""Who owes a package: the province asks once, its districts see it, and the board tells who is late."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from cpdesk import settings
from cpdesk.records.office import office_record_id
from cpdesk.tasks import due, exchange, meetings, records
from tests import desks


def test_a_province_asks_and_its_districts_know(tmp_path: Path) -> None:
    with desks.make(tmp_path, desks.PROVINCE) as province, desks.make(tmp_path) as district:
        desks.befriend(province, district, tmp_path)
        today = date.today()
        assert due.below(province, today) == {} and due.own(district, today) is None, "nothing is asked"
        asked = {"packages_every": "month", "packages_day": 5}
        records.save(province, "office", asked, office_record_id(desks.PROVINCE))
        exchange.export(province, tmp_path / "1.cpsync", to="0801")
        exchange.merge(district, [tmp_path / "1.cpsync"])
        later = today + timedelta(days=70)
        stands = due.own(district, later)
        assert stands is not None and stands.late
        assert stands.term.due.day == 5 and stands == due.below(province, later)["0801"]

        exchange.export(district, tmp_path / "2.cpsync")
        exchange.merge(province, [tmp_path / "2.cpsync"])
        soon = (today.replace(day=1) + timedelta(days=31)).replace(day=1)
        for found in (due.own(district, soon), due.below(province, soon)["0801"]):
            assert found is None or found.delivered == (today == found.term.last)


def test_who_was_accepted_later_owes_nothing_for_before(tmp_path: Path) -> None:
    with desks.make(tmp_path, desks.PROVINCE) as province, desks.make(tmp_path) as district:
        desks.befriend(province, district, tmp_path)
        records.save(province, "office", {"packages_every": "quarter"}, office_record_id(desks.PROVINCE))
        today = date.today()
        stands = due.below(province, today)["0801"]
        assert stands is None or stands.term.last == today


def test_reports_are_due_where_the_office_or_the_one_above_says_so(tmp_path: Path) -> None:
    with desks.make(tmp_path, desks.PROVINCE) as province, desks.make(tmp_path) as district:
        desks.befriend(province, district, tmp_path)
        today = date(2022, 5, 20)
        assert due.reports_until(district, today) is None
        records.save(province, "office", {"reports_day": 31}, office_record_id(desks.PROVINCE))
        exchange.export(province, tmp_path / "1.cpsync", to="0801")
        exchange.merge(district, [tmp_path / "1.cpsync"])
        assert due.reports_until(district, today) == date(2022, 4, 30)
        records.save(district, "office", {"reports_day": 7}, office_record_id("0801"))
        assert due.reports_until(district, today) == date(2022, 4, 7)
        assert due.reports_until(province, today) == date(2022, 4, 30)


def test_how_near_a_day_is_told_is_ones_own_choice() -> None:
    today = date(2022, 6, 23)
    soon = today + timedelta(days=5)
    assert today <= meetings.near(today) < soon
    settings.change(due_days=5)
    assert soon <= meetings.near(today)
    settings.change(due_days=0)
    assert meetings.near(today) == today
