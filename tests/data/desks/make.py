"""A small desk with something of everything, made by the program that this is run with, and kept for ever.

    PYTHONPATH=. python …/tests/data/desks/make.py FOLDER NAME        in the program's own folder, of whatever day

Writes NAME.desk.xz, NAME.json and NAME.cpsync into FOLDER. Uses only what every version of the program has, and looks
whether it has the rest. A test opens the desk with today's program (`tests/store/test_kept_desks.py`).

The desk is the province's: what a district sent is merged in; a difference waits; something is deleted, something taken
out for good; where the program can, a file is attached and an import taken back. NAME.cpsync came later from the same
district and is for that desk. NAME.json is what the old program itself said of every record.
"""

from __future__ import annotations

import importlib
import json
import lzma
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

KHMER = "ប្រជុំពិភាក្សា លើការងារ គ.ក.ស.ក"
LONG = "សេចក្ដីលម្អិតនៃអ្វីដែលបាននិយាយ។ " * 60
PAGE, RESERVED, SALT = 4096, 80, 16
Made = dict[str, list[str]]


def sample(type_: Any, n: int, made: Made) -> object:
    """A value for a field of that type; None where there is none to be had."""
    name = type_.name
    if name == "choice":
        return type_.options[n % len(type_.options)].key
    if name in ("ref", "refs"):
        if type_.kinds == ("place",):
            return "0801" if name == "ref" else ["0801", "0802"]
        ids = [id_ for kind in (type_.kinds or ("meeting",)) for id_ in made.get(kind, [])]
        return (ids[n % len(ids)] if name == "ref" else ids[:2]) if ids else None
    values: dict[str, object] = {
        "text": f"{KHMER} {n}", "count": n + 1, "order": n + 1, "year": 2024, "amount": "1250.50", "figure": "12",
        "date": f"2026-03-{n + 1:02d}", "time": "08:30", "flag": n % 2 == 0, "quarters": ["2024Q1", "2024Q3"],
    }  # fmt: skip
    return values.get(name)


def fill(desk: Any, records: Any, kinds: Any, made: Made, count: int) -> None:
    """Records of every kind that a person may write, with every field that takes a value like this."""
    for kind in kinds.values():
        if kind.built_in or kind.name in ("attachment", "plan_version", "office") or getattr(kind, "closed", False):
            continue
        for n in range(count):
            values: dict[str, object] = {}
            for field in kind.fields:
                value = sample(field.type, n, made)
                if value is not None:
                    try:
                        records.checked(desk, kind, {field.name: value})
                    except Exception:
                        continue
                    values[field.name] = value
            try:
                id_ = records.save(desk, kind.name, values).id
            except Exception as why:
                print(f"no {kind.name}: {why}", file=sys.stderr)
                break
            made.setdefault(kind.name, []).append(id_)


def main(folder: Path, name: str) -> None:
    work = Path(tempfile.mkdtemp())
    os.environ["CPDESK_HOME"] = str(work / "home")
    from cpdesk.records import KINDS
    from cpdesk.store import redaction
    from cpdesk.tasks import desk as desks
    from cpdesk.tasks import exchange, records

    made: Made = {}
    with (
        desks.create(work / "p.cpdesk", "08", "កែវ សុខា") as upper,
        desks.create(work / "d.cpdesk", "0801", "ចាន់ ធីតា") as lower,
    ):
        exchange.write_card(upper, work / "p.cpcard")
        exchange.write_card(lower, work / "d.cpcard")
        exchange.join(lower, work / "p.cpcard")
        exchange.enrol(upper, work / "d.cpcard")
        fill(upper, records, KINDS, made, 2)
        meeting, other = made["meeting"][:2]
        records.save(upper, "meeting", {"opening": LONG}, meeting)
        theirs: Made = {}
        fill(lower, records, KINDS, theirs, 1)
        send(exchange, lower, work / "1.cpsync", upper)
        send(exchange, upper, work / "2.cpsync", lower, "0801")
        records.save(upper, "meeting", {"venue": "សាលាខេត្ត"}, meeting)
        records.save(lower, "meeting", {"venue": "សាលាស្រុក"}, meeting)
        send(exchange, lower, work / "3.cpsync", upper)
        extra = records.save(lower, "meeting", {**first(records, lower, theirs), "subject": "ត្រូវដកវិញ"}).id
        send(exchange, lower, work / "4.cpsync", upper)
        if hasattr(exchange, "undo_import"):
            exchange.undo_import(upper, exchange.packages(upper)[-1].package, "ខុសឯកសារ")
            assert extra
        gone = records.save(upper, "meeting", {**first(records, upper, made), "subject": "ត្រូវលុបចោល"}).id
        records.delete(upper, gone)
        out = records.save(upper, "person", {"name_km": "មនុស្សដែលសុំឱ្យដកចេញ"}).id
        redaction.redact(upper, out)
        attach(upper, other)
        records.save(lower, "meeting", {**first(records, lower, theirs), "subject": "មកដល់ក្រោយ"})
        exchange.export(lower, folder / f"{name}.cpsync")
    keep(work, folder, name)


def first(records: Any, desk: Any, made: Made) -> dict[str, object]:
    row = records.get(desk, made["meeting"][0])
    return {field: row[field] for field in ("date", "sort", "number")}


def send(exchange: Any, desk: Any, file: Path, to: Any, office: str | None = None) -> None:
    exchange.export(desk, file, office) if office else exchange.export(desk, file)
    (one,) = exchange.merge(to, [file])
    assert one.status == "merged", one


def attach(desk: Any, record: str) -> None:
    try:
        attachments = importlib.import_module("cpdesk.tasks.attachments")
    except ImportError:
        return
    attachments.attach_kept(desk, record, attachments.keep_bytes(desk, "ស្កេន.pdf", b"%PDF-" + bytes(range(256)) * 30))


def keep(work: Path, folder: Path, name: str) -> None:
    """What the old program says of each record, by its own command line; and the file, unsealed and packed."""
    from click.testing import CliRunner

    from cpdesk.cli import program
    from cpdesk.store import Desk

    with Desk.open(work / "p.cpdesk") as desk:
        rows = desk.db.execute("SELECT DISTINCT hex(record), kind FROM op ORDER BY 2, 1").fetchall()
        steps = [row[0] for row in desk.db.execute("SELECT name FROM _sqlite_migrations ORDER BY name").fetchall()]
    said = {}
    for record, kind in rows:
        done = CliRunner().invoke(program, ["--desk", str(work / "p.cpdesk"), "get", record.lower(), "--json"])
        if done.exit_code == 0:
            said[record.lower()] = json.loads(done.stdout)
        else:
            print(f"not shown: {kind} {record}: {done.output.strip()}", file=sys.stderr)
    facts = {"steps": steps, "records": said}
    (folder / f"{name}.json").write_text(
        json.dumps(facts, ensure_ascii=False, sort_keys=True, indent=0) + "\n", "utf-8"
    )
    (folder / f"{name}.desk.xz").write_bytes(lzma.compress(unsealed(work / "p.cpdesk", work / "home"), preset=9))


def unsealed(desk: Path, home: Path) -> bytes:
    """The pages of a desk without their cipher: 4016 bytes each, the first with the salt where SQLite's name stands."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    data = desk.read_bytes()
    key = bytes.fromhex((home / "keys" / f"{data[:SALT].hex()}.key").read_text("ascii"))
    plain = []
    for at in range(0, len(data), PAGE):
        page, skip = data[at : at + PAGE], SALT if at == 0 else 0
        iv = page[PAGE - RESERVED : PAGE - RESERVED + 16]
        opened = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor().update(page[skip : PAGE - RESERVED])
        plain.append(page[:skip] + opened)
    return b"".join(plain)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
