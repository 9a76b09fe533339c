"""What the help says, for the window and for the printed manual: chapters of topics, each with steps and pictures.

Topics are written for officers: what it is for, a few steps in their order, a word of advice. The pictures are made
from the real window by `tests.help_pictures` and lie in `resources/help/`, one file a language.
"""

from __future__ import annotations

from cpdesk.help.topics import Chapter, Picture, Topic, chapters, picture_file, topic, topics
from cpdesk.help.where import topic_of_dialog, topic_of_page

__all__ = (
    "Chapter",
    "Picture",
    "Topic",
    "chapters",
    "picture_file",
    "topic",
    "topic_of_dialog",
    "topic_of_page",
    "topics",
)
