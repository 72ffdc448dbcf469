import datetime as dt
from decimal import Decimal
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.urls import reverse
from psycopg.types.range import DateRange

from tests.web.office import person
from unionbenefits.backoffice.pages import cover as pages_cover
from unionbenefits.campaigns import actions
from unionbenefits.core import clock

MOST_QUERIES = 15


@pytest.fixture(autouse=True)
def nothing_kept():
    """Figures kept by another test would be of people who are gone."""
    cache.clear()


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
    assert (cover.people, cover.covered, cover.units, cover.counted_at) == (2, 0, 2, None)
    units = {unit.name: (unit.members, unit.covered) for unit in cover.largest}
    assert units == {office.enterprise.name: (2, 0), office.other_enterprise.name: (1, 0)}


def test_covered_today_leads_to_exactly_those_people(office, sign_in):
    from tests.factories import CoverageFactory
    from unionbenefits.workers.models import Membership

    office.applied([person(order) for order in range(4)])
    stays, left, late, _never = (
        tie.worker for tie in Membership.objects.order_by("pk").select_related("worker")
    )
    today = clock.today()
    for worker, first in ((stays, today), (left, today), (late, today + dt.timedelta(days=1))):
        CoverageFactory(worker=worker, period=DateRange(first, first + dt.timedelta(days=365)))
    Membership.objects.filter(worker=left).update(left_on=today)
    client = sign_in(office.preparer)
    answer = home(client)
    cover = answer.context["cover"]
    assert (cover.people, cover.covered, cover.open) == (3, 1, 2)
    register = reverse("admin:plans_coverage_changelist")
    assert f"{register}?in_force=members" in answer.content.decode()

    def people(query):
        return {row.worker for row in client.get(f"{register}?in_force={query}").context["cl"].result_list}

    assert people("members") == {stays}
    assert people("today") == {stays, left}
    assert people("") == {stays, left, late}


def test_not_covered_and_lapsing_lead_to_exactly_those_people(office, sign_in):
    from tests.factories import CoverageFactory
    from unionbenefits.workers.models import Membership

    office.applied([person(order) for order in range(5)])
    soon, renewed, late, never, nor = (
        tie.worker for tie in Membership.objects.order_by("pk").select_related("worker")
    )
    today, year = clock.today(), dt.timedelta(days=365)
    for worker, ends in ((soon, 31), (renewed, 5), (late, 32)):
        last = today + dt.timedelta(days=ends)
        CoverageFactory(worker=worker, period=DateRange(last - year, last))
        if worker == renewed:
            CoverageFactory(worker=worker, period=DateRange(last, last + year))
    client = sign_in(office.preparer)
    cover = home(client).context["cover"]
    assert (cover.people, cover.covered, cover.open, cover.lapsing) == (5, 3, 2, 1)
    register = reverse("admin:plans_coverage_changelist")
    found = client.get(f"{register}?in_force=lapsing").context["cl"].result_list
    assert [row.worker for row in found] == [soon]
    rows = client.get(reverse("admin:uncovered")).context["rows"].rows
    assert {row.pk for row in rows} == {never.pk, nor.pk}
    assert [row.enterprises for row in rows] == [[office.enterprise.name]] * 2
    sibling = sign_in(office.officers["sibling_officer"]).get(reverse("admin:uncovered"))
    assert list(sibling.context["rows"].rows) == []


def test_trend_leads_to_the_batches_of_its_month(office, sign_in):
    office.applied([person(order) for order in range(3)])
    actions.issue_batch(by=office.approver, batch=office.approved())
    client = sign_in(office.preparer)
    [trend] = home(client).context["trends"]
    assert (len(trend.months), trend.total, trend.months[-1].value) == (12, 3, 3)
    behind = [len(client.get(month.href).context["cl"].result_list) for month in trend.months[-2:]]
    assert behind == [0, 1]
    assert home(sign_in(office.officers["sibling_officer"])).context["trends"] == []


def test_many_people_are_counted_behind_the_page(office, sign_in, monkeypatch):
    office.applied([person(order) for order in range(3)])
    monkeypatch.setattr(pages_cover, "FEW", 2)
    client = sign_in(office.preparer)
    answer = home(client)
    address = reverse("admin:cover")
    assert answer.context["cover"] is None
    assert f'hx-get="{address}"' in answer.content.decode()
    part = client.get(address, headers={"HX-Request": "true"})
    whole = client.get(address)
    for shown in (part, whole):
        cover = shown.context["cover"]
        assert (cover.people, cover.covered, cover.units) == (3, 0, 1)
        assert office.enterprise.name in shown.content.decode()
    assert "<html" not in part.content.decode()
    assert whole.context["cover"].counted_at == part.context["cover"].counted_at


def test_kept_figures_are_those_of_the_own_scope(office, sign_in):
    office.applied([person(1), person(2)])
    address = reverse("admin:cover")
    assert sign_in(office.preparer).get(address).context["cover"].people == 2
    assert sign_in(office.officers["sibling_officer"]).get(address).context["cover"].people == 0


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
    cover = context["cover"]
    assert (cover.people, cover.largest, context["funds"], context["places"]) == (0, [], [], [])


def test_home_without_any_post_says_whom_to_ask(db, sign_in):
    from tests.factories import UserFactory

    answer = home(sign_in(UserFactory()))
    assert (answer.status_code, answer.context["waiting"]) == (200, [])
