"""Parts of the log: by who, act, object and day. Every filter is one that an index answers."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from unionbenefits.audit.models import Entry
from unionbenefits.core import clock

ORDER = ("-at", "-pk")
"""By time and not by key: a narrow range of days long ago is found at once."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for; empty parts do not filter. `actors` are names of the log; None is anybody.

    `act` is a code or the beginning of codes with a full stop, such as `claim.`; days are both included.
    """

    actors: tuple[str, ...] | None = None
    act: str = ""
    kind: str = ""
    number: str = ""
    first_day: dt.date | None = None
    last_day: dt.date | None = None


def part_of(entries: QuerySet[Entry], wanted: Wanted) -> QuerySet[Entry]:
    """The entries that are wanted, in no order yet."""
    condition = Q()
    if wanted.actors is not None:
        condition &= Q(actor__in=wanted.actors)
    if wanted.act:
        condition &= Q(action__startswith=wanted.act) if wanted.act.endswith(".") else Q(action=wanted.act)
    if wanted.kind:
        condition &= Q(object_type=wanted.kind)
    if wanted.number:
        condition &= Q(object_id=wanted.number)
    if wanted.first_day:
        condition &= Q(at__gte=_midnight(wanted.first_day))
    if wanted.last_day:
        condition &= Q(at__lt=_midnight(wanted.last_day + dt.timedelta(days=1)))
    return entries.filter(condition)


def _midnight(day: dt.date) -> dt.datetime:
    """The start of the day in Shanghai (invariant 12)."""
    return dt.datetime.combine(day, dt.time(), tzinfo=clock.SHANGHAI)
