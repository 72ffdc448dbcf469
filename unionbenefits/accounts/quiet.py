"""The quiet hours: when no phone buzzes for a notice. One-time codes are exempt: somebody waits for them;
so are warnings: by the morning the harm is done.
"""

import datetime as dt
import re
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from unionbenefits.core import clock

_HOURS = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From `begin` (quiet itself) to `end` (no longer quiet), by the clocks of Shanghai; over midnight where
    `end` comes first. Equal times mean that it is never quiet.
    """

    begin: dt.time
    end: dt.time

    def __str__(self) -> str:
        return f"{self.begin:%H:%M}–{self.end:%H:%M}"

    def hold(self, now: dt.datetime) -> dt.datetime | None:
        """When a notice may go that would go `now`; None for at once."""
        local = clock.local(now)
        time = local.time()
        over_midnight = self.begin > self.end
        late, early = time >= self.begin, time < self.end
        if not ((late or early) if over_midnight else (late and early)):
            return None
        morning = local.replace(hour=self.end.hour, minute=self.end.minute, second=0, microsecond=0)
        return morning + dt.timedelta(days=1) if over_midnight and late else morning


def quiet_hours() -> QuietHours:
    """As `settings.SMS_QUIET_HOURS` says. Raises ImproperlyConfigured for anything but `21:00-08:00`."""
    found = _HOURS.fullmatch(settings.SMS_QUIET_HOURS)
    if found is None:
        raise ImproperlyConfigured('SMS_QUIET_HOURS is written like "21:00-08:00".')
    begin_hour, begin_minute, end_hour, end_minute = map(int, found.groups())
    return QuietHours(dt.time(begin_hour, begin_minute), dt.time(end_hour, end_minute))


def held_until(now: dt.datetime) -> dt.datetime | None:
    """When a notice may go that would go `now`; None outside the quiet hours."""
    return quiet_hours().hold(now)
