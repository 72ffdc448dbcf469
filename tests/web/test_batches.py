from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import translation

from tests.web.office import person
from unionbenefits.campaigns import actions
from unionbenefits.campaigns.enums import BatchState
from unionbenefits.campaigns.models import GiftBatch
from unionbenefits.funds.queries import balance_of
from unionbenefits.plans.models import Coverage

LIST_QUERIES = 6
CHOOSE_QUERIES = 7
PREVIEW_QUERIES = 14
REVIEW_QUERIES = 10


@pytest.fixture(autouse=True)
def english(client):
    client.cookies["django_language"] = "en"
    with translation.override("en"):
        yield


def page(name, thing):
    return reverse(f"admin:{name}", args=[thing.pk])


def put_forward(client, allotment, **data):
    return client.post(page("batch_put_forward", allotment), data)


def approve(client, batch, digest=None):
    return client.post(page("batch_approve", batch), {"digest": batch.digest if digest is None else digest})


@pytest.fixture
def members(office):
    """Four workers of the own enterprise, one of them past retirement."""
    retired = ("陈退休", "440699193003070019", "19900000099", "快递员", "2025-03-01")
    number = retired[1][:17]
    check = "10X98765432"[int(number, 13) * 2 % 11]
    rows = [person(1), person(2), person(3), (retired[0], number + check, *retired[2:])]
    return office.applied(rows)


# -- choosing and the preview


@pytest.mark.parametrize("count", [1, 3])
def test_choose_costs_the_same_for_one_and_three_allotments(
    office, sign_in, django_assert_num_queries, count
):
    for _order in range(count):
        office.allotment()
    client = sign_in(office.preparer)
    with django_assert_num_queries(CHOOSE_QUERIES):
        assert len(client.get(reverse("admin:batch_choose")).context["places"]) == count


def test_choose_offers_only_places_in_scope(office, sign_in):
    own = office.allotment()
    office.allotment(enterprise=office.other_enterprise, owner=office.province)
    places = sign_in(office.preparer).get(reverse("admin:batch_choose")).context["places"]
    assert [(place.allotment.pk, place.use.left) for place in places] == [(own.pk, 10)]


def test_preview_says_who_gets_it_who_does_not_why_and_what_it_costs(office, sign_in, members):
    allotment = office.allotment()
    context = sign_in(office.preparer).get(page("batch_preview", allotment)).context
    found = context["preview"]
    assert (found.eligible, found.cost, found.places_left) == (3, Decimal("285.00"), 10)
    assert {tab.code: tab.count for tab in context["tabs"]} == {
        "": 4,
        "gets_it": 3,
        "over_retirement_age": 1,
    }
    assert (context["budget"].is_open, found.available) == (True, Decimal("1000.00"))


@pytest.mark.parametrize(("reason", "count"), [("gets_it", 3), ("over_retirement_age", 1), ("", 4), ("x", 4)])
def test_preview_filters_its_lines_by_reason(office, sign_in, members, reason, count):
    answer = sign_in(office.preparer).get(page("batch_preview", office.allotment()), {"reason": reason})
    assert len(answer.context["lines"]) == count


def test_preview_of_one_roster_holds_only_its_people(office, sign_in, members):
    later = office.applied([person(7)])
    answer = sign_in(office.preparer).get(page("batch_preview", office.allotment()), {"roster": later.pk})
    assert (answer.context["roster"].pk, answer.context["preview"].eligible) == (later.pk, 1)


def test_preview_pages_through_everybody_once(office, sign_in):
    office.applied([person(order) for order in range(60)])
    client, seen, address = sign_in(office.preparer), [], "?"
    allotment = office.allotment(copies=100, money="9000.00")
    while address:
        context = client.get(page("batch_preview", allotment) + address).context
        seen += [line.worker_id for line in context["lines"]]
        address = context["pages"]["forth"]
    assert (len(seen), len(set(seen))) == (60, 60)


@pytest.mark.parametrize("count", [1, 3])
def test_preview_costs_the_same_for_one_and_three_workers(office, sign_in, django_assert_num_queries, count):
    office.applied([person(order) for order in range(count)])
    allotment, client = office.allotment(), sign_in(office.preparer)
    with django_assert_num_queries(PREVIEW_QUERIES):
        assert len(client.get(page("batch_preview", allotment)).context["lines"]) == count


def test_preview_keeps_the_amounts_of_a_superiors_fund_to_itself(office, sign_in, members):
    allotment = office.allotment(owner=office.province, money="123.45")
    text = sign_in(office.preparer).get(page("batch_preview", allotment)).content.decode()
    assert "123.45" not in text
    assert "The budget of the campaign does not suffice." in text


def test_preview_names_every_obstacle_and_offers_no_button(office, sign_in, members):
    allotment = office.allotment(money="90.00", copies=1)
    answer = sign_in(office.preparer).get(page("batch_preview", allotment))
    assert [notice.code for notice in answer.context["preview"].obstacles] == [
        "places_exhausted",
        "budget_exhausted",
    ]
    assert page("batch_put_forward", allotment) not in answer.content.decode()


# -- putting forward


def test_put_forward_makes_the_batch_and_holds_the_money(office, sign_in, members):
    allotment = office.allotment()
    answer = put_forward(sign_in(office.preparer), allotment, roster=members.pk, expected=3)
    batch = GiftBatch.objects.get()
    assert answer.headers["Location"] == page("batch_review", batch)
    assert (batch.prepared_by, batch.roster, batch.copies, batch.state) == (
        office.preparer,
        members,
        3,
        BatchState.PUT_FORWARD,
    )
    assert balance_of(allotment.campaign.funds.get()).held == Decimal("285.00")


def test_put_forward_twice_leads_to_the_batch_of_the_first_press(office, sign_in, members):
    allotment, client = office.allotment(), sign_in(office.preparer)
    first = put_forward(client, allotment).headers["Location"]
    assert put_forward(client, allotment).headers["Location"] == first
    assert GiftBatch.objects.count() == 1


def test_put_forward_says_so_where_the_preview_showed_other_numbers(office, sign_in, said, members):
    client = sign_in(office.preparer)
    answer = client.get(put_forward(client, office.allotment(), expected=4).headers["Location"])
    assert said(answer) == ["Since the preview something changed: it showed 4, the batch holds 3."]


def test_put_forward_without_enough_places_says_so_and_makes_nothing(office, sign_in, said, members):
    client, allotment = sign_in(office.preparer), office.allotment(copies=2)
    answer = client.get(put_forward(client, allotment).headers["Location"])
    assert said(answer) == ["No places left: 2 are free, 3 are needed. Ask for more places first."]
    assert GiftBatch.objects.count() == 0


def test_put_forward_with_a_roster_of_another_unit_is_refused(office, sign_in, said, members):
    other = office.applied(
        [person(8)], by=office.officers["sibling_officer"], enterprise=office.other_enterprise
    )
    client = sign_in(office.preparer)
    answer = client.get(put_forward(client, office.allotment(), roster=other.pk).headers["Location"])
    assert said(answer) == ["This roster cannot be chosen. Choose again."]
    assert GiftBatch.objects.count() == 0


# -- the list and one batch


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_one_and_three_batches(
    office, sign_in, members, django_assert_num_queries, count
):
    for _order in range(count):
        office.batch()
    client = sign_in(office.preparer)
    with django_assert_num_queries(LIST_QUERIES):
        assert len(client.get(reverse("admin:batch_list")).context["rows"].rows) == count


def test_list_of_others_leaves_out_what_one_put_forward_oneself(office, sign_in, members):
    office.batch()
    theirs = office.batch(by=office.approver)
    query = {"state": "put_forward", "mine": "other"}
    rows = sign_in(office.preparer).get(reverse("admin:batch_list"), query).context["rows"].rows
    assert [row.pk for row in rows] == [theirs.pk]


@pytest.mark.parametrize("count", [1, 3])
def test_review_costs_the_same_for_one_and_three_lines(office, sign_in, django_assert_num_queries, count):
    office.applied([person(order) for order in range(count)])
    batch, client = office.batch(), sign_in(office.approver)
    with django_assert_num_queries(REVIEW_QUERIES):
        assert len(client.get(page("batch_review", batch)).context["rows"].rows) == count


def test_review_shows_lines_digest_course_and_ledger(office, sign_in, members):
    batch = office.approved()
    context = sign_in(office.approver).get(page("batch_review", batch)).context
    assert [entry.kind for entry in context["entries"]] == ["hold"]
    assert (context["digest"], len(context["rows"].rows)) == (batch.digest, 4)
    assert {tab.code: tab.count for tab in context["tabs"]} == {"": 4, "gets_it": 3, "over_retirement_age": 1}


def test_review_filters_its_lines_by_reason(office, sign_in, members):
    batch, client = office.batch(), sign_in(office.approver)
    for reason, count in (("gets_it", 3), ("over_retirement_age", 1), ("", 4)):
        answer = client.get(page("batch_review", batch), {"reason": reason})
        assert len(answer.context["rows"].rows) == count


# -- approving, returning, issuing


def test_approve_by_another_officer_binds_to_the_digest_shown(office, sign_in, members):
    batch, client = office.batch(), sign_in(office.approver)
    assert (
        approve(client, batch, client.get(page("batch_review", batch)).context["digest"]).status_code == 302
    )
    batch.refresh_from_db()
    assert (batch.state, batch.approved_by, batch.approved_digest) == (
        BatchState.APPROVED,
        office.approver,
        batch.digest,
    )


def test_approve_by_the_preparer_is_not_offered_and_refused(office, sign_in, said, members):
    batch, client = office.batch(), sign_in(office.preparer)
    answer = client.get(page("batch_review", batch))
    assert (answer.context["can_approve"], answer.context["is_own"]) == (False, True)
    assert "You put it forward yourself." in answer.content.decode()
    approve(client, batch)
    answer = client.get(page("batch_review", batch))
    assert len(said(answer)) == 1
    assert answer.context["batch"].state == BatchState.PUT_FORWARD


def test_approve_of_other_lines_than_shown_is_refused_with_a_sentence(office, sign_in, said, members):
    batch, client = office.batch(), sign_in(office.approver)
    approve(client, batch, "0" * 64)
    answer = client.get(page("batch_review", batch))
    assert len(said(answer)) == 1
    assert answer.context["batch"].state == BatchState.PUT_FORWARD


def test_return_needs_a_reason_and_keeps_what_was_typed(office, sign_in, members):
    batch, client = office.batch(), sign_in(office.approver)
    long = "请核对" * 80
    for text, sentence in ((" ", "Say why, so that the preparer knows what to mend."), (long, long)):
        answer = client.post(page("batch_return", batch), {"reason": text})
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
    batch.refresh_from_db()
    assert batch.state == BatchState.PUT_FORWARD


def test_return_shows_the_reason_and_frees_the_money(office, sign_in, members):
    batch, client = office.batch(), sign_in(office.approver)
    client.post(page("batch_return", batch), {"reason": "<b>请核对证件</b>"})
    answer = client.get(page("batch_review", batch))
    assert answer.context["batch"].state == BatchState.RETURNED
    assert "&lt;b&gt;请核对证件&lt;/b&gt;" in answer.content.decode()
    assert balance_of(batch.campaign.funds.get()).available == Decimal("1000.00")


def test_return_of_an_issued_batch_is_refused_with_a_sentence(office, sign_in, members):
    batch = office.approved()
    actions.issue_batch(by=office.approver, batch=batch)
    answer = sign_in(office.approver).post(page("batch_return", batch), {"reason": "太晚"})
    assert answer.status_code == 409
    batch.refresh_from_db()
    assert batch.state == BatchState.ISSUED


def test_issue_covers_the_workers_once_however_often_it_is_pressed(office, sign_in, said, members):
    batch, client = office.approved(), sign_in(office.approver)
    for _press in range(2):
        assert client.post(page("batch_issue", batch)).status_code == 302
    answer = client.get(page("batch_review", batch))
    assert said(answer) == [
        "Issued: 3 coverages, 285.00 元.",
        "Already issued before: 3 coverages, 285.00 元. Nothing was done twice.",
    ]
    assert (Coverage.objects.count(), balance_of(batch.campaign.funds.get()).used) == (3, Decimal("285.00"))
    numbers = {row.coverage.certificate_no for row in answer.context["rows"].rows if row.coverage}
    assert numbers == set(Coverage.objects.values_list("certificate_no", flat=True))


def test_issue_before_approval_is_refused_with_a_sentence(office, sign_in, said, members):
    batch, client = office.batch(), sign_in(office.approver)
    client.post(page("batch_issue", batch))
    answer = client.get(page("batch_review", batch))
    assert len(said(answer)) == 1
    assert (answer.context["batch"].state, Coverage.objects.count()) == (BatchState.PUT_FORWARD, 0)
