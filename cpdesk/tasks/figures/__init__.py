"""Figures on children's vulnerability: the grid of a year, typing into it, places ranked, trends, priorities."""

from cpdesk.tasks.figures.grid import Grid, grid, years
from cpdesk.tasks.figures.measures import Measure, listed, start_measures
from cpdesk.tasks.figures.places import Area, Row, area_of, areas, boundary
from cpdesk.tasks.figures.standing import Ranking, Trend, answered, make_priority, ranked, ranking, trend
from cpdesk.tasks.figures.writing import Entry, refusal, set_source, write

__all__ = [
    "Area",
    "Entry",
    "Grid",
    "Measure",
    "Ranking",
    "Row",
    "Trend",
    "answered",
    "area_of",
    "areas",
    "boundary",
    "grid",
    "listed",
    "make_priority",
    "ranked",
    "ranking",
    "refusal",
    "set_source",
    "start_measures",
    "trend",
    "write",
    "years",
]
