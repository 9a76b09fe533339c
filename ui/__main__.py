"""`python -m ui`: the window alone, in the language last used. `cpdesk` without a command does the same."""

from __future__ import annotations

import sys
from pathlib import Path

from ui.app import main

if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else None, speak=True))
