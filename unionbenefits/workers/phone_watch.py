"""Who changes how many phones: what a superior looks at first, worked out from the changes in scope.

Changing a phone opens a person's page, so an officer who changes very many, at night, or puts one number on
several people is looked at. It ranks and refuses nothing: a gift day is busy too.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import ExtractHour, TruncDate
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from unionbenefits.accounts.models import User
from unionbenefits.core import clock
from unionbenefits.workers.models import PhoneChange

LOOKED_BACK = dt.timedelta(days=30)
# More on one day, or in all, is looked at.
MANY_A_DAY, MANY_IN_ALL = 10, 60
# Offices are open in between (Shanghai).
OFFICE_HOURS = (7, 20)


@dataclass(frozen=True, slots=True)
class Tally:
    """An officer's changes of the last 30 days that lie in the scope of whoever looks."""

    officer: User
    changes: int
    busiest_day: int
    at_odd_hours: int
    same_number: int
    taken_back: int

    @property
    def notable(self) -> list[str | Promise]:
        """What is unusual, as sentences; empty for ordinary work."""
        said: list[str | Promise] = []
        if self.same_number:
            said.append(_("one new number for several people (%(count)s)") % {"count": self.same_number})
        if self.taken_back:
            said.append(_("taken back after an objection (%(count)s)") % {"count": self.taken_back})
        if self.busiest_day > MANY_A_DAY:
            said.append(_("very many on one day (%(count)s)") % {"count": self.busiest_day})
        if self.changes > MANY_IN_ALL:
            said.append(_("very many in 30 days (%(count)s)") % {"count": self.changes})
        if self.at_odd_hours:
            said.append(_("outside office hours (%(count)s)") % {"count": self.at_odd_hours})
        return said


def lately(changes: "QuerySet[PhoneChange]") -> "QuerySet[PhoneChange]":
    """Of these, what officers changed in the last 30 days."""
    return changes.filter(officer__isnull=False, changed_at__gte=clock.now() - LOOKED_BACK)


def several_people(changes: "QuerySet[PhoneChange]") -> set[bytes]:
    """New numbers that were put on more than one person in the last 30 days."""
    return {bytes(digest) for digest in _shared(changes).values_list("new_digest", flat=True)}


def _shared(changes: "QuerySet[PhoneChange]") -> Any:
    by_number = lately(changes).order_by().values("new_digest")
    return by_number.annotate(people=Count("worker", distinct=True)).filter(people__gt=1)


def to_examine(changes: "QuerySet[PhoneChange]", by: User) -> "QuerySet[PhoneChange]":
    """Of these, the unusual ones of the last 30 days that nobody has examined and that are not one's own."""
    first, after = OFFICE_HOURS
    several = _shared(changes).values("new_digest")
    busy = (
        lately(changes)
        .order_by()
        .annotate(day=TruncDate("changed_at", tzinfo=clock.SHANGHAI))
        .filter(officer=OuterRef("officer"), day=OuterRef("day"))
        .values("officer")
        .annotate(times=Count("pk"))
        .filter(times__gt=MANY_A_DAY)
    )
    waiting = lately(changes).filter(examined_at__isnull=True).exclude(officer=by)
    dated = waiting.annotate(
        hour=ExtractHour("changed_at", tzinfo=clock.SHANGHAI),
        day=TruncDate("changed_at", tzinfo=clock.SHANGHAI),
    )
    return dated.filter(Q(hour__lt=first) | Q(hour__gte=after) | Q(new_digest__in=several) | Exists(busy))


def tallies(changes: "QuerySet[PhoneChange]", shared: set[bytes]) -> list[Tally]:
    """A tally for each officer, the most unusual first. `changes` are those in scope. Three queries."""
    first, after = OFFICE_HOURS
    counted = (
        lately(changes)
        .order_by()
        .annotate(hour=ExtractHour("changed_at", tzinfo=clock.SHANGHAI))
        .values("officer")
        .annotate(
            all=Count("pk"),
            odd=Count("pk", filter=Q(hour__lt=first) | Q(hour__gte=after)),
            same=Count("pk", filter=Q(new_digest__in=shared)),
            back=Count("pk", filter=Q(taken_back_at__isnull=False)),
        )
    )
    rows = {row["officer"]: row for row in counted}
    days = _busiest_days(changes)
    people = User.objects.filter(pk__in=rows)
    found = [
        Tally(one, row["all"], days[one.pk], row["odd"], row["same"], row["back"])
        for one in people
        for row in [rows[one.pk]]
    ]
    return sorted(found, key=lambda tally: (-len(tally.notable), -tally.changes, tally.officer.pk))


def _busiest_days(changes: "QuerySet[PhoneChange]") -> dict[int, int]:
    a_day = (
        lately(changes)
        .order_by()
        .annotate(day=TruncDate("changed_at", tzinfo=clock.SHANGHAI))
        .values("officer", "day")
        .annotate(times=Count("pk"))
        .values_list(F("officer"), "times")
    )
    busiest: dict[int, int] = {}
    for officer, times in a_day:
        busiest[officer] = max(times, busiest.get(officer, 0))
    return busiest
