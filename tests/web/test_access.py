"""Who may open and press what on the workflow pages; written down here, not taken from the code."""

from types import SimpleNamespace

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.factories import UserFactory
from tests.web.office import person
from unionbenefits.campaigns.actions import put_forward
from unionbenefits.campaigns.models import GiftBatch
from unionbenefits.workers.models import Roster
from unionbenefits.workers.roster.states import RosterState

OFFICERS = {"province_officer", "union_officer"}
INDUSTRY = OFFICERS | {"industry_officer"}
WORKING = INDUSTRY | {"enterprise_clerk"}
ALL = WORKING | {"auditor", "administrator"}

MATRIX = {
    ("GET", "roster_list"): ALL,
    ("GET", "roster_upload"): WORKING,
    ("POST", "roster_upload"): WORKING,
    ("GET", "roster_review"): ALL,
    ("GET", "roster_progress"): ALL,
    ("GET", "roster_sheets"): ALL,
    ("POST", "roster_remap"): WORKING,
    ("POST", "roster_confirm"): WORKING,
    ("POST", "roster_discard"): WORKING,
    ("GET", "batch_list"): ALL,
    ("GET", "batch_choose"): INDUSTRY,
    ("GET", "batch_preview"): INDUSTRY,
    ("POST", "batch_put_forward"): INDUSTRY,
    ("GET", "batch_review"): ALL,
    ("POST", "batch_approve"): OFFICERS,
    ("POST", "batch_return"): OFFICERS,
    ("POST", "batch_issue"): OFFICERS,
    ("GET", "campaign_list"): ALL,
    ("GET", "campaign_figures"): ALL,
}


@pytest.fixture
def things(office):
    """One of each thing in the own unit, and one of each in the sibling's."""
    sibling = office.officers["sibling_officer"]
    office.applied([person(1)])
    office.applied([person(2)], by=sibling, enterprise=office.other_enterprise)
    own = office.allotment(owner=office.district)
    other = office.allotment(enterprise=office.other_enterprise, owner=office.province)

    def of(roster, allotment, by):
        batch = put_forward(by=by, allotment=allotment)
        return {
            "roster": roster,
            "batch": batch,
            "allotment": allotment,
            "campaign": allotment.campaign,
        }

    return {
        "own": of(office.judged([person(3)]), own, office.preparer),
        "other": of(
            office.judged([person(4)], by=sibling, enterprise=office.other_enterprise), other, sibling
        ),
    }


def kind_of(name):
    """Which thing the page is about, if any."""
    if name in {"batch_preview", "batch_put_forward"}:
        return "allotment"
    if name == "campaign_figures":
        return "campaign"
    kind = name.split("_")[0]
    return None if name.endswith(("list", "upload", "choose")) else kind


def ask(client, method, name, things):
    kind = kind_of(name)
    address = reverse(f"admin:{name}", args=[things[kind].pk] if kind else [])
    return client.get(address) if method == "GET" else client.post(address)


def status(client, key, things):
    return ask(client, *key, things).status_code


def test_pages_and_buttons_open_as_the_role_permits_and_never_reach_another_union(office, client, things):
    """The office is set up once: what each role does is taken back before the next one comes."""
    roster, batch = things["other"]["roster"], things["other"]["batch"]
    for role in sorted(ALL):
        with transaction.atomic():
            client.force_login(office.officers[role])
            permitted = {key for key, allowed in MATRIX.items() if role in allowed}
            if role != "province_officer":
                others = {key: status(client, key, things["other"]) for key in permitted if kind_of(key[1])}
                assert set(others.values()) == {404}, (role, others)
                roster.refresh_from_db()
                batch.refresh_from_db()
                assert (roster.state, batch.state) == (RosterState.JUDGED, "put_forward"), role
                assert (Roster.objects.count(), GiftBatch.objects.count()) == (4, 2), role
            refused = {key for key in MATRIX if status(client, key, things["own"]) == 403}
            assert refused == MATRIX.keys() - permitted, role
            transaction.set_rollback(True)


ANY = dict.fromkeys(("roster", "batch", "allotment", "campaign"), SimpleNamespace(pk=1))


@pytest.mark.django_db
def test_strangers_are_sent_to_the_sign_in_page(client):
    login = reverse("admin:login")
    for key in MATRIX:
        answer = ask(client, *key, ANY)
        assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, login), key


@pytest.mark.django_db
def test_acts_are_refused_without_the_token_of_the_form():
    """Who may do everything gets 403 for want of the token alone: with it, the same acts get further."""
    user = UserFactory(is_superuser=True)
    bare, trusted = Client(enforce_csrf_checks=True), Client()
    bare.force_login(user)
    trusted.force_login(user)
    acts = [key for key in MATRIX if key[0] == "POST"]
    assert {status(bare, key, ANY) for key in acts} == {403}
    assert 403 not in {status(trusted, key, ANY) for key in acts}
