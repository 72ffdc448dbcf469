"""Setting a campaign up; places are given on from the top down and never exceeded (invariant 4)."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from tests.at_once import at_once
from tests.campaigns.scene import members, scene
from tests.factories import CampaignFactory, EnterpriseFactory, FundFactory, PlanVersionFactory, UnionFactory
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.campaigns.actions import (
    allot,
    close_campaign,
    open_campaign,
    put_forward,
    set_funds,
    start_campaign,
)
from unionbenefits.campaigns.enums import CampaignKind, CampaignState
from unionbenefits.campaigns.models import Allotment, Campaign, Gift
from unionbenefits.campaigns.queries import AllotmentUse, allotment_use
from unionbenefits.core.errors import Refusal
from unionbenefits.enterprises.models import IndustryAffiliation
from unionbenefits.unions.enums import UnionKind

pytestmark = pytest.mark.django_db


def refused(act, **kwargs):
    with pytest.raises(Refusal) as refusal:
        act(by=SYSTEM, **kwargs)
    return refusal.value.code


def terms(**changed):
    return {
        "code": "gift-2026",
        "name": "赠送",
        "owner": UnionFactory(),
        "plan_version": PlanVersionFactory(),
        "opens_on": dt.date(2026, 1, 1),
        "closes_on": dt.date(2026, 12, 31),
        "cover_starts_on": dt.date(2026, 1, 1),
    } | changed


def test_campaign_takes_fee_and_a_whole_year_from_the_plan():
    campaign = open_campaign(by=SYSTEM, **terms(cover_starts_on=dt.date(2024, 2, 29)))
    assert campaign.unit_cost == Decimal("95.00")
    assert campaign.cover_ends_on == dt.date(2025, 2, 27)
    assert campaign.state == CampaignState.OPEN


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"plan_version": None}, "plan_missing"),
        ({"cover_starts_on": None}, "plan_missing"),
        ({"closes_on": dt.date(2025, 12, 31)}, "dates_wrong"),
        ({"cover_ends_on": dt.date(2025, 12, 31)}, "dates_wrong"),
        ({"unit_cost": Decimal(0)}, "cost_missing"),
        ({"kind": CampaignKind.GOODS, "plan_version": None, "cover_starts_on": None}, "cost_missing"),
        ({"occupations": ["astronaut"]}, "occupation_unknown"),
    ],
)
def test_campaign_without_sense_is_refused(changed, code):
    assert refused(open_campaign, **terms(**changed)) == code
    assert not Campaign.objects.exists()


def test_campaign_code_is_taken_once():
    open_campaign(by=SYSTEM, **terms())
    assert refused(open_campaign, **terms()) == "campaign_code_taken"


def test_draft_starts_only_with_a_fund_and_closes_only_without_open_batches():
    draft = open_campaign(by=SYSTEM, **terms(draft=True))
    assert refused(start_campaign, campaign=draft) == "campaign_has_no_fund"
    set_funds(by=SYSTEM, campaign=draft, funds=[FundFactory()])
    assert start_campaign(by=SYSTEM, campaign=draft).state == CampaignState.OPEN
    s = scene()
    batch = s.put_forward()
    assert refused(close_campaign, campaign=s.campaign) == "batches_open"
    s.issue(s.approve(batch))
    assert close_campaign(by=SYSTEM, campaign=s.campaign).state == CampaignState.CLOSED
    with pytest.raises(Refusal) as refusal:
        s.put_forward()
    assert refusal.value.code == "campaign_not_open"


def test_fund_that_paid_must_stay_but_may_change_its_place():
    s = scene()
    s.put_forward()
    other = FundFactory()
    assert refused(set_funds, campaign=s.campaign, funds=[other]) == "fund_in_use"
    assert refused(set_funds, campaign=s.campaign, funds=[other, other]) == "fund_twice"
    set_funds(by=SYSTEM, campaign=s.campaign, funds=[other, s.fund])
    order = s.campaign.campaign_funds.order_by("order").values_list("fund", flat=True)
    assert list(order) == [other.pk, s.fund.pk]


def test_number_of_places_cannot_go_below_what_is_taken():
    s = scene(workers=4, places=10)
    s.put_forward()
    assert refused(allot, campaign=s.campaign, enterprise=s.enterprise, copies=3) == "allotment_below_used"
    assert allot(by=SYSTEM, campaign=s.campaign, enterprise=s.enterprise, copies=4).pk == s.allotment.pk
    assert allotment_use([Allotment.objects.get()])[s.allotment.pk] == AllotmentUse(4, 0, 4)


def tree():
    """city (100) over town over the enterprise's union."""
    city = UnionFactory(kind=UnionKind.CITY)
    town = UnionFactory(kind=UnionKind.TOWN, parent=city)
    enterprise = EnterpriseFactory(union=UnionFactory(parent=town))
    campaign = CampaignFactory(owner=city)
    set_funds(by=SYSTEM, campaign=campaign, funds=[FundFactory()])
    return campaign, city, town, enterprise


def test_places_given_on_are_gone_above():
    campaign, city, town, enterprise = tree()
    top = allot(by=SYSTEM, campaign=campaign, union=city, copies=100)
    middle = allot(by=SYSTEM, campaign=campaign, union=town, copies=60)
    bottom = allot(by=SYSTEM, campaign=campaign, enterprise=enterprise, copies=25)
    assert (middle.parent, bottom.parent) == (top, middle)
    assert allotment_use([top, middle, bottom]) == {
        top.pk: AllotmentUse(100, 60, 0),
        middle.pk: AllotmentUse(60, 25, 0),
        bottom.pk: AllotmentUse(25, 0, 0),
    }
    assert refused(allot, campaign=campaign, enterprise=enterprise, copies=61) == "allotment_above_parent"
    assert refused(allot, campaign=campaign, union=city, copies=59) == "allotment_below_used"
    assert refused(allot, campaign=campaign, union=town, copies=24) == "allotment_below_used"
    allot(by=SYSTEM, campaign=campaign, enterprise=enterprise, copies=60)


def test_own_places_apart_from_the_union_above():
    campaign, city, _town, enterprise = tree()
    allot(by=SYSTEM, campaign=campaign, union=city, copies=10)
    own = allot(by=SYSTEM, campaign=campaign, enterprise=enterprise, copies=25, parent=None)
    assert own.parent is None


def test_industry_union_gives_on_to_joined_enterprises_only():
    campaign, city, _town, enterprise = tree()
    industry = UnionFactory(kind=UnionKind.INDUSTRY, parent=city)
    top = allot(by=SYSTEM, campaign=campaign, union=industry, copies=10, parent=None)
    wanted = {"campaign": campaign, "enterprise": enterprise, "copies": 5, "parent": top}
    assert refused(allot, **wanted) == "allotment_outside_parent"
    IndustryAffiliation.objects.create(enterprise=enterprise, union=industry)
    assert allot(by=SYSTEM, **wanted).parent == top
    other = CampaignFactory(owner=city)
    assert refused(allot, **wanted | {"campaign": other}) == "allotment_outside_parent"


def test_places_go_to_one_unit():
    campaign, city, _town, enterprise = tree()
    assert refused(allot, campaign=campaign, copies=1) == "allotment_needs_unit"
    both = {"union": city, "enterprise": enterprise}
    assert refused(allot, campaign=campaign, copies=1, **both) == "allotment_needs_unit"


def test_database_keeps_allotments_within_their_numbers():
    campaign, city, town, enterprise = tree()
    top = allot(by=SYSTEM, campaign=campaign, union=city, copies=10)
    middle = allot(by=SYSTEM, campaign=campaign, union=town, copies=10)
    for act in (
        lambda: Allotment.objects.filter(pk=top.pk).update(copies=9),
        lambda: Allotment.objects.filter(pk=middle.pk).update(copies=11),
        lambda: Allotment.objects.create(campaign=campaign, enterprise=enterprise, parent=top, copies=1),
    ):
        with pytest.raises(IntegrityError, match="allotment exceeded"), transaction.atomic():
            act()
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Allotment.objects.filter(pk=middle.pk).update(parent=None)


def test_database_refuses_a_gift_too_many():
    s = scene(workers=2, places=2)
    batch = s.put_forward()
    [extra] = members(s.enterprise, 1)
    with pytest.raises(IntegrityError, match="allotment exceeded"), transaction.atomic():
        Gift.objects.create(
            campaign=s.campaign, batch=batch, worker=extra, enterprise=s.enterprise, state="live"
        )


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
def test_places_given_on_and_taken_at_once_never_exceed_the_parent():
    campaign, city, _town, enterprise = tree()
    s = scene(places=0)
    set_funds(by=SYSTEM, campaign=campaign, funds=[s.fund])
    top = allot(by=SYSTEM, campaign=campaign, union=city, copies=20)
    others = [EnterpriseFactory(union=enterprise.union) for _ in range(12)]
    workers = members(enterprise, 8)

    def give(one):
        return allot(by=SYSTEM, campaign=campaign, enterprise=one, copies=2).copies

    def take(worker):
        return put_forward(by=s.preparer, allotment=top, only=[worker.pk]).copies

    acts = [lambda one=one: give(one) for one in others] + [lambda one=one: take(one) for one in workers]
    answers = at_once(acts)
    assert {str(one) for one in answers} <= {
        "1",
        "2",
        "allotment_above_parent",
        "places_exhausted",
        "budget_exhausted",
    }
    use = allotment_use([Allotment.objects.get(pk=top.pk)])[top.pk]
    assert use.given_on + use.used == sum(one for one in answers if isinstance(one, int))
    assert 0 <= use.left <= 1
