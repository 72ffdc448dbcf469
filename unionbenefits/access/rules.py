"""Who may hold what beside what, and who may hand out which post: pure rules on plain data.

The database holds the same table in a trigger (`access.triggers`); this module says it in words.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from unionbenefits.access.roles import HANDS_OUT, HANDS_OUT_AT_OWN_PLACE, INCOMPATIBLE, Conflict, Role

ACTING_AT_MOST: Final = dt.timedelta(days=92)
"""Three months, both ends included: who is away for longer hands the post over."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a post is: the path of the union in the tree; for a clerk, that of the employer, and its key."""

    path: str
    enterprise: int | None = None

    def reaches(self, other: "Place") -> bool:
        """Whether `other` is this place or lies below it in the tree."""
        if self.enterprise is not None:
            return other.enterprise == self.enterprise
        return other.path.startswith(self.path)

    def overlaps(self, other: "Place") -> bool:
        """Whether one of the two reaches the other."""
        return self.reaches(other) or other.reaches(self)

    def is_below(self, other: "Place") -> bool:
        """Strictly: an enterprise lies below its union."""
        return other.reaches(self) and not self.reaches(other)


@dataclass(frozen=True, slots=True)
class Held:
    """A post as the rules see it; `last` None for one without an end."""

    role: Role
    place: Place
    first: dt.date
    last: dt.date | None = None

    def is_at_the_time_of(self, other: "Held") -> bool:
        """Whether there is a day on which both hold."""
        return (self.last is None or other.first <= self.last) and (
            other.last is None or self.first <= other.last
        )


def conflict_between(one: Role, other: Role) -> Conflict | None:
    """The row of the table that keeps two roles apart, wherever they are."""
    return next((row for row in INCOMPATIBLE if row.is_between(one, other)), None)


def clash(one: Held, other: Held) -> Conflict | None:
    """Why one person may not hold both posts; None where they are compatible, or apart in place or time."""
    if not (one.is_at_the_time_of(other) and one.place.overlaps(other.place)):
        return None
    return conflict_between(one.role, other.role)


def incompatible_pairs() -> list[tuple[Role, Role]]:
    """Every pair of the table, in both orders: what the trigger looks up."""
    return [(one, other) for one in Role for other in Role if conflict_between(one, other)]


def may_hand_out(own: Iterable[Held], role: Role, place: Place) -> bool:
    """Whether somebody with the posts `own` grants, ends and hands over a post of `role` at `place`."""
    return any(
        (role in HANDS_OUT.get(post.role, ()) and place.is_below(post.place))
        or (role in HANDS_OUT_AT_OWN_PLACE.get(post.role, ()) and place == post.place)
        for post in own
    )


def roles_to_hand_out(own: Iterable[Held]) -> list[Role]:
    """The roles that somebody with the posts `own` hands out somewhere, in the order of the roles."""
    given = frozenset[Role]().union(*(HANDS_OUT.get(post.role, frozenset()) for post in own))
    return [role for role in Role if role in given]
