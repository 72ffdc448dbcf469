"""Filing on the phone: kept step by step, one claim however often it is sent, nothing typed is lost."""

import re
import uuid
from decimal import Decimal

import pytest
from django.utils.translation import override

from tests.claims.scene import photo
from tests.factories import UserFactory
from tests.factories.claims import ACCOUNT
from tests.portal.conftest import cover, person, sign_in
from tests.portal.filing_steps import FIGURES, PAYEE, add, begun, days_ago, keep, ready, send, stay, words
from unionbenefits.claims import actions
from unionbenefits.claims.consents import MEDICAL_VERSION
from unionbenefits.claims.frozen import lines_of
from unionbenefits.claims.models import Claim
from unionbenefits.claims.wording import sentence
from unionbenefits.workers.models import Consent

pytestmark = pytest.mark.django_db


def test_a_claim_is_filed_step_by_step(phone, patient):
    pk = ready(phone)
    page = phone.get(f"/claims/{pk}/step/5/")
    assert "5,600" in words(page)
    answer = send(phone, pk)
    assert answer.headers["Location"] == f"/claims/{pk}/sent/"
    claim = Claim.objects.get(pk=pk)
    assert (claim.state, claim.worker_id, claim.filed_through) == ("filed", patient.pk, "worker")
    assert (claim.total, claim.pooled_fund, claim.self_paid, claim.supplementary) == (
        Decimal("37000.00"), Decimal("28000.00"), Decimal("7000.00"), Decimal("0.00"),
    )  # fmt: skip
    assert (claim.account, claim.payee_name, claim.invoice_no) == (ACCOUNT, "陈测试", "粤0012345")
    sent = words(phone.get(f"/claims/{pk}/sent/"))
    assert claim.number in sent
    assert f"{claim.promised_on.day} {claim.promised_on:%B %Y}" in sent
    consent = Consent.objects.get()
    assert (consent.text_version, consent.given_through) == (MEDICAL_VERSION, patient.audit_name)


def test_a_double_tap_begins_one_draft(phone):
    key = uuid.uuid4()
    assert begun(phone, key) == begun(phone, key)
    assert Claim.objects.count() == 1


def test_a_key_of_another_worker_or_none_begins_nothing(phone, client, stranger):
    key = uuid.uuid4()
    begun(phone, key)
    phone.post("/sign-out/")
    sign_in(client, stranger)
    assert client.post("/claims/new/", {"key": key}).status_code == 404
    assert client.post("/claims/new/", {"key": "x"}).status_code == 404
    assert Claim.objects.count() == 1


def test_a_guest_lands_at_the_sign_in(client, patient):
    assert client.get("/claims/new/").headers["Location"] == "/"
    assert client.post("/claims/new/", {"key": uuid.uuid4()}).headers["Location"] == "/"
    assert Claim.objects.count() == 0


def test_who_never_had_cover_is_told_at_the_start(client):
    worker = person("何静", "13800138005")
    client.cookies["django_language"] = "en"
    sign_in(client, worker)
    page = client.get("/claims/new/")
    assert "nothing to claim" in words(page)
    assert 'name="key"' not in page.content.decode()
    client.post("/claims/new/", {"key": uuid.uuid4()})
    assert Claim.objects.count() == 0
    first = cover(worker, starts=12).period.lower
    assert f"Your cover begins on {first.day} {first:%B %Y}" in words(client.get("/claims/new/"))


def test_a_draft_is_offered_for_going_on_where_it_was_left(phone):
    pk = begun(phone)
    keep(phone, pk, 1, **stay())
    keep(phone, pk, 2, **FIGURES)
    page = phone.get("/claims/new/")
    assert f'href="/claims/{pk}/step/3/"' in page.content.decode()
    assert "You are at step 3 of 5" in words(page)
    assert 'value="37000.00"' in phone.get(f"/claims/{pk}/step/2/").content.decode()


def test_a_discarded_draft_is_gone_and_a_sent_claim_is_not(phone):
    pk, other = ready(phone), begun(phone)
    send(phone, pk)
    for key in (pk, other, other):
        assert phone.post(f"/claims/{key}/discard/").headers["Location"] == "/claims/new/"
    assert dict(Claim.objects.values_list("pk", "state")) == {pk: "filed", other: "withdrawn"}
    assert f"/claims/{other}/step" not in phone.get("/claims/new/").content.decode()
    assert phone.get(f"/claims/{other}/step/1/").headers["Location"] == "/claims/new/"


def test_only_so_many_drafts_are_open_at_once(phone):
    for _ in range(5):
        begun(phone)
    assert "You have begun several applications" in words(phone.post("/claims/new/", {"key": uuid.uuid4()}))
    assert Claim.objects.count() == 5


def test_what_is_wrong_is_said_at_its_field_and_the_rest_is_kept(phone):
    pk = begun(phone)
    page = keep(phone, pk, 2, **FIGURES | {"pooled_fund": "1e3", "self_paid": "七千"})
    assert page.status_code == 200
    assert set(page.context["form"].errors) == {"pooled_fund", "self_paid"}
    typed = page.content.decode()
    assert ('value="1e3"' in typed, 'value="七千"' in typed, 'href="#id_self_paid"' in typed) == (True,) * 3
    claim = Claim.objects.get(pk=pk)
    assert (claim.total, claim.own_expense) == (Decimal("37000.00"), Decimal("2000.00"))
    assert (claim.pooled_fund, claim.self_paid) == (None, None)


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"admitted": days_ago(-1), "discharged": days_ago(-2)}, {"admitted", "discharged"}),
        ({"discharged": days_ago(11)}, {"discharged"}),
        ({"settled": days_ago(11)}, {"settled"}),
        ({"admitted": "2026-02-30"}, {"admitted"}),
        ({"hospital": "", "admitted": ""}, {"hospital", "admitted"}),
        ({"hospital": "院" * 121}, {"hospital"}),
    ],
)
def test_days_and_names_that_cannot_be(phone, change, wrong):
    pk = begun(phone)
    page = keep(phone, pk, 1, **stay(**change))
    assert (page.status_code, set(page.context["form"].errors)) == (200, wrong)
    for value in change.values():
        assert f'value="{value}"' in page.content.decode() or not value


def test_a_step_may_be_left_unfinished(phone):
    pk = begun(phone)
    answer = keep(phone, pk, 1, hospital="测试人民医院", later="1")
    assert answer.headers["Location"] == "/claims/new/"
    claim = Claim.objects.get(pk=pk)
    assert (claim.hospital, claim.admitted, claim.step) == ("测试人民医院", None, 1)


def test_a_sum_that_does_not_fit_is_asked_about_once(phone):
    pk = begun(phone)
    keep(phone, pk, 1, **stay())
    short = FIGURES | {"self_paid": "700"}
    page = keep(phone, pk, 2, **short)
    assert "it says 37,000.00, its parts make 30,700.00, 6,300.00 apart" in words(page)
    seen = re.search(r'name="seen" value="([^"]+)"', page.content.decode())[1]
    assert keep(phone, pk, 2, **short, seen=seen).headers["Location"] == f"/claims/{pk}/step/3/"
    assert keep(phone, pk, 2, **FIGURES | {"self_paid": "70"}, seen=seen).status_code == 200
    assert Claim.objects.get(pk=pk).self_paid == Decimal("70.00")


def test_a_stay_outside_the_cover_is_told_at_once_and_may_go_on(phone):
    pk = begun(phone)
    early = stay(admitted=days_ago(120), discharged=days_ago(110))
    page = keep(phone, pk, 1, **early)
    assert "The stay is not covered" in words(page)
    seen = re.search(r'name="seen" value="([^"]+)"', page.content.decode())[1]
    assert keep(phone, pk, 1, **early, seen=seen).status_code == 302
    keep(phone, pk, 2, **FIGURES)
    assert "By the rules, nothing would be paid" in words(phone.get(f"/claims/{pk}/step/5/"))


def test_an_account_is_warned_about_kept_and_masked(phone):
    pk = begun(phone)
    wrong = PAYEE | {"account": "9999990000000000015"}
    page = keep(phone, pk, 4, **wrong)
    assert "Is a digit of the account mistyped?" in words(page)
    assert "9999990000000000015" in page.content.decode()
    seen = re.search(r'name="seen" value="([^"]+)"', page.content.decode())[1]
    assert keep(phone, pk, 4, **wrong, seen=seen).headers["Location"] == f"/claims/{pk}/step/5/"
    for step in (4, 5):
        shown = phone.get(f"/claims/{pk}/step/{step}/").content.decode()
        assert ("**** 0015" in shown, "999999" in shown) == (True, False)
    assert keep(phone, pk, 4, **PAYEE | {"account": ""}, seen=seen).status_code == 302
    assert Claim.objects.get(pk=pk).account == "9999990000000000015"
    assert set(keep(phone, pk, 4, **PAYEE | {"account": "12-x"}).context["form"].errors) == {"account"}


def test_another_holder_needs_a_reason_and_an_authorisation(phone):
    pk = ready(phone)
    other = PAYEE | {"holder": "other", "payee_name": "林测试"}
    page = keep(phone, pk, 4, **other)
    assert set(page.context["form"].errors) == {"other_holder_reason"}
    assert keep(phone, pk, 4, **other | {"other_holder_reason": "本人银行卡被冻结"}).status_code == 302
    check = phone.get(f"/claims/{pk}/step/5/")
    assert f'href="/claims/{pk}/step/3/#paper-authorisation"' in check.content.decode()
    assert send(phone, pk).status_code == 200
    assert Claim.objects.get(pk=pk).state == "draft"
    add(phone, pk, "authorisation", photo(99))
    assert send(phone, pk).status_code == 302
    claim = Claim.objects.get(pk=pk)
    assert (claim.payee_name, claim.other_holder_reason) == ("林测试", "本人银行卡被冻结")


def test_taking_the_account_back_to_oneself_forgets_the_other(phone):
    pk = begun(phone)
    keep(phone, pk, 4, **PAYEE | {"holder": "other", "payee_name": "林测试", "other_holder_reason": "因"})
    keep(phone, pk, 4, **PAYEE | {"payee_name": "林测试", "other_holder_reason": "因"})
    claim = Claim.objects.get(pk=pk)
    assert (claim.payee_name, claim.other_holder_reason) == ("陈测试", "")


def test_what_is_missing_is_named_with_its_place(phone):
    pk = begun(phone)
    page = phone.get(f"/claims/{pk}/step/5/")
    assert [(gap.step, gap.anchor) for gap in page.context["gaps"]] == [
        (1, "id_hospital"),
        (1, "id_admitted"),
        (1, "id_discharged"),
        (2, "id_total"),
        (2, "id_self_paid"),
        (4, "id_account"),
        (4, "id_bank_name"),
        (3, "paper-statement"),
        (3, "paper-invoice"),
        (3, "paper-discharge"),
    ]
    assert "Send the application" not in words(page)
    assert "Still missing" in words(send(phone, pk))
    assert Claim.objects.get(pk=pk).number is None


@pytest.mark.parametrize("consent", ["", "2020-01"])
def test_nothing_is_sent_without_consent_to_the_text_that_was_shown(phone, consent):
    pk = ready(phone)
    page = send(phone, pk, consent)
    assert "agree to the use of your medical data first" in words(page)
    assert (Claim.objects.get(pk=pk).state, Consent.objects.count()) == ("draft", 0)


def test_sent_twice_is_one_claim_with_one_number(phone):
    pk = ready(phone)
    answers = [send(phone, pk) for _ in range(3)]
    assert {answer.headers["Location"] for answer in answers} == {f"/claims/{pk}/sent/"}
    assert list(Claim.objects.values_list("state", flat=True)) == ["filed"]
    assert Consent.objects.count() == 1


def test_a_sent_claim_is_not_filled_in_any_more(phone):
    pk = ready(phone)
    send(phone, pk)
    for step in range(1, 6):
        assert phone.get(f"/claims/{pk}/step/{step}/").headers["Location"] == f"/claims/{pk}/"
    assert keep(phone, pk, 2, **FIGURES | {"total": "1"}).headers["Location"] == f"/claims/{pk}/"
    assert Claim.objects.get(pk=pk).total == Decimal("37000.00")


def test_a_draft_has_no_page_that_says_it_was_sent(phone):
    pk = begun(phone)
    assert phone.get(f"/claims/{pk}/sent/").headers["Location"] == f"/claims/{pk}/step/1/"
    assert phone.get(f"/claims/{pk}/send/").headers["Location"] == f"/claims/{pk}/step/5/"
    assert phone.get(f"/claims/{pk}/step/6/").status_code == 404


def test_what_an_officer_has_begun_is_the_officers_until_it_is_sent(phone, patient):
    officer = UserFactory()
    claim = actions.start_draft_for_worker(by=officer, worker=patient, key=uuid.uuid4(), reason="没有手机")
    assert phone.get(f"/claims/{claim.pk}/step/1/").status_code == 404
    assert f"/claims/{claim.pk}/" not in phone.get("/claims/new/").content.decode()


def test_the_estimate_shows_the_lines_of_the_decision(phone):
    pk = ready(phone)
    shown = [text for text, _line in phone.get(f"/claims/{pk}/step/5/").context["lines"]]
    send(phone, pk)
    claim = Claim.objects.get(pk=pk)
    decision = actions.decide(by=UserFactory(), claim=claim, version=claim.version)
    with override("en"):
        assert [sentence(line) for line in lines_of(decision.lines)] == shown
    assert len(shown) == 4


def test_steps_are_strict_and_never_stored(phone):
    pk = ready(phone)
    for step in range(1, 6):
        page = phone.get(f"/claims/{pk}/step/{step}/")
        assert "no-store" in page.headers["Cache-Control"]
        assert "unsafe" not in page.headers["Content-Security-Policy"]
        found = [
            mark for mark in ("style=", "<style", "<script>", " onclick") if mark in page.content.decode()
        ]
        assert found == []
    assert (
        '<script src="/static/portal/papers.js" defer></script>'
        in phone.get(f"/claims/{pk}/step/3/").content.decode()
    )


@pytest.mark.parametrize("papers", [1, 3])
def test_queries_do_not_grow_with_papers(phone, papers, django_assert_num_queries):
    pk = ready(phone)
    add(phone, pk, "statement", *(photo(900 + at) for at in range(papers)))
    for step, queries in ((1, 3), (2, 3), (3, 6), (4, 4), (5, 10)):
        with django_assert_num_queries(queries):
            phone.get(f"/claims/{pk}/step/{step}/")


def test_home_leads_to_the_application(phone):
    assert 'href="/claims/new/"' in phone.get("/").content.decode()
