"""Deciding: proposed by the rules, reviewed, approved, by three different people (invariants 6 and 7)."""

from decimal import Decimal
from typing import Literal

from django.utils.translation import gettext as _

from unionbenefits.accounts.models import User
from unionbenefits.audit.actions import act
from unionbenefits.claims.actions.common import (
    changed,
    expect_consent,
    expect_reason,
    expect_state,
    expect_version,
    lock_with_worker,
    tell_worker,
)
from unionbenefits.claims.actions.money import owe, stop_what_is_due
from unionbenefits.claims.enums import (
    AppealState,
    ClaimState,
    DecisionOutcome,
    DecisionState,
    DifferenceState,
)
from unionbenefits.claims.frozen import facts_document, verdict_columns
from unionbenefits.claims.guarding import guarded
from unionbenefits.claims.limits import limit_of
from unionbenefits.claims.models import Appeal, ApprovalLimit, Claim, Decision, Difference
from unionbenefits.claims.queries import approved_amount, facts_for
from unionbenefits.claims.rules import Code, Outcome, Verdict, adjudicate
from unionbenefits.core import clock
from unionbenefits.core.errors import Refusal
from unionbenefits.core.money import ZERO, show
from unionbenefits.workers.enums import MessageKind

_DECIDABLE = (ClaimState.FILED, ClaimState.DECIDED, ClaimState.REVIEWED)
_UNDER_WAY = (DecisionState.PROPOSED, DecisionState.REVIEWED)


def decide(
    *, by: User, claim: Claim, version: int, note: str = "", over: int | Literal["any"] | None = "any"
) -> Decision:
    """Proposes what the rules say of the claim and the worker's other stays; an open proposal is void.

    `over` is the key of the open proposal that the page showed, None where it showed none: a page that does
    not know of a colleague's proposal never replaces it (case C114). Where the rules refer to a person, the
    `note` says what the person found. Raises Refusal `claim_changed`, `claim_state`, `note_missing`,
    `consent_withdrawn`, or `same_person` (an appeal needs people without part in the first one).
    """
    return _propose(by, claim, version, note.strip(), over, refuse=False)


def reject(
    *, by: User, claim: Claim, version: int, reason: str, over: int | Literal["any"] | None = "any"
) -> Decision:
    """Proposes to reject what the rules would pay, with the reason. Raises as `decide`; `reason_missing`."""
    return _propose(by, claim, version, expect_reason(reason), over, refuse=True)


def review(*, by: User, decision: Decision, version: int) -> Decision:
    """A second person agrees with exactly this version.

    Raises Refusal `claim_changed`, `decision_state`, `consent_withdrawn`, `same_person` or `above_limit`.
    """
    with guarded(), act("claim.review", by=by) as doing:
        claim, decision = _locked(decision, version, DecisionState.PROPOSED)
        expect_consent(claim)
        _other_person(by, decision.decided_by_id)
        _within_limit(by, decision.amount)
        decision.state, decision.reviewed_by, decision.reviewed_at = DecisionState.REVIEWED, by, clock.now()
        decision.save(update_fields=["state", "reviewed_by", "reviewed_at"])
        _move(claim, ClaimState.REVIEWED)
        doing.about, doing.data = decision, _summary(decision)
    return decision


def approve(*, by: User, decision: Decision, version: int) -> Decision:
    """A third person approves: the money is owed and held from now on.

    The worker is locked and the rules are asked again, so that ordinals and caps are right however many
    approve at once (cases C104, C110); a result that differs is refused and has to be decided again. Raises
    Refusal `claim_changed`, `decision_state`, `consent_withdrawn`, `same_person`, `above_limit`,
    `differences_open`, `amount_changed`, `no_claims_fund` or `fund_short`.
    """
    with guarded(), act("claim.approve", by=by) as doing:
        claim, decision = _locked(decision, version, DecisionState.REVIEWED)
        expect_consent(claim)
        _other_person(by, decision.decided_by_id, decision.reviewed_by_id)
        _within_limit(by, decision.amount)
        _still_right(claim, decision)
        stood = approved_amount(claim)
        decision.state, decision.approved_by, decision.approved_at = DecisionState.APPROVED, by, clock.now()
        decision.save(update_fields=["state", "approved_by", "approved_at"])
        pays = decision.outcome == DecisionOutcome.PAY
        _move(claim, ClaimState.APPROVED if pays else ClaimState.REJECTED)
        owed = _owe(by, claim, decision, stood) if pays else ZERO
        tell_worker(claim, MessageKind.CLAIM_DECIDED, f"decision:{decision.pk}")
        doing.about, doing.data = decision, _summary(decision) | {"owed": str(owed)}
    return decision


def return_decision(*, by: User, decision: Decision, version: int, reason: str) -> Decision:
    """Sends a proposal back to be decided anew. Raises Refusal `claim_changed`, `decision_state` or
    `reason_missing`.
    """
    reason = expect_reason(reason)
    with guarded(), act("claim.return", by=by) as doing:
        claim, decision = _locked(decision, version, DecisionState.PROPOSED, DecisionState.REVIEWED)
        decision.state, decision.returned_by = DecisionState.RETURNED, by
        decision.return_reason = reason[:200]
        decision.save(update_fields=["state", "returned_by", "return_reason"])
        _move(claim, ClaimState.FILED)
        doing.about, doing.data = decision, _summary(decision) | {"reason": reason[:200]}
    return decision


def reopen(*, by: User, claim: Claim, version: int, reason: str) -> Claim:
    """A decided claim goes back to the desk: a cap was freed, an invoice proved void (cases C110, C114).

    The decision is void and what is still due is stopped; what was paid stays, and the next decision pays
    the difference only. Raises Refusal `claim_changed`, `claim_state`, `reason_missing`, `payment_under_way`.
    """
    reason = expect_reason(reason)
    with act("claim.reopen", by=by) as doing:
        claim = lock_with_worker(claim)
        expect_version(claim, version)
        expect_state(claim, ClaimState.APPROVED, ClaimState.REJECTED)
        stop_what_is_due(by, claim, reason)
        changed(claim, by, "reopened")
        tell_worker(claim, MessageKind.CLAIM_REOPENED)
        doing.about, doing.data = claim, {"reason": reason[:200]}
    return claim


def settle_difference(
    *, by: User, difference: Difference, how: DifferenceState, reason: str = ""
) -> Difference:
    """Says what becomes of a difference, before the decision that brought it up is approved (case C104).

    Deducted from the decision's payment, paid in addition, or not pursued (with a reason). Raises Refusal
    `difference_settled`, `difference_sign`, `deducts_too_much` or `reason_missing`.
    """
    with act("claim.settle_difference", by=by) as doing:
        lock_with_worker(difference.decision.claim)
        difference = Difference.objects.select_for_update(no_key=True).get(pk=difference.pk)
        decision = difference.decision
        if decision.state != DecisionState.PROPOSED:
            raise Refusal(
                "difference_settled",
                _("The decision was reviewed already. Have it returned to settle this another way."),
            )
        _check_sign(difference, how)
        difference.state, difference.settled_by, difference.settled_at = how, by, clock.now()
        difference.reason = expect_reason(reason)[:200] if how == DifferenceState.WAIVED else reason[:200]
        difference.save(update_fields=["state", "settled_by", "settled_at", "reason"])
        if _deducted(decision) > decision.amount:
            raise Refusal(
                "deducts_too_much", _("More would be deducted than this decision pays. Do not pursue it.")
            )
        doing.about, doing.data = difference, {"how": str(how), "amount": str(difference.amount)}
    return difference


def set_limit(*, by: User, role: str, up_to: Decimal | None) -> None:
    """Up to which amount a role may review and approve; None lifts the limit."""
    with act("claims.set_limit", by=by) as doing:
        if up_to is None:
            ApprovalLimit.objects.filter(role=role).delete()
        else:
            ApprovalLimit.objects.update_or_create(role=role, defaults={"up_to": up_to})
        doing.data = {"role": role, "up_to": None if up_to is None else str(up_to)}


def _propose(
    by: User, claim: Claim, version: int, note: str, over: int | str | None, *, refuse: bool
) -> Decision:
    with guarded(), act("claim.decide", by=by) as doing:
        claim = lock_with_worker(claim)
        expect_version(claim, version)
        expect_state(claim, *_DECIDABLE)
        expect_consent(claim)
        if over != "any":
            _expect_proposal(claim, over)
        facts = facts_for(claim)
        verdict = adjudicate(facts)
        if verdict.outcome is Outcome.REFER and not note:
            raise Refusal(
                "note_missing",
                _("The rules leave this to a person. Write down what you looked at and found."),
            )
        claim.decisions.filter(state__in=_UNDER_WAY).update(state=DecisionState.VOID, voided_at=clock.now())
        rejects = refuse or verdict.outcome is Outcome.REJECT
        assert claim.coverage is not None
        decision = Decision.objects.create(
            claim=claim,
            claim_version=claim.versions.get(version=version),
            version=version,
            plan_version_id=claim.coverage.plan_version_id,
            facts=facts_document(facts),
            outcome=DecisionOutcome.REJECT if rejects else DecisionOutcome.PAY,
            amount=ZERO if rejects else verdict.amount,
            note=note[:500],
            decided_by=by,
            decided_at=clock.now(),
            appeal=_appeal_of(claim),
            **verdict_columns(verdict),
        )
        if not rejects:
            _bring_up(decision, verdict)
        _move(claim, ClaimState.DECIDED)
        doing.about, doing.data = decision, _summary(decision)
    return decision


def _expect_proposal(claim: Claim, over: int | str | None) -> None:
    """Refuses `claim_changed` where another proposal is open than the one that was seen."""
    standing = claim.decisions.filter(state__in=_UNDER_WAY).values_list("pk", flat=True).first()
    if standing != over:
        raise Refusal(
            "claim_changed",
            _("Somebody has decided this claim meanwhile. Nothing was done; look at the decision first."),
        )


def _bring_up(decision: Decision, verdict: Verdict) -> None:
    """Differences of other stays become rows that somebody has to settle."""
    for line in verdict.lines:
        if line.code is Code.SETTLE_DIFFERENCE:
            other = Claim.objects.get(worker_id=decision.claim.worker_id, number=line.values["stay"])
            Difference.objects.create(decision=decision, claim=other, amount=line.amount)


def _appeal_of(claim: Claim) -> Appeal | None:
    """The granted appeal that this decision answers: no approved decision has answered it yet."""
    granted = claim.appeals.filter(state=AppealState.GRANTED).exclude(
        new_decisions__state=DecisionState.APPROVED
    )
    found: Appeal | None = granted.order_by("-pk").first()
    return found


def _locked(decision: Decision, version: int, *states: DecisionState) -> tuple[Claim, Decision]:
    claim = lock_with_worker(decision.claim)
    expect_version(claim, version)
    decision = Decision.objects.select_for_update(no_key=True).get(pk=decision.pk)
    if decision.state not in states or decision.version != claim.version:
        raise Refusal(
            "decision_state",
            _("The decision is now “%(state)s”; this step is not possible any more.")
            % {"state": decision.get_state_display()},
        )
    return claim, decision


def _other_person(by: User, *earlier: int | None) -> None:
    if by.pk in earlier:
        raise Refusal(
            "same_person",
            _("Whoever took an earlier step of this decision cannot take this one. Another officer must."),
        )


def _within_limit(by: User, amount: Decimal) -> None:
    limit = limit_of(by)
    if limit is not None and amount > limit:
        raise Refusal(
            "above_limit",
            _("Your role goes up to %(limit)s yuan. Somebody with a higher limit has to take this step.")
            % {"limit": show(limit)},
        )


def _still_right(claim: Claim, decision: Decision) -> None:
    """Refuses where the rules now say something else: others were approved meanwhile."""
    if decision.differences.filter(state=DifferenceState.OPEN).exists():
        raise Refusal("differences_open", _("A difference of another stay has to be settled first."))
    now = adjudicate(facts_for(claim))
    same = (now.outcome.value, now.ordinal) == (decision.computed_outcome, decision.ordinal)
    brought_up = {
        (line.values["stay"], line.amount) for line in now.lines if line.code is Code.SETTLE_DIFFERENCE
    }
    known = set(decision.differences.values_list("claim__number", "amount"))
    pays = decision.outcome == DecisionOutcome.PAY
    if pays and not (same and now.amount == decision.amount and brought_up == known):
        raise Refusal(
            "amount_changed",
            _("Another claim of the worker was decided meanwhile; now %(amount)s yuan are due. Decide again.")
            % {"amount": show(now.amount)},
            amount=now.amount,
        )


def _owe(by: User, claim: Claim, decision: Decision, stood: Decimal) -> Decimal:
    """Makes owed what the decision pays beyond what the claim already stands at, less what is deducted."""
    owed = decision.amount - _deducted(decision) - stood
    if owed > 0:
        owe(by, claim, decision, owed)
    for difference in decision.differences.filter(state=DifferenceState.TOPPED_UP):
        owe(by, difference.claim, decision, difference.amount, difference)
    return owed if owed > 0 else ZERO


def _deducted(decision: Decision) -> Decimal:
    settled = decision.differences.filter(state=DifferenceState.DEDUCTED)
    deducted: Decimal = sum((-one.amount for one in settled), ZERO)
    return deducted


def _check_sign(difference: Difference, how: DifferenceState) -> None:
    fits = {
        DifferenceState.DEDUCTED: difference.amount < 0,
        DifferenceState.TOPPED_UP: difference.amount > 0,
        DifferenceState.WAIVED: True,
        DifferenceState.OPEN: False,
    }
    if not fits[how]:
        raise Refusal(
            "difference_sign", _("What was paid too much is deducted, what is missing is paid in addition.")
        )


def _move(claim: Claim, state: ClaimState) -> None:
    claim.state = state
    claim.save(update_fields=["state"])


def _summary(decision: Decision) -> dict[str, object]:
    return {
        "claim": decision.claim_id,
        "version": decision.version,
        "outcome": str(decision.outcome),
        "amount": str(decision.amount),
    }
