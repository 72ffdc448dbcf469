"""What waits at a post: named when it is handed over, so that nothing lies between two people.

An app above says what waits in its own `open_work.py`:

    @waits(_("Gift batches to approve"), permission="campaigns.approve_giftbatch", page="admin:batch_list")
    def to_approve(scope: Scope) -> int: ...
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from unionbenefits.access.models import Post
from unionbenefits.access.queries import widen
from unionbenefits.access.roles import BUNDLES, Role
from unionbenefits.core.scope import NOTHING, Scope

Counter = Callable[[Scope], int]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of work: its words, who does it, the page that lists it (name and query), how to count it."""

    text: str | Promise
    permission: str
    page: str
    query: str
    count: Counter


@dataclass(frozen=True, slots=True)
class OpenWork:
    """How much of a kind waits under a post."""

    text: str
    count: int
    page: str
    query: str

    def as_noted(self) -> dict[str, Any]:
        """As a hand-over keeps it."""
        return {"text": self.text, "count": self.count}


_kinds: list[Kind] = []


def waits(
    text: str | Promise, *, permission: str, page: str = "", query: str = ""
) -> Callable[[Counter], Counter]:
    """Registers a kind of work that holders of `permission` do, counted within a scope. One query each."""

    def register(counter: Counter) -> Counter:
        _kinds.append(Kind(text, permission, page, query, counter))
        return counter

    return register


def open_work_at(post: Post) -> list[OpenWork]:
    """What waits under the post and belongs to its role, with how much; kinds of which nothing waits too."""
    scope = widen(NOTHING, post)
    allowed = BUNDLES[Role(post.role)].permissions
    return [
        OpenWork(str(kind.text), kind.count(scope), kind.page, kind.query)
        for kind in _kinds
        if kind.permission in allowed
    ]
