"""How much of the registered and of the head enterprises is covered (全覆盖 / 有效覆盖)."""

import datetime as dt

import pytest

from tests.campaigns.scene import members, scene
from tests.factories import EnterpriseFactory, UnionFactory
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.campaigns.actions import allot, put_forward
from unionbenefits.campaigns.rates import Rate, cover_rates
from unionbenefits.core.scope import Scope
from unionbenefits.enterprises.models import Enterprise

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    """Under one union: small (3 of 3), large (40 of 50), short (39 of 50), untouched, empty; head are two."""
    s = scene(workers=3, places=200, money="100000.00")
    top = allot(by=SYSTEM, campaign=s.campaign, copies=200, union=s.union)

    def unit(people, covered, **values):
        one = EnterpriseFactory(union=UnionFactory(parent=s.union), **values)
        chosen = members(one, people)[:covered]
        if chosen:
            issue(s, top, only=[worker.pk for worker in chosen])
        return one

    issue(s, s.allotment)
    unit(50, 40, is_head=True)
    unit(50, 39)
    unit(5, 0, is_head=True)
    unit(0, 0)
    return s


def issue(s, allotment, **kwargs):
    s.issue(s.approve(put_forward(by=s.preparer, allotment=allotment, **kwargs)))


def test_rates_count_enterprises_with_anybody_and_with_enough_people_covered(city):
    rates = cover_rates(city.campaign)
    assert rates.registered == Rate(enterprises=5, effective=3, full=2)
    assert rates.head == Rate(enterprises=2, effective=1, full=1)
    assert sum(one.registered.enterprises for one in rates.by_union) == 5
    assert [one.registered.full for one in rates.by_union if one.union_id == city.union.pk] == [1]


def test_the_stated_headcount_counts_before_the_people_on_file(city):
    Enterprise.objects.filter(pk=city.enterprise.pk).update(headcount=4)
    assert cover_rates(city.campaign).registered == Rate(enterprises=5, effective=3, full=1)


def test_rates_are_those_of_the_scope_and_never_of_tests(city):
    elsewhere = UnionFactory()
    EnterpriseFactory(union=elsewhere)
    assert cover_rates(city.campaign, Scope(union_paths=(elsewhere.path,))).registered == Rate(1, 0, 0)
    assert cover_rates(city.campaign, Scope(enterprise_ids=(city.enterprise.pk,))).registered == Rate(1, 1, 1)
    EnterpriseFactory(union=UnionFactory(is_test=True))
    assert cover_rates(city.campaign).registered.enterprises == 6


def test_the_day_is_today_within_the_cover(city, monkeypatch):
    from unionbenefits.core import clock

    for today, day in [
        (dt.date(2025, 6, 1), dt.date(2026, 1, 1)),
        (dt.date(2026, 6, 1), dt.date(2026, 6, 1)),
        (dt.date(2027, 6, 1), dt.date(2026, 12, 31)),
    ]:
        monkeypatch.setattr(clock, "today", lambda today=today: today)
        assert cover_rates(city.campaign).day == day


def test_rates_cost_one_query_however_many_enterprises(city, django_assert_num_queries):
    with django_assert_num_queries(1):
        cover_rates(city.campaign)
