"""Periods include both ends (invariant 12).

PostgreSQL keeps a range of days as first day up to, but not including, the day after the last. Only this
module and the SQL files know that.
"""

import datetime as dt

from psycopg.types.range import DateRange

_DAY = dt.timedelta(days=1)


def period(first: dt.date, last: dt.date) -> DateRange:
    """The days from `first` to `last`, both included."""
    return DateRange(first, last + _DAY)


def first_day(days: DateRange) -> dt.date | None:
    """The first day of a period; None for an empty one."""
    return days.lower


def last_day(days: DateRange) -> dt.date | None:
    """The last day of a period; None for an empty one."""
    return None if days.upper is None else days.upper - _DAY
