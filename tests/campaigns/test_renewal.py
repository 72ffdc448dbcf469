"""Case C098: a renewal continues a cover without overlap and without a gap; two at once are one."""

import datetime as dt

import pytest
from psycopg.types.range import DateRange

from tests.at_once import at_once
from tests.campaigns.scene import scene
from tests.factories import CoverageFactory, MembershipFactory
from unionbenefits.campaigns.enums import StartRule
from unionbenefits.campaigns.integrity import examine
from unionbenefits.plans.models import Coverage
from unionbenefits.plans.periods import first_day, last_day

OLD_LAST = dt.date(2026, 6, 30)


def renewing(workers=1, rule=StartRule.CONTINUES, starts=dt.date(2026, 6, 1)):
    return scene(
        workers=workers,
        start_rule=rule,
        cover_starts_on=starts,
        cover_ends_on=starts.replace(year=starts.year + 1) - dt.timedelta(days=1),
    )


def covered(s, worker, last=OLD_LAST):
    return CoverageFactory(
        worker=worker,
        plan_version=s.campaign.plan_version,
        period=DateRange(
            last.replace(year=last.year - 1) + dt.timedelta(days=1), last + dt.timedelta(days=1)
        ),
    )


def new_cover(worker):
    return Coverage.objects.filter(worker=worker).latest("pk")


@pytest.mark.django_db
def test_case_c098_an_overlap_moves_the_start_to_the_day_after_and_keeps_a_whole_year():
    s = renewing(workers=2)
    old, fresh = s.workers
    covered(s, old)
    s.issue_all()
    moved, common = new_cover(old), new_cover(fresh)
    assert (first_day(moved.period), last_day(moved.period)) == (dt.date(2026, 7, 1), dt.date(2027, 6, 30))
    assert (first_day(common.period), last_day(common.period)) == (dt.date(2026, 6, 1), dt.date(2027, 5, 31))
    assert (moved.first_enrolment, common.first_enrolment) == (False, True)
    stay = dt.date(2026, 6, 15)
    assert Coverage.objects.filter(worker=old, live_period__contains=stay).count() == 1
    assert examine().faults == ()


@pytest.mark.django_db
def test_with_a_common_date_whoever_is_still_covered_is_left_out():
    s = renewing(workers=2, rule=StartRule.COMMON_DATE)
    covered(s, s.workers[0])
    batch = s.issue_all()
    assert (batch.copies, batch.left_out) == (1, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(("gap", "first"), [(0, False), (1, True)])
def test_a_gap_of_one_day_is_a_first_enrolment_again_and_none_is_not(gap, first):
    s = renewing(starts=OLD_LAST + dt.timedelta(days=1 + gap))
    [worker] = s.workers
    covered(s, worker)
    s.issue_all()
    assert new_cover(worker).first_enrolment is first


@pytest.mark.django_db(transaction=True)
def test_two_renewals_at_once_cover_a_worker_once():
    s = renewing()
    [worker] = s.workers
    covered(s, worker)
    other = renewing()
    type(other.campaign).objects.filter(pk=other.campaign.pk).update(plan_version=s.campaign.plan_version)
    MembershipFactory(worker=worker, enterprise=other.enterprise)
    batches = [s.approve(s.put_forward()), other.approve(other.put_forward(only=[worker.pk]))]
    outcomes = at_once([lambda: s.issue(batches[0]), lambda: other.issue(batches[1])])
    assert sorted(outcome.issued for outcome in outcomes) == [0, 1]
    assert Coverage.objects.filter(worker=worker).count() == 2
    assert examine().faults == ()
