"""Cumulative statistics: what an officer entered, and what was issued after it."""

import datetime as dt
from decimal import Decimal

import pytest
from psycopg.types.range import DateRange

from tests.factories import CoverageFactory, UnionFactory
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.audit.models import Entry
from unionbenefits.core import clock
from unionbenefits.core.errors import Refusal
from unionbenefits.plans.models import OpeningFigures
from unionbenefits.plans.statistics import enrolments_since_base_year, enter_opening_figures

pytestmark = pytest.mark.django_db
PUBLISHED = {
    "since_year": 1999,
    "until": dt.date(2024, 12, 31),
    "enrolments": 30_704_000,
    "payouts": 783_000,
    "amount": Decimal("2010000000.00"),
}


def issued(moment, **given):
    return CoverageFactory(issued_at=moment.replace(tzinfo=clock.SHANGHAI), **given)


def test_covers_count_after_the_opening_figures_by_the_calendar_of_shanghai():
    issued(dt.datetime(2024, 12, 31, 23, 59))
    issued(dt.datetime(2025, 1, 1, 0, 0))
    issued(dt.datetime(2026, 1, 1, 0, 0))
    enter_opening_figures(by=SYSTEM, **PUBLISHED)
    found = enrolments_since_base_year()
    assert [(year.year, year.enrolments) for year in found.by_year] == [(2025, 1), (2026, 1)]
    assert found.total == 30_704_002


def test_without_opening_figures_everything_counts():
    issued(dt.datetime(2024, 12, 31, 23, 59))
    assert enrolments_since_base_year().total == 1


def test_tests_and_covers_that_never_held_do_not_count():
    province = UnionFactory(is_test=True)
    issued(dt.datetime(2026, 1, 1), given_by=province)
    day = dt.date(2026, 1, 1)
    issued(
        dt.datetime(2026, 1, 1),
        live_period=DateRange(day, day),
        period=DateRange(day, day.replace(year=2027)),
        status="cancelled",
        cancelled_from=day,
    )
    assert enrolments_since_base_year().total == 0


def test_the_same_day_again_corrects_and_the_latest_day_counts():
    enter_opening_figures(by=SYSTEM, **PUBLISHED)
    enter_opening_figures(by=SYSTEM, **PUBLISHED | {"enrolments": 30_704_001})
    enter_opening_figures(by=SYSTEM, **PUBLISHED | {"until": dt.date(2023, 12, 31), "enrolments": 1})
    assert OpeningFigures.objects.count() == 2
    assert enrolments_since_base_year().total == 30_704_001
    assert Entry.objects.filter(action="plan.opening_figures").count() == 3


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"until": dt.date(2999, 1, 1)}, "opening_in_future"),
        ({"since_year": 2025}, "opening_dates_wrong"),
        ({"payouts": -1}, "opening_negative"),
        ({"amount": Decimal("0.001")}, "opening_negative"),
    ],
)
def test_impossible_figures_are_refused(change, code):
    with pytest.raises(Refusal) as refused:
        enter_opening_figures(by=SYSTEM, **PUBLISHED | change)
    assert refused.value.code == code
    assert not OpeningFigures.objects.exists()
