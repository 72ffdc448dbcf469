"""Whether and how much of a stay lies within the cover: one function for every edge (cases C100, C102)."""

import datetime as dt
from fractions import Fraction

from unionbenefits.claims.rules.facts import Coverage, Stay, Straddle


def covered_part(stay: Stay, coverage: Coverage, straddle: Straddle) -> Fraction:
    """The part of the stay that is paid: 0, 1, or covered nights ÷ all nights.

    A night belongs to the day on which it starts; both ends of the cover are included, until midnight in
    Shanghai.
    """
    if straddle is Straddle.PRO_RATA_NIGHTS:
        nights = stay.nights
        return Fraction(sum(_holds(coverage, night) for night in nights), len(nights))
    if straddle is Straddle.WHOLE_STAY_INSIDE:
        return Fraction(_holds(coverage, stay.admitted) and _holds(coverage, stay.end))
    return Fraction(_holds(coverage, stay.admitted))


def uncovered_dates(stay: Stay, coverage: Coverage) -> tuple[dt.date, dt.date]:
    """The first and the last day of the stay that lie outside the cover; the stay has some."""
    days = [stay.admitted + dt.timedelta(days=at) for at in range((stay.end - stay.admitted).days + 1)]
    outside = [day for day in days if not _holds(coverage, day)]
    return (outside[0], outside[-1]) if outside else (stay.admitted, stay.end)


def waits(stay: Stay, coverage: Coverage, waiting_days: int) -> bool:
    """Whether the admission falls on one of the first `waiting_days` days of a first enrolment."""
    waited = (stay.admitted - coverage.start).days
    return coverage.first_enrolment and 0 <= waited < waiting_days


def in_period(stay: Stay, coverage: Coverage, straddle: Straddle) -> bool:
    """Whether a stay counts in this period: for its ordinals and for its cap.

    A cover that was cancelled later does not undo what was approved while it held.
    """
    whole = Coverage(coverage.start, coverage.end)
    return covered_part(stay, whole, straddle) > 0


def _holds(coverage: Coverage, day: dt.date) -> bool:
    return coverage.start <= day <= coverage.last_day
