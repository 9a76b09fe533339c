"""Figures on children's vulnerability: the grid of a year, typing into it, places ranked, trends, priorities."""

from cpdesk.analysis.figures import PARTS, TOTAL, Slice, Sum
from cpdesk.analysis.ranking import Placed
from cpdesk.tasks.figures.grid import Grid, grid, reread, years
from cpdesk.tasks.figures.measures import Measure, listed, start_measures
from cpdesk.tasks.figures.places import Area, Row, area_of, area_with, areas, boundary
from cpdesk.tasks.figures.standing import Ranking, Trend, answered, make_priority, ranked, ranking, trend
from cpdesk.tasks.figures.writing import Entry, refusal, set_source, write

__all__ = [
    "PARTS",
    "TOTAL",
    "Area",
    "Entry",
    "Grid",
    "Measure",
    "Placed",
    "Ranking",
    "Row",
    "Slice",
    "Sum",
    "Trend",
    "answered",
    "area_of",
    "area_with",
    "areas",
    "boundary",
    "grid",
    "listed",
    "make_priority",
    "ranked",
    "ranking",
    "refusal",
    "reread",
    "set_source",
    "start_measures",
    "trend",
    "write",
    "years",
]
