"""The shape of the tree: what may stand under what, one writer at a time, and what is closed."""

from typing import Final

from django.db import connection
from django.utils.translation import gettext as _

from unionbenefits.core.errors import Refusal
from unionbenefits.unions.enums import UnionKind
from unionbenefits.unions.models import Union

# Told apart from other advisory locks by its number. Paths are worked out from those of others, so two
# writers of any two places in the tree take turns.
_LOCK: Final = 7004

# Federations from the top down; each stands under one of a higher level (domain.md §3.2).
_LEVELS: Final = (UnionKind.PROVINCE, UnionKind.CITY, UnionKind.COUNTY, UnionKind.TOWN)


def may_stand_under(kind: UnionKind, above: UnionKind) -> bool:
    """A federation under a higher one, an industry union under any federation, a grassroots union under all
    but its like.
    """
    if kind == UnionKind.GRASSROOTS:
        return above != UnionKind.GRASSROOTS
    if above not in _LEVELS:
        return False
    return kind == UnionKind.INDUSTRY or _LEVELS.index(above) < _LEVELS.index(kind)


def lock_tree() -> None:
    """Until the end of the transaction nobody else founds, moves or merges unions."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def hold_open(union: Union) -> None:
    """Until the end of the transaction the union cannot be closed. Raises Refusal `union_closed`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT closed_on FROM unions_union WHERE id = %s FOR SHARE", [union.pk])
        row = cursor.fetchone()
    if row is not None and row[0] is not None:
        raise Refusal(
            "union_closed",
            _("%(name)s is closed and accepts nothing new. Choose the union that it went into.")
            % {"name": union.name},
        )
