"""Public copies of the figures: what may be told, what was told, and what of it is hidden."""

from cpdesk.tasks.figures.public.copy import Copy, Hidden, copy, give_out
from cpdesk.tasks.figures.public.sources import names_nobody
from cpdesk.tasks.figures.public.standing import ranked

__all__ = ["Copy", "Hidden", "copy", "give_out", "names_nobody", "ranked"]
