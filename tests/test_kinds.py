"""Values that have more than one way of being empty, and what only programs read."""

from __future__ import annotations

from pathlib import Path

import pytest

from cpdesk import i18n
from cpdesk.kinds import MAX_PACKED, NOT_COLLECTED, SUPPRESSED, Figure, Packed
from cpdesk.tasks import desk as desks
from cpdesk.tasks import records


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [
        ("", None, ""),
        ("  ", None, ""),
        ("០", "0", "០"),
        ("០០១២", "12", "១២"),
        ("១.២៥០", "1250", "១.២៥០"),
        ("-", NOT_COLLECTED, "–"),
        ("—", NOT_COLLECTED, "–"),
        ("មិនបានប្រមូល", NOT_COLLECTED, "–"),
        ("*", SUPPRESSED, "▒"),
        ("បានលាក់", SUPPRESSED, "▒"),
    ],
)
def test_missing_zero_not_collected_and_suppressed_are_four_things(typed: str, kept: str | None, shown: str) -> None:
    i18n.set_language("km")
    assert Figure().parse(typed) == kept
    assert Figure().show(kept) == shown
    assert Figure().check(kept) == kept


@pytest.mark.parametrize("typed", ["many", "1,2,3.4.5", "5 children", "--"])
def test_what_is_no_figure_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):
        Figure().parse(typed)


def test_what_is_packed_is_neither_shown_nor_found(tmp_path: Path) -> None:
    i18n.set_language("en")
    assert Packed().show("eJxLTEpOBgAGAAJp") == "kept"
    assert Packed().check("x" * MAX_PACKED), "as long as a change of the log has room for"
    with pytest.raises(ValueError):
        Packed().check("x" * (MAX_PACKED + 1))
    with desks.create(tmp_path / "a.cpdesk", "08", "x") as desk:
        plan = records.save(desk, "plan", {"title": "A"}).id
        large = records.save(desk, "plan_version", {"plan": plan, "version": 1, "content": "x" * MAX_PACKED}).id
        assert len(records.get(desk, large).text("content")) == MAX_PACKED
        version = records.save(desk, "plan_version", {"plan": plan, "version": 3, "content": "eJxLTEpOBgAGAAJp"}).id
        assert records.search(desk, "eJxLTE") == []
        assert records.get(desk, version).title == "3"


def test_what_refers_among_others_is_found(tmp_path: Path) -> None:
    with desks.create(tmp_path / "a.cpdesk", "08", "x") as desk:
        one, other = (records.save(desk, "body", {"name_km": name}).id for name in "កខ")
        activity = records.save(desk, "activity", {"text": "x", "partners": [one, other], "responsible": one}).id
        assert {(r.id, f) for r, f in records.pointing_at(desk, one)} == {
            (activity, "partners"),
            (activity, "responsible"),
        }
        assert [(r.id, f) for r, f in records.pointing_at(desk, other)] == [(activity, "partners")]


def test_columns_are_the_bare_values(tmp_path: Path) -> None:
    with desks.create(tmp_path / "a.cpdesk", "08", "x") as desk:
        measure = records.save(desk, "measure", {"name_km": "ក"}).id
        kept = {
            records.save(desk, "figure", {"measure": measure, "place": place, "year": 2022, "value": value}).id: value
            for place, value in (("080201", "5"), ("080202", None), ("080203", NOT_COLLECTED))
        }
        records.save(desk, "figure", {"measure": measure, "place": "080204", "year": 2023, "value": "1"})
        assert dict(records.columns(desk, "figure", ("value",), {"year": 2022})) == kept
