"""What the office knows of a person: all of it shown, what must stay, and its removal. Why it is kept: `purposes`.

about       everything in which a person occurs, who wrote it, who else has it
mentions    free texts that name them
rules       what may not be removed, each rule in a sentence
removal     removing a person on request
retention   whose data are needed no more
"""

from cpdesk.tasks.personal.about import TEXTS, About, Place, about, of_person
from cpdesk.tasks.personal.removal import Removal, Removed, Stays, complete, look, made_at, remove, tidy
from cpdesk.tasks.personal.retention import Unneeded, unneeded
from cpdesk.tasks.purposes import Purpose, may_see, purpose

__all__ = [
    "TEXTS", "About", "Place", "Purpose", "Removal", "Removed", "Stays", "Unneeded", "about", "complete", "look",
    "made_at", "may_see", "of_person", "purpose", "remove", "tidy", "unneeded",
]  # fmt: skip
