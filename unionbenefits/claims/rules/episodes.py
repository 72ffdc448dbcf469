"""First, second, third: hospital episodes in the order of admission (case C104).

Stays whose gap is at most the plan's number of days belong to one episode, such as a transfer between two
hospitals, and share its ordinal. Claims that are rejected or withdrawn count for nothing. One that is filed
but not decided may link two others into one episode, yet takes no ordinal before it is approved.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from unionbenefits.claims.rules.facts import DECIDED, STANDING, Stay


@dataclass(frozen=True, slots=True)
class Episode:
    """Stays that follow each other, by admission."""

    stays: tuple[Stay, ...]

    @property
    def admitted(self) -> dt.date:
        """The day on which it began."""
        return self.stays[0].admitted

    def holds(self, stay_id: str) -> bool:
        """Whether the stay is one of its."""
        return any(stay.id == stay_id for stay in self.stays)


def episodes(stays: Iterable[Stay], gap_days: int) -> tuple[Episode, ...]:
    """The standing stays, grouped; by admission."""
    groups: list[list[Stay]] = []
    reached = dt.date.min
    for stay in sorted((one for one in stays if one.state in STANDING), key=_order):
        if groups and (stay.admitted - reached).days <= gap_days:
            groups[-1].append(stay)
            reached = max(reached, stay.end)
        else:
            groups.append([stay])
            reached = stay.end
    return tuple(Episode(tuple(group)) for group in groups)


def ordinals(found: Sequence[Episode], counted: frozenset[str]) -> dict[str, int]:
    """The ordinal of every stay of an episode that holds one of the `counted` stays."""
    numbered: dict[str, int] = {}
    ordinal = 0
    for episode in found:
        if any(stay.id in counted for stay in episode.stays):
            ordinal += 1
            numbered |= {stay.id: ordinal for stay in episode.stays}
    return numbered


def decided(stays: Iterable[Stay]) -> frozenset[str]:
    """Ids of the stays that were approved or paid."""
    return frozenset(stay.id for stay in stays if stay.state in DECIDED)


def _order(stay: Stay) -> tuple[dt.date, dt.date, str]:
    return stay.admitted, stay.end, stay.id
