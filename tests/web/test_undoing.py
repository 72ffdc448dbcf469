"""Undo on the pages: proposed with ticks, confirmed by another, declined, refused with a sentence."""

import pytest
from django.urls import reverse

from tests.web.office import person
from unionbenefits.campaigns import actions
from unionbenefits.campaigns.models import GiftBatch, Revocation


@pytest.fixture
def issued(office):
    office.applied([person(1), person(2)])
    return actions.issue_batch(by=office.approver, batch=office.approved()).batch


def propose(client, batch, **data):
    data = {"which": "all", "reason": "误发"} | data
    return client.post(reverse("admin:undo_propose", args=[batch.pk]), data)


def page(name, revocation):
    return reverse(f"admin:{name}", args=[revocation.pk])


def test_ticked_lines_are_proposed_and_another_officer_undoes_them(office, sign_in, issued):
    line = issued.gifts.order_by("pk").first()
    client = sign_in(office.preparer)
    assert (
        f'name="gift" value="{line.pk}"'
        in client.get(reverse("admin:batch_review", args=[issued.pk])).content.decode()
    )
    answer = propose(client, issued, which="ticked", gift=[line.pk])
    revocation = Revocation.objects.get()
    assert answer.headers["Location"] == page("undo_review", revocation)
    own = client.get(page("undo_review", revocation))
    assert (own.context["can_confirm"], own.context["can_decline"], own.context["is_own"]) == (
        False,
        True,
        True,
    )
    client = sign_in(office.approver)
    shown = client.get(page("undo_review", revocation))
    assert [gift.pk for gift in shown.context["rows"].rows] == [line.pk]
    client.post(page("undo_confirm", revocation), {"digest": revocation.digest})
    issued.refresh_from_db()
    assert (issued.state, issued.revoked) == ("part_revoked", 1)
    client.post(page("undo_confirm", revocation), {"digest": revocation.digest})
    issued.refresh_from_db()
    assert issued.revoked == 1


def test_the_proposer_cannot_confirm_on_the_page_either(office, sign_in, issued):
    client = sign_in(office.preparer)
    propose(client, issued)
    revocation = Revocation.objects.get()
    client.post(page("undo_confirm", revocation), {"digest": revocation.digest})
    revocation.refresh_from_db()
    assert revocation.state == "proposed"


def test_declined_changes_nothing(office, sign_in, issued):
    propose(sign_in(office.preparer), issued)
    revocation = Revocation.objects.get()
    sign_in(office.approver).post(page("undo_decline", revocation))
    revocation.refresh_from_db()
    assert (revocation.state, GiftBatch.objects.get().state) == ("declined", "issued")


@pytest.mark.parametrize(
    ("data", "status", "field"),
    [
        ({"reason": ""}, 422, "reason"),
        ({"from_day": "x"}, 422, "from_day"),
        ({"from_day": "2099-01-01"}, 409, "from_day"),
        ({"which": "ticked"}, 409, "reason"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(
    office, sign_in, issued, data, status, field
):
    answer = propose(sign_in(office.preparer), issued, **data)
    assert answer.status_code == status
    assert list(answer.context["undo_form"].errors) == [field]
    assert not Revocation.objects.exists()


@pytest.mark.parametrize("role", ["auditor", "enterprise_clerk", "industry_officer"])
def test_others_see_the_undo_and_cannot_act(office, sign_in, issued, role):
    propose(sign_in(office.preparer), issued)
    revocation = Revocation.objects.get()
    client = sign_in(office.officers[role])
    answer = client.get(page("undo_review", revocation))
    assert answer.status_code == 200
    assert (answer.context["can_confirm"], answer.context["can_decline"]) == (False, False)
    assert propose(client, issued).status_code == 403
    assert client.post(page("undo_confirm", revocation)).status_code == 403


def test_another_unions_undo_does_not_exist(office, sign_in, issued):
    propose(sign_in(office.preparer), issued)
    stranger = sign_in(office.officers["sibling_officer"])
    assert stranger.get(page("undo_review", Revocation.objects.get())).status_code == 404
    assert propose(stranger, issued).status_code == 404


def test_people_of_a_batch_are_found_by_name(office, sign_in, issued):
    name = person(1)[0]
    answer = sign_in(office.preparer).get(reverse("admin:batch_review", args=[issued.pk]), {"q": name})
    assert [gift.worker.name for gift in answer.context["rows"].rows] == [name]
