"""The worker hears of every step, once, in the language of the page, and nothing personal by text message."""

import datetime as dt
import json

import pytest
from django.conf import settings
from django.utils.translation import override

from tests.claims import scene
from tests.portal.conftest import sign_in
from tests.portal.test_claims import asked, paid_to, reachable
from unionbenefits.accounts.models import SmsMessage
from unionbenefits.audit.actors import System
from unionbenefits.claims import actions
from unionbenefits.claims.enums import PaperKind
from unionbenefits.core import clock
from unionbenefits.core.errors import Refusal
from unionbenefits.workers.messages import said
from unionbenefits.workers.models import Message
from unionbenefits.workers.texting import send_texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(db):
    built = scene.build()
    reachable(built)
    return built


def told(desk):
    """Kinds in the order told."""
    return list(Message.objects.filter(worker=desk.worker).order_by("pk").values_list("kind", flat=True))


def test_each_step_is_told_once_and_leads_to_the_claim(desk):
    claim = desk.filed()
    actions.file(by=desk.worker, claim=claim, consent_text="1")
    asked(desk, claim)
    actions.answer(by=desk.worker, claim=claim, text="好")
    desk.approved(claim)
    made = actions.appeal(by=desk.worker, claim=claim, text="少了")
    actions.decide_appeal(by=desk.people[4], appeal=made, grant=False, answer="一致")
    actions.reopen(by=desk.people[3], claim=claim, version=1, reason="发票作废")
    assert told(desk) == [
        "claim_filed", "claim_asked", "claim_decided", "claim_appealed", "appeal_decided", "claim_reopened",
    ]  # fmt: skip
    assert {one.params["claim"] for one in Message.objects.all()} == {claim.pk}


def test_a_proposal_and_a_review_are_not_told(desk):
    desk.reviewed(desk.filed())
    assert told(desk) == ["claim_filed"]


def test_a_step_that_is_refused_tells_nobody(desk):
    claim = desk.filed()
    with pytest.raises(Refusal):
        asked(desk, claim, days=0)
    assert told(desk) == ["claim_filed"]


def test_what_is_missing_is_named_in_the_language_of_the_reader(desk):
    claim = desk.filed()
    with override("en"):
        asked(desk, claim, missing=[PaperKind.INVOICE, PaperKind.DISCHARGE])
    message = Message.objects.get(kind="claim_asked")
    until = clock.today() + dt.timedelta(days=7)
    with override("zh-hans"):
        words = str(said(message).text)
        assert "发票" in words
        assert "出院小结" in words
        assert f"{until.year}年{until.month}月{until.day}日" in words
    with override("en"):
        words = str(said(message).text)
        assert "Hospital invoice, Discharge summary" in words
        assert f"{until.day} {until:%B %Y}" in words


def test_the_officers_own_words_stay_on_the_page_of_the_claim(desk):
    asked(desk, desk.filed(), missing=[], text="陈测试您好，请说明为何住院九天")
    message = Message.objects.get(kind="claim_asked")
    assert "陈测试" not in json.dumps(message.params, ensure_ascii=False)
    with override("en"):
        assert "the answer to a question" in said(message).text


def test_text_messages_say_that_there_is_something_and_never_what(desk, monkeypatch):
    noon = clock.start_of_day(clock.now()) + dt.timedelta(hours=12)
    monkeypatch.setattr(clock, "now", lambda: noon)
    claim = desk.filed()
    asked(desk, claim, text="请补第二页")
    Message.objects.filter(kind="claim_filed").update(text_wanted=False)
    assert send_texts(by=System("messages")) == 1
    [text] = SmsMessage.objects.values_list("text", flat=True)
    for piece in (claim.number, desk.worker.name, "出院小结", "第二页", str(clock.today().year)):
        assert piece not in text
    assert settings.PUBLIC_URL in text


def test_money_is_told_on_its_way(desk):
    claim = desk.filed()
    desk.approved(claim)
    paid_to(desk, "submitted")
    assert told(desk)[-1] == "payment_sent"


def test_the_page_of_messages_links_to_the_claim(desk, client):
    claim = desk.filed()
    sign_in(client, desk.worker)
    assert f'href="/claims/{claim.pk}/"' in client.get("/messages/").content.decode()
