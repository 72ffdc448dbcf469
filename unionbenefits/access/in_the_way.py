"""What a change of the tree meets: matters that stand in its way, and matters that go on as they are.

An app above says what it knows in its own `in_the_way.py`:

    @meets(Change.CLOSE, text=_("%(count)d rosters wait …"), blocks=True, page="admin:roster_list")
    def rosters(unit: Enterprise) -> int: ...
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise

from unionbenefits.core.errors import Refusal
from unionbenefits.enterprises.models import Enterprise
from unionbenefits.unions.models import Union

Counter = Callable[[Any], int]


class Change(StrEnum):
    """What is done: a union moves, goes into another, an enterprise closes."""

    MOVE = "move"
    MERGE = "merge"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of matter: its sentence with a place for the number, whether it blocks, the page that helps."""

    changes: tuple[Change, ...]
    text: str | Promise
    blocks: bool
    page: str
    count: Counter


@dataclass(frozen=True, slots=True)
class Matter:
    """How many of a kind there are at a unit, as a sentence."""

    text: str
    count: int
    blocks: bool
    page: str


_kinds: list[Kind] = []


def meets(
    *changes: Change, text: str | Promise, blocks: bool, page: str = ""
) -> Callable[[Counter], Counter]:
    """Registers a kind of matter, counted at the unit that changes. One query each."""

    def register(counter: Counter) -> Counter:
        _kinds.append(Kind(changes, text, blocks, page, counter))
        return counter

    return register


def matters_of(change: Change, unit: Union | Enterprise) -> list[Matter]:
    """What the change would meet at the unit now, what blocks it first."""
    counted = [(kind, kind.count(unit)) for kind in _kinds if change in kind.changes]
    found = [
        Matter(str(kind.text) % {"count": count}, count, kind.blocks, kind.page)
        for kind, count in counted
        if count
    ]
    return sorted(found, key=lambda matter: not matter.blocks)


def require_clear(matters: list[Matter]) -> None:
    """Raises Refusal `in_the_way` with every sentence, where something blocks."""
    blocking = [matter.text for matter in matters if matter.blocks]
    if blocking:
        raise Refusal("in_the_way", " ".join(blocking))
