"""My gifts: what was given by whom, what waits to be collected, and an empty page that says so plainly."""

import datetime as dt

import pytest

from tests.campaigns.scene import scene
from tests.factories import AllotmentFactory, CampaignFactory, UserFactory
from tests.portal.conftest import person, sign_in
from unionbenefits.campaigns.enums import BatchState, GiftState
from unionbenefits.campaigns.models import Gift, GiftBatch
from unionbenefits.campaigns.own_gifts import gifts_of
from unionbenefits.core import clock

pytestmark = pytest.mark.django_db


def given(worker, enterprise, *, state=BatchState.ISSUED, line=GiftState.LIVE, **campaign):
    """A line of a batch of goods or an activity: these campaigns have no verbs of their own yet."""
    made = CampaignFactory(plan_version=None, cover_starts_on=None, cover_ends_on=None, **campaign)
    allotment = AllotmentFactory(campaign=made, enterprise=enterprise)
    maker, now = UserFactory(), clock.now()
    batch = GiftBatch.objects.create(
        campaign=made, allotment=allotment, copies=1, amount="10.00", digest="d" * 64, prepared_by=maker,
        prepared_at=now,
    )  # fmt: skip
    if state != BatchState.PUT_FORWARD:
        GiftBatch.objects.filter(pk=batch.pk).update(
            state=state, approved_by=UserFactory(), approved_at=now, approved_digest="d" * 64,
            issued_by=maker, issued_at=now,
        )  # fmt: skip
    return Gift.objects.create(campaign=made, batch=batch, worker=worker, enterprise=enterprise, state=line)


@pytest.fixture
def covered(client):
    made = scene(workers=1)
    made.worker = made.workers[0]
    made.issue_all()
    return made


def test_gifts_say_by_whom_and_what_waits_until_when(client, covered, django_assert_num_queries):
    today, worker = clock.today(), covered.worker
    given(worker, covered.enterprise, kind="goods", name="夏季清凉包", closes_on=today)
    given(
        worker, covered.enterprise, kind="activity", name="过期活动", closes_on=today - dt.timedelta(days=1)
    )
    given(worker, covered.enterprise, kind="goods", name="没发的", state=BatchState.PUT_FORWARD)
    given(worker, covered.enterprise, kind="goods", name="撤回的", line=GiftState.REVOKED)
    with django_assert_num_queries(1):
        found = gifts_of(worker, today)
    assert [(one.name, one.through, one.until) for one in found.to_collect] == [
        ("夏季清凉包", covered.enterprise.name, today)
    ]
    assert [(one.name, one.withdrawn) for one in found.given] == [
        ("撤回的", True), ("过期活动", False), (covered.campaign.name, False)
    ]  # fmt: skip
    assert {one.given_by for one in found.given if one.certificate_no} == {covered.union.name}


def test_a_page_without_gifts_says_so_and_shows_nobody_elses(client, covered):
    worker = person()
    sign_in(client, worker)
    page = client.get("/gifts/").content.decode().split("<main")[1]
    assert covered.campaign.name not in page
    assert page.count('<ul class="lines"') == 0
    assert client.get("/gifts/").headers["Cache-Control"].count("no-store") == 1


def test_guests_are_sent_to_the_sign_in(client):
    assert client.get("/gifts/").headers["Location"] == "/"
