"""A day with canaries, as a process of its own: `python -m tests.canaries.day FOLDER [PART …]`.

`FOLDER/papers` is for what somebody prints, exports as a table and attaches on purpose: that lies in the plain.
Everything else, packages and backups too, must tell nobody anything. Says on standard output what opens the desk.
"""

from __future__ import annotations

import faulthandler
import json
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path

from cpdesk import logs, settings
from cpdesk.errors import UserError
from cpdesk.records import KINDS
from cpdesk.records.office import office_record_id
from cpdesk.store import Desk
from cpdesk.store.connection import immediate
from cpdesk.tasks import desk as desks
from cpdesk.tasks import forms, keys, officers, records
from cpdesk.tasks.papers import FORMS
from tests.canaries import words
from tests.canaries.words import KHMER, LATER, LATIN, OFFICER, PASSWORD, PHONE

NAME = "0802.cpdesk"


def make(folder: Path) -> None:
    """Two locked desks that know each other; what opens them goes to standard output and nowhere else."""
    from cpdesk.tasks import exchange

    told = []
    for code in ("0802", "08"):
        with desks.create(folder / "desk" / f"{code}.cpdesk", code, OFFICER, PASSWORD) as desk:
            exchange.write_card(desk, folder / "desk" / f"{code}.cpcard")
            told += [desk.key.secret.hex(), desk.recovery_code]
    with opened(folder) as desk:
        exchange.join(desk, folder / "desk" / "08.cpcard")
        told.append(keys.new_code(desk))
        keys.set_password(desk, LATER, PASSWORD)
        officers.add(desk, words.SECOND, ["officer", "reader"], words.THIRD)
    with desks.open_desk(folder / "desk" / "08.cpdesk", password=PASSWORD) as desk:
        exchange.enrol(desk, folder / "desk" / "0802.cpcard")
    print(json.dumps(told), flush=True)


def opened(folder: Path) -> Desk:
    path = folder / "desk" / NAME
    for password in (LATER, PASSWORD):
        try:
            return desks.open_desk(path, password=password)
        except keys.WrongPassword:
            continue
    raise AssertionError("nothing opens it")


def fill(desk: Desk) -> dict[str, str]:
    """One record of each kind that people write, with something in every field; their ids."""
    made = {name: records.save(desk, name, values).id for name, values in words.filled().items()}
    for name, id_ in made.items():
        links = {}
        for field in KINDS[name].fields:
            known = [made[one] for one in getattr(field.type, "kinds", ()) if one in made and one != name]
            if field.type.name in ("ref", "refs") and known:
                links[field.name] = known[0]
        if links:
            records.save(desk, name, links, id_)
    own = {"name_km": f"{LATIN} {KHMER}", "name_en": LATIN, "issuer": KHMER}
    records.save(desk, "office", own, office_record_id(desk.office))
    return made


def work(folder: Path) -> None:
    """Everything that is done at a desk without the window."""
    from cpdesk.tasks import attachments, backups, drafts, exchange, search, tables
    from cpdesk.tasks.tables import targets

    papers = folder / "papers"
    with opened(folder) as desk:
        made = fill(desk)
        scan = papers / f"{LATIN}scan.txt"
        scan.write_text(f"{KHMER} {LATIN} {PHONE}\n" * 400, "utf-8")
        scanned = attachments.attach(desk, made["meeting"], scan)
        attachments.copy_to_open(desk, scanned.id)
        attachments.forget_copies()
        search.look_up(desk, words.SOUGHT)
        records.search(desk, KHMER)
        records.index(desk)
        print_all(desk, made, papers)
        for kind in ("person", "meeting"):
            table = papers / f"{kind}.xlsx"
            targets.export(desk, targets.of(kind), table)
            targets.preview(desk, targets.of(kind), tables.read(table)[0])
        drafts.keep(desk, desk.who or "", f"meeting {made['meeting']}", {LATIN: {"venue": KHMER}})
        records.delete(desk, made["follow_up"])
        refusals(desk)
        exchange.export(desk, folder / "desk" / "up.cpsync")
        backups.make(desk)
        backups.by_hand(desk, folder / "desk" / "hand.cpbackup")
        desks.keep_copy(desk, "before-merge")
        desks.check(desk)
    merge(folder)
    desks.restore(folder / "desk" / "hand.cpbackup", folder / "desk" / "again.cpdesk", LATER)


def print_all(desk: Desk, made: dict[str, str], papers: Path) -> None:
    """Every form about what was filled in, looked at and printed; in turns as PDF, Word and Excel, or in all three."""
    subjects = {
        **made, "record": made["meeting"], "kind": "person", "area": "0802/2031", "register": "2087", "office": "",
    }  # fmt: skip
    every = bool(os.environ.get("CPDESK_LONG_TESTS"))
    printed = 0
    for n, (name, form) in enumerate(FORMS.items()):
        for at, ending in enumerate(forms.FILE_TYPES):
            if every or at == n % len(forms.FILE_TYPES):
                try:
                    forms.preview(desk, name, subjects.get(form.about, ""))
                    forms.print_form(desk, name, subjects.get(form.about, ""), papers / f"{name}.{ending}")
                    printed += 1
                except UserError as why:  # a plan of one version is compared with nothing
                    logs.note("not printed", form=name, why=str(why))
    assert printed >= 18, printed


def merge(folder: Path) -> None:
    """The province takes it in, in vain a second time, and answers."""
    from cpdesk.tasks import exchange

    with desks.open_desk(folder / "desk" / "08.cpdesk", password=PASSWORD) as province:
        for _n in range(2):
            (merged,) = exchange.merge(province, [folder / "desk" / "up.cpsync"])
            assert merged.status != "refused", merged.why
        exchange.export(province, folder / "desk" / "down.cpsync", "0802")
    with opened(folder) as desk:
        exchange.merge(desk, [folder / "desk" / "down.cpsync"])


def refusals(desk: Desk) -> None:
    """What goes wrong with words of a record in hand, and is told of to the log."""
    wrong: tuple[Callable[[], object], ...] = (
        lambda: records.save(desk, "meeting", {"date": LATIN}),
        lambda: records.save(desk, LATIN, {}),
        lambda: keys.unlock(desk.path, words.WRONG),
        lambda: forms.print_form(desk, LATIN, KHMER, desk.path.parent / "no" / f"{LATIN}.pdf"),
    )
    for one in wrong:
        try:
            one()
        except UserError as why:
            logs.complaint(str(why))
            logs.write_crash(why)
        else:
            raise AssertionError("was not refused")
    try:
        desk.db.execute(f'SELECT "{LATIN}" FROM "{KHMER}"')
    except Exception as why:
        logs.complaint(f"near '{LATIN}': {KHMER}")
        logs.note("wrong", title=LATIN, name=KHMER, number=PHONE)
        try:
            raise ValueError(f"{LATIN} {KHMER}") from why
        except ValueError as told:
            logs.write_crash(told)
    logs.last_words(f"Qt: “{LATIN}” {KHMER}")


def large(desk: Desk) -> None:
    """Writes more than a cache holds, in one transaction that never ends."""
    with immediate(desk.db):
        for n in range(1_000_000):
            records.save(desk, "meeting", {"subject": f"{LATIN} {n} {KHMER}", "opening": KHMER * 2000})


def killed(folder: Path) -> None:
    from cpdesk.tasks import attachments

    desk = opened(folder)
    scan = next(one for one in attachments.of(desk, records.find(desk, "meeting")[0].id) if one.here)
    attachments.copy_to_open(desk, scan.id)
    threading.Timer(0.7, lambda: os.kill(os.getpid(), signal.SIGKILL)).start()
    large(desk)


def faulted(folder: Path) -> None:
    desk = opened(folder)
    records.save(desk, "meeting", {"subject": f"{LATIN} {KHMER}"})
    desk.db.execute("BEGIN IMMEDIATE")
    records.save(desk, "meeting", {"subject": f"{LATIN} {KHMER}"})
    faulthandler._sigsegv()  # type: ignore[attr-defined]


def aborted(folder: Path) -> None:
    desk = opened(folder)
    logs.last_words(f"'{records.find(desk, 'person')[0].text('name_km')}'")
    os.abort()


def in_the_window(folder: Path) -> None:
    from tests.canaries.seat import sit

    sit(opened(folder))


PARTS = {one.__name__: one for one in (make, work, killed, faulted, aborted, in_the_window)}
ENDS = {
    "killed": signal.SIGKILL, "faulted": signal.SIGSEGV, "aborted": signal.SIGABRT, "in_the_window": signal.SIGSEGV,
}  # fmt: skip


def _lived_through(name: str, folder: Path) -> int:
    try:
        settings.used(folder / "desk" / NAME)
        logs.begin()
        logs.watch_for_hard_crashes()
        PARTS[name](folder)
        logs.ended_well()
        return 0
    except BaseException:
        traceback.print_exc()
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()


def main() -> None:
    folder = Path(sys.argv[1])
    for name in sys.argv[2:] or PARTS:
        child = os.fork()
        if child == 0:
            os._exit(_lived_through(name, folder))
        _pid, status = os.waitpid(child, 0)
        wanted = -ENDS[name] if name in ENDS else 0
        ended = -os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
        assert ended == wanted, f"{name} ended with {ended}"
    logs.crash_before()


if __name__ == "__main__":
    main()
