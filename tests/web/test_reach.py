"""Reach: lists that hold exactly what the figures count, waves on the screen, text messages and their templates."""

import datetime as dt

import pytest
from django.urls import reverse

from tests.factories import MembershipFactory
from tests.web.office import person
from unionbenefits.accounts.enums import SmsState
from unionbenefits.accounts.models import SmsMessage
from unionbenefits.audit.actors import SYSTEM, System
from unionbenefits.backoffice.pages import reach
from unionbenefits.campaigns import actions
from unionbenefits.campaigns.actions.reminding import run_wave
from unionbenefits.campaigns.models import ReminderWave
from unionbenefits.core import clock
from unionbenefits.workers.enums import MessageKind
from unionbenefits.workers.messages import Told, tell
from unionbenefits.workers.models import Message, Worker
from unionbenefits.workers.openings import note_opening
from unionbenefits.workers.texting import send_texts

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=clock.SHANGHAI)


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOON)


@pytest.fixture
def shared(office):
    """A campaign of the province that covered three people here, of whom one has opened the page, and one there."""
    office.applied([person(1), person(2), person(3)])
    office.applied([person(9)], by=office.officers["sibling_officer"], enterprise=office.other_enterprise)
    own = office.allotment(owner=office.province)
    other = actions.allot(by=SYSTEM, campaign=own.campaign, copies=5, enterprise=office.other_enterprise)
    for allotment in (own, other):
        actions.issue_batch(by=office.approver, batch=office.approved(office.batch(allotment)))
    note_opening(worker=Worker.objects.order_by("pk").first())
    return own.campaign


def shown(answer):
    return [gift.worker.name for gift in answer.context["rows"].rows]


def test_each_figure_leads_to_exactly_its_rows(office, sign_in, shared):
    tell(kind=MessageKind.COVER_ISSUED, to=[Told(Worker.objects.order_by("pk")[1].pk, "coverage:1", {})])
    send_texts(by=System("messages"))
    client = sign_in(office.preparer)
    answer = client.get(reverse("admin:reach_newest"), follow=True)
    tiles = {tile.code: tile for tile in answer.context["tiles"]}
    counts = {"all": 3, "told": 1, "opened": 0, "own": 1, "never": 2, "claimed": 0}
    assert {code: tile.count for code, tile in tiles.items()} == counts
    assert {code: len(shown(client.get(tile.href))) for code, tile in tiles.items()} == counts
    assert office.other_enterprise.name not in answer.content.decode()
    # Outside one's scope an enterprise is as if it were not named.
    address = reverse("admin:reach", args=[shared.pk])
    assert len(shown(client.get(f"{address}?enterprise={office.other_enterprise.pk}"))) == 2
    # A clerk sees whom to speak to, but neither claims nor reminders.
    client = sign_in(office.clerk)
    answer = client.get(f"{address}?list=claimed")
    assert "claimed" not in {tile.code for tile in answer.context["tiles"]}
    assert (answer.context["list"], len(shown(answer))) == ("never", 2)
    assert client.get(reverse("admin:reach_plan", args=[shared.pk])).status_code == 403


def test_of_many_gifts_the_figures_come_behind_the_page(office, sign_in, shared, monkeypatch):
    monkeypatch.setattr(reach, "FEW", 2)
    client = sign_in(office.officers["province_officer"])
    page = reverse("admin:reach", args=[shared.pk])
    address = client.get(page).context["figures_url"]
    part = client.get(address, headers={"HX-Request": "true"})
    assert [tile.count for tile in part.context["tiles"]] == [4, 0, 0, 1, 3, 0]
    assert "<html" not in part.content.decode()
    assert "<html" in client.get(address).content.decode()
    assert len(shown(client.get(f"{page}?enterprise={office.other_enterprise.pk}"))) == 1
    assert len(shown(client.get(f"{page}?union={office.district.pk}"))) == 2


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_one_and_three(office, sign_in, django_assert_max_num_queries, count):
    office.applied([person(order) for order in range(count)])
    allotment = office.allotment()
    actions.issue_batch(by=office.approver, batch=office.approved(office.batch(allotment)))
    client = sign_in(office.preparer)
    with django_assert_max_num_queries(12):
        assert len(shown(client.get(reverse("admin:reach", args=[allotment.campaign.pk])))) == count


def test_a_wave_from_preview_to_stop(office, sign_in, shared, said):
    phoneless = Worker.objects.order_by("pk")[1]
    Worker.objects.filter(pk=phoneless.pk).update(phone=None, phone_digest=None)
    client = sign_in(office.preparer)
    plan = reverse("admin:reach_plan", args=[shared.pk])
    preview = client.get(plan)
    assert (preview.context["preview"].reached, preview.context["preview"].people) == (1, 2)
    [left] = preview.context["left"]
    assert shown(client.get(left.href)) == [phoneless.name]
    started = client.post(plan, {"union": office.district.pk, "pause": 14, "start": ""})
    wave = ReminderWave.objects.get()
    assert (wave.union, wave.total) == (office.district, 1)
    assert client.get(started.url).context["not_begun"]
    run_wave(wave=wave.pk)
    assert client.get(reverse("admin:reach_wave_progress", args=[wave.pk])).status_code == 200
    client.post(reverse("admin:reach_wave_stop", args=[wave.pk]))
    assert not Message.objects.filter(kind=MessageKind.NEVER_OPENED).exists()
    assert client.get(reverse("admin:reach_wave_progress", args=[wave.pk])).status_code == 204
    assert sign_in(office.officers["sibling_officer"]).get(started.url).status_code == 404


def test_a_wave_that_reaches_nobody_or_another_district_is_refused_with_a_sentence(office, sign_in, said):
    campaign = office.allotment().campaign
    client = sign_in(office.preparer)
    plan = reverse("admin:reach_plan", args=[campaign.pk])
    answer = client.post(plan, {"union": office.district.pk, "pause": 14, "start": ""})
    assert (answer.status_code, len(said(answer))) == (200, 1)
    assert client.post(plan, {"pause": 2, "start": ""}).status_code == 422
    # The parent union is not in scope: the officer's own is taken instead.
    assert client.get(f"{plan}?union={office.province.pk}").context["plan"].union == office.district
    assert not ReminderWave.objects.exists()


def test_failed_texts_are_sent_again_and_texts_about_claims_are_for_those_who_see_claims(office, sign_in):
    workers = [
        MembershipFactory(enterprise=office.enterprise, worker__phone=f"1380000000{n}").worker for n in (1, 2)
    ]
    workers.append(MembershipFactory(enterprise=office.other_enterprise, worker__phone="13800000003").worker)
    tell(kind=MessageKind.COVER_ENDED, to=[Told(one.pk, f"coverage:{one.pk}", {}) for one in workers])
    send_texts(by=System("messages"))
    SmsMessage.objects.update(state=SmsState.FAILED, error="HTTP 400")
    tell(kind=MessageKind.CLAIM_DECIDED, to=[Told(workers[0].pk, "claim:1", {"number": "K1"})])
    client = sign_in(office.preparer)
    page = client.get(reverse("admin:texts"))
    assert [row.stands for row in page.context["rows"].rows] == ["waiting", "failed", "failed"]
    assert "HTTP 400" in page.content.decode()
    assert not [one for one in workers if one.phone in page.content.decode()]
    theirs = Message.objects.get(worker=workers[2])
    assert client.post(reverse("admin:text_again", args=[theirs.pk])).status_code == 404
    client.post(reverse("admin:texts_again") + "?state=failed")
    states = (
        Message.objects.filter(sms__isnull=False).order_by("worker_id").values_list("sms__state", flat=True)
    )
    assert list(states) == ["queued", "queued", "failed"]
    hidden = sign_in(office.officers["administrator"]).get(reverse("admin:texts") + "?kind=claim_decided")
    assert {row.kind for row in hidden.context["rows"].rows} == {"cover_ended"}


def test_every_template_is_listed_in_both_languages_with_its_length(office, sign_in):
    found = sign_in(office.preparer).get(reverse("admin:text_templates")).context["templates"]
    assert [template.kind for template in found] == list(MessageKind)
    for template in found:
        assert [said.language for said in template.said] == ["zh-hans", "en"]
        chinese = template.said[0]
        assert chinese.parts == 1, (template.kind, chinese.sms)
        assert chinese.length == len(chinese.sms)
