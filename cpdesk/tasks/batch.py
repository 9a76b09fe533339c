"""Many records at once from JSON lines: all of them or none, and a refusal names the line.

A line is an object of a kind's fields. With an `id` it updates that record, without one it makes a new one; null
blanks a field, a field left out stays. So that a line can refer to one above it whose id nobody knows yet, "@3" in a
reference stands for the record of line 3. What `get` and `list` print can be put back as it is: `kind` must agree,
computed names (`_deleted`, …) are passed over.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, NoReturn

from cpdesk import records
from cpdesk.errors import BadInput, UserError
from cpdesk.i18n import _
from cpdesk.kinds import Amount, Kind, Ref
from cpdesk.store import Desk
from cpdesk.store.connection import immediate
from cpdesk.store.writer import Saved
from cpdesk.tasks import roles
from cpdesk.tasks.records import save
from cpdesk.tasks.roles import Act

COMPUTED = frozenset({"_deleted", "_differences", "_office", "_private"})
MAX_LINE = 20_000_000  # bytes
_LINE_REF = re.compile(r"@([1-9][0-9]{0,8})\Z")


def put_lines(desk: Desk, kind: str, lines: Iterable[bytes]) -> list[Saved]:
    """Save every line (UTF-8); blank lines are passed over. `BadInput` names the first that is refused."""
    whole = records.kind(kind)
    made: dict[int, str] = {}
    found: list[Saved] = []
    with roles.acting(desk, Act.DRAFT), immediate(desk.db):
        for number, values in numbered(lines):
            try:
                saved = _put(desk, whole, values, made)
            except UserError as why:
                raise _refused(number, str(why)) from why
            made[number] = saved.id
            found.append(saved)
    return found


def numbered(lines: Iterable[bytes]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The objects of JSON lines with the numbers of their lines, from 1."""
    for number, line in enumerate(lines, 1):
        if line.strip(b" \t\r\n\xef\xbb\xbf"):
            yield number, _object(number, line)


def _object(number: int, line: bytes) -> dict[str, Any]:
    if len(line) > MAX_LINE:
        raise _refused(number, _("The line is too long."))
    try:
        value = json.loads(
            line.decode("utf-8-sig"),
            object_pairs_hook=_each_once,
            parse_constant=_no_number,
            parse_float=Decimal,
        )
    except UnicodeDecodeError:
        raise _refused(number, _("The text is not UTF-8.")) from None
    except RecursionError:
        raise _refused(number, _("This is not a line of JSON.")) from None
    except _TwiceError as why:
        raise _refused(number, _("The field “{field}” stands there twice.").format(field=why)) from None
    except ValueError:
        raise _refused(number, _("This is not a line of JSON.")) from None
    if not isinstance(value, dict):
        raise _refused(number, _("A line holds one object with the names of fields."))
    return value


class _TwiceError(ValueError):
    """A key stands twice in one object: which of the two was meant, nobody can say."""


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise _TwiceError(name[:60])
        found[name] = value
    return found


def _no_number(text: str) -> NoReturn:
    raise ValueError(text)


def _refused(number: int, why: str) -> BadInput:
    return BadInput(_("Line {number}: {why}").format(number=number, why=why), _("No line was kept."))


def _put(desk: Desk, kind: Kind, values: dict[str, Any], made: Mapping[int, str]) -> Saved:
    id_ = values.pop("id", None)
    if id_ is not None and not isinstance(id_, str):
        raise BadInput(_("An id is text of 32 hexadecimal digits."))
    named = values.pop("kind", kind.name)
    if named != kind.name:
        raise BadInput(
            _("The line says it is of the kind “{named}”, not “{kind}”.").format(named=named, kind=kind.name)
        )
    wanted = {name: _meant(kind, name, value, made) for name, value in values.items() if name not in COMPUTED}
    return save(desk, kind.name, wanted, None if id_ is None else str(_above_id(id_, made)))


def _meant(kind: Kind, name: str, value: object, made: Mapping[int, str]) -> object:
    """The value with references to lines above resolved, and an amount's digits as they were typed."""
    type_ = kind.field(name).type if kind.has(name) else None
    if isinstance(type_, Amount) and isinstance(value, Decimal):
        return format(value, "f")
    if not isinstance(type_, Ref):
        return value
    if isinstance(value, list):
        return [_above_id(one, made) for one in value]
    return _above_id(value, made)


def _above_id(value: object, made: Mapping[int, str]) -> object:
    """The id that "@3" stands for; anything else as it is."""
    hit = _LINE_REF.match(value) if isinstance(value, str) else None
    if not hit:
        return value
    number = int(hit[1])
    if number not in made:
        raise BadInput(
            _("“@{number}” stands for a line above this one, and there is no such line.").format(number=number)
        )
    return made[number]
