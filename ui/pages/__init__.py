"""The pages of the window, in the order of the sidebar; the first is home.

A new page is a module here and a line in `PAGES`.
"""

from __future__ import annotations

from ui.registry import PageSpec

PAGES: tuple[PageSpec, ...] = ()
