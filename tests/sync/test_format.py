"""FORMAT.md taken at its word: the kept package opened with nothing of cpdesk's, and then with cpdesk."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import zipfile
from pathlib import Path

import pyrage
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from cpdesk.store import Desk, exchange
from cpdesk.store.connection import immediate
from cpdesk.sync.keys import Keys
from cpdesk.tasks import attachments, records
from cpdesk.tasks import exchange as tasks

FOLDER = Path(__file__).parents[1] / "packages"
PACKAGE = FOLDER / "format1.cpsync"
WITH_FILES = FOLDER / "format2"
SCAN = "បញ្ជីវត្តមានមានហត្ថលេខា\n".encode()


def opened(envelope: dict[str, object], sort: str) -> tuple[dict[str, object], str]:
    """(payload, key) of an envelope, checked by hand as section 1 says."""
    payload = base64.b64decode(str(envelope["payload"]))
    kind = f"application/vnd.cpdesk.{sort}.v1+json"
    assert envelope["payloadType"] == kind
    (signature,) = envelope["signatures"]  # type: ignore[misc]
    signed = b"DSSEv1 %d %b %d %b" % (len(kind), kind.encode(), len(payload), payload)
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(signature["keyid"]))
    key.verify(base64.b64decode(signature["sig"]), signed)
    found: dict[str, object] = json.loads(payload)
    return found, signature["keyid"]


def fingerprint(card: dict[str, object]) -> str:
    text = json.dumps(["cpdesk card", card["office"], card["sign"], card["age"]], separators=(",", ":"))
    digits = f"{int.from_bytes(hashlib.sha256(text.encode()).digest()) % 10**40:040d}"
    return " ".join(digits[i : i + 5] for i in range(0, 40, 5))


def key_in(folder: Path) -> pyrage.x25519.Identity:
    return pyrage.x25519.Identity.from_str((folder / "province.key").read_text().strip())


def inside(path: Path = PACKAGE) -> tuple[dict[str, object], list[bytes], bytes, bytes]:
    """(first line, lines, all behind the first line, header)"""
    key = key_in(path.parent)
    with zipfile.ZipFile(path) as package:
        names = [name for name in package.namelist() if not name.startswith("blobs/")]
        assert package.testzip() is None and names == ["README.txt", "header.json", "data.age"]
        text = gzip.decompress(pyrage.decrypt(package.read("data.age"), [key]))
        header = package.read("header.json")
    first, _end, rest = text.partition(b"\n")
    return json.loads(first), rest.splitlines(), rest, header


def test_opened_by_a_stranger() -> None:
    first, lines, rest, header = inside()
    card, key = opened(first["card"], "card")  # type: ignore[arg-type]
    manifest, signer = opened(first["manifest"], "manifest")  # type: ignore[arg-type]
    assert card["sign"] == key == signer and manifest["from"] == card["office"] == "0801"
    assert json.loads(header).items() <= manifest.items()
    assert (manifest["lines"], manifest["bytes"]) == (len(lines), len(rest))
    assert manifest["sha256"] == hashlib.sha256(rest).hexdigest()
    assert tasks.read_card(FOLDER / "district.cpcard").fingerprint == fingerprint(card)
    tips = {(t["stream"], t["seq"], t["h"]) for t, _k in (opened(json.loads(t), "tip") for t in manifest["tips"])}  # type: ignore[attr-defined]
    ends: dict[str, tuple[str, int, str]] = {}
    subjects, id_ = [], b""
    for line in lines:
        found = json.loads(line)
        if found[0] == "S":
            text = json.dumps(found[1:], separators=(",", ":"))
            id_ = hashlib.sha256(text.encode()).digest()[:16]
            continue
        head, salt, sets = found
        version, seq, prev, _hlc, who, kind, _record, digest, _parents = head
        assert version == 1 and who and kind
        content = json.dumps(sets, separators=(",", ":"), sort_keys=True, ensure_ascii=False).encode()
        assert hashlib.sha256(bytes.fromhex(salt) + content).hexdigest() == digest
        written = json.dumps(head, separators=(",", ":"), ensure_ascii=False).encode()
        h = hashlib.sha256(id_ + written).hexdigest()[:32]
        ends.pop(prev, None)
        ends[h] = (id_.hex(), seq, h)
        subjects.append(sets.get("subject") or sets.get("venue"))
    assert set(ends.values()) == tips
    assert "សាលាស្រុក" in subjects and "លុប" in subjects


def test_files_opened_by_a_stranger() -> None:
    """Section 3: NAME is the hash of what anyone can read, the manifest says whose content it is."""
    path = WITH_FILES / "format2.cpsync"
    first, lines, _rest, header = inside(path)
    manifest, _signer = opened(first["manifest"], "manifest")  # type: ignore[arg-type]
    assert (json.loads(header)["format"], json.loads(header)["reader"]) == (2, 2)
    ((name, sha256, size),) = manifest["blobs"]  # type: ignore[misc]
    with zipfile.ZipFile(path) as package:
        assert package.namelist() == ["README.txt", "header.json", f"blobs/{name}.age", "data.age"]
        locked = package.read(f"blobs/{name}.age")
    assert hashlib.sha256(locked).hexdigest() == name
    plain = pyrage.decrypt(locked, [key_in(WITH_FILES)])
    assert (plain, len(plain), hashlib.sha256(plain).hexdigest()) == (SCAN, size, sha256)
    named = [json.loads(line)[2] for line in lines if b'"attachment"' in line]
    assert [(one["sha256"], one["file_name"]) for one in named] == [(sha256, "បញ្ជីវត្តមាន.txt")]


@pytest.fixture
def province(own_home: Path, tmp_path: Path) -> Desk:
    """A desk with the province's receiving key and the district's card; its signing key is its own."""
    return with_key(tmp_path, FOLDER)


def with_key(tmp_path: Path, folder: Path) -> Desk:
    desk = Desk.create(tmp_path / "p.cpdesk", "08", "ខេត្ត")
    with immediate(desk.db):
        exchange.keep_secret(desk.db, "sign", Keys.make().dump()[0])
        exchange.keep_secret(desk.db, "age", (folder / "province.key").read_bytes().strip())
    return desk


def test_merged_by_this_version(province: Desk) -> None:
    tasks.enrol(province, FOLDER / "district.cpcard")
    seen = tasks.inspect(province, PACKAGE)
    (merged,) = tasks.merge(province, [PACKAGE])
    assert (merged.status, merged.changes, merged.office, merged.number) == ("merged", 4, "0801", 1), merged.why
    assert (seen.changes, seen.records) == (merged.changes, merged.records) == (4, 3)
    assert [r["venue"] for r in records.find(province, "meeting")] == ["សាលាស្រុក"]
    assert [r["subject"] for r in records.find(province, "meeting", deleted=True)] == ["លុប"]
    assert [r["subject"] for r in records.find(province, "meeting")] == [None], "its beginning is the province's own"
    province.close()


def test_files_merged_by_this_version(own_home: Path, tmp_path: Path) -> None:
    with with_key(tmp_path, WITH_FILES) as desk:
        tasks.enrol(desk, WITH_FILES / "district.cpcard")
        (merged,) = tasks.merge(desk, [WITH_FILES / "format2.cpsync"])
        assert (merged.status, merged.files) == ("merged", 1), merged.why
        (meeting,) = [r for r in records.find(desk, "meeting") if r["venue"] == "សាលាស្រុក"]
        (scan,) = attachments.of(desk, meeting.id)
        assert attachments.save_copy(desk, scan.id, tmp_path / "out.txt").read_bytes() == SCAN
