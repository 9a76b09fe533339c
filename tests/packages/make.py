"""Writes the vector that FORMAT.md speaks of: `python -m tests.packages.make FOLDER`. Run once for each format.

The committed files are never written again: they stand for what is out there on sticks.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from cpdesk.store import exchange as tables
from cpdesk.tasks import attachments, exchange, records
from cpdesk.tasks import desk as desks


def main(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        os.environ["CPDESK_HOME"] = temporary
        place = Path(temporary)
        with (
            desks.create(place / "p.cpdesk", "08", "ខេត្ត") as province,
            desks.create(place / "a.cpdesk", "0801", "ស្រុក") as district,
        ):
            exchange.join(district, _card(province, folder / "province.cpcard"))
            exchange.enrol(province, _card(district, folder / "district.cpcard"))
            shared = records.save(
                province, "meeting", {"subject": "កិច្ចប្រជុំពិគ្រោះយោបល់", "date": "2022-06-23", "sort": "consultation"}
            ).id
            exchange.export(province, place / "1.cpsync", "0801")
            exchange.merge(district, [place / "1.cpsync"])
            records.save(district, "meeting", {"venue": "សាលាស្រុក"}, shared)
            own = records.save(district, "meeting", {"subject": "លុប", "date": "2022-06-24", "sort": "ordinary"}).id
            records.delete(district, own)
            scan = place / "បញ្ជីវត្តមាន.txt"
            scan.write_bytes("បញ្ជីវត្តមានមានហត្ថលេខា\n".encode())
            attachments.attach(district, shared, scan)
            exchange.export(district, folder / "format2.cpsync")
            key = tables.secret(province.db, "age")
            assert key
            (folder / "province.key").write_bytes(key + b"\n")


def _card(desk: desks.Desk, path: Path) -> Path:
    exchange.write_card(desk, path)
    return path


if __name__ == "__main__":
    main(Path(sys.argv[1]))
