"""`python -m tests.bench [NAME …] [--records N] [--rounds N]`; a NAME is merging, saving, paper, window or others."""

from __future__ import annotations

import argparse
import os
import tempfile
from importlib import import_module
from pathlib import Path

from tests.bench.measure import table

PARTS = (
    *("merging", "saving", "searching", "paper", "window", "pages", "typing"),
    *("figures", "progress", "matrix", "tables", "country", "gaps", "encryption"),
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("parts", nargs="*", default=PARTS, metavar="NAME", help=", ".join(PARTS))
    parser.add_argument("--records", type=int, default=78_000, help="how many records (78,000)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds whose median counts (3)")
    parser.add_argument("--ops", type=int, default=300_000, help="changes in the full desk of `merging` (300,000)")
    chosen = parser.parse_args()
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CPDESK_HOME"] = str(Path(folder) / "home")
        for name in chosen.parts:
            more = {"ops": chosen.ops} if name == "merging" else {}
            lines += list(import_module(f"tests.bench.{name}").run(Path(folder), chosen.records, chosen.rounds, **more))
    print(table(lines))


main()
