"""A changed bank account, also for the worker's open claims, by the verbs that claims have for it."""

from dataclasses import dataclass

from unionbenefits.claims import actions
from unionbenefits.claims.enums import OPEN, ClaimState, FiledThrough
from unionbenefits.claims.models import Claim
from unionbenefits.core.errors import Refusal
from unionbenefits.workers.models import BankAccount, Worker


@dataclass(frozen=True, slots=True)
class Spread:
    """Claims that take the account now, and open ones that keep theirs."""

    changed: list[Claim]
    kept: list[Claim]


def use_for_claims(worker: Worker, account: BankAccount) -> Spread:
    """Writes the account into drafts, into claims that wait for the worker, and where a payment came back.

    A claim that is being looked at keeps its account: a change would void what was looked at (invariant 6).
    """
    changed, kept = [], []
    for claim in Claim.objects.for_worker(worker).order_by("pk"):
        if claim.state == ClaimState.DRAFT and claim.filed_through == FiledThrough.OFFICER:
            continue
        if _takes(worker, claim, account):
            changed.append(claim)
        elif claim.state in OPEN:
            kept.append(claim)
    return Spread(changed, kept)


def _takes(worker: Worker, claim: Claim, account: BankAccount) -> bool:
    """Whether the claim has the account now."""
    values = {
        "payee_name": worker.name,
        "account": account.account,
        "bank_name": account.bank_name,
        "other_holder_reason": "",
    }
    try:
        if claim.state in (ClaimState.DRAFT, ClaimState.ASKED):
            actions.save_step(by=worker, claim=claim, step=claim.step, values=values)
        elif claim.state == ClaimState.APPROVED:
            actions.correct_payee(by=worker, claim=claim, **values)
        else:
            return False
    except Refusal:
        return False
    return True
