"""Telling workers in good time that their cover ends."""

import datetime as dt
from collections.abc import Iterator

from django.contrib.postgres.fields.ranges import RangeEndsWith
from django.db.models import Exists, OuterRef

from unionbenefits.plans.enums import CoverageStatus
from unionbenefits.plans.models import Coverage
from unionbenefits.workers.enums import MessageKind
from unionbenefits.workers.messages import Told, tell

# Enough to ask the union for a renewal; and once more in the last week (days before the last day of cover).
AHEAD = (30, 7)


def tell_lapsing(*, day: dt.date) -> int:
    """Tells everybody whose cover ends 30 or 7 days after `day` and is not continued; returns how many.

    A run that was missed is made up for: whoever is within the time and was not told yet is told then.
    """
    told = 0
    for ahead in AHEAD:
        later = [one for one in AHEAD if one < ahead]
        told += tell(kind=MessageKind.COVER_LAPSING, to=_lapsing(day, max(later, default=-1) + 1, ahead))
    return told


def _lapsing(day: dt.date, first: int, last: int) -> Iterator[Told]:
    """Covers whose last day lies `first` to `last` days after `day`, with no cover of the plan after it."""
    continued = Coverage.objects.filter(
        worker=OuterRef("worker"), plan=OuterRef("plan"), live_period__contains=OuterRef("after")
    )
    ending = (
        Coverage.objects.filter(
            status=CoverageStatus.ACTIVE,
            live_period__endswith__gte=day + dt.timedelta(days=first + 1),
            live_period__endswith__lte=day + dt.timedelta(days=last + 1),
        )
        .annotate(after=RangeEndsWith("live_period"))
        .filter(~Exists(continued))
        .order_by("id")
        .values_list("pk", "worker_id", "after")
    )
    for key, worker, after in ending.iterator(chunk_size=2_000):
        end = after - dt.timedelta(days=1)
        values = {"last": end.isoformat(), "days": (end - day).days}
        yield Told(worker, f"coverage:{key}:{last}", values)
