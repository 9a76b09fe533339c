"""The vectors of FORMAT.md, kept for ever: by cpdesk, and by a reader that knows FORMAT.md and nothing of cpdesk."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from cpdesk.i18n import using
from cpdesk.store import Desk, exchange, log
from cpdesk.store.connection import immediate
from cpdesk.store.projection import DELETED, project
from cpdesk.sync import problems
from cpdesk.sync.keys import Keys
from cpdesk.tasks import exchange as tasks
from tests.packages import reader
from tests.sync.worlds import content

FOLDER = Path(__file__).parents[1] / "packages" / "vectors"
TOLD = json.loads((FOLDER / "manifest.json").read_text("utf-8"))
VECTORS: list[dict[str, Any]] = TOLD["vectors"]
SMALL = 1_500_000  # bytes of all of them


def name_of(vector: dict[str, Any]) -> str:
    return Path(vector["file"]).stem


@pytest.fixture(params=VECTORS, ids=name_of)
def vector(request: pytest.FixtureRequest) -> dict[str, Any]:
    found: dict[str, Any] = request.param
    return found


def test_read_by_a_stranger(vector: dict[str, Any]) -> None:
    desk = reader.desk_of(FOLDER, TOLD["desks"][vector["desk"]])
    for before in vector["after"]:
        desk.read((FOLDER / before).read_bytes())
    data = (FOLDER / vector["file"]).read_bytes()
    if vector["outcome"] == "taken":
        assert desk.read(data) == vector["fresh"]
        assert digest(reader.state(desk.ops)) == vector["state"]
        return
    kept = dict(desk.ops)
    with pytest.raises(reader.Refused, match=f"^{vector['outcome']}$"):
        desk.read(data)
    assert desk.ops == kept


def test_read_by_cpdesk(vector: dict[str, Any], tmp_path: Path) -> None:
    with desk_for(vector["desk"], tmp_path) as desk:
        for before in vector["after"]:
            (merged,) = tasks.merge(desk, [FOLDER / before])
            assert merged.status != "refused", merged.why
        before = content(desk)
        (merged,) = tasks.merge(desk, [FOLDER / vector["file"]])
        if vector["outcome"] == "taken":
            assert (merged.why, merged.changes) == (None, vector["fresh"])
            assert digest(shown(desk)) == vector["state"]
        else:
            assert merged.status == "refused" and outcome(str(merged.why)) == vector["outcome"]
            assert content(desk) == before


def test_none_is_missing() -> None:
    there = {str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.cpsync")}
    assert there == {vector["file"] for vector in VECTORS}
    assert sum(path.stat().st_size for path in FOLDER.rglob("*")) < SMALL
    assert {vector["outcome"] for vector in VECTORS} == {"taken", *outcomes()}


def digest(state: object) -> str:
    return reader.sha(reader.canon(state))


@cache
def outcomes() -> dict[str, str]:
    """The names that section 5 of FORMAT.md gives to refusals, each with how its sentence begins."""
    with using("en"):
        made = {
            "no package": problems.no_package(), "damaged": problems.damaged(), "newer": problems.newer(),
            "for another": problems.for_another(""), "forged": problems.forged(), "too large": problems.too_large(),
            "stranger": problems.stranger("", ""), "withdrawn": problems.revoked(""),
        }  # fmt: skip
    return {name: str(why).partition("office ")[0].partition(": ")[0] for name, why in made.items()}


def outcome(why: str) -> str:
    return next(name for name, begins in outcomes().items() if why.startswith(begins))


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with using("en"):
        yield


def desk_for(name: str, folder: Path) -> Desk:
    """A desk with that one's receiving key and the cards that it took; its signing key is its own."""
    facts = TOLD["desks"][name]
    desk = Desk.create(folder / "x.cpdesk", facts["office"], "អ្នកអាន")
    with immediate(desk.db):
        exchange.keep_secret(desk.db, "sign", Keys.make().dump()[0])
        exchange.keep_secret(desk.db, "age", (FOLDER / facts["key"]).read_bytes().strip())
    for card in facts["upper"]:
        tasks.join(desk, FOLDER / card)
    for card in facts["lower"]:
        tasks.enrol(desk, FOLDER / card)
    for card in facts["withdrawn"]:
        tasks.revoke(desk, tasks.read_card(FOLDER / card).office)
    return desk


def shown(desk: Desk) -> dict[str, Any]:
    """What the log's records hold, in the form of section 6 of FORMAT.md; what the reader noted itself is no part."""
    names = [record for (record,) in desk.db.execute("SELECT DISTINCT record FROM op WHERE kind <> 'deed'")]
    found = {}
    for record in names:
        state = project(log.changes_of(desk.db, record))
        differs = {
            name: [[head.change.h.hex(), head.value] for head in heads]
            for name, heads in state.differences.items()
            if name != DELETED
        }
        deleted = "differs" if DELETED in state.differences else "yes" if state.deleted else "no"
        found[record.hex()] = {
            "kind": state.kind, "scope": state.scope, "deleted": deleted, "waits": state.waiting, "differs": differs,
            "values": {name: value for name, value in state.values.items() if not name.startswith("_")},
        }  # fmt: skip
    return found
