"""Whether and how much of a stay lies within the cover: one function for every edge (cases C100, C102)."""

import datetime as dt
from fractions import Fraction

from unionbenefits.claims.rules.facts import Coverage, Stay, Straddle

NOTHING, WHOLE = Fraction(0), Fraction(1)


def covered_part(stay: Stay, coverage: Coverage, straddle: Straddle) -> Fraction:
    """The part of the stay that is paid: 0, 1, or covered nights ÷ all nights.

    A night belongs to the day on which it starts; both ends of the cover are included, until midnight in
    Shanghai.
    """
    if straddle is Straddle.PRO_RATA_NIGHTS:
        covered, nights = covered_nights(stay, coverage), stay.nights
        return WHOLE if covered == nights else Fraction(covered, nights)
    return WHOLE if reached(stay, coverage, straddle) else NOTHING


def covered_nights(stay: Stay, coverage: Coverage) -> int:
    """Nights of the stay that begin on a day of the cover."""
    last_night = stay.admitted + dt.timedelta(days=stay.nights - 1)
    first, last = max(stay.admitted, coverage.start), min(last_night, coverage.last_day)
    return max(0, (last - first).days + 1)


def reached(stay: Stay, coverage: Coverage, straddle: Straddle) -> bool:
    """Whether any part of the stay is paid."""
    if straddle is Straddle.PRO_RATA_NIGHTS:
        return covered_nights(stay, coverage) > 0
    if straddle is Straddle.WHOLE_STAY_INSIDE:
        return _holds(coverage, stay.admitted) and _holds(coverage, stay.end)
    return _holds(coverage, stay.admitted)


def uncovered_dates(stay: Stay, coverage: Coverage) -> tuple[dt.date, dt.date]:
    """The first and the last day of the stay that lie outside the cover; the stay has some."""
    begins, ends = _holds(coverage, stay.admitted), _holds(coverage, stay.end)
    first = coverage.last_day + dt.timedelta(days=1) if begins and not ends else stay.admitted
    last = coverage.start - dt.timedelta(days=1) if ends and not begins else stay.end
    return first, last


def waits(stay: Stay, coverage: Coverage, waiting_days: int) -> bool:
    """Whether the admission falls on one of the first `waiting_days` days of a first enrolment."""
    waited = (stay.admitted - coverage.start).days
    return coverage.first_enrolment and 0 <= waited < waiting_days


def in_period(stay: Stay, coverage: Coverage, straddle: Straddle) -> bool:
    """Whether a stay counts in this period: for its ordinals and for its cap.

    A cover that was cancelled later does not undo what was approved while it held.
    """
    return reached(stay, uncut(coverage), straddle)


def uncut(coverage: Coverage) -> Coverage:
    """The cover as it was issued, before anybody cancelled it."""
    if coverage.cancelled_from is None:
        return coverage
    return Coverage(coverage.start, coverage.end, coverage.first_enrolment)


def _holds(coverage: Coverage, day: dt.date) -> bool:
    return coverage.start <= day <= coverage.last_day
