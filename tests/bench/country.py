"""The whole country: every district hands its province a package, every province one to the nation."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from pathlib import Path

from cpdesk import gazetteer
from cpdesk.store import Desk
from cpdesk.tasks import desk as desks
from cpdesk.tasks import exchange
from tests.bench.measure import Line, seconds, shown
from tests.bench.merging import plain_copy
from tests.bench.merging_desk import keep
from tests.make_ops import Maker

NATION = "00"


def run(folder: Path, records: int, _rounds: int) -> Iterator[Line]:
    """`records` are of all districts together."""
    provinces = {one.code: [part.code for part in gazetteer.children(one.code)] for one in gazetteer.children()}
    count = sum(map(len, provinces.values()))
    place = folder / "country"
    place.mkdir()
    with Desk.create(place / "nation.cpdesk", NATION, "bench") as nation:
        exchange.write_card(nation, place / "nation.cpcard")
        merged = plain = 0.0
        paths = []
        for code, districts in provinces.items():
            with desks.create(place / f"{code}.cpdesk", code, "bench") as province:
                exchange.write_card(province, place / f"{code}.cpcard")
                theirs = [_package(place, province, one, records // count) for one in districts]
                merged += seconds(lambda province=province, theirs=theirs: _taken(province, theirs))  # type: ignore[misc]
                paths.append(_sent(place, province, nation))
                plain += seconds(lambda province=province: plain_copy(province))  # type: ignore[misc]
            (place / f"{code}.cpdesk").unlink()
        (before,) = nation.db.execute("SELECT count(*) FROM op").fetchone()
        peak = _peak()
        took = seconds(lambda: _taken(nation, paths))
        grown = _peak() - peak
        (total,) = nation.db.execute("SELECT count(*) FROM op").fetchone()
        size = sum(path.stat().st_size for path in paths)
        least = seconds(lambda: plain_copy(nation))
        again = seconds(lambda: _taken(nation, paths, "nothing new"))
    beside, changes = "INSERT … SELECT of the log rows", f"{total - before:,} changes"
    yield Line(f"{len(provinces)} provinces merge {count} districts", merged, beside, plain, "with a copy before each")
    told = f"memory {grown:+.0f} MB, packages {size / (1 << 20):.1f} MB"
    yield Line(f"the nation merges {len(paths)} provinces, {changes}", took, beside, least, told)
    yield Line("the same packages again", again, "the first time", took, shown(again / len(paths)) + " a package")


def _package(place: Path, province: Desk, code: str, records: int) -> Path:
    """What a district sends that has written that many records."""
    path = place / f"{code}.cpdesk"
    with desks.create(path, code, "bench") as district:
        exchange.join(district, place / f"{province.office}.cpcard")
        exchange.write_card(district, place / f"{code}.cpcard")
        exchange.enrol(province, place / f"{code}.cpcard")
        maker = Maker(code)
        keep(district, [(writer, op) for writer, op in maker.ops(records) if writer.office == code])
        exchange.export(district, place / f"{code}.cpsync", province.office)
    path.unlink()
    return place / f"{code}.cpsync"


def _sent(place: Path, province: Desk, nation: Desk) -> Path:
    exchange.join(province, place / "nation.cpcard")
    exchange.enrol(nation, place / f"{province.office}.cpcard")
    path = place / f"{province.office}.cpsync"
    exchange.export(province, path, NATION)
    return path


def _taken(desk: Desk, paths: list[Path], status: str = "merged") -> None:
    for one in exchange.merge(desk, paths):
        assert one.status == status, (one.status, one.why)


def _peak() -> float:
    """MB that this process held at most so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
