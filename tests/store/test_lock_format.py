"""A stranger opens a locked desk with `LOCK.md` alone: nothing of cpdesk is used to read."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

import pyrage
import pytest
import sqlcipher3
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from cpdesk.tasks import backups, helping, keys, offices
from cpdesk.tasks import desk as desks
from cpdesk.tasks.offices import identity

PASSWORD = "bluemangoricetree"  # folded already
MARK = b"\ncpdesk-lock\n"


def opened(lock: dict[str, Any], sort: str, text: str) -> list[dict[str, str]]:
    asked = lock["argon2id"]
    stretched = Argon2id(
        salt=bytes.fromhex(asked["salt"]),
        length=32,
        iterations=asked["passes"],
        lanes=asked["lanes"],
        memory_cost=asked["memory"],
    ).derive(text.encode())
    found = []
    for slot in lock["slots"]:
        if slot["sort"] == sort:
            key = HKDF(SHA256(), 32, None, f"cpdesk slot {sort} {slot['id']}".encode()).derive(stretched)
            sealed = base64.b64decode(slot["sealed"])
            try:
                plain = ChaCha20Poly1305(key).decrypt(sealed[:12], sealed[12:], bytes.fromhex(lock["desk"]))
            except InvalidTag:
                continue
            said = json.loads(plain)
            if sort == "password":
                mark = hashlib.sha256(b"cpdesk officer " + bytes.fromhex(said["salt"]) + said["who"].encode())
                assert slot["to"] == mark.hexdigest()[:16]
            found.append(said)
    return found


def office_in(file: Path, said: dict[str, str]) -> str:
    """The desk's own office, read with the key that was found."""
    assert file.read_bytes()[:16].hex() == said["salt"]
    db = sqlcipher3.connect(str(file))
    try:
        db.execute(f"PRAGMA key = \"x'{said['key']}{said['salt']}'\"")
        return str(db.execute("SELECT value FROM meta WHERE key = 'office'").fetchone()[0])
    finally:
        db.close()


@pytest.fixture
def locked(tmp_path: Path) -> tuple[Path, str]:
    path = tmp_path / "0801.cpdesk"
    with desks.create(path, "0801", "សុខ សុភា", PASSWORD) as desk:
        backups.by_hand(desk, tmp_path / "b.cpbackup")
        return path, desk.recovery_code


def test_by_password_and_by_code(locked: tuple[Path, str]) -> None:
    path, code = locked
    lock = json.loads(path.with_suffix(".cplock").read_bytes())
    (by_password,) = opened(lock, "password", PASSWORD)
    (by_code,) = opened(lock, "code", code.replace("-", ""))
    assert office_in(path, by_password) == office_in(path, by_code) == "0801"
    assert by_code["who"] == ""
    assert opened(lock, "password", "bluemangoricetee") == []


def test_a_backup_carries_it(locked: tuple[Path, str], tmp_path: Path) -> None:
    whole = (tmp_path / "b.cpbackup").read_bytes()
    assert whole.endswith(MARK)
    length = int.from_bytes(whole[-len(MARK) - 8 : -len(MARK)], "big")
    end = len(whole) - len(MARK) - 8
    lock = json.loads(whole[end - length : end])
    assert (end - length) % 4096 == 0
    (said,) = opened(lock, "password", PASSWORD)
    assert office_in(tmp_path / "b.cpbackup", said) == "0801"


def test_by_the_office_above(locked: tuple[Path, str], tmp_path: Path) -> None:
    path, _code = locked
    with desks.create(tmp_path / "08.cpdesk", "08", "ខេត្ត") as province:
        offices.write_card(province, tmp_path / "p.cpcard")
        receiving = identity(province)[0].dump()[1].decode()
    with desks.open_desk(path, password=PASSWORD) as desk:
        offices.join(desk, tmp_path / "p.cpcard")
    assert keys.state(path).office
    lock = json.loads(helping.write_request(path, tmp_path / "request").read_bytes())
    (slot,) = (one for one in lock["slots"] if one["sort"] == "office")
    secret = pyrage.x25519.Identity.from_str(receiving)
    assert slot["to"] == str(secret.to_public())
    said = json.loads(pyrage.decrypt(base64.b64decode(slot["sealed"]), [secret]))
    assert said["who"] == office_in(path, said) == "0801"


def test_the_check_letter(locked: tuple[Path, str]) -> None:
    letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    code = locked[1].replace("-", "")
    total = sum(place * letters.index(letter) for place, letter in enumerate(code[:24], 1))
    assert (len(code), code[24]) == (25, letters[total % 31])
