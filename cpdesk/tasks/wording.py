"""How two wordings compare, for whoever shows them side by side."""

from cpdesk.analysis.wording import EQUAL, GONE, NEW, Compared, Span, compare

__all__ = ["EQUAL", "GONE", "NEW", "Compared", "Span", "compare"]
