"""The business day: a calendar date in Asia/Shanghai (invariant 12)."""

import calendar
import datetime as dt
from zoneinfo import ZoneInfo

from django.utils import timezone

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> dt.datetime:
    """This instant, aware."""
    return timezone.now()


def today() -> dt.date:
    """Today's calendar date in Asia/Shanghai, whatever zone the machine is in."""
    return now().astimezone(SHANGHAI).date()


def local(moment: dt.datetime) -> dt.datetime:
    """The same instant by the clocks of Shanghai."""
    return moment.astimezone(SHANGHAI)


def start_of_day(moment: dt.datetime) -> dt.datetime:
    """Midnight of the Shanghai day that holds the instant."""
    return local(moment).replace(hour=0, minute=0, second=0, microsecond=0)


def years_later(day: dt.date, years: int) -> dt.date:
    """The same calendar day some years on; 29 February becomes 28 February where the year has none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def last_day_of_year_from(start: dt.date, years: int = 1) -> dt.date:
    """The last covered day of a period of whole years that begins on `start` (both ends included)."""
    return years_later(start, years) - dt.timedelta(days=1)


def same_length(first: dt.date, last: dt.date, start: dt.date) -> dt.date:
    """The last day of a period that begins on `start` and lasts as long as from `first` to `last`.

    Whole months stay whole months, whatever their days: a year from 1 September ends on 31 August, the same
    year from 15 September on 14 September. Other periods keep their number of days.
    """
    after = last + dt.timedelta(days=1)
    months = (after.year - first.year) * 12 + after.month - first.month
    if months > 0 and after.day == first.day:
        at = start.year * 12 + start.month - 1 + months
        year, month = divmod(at, 12)
        longest = calendar.monthrange(year, month + 1)[1]
        return dt.date(year, month + 1, min(start.day, longest)) - dt.timedelta(days=1)
    return start + (last - first)
