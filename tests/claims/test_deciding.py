"""Decided by the rules, by three people, right under late stays, caps and simultaneous officers."""

import datetime as dt
import json
from decimal import Decimal

import pytest

from tests.at_once import at_once
from tests.cases import FILES
from tests.claims import scene
from tests.factories import CoverageFactory, PostFactory, UnionFactory, UserFactory
from unionbenefits.access.roles import Role
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.claims import actions
from unionbenefits.claims.enums import DifferenceState, PaperKind
from unionbenefits.claims.frozen import facts_of, lines_of
from unionbenefits.claims.models import Claim, Obligation
from unionbenefits.claims.queries import approved_amount, cap_used, verdict_for
from unionbenefits.claims.rules import adjudicate
from unionbenefits.claims.wording import sentence
from unionbenefits.core.errors import Refusal
from unionbenefits.funds.queries import balance_of
from unionbenefits.workers.consents import give_consent, withdraw_consent
from unionbenefits.workers.enums import ConsentKind

ONE_RATE = {"rates": [Decimal("1.00")] * 5}


@pytest.fixture
def desk(db):
    return scene.build()


def refusal(act) -> str:
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value.code


def stay(admitted: str, discharged: str, self_paid: str = "7000", **values):
    """Figures that add up, of a stay in `hospital`."""
    total = Decimal(30000) + Decimal(self_paid)
    return {
        "admitted": admitted,
        "discharged": discharged,
        "settled": discharged,
        "self_paid": self_paid,
        "total": str(total),
    } | values


def test_three_people_turn_a_claim_into_money_owed(desk):
    claim = desk.filed()
    decision = desk.approved(claim)
    assert (decision.amount, decision.ordinal, decision.rate) == (Decimal("5600.00"), 1, Decimal("0.80"))
    owed = Obligation.objects.get()
    assert (owed.amount, owed.state) == (Decimal("5600.00"), "due")
    balance = balance_of(desk.fund)
    assert (balance.held, balance.available) == (Decimal("5600.00"), Decimal("94400.00"))
    claim.refresh_from_db()
    assert claim.state == "approved"
    assert adjudicate(facts_of(decision.facts)).amount == decision.amount
    assert [sentence(line) for line in lines_of(decision.lines)] == [
        sentence(line) for line in adjudicate(facts_of(decision.facts)).lines
    ]


def test_nobody_takes_two_steps(desk):
    decision = desk.decided(desk.filed())
    one, two = desk.people[:2]
    assert refusal(lambda: actions.review(by=one, decision=decision, version=1)) == "same_person"
    actions.review(by=two, decision=decision, version=1)
    for person in (one, two):
        act = lambda person=person: actions.approve(by=person, decision=decision, version=1)  # noqa: E731
        assert refusal(act) == "same_person"


def test_a_role_goes_up_to_its_amount(desk):
    approver = desk.people[2]
    PostFactory(user=approver, role=Role.CLAIMS_APPROVER, union=UnionFactory())
    actions.set_limit(by=SYSTEM, role=Role.CLAIMS_APPROVER, up_to=Decimal("5599.99"))
    decision = desk.reviewed(desk.filed())
    assert refusal(lambda: actions.approve(by=approver, decision=decision, version=1)) == "above_limit"
    actions.set_limit(by=SYSTEM, role=Role.CLAIMS_APPROVER, up_to=Decimal("5600.00"))
    assert actions.approve(by=approver, decision=decision, version=1).state == "approved"


def test_a_rejection_needs_three_people_too_and_owes_nothing(desk):
    claim = desk.filed()
    decision = actions.reject(by=desk.people[0], claim=claim, version=1, reason="工伤")
    actions.review(by=desk.people[1], decision=decision, version=1)
    actions.approve(by=desk.people[2], decision=decision, version=1)
    claim.refresh_from_db()
    assert (claim.state, Obligation.objects.count()) == ("rejected", 0)


def test_what_the_rules_refer_needs_a_note(desk):
    claim = desk.filed(total="36000")
    act = lambda: actions.decide(by=desk.people[0], claim=claim, version=1)  # noqa: E731
    assert refusal(act) == "note_missing"
    assert desk.decided(claim, "原件核对无误").computed_outcome == "refer"


def test_without_money_or_fund_nothing_is_approved(desk):
    poor = scene.build(money="5599.99")
    decision = poor.reviewed(poor.filed())
    act = lambda: actions.approve(by=poor.people[2], decision=decision, version=1)  # noqa: E731
    assert refusal(act) == "fund_short"
    actions.set_claims_funds(by=SYSTEM, plan=poor.coverage.plan, funds=[])
    assert refusal(act) == "no_claims_fund"
    decision.refresh_from_db()
    assert (decision.state, Obligation.objects.count()) == ("reviewed", 0)


@pytest.mark.parametrize(
    ("straddle", "rule"),
    [
        ("pro_rata_nights", "pro_rata_nights"),
        ("admission_date", "admission_date_decides"),
        ("whole_stay_inside", "whole_stay_inside"),
    ],
)
def test_case_c100_one_rule_decides_a_stay_across_the_end(db, straddle, rule):
    case = json.loads((FILES / "100-stay-straddles-end.json").read_text("utf-8"))
    desk = scene.build(straddle=straddle, **ONE_RATE)
    # The case pays 50.00 a night; here the bill is 50.00 a night at 100 %. A year earlier, so that it is past.
    values = stay("2025-12-28", "2026-01-05", "400")
    cover = {"period": scene.DateRange(dt.date(2025, 1, 1), dt.date(2026, 1, 1)), "first_enrolment": False}
    worker = scene.WorkerFactory(name="赵测", name_key="赵测")
    CoverageFactory(worker=worker, plan_version=desk.coverage.plan_version, **cover)
    claim = desk.filed(worker, **values)
    verdict = verdict_for(claim)
    assert verdict.amount == Decimal(case["expect_by_rule"][rule]["amount"])
    if rule == "whole_stay_inside":
        assert verdict.reason_codes == ("outside_coverage",)
        assert "2026-01-01" in sentence(verdict.reasons[0])
        assert "2026-01-05" in sentence(verdict.reasons[0])


def test_case_c102_the_last_day_counts_and_the_stay_decides_not_today(desk):
    last = CoverageFactory(
        worker=scene.WorkerFactory(name="末日测", name_key="末日测"),
        plan_version=desk.coverage.plan_version,
        first_enrolment=False,
        period=scene.DateRange(dt.date(2024, 6, 9), dt.date(2025, 6, 9)),
    )
    inside = desk.filed(last.worker, **stay("2025-06-08", "2025-06-08"))
    earlier = desk.filed(last.worker, **stay("2025-05-01", "2025-05-03"))
    outside = desk.filed(last.worker, **stay("2025-06-09", "2025-06-10", hospital="乙医院"))
    assert [verdict_for(claim).outcome.value for claim in (inside, earlier)] == ["pay", "pay"]
    assert verdict_for(outside).reason_codes == ("outside_coverage",)


def test_case_c104_late_transfers_and_a_third_stay(db):
    case = json.loads((FILES / "104-first-or-second-stay.json").read_text("utf-8"))
    # Rates of 75 and 50 % on 400.00: 300.00 for the first stay and 200.00 for the second, as in the case.
    desk = scene.build(rates=[Decimal("0.75"), Decimal("0.50")])
    dates = {one["id"]: (one["in"], one["out"], one["hospital"]) for one in case["stays"]}

    def filed(name: str, self_paid: str) -> Claim:
        admitted, discharged, hospital = dates[name]
        return desk.filed(**stay(admitted, discharged, self_paid, hospital=hospital))

    third = filed("C", "400")
    assert desk.approved(third).amount == Decimal("300.00")
    first, transfer = filed("A", "200"), filed("B", "200")
    decision = desk.decided(first)
    assert (decision.ordinal, decision.amount) == (1, Decimal("150.00"))
    [difference] = decision.differences.all()
    assert (difference.claim, difference.amount) == (third, Decimal("-100.00"))
    actions.review(by=desk.people[1], decision=decision, version=1)
    approve = lambda: actions.approve(by=desk.people[2], decision=decision, version=1)  # noqa: E731
    assert refusal(approve) == "differences_open"
    actions.return_decision(by=desk.people[2], decision=decision, version=1, reason="差额未处理")
    decision = desk.decided(first)
    [difference] = decision.differences.all()
    actions.settle_difference(by=desk.people[0], difference=difference, how=DifferenceState.DEDUCTED)
    actions.review(by=desk.people[1], decision=decision, version=1)
    actions.approve(by=desk.people[2], decision=decision, version=1)
    second = desk.approved(transfer)
    assert (second.ordinal, second.amount, second.differences.count()) == (1, Decimal("150.00"), 0)
    last = desk.decided(filed("D", "400"))
    assert (last.outcome, last.amount) == ("reject", Decimal("0.00"))
    amounts = {name: approved_amount(claim) for name, claim in (("C", third), ("A", first), ("B", transfer))}
    assert amounts == {"A": Decimal("150.00"), "B": Decimal("150.00"), "C": Decimal("200.00")}
    assert cap_used(desk.coverage) == Decimal("500.00")


def test_case_c104_rejected_and_withdrawn_claims_do_not_count(desk):
    rejected, withdrawn = desk.filed(), desk.filed(**stay("2026-02-01", "2026-02-05", hospital="乙"))
    decision = actions.reject(by=desk.people[0], claim=rejected, version=1, reason="工伤")
    actions.review(by=desk.people[1], decision=decision, version=1)
    actions.approve(by=desk.people[2], decision=decision, version=1)
    actions.withdraw(by=desk.worker, claim=withdrawn, reason="写错了")
    claim = desk.filed(**stay("2026-05-01", "2026-05-04"))
    assert verdict_for(claim).ordinal == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrency
def test_case_c104_two_first_stays_approved_at_once_are_first_and_second():
    desk = scene.build()
    one, other = (
        desk.filed(**stay("2026-03-01", "2026-03-05")),
        desk.filed(**stay("2026-05-01", "2026-05-04")),
    )
    decisions = [desk.reviewed(claim) for claim in (one, other)]
    assert [decision.ordinal for decision in decisions] == [1, 1]
    answers = at_once(
        [
            lambda decision=decision, person=person: (
                actions.approve(by=person, decision=decision, version=1).state
            )
            for decision, person in zip(decisions, desk.people[2:], strict=False)
        ]
    )
    assert sorted(answers) in (["amount_changed", "approved"], ["approved", "differences_open"])
    assert Obligation.objects.count() == 1


def capped(**values):
    """A plan as in the case: 100 %, 500.00 a period, of which 420.00 are used."""
    desk = scene.build(cap_per_period=Decimal("500.00"), **ONE_RATE)
    desk.approved(desk.filed(**stay("2026-01-05", "2026-01-08", "420")))
    return desk


def sixties(desk):
    return [
        desk.filed(**stay("2026-03-01", "2026-03-05", "60")),
        desk.filed(**stay("2026-05-01", "2026-05-04", "60", hospital="乙医院")),
    ]


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrency
def test_case_c110_two_approvals_at_once_keep_the_cap():
    desk = capped()
    claims = sixties(desk)
    decisions = [desk.reviewed(claim) for claim in claims]
    assert [decision.amount for decision in decisions] == [Decimal("60.00")] * 2
    answers = at_once(
        [
            lambda decision=decision, person=person: (
                actions.approve(by=person, decision=decision, version=1).state
            )
            for decision, person in zip(decisions, desk.people[2:], strict=False)
        ]
    )
    assert sorted(answers) == ["amount_changed", "approved"]
    cut = claims[answers.index("amount_changed")]
    again = desk.approved(cut)
    assert again.amount == Decimal("20.00")
    assert "cut_by_cap" in [flag["code"] for flag in again.flags]
    assert cap_used(desk.coverage) == Decimal("500.00")


def test_case_c110_a_freed_cap_tops_the_cut_claim_up_once(db):
    desk = capped()
    first, cut = sixties(desk)
    desk.approved(first)
    assert desk.approved(cut).amount == Decimal("20.00")
    for claim, refuse in ((first, True), (cut, False), (cut, False)):
        claim.refresh_from_db()
        actions.reopen(by=desk.people[3], claim=claim, version=claim.version, reason="重新核定")
        claim.refresh_from_db()
        if refuse:
            decision = actions.reject(
                by=desk.people[0], claim=claim, version=claim.version, reason="发票作废"
            )
            actions.review(by=desk.people[1], decision=decision, version=claim.version)
            actions.approve(by=desk.people[2], decision=decision, version=claim.version)
        else:
            assert desk.approved(claim).amount == Decimal("60.00")
        if refuse:
            assert approved_amount(claim) == Decimal("0.00")
    assert approved_amount(cut) == Decimal("60.00")
    assert cap_used(desk.coverage) == Decimal("480.00")
    assert balance_of(desk.fund).held == Decimal("480.00")


def test_case_c114_a_new_paper_after_review_voids_and_goes_back(desk):
    claim = desk.filed()
    decision = desk.reviewed(claim)
    actions.replace_paper(
        by=desk.worker, paper=claim.papers.get(kind=PaperKind.INVOICE), content=scene.photo(700)
    )
    claim.refresh_from_db()
    decision.refresh_from_db()
    assert (claim.state, claim.version, decision.state) == ("filed", 2, "void")
    for version in (1, 2):
        act = lambda version=version: actions.approve(by=desk.people[2], decision=decision, version=version)  # noqa: E731
        assert refusal(act) == ("claim_changed" if version == 1 else "decision_state")


def test_case_c114_an_amount_put_right_after_approval_needs_new_approval_and_stops_the_money(desk):
    claim = desk.filed()
    decision = desk.approved(claim)
    actions.correct(
        by=desk.people[3], claim=claim, version=1, values={"self_paid": "6000", "own_expense": "3000"}, reason="看错了"
    )  # fmt: skip
    claim.refresh_from_db()
    decision.refresh_from_db()
    assert (claim.state, decision.state, Obligation.objects.get().state) == ("filed", "void", "stopped")
    assert balance_of(desk.fund).held == Decimal("0.00")
    assert claim.versions.get(version=1).facts["self_paid"] == "7000.00"
    assert desk.approved(claim).amount == Decimal("4800.00")


def test_case_c114_a_void_invoice_after_approval_stops_the_payment(desk):
    claim = desk.filed()
    desk.approved(claim)
    actions.reopen(by=desk.people[3], claim=claim, version=1, reason="发票已作废")
    assert Obligation.objects.get().state == "stopped"


def test_case_c114_an_old_page_does_not_overwrite(desk):
    claim = desk.filed()
    decision = desk.reviewed(claim)
    actions.approve(by=desk.people[2], decision=decision, version=1)
    act = lambda: actions.return_decision(  # noqa: E731
        by=desk.people[3], decision=decision, version=1, reason="不同意"
    )
    assert refusal(act) == "decision_state"
    decision.refresh_from_db()
    assert decision.state == "approved"


@pytest.mark.django_db(transaction=True)
@pytest.mark.concurrency
def test_case_c114_approving_returning_and_changing_at_once_has_one_winner():
    desk = scene.build()
    claim = desk.filed()
    decision = desk.reviewed(claim)
    paper = claim.papers.get(kind=PaperKind.INVOICE)
    answers = at_once(
        [
            lambda: actions.approve(by=desk.people[2], decision=decision, version=1).state,
            lambda: (
                actions.return_decision(by=desk.people[3], decision=decision, version=1, reason="不").state
            ),
            lambda: (
                actions.replace_paper(by=desk.worker, paper=paper, content=scene.photo(701)) and "replaced"
            ),
        ]
    )
    decision.refresh_from_db()
    claim.refresh_from_db()
    assert not [one for one in answers if isinstance(one, Exception)]
    assert (decision.state == "approved") == (Obligation.objects.filter(state="due").count() == 1)
    assert decision.state in ("approved", "returned", "void")
    assert claim.version == (2 if "replaced" in answers else 1)


def test_an_appeal_is_decided_anew_by_other_people_and_pays_the_difference(desk):
    claim = desk.filed(self_paid="6000", own_expense="3000")
    first = desk.approved(claim)
    appeal = actions.appeal(by=desk.worker, claim=claim, text="自付算少了")
    assert actions.appeal(by=desk.worker, claim=claim, text="再说一次") == appeal
    assert refusal(lambda: actions.decide_appeal(by=desk.people[1], appeal=appeal, grant=True, answer="是"))
    actions.capture_obligation(by=SYSTEM, obligation=first.obligations.get())
    actions.decide_appeal(by=desk.people[3], appeal=appeal, grant=True, answer="确实算少了")
    claim.refresh_from_db()
    actions.correct(
        by=desk.people[3],
        claim=claim,
        version=claim.version,
        values={"self_paid": "7000", "own_expense": "2000"},
        reason="按结算单",
    )
    claim.refresh_from_db()
    decide = lambda: actions.decide(by=desk.people[0], claim=claim, version=claim.version)  # noqa: E731
    assert refusal(decide) == "same_person"
    decision = actions.decide(by=desk.people[3], claim=claim, version=claim.version)
    actions.review(by=desk.people[4], decision=decision, version=claim.version)
    actions.approve(by=desk.people[5], decision=decision, version=claim.version)
    assert (decision.appeal, decision.obligations.get().amount) == (appeal, Decimal("800.00"))
    assert approved_amount(claim) == Decimal("5600.00")


def test_a_dismissed_appeal_leaves_the_decision(desk):
    claim = desk.filed()
    first = desk.approved(claim)
    appeal = actions.appeal(by=desk.worker, claim=claim, text="太少")
    actions.decide_appeal(by=UserFactory(), appeal=appeal, grant=False, answer="按条款核定")
    first.refresh_from_db()
    assert first.state == "approved"


def test_case_c126_money_that_comes_back_frees_cap_and_fund_once(db):
    desk = scene.build(money="1300.00", cap_per_period=Decimal("500.00"), **ONE_RATE)
    claim = desk.filed(**stay("2026-03-01", "2026-03-05", "300"))
    owed = desk.approved(claim).obligations.get()
    case = json.loads((FILES / "126-return-gives-back.json").read_text("utf-8"))["then"]

    def now():
        return {
            "cap_used": str(cap_used(desk.coverage)),
            "budget_left": str(balance_of(desk.fund).available),
        }

    actions.capture_obligation(by=SYSTEM, obligation=owed)
    for _again in range(2):
        actions.give_back_obligation(by=SYSTEM, obligation=owed, reason="户名不符")
    assert now() == case["after_return"]
    actions.hold_again(by=SYSTEM, obligation=owed)
    for _again in range(2):
        actions.capture_obligation(by=SYSTEM, obligation=owed)
    assert now() == case["after_P2"]
    for _again in range(2):
        actions.refund(
            by=desk.people[0], obligation=owed, amount=Decimal("50.00"), key="R1", reason="退回多付"
        )
    assert now() == case["after_refund"]


def test_without_the_workers_consent_nothing_is_decided_until_it_is_given_again(desk):
    claim = desk.filed()
    withdraw_consent(by=claim.worker, worker=claim.worker, kind=ConsentKind.MEDICAL, text_version="1")
    with pytest.raises(Refusal) as refusal:
        desk.decided(claim)
    assert refusal.value.code == "consent_withdrawn"
    with pytest.raises(Refusal):
        actions.view_paper(by=desk.people[0], paper=claim.papers.first())
    give_consent(by=claim.worker, worker=claim.worker, kind=ConsentKind.MEDICAL, text_version="1")
    assert desk.decided(claim).state == "proposed"
