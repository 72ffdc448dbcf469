"""The money behind obligations: held from approval on, used when paid, free again when it comes back.

Every movement ties its ledger entries to the obligation (invariants 4 and 8, case C126). The payment verbs
call these; each locks the obligation first and moves the money once.
"""

from collections.abc import Collection, Iterable
from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext as _

from unionbenefits.accounts.models import User
from unionbenefits.audit.actions import act, record_many
from unionbenefits.audit.actors import Actor
from unionbenefits.claims.enums import LIVE_PAYMENTS, ObligationKind, ObligationState
from unionbenefits.claims.models import (
    Claim,
    ClaimsFund,
    Decision,
    Difference,
    Obligation,
    ObligationEntry,
    Refund,
)
from unionbenefits.claims.queries import cap_used
from unionbenefits.core import clock
from unionbenefits.core.errors import Refusal
from unionbenefits.core.money import ZERO, show
from unionbenefits.funds import actions as ledger
from unionbenefits.funds.enums import EntryKind
from unionbenefits.funds.models import Entry, Fund
from unionbenefits.plans.models import Plan
from unionbenefits.workers.models import Worker


def owe(
    by: Actor, claim: Claim, decision: Decision, amount: Decimal, difference: Difference | None = None
) -> Obligation:
    """Money is owed from now on, and held. Raises Refusal `no_claims_fund` or `fund_short`."""
    obligation = Obligation.objects.create(
        claim=claim,
        decision=decision,
        difference=difference,
        kind=ObligationKind.DECISION if difference is None else ObligationKind.DIFFERENCE,
        amount=amount,
        made_at=clock.now(),
    )
    _hold(by, obligation)
    return obligation


def capture_obligation(*, by: Actor, obligation: Obligation) -> Obligation:
    """It was paid: the money that was held is used. Once; again changes nothing."""
    with act("claim.paid", by=by) as doing:
        obligation = _lock(obligation)
        if obligation.state != ObligationState.PAID:
            _expect(obligation, ObligationState.DUE)
            _tie(obligation, ledger.capture(by=by, reference=obligation.reference))
            _set(obligation, ObligationState.PAID)
        doing.about, doing.data = obligation, {"claim": obligation.claim_id}
    return obligation


def capture_obligations(*, by: Actor, obligations: Collection[int]) -> None:
    """`capture_obligation` of many (keys) at once, as a bank's result file brings them."""
    with act("claim.paid_many", by=by) as doing:
        wanted = Obligation.objects.filter(pk__in=obligations).order_by("pk")
        due = [one for one in wanted.select_for_update(no_key=True) if one.state != ObligationState.PAID]
        for obligation in due:
            _expect(obligation, ObligationState.DUE)
        by_reference = {obligation.reference: obligation for obligation in due}
        entries = ledger.capture_many(by=by, references=by_reference.keys())
        ObligationEntry.objects.bulk_create(
            ObligationEntry(obligation=by_reference[entry.reference], entry=entry) for entry in entries
        )
        Obligation.objects.filter(pk__in=[one.pk for one in due]).update(
            state=ObligationState.PAID, reason=""
        )
        record_many("claim.paid", by=by, about=due)
        doing.data = {"obligations": len(due)}


def give_back_obligation(*, by: Actor, obligation: Obligation, reason: str) -> Obligation:
    """The bank returned it: fund and cap have the money back, once, until it is held again (case C126)."""
    with act("claim.money_back", by=by) as doing:
        obligation = _lock(obligation)
        if obligation.state != ObligationState.RETURNED:
            _expect(obligation, ObligationState.PAID)
            _reverse(by, obligation, _used(obligation), reason)
            _set(obligation, ObligationState.RETURNED, reason)
        doing.about, doing.data = obligation, {"claim": obligation.claim_id, "reason": reason[:200]}
    return obligation


def hold_again(*, by: Actor, obligation: Obligation) -> Obligation:
    """Before a new attempt after a return: the money is held again, within fund and cap.

    Raises Refusal `cap_exhausted` where other claims have used the cap meanwhile, `fund_short`.
    """
    with act("claim.hold_again", by=by) as doing:
        Worker.objects.select_for_update(no_key=True).get(pk=obligation.claim.worker_id)
        obligation = _lock(obligation)
        if obligation.state != ObligationState.DUE:
            _expect(obligation, ObligationState.RETURNED)
            _within_cap(obligation)
            _hold(by, obligation)
            _set(obligation, ObligationState.DUE)
        doing.about, doing.data = obligation, {"claim": obligation.claim_id}
    return obligation


def refund(*, by: User, obligation: Obligation, amount: Decimal, key: str, reason: str) -> Refund:
    """The worker gave money back: fund and cap have it again. The same receipt `key` counts once.

    Raises Refusal `obligation_state`, `refund_too_large` or `reason_missing`.
    """
    if not reason.strip():
        raise Refusal("reason_missing", _("Write down why."))
    with act("claim.refund", by=by) as doing:
        obligation = _lock(obligation)
        there = Refund.objects.filter(key=key, obligation=obligation).first()
        if there is None:
            _expect(obligation, ObligationState.PAID)
            left = _used(obligation)
            if not ZERO < amount <= left:
                raise Refusal(
                    "refund_too_large",
                    _("Between 0.01 and %(left)s yuan can be given back.") % {"left": show(left)},
                )
            _reverse(by, obligation, amount, reason)
            there = Refund.objects.create(
                obligation=obligation,
                amount=amount,
                key=key,
                reason=reason.strip()[:200],
                made_by=by,
                made_at=clock.now(),
            )
        doing.about, doing.data = obligation, {"refund": there.pk, "amount": str(there.amount)}
    return there


def stop_what_is_due(by: Actor, claim: Claim, reason: str) -> None:
    """What was decided no longer holds: money not yet paid is no longer owed, and free again.

    Raises Refusal `payment_under_way` where an attempt waits for the bank or lies in a batch.
    """
    due = Obligation.objects.select_for_update(no_key=True).filter(
        claim=claim, state__in=[ObligationState.DUE, ObligationState.RETURNED]
    )
    for obligation in due.order_by("pk"):
        if obligation.payments.filter(state__in=LIVE_PAYMENTS).exists():
            raise Refusal(
                "payment_under_way",
                _("A payment is under way. Take it out of its batch, or wait for the bank's answer, first."),
            )
        if obligation.state == ObligationState.DUE:
            _tie(obligation, ledger.release(by=by, reference=obligation.reference, memo=reason[:200]))
        _set(obligation, ObligationState.STOPPED, reason)


def set_claims_funds(*, by: Actor, plan: Plan, funds: Iterable[Fund]) -> list[ClaimsFund]:
    """Which funds pay the claims of the plan, in this order."""
    with act("claims.set_funds", by=by) as doing:
        Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)
        ClaimsFund.objects.filter(plan=plan).delete()
        made = [
            ClaimsFund.objects.create(plan=plan, fund=fund, order=order)
            for order, fund in enumerate(funds, start=1)
        ]
        doing.about, doing.data = plan, {"funds": [one.fund_id for one in made]}
    return made


def _hold(by: Actor, obligation: Obligation) -> None:
    assert obligation.claim.coverage is not None
    funds = [
        link.fund
        for link in ClaimsFund.objects.filter(plan=obligation.claim.coverage.plan_id).select_related("fund")
    ]
    if not funds:
        raise Refusal("no_claims_fund", _("No fund pays the claims of this plan yet. Set one first."))
    entries = ledger.hold(
        by=by, funds=funds, amount=obligation.amount, copies=0, reference=obligation.reference
    )
    _tie(obligation, entries)


def _used(obligation: Obligation) -> Decimal:
    """What was used for it and not reversed yet, 元."""
    entries = Entry.objects.filter(reference=obligation.reference).order_by()
    came = entries.filter(kind=EntryKind.CAPTURE).aggregate(sum=Sum("amount", default=ZERO))["sum"]
    went = entries.filter(kind=EntryKind.REVERSAL).aggregate(sum=Sum("amount", default=ZERO))["sum"]
    left: Decimal = came - went
    return left


def _reverse(by: Actor, obligation: Obligation, amount: Decimal, reason: str) -> None:
    """Reverses `amount` of what was used, the last capture first."""
    reference = obligation.reference
    _tie(
        obligation,
        ledger.reverse_under(by=by, reference=reference, amount=amount, copies=0, memo=reason[:200]),
    )


def _within_cap(obligation: Obligation) -> None:
    coverage = obligation.claim.coverage
    assert coverage is not None
    cap = coverage.plan_version.cap_per_period
    if cap is not None and cap_used(coverage) + obligation.amount > cap:
        raise Refusal(
            "cap_exhausted",
            _("Other claims have used the cap of the period meanwhile. The claim has to be decided again."),
        )


def _lock(obligation: Obligation) -> Obligation:
    found: Obligation = Obligation.objects.select_for_update(no_key=True).get(pk=obligation.pk)
    return found


def _expect(obligation: Obligation, state: ObligationState) -> None:
    if obligation.state != state:
        raise Refusal(
            "obligation_state",
            _("The money is “%(state)s”; this step is not possible.")
            % {"state": obligation.get_state_display()},
        )


def _set(obligation: Obligation, state: ObligationState, reason: str = "") -> None:
    obligation.state, obligation.reason = state, reason[:200]
    obligation.save(update_fields=["state", "reason"])


def _tie(obligation: Obligation, entries: Iterable[Entry]) -> None:
    ObligationEntry.objects.bulk_create(
        ObligationEntry(obligation=obligation, entry=entry) for entry in entries
    )
