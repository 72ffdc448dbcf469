"""What a worker would get for a stay: the rules of adjudication on four numbers of a statement."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from unionbenefits.claims.rules import Coverage, Facts, PlanTerms, Stay, StayState, Verdict, adjudicate
from unionbenefits.claims.rules.facts import ZERO

# Days between the imagined stays, far enough apart to be episodes of their own under any plan.
_APART = 100


@dataclass(frozen=True, slots=True)
class Statement:
    """Four numbers of a statement (医保结算单), 元: total, paid by the insurance, self-paid, own expense."""

    total: Decimal
    insurance: Decimal
    self_paid: Decimal
    own_expense: Decimal


def estimate(statement: Statement, plan: PlanTerms, ordinal: int) -> Verdict:
    """The decision if all else is in order: covered, in time, the `ordinal`-th stay of the period (from 1).

    Earlier stays are imagined as approved with nothing paid, so that a cap per period is still whole.
    """
    first = dt.date(2000, 1, 1)
    days = [first + dt.timedelta(days=_APART * at) for at in range(ordinal)]
    earlier = [
        Stay(f"earlier {at}", day, day, ZERO, state=StayState.APPROVED, approved_amount=ZERO)
        for at, day in enumerate(days[:-1])
    ]
    asked = Stay(
        id="asked",
        admitted=days[-1],
        discharged=days[-1],
        self_paid=statement.self_paid,
        total=statement.total,
        pooled_fund=statement.insurance,
        own_expense=statement.own_expense,
    )
    period = Coverage(first, days[-1], first_enrolment=False)
    return adjudicate(Facts(plan, period, (*earlier, asked), "asked"))
