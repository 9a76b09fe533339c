"""A small plan with its whole thread, from figures to the next plan, for the tests of thread and checks."""

from __future__ import annotations

from dataclasses import dataclass, field

from cpdesk.store import Desk
from cpdesk.tasks import records


@dataclass
class World:
    """What was made, by short names."""

    desk: Desk
    ids: dict[str, str] = field(default_factory=dict)

    def put(self, name: str, kind: str, /, **values: object) -> str:
        """Keep a record under a short name; other names among the values stand for their ids."""
        told = {key: self._told(value) for key, value in values.items()}
        self.ids[name] = records.save(self.desk, kind, told).id
        return self.ids[name]

    def change(self, name: str, **values: object) -> None:
        kind = records.get(self.desk, self.ids[name]).kind.name
        records.save(self.desk, kind, {key: self._told(value) for key, value in values.items()}, self.ids[name])

    def _told(self, value: object) -> object:
        if isinstance(value, list):
            return " ".join(str(self.ids.get(one, one)) for one in value)
        return self.ids.get(value, value) if isinstance(value, str) else value

    def name(self, id_: str) -> str:
        return next((name for name, one in self.ids.items() if one == id_), id_)


def tell(desk: Desk) -> World:
    """Everything tied to everything, once; one activity (`bare`), one priority and one weak point hang loose."""
    w = World(desk)
    w.put("office", "body", name_km="ការិយាល័យសង្គមកិច្ច", short="សង្គមកិច្ច")
    w.put("ngo", "body", name_km="អង្គការសង្គ្រោះកុមារ", short="SC")
    w.put("old", "plan", title="ផែនការ ២០២១–២០២២", first_year=2021, last_year=2022, office="0801", state="closed")
    w.put("plan", "plan", title="ផែនការ ២០២៣–២០២៥", first_year=2023, last_year=2025, office="0801", previous="old")
    for plan in ("old", "plan"):
        w.put(f"{plan} objective", "objective", plan=plan, order=1024, text="គោលបំណង")
        w.put(f"{plan} output", "output", objective=f"{plan} objective", order=1024, text="លទ្ធផល")
    w.put("measure", "measure", name_km="កុមារបោះបង់ការសិក្សា", short="បោះបង់", unit="នាក់")
    w.put("figure", "figure", measure="measure", place="080101", year=2022, sex="all", value="42")
    w.put("meeting", "meeting", subject="ពិគ្រោះយោបល់", date="2022-06-23", plan="plan", number="០១")
    w.put("item", "agenda_item", meeting="meeting", order=1024, title="ធាតុចូល")
    w.put("shown", "presentation", meeting="meeting", agenda_item="item", order=1024, title="របៀបរៀបចំផែនការ")
    said = {"meeting": "meeting", "agenda_item": "item", "order": 1024, "body": "ngo", "disposition": "accepted"}
    w.put("why", "input", text="កុមារឈប់រៀនច្រើន", **said)
    w.put("priority", "priority", plan="plan", rank=1, text="ការបោះបង់ការសិក្សា", why=["figure", "why"])
    w.put("unanswered", "priority", plan="plan", rank=2, text="ពលកម្មកុមារ")
    w.put("before", "activity", output="old output", order=1024, text="ផ្សព្វផ្សាយ", code="១.១.១")
    w.put(
        "activity", "activity", output="plan output", order=1024, text="យុទ្ធនាការ", priority="priority",
        carried_from="before", responsible="office", investment="pledged", investment_programme="dip",
        investment_line="ជំពូក ២", year_quarters="2023Q1 2023Q2",
    )  # fmt: skip
    w.put("bare", "activity", output="plan output", order=2048, text="ប្រជុំ")
    w.put("input", "input", text="បន្ថែមសាលា ៣", about="activity", became="activity", **said)
    w.put("todo", "follow_up", meeting="meeting", order=1024, text="ចងក្រងបញ្ជី", about="activity", due="2022-06-30",
          state="open", responsible="office")  # fmt: skip
    w.put("weak", "swot", plan="plan", sort="weakness", order=1024, text="ខ្វះទិន្នន័យ", answered_by=["activity"])
    w.put("weak 2", "swot", plan="plan", sort="weakness", order=2048, text="ខ្វះមន្ត្រី")
    w.put("indicator", "indicator", of="activity", order=1024, text="ចំនួនសាលា")
    w.put("target", "target", indicator="indicator", year=2023, value="12")
    w.put("budget", "budget_line", activity="activity", year=2023, source="state", amount="500", currency="USD")
    w.put("report", "progress", activity="activity", year=2023, quarter=1, status="on_track", summary="បានធ្វើ ៣")
    return w
