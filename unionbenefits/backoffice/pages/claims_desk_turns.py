"""Whose turn it is: which steps the person may take on a claim, and why not the others (invariant 7)."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from unionbenefits.backoffice.pages import claims_desk_forms as forms
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.claims.enums import (
    AppealState,
    ClaimState,
    DecisionOutcome,
    DecisionState,
    DifferenceState,
)
from unionbenefits.claims.limits import limit_of
from unionbenefits.claims.models import Appeal, Claim, Decision
from unionbenefits.claims.rules import Outcome, Verdict
from unionbenefits.core.money import show

ASK = "claims.ask_claim"
DECIDE = "claims.decide_decision"
REVIEW = "claims.review_decision"
APPROVE = "claims.approve_decision"
CLEAR = "claims.clear_claim"
CORRECTABLE = (
    ClaimState.FILED,
    ClaimState.ASKED,
    ClaimState.DECIDED,
    ClaimState.REVIEWED,
    ClaimState.APPROVED,
)


@dataclass(slots=True)
class Turn:
    """What the person may do now. `why` are sentences for a step that others have to take."""

    ask: bool = False
    decide: bool = False
    reject: bool = False
    review: bool = False
    approve: bool = False
    send_back: bool = False
    correct: bool = False
    reopen: bool = False
    settle: bool = False
    clear: bool = False
    again: bool = False
    needs_note: bool = False
    why: tuple[str, ...] = ()

    @property
    def agree(self) -> bool:
        """Whether the person may take the next step on the open decision."""
        return self.review or self.approve

    @property
    def anything(self) -> bool:
        """Whether there is any button to show beside correcting."""
        return self.ask or self.decide or self.reject or self.agree or self.send_back or self.reopen

    def forms(self) -> list[type[forms.DeskForm]]:
        """The forms that go with it."""
        offered = {
            forms.AskForm: self.ask,
            forms.DecideForm: self.decide,
            forms.RejectForm: self.reject,
            forms.AgreeForm: self.agree,
            forms.ReturnForm: self.send_back,
            forms.ReopenForm: self.reopen,
        }
        return [form for form, is_offered in offered.items() if is_offered]


def turn_of(
    request: HttpRequest, claim: Claim, decisions: list[Decision], appeals: list[Appeal], verdict: Verdict
) -> Turn:
    """One query where the amount of the person's role matters, else none."""
    may = request.user.has_perm
    standing = _standing(decisions)
    turn = Turn(
        correct=claim.state in CORRECTABLE and may(DECIDE),
        reopen=claim.state in (ClaimState.APPROVED, ClaimState.REJECTED) and may(DECIDE),
        clear=may(CLEAR),
        ask=claim.state == ClaimState.FILED and may(ASK),
        needs_note=verdict.outcome is Outcome.REFER,
        again=standing is not None,
    )
    if _judged_before(request, decisions, appeals):
        turn.why = (
            _("You had part in the decision that the worker appealed. Other people decide the claim now."),
        )
    elif claim.state == ClaimState.FILED:
        _may_decide(turn, request, verdict)
    elif standing is not None:
        _may_decide(turn, request, verdict)
        _may_agree(turn, request, claim, standing)
    elif claim.state == ClaimState.ASKED:
        turn.why = (_("The worker was asked; the claim comes back here with the answer."),)
    return turn


def _standing(decisions: list[Decision]) -> Decision | None:
    """The decision that is on its way."""
    states = (DecisionState.PROPOSED, DecisionState.REVIEWED)
    return next((one for one in decisions if one.state in states), None)


def _may_decide(turn: Turn, request: HttpRequest, verdict: Verdict) -> None:
    if not request.user.has_perm(DECIDE):
        if not turn.again:
            turn.why = (_("A claims officer decides this claim next."),)
        return
    turn.decide = True
    turn.reject = verdict.outcome is not Outcome.REJECT


def _may_agree(turn: Turn, request: HttpRequest, claim: Claim, decision: Decision) -> None:
    """Review or approval of the open decision."""
    may, is_review = request.user.has_perm, claim.state == ClaimState.DECIDED
    turn.send_back = may(REVIEW) or may(APPROVE)
    open_differences = [one for one in decision.differences.all() if one.state == DifferenceState.OPEN]
    turn.settle = is_review and bool(decision.differences.all()) and may(DECIDE)
    why = _why_not(request, decision, is_review=is_review)
    if not why and open_differences:
        why = (
            _("A difference of another stay is not settled yet. A claims officer settles it first.")
            if is_review
            else _("A difference of another stay is not settled. Return the decision so that it can be.")
        )
    turn.review, turn.approve = not why and is_review, not why and not is_review
    turn.why = (why,) if why else ()


def _why_not(request: HttpRequest, decision: Decision, *, is_review: bool) -> str:
    """Why the person may not take the next step; empty where nothing stands in the way."""
    me, may = officer(request), request.user.has_perm
    if me.pk == decision.decided_by_id:
        if is_review:
            return _("You decided this claim. Somebody else has to review it.")
        return _("You decided this claim. Somebody else has to approve it.")
    if me.pk == decision.reviewed_by_id:
        return _("You reviewed this decision. A third person has to approve it.")
    if not may(REVIEW if is_review else APPROVE):
        if is_review:
            return _("A claims reviewer looks at this decision next.")
        return _("A claims approver takes the last step.")
    if decision.outcome == DecisionOutcome.PAY:
        limit = limit_of(me)
        if limit is not None and decision.amount > limit:
            return _(
                "Your role goes up to %(limit)s 元 and this decision is over %(amount)s 元. "
                "Somebody with a higher limit has to take this step."
            ) % {"limit": show(limit), "amount": show(decision.amount)}
    return ""


def _judged_before(request: HttpRequest, decisions: list[Decision], appeals: list[Appeal]) -> bool:
    """Whether the person had part in a decision that was appealed with success and is decided anew."""
    answered = {one.appeal_id for one in decisions if one.state == DecisionState.APPROVED}
    by_key = {one.pk: one for one in decisions}
    me = request.user.pk
    for one in appeals:
        first = by_key.get(one.decision_id)
        if one.state != AppealState.GRANTED or one.pk in answered or first is None:
            continue
        if me in (first.decided_by_id, first.reviewed_by_id, first.approved_by_id):
            return True
    return False
