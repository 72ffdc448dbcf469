"""Lists of a renewal: about to lapse, dropped and why; scoped, and on the day and its eve."""

import datetime as dt

import pytest

from tests.campaigns.scene import members, scene
from tests.factories import CampaignFactory, CoverageFactory
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.campaigns.actions import allot, put_forward, set_funds
from unionbenefits.campaigns.enums import LeftOut, StartRule
from unionbenefits.campaigns.renewals import about_to_lapse, dropped
from unionbenefits.core import clock
from unionbenefits.core.scope import EVERYTHING, NOTHING, Scope
from unionbenefits.plans.periods import period
from unionbenefits.workers.models import Worker

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def ending_in(days, workers=3):
    last = clock.today() + days * DAY
    s = scene(workers=workers, cover_starts_on=last - 300 * DAY, cover_ends_on=last)
    s.issue_all()
    return s


@pytest.mark.parametrize(("days", "listed"), [(-1, 0), (0, 3), (29, 3), (30, 3), (31, 0)])
def test_lapsing_within_thirty_days_on_the_day_and_beyond(days, listed):
    s = ending_in(days)
    assert about_to_lapse(s.campaign, EVERYTHING, 30).count() == listed


def test_whoever_is_covered_later_does_not_lapse():
    s = ending_in(10)
    version, start = s.campaign.plan_version, s.campaign.cover_ends_on + 5 * DAY
    CoverageFactory(worker=s.workers[0], plan_version=version, period=period(start, start + 9 * DAY))
    CoverageFactory(worker=s.workers[1], period=period(start, start + 9 * DAY))
    lapsing = about_to_lapse(s.campaign, EVERYTHING, 30)
    assert [gift.worker_id for gift in lapsing] == [s.workers[1].pk, s.workers[2].pk]
    assert lapsing[0].end == s.campaign.cover_ends_on + DAY


def test_dropped_says_why_or_that_nobody_put_them_forward():
    s = ending_in(10, workers=4)
    new = CampaignFactory(
        owner=s.union, plan_version=s.campaign.plan_version, renews=s.campaign, start_rule=StartRule.CONTINUES,
        cover_starts_on=s.campaign.cover_ends_on + DAY, cover_ends_on=s.campaign.cover_ends_on + 365 * DAY,
        real_name_required=True,
    )  # fmt: skip
    stays, left_out, forgotten, _also = s.workers
    Worker.objects.filter(pk=stays.pk).update(real_name_checked_on=dt.date(2025, 1, 1))
    set_funds(by=SYSTEM, campaign=new, funds=[s.fund])
    place = allot(by=SYSTEM, campaign=new, copies=9, enterprise=s.enterprise)
    put_forward(by=s.preparer, allotment=place, only=[stays.pk, left_out.pk])
    members(s.enterprise, 1)  # had none before: not dropped
    found = {gift.worker_id: gift.why for gift in dropped(new, EVERYTHING)}
    assert found == {left_out.pk: LeftOut.REAL_NAME, forgotten.pk: None, _also.pk: None}
    assert dropped(s.campaign, EVERYTHING).count() == 0


def test_lists_show_only_what_is_in_scope():
    s, other = ending_in(10), ending_in(10)
    assert about_to_lapse(s.campaign, Scope(union_paths=(s.union.path,)), 30).count() == 3
    assert about_to_lapse(s.campaign, Scope(union_paths=(other.union.path,)), 30).count() == 0
    assert about_to_lapse(s.campaign, NOTHING, 30).count() == 0
