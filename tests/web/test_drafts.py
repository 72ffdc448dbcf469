"""Drafts on the pages."""

import pytest
from django.urls import reverse

from tests.web.office import person
from unionbenefits.campaigns.models import GiftBatch


@pytest.fixture
def drafted(office, sign_in):
    """The preparer, signed in, with a draft of two."""
    office.applied([person(1), person(2)])
    allotment = office.allotment()
    client = sign_in(office.preparer)
    client.post(reverse("admin:batch_draft", args=[allotment.pk]), {"roster": ""})
    return client, GiftBatch.objects.get()


def move(client, batch, act):
    client.post(reverse("admin:draft_move", args=[batch.pk]), {"act": act})
    batch.refresh_from_db()
    return batch.state


def lines(client, batch, act, gifts):
    client.post(
        reverse("admin:draft_lines", args=[batch.pk]), {"act": act, "gift": [one.pk for one in gifts]}
    )
    batch.refresh_from_db()
    return batch.copies


def test_a_draft_is_thinned_out_and_put_forward(drafted):
    client, batch = drafted
    assert (batch.state, batch.copies) == ("draft", 2)
    first = batch.gifts.order_by("pk").first()
    page = client.get(reverse("admin:batch_review", args=[batch.pk])).content.decode()
    assert page.count('form="lines"') == 2
    assert lines(client, batch, "take_out", [first]) == 1
    assert lines(client, batch, "put_back", [first]) == 2
    assert lines(client, batch, "take_out", [first]) == 1
    assert move(client, batch, "refresh") == "draft"
    assert move(client, batch, "forward") == "put_forward"
    assert batch.copies == 1


def test_a_draft_is_dropped(drafted):
    client, batch = drafted
    assert move(client, batch, "drop") == "returned"
    assert move(client, batch, "forward") == "returned"


def test_people_who_do_not_fit_are_kept_as_a_draft_to_be_thinned_out(office, sign_in):
    office.applied([person(1), person(2)])
    allotment = office.allotment(copies=1)
    client = sign_in(office.preparer)
    preview = client.get(reverse("admin:batch_preview", args=[allotment.pk]))
    assert reverse("admin:batch_draft", args=[allotment.pk]) in preview.content.decode()
    client.post(reverse("admin:batch_draft", args=[allotment.pk]), {"roster": ""})
    batch = GiftBatch.objects.get()
    assert move(client, batch, "forward") == "draft"


@pytest.mark.parametrize(("role", "status"), [("auditor", 403), ("sibling_officer", 404)])
def test_others_cannot_touch_a_draft(office, sign_in, drafted, role, status):
    _client, batch = drafted
    client = sign_in(office.officers[role])
    for name in ("draft_move", "draft_lines"):
        assert client.post(reverse(f"admin:{name}", args=[batch.pk])).status_code == status
