"""A province and a district that know each other, with a person in many places; and a look into the file itself."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from cpdesk.store import Desk
from cpdesk.tasks import exchange, records
from tests import desks

NAME, LATIN, PHONE = "កាណារី លឿងទុំ", "Kanary Looeungtum", "012 987 654"
CANARIES = (NAME, LATIN, LATIN.lower(), PHONE, "looeu", "oeungt")
_PAGE, _RESERVED, _HMAC = 4096, 80, 64  # of SQLCipher 4: the vector and the seal at the end of each page


@dataclass
class World:
    """Ids by short names."""

    desk: Desk
    person: str
    body: str
    seat: str
    signed: str  # a meeting with approved minutes
    open: str  # one without
    signed_row: str
    open_row: str
    task: str
    text: str


def person(desk: Desk, name: str = NAME, **values: object) -> str:
    return records.save(desk, "person", {"name_km": name, **values}).id


def tell(desk: Desk) -> World:
    """The person as a member, on two lists, with a task and in two texts."""
    body = records.save(desk, "body", {"name_km": "គ.ក.ស.ក", "sort": "committee"}).id
    who = person(desk, name_latin=LATIN, phone=PHONE, title="លោកស្រី", sex="female", position="មន្ត្រី", body=body)
    records.save(desk, "person", {"position": "មន្ត្រីផែនការ"}, who)
    seat = records.save(desk, "membership", {"body": body, "person": who, "role": "member", "from": "2021-01-15"}).id
    meetings = []
    for subject, state in (("បានអនុម័ត", "minutes_approved"), ("កំពុងកត់ត្រា", "held")):
        values = {"subject": subject, "date": "2022-06-23", "state": state, "organiser": body, "chair": who}
        meetings.append(records.save(desk, "meeting", values).id)
    rows = [
        records.save(desk, "attendance", {"meeting": one, "person": who, "status": "present"}).id for one in meetings
    ]
    records.save(desk, "attendance", {"name": NAME, "position": "អ្នកតំណាង"}, rows[1])
    records.save(desk, "agenda_item", {"meeting": meetings[0], "title": "បើកអង្គប្រជុំ", "minutes": f"{NAME} បានថ្លែង"})
    task = records.save(desk, "follow_up", {"text": "ប្រមូលទិន្នន័យ", "responsible": who, "meeting": meetings[1]}).id
    text = records.save(desk, "input", {"meeting": meetings[1], "text": f"តាម{NAME} ត្រូវធ្វើ", "person": who}).id
    return World(desk, who, body, seat, meetings[0], meetings[1], rows[0], rows[1], task, text)


def offices(folder: Path) -> tuple[Desk, Desk]:
    """(province, district), enrolled."""
    province, district = desks.make(folder, "08"), desks.make(folder, "0801")
    desks.befriend(province, district, folder)
    return province, district


def deliver(sender: Desk, receiver: Desk, folder: Path, name: str) -> Path:
    """One package from the one to the other."""
    path = folder / f"{name}.cpsync"
    exchange.export(sender, path, to=receiver.office)
    (merged,) = exchange.merge(receiver, [path])
    assert merged.status != "refused", merged.why
    return path


def pages(desk: Desk) -> bytes:
    """Every page of the desk's file as it is without the cipher, those that are free included, and its log's."""
    raw = desk.path.read_bytes()
    found = []
    for start in range(0, len(raw), _PAGE):
        page = raw[start : start + _PAGE]
        end = _PAGE - _RESERVED
        cipher = Cipher(algorithms.AES(desk.key.secret), modes.CBC(page[end : end + _RESERVED - _HMAC]))
        decryptor = cipher.decryptor()
        found.append(decryptor.update(page[16 if start == 0 else 0 : end]) + decryptor.finalize())
    return b"".join(found)


def traces(desk: Desk, words: tuple[str, ...] = CANARIES) -> list[str]:
    """Which of the words lie anywhere in the file."""
    log = desk.path.with_name(f"{desk.path.name}-wal")
    assert not log.exists() or log.stat().st_size == 0, "the log beside the file would have to be read too"
    whole = pages(desk)
    return [word for word in words if word.encode() in whole]
