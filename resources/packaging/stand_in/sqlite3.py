"""What the bundle has under the name of Python's own SQLite: there is one SQLite in it, the one that encrypts.

`sqlite-utils` asks for that name in one place, to name a type.
"""

from sqlcipher3 import *  # noqa: F403
