import datetime as dt

import pytest
from django.urls import reverse

from tests.factories import EnterpriseFactory, PostFactory, UserFactory
from tests.web.office import person
from unionbenefits.access.roles import Role
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.campaigns import actions
from unionbenefits.campaigns.models import Allotment
from unionbenefits.core import clock

QUERIES = 10


@pytest.fixture
def places(office):
    """A campaign of the province: district 30 → own enterprise 10; sibling district's enterprise 5."""
    own = office.allotment(owner=office.province)
    Allotment.objects.all().delete()
    campaign = own.campaign
    return {
        "district": actions.allot(by=SYSTEM, campaign=campaign, union=office.district, copies=30),
        "own": actions.allot(by=SYSTEM, campaign=campaign, enterprise=office.enterprise, copies=10),
        "other": actions.allot(by=SYSTEM, campaign=campaign, enterprise=office.other_enterprise, copies=5),
    }


@pytest.fixture
def officer(office):
    return office.officers["province_officer"]


def shown(client, places):
    return client.get(reverse("admin:campaign_quotas", args=[places["own"].campaign_id]))


def post(client, name, pk, **fields):
    return client.post(reverse(f"admin:{name}", args=[pk]), fields)


def copies(places):
    return {name: Allotment.objects.get(pk=one.pk).copies for name, one in places.items()}


def test_tree_holds_places_taken_given_on_and_left(office, sign_in, officer, places):
    office.applied([person(1), person(2)])
    office.batch(places["own"])
    context = shown(sign_in(officer), places).context
    rows = [
        (row["allotment"].pk, row["indent"], row["use"].used, row["use"].given_on, row["use"].left)
        for row in context["lines"]
    ]
    assert rows == [
        (places["district"].pk, 0, 0, 10, 20),
        (places["own"].pk, 1, 2, 0, 8),
        (places["other"].pk, 0, 0, 0, 5),
    ]
    assert context["totals"] == {"copies": 35, "used": 2, "left": 33}


@pytest.mark.parametrize(
    ("role", "names"),
    [
        ("province_officer", ["district", "own", "other"]),
        ("union_officer", ["district", "own"]),
        ("industry_officer", ["own"]),
        ("enterprise_clerk", ["own"]),
        ("sibling_officer", ["other"]),
    ],
)
def test_everybody_sees_the_places_of_their_units_and_nothing_of_others(office, sign_in, places, role, names):
    answer = shown(sign_in(office.officers[role]), places)
    assert [row["allotment"] for row in answer.context["lines"]] == [places[name] for name in names]
    if "other" not in names:
        assert office.other_enterprise.name not in answer.content.decode()


def test_rates_are_those_of_the_readers_enterprises(office, sign_in, places, officer):
    office.applied([person(1), person(2)])
    actions.issue_batch(by=office.approver, batch=office.approved(office.batch(places["own"])))
    for role, all_of_them in (("province_officer", 2), ("union_officer", 1)):
        rate = shown(sign_in(office.officers[role]), places).context["rates"].registered
        assert (rate.enterprises, rate.effective, rate.full) == (all_of_them, 1, 1)


def test_number_and_day_of_a_unit_are_changed_in_place(sign_in, officer, places):
    day = clock.today() + dt.timedelta(days=3)
    client = sign_in(officer)
    answer = post(client, "quota_change", places["own"].pk, copies="12", use_until=day.isoformat())
    assert answer.status_code == 302
    found = Allotment.objects.get(pk=places["own"].pk)
    assert (found.copies, found.use_until) == (12, day)
    post(client, "quota_change", places["own"].pk, copies="12", use_until="")
    assert Allotment.objects.get(pk=places["own"].pk).use_until is None


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"copies": "31"}, 409),
        ({"copies": "-1"}, 422),
        ({"copies": "x"}, 422),
        ({"copies": "10", "use_until": "2020-01-01"}, 409),
    ],
)
def test_a_change_that_cannot_be_says_why_and_changes_nothing(sign_in, officer, places, fields, status):
    answer = post(sign_in(officer), "quota_change", places["own"].pk, **fields)
    assert answer.status_code == status
    assert answer.context["refusal"]
    assert copies(places) == {"district": 30, "own": 10, "other": 5}


def test_unused_places_are_moved_with_a_reason(sign_in, officer, places):
    client, campaign = sign_in(officer), places["own"].campaign_id
    fields = {"from_": places["own"].pk, "to": places["other"].pk, "copies": "4", "reason": "调剂"}
    assert post(client, "quota_move", campaign, **fields).status_code == 302
    assert copies(places) == {"district": 26, "own": 6, "other": 9}
    answer = post(client, "quota_move", campaign, **fields | {"copies": "7"})
    assert (answer.status_code, len(answer.context["form"].non_field_errors())) == (409, 1)
    assert post(client, "quota_move", campaign, **fields | {"reason": ""}).status_code == 422
    assert copies(places) == {"district": 26, "own": 6, "other": 9}


def test_unused_places_are_taken_back_once_their_day_is_over(sign_in, officer, places, said):
    Allotment.objects.filter(pk=places["own"].pk).update(use_until=dt.date(2024, 1, 1))
    client, campaign = sign_in(officer), places["own"].campaign_id
    assert shown(client, places).context["over"] == 10
    answer = client.post(reverse("admin:quota_reclaim", args=[campaign]), follow=True)
    assert len(said(answer)) == 1
    assert copies(places) == {"district": 30, "own": 0, "other": 5}
    assert answer.context["over"] == 0


@pytest.mark.parametrize("role", ["union_officer", "industry_officer", "enterprise_clerk", "auditor"])
def test_only_those_who_allot_change_anything(office, sign_in, places, role):
    client = sign_in(office.officers[role])
    assert shown(client, places).context["may_allot"] is False
    campaign = places["own"].campaign_id
    assert post(client, "quota_change", places["own"].pk, copies="1").status_code == 403
    assert post(client, "quota_move", campaign).status_code == 403
    assert post(client, "quota_reclaim", campaign).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_places_cost_the_same_for_one_and_three_units(office, sign_in, django_assert_num_queries, count):
    allotment = office.allotment()
    for _ in range(count - 1):
        one = EnterpriseFactory(union=office.enterprise.union)
        actions.allot(by=SYSTEM, campaign=allotment.campaign, enterprise=one, copies=1)
    client = sign_in(office.preparer)
    with django_assert_num_queries(QUERIES):
        assert len(shown(client, {"own": allotment}).context["lines"]) == count


def test_the_register_too_lets_nobody_give_places_to_themselves(office, sign_in, places):
    """The district gives its enterprise places, but its own come from the campaign's owner."""
    allotter = PostFactory(role=Role.PROVINCE_OFFICER, user=UserFactory(), union=office.district).user
    client = sign_in(allotter)
    for name, status in (("district", 403), ("own", 302)):
        address = reverse("admin:campaigns_allotment_change", args=[places[name].pk])
        assert client.get(address).status_code == 200
        assert client.post(address, {"copies": 12}).status_code == status
    assert copies(places) == {"district": 30, "own": 12, "other": 5}
    campaign = places["own"].campaign_id
    answer = client.post(
        reverse("admin:campaigns_allotment_add"),
        {"campaign": campaign, "union": office.district.pk, "enterprise": "", "copies": 99},
    )
    assert answer.status_code == 200
    assert copies(places)["district"] == 30
