"""Who and where by name: how bodies, people, places and priorities stand in a cell, and what a typed name means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from cpdesk import gazetteer
from cpdesk.errors import NotFound
from cpdesk.i18n import _
from cpdesk.khmer import digits
from cpdesk.khmer.spelling import fold
from cpdesk.store import Desk, Record
from cpdesk.tasks import records

_PARTING = re.compile(r"\s*[;,\n]\s*")
SEVERAL = ", "


def parts(text: str) -> list[str]:
    """The names of a cell that holds several."""
    return [part for part in _PARTING.split(text.strip()) if part]


@dataclass(frozen=True)
class Meant:
    """What a name stands for: an id, or words that no record bears yet."""

    id: str = ""
    new: str = ""


class Names:
    """Titles are looked up once each; what is known is read when a name is first typed."""

    def __init__(self, desk: Desk, plan: str) -> None:
        self.desk = desk
        self.plan = plan
        self._titles: dict[str, str] = {}

    def forget(self) -> None:
        """People, bodies or priorities changed."""
        self._titles.clear()
        for name in ("_known", "_labels", "priorities"):
            self.__dict__.pop(name, None)

    # people and bodies

    def title(self, id_: str) -> str:
        """As a table has room for: a body by its short name where it has one."""
        if id_ not in self._titles:
            self._titles[id_] = self._title(id_)
        return self._titles[id_]

    def _title(self, id_: str) -> str:
        there = records.get_if_here(self.desk, id_)
        if there is None:
            return records.title(self.desk, id_)
        return (there.text("short") if there.kind.name == "body" else "") or records.named(self.desk, there)

    def label(self, id_: str) -> str:
        """The title, with what tells it from its namesakes where it has some."""
        return self._labels.get(id_) or self.title(id_)

    @cached_property
    def _known(self) -> dict[str, list[Record]]:
        """People and bodies by every folded name that they go by."""
        found: dict[str, list[Record]] = {}
        for name, fields in (("body", ("short", "name_km", "name_en")), ("person", ("name_km", "name_latin"))):
            for record in records.find(self.desk, name):
                spoken = {record.text(one) for one in fields} | {records.named(self.desk, record)}
                for word in {fold(one) for one in spoken if one}:
                    found.setdefault(word, []).append(record)
        return found

    @cached_property
    def _labels(self) -> dict[str, str]:
        """Names with what tells them apart, of those only whose title another bears too."""
        found: dict[str, str] = {}
        for same in self._known.values():
            if len(same) > 1:
                for record in same:
                    told = self._told(record)
                    if told:
                        found[record.id] = f"{self.title(record.id)} ({told})"
        return found

    def _told(self, record: Record) -> str:
        if record.kind.name == "body":
            return record.text("name_km") if record.text("short") else record.text("name_en")
        body = record["body"]
        return record.text("position") or (self.title(body) if isinstance(body, str) else "")

    def suggest(self, text: str, kinds: tuple[str, ...]) -> list[tuple[str, str]]:
        """(label, hint) of those known whose name holds what was typed, beginnings first."""
        wanted = fold(text)
        ranked: dict[str, tuple[int, str, Record]] = {}
        for word, those in self._known.items():
            at = word.find(wanted)
            for record in those if at >= 0 else ():
                rank = (0 if at == 0 else 1, word, record)
                if record.kind.name in kinds and rank[:2] < ranked.get(record.id, (9, "", record))[:2]:
                    ranked[record.id] = rank
        best = sorted(ranked.values(), key=lambda one: one[:2])
        return [(self.label(r.id), r.text("name_km") if r.text("name_km") != self.label(r.id) else "")
                for _n, _w, r in best]  # fmt: skip

    def meant(self, text: str, kinds: tuple[str, ...]) -> Meant:
        """Whom a name means. ValueError where several go by it."""
        wanted = fold(text)
        for id_, label in self._labels.items():
            if fold(label) == wanted:
                return Meant(id_)
        same = [r for r in self._known.get(wanted, []) if r.kind.name in kinds]
        if len({r.id for r in same}) > 1:
            raise ValueError(
                _("Several go by “{name}”: choose from the list which of them is meant.").format(name=text)
            )
        return Meant(same[0].id) if same else Meant(new=text)

    # places

    def place(self, code: str) -> str:
        return records.title(self.desk, code)

    def code_of(self, text: str) -> str:
        """The place of a code or name: one in the plan's own area goes before others. ValueError where there is none
        or several.
        """
        plain = digits.to_ascii(text).strip()
        if re.fullmatch(r"\d{2,8}", plain):
            try:
                return gazetteer.get(plain).code
            except NotFound as why:
                raise ValueError(str(why)) from None
        found = [p for p in gazetteer.search(text, limit=60) if self._is_called(p, text)]
        near = [p for p in found if p.code.startswith(self.area)]
        best = near or found
        if not best:
            raise ValueError(_("No place is called “{name}”; its code can be typed too.").format(name=text))
        if len(best) > 1:
            told = SEVERAL.join(f"{p.title()} {digits.count(int(p.code))}" for p in best[:3])
            raise ValueError(
                _("Several places are called “{name}” ({places}): type the code.").format(name=text, places=told)
            )
        return best[0].code

    @staticmethod
    def _is_called(place: gazetteer.Place, text: str) -> bool:
        names = (place.name_km, place.name_en, place.title("km"), place.title("en"))
        return fold(text).replace(" ", "") in {fold(name).replace(" ", "") for name in names}

    @cached_property
    def area(self) -> str:
        """The code of the plan's office: a province or district."""
        office = records.get(self.desk, self.plan)["office"]
        return str(office or self.desk.office)

    def suggest_places(self, text: str) -> list[tuple[str, str]]:
        """(title, where it lies) of places whose name holds what was typed, those of the area first."""
        found = gazetteer.search(text, limit=40) if text else gazetteer.children(self.area)
        found.sort(key=lambda place: not place.code.startswith(self.area))
        return [(p.title(), " ".join(above.title() for above in gazetteer.path(p.code)[-2:-1])) for p in found]

    # priorities

    @cached_property
    def priorities(self) -> list[Record]:
        return records.children(self.desk, "priority", self.plan)

    def priority(self, text: str) -> str:
        """The priority of that rank or those words; ValueError where the plan has none."""
        wanted = fold(text)
        for record in self.priorities:
            if wanted in (fold(record.text("text")), fold(self.ranked(record)), digits.to_ascii(record.text("rank"))):
                return record.id
        raise ValueError(_("The plan has no priority “{name}”.").format(name=text))

    @staticmethod
    def ranked(record: Record) -> str:
        """“1 · words”, as a cell shows a priority."""
        rank = record.label("rank")
        return f"{rank} · {record.title}" if rank else record.title
