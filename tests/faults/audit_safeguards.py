"""Safeguards of who did what: deeds that are noted, logs that are set beside what others hold, codes on paper."""

from __future__ import annotations

from tests.faults.safeguards import gone

PROOF = "tests/sync/test_proof.py -k 'not alarm'"
NOTED = "tests/tasks/test_audit.py"
BOOK = "tests/tasks/test_audit_book.py"

AUDIT = (
    gone("a deed is noted for who only reads", "store/audit", "pen, desk.pen = desk.pen, True", NOTED,
         new="pen = desk.pen"),
    gone("a deed stops nothing", "tasks/audit", "    except UserError as why:\n", NOTED,
         new="    except ZeroDivisionError as why:\n"),
    gone("a package is looked at for logs", "tasks/receiving",
         "            proof.look(desk, open_merge, taking.card.fingerprint, manifest.have, taking.role)\n", PROOF),
    gone("a missing end of one's own", "store/receipts", "max(1, seq - here), 0, 0)", PROOF, new="0, 0, 0)"),
    gone("other words at one place", "store/receipts", "False, 0, seq, 0)", PROOF, new="True, 0, 0, 0)"),
    gone("what a sender has lost", "store/receipts", "        if missing:\n", PROOF, new="        if False:\n"),
    gone("a number that came twice", "store/receipts", "r.number <= ?", PROOF, new="r.number < ?"),
    gone("a late package says less", "store/receipts", "r.site = ? AND r.number <= ?", PROOF,
         new="r.site = ? AND r.number != 0 * ?"),
    gone("a late word of a former site", "store/receipts", "        elif late or not seq:\n", PROOF,
         new="        elif not seq:\n"),
    gone("a backup is no accusation", "tasks/proof", "CUT if desk.site in sites else OLD", PROOF, new="CUT"),
    gone("nor at the province", "tasks/proof", "CUT if cut else OLD if lost", PROOF, new="CUT if lost"),
    gone("what came back had been gone", "tasks/proof", "    if back and not missing:\n", PROOF, new="    if False:\n"),
    gone("two versions are said once", "tasks/proof", '== stream.id.hex() for one', PROOF, new='== "" for one'),
    gone("a mistyped digit", "tasks/log_codes", "or _check(int(typed[:DIGITS])) != int(typed[DIGITS:])", PROOF),
    gone("a clock that was set back", "tasks/audit_book", "    if at > known + BEHIND:\n", BOOK, new="    if False:\n"),
)  # fmt: skip
