"""Setting up and changing rules, exceptions, lapsing and dropped: the screens."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import translation

from tests.campaigns.test_rules import gift_in
from tests.factories import CampaignFactory
from tests.web.office import person
from unionbenefits.campaigns.models import Campaign, GiftOverride, OccupationGroup
from unionbenefits.plans.models import PlanVersion
from unionbenefits.workers.models import Worker

OVERRIDE_QUERIES = 7
RENEWAL_QUERIES = 10


@pytest.fixture(autouse=True)
def english(client):
    client.cookies["django_language"] = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def province(office):
    return office.officers["province_officer"]


def page(name, thing):
    return reverse(f"admin:{name}", args=[thing.pk])


def filled(campaign, **values):
    """What the form sends when nothing is changed."""
    return {
        "name": campaign.name,
        "plan_version": campaign.plan_version_id,
        "unit_cost": campaign.unit_cost,
        "opens_on": campaign.opens_on,
        "closes_on": campaign.closes_on,
        "cover_starts_on": campaign.cover_starts_on,
        "cover_ends_on": campaign.cover_ends_on,
        "gifted_before": campaign.gifted_before,
        "start_rule": campaign.start_rule,
    } | values


def test_rules_are_read_by_all_and_changed_by_the_owners(office, sign_in, province):
    campaign = office.allotment(owner=office.province).campaign
    context = sign_in(office.preparer).get(page("campaign_rules", campaign)).context
    assert context["may_change"] is False
    answer = sign_in(office.preparer).post(page("campaign_rules", campaign), filled(campaign, name="x"))
    assert answer.status_code == 403
    four = OccupationGroup.objects.get(code="four_key_groups")
    sent = filled(campaign, groups=[four.pk], occupations=["care_worker"], areas="440605，4406")
    answer = sign_in(province).post(page("campaign_rules", campaign), sent)
    assert answer.status_code == 302
    campaign.refresh_from_db()
    assert set(campaign.occupations) == {*four.occupations, "care_worker"}
    assert campaign.areas == ["440605", "4406"]


def test_officer_of_a_lower_union_cannot_change_the_rules_of_a_higher_owner(office, sign_in):
    from tests.factories import PostFactory, UserFactory
    from unionbenefits.access.roles import Role

    lower = PostFactory(role=Role.PROVINCE_OFFICER, user=UserFactory(), union=office.district).user
    campaign = office.allotment(owner=office.province).campaign
    assert sign_in(lower).get(page("campaign_rules", campaign)).context["may_change"] is False
    assert sign_in(lower).post(page("campaign_rules", campaign), filled(campaign)).status_code == 403


def test_promised_terms_are_refused_with_a_sentence_and_nothing_typed_is_lost(office, sign_in, province):
    office.applied([person(1)])
    batch = office.batch(office.allotment(owner=office.province))
    sent = filled(batch.campaign, unit_cost="96.00", name="新的名字")
    answer = sign_in(province).post(page("campaign_rules", batch.campaign), sent)
    assert answer.status_code == 409
    assert "were promised" in answer.content.decode()
    assert "新的名字" in answer.content.decode()
    assert (answer.context["is_promised"], answer.context["waiting"]) == (True, 1)
    waits = filled(batch.campaign, real_name_required="on")
    assert sign_in(province).post(page("campaign_rules", batch.campaign), waits).status_code == 409
    done = sign_in(province).post(page("campaign_rules", batch.campaign), waits | {"return_waiting": "on"})
    assert done.status_code == 302
    batch.refresh_from_db()
    assert batch.state == "returned"


def test_campaign_is_set_up_with_its_rules(office, sign_in, province):
    version = PlanVersion.objects.first() or office.allotment().campaign.plan_version
    sent = {
        "name": "春季赠送", "code": "spring", "owner": office.province.pk, "plan_version": version.pk,
        "opens_on": "2026-01-01", "closes_on": "2026-12-31", "cover_starts_on": "2026-07-01",
        "gifted_before": "refused", "start_rule": "continues", "minimum_share_required": "on",
    }  # fmt: skip
    answer = sign_in(province).post(reverse("admin:campaign_setup"), sent)
    campaign = Campaign.objects.get(code="spring")
    assert answer.url == page("campaign_rules", campaign)
    assert (campaign.state, campaign.unit_cost, campaign.start_rule) == ("draft", version.fee, "continues")
    again = sign_in(province).post(reverse("admin:campaign_setup"), sent)
    assert again.status_code == 409
    assert sign_in(office.preparer).get(reverse("admin:campaign_setup")).status_code == 403


@pytest.fixture
def gifted(office):
    """A place whose campaign refuses people gifted before, and one such person of two."""
    office.applied([person(1), person(2)])
    place = office.allotment()
    Campaign.objects.filter(pk=place.campaign_id).update(gifted_before="refused")
    worker = Worker.objects.order_by("pk")[0]
    gift_in(CampaignFactory(code="earlier", plan_version=place.campaign.plan_version), worker)
    return place, worker


def test_exception_is_asked_on_the_preview_and_allowed_by_another(office, sign_in, said, gifted):
    place, worker = gifted
    client = sign_in(office.preparer)
    shown = client.get(page("batch_preview", place)).content.decode()
    assert shown.count("Ask for an exception") == 1
    client.post(page("override_ask", place), {"worker": worker.pk, "reason": "重病"})
    override = GiftOverride.objects.get()
    own = client.post(page("override_allow", override), follow=True)
    assert said(own)[-1:] == ["Whoever asked cannot allow it. Another officer must."]
    client = sign_in(office.approver)
    assert "重病" in client.get(reverse("admin:override_list")).content.decode()
    client.post(page("override_allow", override))
    assert sign_in(office.preparer).get(page("batch_preview", place)).context["preview"].eligible == 2


def test_exception_for_somebody_not_left_out_is_refused(office, sign_in, gifted):
    place, _worker = gifted
    other = Worker.objects.order_by("pk")[1]
    sign_in(office.preparer).post(page("override_ask", place), {"worker": other.pk, "reason": "x"})
    assert not GiftOverride.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_exceptions_cost_the_same_for_one_and_three(
    office, sign_in, gifted, count, django_assert_num_queries
):
    _place, worker = gifted
    for number in range(count):
        GiftOverride.objects.create(
            campaign=CampaignFactory(code=f"other-{number}", owner=office.district), worker=worker, reason=f"{number}",
            asked_by=office.preparer, asked_at=dt.datetime.now(dt.UTC),
        )  # fmt: skip
    client = sign_in(office.approver)
    with django_assert_num_queries(OVERRIDE_QUERIES):
        assert len(client.get(reverse("admin:override_list")).context["rows"].rows) == count


def test_sibling_sees_no_exception_of_others(office, sign_in, gifted):
    place, worker = gifted
    override = GiftOverride.objects.create(
        campaign=place.campaign, worker=worker, reason="x", asked_by=office.preparer,
        asked_at=dt.datetime.now(dt.UTC),
    )  # fmt: skip
    client = sign_in(office.officers["sibling_officer"])
    assert client.get(reverse("admin:override_list")).context["rows"].rows == []
    assert client.post(page("override_allow", override)).status_code in (403, 404)


@pytest.mark.parametrize("count", [1, 3])
def test_renewal_lists_cost_the_same_for_one_and_three(office, sign_in, count, django_assert_num_queries):
    office.applied([person(number) for number in range(1, count + 1)])
    batch = office.approved()
    from unionbenefits.campaigns.actions import issue_batch

    issue_batch(by=office.approver, batch=batch)
    renewing = CampaignFactory(
        code="renewing",
        owner=office.district, plan_version=batch.campaign.plan_version, renews=batch.campaign,
        cover_starts_on=dt.date(2027, 1, 1), cover_ends_on=dt.date(2027, 12, 31),
    )  # fmt: skip
    client = sign_in(office.preparer)
    with django_assert_num_queries(RENEWAL_QUERIES):
        context = client.get(page("campaign_renewal", renewing), {"list": "dropped"}).context
    assert [gift.why_shown for gift in context["rows"].rows] == [""] * count
    assert context["is_dropped"] is True
