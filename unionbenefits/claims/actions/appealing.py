"""Appeals: decided by somebody who had no part in the first decision, as is the decision that follows."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from unionbenefits.accounts.models import User
from unionbenefits.audit.actions import act
from unionbenefits.audit.actors import Actor
from unionbenefits.claims.actions.common import changed, expect_reason, expect_state, lock, tell_worker
from unionbenefits.claims.actions.money import stop_what_is_due
from unionbenefits.claims.enums import AppealState, ClaimState, DecisionState
from unionbenefits.claims.guarding import guarded
from unionbenefits.claims.models import Appeal, Claim, Decision
from unionbenefits.claims.queries import appeal_until
from unionbenefits.core import clock
from unionbenefits.core.errors import Refusal
from unionbenefits.workers.enums import MessageKind


def appeal(*, by: Actor, claim: Claim, text: str) -> Appeal:
    """The worker disagrees with the decision. Sent again while one is open: the same appeal.

    Raises Refusal `claim_state`, `reason_missing`, or `appeal_late` after the plan's last day to appeal.
    """
    text = expect_reason(text)
    with act("claim.appeal", by=by) as doing:
        claim = lock(claim)
        expect_state(claim, ClaimState.APPROVED, ClaimState.REJECTED)
        there = claim.appeals.filter(state=AppealState.OPEN).first()
        if there is None:
            decision = claim.decisions.filter(state=DecisionState.APPROVED).latest("approved_at")
            _expect_in_time(decision)
            there = Appeal.objects.create(
                claim=claim,
                decision=decision,
                text=text[:1000],
                filed_by=by.audit_name,
                filed_at=clock.now(),
            )
            tell_worker(claim, MessageKind.CLAIM_APPEALED, f"appeal:{there.pk}")
        doing.about, doing.data = there, {"claim": claim.pk}
    return there


def _expect_in_time(decision: Decision) -> None:
    last = appeal_until(decision)
    if last is not None and clock.today() > last:
        raise Refusal(
            "appeal_late",
            _("The last day to appeal was %(day)s. Ask your union what can still be done.")
            % {"day": date_format(last, _("j F Y"))},
        )


def withdraw_appeal(*, by: Actor, appeal: Appeal) -> Appeal:
    """The worker lets it rest. Raises Refusal `appeal_decided`."""
    with act("claim.withdraw_appeal", by=by) as doing:
        appeal = _lock(appeal)
        appeal.state = AppealState.WITHDRAWN
        appeal.save(update_fields=["state"])
        doing.about = appeal
    return appeal


def decide_appeal(*, by: User, appeal: Appeal, grant: bool, answer: str) -> Appeal:
    """Dismisses with an answer, or grants: the claim is decided anew, by other people than at first.

    What was paid stays; the new decision pays the difference only. Raises Refusal `same_person`,
    `appeal_decided`, `reason_missing` or `payment_under_way`.
    """
    answer = expect_reason(answer)
    with guarded(), act("claim.decide_appeal", by=by) as doing:
        claim = lock(appeal.claim)
        appeal = _lock(appeal)
        first = appeal.decision
        if by.pk in (first.decided_by_id, first.reviewed_by_id, first.approved_by_id):
            raise Refusal(
                "same_person",
                _(
                    "An appeal is decided by people who had no part in the first decision. "
                    "Another officer must."
                ),
            )
        appeal.state = AppealState.GRANTED if grant else AppealState.DISMISSED
        appeal.answer, appeal.decided_by, appeal.decided_at = answer[:1000], by, clock.now()
        appeal.save(update_fields=["state", "answer", "decided_by", "decided_at"])
        if grant:
            stop_what_is_due(by, claim, answer)
            changed(claim, by, "appeal_granted")
        tell_worker(claim, MessageKind.APPEAL_DECIDED, f"appeal:{appeal.pk}")
        doing.about, doing.data = appeal, {"claim": claim.pk, "granted": grant}
    return appeal


def _lock(appeal: Appeal) -> Appeal:
    found: Appeal = Appeal.objects.select_for_update(no_key=True).get(pk=appeal.pk)
    if found.state != AppealState.OPEN:
        raise Refusal("appeal_decided", _("The appeal is closed already."))
    return found
