"""Who is told that their cover ends: 30 and 7 days before, unless it is continued."""

import datetime as dt

import pytest
from psycopg.types.range import DateRange

from tests.factories import CoverageFactory
from unionbenefits.plans.reminders import tell_lapsing
from unionbenefits.workers.models import Message

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 6, 1)


def ending_in(days, **given):
    after = TODAY + dt.timedelta(days=days + 1)
    return CoverageFactory(period=DateRange(after.replace(year=after.year - 1), after), **given)


def told():
    return sorted(Message.objects.values_list("about", "params__days"))


@pytest.mark.parametrize(
    ("days", "mark"), [(31, None), (30, 30), (8, 30), (7, 7), (1, 7), (0, 7), (-1, None)]
)
def test_who_is_told_on_a_day(days, mark):
    cover = ending_in(days)
    assert tell_lapsing(day=TODAY) == (mark is not None)
    assert told() == ([(f"coverage:{cover.pk}:{mark}", days)] if mark else [])


def test_each_is_told_twice_in_all():
    cover = ending_in(30)
    for day in range(31):
        tell_lapsing(day=TODAY + dt.timedelta(days=day))
    assert told() == [(f"coverage:{cover.pk}:30", 30), (f"coverage:{cover.pk}:7", 7)]


def test_continued_and_cancelled_covers_are_left_alone():
    renewed = ending_in(5)
    after = TODAY + dt.timedelta(days=6)
    CoverageFactory(
        worker=renewed.worker,
        plan_version=renewed.plan_version,
        period=DateRange(after, after.replace(year=after.year + 1)),
    )
    cancelled = ending_in(5)
    type(cancelled).objects.filter(pk=cancelled.pk).update(
        status="cancelled", cancelled_from=TODAY, live_period=DateRange(cancelled.period.lower, TODAY)
    )
    assert tell_lapsing(day=TODAY) == 0
