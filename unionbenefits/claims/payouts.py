"""What an approved decision means in money: the amount, what is taken off it, and what is paid now."""

from dataclasses import dataclass
from decimal import Decimal

from unionbenefits.claims.enums import DifferenceState, ObligationKind, ObligationState
from unionbenefits.claims.models import Claim, Decision, Difference, Obligation
from unionbenefits.claims.queries import cap_used
from unionbenefits.core.money import ZERO


@dataclass(frozen=True, slots=True)
class Payout:
    """`amount` is what the stay gets, 元. Of it are taken off `deducted` (other stays that had got too much)
    and `before` (paid on an earlier decision about the same stay); `now` is left. `extra` are differences of
    other stays that are paid in addition.
    """

    amount: Decimal
    deducted: tuple[Difference, ...]
    before: Decimal
    now: Decimal
    extra: tuple[Difference, ...]

    @property
    def differs(self) -> bool:
        """Whether less than the amount is paid now."""
        return self.now != self.amount


def payout_of(decision: Decision) -> Payout:
    """How the money of an approved decision is made up. Two queries."""
    differences = list(decision.differences.select_related("claim").order_by("pk"))
    deducted = tuple(one for one in differences if one.state == DifferenceState.DEDUCTED)
    extra = tuple(one for one in differences if one.state == DifferenceState.TOPPED_UP)
    owed = decision.obligations.filter(kind=ObligationKind.DECISION).first()
    now: Decimal = ZERO if owed is None else owed.amount
    left = decision.amount + sum((one.amount for one in deducted), ZERO)
    return Payout(decision.amount, deducted, max(ZERO, left - now), now, extra)


def cap_left(claim: Claim) -> Decimal | None:
    """What the plan can still pay in the claim's period, 元; None where there is no cap."""
    coverage = claim.coverage
    cap: Decimal | None = None if coverage is None else coverage.plan_version.cap_per_period
    return None if coverage is None or cap is None else max(ZERO, cap - cap_used(coverage))


def standing_obligations(claim: Claim) -> list[Obligation]:
    """What is owed to the claim or was paid or came back, oldest first; what was stopped is left out."""
    found: list[Obligation] = list(claim.obligations.exclude(state=ObligationState.STOPPED).order_by("pk"))
    return found
