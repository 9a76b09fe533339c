"""References as a table has them: by the name that people know, with the id behind it only where the name alone would
not lead back to the same record.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from cpdesk import gazetteer, records
from cpdesk.errors import NotFound
from cpdesk.i18n import _, language
from cpdesk.khmer.spelling import fold
from cpdesk.kinds import Ref, Refs, Value, is_record_id
from cpdesk.store import Desk, Record
from cpdesk.tasks import records as tasks

_WITH_ID = re.compile(r"\[([0-9a-f]{32}|\d{2,8})\]\s*\Z")
_MORE = {"person": ("name_km", "name_latin"), "body": ("name_km", "name_en", "short"), "measure": ("name_en", "short")}
_BEFORE_NAMES = tuple(fold(word) for word in (
    "ឯកឧត្តម", "លោកជំទាវ", "លោកស្រី", "លោក", "អ្នកស្រី", "កញ្ញា", "H.E.", "Mr.", "Mrs.", "Ms.", "Dr.",
))  # fmt: skip


class Names:
    """Names and ids of one desk, looked up once for each kind."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._ids: dict[str, dict[str, set[str]]] = {}
        self._titles: dict[str, str] = {}

    # -------- out

    def shown(self, type_: Ref, value: Value) -> str:
        """All that the value refers to, parted by "; "."""
        return "; ".join(self._shown(type_, id_) for id_ in type_.ids(value))

    def _shown(self, type_: Ref, id_: str) -> str:
        if not is_record_id(id_):
            try:
                return f"{gazetteer.get(id_).title(language())} [{id_}]"
            except NotFound:
                return f"[{id_}]"
        for kind in type_.kinds:
            self._known(kind)
        title = self._titles.get(id_, "")
        if not title:
            return f"[{id_}]"
        found = {one for kind in type_.kinds for one in self._known(kind).get(fold(title), ())}
        clear = found == {id_} and not re.search(r"[;\n\[\]]", title)
        return title if clear else f"{re.sub(r'[][;]', ' ', title).splitlines()[0]} [{id_}]"

    # -------- in

    def ids(self, type_: Ref, text: str) -> list[str]:
        """The ids that a cell names. ValueError, with a translated reason, where one is unknown or several bear it."""
        parts = [p.strip() for p in re.split(r"[;\n]", text)] if isinstance(type_, Refs) else [text.strip()]
        return [self._id(type_, part) for part in parts if part]

    def _id(self, type_: Ref, text: str) -> str:
        given = _WITH_ID.search(text)
        bare = given[1] if given else text
        if is_record_id(bare):
            return bare
        if "place" in type_.kinds:
            found = [place.code] if (place := place_of(bare)) else []
        else:
            found = self.find(type_.kinds, bare)
        if len(found) == 1:
            return found[0]
        if found:
            why = _("Several are called “{name}”: write the id in brackets behind it.")
        else:
            why = _("Nothing here is called “{name}”.")
        raise ValueError(why.format(name=text[:60]))

    def find(self, kinds: Sequence[str], name: str) -> list[str]:
        """The records of these kinds that bear the name, in any spelling."""
        folded = fold(name)
        found = {id_ for kind in kinds for id_ in self._known(kind).get(folded, ())}
        if not found and "person" in kinds:
            found = set(self._known("person").get(without_title(folded), ()))
        return sorted(found)

    def _known(self, kind: str) -> dict[str, set[str]]:
        if kind not in self._ids:
            index: dict[str, set[str]] = defaultdict(set)
            if not records.kind(kind).built_in:
                for record in tasks.find(self.desk, kind):
                    for name in self._names(record):
                        index[fold(name)].add(record.id)
            self._ids[kind] = dict(index)
        return self._ids[kind]

    def _names(self, record: Record) -> set[str]:
        title = record.title
        if record.kind.name in ("attendance", "membership"):
            title = tasks.named(self.desk, record)
        if not any(record.text(name).strip() for name in record.kind.title):
            title = ""
        self._titles[record.id] = title
        return {name for name in (title, *(record.text(f) for f in _MORE.get(record.kind.name, ()))) if name.strip()}


def without_title(folded: str) -> str:
    """A folded name without the title that stands before it."""
    for word in _BEFORE_NAMES:
        if folded.startswith(word) and len(folded) > len(word) + 1:
            return folded[len(word) :].strip()
    return folded


def is_person(name: str) -> bool:
    """Whether a name begins with the title of a person."""
    folded = fold(name)
    return without_title(folded) != folded


def place_of(text: str, near: str = "") -> gazetteer.Place | None:
    """The one place with that code or whole name; where several bear it, the one in or around `near`."""
    from cpdesk.khmer.digits import to_ascii

    bare = to_ascii(text).strip()
    if bare.isdigit():
        code = bare if len(bare) % 2 == 0 else f"0{bare}"  # a spreadsheet drops the first 0 of a code
        if bare == "0":  # and 0 by itself is a number
            return None
        try:
            return gazetteer.get(code)
        except NotFound:
            return None
    wanted = _squeezed(text)
    found = [place for place in gazetteer.search(text, limit=60) if wanted in _names_of(place)]
    for length in range(len(near), 0, -2):
        inside = [place for place in found if place.code.startswith(near[:length])]
        if inside:
            found = inside
            break
    exact = [place for place in found if wanted in {_squeezed(place.title("km")), _squeezed(place.title("en"))}]
    found = exact or found
    return found[0] if len(found) == 1 else None


def _names_of(place: gazetteer.Place) -> set[str]:
    return {_squeezed(one) for one in (place.name_km, place.name_en, place.title("km"), place.title("en"))}


def _squeezed(text: str) -> str:
    return re.sub("[^\\w\u17b6-\u17d3\u17dd]+", "", fold(text))
