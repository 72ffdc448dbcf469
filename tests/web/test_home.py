from decimal import Decimal
from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from tests.web.office import person
from unionbenefits.campaigns import actions

MOST_QUERIES = 15


def home(client):
    return client.get(reverse("admin:index"))


def at_work(office, *, people=3):
    """One roster to confirm, one batch to approve, one to issue, one issued."""
    office.applied([person(order) for order in range(people)])
    actions.issue_batch(by=office.approver, batch=office.approved())
    office.approved(office.batch(by=office.preparer, allotment=office.allotment(copies=20)))
    office.judged([person(50)])


def test_home_tells_what_waits_and_each_number_leads_to_exactly_those_rows(office, sign_in):
    office.applied([person(order) for order in range(3)])
    office.judged([person(50)])
    office.batch()
    office.batch(by=office.approver)
    office.approved()
    client = sign_in(office.preparer)
    waiting = home(client).context["waiting"]
    assert [work.count for work in waiting] == [1, 1, 1]
    for work in waiting:
        address = urlsplit(work.href)
        rows = client.get(f"{address.path}?{address.query}").context["rows"].rows
        assert len(rows) == work.count, work.href


def test_home_counts_a_worker_of_two_units_once_and_who_is_covered_today(office, sign_in):
    office.applied([person(1), person(2)])
    office.applied([person(1)], by=office.officers["province_officer"], enterprise=office.other_enterprise)
    client = sign_in(office.officers["province_officer"])
    cover = home(client).context["cover"]
    assert (cover["people"], cover["covered"], cover["units"]) == (2, 0, 2)
    units = {unit.name: (unit.members, unit.covered) for unit in home(client).context["units"]}
    assert units == {office.enterprise.name: (2, 0), office.other_enterprise.name: (1, 0)}


def test_home_shows_what_is_left_of_the_budget(office, sign_in):
    office.applied([person(1), person(2)])
    office.approved()
    fund = home(sign_in(office.preparer)).context["funds"][0].balance
    assert (fund.available, fund.held, fund.used) == (Decimal("810.00"), Decimal("190.00"), Decimal("0.00"))


@pytest.mark.parametrize(
    ("role", "waiting", "funds", "rosters"),
    [
        ("province_officer", 3, 2, 2),
        ("union_officer", 3, 2, 2),
        ("industry_officer", 1, 0, 2),
        ("enterprise_clerk", 1, 0, 2),
        ("auditor", 0, 2, 0),
        ("administrator", 0, 0, 0),
    ],
)
@pytest.mark.parametrize("people", [1, 3])
def test_home_shows_each_role_its_part_in_few_queries(
    office, sign_in, django_assert_max_num_queries, role, waiting, funds, rosters, people
):
    at_work(office, people=people)
    client = sign_in(office.officers[role])
    with django_assert_max_num_queries(MOST_QUERIES):
        context = home(client).context
    assert (len(context["waiting"]), len(context["funds"]), len(context["rosters"])) == (
        waiting,
        funds,
        rosters,
    )


def test_home_of_another_district_shows_nothing_of_this_one(office, sign_in):
    at_work(office)
    context = home(sign_in(office.officers["sibling_officer"])).context
    assert [work.count for work in context["waiting"]] == [0, 0, 0]
    assert (context["cover"]["people"], context["units"], context["funds"], context["places"]) == (
        0,
        [],
        [],
        [],
    )


def test_home_without_any_post_says_whom_to_ask(db, sign_in):
    from tests.factories import UserFactory

    answer = home(sign_in(UserFactory()))
    assert (answer.status_code, answer.context["waiting"]) == (200, [])
