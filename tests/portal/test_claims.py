"""A claim after sending: the list, the page of each, what is asked, decided and paid, and what may be done."""

import datetime as dt
import re
from decimal import Decimal

import pytest

from tests.claims import scene
from tests.factories import IdentityDocumentFactory, UnionFactory, UserFactory, resident_number
from tests.factories.claims import BankProfileFactory
from tests.portal.conftest import sign_in
from unionbenefits.audit.models import Entry
from unionbenefits.claims import actions
from unionbenefits.claims.enums import PaperKind
from unionbenefits.claims.letters import working_of
from unionbenefits.claims.models import Appeal, Claim, Obligation, Payment
from unionbenefits.claims.queries import verdict_for
from unionbenefits.core import clock
from unionbenefits.core.errors import Refusal
from unionbenefits.plans.models import PlanVersion
from unionbenefits.workers.querysets import phone_digest

pytestmark = pytest.mark.django_db
OTHER_ACCOUNT = "6222021234567890128"


def reachable(desk, phone="13800138000", order=801):
    """Gives the worker of a desk what signing in needs."""
    worker = desk.worker
    worker.phone, worker.number = phone, resident_number(order)
    worker.phone_digest = phone_digest(phone)
    worker.save(update_fields=["phone", "phone_digest"])
    IdentityDocumentFactory(worker=worker, number=worker.number)
    return worker


@pytest.fixture
def desk(client, db):
    """A desk whose worker is signed in, reading English."""
    built = scene.build()
    client.cookies["django_language"] = "en"
    sign_in(client, reachable(built))
    return built


def text(answer):
    body = re.sub(r"<head>.*?</head>|<[^>]+>", " ", answer.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", body)


def page(client, claim):
    return text(client.get(f"/claims/{claim.pk}/"))


def in_words(day):
    return f"{day.day} {day:%B %Y}"


def asked(desk, claim, missing=(PaperKind.DISCHARGE,), text="", days=7):
    until = clock.today() + dt.timedelta(days=days)
    return actions.ask_for_more(
        by=desk.people[0], claim=claim, version=claim.version, missing=missing, text=text, until=until
    )


def paid_to(desk, state, **given):
    """A payment of everything that is owed, in a state."""
    owed = Obligation.objects.get(state="due")
    office, people = UnionFactory(), [UserFactory() for _ in range(3)]
    batch = actions.make_payment_batch(
        by=people[0], office=office, profile=BankProfileFactory(), obligations=[owed.pk]
    )
    actions.check_payment_batch(
        by=people[1], batch=batch, digest=batch.digest, count=batch.count, total=batch.total
    )
    actions.submit_payment_batch(by=people[2], batch=batch)
    if state != "submitted":
        Payment.objects.filter(batch=batch).update(state=state, **given)
    return owed


def test_nothing_yet_is_said_and_leads_to_a_claim(client, desk):
    answer = client.get("/claims/")
    assert "You have not claimed anything yet" in text(answer)
    assert 'href="/claims/new/"' in answer.content.decode()


def test_the_list_shows_each_claim_with_where_it_stands(client, desk):
    draft = desk.draft(
        hospital="草稿医院", admitted="2026-05-01", discharged="2026-05-03", settled="2026-05-03"
    )
    filed = desk.filed()
    approved = desk.filed(admitted="2026-04-01", discharged="2026-04-05", settled="2026-04-05")
    desk.approved(approved)
    answer = client.get("/claims/")
    words, html = text(answer), answer.content.decode()
    assert "Not sent yet" in words
    assert "We are looking at it" in words
    assert "Approved" in words
    assert "5,600 yuan" in words
    assert f'href="/claims/{draft.pk}/step/2/"' in html
    assert f'href="/claims/{filed.pk}/"' in html
    given_up = desk.draft()
    actions.withdraw(by=desk.worker, claim=given_up, reason="")
    assert client.get("/claims/").content.decode().count("claim-row-head") == 3


def test_a_filed_claim_shows_the_promised_day_and_what_was_sent(client, desk):
    claim = desk.filed()
    words = page(client, claim)
    for piece in [
        "We are looking at your claim", f"You hear from us by {in_words(claim.promised_on)}", claim.number, "测试人民医院",
        "10 March 2026 to 18 March 2026", "37,000 yuan", "You sent the claim.", "Take the claim back",
    ]:  # fmt: skip
        assert piece in words
    assert scene.ACCOUNT not in words
    assert scene.ACCOUNT[-4:] in words
    assert "Appeal" not in words


def test_what_officers_do_among_themselves_is_not_told(client, desk):
    claim = desk.filed()
    before = page(client, claim)
    desk.reviewed(claim)
    after = page(client, claim)
    # Only that papers cannot be changed now, lest a decision that was prepared be void.
    parts = [words.split("The papers you sent") for words in (before, after)]
    assert parts[0][0] == parts[1][0]
    assert "5,600" not in after


def test_a_promise_that_was_broken_is_said(client, desk):
    claim = desk.filed()
    late = clock.today() - dt.timedelta(days=1)
    Claim.objects.filter(pk=claim.pk).update(promised_on=late)
    assert f"We promised you an answer by {in_words(late)} and are late" in page(client, claim)


def test_a_question_shows_what_is_missing_until_when_and_goes_on_once_answered(client, desk):
    claim = desk.filed()
    asked(desk, claim, text="出院小结缺第二页")
    words = page(client, claim)
    until = clock.today() + dt.timedelta(days=7)
    for piece in [
        "We need something from you",
        f"by {in_words(until)}",
        "7 days left",
        "Discharge summary",
        "出院小结缺第二页",
    ]:
        assert piece in words
    answer = client.post(f"/claims/{claim.pk}/answer/", {"text": ""})
    assert "Add what is missing above, or write why you cannot." in text(answer)
    assert claim.questions.get().answered_at is None
    actions.add_paper(by=desk.worker, claim=claim, kind=PaperKind.DISCHARGE, content=scene.photo(99))
    answer = client.post(f"/claims/{claim.pk}/answer/", {"text": ""}, follow=True)
    words = text(answer)
    assert "Thank you. Your answer is with us" in words
    assert "We are looking at your claim" in words
    claim.refresh_from_db()
    assert claim.state == "filed"
    again = client.post(f"/claims/{claim.pk}/answer/", {"text": "再来一次"}, follow=True)
    assert "Thank you" not in text(again)
    assert claim.questions.get().answer == ""


def test_words_alone_are_an_answer_and_are_kept(client, desk):
    claim = desk.filed()
    asked(desk, claim)
    client.post(f"/claims/{claim.pk}/answer/", {"text": "医院说要下周才能补"})
    assert claim.questions.get().answer == "医院说要下周才能补"
    assert "医院说要下周才能补" in page(client, claim)


def test_too_long_an_answer_is_refused_and_kept_in_the_form(client, desk):
    claim = desk.filed()
    asked(desk, claim)
    answer = client.post(f"/claims/{claim.pk}/answer/", {"text": "长" * 501})
    assert "长" * 501 in answer.content.decode()
    assert claim.questions.get().answered_at is None


def test_a_decision_shows_amount_lines_and_where_the_money_is(client, desk):
    claim = desk.filed()
    desk.approved(claim)
    words = page(client, claim)
    for piece in [
        "You get 5,600 yuan", "80 % of it, for stay no. 1 of the period", "To be paid 5,600", "Decision letter (PDF)",
        "To be paid with the next payment", "Decided: you get 5,600 yuan.", "You think the decision is wrong",
    ]:  # fmt: skip
        assert piece in words
    assert "Take the claim back" not in words


def test_the_lines_are_those_of_the_estimate(client, desk):
    """What was shown before sending is what was decided, line by line."""
    claim = desk.filed()
    estimated = verdict_for(claim).lines
    decision = desk.approved(claim)
    assert [(one.code, one.amount) for one in working_of(decision)] == [
        (one.code, one.amount) for one in estimated
    ]


def test_the_rest_of_the_cap_is_shown(client):
    built = scene.build(cap_per_period=Decimal("10000.00"))
    client.cookies["django_language"] = "en"
    sign_in(client, reachable(built))
    claim = built.filed()
    built.approved(claim)
    assert "4,400 yuan are left for further stays" in page(client, claim)


def test_a_rejection_says_why_first(client, desk):
    claim = desk.filed()
    decision = actions.reject(by=desk.people[0], claim=claim, version=1, reason="工伤已由工伤保险支付")
    actions.review(by=desk.people[1], decision=decision, version=1)
    actions.approve(by=desk.people[2], decision=decision, version=1)
    words = page(client, claim)
    assert "Nothing can be paid for this stay 工伤已由工伤保险支付" in words
    assert "5,600" not in words
    assert "Appeal" in words


def test_the_letter_opens_is_logged_and_never_kept(client, desk):
    claim = desk.filed()
    assert client.get(f"/claims/{claim.pk}/letter.pdf").status_code == 404
    desk.approved(claim)
    answer = client.get(f"/claims/{claim.pk}/letter.pdf")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert Entry.objects.get(action="claim.letter").actor == desk.worker.audit_name


def test_an_appeal_is_written_once_seen_and_may_be_taken_back(client, desk):
    claim = desk.filed()
    desk.approved(claim)
    address = f"/claims/{claim.pk}/appeal/"
    assert "Write what you think is wrong" in text(client.post(address, {"text": "  "}))
    answer = client.post(address, {"text": "自付应为8000元"}, follow=True)
    assert "We have your appeal" in text(answer)
    assert "自付应为8000元" in text(answer)
    client.post(address, {"text": "再来一次"})
    assert [one.text for one in Appeal.objects.all()] == ["自付应为8000元"]
    assert "自付应为8000元" in text(client.get(f"{address}back/"))
    client.post(f"{address}back/")
    assert Appeal.objects.get().state == "withdrawn"
    assert "You took the appeal back." in page(client, claim)
    assert client.get(address).status_code == 200


def test_a_dismissed_appeal_shows_its_answer_and_is_not_repeated(client, desk):
    claim = desk.filed()
    desk.approved(claim)
    made = actions.appeal(by=desk.worker, claim=claim, text="少了")
    actions.decide_appeal(by=desk.people[4], appeal=made, grant=False, answer="金额与结算单一致")
    words = page(client, claim)
    assert "Your appeal was looked at, and the decision stands: 金额与结算单一致" in words
    assert client.get(f"/claims/{claim.pk}/appeal/").status_code == 302
    assert client.post(f"/claims/{claim.pk}/appeal/", {"text": "还是少"}).status_code == 302
    assert Appeal.objects.count() == 1


def test_a_granted_appeal_is_looked_at_again(client, desk):
    claim = desk.filed()
    desk.approved(claim)
    made = actions.appeal(by=desk.worker, claim=claim, text="少了")
    actions.decide_appeal(by=desk.people[4], appeal=made, grant=True, answer="发票有漏")
    words = page(client, claim)
    for piece in [
        "We are looking at your claim again", "The earlier decision no longer holds", "Your appeal was granted", "发票有漏",
        "This decision no longer holds.",
    ]:  # fmt: skip
        assert piece in words
    assert "Decision letter" not in words


def test_after_the_last_day_there_is_no_appeal(client, desk, clock_at):
    PlanVersion.objects.filter(pk=desk.coverage.plan_version_id).update(appeal_days=60)
    claim = desk.filed()
    desk.approved(claim)
    assert f"The last day for it is {in_words(clock.today() + dt.timedelta(days=60))}" in page(client, claim)
    clock_at(days=61)
    with pytest.raises(Refusal) as refused:
        actions.appeal(by=desk.worker, claim=claim, text="少了")
    assert refused.value.code == "appeal_late"


def test_a_claim_is_taken_back_with_a_reason_after_asking(client, desk):
    claim = desk.filed()
    address = f"/claims/{claim.pk}/withdraw/"
    assert "Take the claim back?" in text(client.get(address))
    client.post(address, {"reason": ""})
    claim.refresh_from_db()
    assert claim.state == "filed"
    words = text(client.post(address, {"reason": "重复了"}, follow=True))
    assert "The claim was taken back" in words
    assert "重复了" in words
    assert client.post(address, {"reason": "再一次"}).status_code == 302


def test_a_decided_claim_is_not_taken_back(client, desk):
    claim = desk.filed()
    desk.approved(claim)
    assert client.post(f"/claims/{claim.pk}/withdraw/", {"reason": "不要了"}).status_code == 302
    claim.refresh_from_db()
    assert claim.state == "approved"


@pytest.mark.parametrize(
    ("state", "given", "words"),
    [
        ("submitted", {}, "Handed to the bank on"),
        ("unknown", {}, "which has not answered yet"),
        ("succeeded", {"paid_on": dt.date(2026, 11, 26)}, "You got 5,600 yuan"),
        ("failed", {"reason": "户名不符"}, "The bank could not pay it: 户名不符"),
    ],
)
def test_the_money_is_followed_to_the_account(client, desk, state, given, words):
    claim = desk.filed()
    desk.approved(claim)
    paid_to(desk, state, **given)
    assert words in page(client, claim)
    assert ("Put the account right" in page(client, claim)) == (state == "failed")


def account(**given):
    return {"holder": "self", "account": OTHER_ACCOUNT, "bank_name": "测试银行"} | given


def test_the_account_is_put_right_once_the_bank_could_not_pay(client, desk):
    claim = desk.filed()
    desk.approved(claim)
    address = f"/claims/{claim.pk}/account/"
    assert client.get(address).status_code == 302
    paid_to(desk, "failed", reason="账号不存在")
    form = client.get(address)
    assert "账号不存在" in text(form)
    assert scene.ACCOUNT not in form.content.decode()
    words = text(client.post(address, account(), follow=True))
    assert "It goes to the account that you put right" in words
    claim.refresh_from_db()
    assert (claim.account, claim.payee_name, claim.state) == (OTHER_ACCOUNT, "陈测试", "approved")


def test_the_same_account_again_is_not_taken(client, desk):
    claim = desk.filed()
    desk.approved(claim)
    paid_to(desk, "failed")
    answer = client.post(f"/claims/{claim.pk}/account/", account(account=""))
    assert "This is what the bank sent back" in text(answer)


def test_an_odd_number_is_asked_about_once(client, desk):
    claim = desk.filed()
    desk.approved(claim)
    paid_to(desk, "failed")
    address, odd = f"/claims/{claim.pk}/account/", OTHER_ACCOUNT[:-1] + "0"
    answer = client.post(address, account(account=odd))
    assert "The check digit of this number does not fit" in text(answer)
    seen = re.search(r'name="seen" value="(\w+)"', answer.content.decode())[1]
    client.post(address, account(account=odd, seen=seen))
    claim.refresh_from_db()
    assert claim.account == odd


def test_another_holder_needs_a_name_and_a_reason(client, desk):
    claim = desk.filed()
    desk.approved(claim)
    paid_to(desk, "failed")
    answer = client.post(f"/claims/{claim.pk}/account/", account(holder="other"))
    assert text(answer).count("Please fill this in.") == 2
    given = account(holder="other", payee_name="陈大力", other_holder_reason="本人卡被冻结")
    client.post(f"/claims/{claim.pk}/account/", given)
    claim.refresh_from_db()
    assert (claim.payee_name, claim.other_holder_reason) == ("陈大力", "本人卡被冻结")


def test_a_draft_leads_to_its_step(client, desk):
    draft = desk.draft()
    assert client.get(f"/claims/{draft.pk}/").headers["Location"] == f"/claims/{draft.pk}/step/2/"


ADDRESSES = ["", "answer/", "letter.pdf", "appeal/", "appeal/back/", "withdraw/", "account/"]


@pytest.mark.parametrize("rest", ADDRESSES)
def test_nobody_reaches_anothers_claim(client, desk, rest):
    other = scene.build()
    theirs = other.filed()
    other.approved(theirs)
    address = f"/claims/{theirs.pk}/{rest}"
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == (405 if rest in ("", "letter.pdf") else 404)
    assert client.get(f"/claims/999999/{rest}").status_code == 404
    client.post("/sign-out/")
    assert client.get(address).headers["Location"] == "/"
    theirs.refresh_from_db()
    assert (theirs.state, theirs.appeals.count()) == ("approved", 0)


@pytest.mark.parametrize("claims", [1, 3])
def test_the_list_takes_as_many_queries_for_three_as_for_one(client, desk, django_assert_num_queries, claims):
    for n in range(claims):
        desk.filed(admitted=f"2026-0{n + 2}-01", discharged=f"2026-0{n + 2}-02", settled=f"2026-0{n + 2}-02")
    with django_assert_num_queries(5):
        client.get("/claims/")


def test_the_page_of_a_claim_stays_within_twenty_queries(client, desk, django_assert_max_num_queries):
    claim = desk.filed()
    asked(desk, claim)
    actions.answer(by=desk.worker, claim=claim, text="好")
    desk.approved(claim)
    paid_to(desk, "failed")
    with django_assert_max_num_queries(20):
        client.get(f"/claims/{claim.pk}/")


def test_the_home_page_shows_the_newest_claims_and_what_they_need(client, desk):
    assert "My claims" not in client.get("/").content.decode().split("<main")[1].split("</main>")[0]
    claim = desk.filed()
    asked(desk, claim)
    answer = client.get("/")
    until = clock.today() + dt.timedelta(days=7)
    assert f"We need something from you by {in_words(until)}" in text(answer)
    assert f'href="/claims/{claim.pk}/"' in answer.content.decode()
