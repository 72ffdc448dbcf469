import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import translation

from tests.claims import scene
from tests.web import desk as desks
from unionbenefits.access.roles import Role
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.claims import actions
from unionbenefits.claims.enums import PaperKind
from unionbenefits.claims.models import Claim, Decision, Obligation
from unionbenefits.core import clock

STALE = "The claim was changed meanwhile. Nothing was done; look at it again first."


@pytest.fixture(autouse=True)
def english(client):
    client.cookies["django_language"] = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def office(db):
    return desks.build()


def page(claim):
    return reverse("admin:claim_desk", args=[claim.pk])


def hidden(client, claim, form):
    """The hidden values of a form as the page shows them now."""
    found = client.get(page(claim)).context["forms"][form]
    return {field.name: "" if field.value() is None else field.value() for field in found.hidden_fields()}


def act(client, claim, name, values, **typed):
    return client.post(reverse(f"admin:claim_{name}", args=[claim.pk]), {**values, **typed})


def tomorrow():
    return clock.today() + dt.timedelta(days=1)


# -- three people


def test_three_people_decide_review_and_approve_through_the_pages(office, sign_in, said):
    claim = office.desk.filed()
    for person, name, form, done in (
        (office.decider, "decide", "decide", "Decided. Somebody else reviews it next."),
        (office.reviewer, "review", "agree", "Reviewed. A third person approves it next."),
        (office.approver, "approve", "agree", "Approved. The worker is told, and the letter is ready."),
    ):
        client = sign_in(person)
        answer = act(client, claim, name, hidden(client, claim, form))
        assert answer.headers["Location"] == page(claim)
        assert said(client.get(page(claim))) == [done]
    decision = Decision.objects.get()
    people = (decision.decided_by, decision.reviewed_by, decision.approved_by)
    assert people == (office.decider, office.reviewer, office.approver)
    assert (decision.state, Obligation.objects.get().amount) == ("approved", Decimal("5600.00"))


def test_own_steps_offer_no_button_and_say_why(office, sign_in):
    # Nobody holds two of these roles at a time, but people move on to the next one.
    office.decider.posts.update(role=Role.CLAIMS_REVIEWER)
    office.reviewer.posts.update(role=Role.CLAIMS_APPROVER)
    claim = office.desk.filed()
    decision = office.decided(claim)
    client = sign_in(office.decider)
    assert client.get(page(claim)).context["turn"].why == (
        "You decided this claim. Somebody else has to review it.",
    )
    values = {"version": 1, "decision": decision.pk}
    refused = act(client, claim, "review", values)
    assert (refused.status_code, Decision.objects.get().state) == (409, "proposed")
    assert "Another officer must." in refused.content.decode()
    actions.review(by=office.reviewer, decision=decision, version=1)
    answer = sign_in(office.reviewer).get(page(claim))
    assert answer.context["turn"].why == ("You reviewed this decision. A third person has to approve it.",)
    assert "agree" not in answer.context["forms"]
    assert act(sign_in(office.reviewer), claim, "approve", values).status_code == 409
    assert Decision.objects.get().state == "reviewed"


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("ask", {"claims_officer"}),
        ("decide", {"claims_officer"}),
        ("reject", {"claims_officer"}),
        ("review", {"claims_reviewer"}),
        ("approve", {"claims_approver"}),
        ("return", {"claims_reviewer", "claims_approver"}),
        ("reopen", {"claims_officer"}),
        ("correct", {"claims_officer"}),
    ],
)
def test_each_step_is_for_its_role_and_its_scope(office, sign_in, name, allowed):
    claim = office.desk.filed()
    address = reverse(f"admin:claim_{name}", args=[claim.pk])
    roles = ("claims_officer", "claims_reviewer", "claims_approver", "cashier", "union_officer", "auditor")
    codes = {role: sign_in(office.officers[role]).post(address).status_code for role in roles}
    assert {role for role, code in codes.items() if code != 403} == allowed
    stranger = sign_in(office.stranger).post(address).status_code
    assert stranger == (404 if "claims_officer" in allowed else 403)
    assert (Claim.objects.get().version, Decision.objects.count()) == (1, 0)


def test_limit_of_the_role_is_said_instead_of_a_button(office, sign_in):
    actions.set_limit(by=SYSTEM, role=Role.CLAIMS_APPROVER, up_to=Decimal("5599.99"))
    claim = office.desk.filed()
    decision = office.reviewed(claim)
    client = sign_in(office.approver)
    (why,) = client.get(page(claim)).context["turn"].why
    assert why.startswith("Your role goes up to 5,599.99 元 and this decision is over 5,600.00 元.")
    refused = act(client, claim, "approve", {"version": 1, "decision": decision.pk})
    assert (refused.status_code, Obligation.objects.count()) == (409, 0)
    actions.set_limit(by=SYSTEM, role=Role.CLAIMS_APPROVER, up_to=Decimal("5600.00"))
    assert client.get(page(claim)).context["turn"].approve


# -- deciding, rejecting, returning, asking


def test_referred_claim_needs_a_note_and_keeps_the_page(office, sign_in):
    claim = office.desk.filed(total="36000")
    client = sign_in(office.decider)
    refused = act(client, claim, "decide", hidden(client, claim, "decide"), note=" ")
    assert refused.status_code == 409
    assert "Write down what you looked at and found." in refused.content.decode()
    act(client, claim, "decide", hidden(client, claim, "decide"), note="原件无误")
    decision = Decision.objects.get()
    assert (decision.computed_outcome, decision.note) == ("refer", "原件无误")


def test_result_that_changed_since_the_page_was_shown_is_not_decided(office, sign_in):
    later = {"admitted": "2026-04-01", "discharged": "2026-04-03", "settled": "2026-04-03"}
    first, second = office.desk.filed(), office.desk.filed(**later)
    client = sign_in(office.decider)
    shown = hidden(client, second, "decide")
    office.approved(first)
    refused = act(client, second, "decide", shown, note="两张单据都看过")
    assert (refused.status_code, second.decisions.count()) == (409, 0)
    assert "The result is another one now" in refused.content.decode()
    form = refused.context["forms"]["decide"]
    assert (form["note"].value(), form["seen"].value()) == ("两张单据都看过", "pay 4900.00 2")


def test_rejection_needs_a_reason_and_owes_nothing(office, sign_in):
    claim = office.desk.filed()
    client = sign_in(office.decider)
    shown = hidden(client, claim, "reject")
    assert act(client, claim, "reject", shown, reason="").status_code == 422
    act(client, claim, "reject", shown, reason="属于工伤")
    decision = Decision.objects.get()
    assert (decision.outcome, decision.note, decision.amount) == ("reject", "属于工伤", Decimal("0.00"))
    assert "Rejected by hand" in client.get(page(claim)).content.decode()


def test_returned_decision_says_why_and_waits_to_be_decided(office, sign_in):
    claim = office.desk.filed()
    office.decided(claim)
    client = sign_in(office.reviewer)
    act(client, claim, "return", hidden(client, claim, "return"), reason="日期看错了")
    claim.refresh_from_db()
    assert (claim.state, Decision.objects.get().return_reason) == ("filed", "日期看错了")
    assert "日期看错了" in sign_in(office.decider).get(page(claim)).content.decode()


def test_worker_is_asked_for_papers_by_a_day(office, sign_in):
    claim = office.desk.filed()
    client = sign_in(office.decider)
    shown = hidden(client, claim, "ask")
    typed = {"missing": ["invoice", "bank_card"], "text": "请拍清楚"}
    late = act(client, claim, "ask", shown, **typed, until=clock.today().isoformat())
    assert late.status_code == 409
    assert late.context["forms"]["ask"]["text"].value() == "请拍清楚"
    assert late.content.decode().count(" checked") == 2
    act(client, claim, "ask", shown, **typed, until=tomorrow().isoformat())
    question = claim.questions.get()
    assert (question.missing, question.text, question.until) == (
        ["invoice", "bank_card"],
        "请拍清楚",
        tomorrow(),
    )
    assert client.get(page(claim)).context["turn"].why == (
        "The worker was asked; the claim comes back here with the answer.",
    )


def test_closed_claim_opens_again_with_a_reason_that_stays_visible(office, sign_in):
    claim = office.desk.filed()
    office.approved(claim)
    client = sign_in(office.decider)
    act(client, claim, "reopen", hidden(client, claim, "reopen"), reason="发票已作废")
    claim.refresh_from_db()
    assert (claim.state, claim.version, Obligation.objects.get().state) == ("filed", 2, "stopped")
    versions = client.get(page(claim)).context["versions"]
    assert [(one.number, one.reason) for one in versions] == [(2, "发票已作废"), (1, "")]


def test_finding_is_cleared_with_a_reason_and_lowers_the_rank(office, sign_in, said):
    claim = office.desk.filed(invoice_no="FP1")
    other = office.desk.filed(office.colleague(), invoice_no="FP1")
    finding = other.findings.get(kind="same_invoice")
    client, address = sign_in(office.decider), reverse("admin:finding_clear", args=[finding.pk])
    before = Claim.objects.get(pk=claim.pk).risk
    client.post(address, {"reason": "", "claim": claim.pk})
    assert said(client.get(page(claim))) == ["Write down why."]
    answer = client.post(address, {"reason": "同一张发票两人分摊", "claim": claim.pk})
    assert answer.headers["Location"] == page(claim)
    assert Claim.objects.get(pk=claim.pk).risk == before - 40
    assert sign_in(office.stranger).post(address, {"reason": "x"}).status_code == 404
    assert sign_in(office.approver).post(address, {"reason": "x"}).status_code == 403


def test_difference_is_settled_on_the_claims_page_before_the_review(office, sign_in):
    later = office.desk.filed(admitted="2026-05-02", discharged="2026-05-05", settled="2026-05-05")
    office.approved(later)
    earlier = office.desk.filed()
    office.decided(earlier)
    assert sign_in(office.reviewer).get(page(earlier)).context["turn"].why == (
        "A difference of another stay is not settled yet. A claims officer settles it first.",
    )
    difference = earlier.decisions.get().differences.get()
    client = sign_in(office.decider)
    settle = reverse("admin:difference_settle", args=[difference.pk])
    assert settle in client.get(page(earlier)).content.decode()
    answer = client.post(settle, {"how": "deducted", "back": "claim"})
    assert answer.headers["Location"] == page(earlier)
    assert sign_in(office.reviewer).get(page(earlier)).context["turn"].review


# -- case C114: stale pages


def test_case_c114_a_rejection_from_an_old_page_is_not_applied_and_not_lost(office, sign_in):
    claim = office.desk.filed()
    office.decided(claim)
    second = office.officers["second_officer"]
    shown = hidden(sign_in(second), claim, "reject")
    decision = Decision.objects.get()
    actions.review(by=office.reviewer, decision=decision, version=1)
    actions.approve(by=office.approver, decision=decision, version=1)
    refused = act(sign_in(second), claim, "reject", shown, reason="我认为是工伤")
    assert refused.status_code == 409
    assert "this step is not possible any more" in refused.content.decode()
    assert refused.context["typed"] == [("Why is it rejected?", "我认为是工伤")]
    decision.refresh_from_db()
    assert (decision.state, Decision.objects.count()) == ("approved", 1)


def test_case_c114_a_page_that_does_not_know_of_a_decision_never_replaces_it(office, sign_in):
    claim = office.desk.filed()
    second = office.officers["second_officer"]
    shown = hidden(sign_in(second), claim, "decide")
    first = office.decided(claim)
    refused = act(sign_in(second), claim, "decide", shown, note="我的看法")
    assert refused.status_code == 409
    assert "Somebody has decided this claim meanwhile." in refused.content.decode()
    assert list(Decision.objects.values_list("pk", "state")) == [(first.pk, "proposed")]
    fresh = refused.context["forms"]["decide"]
    assert (fresh["note"].value(), fresh["over"].value()) == ("我的看法", first.pk)
    again = {field.name: field.value() for field in fresh.hidden_fields()}
    act(sign_in(second), claim, "decide", again, note="我的看法")
    assert [one.state for one in Decision.objects.order_by("pk")] == ["void", "proposed"]


def test_case_c114_a_paper_replaced_after_the_review_voids_it_and_the_old_page_does_nothing(office, sign_in):
    claim = office.desk.filed()
    office.reviewed(claim)
    client = sign_in(office.approver)
    shown = hidden(client, claim, "agree")
    old = claim.papers.order_by("pk").first()
    actions.replace_paper(by=claim.worker, paper=old, content=scene.photo(4711))
    refused = act(client, claim, "approve", shown)
    assert refused.status_code == 409
    text = refused.content.decode()
    assert STALE in text
    assert "The claim changed after it was decided" in text
    claim.refresh_from_db()
    assert (claim.state, Decision.objects.get().state, Obligation.objects.count()) == ("filed", "void", 0)
    assert client.get(page(claim)).context["old_sheets"][0].paper.pk == old.pk


def test_case_c114_an_unseen_review_is_not_returned_from_an_old_page(office, sign_in):
    claim = office.desk.filed()
    decision = office.decided(claim)
    shown = hidden(sign_in(office.approver), claim, "return")
    actions.review(by=office.reviewer, decision=decision, version=1)
    refused = act(sign_in(office.approver), claim, "return", shown, reason="先等等")
    assert refused.status_code == 409
    decision.refresh_from_db()
    assert decision.state == "reviewed"
    assert refused.context["forms"]["return"]["reason"].value() == "先等等"


@pytest.mark.parametrize("name", ["ask", "decide", "reject", "review", "approve", "return", "reopen"])
def test_a_form_without_its_hidden_values_does_nothing(office, sign_in, name):
    claim = office.desk.filed()
    person = {"review": office.reviewer, "approve": office.approver, "return": office.reviewer}
    answer = act(sign_in(person.get(name, office.decider)), claim, name, {})
    assert answer.status_code == 422
    claim.refresh_from_db()
    assert (claim.state, claim.version) == ("filed", 1)


def test_after_a_granted_appeal_the_first_people_are_told_why_they_cannot_decide(office, sign_in):
    claim = office.desk.filed()
    office.approved(claim)
    appeal = actions.appeal(by=claim.worker, claim=claim, text="算少了")
    actions.decide_appeal(by=office.officers["second_officer"], appeal=appeal, grant=True, answer="有理")
    answer = sign_in(office.decider).get(page(claim))
    assert answer.context["turn"].why == (
        "You had part in the decision that the worker appealed. Other people decide the claim now.",
    )
    assert "decide" not in answer.context["forms"]
    assert "decide" in sign_in(office.officers["second_officer"]).get(page(claim)).context["forms"]


# -- correcting


def correction(client, claim, **changes):
    """The correction form as shown, with some fields typed over."""
    form = client.get(reverse("admin:claim_correct", args=[claim.pk])).context["form"]
    shown = {field.name: "" if field.value() is None else field.value() for field in form}
    return {**shown, "reason": "按原件更正", **changes}


def correct(client, claim, values, **more):
    return client.post(reverse("admin:claim_correct", args=[claim.pk]), {**values, **more})


def test_correction_is_compared_first_and_written_once_confirmed(office, sign_in):
    claim = office.desk.filed()
    decision = office.approved(claim)
    client = sign_in(office.decider)
    values = correction(client, claim, self_paid="6,000", own_expense="3000.00")
    compared = correct(client, claim, values).context
    assert [(one.name, one.old, one.new) for one in compared["changes"]] == [
        ("self_paid", "7,000.00", "6,000.00"),
        ("own_expense", "2,000.00", "3,000.00"),
    ]
    assert compared["then"].amount == Decimal("4800.00")
    claim.refresh_from_db()
    assert claim.version == 1
    done = correct(client, claim, values, confirmed=compared["digest"])
    assert done.headers["Location"] == page(claim)
    claim.refresh_from_db()
    decision.refresh_from_db()
    assert (claim.self_paid, claim.version, claim.state) == (Decimal("6000.00"), 2, "filed")
    assert (decision.state, Obligation.objects.get().state) == ("void", "stopped")
    context = client.get(page(claim)).context
    assert context["versions"][0].reason == "按原件更正"
    assert {one.name: one.was for one in context["figures"] if one.was} == {
        "self_paid": "7,000.00",
        "own_expense": "2,000.00",
    }


def test_correction_confirms_only_what_was_compared(office, sign_in):
    claim = office.desk.filed()
    client = sign_in(office.decider)
    values = correction(client, claim, self_paid="6000", own_expense="3000")
    digest = correct(client, claim, values).context["digest"]
    other = correct(client, claim, {**values, "self_paid": "600"}, confirmed=digest)
    assert (other.status_code, Claim.objects.get().version) == (200, 1)
    assert other.context["digest"] != digest


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"self_paid": "6000.001"}, "self_paid"),
        ({"admitted": "2026-13-01"}, "admitted"),
        ({"hospital": ""}, "hospital"),
        ({"account": "12"}, "account"),
        ({"discharged": "2026-03-01"}, "__all__"),
        ({"self_paid": "7000"}, "__all__"),
        ({"self_paid": "6000", "reason": ""}, "reason"),
    ],
)
def test_correction_that_cannot_be_right_is_said_beside_its_field(office, sign_in, typed, field):
    claim = office.desk.filed()
    client = sign_in(office.decider)
    answer = correct(client, claim, correction(client, claim, **typed))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert Claim.objects.get().version == 1


def test_case_c114_a_stale_correction_keeps_what_was_typed_and_what_the_worker_changed(office, sign_in):
    claim = office.desk.filed()
    client = sign_in(office.decider)
    values = correction(client, claim, self_paid="6000", hospital="南海医院")
    values_of_others = {"own_expense": "1999", "hospital": "禅城医院"}
    actions.correct(
        by=office.officers["second_officer"], claim=claim, version=1, values=values_of_others, reason="更正"
    )
    answer = correct(client, claim, values, confirmed="whatever")
    assert (answer.status_code, Claim.objects.get().version) == (409, 2)
    form = answer.context["form"]
    shown = {
        name: form[name].value() for name in ("self_paid", "own_expense", "hospital", "version", "reason")
    }
    assert shown == {
        "self_paid": "6000",
        "own_expense": "1999.00",
        "hospital": "南海医院",
        "version": "2",
        "reason": "按原件更正",
    }
    assert "Changed meanwhile, and typed by you as well: Hospital." in form.non_field_errors()


def test_correction_never_shows_account_or_invoice_and_leaves_them_where_empty(office, sign_in):
    claim = office.desk.filed(invoice_no="FP20260318001")
    client = sign_in(office.decider)
    text = client.get(reverse("admin:claim_correct", args=[claim.pk])).content.decode()
    assert scene.ACCOUNT not in text
    assert "FP20260318001" not in text
    values = correction(client, claim, self_paid="6000", own_expense="3000")
    digest = correct(client, claim, values).context["digest"]
    correct(client, claim, values, confirmed=digest)
    claim.refresh_from_db()
    assert (claim.account, claim.invoice_no) == (scene.ACCOUNT, "FP20260318001")


def test_other_dates_find_the_cover_of_their_period(office, sign_in):
    old = scene.CoverageFactory(
        worker=office.desk.worker,
        plan_version=office.desk.coverage.plan_version,
        first_enrolment=False,
        period=scene.DateRange(dt.date(2025, 1, 1), dt.date(2026, 1, 1)),
    )
    claim = office.desk.filed()
    client = sign_in(office.decider)
    dates = {"admitted": "2025-12-10", "discharged": "2025-12-18", "settled": "2025-12-18"}
    values = correction(client, claim, **dates)
    compared = correct(client, claim, values).context
    assert compared["then"].outcome == "pay"
    correct(client, claim, values, confirmed=compared["digest"])
    claim.refresh_from_db()
    old.refresh_from_db()
    assert (claim.coverage, old.keep_until) == (old, dt.date(2025, 12, 18))


def test_rejected_claim_is_not_corrected(office, sign_in, said):
    claim = office.desk.filed()
    decision = actions.reject(by=office.decider, claim=claim, version=1, reason="工伤")
    actions.review(by=office.reviewer, decision=decision, version=1)
    actions.approve(by=office.approver, decision=decision, version=1)
    client = sign_in(office.decider)
    answer = client.get(reverse("admin:claim_correct", args=[claim.pk]), follow=True)
    assert said(answer) == ["The claim is now “Rejected”; its facts cannot be corrected."]


def test_papers_asked_for_are_named_in_the_language_of_the_page(office, sign_in):
    claim = office.desk.filed()
    actions.ask_for_more(
        by=office.decider, claim=claim, version=1, missing=[PaperKind.INVOICE], text="", until=tomorrow()
    )
    questions = sign_in(office.decider).get(page(claim)).context["questions"]
    assert [one.kinds for one in questions] == ["Hospital invoice"]
