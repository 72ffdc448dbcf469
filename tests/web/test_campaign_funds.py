from decimal import Decimal

import pytest
from django.urls import reverse

from tests.factories import PostFactory, UserFactory
from unionbenefits.access.roles import Role
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.campaigns import actions
from unionbenefits.campaigns.enums import FundUse
from unionbenefits.campaigns.models import Campaign
from unionbenefits.funds import actions as ledger


@pytest.fixture
def campaign(office):
    """A campaign of the district, on one fund of it."""
    return office.allotment().campaign


@pytest.fixture
def officer(office):
    return office.officers["province_officer"]


def send(client, campaign, *lines, **use):
    data = {"fund-TOTAL_FORMS": len(lines), "fund-INITIAL_FORMS": 0}
    for at, (fund, share, limit) in enumerate(lines):
        data |= {
            f"fund-{at}-fund": fund.pk if fund else "",
            f"fund-{at}-share": share,
            f"fund-{at}-limit": limit,
        }
    data |= {"use": "in_order", "carried_over": ""} | use
    return client.post(reverse("admin:campaign_funds", args=[campaign.pk]), data)


def terms(campaign):
    rows = campaign.campaign_funds.order_by("order").values_list("fund", "share", "limit")
    return Campaign.objects.get(pk=campaign.pk).fund_use, list(rows)


def test_shares_and_limits_are_written_down_in_the_order_of_the_lines(office, sign_in, officer, campaign):
    first = campaign.funds.get()
    second = ledger.open_fund(by=SYSTEM, name="市级资金", owner=office.district, year=2026)
    answer = send(
        sign_in(officer),
        campaign,
        (second, "60", "5000.00"),
        (first, "40", ""),
        (None, "", ""),
        use="by_share",
    )
    assert answer.status_code == 302
    assert terms(campaign) == (
        FundUse.BY_SHARE,
        [(second.pk, Decimal("60.00"), Decimal("5000.00")), (first.pk, Decimal("40.00"), None)],
    )


@pytest.mark.parametrize(
    ("share", "limit", "use", "status"),
    [
        ("60", "", "by_share", 409),
        ("", "0", "in_order", 409),
        ("x", "", "by_share", 422),
        ("", "-1", "in_order", 422),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(
    sign_in, officer, campaign, share, limit, use, status
):
    before = terms(campaign)
    answer = send(sign_in(officer), campaign, (campaign.funds.get(), share, limit), use=use)
    assert answer.status_code == status
    assert terms(campaign) == before


def test_last_years_fund_needs_a_reason(office, sign_in, officer, campaign):
    Campaign.objects.filter(pk=campaign.pk).update(opens_on="2026-01-01", closes_on="2026-12-31")
    old = ledger.open_fund(by=SYSTEM, name="结余资金", owner=office.district, year=2024)
    client = sign_in(officer)
    lines = [(campaign.funds.get(), "", ""), (old, "", "")]
    refused = send(client, campaign, *lines)
    assert refused.status_code == 409
    assert "2024" in str(refused.context["use"].non_field_errors())
    assert send(client, campaign, *lines, carried_over="结转").status_code == 302
    assert campaign.funds.count() == 2


def test_a_superiors_fund_is_not_named_to_the_campaigns_owner(office, sign_in, campaign):
    """An officer of the district who sets campaigns up, with money of the province behind one."""
    of_province = ledger.open_fund(by=SYSTEM, name="省级资金", owner=office.province, year=2026)
    actions.set_funds(by=SYSTEM, campaign=campaign, funds=[campaign.funds.get(), of_province])
    client = sign_in(PostFactory(role=Role.PROVINCE_OFFICER, user=UserFactory(), union=office.district).user)
    answer = client.get(reverse("admin:campaign_funds", args=[campaign.pk]))
    assert answer.context["locked"]
    assert of_province.name not in answer.content.decode()
    send(client, campaign, (campaign.funds.earliest("pk"), "", ""))
    assert campaign.funds.count() == 2


def test_only_officers_of_the_owner_set_funds(office, sign_in):
    of_province = office.allotment(owner=office.province).campaign
    address = reverse("admin:campaign_funds", args=[of_province.pk])
    below = PostFactory(role=Role.PROVINCE_OFFICER, user=UserFactory(), union=office.district).user
    assert sign_in(below).get(address).status_code == 404
    assert sign_in(office.preparer).get(address).status_code == 403
