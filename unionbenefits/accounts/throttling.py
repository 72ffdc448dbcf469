"""How often something may be tried, counted in the database so that all processes agree (case C140)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from unionbenefits.accounts.models import Throttle
from unionbenefits.core import clock, sql
from unionbenefits.core.crypto.keyring import keyring
from unionbenefits.core.errors import Refusal

_SQL = Path(__file__).parent / "sql"


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `times` tries of one key in a window of `window`, which opens with the first try."""

    name: str
    times: int
    window: dt.timedelta


class TooMany(Refusal):
    """A limit is reached; says when to try again. Nothing was counted."""

    def __init__(self, until: dt.datetime) -> None:
        local = clock.local(until)
        shown = "%H:%M" if local.date() == clock.today() else "%Y-%m-%d %H:%M"
        self.until, self.time = until, local.strftime(shown)
        message = _("Too many tries. Please wait until %(time)s, then try again.") % {"time": self.time}
        super().__init__("too_many_tries", message, until=until)


def hit(tries: Iterable[tuple[Limit, str]]) -> None:
    """Counts one try for each (limit, key), all or none. Raises TooMany where one would pass its limit."""
    now = clock.now()
    limits = {(limit.name, _digest(limit, key)): limit for limit, key in tries}
    ordered = sorted(limits)
    parameters = {
        "names": [name for name, _key in ordered],
        "digests": [key for _name, key in ordered],
        "ends": [now + limits[each].window for each in ordered],
        "now": now,
    }
    allowed = {limit.name: limit.times for limit in limits.values()}
    with transaction.atomic():
        counted = sql.rows(_SQL, "hit", parameters)
        passed = [row["window_ends_at"] for row in counted if row["count"] > allowed[row["name"]]]
        if passed:
            raise TooMany(max(passed))


def forget(limit: Limit, key: str) -> None:
    """Opens the limit again for this key: whoever succeeded starts afresh."""
    Throttle.objects.filter(limit=limit.name, key_digest=_digest(limit, key)).delete()


def reached(limit: Limit, keys: Iterable[str]) -> dict[str, dt.datetime]:
    """Which of the keys have no try left, each with the end of its window."""
    digests = {_digest(limit, key): key for key in keys}
    found = Throttle.objects.filter(
        limit=limit.name,
        key_digest__in=list(digests),
        count__gte=limit.times,
        window_ends_at__gt=clock.now(),
    )
    return {digests[bytes(one.key_digest)]: one.window_ends_at for one in found}


def _digest(limit: Limit, key: str) -> bytes:
    return keyring().digest(f"{limit.name}\x00{key}", "throttle")
