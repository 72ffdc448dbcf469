"""What a decision rests on: the plan's terms, the cover, and the worker's stays. Frozen, plain data."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

ZERO = Decimal("0.00")
# What the published rules leave open has these defaults (design §4, domain.md §8).
RATES = (Decimal("0.80"), Decimal("0.70"))


class Straddle(StrEnum):
    """Which part of a stay across an edge of the cover is paid (case C100)."""

    ADMISSION_DATE = "admission_date"
    PRO_RATA_NIGHTS = "pro_rata_nights"
    WHOLE_STAY_INSIDE = "whole_stay_inside"


class StayState(StrEnum):
    """Where the claim for a stay stands; rejected and withdrawn ones do not count (case C104)."""

    FILED = "filed"
    APPROVED = "approved"
    PAID = "paid"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


DECIDED = frozenset({StayState.APPROVED, StayState.PAID})
STANDING = DECIDED | {StayState.FILED}


@dataclass(frozen=True, slots=True)
class PlanTerms:
    """The numbers of a plan version: shares by ordinal, 元, calendar days."""

    rates: tuple[Decimal, ...] = RATES
    deductible: Decimal = ZERO
    cap_per_stay: Decimal | None = None
    cap_per_period: Decimal | None = None
    waiting_days: int = 30
    straddle: Straddle = Straddle.ADMISSION_DATE
    episode_gap_days: int = 1
    filing_deadline_days: int = 730


@dataclass(frozen=True, slots=True)
class Coverage:
    """A period of cover, both ends included; a cancelled one ends on the eve of `cancelled_from`."""

    start: dt.date
    end: dt.date
    first_enrolment: bool = True
    cancelled_from: dt.date | None = None

    @property
    def last_day(self) -> dt.date:
        """The last day that still holds; before `start` where nothing ever held."""
        if self.cancelled_from is None:
            return self.end
        return min(self.end, self.cancelled_from - dt.timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Stay:
    """One hospital stay with the figures of its statement (医保结算单), in 元.

    `self_paid` is 个人自付 within the insured costs, `own_expense` 个人自费 outside them; `other_paid` is
    what other schemes paid of the self-paid part. `discharged` is None while the person is in hospital.
    """

    id: str
    admitted: dt.date
    discharged: dt.date | None
    self_paid: Decimal
    total: Decimal | None = None
    pooled_fund: Decimal = ZERO
    supplementary: Decimal = ZERO
    medical_aid: Decimal = ZERO
    own_expense: Decimal = ZERO
    other_paid: Decimal = ZERO
    hospital: str = ""
    settled: dt.date | None = None
    filed: dt.date | None = None
    state: StayState = StayState.FILED
    approved_amount: Decimal | None = None

    @property
    def end(self) -> dt.date:
        """The last day known: of discharge, or of admission while it is open."""
        return self.discharged or self.admitted

    @property
    def nights(self) -> int:
        """How many nights, each of the day on which it began; one without a night counts as its day."""
        return max(1, (self.end - self.admitted).days)


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything about one decision. `stays` are all of the worker's, the one to decide among them.

    `coverage` is the one whose period the stay is held against; None where the worker has none.
    """

    plan: PlanTerms
    coverage: Coverage | None
    stays: tuple[Stay, ...]
    decide: str
    died_on: dt.date | None = None

    @property
    def stay(self) -> Stay:
        """The stay to decide."""
        return next(stay for stay in self.stays if stay.id == self.decide)

    @property
    def others(self) -> tuple[Stay, ...]:
        """All other stays, by admission."""
        others = [stay for stay in self.stays if stay.id != self.decide]
        return tuple(sorted(others, key=lambda stay: (stay.admitted, stay.id)))
