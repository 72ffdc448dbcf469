"""The minimum share of a unit's workers: exact figures at the edges (domain.md §1)."""

import datetime as dt
from decimal import Decimal

import pytest

from tests.campaigns.scene import members, scene
from tests.campaigns.test_preview import roster_of
from tests.factories import CoverageFactory, EnterpriseFactory, MembershipFactory, PlanVersionFactory
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.campaigns.actions import allot
from unionbenefits.campaigns.eligibility import needed_of
from unionbenefits.campaigns.models import Allotment
from unionbenefits.campaigns.previews import preview
from unionbenefits.campaigns.shares import unit_shares
from unionbenefits.core.errors import Refusal
from unionbenefits.plans.models import PlanVersion
from unionbenefits.plans.periods import period


@pytest.mark.parametrize(
    ("people", "needed"),
    [(0, 0), (1, 1), (49, 49), (50, 40), (51, 41), (55, 44), (56, 45), (99, 80), (100, 80), (101, 81)],
)
def test_needed_is_everyone_below_fifty_and_rounded_up_from_fifty_on(people, needed):
    assert needed_of(people, PlanVersion(minimum_share=Decimal("0.80"), everyone_below=50)) == needed


def test_thirds_are_never_rounded_below():
    assert needed_of(100, PlanVersion(minimum_share=Decimal("0.67"), everyone_below=0)) == 67
    assert needed_of(101, PlanVersion(minimum_share=Decimal("0.67"), everyone_below=0)) == 68


def unit(people: int, *, headcount: int | None = None, **terms):
    s = scene(
        workers=people,
        places=500,
        money="100000.00",
        minimum_share_required=True,
        plan_version=PlanVersionFactory(**terms),
    )
    s.enterprise.headcount = headcount
    s.enterprise.save()
    return s


def codes(found):
    return [notice.code for notice in found.obstacles]


def share(allotment, **kwargs):
    [one] = unit_shares(allotment, **kwargs)
    return one.enrolled, one.people, one.needed


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("people", "gets", "suffices"), [(49, 48, False), (49, 49, True), (50, 39, False), (50, 40, True)]
)
def test_edges_of_a_batch(people, gets, suffices):
    s = unit(people)
    chosen = [worker.pk for worker in s.workers[:gets]]
    found = preview(s.allotment, only=chosen)
    assert codes(found) == ([] if suffices else ["share_too_small"])
    if suffices:
        assert s.put_forward(only=chosen).copies == gets
        return
    with pytest.raises(Refusal) as refused:
        s.put_forward(only=chosen)
    assert refused.value.code == "share_too_small"
    assert f"{gets}" in str(refused.value)
    assert s.enterprise.name in str(refused.value)


@pytest.mark.django_db
def test_stated_headcount_counts_instead_of_those_on_file():
    assert share(unit(40, headcount=50).allotment) == (40, 50, 40)
    s = unit(39, headcount=50)
    assert share(s.allotment) == (39, 50, 40)
    assert codes(preview(s.allotment)) == ["share_too_small"]


@pytest.mark.django_db
def test_covered_and_gifted_people_count_and_ages_that_the_plan_excludes_do_not():
    s = unit(4)
    covered = s.workers[0]
    days = period(s.campaign.cover_starts_on, s.campaign.cover_starts_on + dt.timedelta(days=9))
    CoverageFactory(worker=covered, plan_version=s.campaign.plan_version, period=days)
    members(s.enterprise, 1, birth_date=dt.date(1950, 1, 1))
    assert share(s.allotment) == (4, 4, 4)
    assert share(s.allotment, roster=roster_of(s, s.workers[1:3])) == (3, 4, 4)
    s.put_forward(roster=None)
    [late] = members(s.enterprise, 1)
    assert share(s.allotment, only=[late.pk]) == (5, 5, 5)


@pytest.mark.django_db
def test_every_unit_of_a_batch_is_asked_and_the_sentence_names_three():
    s = unit(0)
    place = allot(by=SYSTEM, campaign=s.campaign, union=s.union, copies=90, parent=None)
    keys = []
    for _at in range(4):
        keys += [worker.pk for worker in members(EnterpriseFactory(union=s.union), 2)[:1]]
    members(EnterpriseFactory(union=s.union), 3)  # gets nothing: is not asked
    both = MembershipFactory(enterprise=EnterpriseFactory(union=s.union)).worker
    found = preview(place, only=[*keys, both.pk])
    assert [(one.enrolled, one.people) for one in found.shares] == [(1, 2)] * 4 + [(1, 1)]
    [notice] = [one for one in found.obstacles if one.code == "share_too_small"]
    assert notice.message.count("1") >= 3


@pytest.mark.django_db
def test_nothing_is_asked_where_the_campaign_does_not():
    s = unit(10)
    type(s.campaign).objects.filter(pk=s.campaign.pk).update(minimum_share_required=False)
    place = Allotment.objects.get(pk=s.allotment.pk)
    assert unit_shares(place, only=[s.workers[0].pk]) == ()
    assert codes(preview(place, only=[s.workers[0].pk])) == []
