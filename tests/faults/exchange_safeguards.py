"""Safeguards of what becomes of packages that came in: taken back, decided, joined; and of computers that are lost."""

from __future__ import annotations

from tests.faults.safeguards import gone

TAKEBACK = "tests/store/test_takeback.py"
UNDO = "tests/sync/test_undo_imports.py"
DECISIONS = "tests/sync/test_decisions.py"
JOINING = "tests/sync/test_joining.py"
COMPUTERS = "tests/sync/test_computers.py"


EXCHANGE = (
    gone("what stands on an import", "store/takeback", "return gone, list({c.h: c for c in later}.values())", UNDO,
         new="return gone, []"),
    gone("an undoing counts for nothing itself", "store/takeback", "dependents(changes, block) if c.h not in gone]",
         UNDO, TAKEBACK, new="dependents(changes, block)]"),
    gone("an undoing that was built on counts again", "store/takeback",
         "firm = {number: on for number, block in blocks.items() if (on := _on(changes, block, gone))}", UNDO,
         new="firm: dict[int, list[Change]] = {}"),
    gone("what refers to it", "store/takeback", "in list(referring(desk.db, outcome.binned)):", UNDO, new="in ():"),
    gone("an office stays who it is", "store/takeback", "if only_ours and changes[0].kind == OFFICE:", UNDO,
         new="if False:"),
    gone("a refused undo leaves no trace", "tasks/undoing_imports", "                raise _Refused\n", UNDO,
         new="                pass\n"),
    gone("a copy before an undo", "tasks/undoing_imports", 'keep_copy(desk, "before-undo")', UNDO, new="pass"),
    gone("all values of a difference", "store/restoring", "            values.append(head.value)\n", UNDO,
         new="            pass\n"),
    gone("clocks far ahead", "store/restoring", "if head.change.hlc > reach and not same(head.value, shown)]",
         f"{TAKEBACK} -k behind_a_clock", new="if False]"),
    gone("a delete that stood had seen it", "store/restoring", "            write.parents |= kept & seen\n", UNDO,
         new="            pass\n"),
    gone("and what is said again", "store/restoring", "            write.after |= {at for", UNDO,
         new="            _ = {at for"),
    gone("an undo says nothing private", "store/restoring", "            write.parents -= hidden\n", UNDO,
         new="            pass\n"),
    gone("a reason goes with what is redacted", "store/redaction",
         "return change.sets.keys() <= {DELETED, writer.WITH, FIELD}", DECISIONS,
         new='return all(name.startswith("_") for name in change.sets)'),
    gone("a decision says why", "store/writer", "said = {**desk.marks, **sets}", DECISIONS, new="said = dict(sets)"),
    gone("many in one transaction", "tasks/differences", "                left.append((id_, field))\n", DECISIONS,
         new="                pass\n"),
    gone("what was joined is written on", "tasks/joining", "    pen.write(record, changes, writes)\n", JOINING,
         new="    pen.write(record, changes, writes if beside else [])\n"),
    gone("both values wait", "tasks/joining", "sets[field.field], beside[field.field] = field.keep, field.gone",
         JOINING, new="sets[field.field] = field.keep"),
    gone("what more offices see stays", "tasks/joining",
         "if is_private(other.scope) or (not is_private(one.scope) and covers(one.scope, other.scope)):", JOINING,
         new="if True:"),
    gone("late references are found", "store/decisions", "if one.sort == JOINED and _ID.fullmatch(into)", JOINING,
         new="if False and _ID.fullmatch(into)"),
    gone("only the lost computer", "tasks/offices",
         "rows = [row for row in rows if same_print(row.fingerprint, fingerprint)]", COMPUTERS, new="pass"),
    gone("a replaced computer is withdrawn", "tasks/offices", "        revoke(desk, theirs.office, old)\n", COMPUTERS,
         new="        pass\n"),
    gone("withdrawn by hand", "tasks/taking", "stay = gone | withdrawn_here(self.desk)", COMPUTERS, new="stay = gone"),
)  # fmt: skip
