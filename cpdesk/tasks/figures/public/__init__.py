"""Public copies of the figures: what may be told, what was told, and what of it is hidden."""

from cpdesk.tasks.figures.public.copy import Copy, Hidden, copy, give_out

__all__ = ["Copy", "Hidden", "copy", "give_out"]
