"""Who gets it, who does not and why, and what stands in the way."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from tests.campaigns.scene import BIRTH, members, scene
from tests.factories import (
    CampaignFactory,
    CoverageFactory,
    EnterpriseFactory,
    IdentityDocumentFactory,
    MembershipFactory,
    UnionFactory,
    UserFactory,
    WorkerFactory,
)
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.campaigns.actions import allot, put_forward, set_funds
from unionbenefits.campaigns.enums import LeftOut
from unionbenefits.campaigns.queries import preview, preview_lines
from unionbenefits.core import clock
from unionbenefits.enterprises.models import IndustryAffiliation
from unionbenefits.plans.periods import period
from unionbenefits.unions.enums import UnionKind
from unionbenefits.workers.enums import Occupation
from unionbenefits.workers.models import Membership, Roster, RosterRow
from unionbenefits.workers.querysets import number_digest
from unionbenefits.workers.roster.states import RosterState, RowVerdict

pytestmark = pytest.mark.django_db
YESTERDAY = clock.today() - dt.timedelta(days=1)


def reasons(allotment, **kwargs):
    return {line.worker_id: line.reason for line in preview_lines(allotment, **kwargs)}


def roster_of(scene, workers, state=RosterState.APPLIED, verdict=RowVerdict.ACCEPT):
    user = UserFactory()
    applied = {"applied_at": timezone.now(), "confirmed_by": user} if state == RosterState.APPLIED else {}
    roster = Roster.objects.create(
        enterprise=scene.enterprise,
        state=state,
        file_name="名册.xlsx",
        file_sha256="0" * 64,
        uploaded_by=user,
        uploaded_at=timezone.now(),
        **applied,
    )
    for at, worker in enumerate(workers):
        document = worker.documents.first() or IdentityDocumentFactory(worker=worker)
        RosterRow.objects.create(
            roster=roster,
            row=at + 2,
            verdict=verdict,
            document_kind=document.kind,
            number_digest=number_digest(document.number),
        )
    return roster


def test_each_worker_has_one_code():
    s = scene(workers=1, occupations=[Occupation.RIDER])
    [gets] = s.workers
    start, end = s.campaign.cover_starts_on, s.campaign.cover_ends_on
    plan_version = s.campaign.plan_version
    covered, earlier, elsewhere = members(s.enterprise, 3)
    CoverageFactory(
        worker=covered, plan_version=plan_version, period=period(end, end + dt.timedelta(days=99))
    )
    CoverageFactory(
        worker=earlier, plan_version=plan_version, period=period(dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    )
    CoverageFactory(worker=elsewhere, period=period(start, end))
    [young] = members(s.enterprise, 1, birth_date=dt.date(2010, 1, 2))
    [old] = members(s.enterprise, 1, birth_date=dt.date(1960, 1, 1))
    [unknown] = members(s.enterprise, 1, birth_date=None)
    driver = MembershipFactory(enterprise=s.enterprise, occupation=Occupation.TRUCK_DRIVER).worker
    assert reasons(s.allotment) == {
        gets.pk: None,
        covered.pk: LeftOut.ALREADY_COVERED,
        earlier.pk: None,
        elsewhere.pk: None,
        young.pk: LeftOut.TOO_YOUNG,
        old.pk: LeftOut.OVER_RETIREMENT_AGE,
        unknown.pk: LeftOut.NO_BIRTH_DATE,
        driver.pk: LeftOut.OCCUPATION,
    }
    found = preview(s.allotment)
    assert (found.candidates, found.eligible, found.left_out) == (8, 3, 5)
    assert (found.cost, found.places_left, found.available) == (Decimal("285.00"), 10, Decimal("1000.00"))
    assert found.can_put_forward


def test_worker_of_two_platforms_is_judged_once_by_the_membership_that_fits():
    s = scene(workers=0, occupations=[Occupation.COURIER])
    union = allot(by=SYSTEM, campaign=s.campaign, union=s.union, copies=5, parent=None)
    worker = WorkerFactory()
    MembershipFactory(worker=worker, enterprise=s.enterprise, occupation=Occupation.RIDER)
    second = EnterpriseFactory(union=s.union)
    MembershipFactory(worker=worker, enterprise=second, occupation=Occupation.COURIER)
    [line] = preview_lines(union)
    assert (line.worker_id, line.enterprise_id, line.reason) == (worker.pk, second.pk, None)
    assert reasons(s.allotment) == {worker.pk: LeftOut.OCCUPATION}


def test_names_are_masked():
    s = scene(workers=0)
    members(s.enterprise, 1, name="欧阳长风")
    [line] = preview_lines(s.allotment)
    assert line.name == "欧**风"


def test_union_reaches_enterprises_below_and_industry_union_those_that_joined():
    s = scene(workers=1)
    below = EnterpriseFactory(union=UnionFactory(parent=s.union))
    stranger = EnterpriseFactory()
    industry = UnionFactory(kind=UnionKind.INDUSTRY, parent=s.union)
    IndustryAffiliation.objects.create(enterprise=stranger, union=industry)
    [one], [two] = members(below, 1), members(stranger, 1)
    of_union = allot(by=SYSTEM, campaign=s.campaign, union=s.union, copies=5, parent=None)
    of_industry = allot(by=SYSTEM, campaign=s.campaign, union=industry, copies=5, parent=None)
    assert set(reasons(of_union)) == {s.workers[0].pk, one.pk, two.pk}
    assert set(reasons(of_industry)) == {two.pk}


def test_leavers_are_judged_only_where_a_roster_or_a_choice_names_them():
    s = scene(workers=2)
    stays, leaves = s.workers
    Membership.objects.filter(worker=leaves).update(left_on=YESTERDAY)
    assert set(reasons(s.allotment)) == {stays.pk}
    expected = {stays.pk: None, leaves.pk: LeftOut.NOT_A_MEMBER}
    assert reasons(s.allotment, only=[stays.pk, leaves.pk]) == expected
    assert reasons(s.allotment, roster=roster_of(s, [stays, leaves])) == expected
    Membership.objects.filter(worker=leaves).update(left_on=clock.today())
    assert reasons(s.allotment)[leaves.pk] is None


def test_roster_narrows_to_its_accepted_rows():
    s = scene(workers=3)
    assert set(reasons(s.allotment, roster=roster_of(s, s.workers[:2]))) == {one.pk for one in s.workers[:2]}
    held = roster_of(s, s.workers, verdict=RowVerdict.HOLD)
    assert reasons(s.allotment, roster=held) == {}


def test_pages_and_single_codes():
    s = scene(workers=3)
    [old] = members(s.enterprise, 1, birth_date=dt.date(1950, 1, 1))
    first = preview_lines(s.allotment, limit=2)
    rest = preview_lines(s.allotment, limit=2, offset=2)
    assert [line.worker_id for line in first + rest] == [old.pk, *(one.pk for one in s.workers)]
    over = preview_lines(s.allotment, reason=LeftOut.OVER_RETIREMENT_AGE)
    assert [line.worker_id for line in over] == [old.pk]
    assert len(preview_lines(s.allotment, reason=None)) == 3


def codes(found):
    return [notice.code for notice in found.obstacles]


def test_obstacles_in_their_order():
    s = scene(workers=4, places=3, money="100.00")
    assert codes(preview(s.allotment)) == ["places_exhausted", "budget_exhausted"]
    s.campaign.closes_on = YESTERDAY
    s.campaign.save()
    s.campaign.campaign_funds.all().delete()
    s.allotment.refresh_from_db()
    assert codes(preview(s.allotment)) == [
        "campaign_not_open",
        "campaign_has_no_fund",
        "places_exhausted",
        "budget_exhausted",
    ]


def test_obstacles_of_a_roster():
    s, other = scene(), scene()
    waiting = roster_of(other, other.workers, state=RosterState.JUDGED)
    assert codes(preview(s.allotment, roster=waiting))[:2] == ["roster_not_applied", "roster_of_another_unit"]
    assert codes(preview(other.allotment, roster=waiting)) == ["roster_not_applied"]


def test_nobody_left_is_said_with_the_reasons():
    s = scene(workers=4)
    assert codes(preview(scene(workers=0).allotment)) == ["nobody_eligible"]
    s.put_forward()
    [notice] = preview(s.allotment).obstacles
    assert notice.code == "nobody_eligible"
    assert "4" in str(notice.message)


def test_funds_are_summed_in_their_order_of_use():
    s, other = scene(money="95.00"), scene(money="285.00")
    set_funds(by=SYSTEM, campaign=s.campaign, funds=[other.fund, s.fund])
    found = preview(s.allotment)
    assert [fund.fund_id for fund in found.funds] == [other.fund.pk, s.fund.pk]
    assert (found.available, codes(found)) == (Decimal("380.00"), [])


def test_case_c098_gap_is_warned_renewal_is_counted_overlap_left_out(case):
    given = case("098-renewal-overlap.json")["given"]
    assert given == ["coverage 2025-07-01..2026-06-30"]
    s = scene(workers=3)
    old = period(dt.date(2025, 7, 1), dt.date(2026, 6, 30))
    for worker in s.workers[:2]:
        CoverageFactory(worker=worker, plan_version=s.campaign.plan_version, period=old)

    def campaign_from(start):
        campaign = CampaignFactory(
            owner=s.union,
            plan_version=s.campaign.plan_version,
            cover_starts_on=start,
            cover_ends_on=start.replace(year=2027),
        )
        set_funds(by=SYSTEM, campaign=campaign, funds=[s.fund])
        return preview(allot(by=SYSTEM, campaign=campaign, copies=9, enterprise=s.enterprise))

    overlap = campaign_from(dt.date(2026, 6, 1))
    assert overlap.reasons == {LeftOut.ALREADY_COVERED: 2}
    seamless = campaign_from(dt.date(2026, 7, 1))
    assert (seamless.eligible, seamless.renewals, seamless.first_enrolments) == (3, 2, 1)
    assert seamless.warnings == ()
    gap = campaign_from(dt.date(2026, 7, 2))
    assert (gap.eligible, gap.renewals, gap.short_gaps) == (3, 0, 2)
    assert [warning.code for warning in gap.warnings] == ["short_gap"]


def test_gift_of_the_campaign_through_another_unit_is_seen():
    s = scene(workers=0)
    second = EnterpriseFactory(union=s.union)
    other = allot(by=SYSTEM, campaign=s.campaign, enterprise=second, copies=5)
    worker = WorkerFactory(birth_date=BIRTH)
    for enterprise in (s.enterprise, second):
        MembershipFactory(worker=worker, enterprise=enterprise)
    put_forward(by=s.preparer, allotment=other)
    assert reasons(s.allotment) == {worker.pk: LeftOut.GIFTED_IN_CAMPAIGN}
