"""Appeals answered by others than decided first; differences settled before the decision is reviewed."""

from decimal import Decimal

import pytest
from django.urls import reverse

from tests.claims import scene
from tests.factories import (
    CoverageFactory,
    MembershipFactory,
    PostFactory,
    UnionFactory,
    UserFactory,
    WorkerFactory,
)
from unionbenefits.access.actions import sync_roles
from unionbenefits.access.roles import Role
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.claims import actions
from unionbenefits.claims.models import Appeal, Difference

APPEALS, DIFFERENCES = reverse("admin:appeal_list"), reverse("admin:difference_list")
ROLES = (Role.CLAIMS_OFFICER, Role.CLAIMS_REVIEWER, Role.CLAIMS_APPROVER)


@pytest.fixture
def desk(db):
    """The desk, its people with posts above the worker's enterprise: officer, reviewer, approver, twice."""
    sync_roles(by=SYSTEM)
    desk = scene.build()
    desk.place = UnionFactory()
    enterprise = desk.worker.memberships.get().enterprise
    enterprise.union = UnionFactory(parent=desk.place)
    enterprise.save()
    for role, user in zip(ROLES * 2, desk.people, strict=True):
        PostFactory(role=role, user=user, union=desk.place)
    return desk


@pytest.fixture
def appeal(desk):
    claim = desk.filed()
    desk.approved(claim)
    claim.refresh_from_db()
    return actions.appeal(by=desk.worker, claim=claim, text="自付金额少算了")


def page(appeal):
    return reverse("admin:appeal_page", args=[appeal.pk])


def decide(client, appeal, **data):
    return client.post(page(appeal), {"outcome": "dismiss", "answer": "已按结算单核对"} | data)


def test_an_appeal_is_dismissed_by_another_with_an_answer(desk, appeal, client):
    client.force_login(desk.people[3])
    shown = client.get(page(appeal))
    assert (shown.context["why_not"], shown.context["working"].lines[-1][0]) == ("", Decimal("5600.00"))
    assert decide(client, appeal).status_code == 302
    appeal.refresh_from_db()
    assert (appeal.state, appeal.answer, appeal.decided_by) == ("dismissed", "已按结算单核对", desk.people[3])
    assert appeal.claim.state == "approved"
    again = decide(client, appeal, outcome="grant")
    assert again.status_code == 409


def test_a_granted_appeal_sends_the_claim_back_and_shows_the_new_decision(desk, appeal, client):
    client.force_login(desk.people[4])
    decide(client, appeal, outcome="grant")
    claim = appeal.claim
    claim.refresh_from_db()
    assert claim.state == "filed"
    assert client.get(page(appeal)).context["answering"] is None
    made = actions.decide(by=desk.people[3], claim=claim, version=claim.version, note="再看过")
    assert client.get(page(appeal)).context["answering"] == made


@pytest.mark.parametrize("person", [0, 1, 2])
def test_whoever_took_part_at_first_is_told_why_not(desk, appeal, client, person):
    client.force_login(desk.people[person])
    assert [one.is_own for one in client.get(APPEALS).context["rows"].rows] == [True]
    shown = client.get(page(appeal))
    assert shown.context["why_not"]
    assert 'name="outcome"' not in shown.content.decode()
    assert decide(client, appeal).status_code == 409
    appeal.refresh_from_db()
    assert appeal.state == "open"


@pytest.mark.parametrize(("data", "field"), [({"outcome": ""}, "outcome"), ({"answer": " "}, "answer")])
def test_an_appeal_is_not_decided_without_outcome_and_answer(desk, appeal, client, data, field):
    client.force_login(desk.people[3])
    answer = decide(client, appeal, **data)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert Appeal.objects.get().state == "open"


def test_appeals_are_hidden_from_others_and_read_by_the_auditor(desk, appeal, client):
    outside = PostFactory(role=Role.CLAIMS_OFFICER, user=UserFactory(), union=UnionFactory()).user
    client.force_login(outside)
    assert client.get(page(appeal)).status_code == 404
    assert client.get(APPEALS).context["rows"].rows == []
    client.force_login(PostFactory(role=Role.AUDITOR, user=UserFactory(), union=desk.place).user)
    assert client.get(page(appeal)).context["why_not"]
    assert decide(client, appeal).status_code == 403
    client.force_login(PostFactory(role=Role.CASHIER, user=UserFactory(), union=desk.place).user)
    assert client.get(APPEALS).status_code == 403


def covered(desk):
    """Another worker of the same enterprise under the same plan."""
    worker = WorkerFactory(name="李测试", name_key="李测试")
    MembershipFactory(worker=worker, enterprise=desk.worker.memberships.get().enterprise)
    CoverageFactory(
        worker=worker,
        plan_version=desk.coverage.plan_version,
        first_enrolment=False,
        period=desk.coverage.period,
    )
    return worker


def test_queries_of_the_appeals_do_not_grow(desk, appeal, client, django_assert_num_queries):
    client.force_login(desk.people[3])
    with django_assert_num_queries(6):
        client.get(APPEALS)
    for _more in range(2):
        claim = desk.filed(covered(desk))
        desk.approved(claim)
        claim.refresh_from_db()
        actions.appeal(by=claim.worker, claim=claim, text="错了")
    with django_assert_num_queries(6):
        assert len(client.get(APPEALS).context["rows"].rows) == 3


def late_stay(desk, worker=None):
    """Case C104: a later stay was paid as the first; an earlier one comes in and takes its ordinal."""
    later = desk.filed(worker, admitted="2026-06-10", discharged="2026-06-18", settled="2026-06-18")
    desk.approved(later)
    earlier = desk.filed(later.worker)
    desk.decided(earlier)
    return Difference.objects.get(claim=later)


def settle(client, difference, how, **data):
    return client.post(reverse("admin:difference_settle", args=[difference.pk]), {"how": how} | data)


@pytest.mark.parametrize(
    ("how", "reason", "state"),
    [
        ("deducted", "", "deducted"),
        ("waived", "差额很小", "waived"),
        ("waived", "", "open"),
        ("topped_up", "", "open"),
        ("nonsense", "", "open"),
    ],
)
def test_case_c104_a_difference_is_settled_or_the_page_says_why_not(desk, client, how, reason, state):
    difference = late_stay(desk)
    client.force_login(desk.people[0])
    [shown] = client.get(DIFFERENCES).context["rows"].rows
    assert (shown, shown.absolute) == (difference, Decimal("700.00"))
    settle(client, difference, how, reason=reason)
    difference.refresh_from_db()
    assert (difference.state, difference.reason) == (state, reason if state == "waived" else "")
    tab = client.get(DIFFERENCES, {"state": state}).context["rows"].rows
    assert tab == [difference]


def test_after_review_and_for_other_roles_there_is_no_button(desk, client):
    difference = late_stay(desk)
    button = 'value="deducted"'
    client.force_login(desk.people[1])
    assert button not in client.get(DIFFERENCES).content.decode()
    assert settle(client, difference, "deducted").status_code == 403
    decision = difference.decision
    actions.review(by=desk.people[1], decision=decision, version=decision.version)
    client.force_login(desk.people[0])
    assert button not in client.get(DIFFERENCES).content.decode()
    settle(client, difference, "deducted")
    difference.refresh_from_db()
    assert difference.state == "open"


def test_a_returned_decision_takes_its_difference_along(desk, client):
    difference = late_stay(desk)
    decision = difference.decision
    actions.return_decision(by=desk.people[1], decision=decision, version=decision.version, reason="再看")
    client.force_login(desk.people[0])
    assert client.get(DIFFERENCES).context["rows"].rows == []
    assert client.get(DIFFERENCES, {"state": "dropped"}).context["rows"].rows == [difference]


def test_differences_are_hidden_from_others(desk, client):
    difference = late_stay(desk)
    client.force_login(PostFactory(role=Role.CLAIMS_OFFICER, user=UserFactory(), union=UnionFactory()).user)
    assert client.get(DIFFERENCES).context["rows"].rows == []
    assert settle(client, difference, "deducted").status_code == 404


def test_queries_of_the_differences_do_not_grow(desk, client, django_assert_num_queries):
    late_stay(desk)
    client.force_login(desk.people[0])
    with django_assert_num_queries(6):
        client.get(DIFFERENCES)
    for _more in range(2):
        late_stay(desk, covered(desk))
    with django_assert_num_queries(6):
        assert len(client.get(DIFFERENCES).context["rows"].rows) == 3
