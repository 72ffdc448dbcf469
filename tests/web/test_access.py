"""Who may open and press what on the workflow pages; written down here, not taken from the code."""

import pytest
from django.urls import reverse

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


@pytest.mark.parametrize("role", sorted(ALL))
def test_pages_and_buttons_open_as_the_role_permits(office, sign_in, things, role):
    client = sign_in(office.officers[role])
    refused = {key for key in MATRIX if ask(client, *key, things["own"]).status_code == 403}
    assert refused == {key for key, allowed in MATRIX.items() if role not in allowed}


@pytest.mark.parametrize("role", sorted(ALL - {"province_officer"}))
def test_things_of_another_union_are_not_found(office, sign_in, things, role):
    client = sign_in(office.officers[role])
    answers = {
        key: ask(client, *key, things["other"]).status_code
        for key, allowed in MATRIX.items()
        if role in allowed and kind_of(key[1])
    }
    assert set(answers.values()) == {404}, answers


def test_pressing_a_strangers_buttons_changes_nothing(office, sign_in, things):
    client = sign_in(office.preparer)
    for method, name in MATRIX:
        if method == "POST" and kind_of(name):
            ask(client, method, name, things["other"])
    roster, batch = things["other"]["roster"], things["other"]["batch"]
    roster.refresh_from_db()
    batch.refresh_from_db()
    assert (roster.state, batch.state) == (RosterState.JUDGED, "put_forward")
    assert (Roster.objects.count(), GiftBatch.objects.count()) == (4, 2)


@pytest.mark.parametrize(("method", "name"), sorted(MATRIX))
def test_strangers_are_sent_to_the_sign_in_page(client, office, things, method, name):
    answer = ask(client, method, name, things["own"])
    assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, reverse("admin:login"))


@pytest.mark.parametrize(("method", "name"), sorted(key for key in MATRIX if key[0] == "POST"))
def test_acts_are_refused_without_the_token_of_the_form(office, things, method, name):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(office.officers["union_officer"])
    assert ask(client, method, name, things["own"]).status_code == 403
