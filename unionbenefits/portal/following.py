"""What a worker reads of a claim that was sent: how it stands, what was decided, where the money is, and what
may be done next.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from unionbenefits.claims.enums import (
    OPEN,
    AppealState,
    ClaimState,
    ObligationKind,
    ObligationState,
    PaymentState,
)
from unionbenefits.claims.letters import notes_beside, reasons_of, working_of
from unionbenefits.claims.models import Appeal, Claim, Decision, Obligation, Payment, Question
from unionbenefits.claims.payouts import Payout, cap_left, payout_of
from unionbenefits.claims.queries import appeal_until
from unionbenefits.claims.rules import Line
from unionbenefits.core import clock
from unionbenefits.core.money import ZERO
from unionbenefits.portal.claim_course import Step, course
from unionbenefits.portal.working import lines_shown

_BACK = (PaymentState.FAILED, PaymentState.RETURNED)


class Where(StrEnum):
    """Where money that is owed is, as its receiver would ask."""

    COMING = "coming"
    SENT = "sent"
    UNKNOWN = "unknown"
    ARRIVED = "arrived"
    CAME_BACK = "came_back"
    AGAIN = "again"


@dataclass(frozen=True, slots=True)
class Money:
    """One sum that is owed or was paid. `day` is when it was sent or arrived; `reason` is the bank's."""

    amount: Decimal
    where: Where
    day: dt.date | None = None
    reason: str = ""
    extra: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """The decision that stands, in the language of the page."""

    decision: Decision
    payout: Payout
    lines: list[tuple[str, Line]]
    reasons: list[str]
    notes: list[str]
    cap_left: Decimal | None

    @property
    def day(self) -> dt.date:
        """When the third person approved."""
        assert self.decision.approved_at is not None
        return clock.local(self.decision.approved_at).date()

    @property
    def pays(self) -> bool:
        """Whether it gives anything."""
        return bool(self.decision.amount > ZERO)


@dataclass(frozen=True, slots=True)
class Following:
    """All that the page of a claim shows."""

    claim: Claim
    question: Question | None
    told: Told | None
    money: list[Money]
    appeal: Appeal | None
    steps: list[Step]
    again: bool

    @property
    def where(self) -> Where | None:
        """Where the money is, all in all: what has to be acted on first, then what has not arrived."""
        found = {one.where for one in self.money}
        order = (Where.CAME_BACK, Where.AGAIN, Where.UNKNOWN, Where.COMING, Where.SENT, Where.ARRIVED)
        return next((one for one in order if one in found), None)

    @property
    def due(self) -> Decimal:
        """All that is paid or to be paid for the claim, 元."""
        return sum((one.amount for one in self.money), ZERO)

    @property
    def arrived_on(self) -> dt.date | None:
        """The day of the last payment."""
        return max((one.day for one in self.money if one.where == Where.ARRIVED and one.day), default=None)

    @property
    def is_open(self) -> bool:
        """Whether the desk still works on it."""
        return self.claim.state in OPEN

    @property
    def is_late(self) -> bool:
        """Whether the promised day has passed without a decision."""
        promised = self.claim.promised_on
        return self.is_open and not self.again and promised is not None and promised < clock.today()

    @property
    def days_to_answer(self) -> int | None:
        """Days until the answer is due, today's the last one counted as 0; below zero when it has passed."""
        return None if self.question is None else (self.question.until - clock.today()).days

    @property
    def may_withdraw(self) -> bool:
        """Until it is decided for good."""
        return self.is_open

    @property
    def may_appeal(self) -> bool:
        """Against a decision that stands and was not appealed against yet, while there is time."""
        if self.claim.state not in (ClaimState.APPROVED, ClaimState.REJECTED) or self._appealed:
            return False
        return self.appeal_until is None or clock.today() <= self.appeal_until

    @property
    def appeal_until(self) -> dt.date | None:
        """The last day to appeal, where the plan sets one."""
        return None if self.told is None else appeal_until(self.told.decision)

    @property
    def may_correct_account(self) -> bool:
        """Where the bank could not pay and nothing is under way."""
        under_way = {Where.SENT, Where.UNKNOWN}
        found = {one.where for one in self.money}
        return bool(found & {Where.CAME_BACK, Where.AGAIN}) and not found & under_way

    @property
    def _appealed(self) -> bool:
        about = None if self.told is None else self.told.decision.pk
        return self.appeal is not None and self.appeal.decision_id == about and self._counts(self.appeal)

    @staticmethod
    def _counts(appeal: Appeal) -> bool:
        return appeal.state in (AppealState.OPEN, AppealState.DISMISSED)


def follow(claim: Claim) -> Following:
    """Everything about one's own claim (loaded with its coverage and plan version). A dozen queries."""
    questions = list(claim.questions.order_by("pk"))
    decisions = list(
        claim.decisions.filter(approved_at__isnull=False)
        .select_related("plan_version")
        .order_by("approved_at")
    )
    appeals = list(claim.appeals.order_by("pk"))
    owed = list(claim.obligations.order_by("pk"))
    payments = list(
        Payment.objects.for_worker(claim.worker)
        .filter(obligation__in=owed)
        .exclude(state=PaymentState.CANCELLED)
        .defer("account")
        .order_by("pk")
    )
    steps = course(claim, questions=questions, decisions=decisions, appeals=appeals, payments=payments)
    told = next((one for one in reversed(decisions) if one.state == "approved"), None)
    return Following(
        claim=claim,
        question=_open_question(claim, questions),
        told=None if told is None else _told(claim, told),
        money=[_money(claim, one, payments) for one in owed if one.state != ObligationState.STOPPED],
        appeal=appeals[-1] if appeals else None,
        steps=steps,
        again=bool(decisions) and told is None,
    )


def _open_question(claim: Claim, questions: list[Question]) -> Question | None:
    if claim.state != ClaimState.ASKED or not questions:
        return None
    last = questions[-1]
    return last if last.answered_at is None and last.lapsed_at is None else None


def _told(claim: Claim, decision: Decision) -> Told:
    return Told(
        decision=decision,
        payout=payout_of(decision),
        lines=lines_shown(working_of(decision)),
        reasons=reasons_of(decision),
        notes=notes_beside(decision),
        cap_left=cap_left(claim),
    )


def _money(claim: Claim, owed: Obligation, payments: list[Payment]) -> Money:
    extra = owed.kind == ObligationKind.DIFFERENCE
    last = next((one for one in reversed(payments) if one.obligation_id == owed.pk), None)
    if last is None or last.state == PaymentState.WAITING:
        return Money(owed.amount, Where.COMING, extra=extra)
    if last.state == PaymentState.SUBMITTED:
        return Money(owed.amount, Where.SENT, last.submitted_on, extra=extra)
    if last.state == PaymentState.UNKNOWN:
        return Money(owed.amount, Where.UNKNOWN, last.submitted_on, extra=extra)
    if last.state == PaymentState.SUCCEEDED:
        return Money(owed.amount, Where.ARRIVED, last.paid_on, extra=extra)
    assert last.state in _BACK
    same = last.payee_name == claim.payee_name and last.account_digest == claim.account_digest
    where = Where.CAME_BACK if same else Where.AGAIN
    return Money(owed.amount, where, last.returned_on or last.submitted_on, last.reason, extra)
