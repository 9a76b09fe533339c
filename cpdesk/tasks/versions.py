"""Versions of a plan: what was approved stays as it was approved, and who goes on writing writes the next version.

Approving keeps the whole content of a plan in a `plan_version` and its hash in the plan, so that paper and screen can
say which content was signed. Any later edit of that content, from the window, the command line or a table, a settled
difference and joined records too, first makes the plan a draft of the next version, in the same transaction
(`before_change`, which `tasks.records` asks). A merge writes nothing, so it leaves a plan as approved as it was.
What content is, and how it is written down: `plan_content`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from cpdesk.analysis.compare import Part
from cpdesk.errors import BadInput, NotFound
from cpdesk.i18n import _
from cpdesk.khmer import digits
from cpdesk.kinds import Kind, Value
from cpdesk.store import Desk, Record, find
from cpdesk.store.projection import DELETED
from cpdesk.store.writer import Saved
from cpdesk.tasks import authorship, records, roles
from cpdesk.tasks.plan_content import BELOW, CONTENT, STANDING, hash_of, pack, read_line, unpack
from cpdesk.tasks.plan_content import content as content
from cpdesk.tasks.plan_content import content_hash as content_hash
from cpdesk.tasks.plan_content import parts as parts
from cpdesk.tasks.roles import Act
from cpdesk.tasks.undo import Undo

_APPROVAL = ("approved_by", "approved_on", "approved_hash")
DRAFT, IN_REVIEW, APPROVED, CLOSED = "draft", "in_review", "approved", "closed"
Approvals = Mapping[str | None, Value]
Doer = Undo | Desk
"""Who changes the desk: the window's undo, so that it can be taken back as one step, or the desk itself."""


@dataclass(frozen=True)
class Version:
    """An approved version: `id` is its record, `by` the approver's record."""

    id: str
    number: int
    by: str | None
    on: date | None
    hash: str


@dataclass(frozen=True)
class Standing:
    """How a plan stands to its approval. `unchanged` is None where nothing was approved."""

    state: str
    version: int
    approved: Version | None
    unchanged: bool | None


def undo_of(doer: Doer) -> Undo:
    """What to save through; changes of a bare desk are not remembered."""
    return doer if isinstance(doer, Undo) else Undo(doer)


# --- versions -------------------------------------------------------------------------------------------------------
def versions(desk: Desk, plan: str) -> list[Version]:
    """The approved versions that are here, first to last."""
    return [_version(record) for record in records.children(desk, "plan_version", plan)]


def _version(record: Record) -> Version:
    number, on, by = record["version"], record["approved_on"], record["approved_by"]
    return Version(
        record.id,
        number if isinstance(number, int) else 0,
        by if isinstance(by, str) else None,
        date.fromisoformat(on) if isinstance(on, str) else None,
        record.text("hash"),
    )


def approver(desk: Desk, version: Version) -> str:
    """Who approved it, by name; of somebody who was removed since, the name that the version keeps."""
    return records.get(desk, version.id).text("approver") or (records.title(desk, version.by) if version.by else "")


def read(desk: Desk, version: str) -> list[Part]:
    """The content of an approved version; `BadInput` where it is not what was approved."""
    record = records.get(desk, version)
    try:
        text = unpack(record.text("content"))
        if hash_of(text) != record["hash"]:
            raise ValueError("another hash")
        return [read_line(line) for line in text.splitlines()]
    except (ValueError, KeyError, TypeError):
        raise BadInput(
            _("The kept content of version {number} is damaged.").format(number=record.label("version")),
            _("The plan as it is now was not touched."),
            _("Receive it again from the office that approved it, or bring back a backup."),
        ) from None


def standing(desk: Desk, plan: str, *, look: bool = True) -> Standing:
    """How the plan stands. A merge may bring an edit that was made before the approval was known: then `unchanged` is
    False although the plan is approved. Without `look` the content is not read, and `unchanged` stays None.
    """
    record = records.get(desk, plan)
    state, number = record.text("state") or DRAFT, version_number(record)
    mark = record["approved_hash"]
    approved = next((v for v in reversed(versions(desk, plan)) if v.hash == mark), None) if mark else None
    unchanged = content_hash(desk, plan) == mark if look and mark and state in (APPROVED, CLOSED) else None
    return Standing(state, number, approved, unchanged)


def version_number(plan: Record) -> int:
    """The number of the version that is being written or stands; a plan begins with its first."""
    number = plan["version"]
    return number if isinstance(number, int) else 1


# --- from draft to approved -----------------------------------------------------------------------------------------
def act_for(desk: Desk, plan: Record | None, state: str) -> Act:
    """What it takes to bring a plan (None: a new one) into that state: from wherever that is done. Who handed a plan
    over may take it back; else who approves sends it back."""
    now = _state(plan)
    if APPROVED in (state, now) or CLOSED in (state, now):
        return Act.DRAFT if state == DRAFT else Act.APPROVE  # a draft of the next version
    if now == IN_REVIEW:
        return Act.SUBMIT if plan is not None and _handed_over(desk, plan) else Act.APPROVE
    return Act.SUBMIT if state == IN_REVIEW else Act.DRAFT


def _state(plan: Record | None) -> str:
    return (plan.text("state") if plan else "") or DRAFT


def _handed_over(desk: Desk, plan: Record) -> bool:
    """Whether who has the desk open handed that plan over."""
    by = [w.by for w in records.history(desk, plan.id) if w.field == "state" and w.value == IN_REVIEW]
    return desk.who is None or any(authorship.bare(name) in authorship.of_officer(desk) for name in by[-1:])


def submit(doer: Doer, plan: str) -> None:
    """Hand a draft over for review. `BadInput` where it is no draft."""
    undo = undo_of(doer)
    record = records.get(undo.desk, plan)
    if record.text("state") not in ("", DRAFT):
        raise BadInput(_("Only a draft is handed over for review."), _("The plan stays as it is."))
    if not records.children(undo.desk, "objective", plan):
        raise BadInput(_("The plan has no objective yet."), todo=_("Write at least one objective first."))
    with roles.acting(undo.desk, Act.SUBMIT), undo.together(_("hand over for review")):
        undo.save("plan", {"state": IN_REVIEW, "version": version_number(record)}, plan)


def send_back(doer: Doer, plan: str) -> None:
    """From review back to those who write it; who handed it over may take it back."""
    undo = undo_of(doer)
    record = records.get(undo.desk, plan)
    if record["state"] != IN_REVIEW:
        raise _not_in_review()
    with roles.acting(undo.desk, act_for(undo.desk, record, DRAFT)), undo.together(_("send back to draft")):
        undo.save("plan", {"state": DRAFT}, plan)


def approve(doer: Doer, plan: str, person: str, day: date | str) -> Version:
    """Freeze the plan's content under this approver's name.

    `BadInput` where the plan is not in review, or where the approver, or the officer who has the desk open, is one of
    those who wrote this version.
    """
    undo = undo_of(doer)
    desk = undo.desk
    record = records.get(desk, plan)
    if record["state"] != IN_REVIEW:
        raise _not_in_review()
    approver = records.get(desk, person)
    author = wrote(desk, plan, approver)
    if author:
        raise _own_words(author)
    text, number = content(desk, plan), version_number(record)
    mark = hash_of(text)
    common: dict[str, object] = {"version": number, "approved_by": person, "approved_on": day}
    said = _("approve version {number}").format(number=digits.number(number))
    with roles.acting(desk, Act.APPROVE), undo.together(said):
        kept = {"plan": plan, **common, "hash": mark, "content": pack(text)}
        made = undo.save("plan_version", kept).id
        undo.save("plan", {**common, "state": APPROVED, "approved_hash": mark}, plan)
    return _version(records.get(desk, made))


def close(doer: Doer, plan: str) -> None:
    """Lay an approved plan aside: its years are over. What it promised stays approved."""
    undo = undo_of(doer)
    if records.get(undo.desk, plan)["state"] != APPROVED:
        raise BadInput(_("Only an approved plan is closed."), _("The plan stays as it is."))
    with roles.acting(undo.desk, Act.APPROVE), undo.together(_("close the plan")):
        undo.save("plan", {"state": CLOSED}, plan)


def _own_words(author: str) -> BadInput:
    return BadInput(
        _("“{name}” wrote in this version and cannot approve it too.").format(name=author),
        _("The plan stays in review."),
        _("Let somebody approve it who did not write it."),
    )


def _not_in_review() -> BadInput:
    return BadInput(
        _("Only a plan in review is approved or sent back."),
        _("The plan stays as it is."),
        _("Hand it over for review first."),
    )


# --- who wrote it ---------------------------------------------------------------------------------------------------
def wrote(desk: Desk, plan: str, person: Record) -> str | None:
    """The name under which that person wrote in the version at hand, None where they did not; where officers have the
    desk open by name, under any name that they ever bore."""
    theirs = authorship.of_person(person)
    if desk.who is not None:
        theirs |= authorship.ever_of_person(desk, person.id)
    return _among(authors(desk, plan), theirs)


def wrote_self(desk: Desk, plan: str, mark: Value = None) -> str | None:
    """The same of who has the desk open; None on an open desk, which does not know who that is."""
    return None if desk.who is None else _among(authors(desk, plan, mark), authorship.of_officer(desk))


def _among(written: Iterable[str], theirs: Collection[str]) -> str | None:
    return next((name for name in written if authorship.bare(name) in theirs), None)


def authors(desk: Desk, plan: str, mark: Value = None) -> list[str]:
    """Who wrote the content of the version at hand, sorted: since the last approval, or ever where there was none; the
    approval of the content with that hash is not there yet."""
    kept = [version for version in versions(desk, plan) if version.hash != mark]
    last = max(kept, key=lambda v: v.number, default=None)
    now = {part.id: part for part in parts(desk, plan)}
    if last is None:
        found = find.writers(desk.db, [id_ for id_ in now if id_ != plan])
        return sorted(found | _plan_writers(desk, plan, None))
    then = {part.id: part for part in read(desk, last.id)}
    since = max(w.at for w in records.history(desk, last.id))
    found = _plan_writers(desk, plan, since)
    for id_ in now.keys() | then.keys():
        if id_ != plan and (id_ not in now or id_ not in then or now[id_] != then[id_]):
            found |= _changed_by(desk, id_, then.get(id_), since)
    return sorted(found)


def _plan_writers(desk: Desk, plan: str, since: datetime | None) -> set[str]:
    """Of the plan's own facts; handing it over or approving it is not writing it."""
    return {
        w.by for w in records.history(desk, plan)
        if w.field not in STANDING and (since is None or w.at > since)
    }  # fmt: skip


def _changed_by(desk: Desk, id_: str, then: Part | None, since: datetime) -> set[str]:
    """Who wrote after the approval, and whose standing values part from what was approved, whenever they arrived."""
    before: Mapping[str, Value] = then.values if then else {}

    def parts_from_it(w: find.Written) -> bool:
        return w.standing and w.value != (False if w.field == DELETED else before.get(w.field))

    return {w.by for w in records.history(desk, id_) if w.at > since or parts_from_it(w)}


# --- the next version -----------------------------------------------------------------------------------------------
def before_change(
    desk: Desk, kind: Kind, values: Mapping[str, Value] | None, record: Record | None, *, said: bool = False
) -> list[Saved]:
    """Asked before a record is saved (`values`), put into the bin or brought back (`values` None).

    Where that changes the content of an approved plan, the plan becomes a draft of its next version; what was saved for
    that is given back. What only gives back, after a merge, the words that were approved, makes no next version.
    `BadInput` for what nobody may change: an approved version, and a state "approved" that nobody approved. With `said`
    a decision takes one of two sides: whoever wrote that side was asked then, and is not asked again.
    """
    if kind.name == "plan_version":
        if not said:
            _check_version(desk, values, record)
    elif kind.name == "plan":
        return _before_plan(desk, values, record, said)
    elif kind.name in BELOW and _any_approved(desk):
        if values is not None and record is not None and not _changes(values, record):
            return []
        plans = {_plan_of(desk, whole) for whole in _wholes(kind, values, record)} - {None}
        return [saved for plan in plans for saved in _changed(desk, str(plan), values, record)]
    return []


@contextmanager
def changing(desk: Desk, ids: Iterable[str], known: Approvals) -> Iterator[None]:
    """For saves that bring these records back to what they were when those approvals were `known`: a plan that was
    approved since, stays so, and whose content they change, becomes a draft of its next version. Under a known
    approval it is as it was then, with what a merge may have brought."""
    before = {plan: mark for plan, mark in approvals(desk).items() if known.get(plan) != mark}
    was = {id_: records.get(desk, id_) for id_ in ids} if before else {}
    yield
    now = approvals(desk) if before else {}
    for id_, old in was.items():
        new = records.get(desk, id_)
        if (old.values, old.deleted) == (new.values, new.deleted) or old.kind.name not in CONTENT:
            continue
        wholes = {id_} if old.kind.name == "plan" else _wholes(old.kind, new.values, old)
        for plan in {_plan_of(desk, whole) for whole in wholes} - {None}:
            if before.get(plan) is not None and before[plan] == now.get(plan):
                values = None if old.deleted != new.deleted else _content_of(new.values)
                _changed(desk, str(plan), values, old)


def approvals(desk: Desk) -> Approvals:
    """The hash of what was approved, by plan."""
    rows = records.columns(desk, "plan", ("state", "approved_hash"))
    return {id_: mark for id_, *(state, mark) in rows if state in (APPROVED, CLOSED) and mark}


def _content_of(values: Mapping[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in values.items() if name not in STANDING}


def _changed(desk: Desk, plan: str, values: Mapping[str, Value] | None, record: Record | None) -> list[Saved]:
    """The next version, unless these values of a record only give back what was approved."""
    if values is not None and record is not None and _gives_back(desk, plan, values, record):
        return []
    return open_next(desk, plan)


def _gives_back(desk: Desk, plan: str, values: Mapping[str, Value], record: Record) -> bool:
    mark = records.get(desk, plan)["approved_hash"]
    approved = next((version for version in versions(desk, plan) if version.hash == mark), None) if mark else None
    if approved is None:
        return False
    try:
        then = next((part.values for part in read(desk, approved.id) if part.id == record.id), None)
    except BadInput:  # of a version that cannot be read nobody knows what it said
        return False
    changed = [name for name, value in values.items() if record.values.get(name) != value]
    return then is not None and all(values[name] == then.get(name) for name in changed)


def _wholes(kind: Kind, values: Mapping[str, Value] | None, record: Record | None) -> set[str]:
    """What the record is a part of, before and after."""
    held = [side.get(kind.parent or "") for side in (values, record.values if record else None) if side]
    return {whole for whole in held if isinstance(whole, str)}


def _check_version(desk: Desk, values: Mapping[str, Value] | None, record: Record | None) -> None:
    roles.need(desk, Act.APPROVE)
    made = (values if record is None else record.values if record.deleted else None) or {}
    if made and (author := wrote_self(desk, str(made.get("plan")), made.get("hash"))):
        raise _own_words(author)
    if values is not None and record is not None and _changes(values, record):
        raise BadInput(
            _("An approved version stays as it was approved."),
            _("Nothing was changed."),
            _("Change the plan itself; that makes the next version."),
        )


def _before_plan(desk: Desk, values: Mapping[str, Value] | None, record: Record | None, said: bool) -> list[Saved]:
    if values is None:
        return []
    if not said:
        _check_standing(desk, values, record)
    if record is None:
        return []
    content_of = _content_of(values)
    return _changed(desk, record.id, content_of, record) if _changes(content_of, record) else []


def _check_standing(desk: Desk, values: Mapping[str, Value], record: Record | None) -> None:
    """Which state a plan is in, and who approved it, is said by those who may say so, whichever way they write it."""
    state = str(values.get("state", _state(record)) or DRAFT)
    if record is not None and state == APPROVED:
        _check_approval(desk, {**record.values, **values}, record)
    if desk.who is None or (record is not None and state == APPROVED and _stands_again(desk, values, record)):
        return
    if state != _state(record):
        roles.need(desk, act_for(desk, record, state))
    if any(values.get(name) is not None and (record is None or values[name] != record[name]) for name in _APPROVAL):
        roles.need(desk, Act.APPROVE)
    if state == APPROVED and _state(record) not in (APPROVED, CLOSED):
        author = wrote_self(desk, record.id, values.get("approved_hash")) if record else desk.officer
        if author:
            raise _own_words(author)


def _stands_again(desk: Desk, values: Mapping[str, Value], record: Record) -> bool:
    """Whether a plan says no more than it said when it was approved, and by whom: who takes an edit back that made it
    a draft of its next version approves nothing."""
    after = {**record.values, **values}
    kept = next((one for one in versions(desk, record.id) if one.hash == after["approved_hash"]), None)
    said = {"version": kept.number, "approved_by": kept.by, "approved_on": str(kept.on)} if kept else {}
    return (
        bool(said)
        and not _changes(_content_of(values), record)
        and all(after[name] == value for name, value in said.items())
        and content_hash(desk, record.id) == after["approved_hash"]
    )


def _check_approval(desk: Desk, after: Mapping[str, Value], record: Record) -> None:
    """A plan is approved by `approve` alone, and what that wrote down stays: who, when, which content."""
    mark = after["approved_hash"]
    if record["state"] == APPROVED:
        if record["approved_hash"] is not None and any(after[name] != record[name] for name in STANDING):
            raise BadInput(
                _("Who approved which version and when stays as it is."),
                _("The plan stays as it is."),
                _("Change the plan itself; that makes the next version."),
            )
    elif mark is None or not any(version.hash == mark for version in versions(desk, record.id)):
        raise BadInput(
            _("A plan is not approved by choosing the word “approved”."),
            _("The plan stays as it is."),
            _("Hand it over for review; then somebody who did not write it approves it."),
        )


def _changes(values: Mapping[str, Value], record: Record) -> bool:
    return any(record.values.get(name) != value for name, value in values.items())


def _any_approved(desk: Desk) -> bool:
    """Mostly no plan is approved; then nothing has to be looked up for a save."""
    return bool(approvals(desk))


def _plan_of(desk: Desk, part: str) -> str | None:
    from cpdesk.tasks import plans

    try:
        found = plans.plan_of(desk, part)
    except NotFound:
        return None
    return found.id if found is not None else None


def open_next(desk: Desk, plan: str) -> list[Saved]:
    """Make an approved plan a draft of its next version; nothing where it was none."""
    record = records.get(desk, plan)
    if record["state"] not in (APPROVED, CLOSED) or record["approved_hash"] is None:
        return []
    return [records.save(desk, "plan", _following(record), plan)]


def next_version(doer: Doer, plan: str) -> None:
    """The same at a person's word: where a merge brought what was not approved, it is approved as the next version."""
    undo = undo_of(doer)
    record = records.get(undo.desk, plan)
    if record["state"] not in (APPROVED, CLOSED):
        raise BadInput(_("The plan is a draft already."), _("The plan stays as it is."))
    with undo.together(_("begin the next version")):
        undo.save("plan", _following(record), plan)


def _following(plan: Record) -> dict[str, object]:
    blank = dict.fromkeys(("approved_by", "approved_on", "approved_hash"))
    return {"state": DRAFT, "version": version_number(plan) + 1, **blank}
