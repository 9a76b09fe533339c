"""Safeguards of roles: each question whether the officer may, and what keeps one from going around it."""

from __future__ import annotations

from tests.faults.safeguards import Safeguard

ROLES = "tests/tasks/test_roles.py"
REFUSED = f"{ROLES} -k may_not"
WORDS = "tests/tasks/test_authorship.py"
ALONE = (f"{ROLES} -k enough",)
HOUSE = "tests/house/test_roles.py"
BOTH = (REFUSED, HOUSE)
_DRAFT, _KEYS = "    roles.need(desk, Act.DRAFT)\n", "    roles.need(desk, Act.KEYS)\n"
_RULES = "    rules.need(desk, Act.KEYS)\n"


def _only(words: str) -> str:
    return f"{ROLES} -k {words}"


def _gone(name: str, file: str, old: str, *tests: str, new: str = "") -> Safeguard:
    return Safeguard(f"roles: {name}", f"cpdesk/{file}.py", old, new, tests)


def _unasked(name: str, file: str, question: str, before: str = "", behind: str = "", tests: tuple[str, ...] = BOTH
             ) -> Safeguard:  # fmt: skip
    """The question taken out, where it stands between these words."""
    return _gone(name, file, before + question + behind, *tests, new=before + behind)


def _acting(name: str, file: str, act: str, behind: str, tests: tuple[str, ...] = BOTH) -> Safeguard:
    return _gone(name, file, f"with {act}, {behind}", *tests, new=f"with {behind}")


_MERGE = "roles.acting(desk, Act.MERGE)"
ASKED = (
    _unasked("saving", "tasks/records", _DRAFT, behind="    whole = records.kind(kind)\n"),
    _unasked("into the bin", "tasks/records", _DRAFT, before="and all its parts in the bin.\"\"\"\n"),
    _unasked("out of the bin", "tasks/records", _DRAFT, before="the parts that went with it.\"\"\"\n"),
    _unasked("records of the office", "tasks/paperwork/keeping", _DRAFT),
    _unasked("the starter measures", "tasks/figures/measures", _DRAFT),
    _acting("figures by the thousand", "tasks/figures/writing", "roles.acting(desk, Act.DRAFT)",
            "immediate(desk.db):\n        _check"),
    _unasked("the half sentence of a meeting", "tasks/live", _DRAFT),
    _unasked("bytes of files", "tasks/attachments", _DRAFT, behind="    if len(data)"),
    _unasked("a file's record", "tasks/attachments", _DRAFT, behind="    together", tests=(HOUSE,)),
    _unasked("tidying files", "tasks/attachments", _DRAFT, behind="    with immediate(desk.db):\n        named"),
    _unasked("the emblem", "tasks/paperwork/emblem", _DRAFT, tests=(HOUSE,)),
    _acting("handing over", "tasks/versions", "roles.acting(undo.desk, Act.SUBMIT)", 'undo.together(_("hand over',
            ALONE),
    _acting("sending back", "tasks/versions", "roles.acting(undo.desk, act_for(undo.desk, record, DRAFT))",
            "undo.together(", ALONE),
    _acting("approving", "tasks/versions", "roles.acting(desk, Act.APPROVE)", "undo.together(said)", ALONE),
    _acting("closing", "tasks/versions", "roles.acting(undo.desk, Act.APPROVE)", 'undo.together(_("close', ALONE),
    _unasked("versions made by hand", "tasks/versions", "    roles.need(desk, Act.APPROVE)\n", behind="    made = ",
             tests=(WORDS,)),
    _gone("states written by hand", "tasks/versions", "        roles.need(desk, act_for(desk, record, state))\n", WORDS,
          new="        pass\n"),
    _gone("who approved, written by hand", "tasks/versions",
          "for name in _APPROVAL):\n        roles.need(desk, Act.APPROVE)\n", WORDS,
          new="for name in _APPROVAL):\n        pass\n"),
    _unasked("packages written", "tasks/sending", "    roles.need(desk, Act.EXPORT)\n"),
    _gone("packages merged", "tasks/receiving", "        roles.need(desk, Act.MERGE)\n", *BOTH, new="        pass\n"),
    _acting("differences", "tasks/differences", _MERGE, "immediate(desk.db):\n        records.get"),
    _acting("joining", "tasks/joining", _MERGE, "immediate(desk.db):\n        one, other"),
    _acting("leading references on", "tasks/joining", _MERGE, "immediate(desk.db):\n        start"),
    _acting("decisions taken back", "tasks/reopening", _MERGE, "immediate(desk.db), changing", (WORDS, HOUSE)),
    _unasked("imports taken back", "tasks/undoing_imports", "    roles.need(desk, Act.MERGE)\n"),
    _unasked("the office above", "tasks/offices", _KEYS, before="withdrawn with it.\"\"\"\n"),
    _unasked("offices accepted", "tasks/offices", _KEYS, before="once they are back.\n    \"\"\"\n"),
    _unasked("offices withdrawn", "tasks/offices", _KEYS, before="where there is none.\"\"\"\n"),
    _unasked("a backup in the desk's place", "tasks/bringing_back", _KEYS, tests=(REFUSED,)),
    _unasked("help for a lower office", "tasks/helping", _KEYS, tests=(REFUSED,)),
    _unasked("leaving the desk open", "tasks/keys", _KEYS, behind="    lock = _own_lock"),
    _unasked("a new code", "tasks/keys", _KEYS, behind="    code = "),
    _unasked("another key", "tasks/renewing", _KEYS),
    _unasked("officers entered", "tasks/officers", _RULES, behind="    values = _values(desk, None"),
    _unasked("officers changed", "tasks/officers", _RULES, behind="    there = "),
    _unasked("officers who leave", "tasks/officers", _RULES, behind="    get(desk, id_)"),
    _unasked("passwords of others", "tasks/officers", _RULES, behind="    problem = "),
    _unasked("people removed", "tasks/personal/removal", "    need(desk, Act.KEYS)\n"),
)  # fmt: skip
AROUND = (
    _gone("what a role gives", "tasks/roles", '"reader": frozenset({Act.READ})',
          REFUSED, new='"reader": frozenset({Act.READ, Act.DRAFT})'),
    _gone("who has left", "tasks/roles", 'return () if flags.get("left") else tuple(', _only("left"),
          new="return tuple("),
    _gone("roles of elsewhere", "store/find", "if row and is_private(row[-1]) else {}", _only("package"),
          new="if row else {}"),
    _gone("deciding is more than writing", "tasks/roles", "(act is Act.DRAFT and desk.acting)", _only("asking"),
          new="desk.acting"),
    _gone("acting ends", "tasks/roles", "        yield\n    finally:\n        desk.acting = before\n", _only("asking"),
          new="        yield\n    finally:\n        pass\n"),
    _gone("a trial ends", "tasks/roles", "        desk.acting, desk.pen = before\n", _only("reading"),
          new="        pass\n"),
    _gone("undo asks again", "tasks/undo", "        step.act = step.act or self.desk.acting\n", WORDS),
    _gone("one's own words", "tasks/versions", "made.get(\"hash\"))):\n        raise _own_words(author)\n", WORDS,
          new="made.get(\"hash\"))):\n        pass\n"),
    _gone("one's own words, by hand", "tasks/versions", "        if author:\n            raise _own_words(author)\n",
          WORDS),
    _gone("former names", "tasks/authorship", "{bare(desk.officer)} | _ever(desk, _people(desk, desk.who), {desk.who})",
          WORDS, new="{bare(desk.officer)}"),
    _gone("a person's former names", "tasks/versions", "    if desk.who is not None:\n        theirs |= ", WORDS,
          new="    if False:\n        theirs |= "),
    _gone("people who were joined", "tasks/authorship", "    return people | stand | {", WORDS,
          new="    return people\n    return people | stand | {"),
    _gone("officers who are one person", "tasks/authorship", "    officers = officers | {", WORDS,
          new="    officers or {"),
    _gone("only what was approved stands again", "tasks/versions",
          '        and content_hash(desk, record.id) == after["approved_hash"]\n', WORDS),
    _gone("a reader takes no number", "tasks/forms", " if roles.may(desk, Act.DRAFT) else ()", WORDS),
    _gone("the store's own refusal", "store/writer", "    desk.check_pen()\n", _only("store")),
    _gone("the same for many", "store/many", "    desk.check_pen()\n", _only("store")),
    _gone("the same for merging", "store/union", "        desk.check_pen()\n", _only("store"), new="        pass\n"),
    _gone("the same for decisions", "store/pen", "        desk.check_pen()\n", _only("store")),
)  # fmt: skip
ROLE_SAFEGUARDS = (*ASKED, *AROUND)
