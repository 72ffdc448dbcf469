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
        reverse("admin:draft_lines", args=[batch.pk]),
        {"act": act, "gift": [one.pk for one in gifts], "reason": "本人不愿参加"},
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


def test_a_draft_page_shows_what_is_new_what_it_costs_and_who_changed_it(drafted, office):
    client, batch = drafted
    lines(client, batch, "take_out", [batch.gifts.order_by("pk").first()])
    office.applied([person(3)])
    context = client.get(reverse("admin:batch_review", args=[batch.pk])).context
    found = context["outlook"]
    assert (found.joined, found.gained, found.lost) == (1, 0, {})
    assert (found.preview.eligible, str(found.preview.cost)) == (1, "95.00")
    assert [(one.act, one.lines, one.reason) for one in context["edits"]] == [("take_out", 1, "本人不愿参加")]


def test_lines_are_not_taken_out_without_a_reason(drafted, said):
    client, batch = drafted
    line = batch.gifts.first()
    client.get(reverse("admin:batch_review", args=[batch.pk]))
    client.post(reverse("admin:draft_lines", args=[batch.pk]), {"act": "take_out", "gift": [line.pk]})
    answer = client.get(reverse("admin:batch_review", args=[batch.pk]))
    assert len(said(answer)) == 1
    assert batch.gifts.filter(state="drafted").count() == 2


def test_scarce_places_are_offered_to_the_first_from_preview_and_draft(office, sign_in):
    office.applied([person(1), person(2), person(3)])
    allotment = office.allotment(copies=2)
    client = sign_in(office.preparer)
    preview = client.get(reverse("admin:batch_preview", args=[allotment.pk]))
    assert preview.context["preview"].can_fill
    assert 'name="fill"' in preview.content.decode()
    client.post(reverse("admin:batch_draft", args=[allotment.pk]), {"roster": ""})
    batch = GiftBatch.objects.get()
    assert 'value="fill"' in client.get(reverse("admin:batch_review", args=[batch.pk])).content.decode()
    assert move(client, batch, "forward") == "draft"
    assert move(client, batch, "fill") == "put_forward"
    assert (batch.copies, batch.left_out) == (2, 1)


def test_preview_put_forward_as_far_as_places_reach(office, sign_in):
    office.applied([person(1), person(2), person(3)])
    allotment = office.allotment(copies=2)
    client = sign_in(office.preparer)
    client.post(reverse("admin:batch_put_forward", args=[allotment.pk]), {"fill": "1", "expected": "2"})
    assert GiftBatch.objects.get().copies == 2


def test_amounts_of_a_superiors_fund_stay_its_own_on_a_draft(office, sign_in):
    office.applied([person(1), person(2)])
    allotment = office.allotment(owner=office.province, money="123.45")
    client = sign_in(office.preparer)
    client.post(reverse("admin:batch_draft", args=[allotment.pk]), {"roster": ""})
    batch = GiftBatch.objects.get()
    assert move(client, batch, "forward") == "draft"
    assert "123.45" not in client.get(reverse("admin:batch_review", args=[batch.pk])).content.decode()
