"""When the backlog is cleared, and which promises it breaks: from arrivals and decisions (peers.md E6).

Pure: counts and days in, a forecast out. What it assumes: people go on deciding as fast as in the days
looked at, and take the earliest promised day first, as the worklist shows them. Claims that arrive later are
promised later, so they push back none that wait already.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

# Days looked at, and at least: a younger office is judged by the days since its first claim.
LOOK_BACK, FEWEST_DAYS = 28, 7
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Waiting:
    """Claims in the office's hands that are promised by the same day."""

    promised_on: dt.date
    claims: int


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days: claims that arrived and claims that were decided for good."""

    first_day: dt.date
    last_day: dt.date
    arrived: int
    decided: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """`arrive` and `decide` are claims a week. `cleared_on` is None while the backlog does not shrink.

    Of the claims `in_hand`, `late` are past their promised day and `will_be_late` would be by the day that
    they are decided on, the first of them promised by `first_late`. `needed` is what has to be decided a week
    so that no promise still kept is broken.
    """

    in_hand: int
    arrive: Fraction
    decide: Fraction
    cleared_on: dt.date | None
    late: int
    will_be_late: int
    first_late: dt.date | None
    needed: int
    weeks: tuple[Week, ...]

    @property
    def is_known(self) -> bool:
        """Whether there is anything to judge by: something arrived or was decided in the days looked at."""
        return bool(self.arrive or self.decide)

    @property
    def grows(self) -> bool:
        """Whether more arrive than are decided."""
        return self.arrive > self.decide

    @property
    def keeps_promises(self) -> bool:
        """Whether nothing is late nor will be."""
        return not self.late and not self.will_be_late


def forecast(
    *,
    today: dt.date,
    arrived: Mapping[dt.date, int],
    decided: Mapping[dt.date, int],
    waiting: Sequence[Waiting],
) -> Forecast:
    """The forecast of `today`, from the counts of each of the `LOOK_BACK` days before it."""
    days = _days(today, arrived, decided)
    arrivals, decisions = sum(arrived.values()), sum(decided.values())
    queue = sorted(waiting, key=lambda one: one.promised_on)
    late = sum(one.claims for one in queue if one.promised_on < today)
    broken = list(_broken(queue, today, decisions, days))
    return Forecast(
        in_hand=sum(one.claims for one in queue),
        arrive=Fraction(arrivals * _WEEK, days),
        decide=Fraction(decisions * _WEEK, days),
        cleared_on=_cleared_on(today, sum(one.claims for one in queue), decisions - arrivals, days),
        late=late,
        will_be_late=sum(claims for _day, claims in broken),
        first_late=broken[0][0] if broken else None,
        needed=_needed(queue, today),
        weeks=tuple(_weeks(today, arrived, decided)),
    )


def _days(today: dt.date, arrived: Mapping[dt.date, int], decided: Mapping[dt.date, int]) -> int:
    """Over how many days the rates are taken: since the first event, within bounds."""
    first = min([*arrived, *decided], default=today)
    return min(LOOK_BACK, max(FEWEST_DAYS, (today - first).days))


def _cleared_on(today: dt.date, in_hand: int, gain: int, days: int) -> dt.date | None:
    """The day on which nothing waits any more, if `gain` more are decided than arrive in `days`."""
    if not in_hand:
        return today
    if gain <= 0:
        return None
    needed = -(-in_hand * days // gain)
    # Beyond a few lifetimes a date says nothing.
    return today + dt.timedelta(days=needed) if needed < 36_500 else None


def _broken(
    queue: Sequence[Waiting], today: dt.date, decisions: int, days: int
) -> Sequence[tuple[dt.date, int]]:
    """Promised days to come and how many claims of each would be decided after it."""
    found, before = [], 0
    for one in queue:
        if one.promised_on >= today:
            by_then = decisions * ((one.promised_on - today).days + 1) // days
            on_time = min(one.claims, max(0, by_then - before))
            if on_time < one.claims:
                found.append((one.promised_on, one.claims - on_time))
        before += one.claims
    return found


def _needed(queue: Sequence[Waiting], today: dt.date) -> int:
    """Decisions a week with which every claim not yet late is decided in time; late ones come first."""
    needed, before = 0, 0
    for one in queue:
        before += one.claims
        if one.promised_on >= today:
            left = (one.promised_on - today).days + 1
            needed = max(needed, -(-before * _WEEK // left))
    return needed


def _weeks(today: dt.date, arrived: Mapping[dt.date, int], decided: Mapping[dt.date, int]) -> Sequence[Week]:
    """The weeks looked at, the oldest first; the last one ends yesterday."""
    weeks = []
    for first in range(LOOK_BACK, 0, -_WEEK):
        span = [today - dt.timedelta(days=first - at) for at in range(_WEEK)]
        weeks.append(
            Week(
                span[0],
                span[-1],
                sum(arrived.get(day, 0) for day in span),
                sum(decided.get(day, 0) for day in span),
            )
        )
    return weeks
