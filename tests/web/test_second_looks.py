"""The page of second looks: taken by others than those who decided, with what they say of all decisions."""

import pytest
from django.urls import reverse

from tests.claims.scene import build
from tests.factories import PostFactory, UserFactory
from unionbenefits.access.roles import Role
from unionbenefits.claims.actions.looking import take_look
from unionbenefits.claims.models import LookRule, SecondLook
from unionbenefits.core import clock

LIST = "/admin/second-looks/"


@pytest.fixture
def desk(office):
    made = build()
    made.worker.memberships.update(enterprise=office.enterprise)
    return made


@pytest.fixture
def look(desk):
    decision = desk.approved(desk.filed())
    return SecondLook.objects.create(decision=decision, drawn_at=clock.now())


def post_of(role: Role, office):
    return PostFactory(role=role, user=UserFactory(), union=office.district).user


def take(client, look, verdict="right", note=""):
    return client.post(reverse("admin:look_take", args=[look.pk]), {"verdict": verdict, "note": note})


def test_a_reviewer_without_a_part_takes_it(look, office, sign_in, said):
    client = sign_in(post_of(Role.CLAIMS_REVIEWER, office))
    page = client.get(LIST).content.decode()
    for shown in (look.decision.claim.number, "5,600.00", 'value="wrong"'):
        assert shown in page, shown
    assert (
        len(said(client.post(reverse("admin:look_take", args=[look.pk]), {"verdict": "wrong"}, follow=True)))
        == 1
    )
    look.refresh_from_db()
    assert look.verdict == "open"
    take(client, look, "wrong", "票据缺页")
    look.refresh_from_db()
    assert (look.verdict, look.note) == ("wrong", "票据缺页")
    page = client.get(LIST + "?verdict=wrong")
    assert "票据缺页" in page.content.decode()
    assert page.context["percents"] == {"share": "100", "low": "20.7", "high": "100"}
    assert [(tab.code, tab.count) for tab in page.context["tabs"]] == [("wrong", 1)]


def test_whoever_decided_gets_no_buttons_and_is_refused(look, desk, office, sign_in):
    PostFactory(role=Role.CLAIMS_APPROVER, user=desk.people[1], union=office.district)
    client = sign_in(desk.people[1])
    assert 'value="wrong"' not in client.get(LIST).content.decode()
    take(client, look)
    look.refresh_from_db()
    assert look.verdict == "open"


@pytest.mark.parametrize("role", [Role.CLAIMS_OFFICER, Role.AUDITOR])
def test_others_read_but_take_none(look, office, sign_in, role):
    client = sign_in(post_of(role, office))
    assert 'value="wrong"' not in client.get(LIST).content.decode()
    assert take(client, look).status_code == 403


def test_looks_of_other_districts_are_not_there(look, office, sign_in):
    stranger = PostFactory(
        role=Role.CLAIMS_REVIEWER, user=UserFactory(), union=office.other_enterprise.union
    ).user
    client = sign_in(stranger)
    page = client.get(LIST)
    assert (page.context["figures"].drawn, list(page.context["rows"].rows), page.context["approvers"]) == (
        0,
        [],
        [],
    )
    assert take(client, look).status_code == 404


def test_the_association_sets_the_rule(office, sign_in):
    client = sign_in(office.officers["province_officer"])
    assert client.get(LIST).context["rule_percent"] == 5
    address = reverse("admin:look_rule")
    assert client.post(address, {"share": "101", "at_least": "1", "up_to": "100"}).status_code == 422
    client.post(address, {"share": "10", "at_least": "2", "up_to": "1500.00"})
    rule = LookRule.objects.get()
    assert (str(rule.share), rule.at_least, str(rule.up_to)) == ("0.10", 2, "1500.00")
    assert client.get(LIST).context["rule_percent"] == 10
    client = sign_in(post_of(Role.CLAIMS_APPROVER, office))
    assert client.post(address, {"share": "1", "at_least": "0", "up_to": "1"}).status_code == 403


def test_the_page_asks_few_questions_however_many_looks(desk, office, sign_in, django_assert_num_queries):
    for month in (2, 4):
        claim = desk.filed(admitted=f"2026-0{month}-01", discharged=f"2026-0{month}-03", settled="")
        SecondLook.objects.create(decision=desk.approved(claim), drawn_at=clock.now())
    take_look(by=desk.people[4], look=SecondLook.objects.last(), right=True)
    client = sign_in(post_of(Role.CLAIMS_REVIEWER, office))
    client.get(LIST)
    for address in (LIST, LIST + "?verdict=right"):
        with django_assert_num_queries(9):
            client.get(address)
