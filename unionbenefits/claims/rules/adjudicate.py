"""The claim formula (design §4).

`base = max(0, self-paid − other schemes' share of it − deductible)`, in proportion to the covered nights
where the plan says so; `pay = min(base × rate[ordinal], cap per stay, cap per period − already approved)`,
rounded half up once, at the end.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from unionbenefits.claims.rules.checks import doubts, stops
from unionbenefits.claims.rules.codes import Code
from unionbenefits.claims.rules.cover import WHOLE, covered_nights, covered_part, in_period, uncut
from unionbenefits.claims.rules.episodes import Episode, decided, episodes, ordinals
from unionbenefits.claims.rules.facts import (
    DECIDED,
    STANDING,
    ZERO,
    Coverage,
    Facts,
    PlanTerms,
    Stay,
    StayState,
)
from unionbenefits.claims.rules.verdict import Line, Note, Outcome, Verdict

RULESET = "2026.1"


def adjudicate(facts: Facts) -> Verdict:
    """Decides the stay that `facts` name. Pure: the same facts always give the same verdict."""
    reasons = list(stops(facts))
    place = _place(facts)
    if place.ordinal is not None and place.rate is None and not reasons:
        reasons.append(
            Note(Code.NO_RATE_LEFT, {"ordinal": place.ordinal, "paid": sum(map(bool, facts.plan.rates))})
        )
    if reasons:
        return _rejected(facts, place, reasons)
    work, questions = _Work(facts, place), tuple(doubts(facts))
    return Verdict(
        outcome=Outcome.REFER if questions else Outcome.PAY,
        amount=work.amount,
        ordinal=place.ordinal,
        rate=place.rate,
        base=rounded(work.base),
        lines=tuple(work.lines()),
        reasons=questions,
        flags=(*_standing_flags(facts, place), *work.flags()),
        ruleset=RULESET,
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the stay stands among the worker's others.

    `before` holds the ordinals of the decided ones as if this stay did not exist, `after` with it.
    """

    episodes: tuple[Episode, ...]
    in_period: frozenset[str]
    before: dict[str, int]
    after: dict[str, int]
    ordinal: int | None
    rate: Decimal | None


def _place(facts: Facts) -> _Place:
    """Ordinals as they were, and as they are with the stay to decide among the counted ones."""
    if facts.coverage is None or facts.stay.state not in STANDING:
        return _Place((), frozenset(), {}, {}, None, None)
    coverage, plan = facts.coverage, facts.plan
    found = episodes(facts.stays, plan.episode_gap_days)
    within = frozenset(stay.id for stay in facts.stays if in_period(stay, coverage, plan.straddle))
    before = decided(facts.others) & within
    after = ordinals(found, before | {facts.decide})
    ordinal = after[facts.decide]
    # A late stay may join two episodes that were decided apart (a transfer in between, case C104).
    apart = episodes(facts.others, plan.episode_gap_days) if before else ()
    return _Place(found, within, ordinals(apart, before), after, ordinal, _rate(plan, ordinal))


def _rate(plan: PlanTerms, ordinal: int) -> Decimal | None:
    """None after the last rate; a rate of zero is none."""
    return (plan.rates[ordinal - 1] or None) if ordinal <= len(plan.rates) else None


def base_of(stay: Stay, coverage: Coverage, plan: PlanTerms) -> Fraction:
    """The amount that the rate applies to, unrounded, 元."""
    bare = max(ZERO, stay.self_paid - stay.other_paid - plan.deductible)
    part = covered_part(stay, coverage, plan.straddle)
    return Fraction(bare) if part is WHOLE else Fraction(bare) * part


def rounded(amount: Fraction) -> Decimal:
    """元 to two places, half up; exact for amounts that no decimal holds, such as a third. Never negative."""
    over, under = amount.as_integer_ratio()
    return Decimal((200 * over + under) // (2 * under)).scaleb(-2)


class _Work:
    """The working of one stay: from the self-paid part to what is paid."""

    def __init__(self, facts: Facts, place: _Place) -> None:
        assert facts.coverage is not None
        assert place.rate is not None
        self.facts, self.place, self.coverage, self.rate = facts, place, facts.coverage, place.rate
        stay, plan = facts.stay, facts.plan
        self.part = covered_part(stay, self.coverage, plan.straddle)
        self.base = base_of(stay, self.coverage, plan)
        self.by_rate = rounded(self.base * Fraction(self.rate))
        self.by_stay = self.by_rate if plan.cap_per_stay is None else min(self.by_rate, plan.cap_per_stay)
        self.left = self._left_of_period()
        self.amount = self.by_stay if self.left is None else min(self.by_stay, self.left)
        self.differences = tuple(self._differences())

    def _left_of_period(self) -> Decimal | None:
        cap = self.facts.plan.cap_per_period
        if cap is None:
            return None
        counted = [
            stay for stay in self.facts.others if stay.state in DECIDED and stay.id in self.place.in_period
        ]
        return max(ZERO, cap - sum((self._approved(stay) for stay in counted), ZERO))

    def _approved(self, stay: Stay) -> Decimal:
        if stay.approved_amount is not None:
            return stay.approved_amount
        return self._due(stay, self.place.before.get(stay.id))

    def _due(self, stay: Stay, ordinal: int | None) -> Decimal:
        """What a stay is due at an ordinal, by its own statement and the cap per stay."""
        rate = None if ordinal is None else _rate(self.facts.plan, ordinal)
        if rate is None:
            return ZERO
        due = rounded(base_of(stay, uncut(self.coverage), self.facts.plan) * Fraction(rate))
        cap = self.facts.plan.cap_per_stay
        return due if cap is None else min(due, cap)

    def _differences(self) -> Iterator[Line]:
        """Stays that were decided at another ordinal than the one they have now (case C104)."""
        left = None if self.left is None else self.left - self.amount
        for stay in self.facts.others:
            old, new = self.place.before.get(stay.id), self.place.after.get(stay.id)
            if stay.state not in DECIDED or stay.id not in self.place.in_period or old == new:
                continue
            difference = self._difference(stay, old, new)
            if left is not None:
                difference = min(difference, left)
                left -= max(ZERO, difference)
            if difference:
                yield Line(Code.SETTLE_DIFFERENCE, difference, {"stay": stay.id, "old": old, "new": new})

    def _difference(self, stay: Stay, old: int | None, new: int | None) -> Decimal:
        """What the change of ordinal still moves: nothing twice, and nothing that was never approved.

        A stay that a cap had cut, whose difference was settled before, or that already shared the ordinal
        of a stay not yet decided, stands at less than the whole change away from what it is due.
        """
        change = self._due(stay, new) - self._due(stay, old)
        if stay.approved_amount is None:
            return change
        missing = self._due(stay, new) - stay.approved_amount
        return min(max(missing, min(change, ZERO)), max(change, ZERO))

    def lines(self) -> list[Line]:
        """Every step with its amount; what is taken away is negative."""
        stay, plan = self.facts.stay, self.facts.plan
        steps = [Line(Code.SELF_PAID, stay.self_paid)]
        after_others = max(ZERO, stay.self_paid - stay.other_paid)
        if stay.other_paid:
            steps.append(Line(Code.OTHER_PAID, after_others - stay.self_paid))
        after_deductible = max(ZERO, after_others - plan.deductible)
        if plan.deductible:
            steps.append(Line(Code.DEDUCTIBLE, after_deductible - after_others))
        if self.part != 1:
            nights = {"covered": covered_nights(stay, self.coverage), "nights": stay.nights}
            steps.append(Line(Code.COVERED_NIGHTS, rounded(self.base) - after_deductible, nights))
        steps.append(Line(Code.BASE, rounded(self.base)))
        steps.append(Line(Code.RATE, self.by_rate, {"rate": self.rate, "ordinal": self.place.ordinal}))
        if self.by_stay < self.by_rate:
            steps.append(Line(Code.CAP_PER_STAY, self.by_stay - self.by_rate, {"cap": plan.cap_per_stay}))
        if self.amount < self.by_stay:
            values = {"cap": plan.cap_per_period, "left": self.left}
            steps.append(Line(Code.CAP_PER_PERIOD, self.amount - self.by_stay, values))
        return [*steps, Line(Code.PAY, self.amount), *self.differences]

    def flags(self) -> Iterator[Note]:
        """What the officer and the worker should know about the amount."""
        if self.part != 1:
            yield Note(Code.PARTLY_COVERED)
        if self.amount < self.by_rate:
            yield Note(Code.CUT_BY_CAP)
        if not self.amount:
            yield Note(Code.NOTHING_TO_PAY)
        for line in self.differences:
            yield Note(Code.SETTLE_DIFFERENCE, {**line.values, "amount": line.amount})


def _standing_flags(facts: Facts, place: _Place) -> Iterator[Note]:
    coverage = facts.coverage
    if coverage is not None and coverage.cancelled_from is not None:
        yield Note(Code.COVERAGE_CANCELLED, {"from": coverage.cancelled_from})
    own = next((episode for episode in place.episodes if episode.holds(facts.decide)), None)
    if own is None or coverage is None:
        return
    if len(own.stays) > 1:
        yield Note(
            Code.SAME_EPISODE, {"stays": ", ".join(one.id for one in own.stays if one.id != facts.decide)}
        )
    if own.admitted < coverage.start:
        yield Note(Code.EPISODE_BEGAN_BEFORE, {"admitted": own.admitted})
    for other in facts.others:
        undecided = other.state is StayState.FILED and other.id in place.in_period
        if undecided and other.admitted < own.admitted:
            yield Note(Code.EARLIER_STAY_UNDECIDED, {"stay": other.id})


def _rejected(facts: Facts, place: _Place, reasons: list[Note]) -> Verdict:
    """A rejected stay takes no ordinal; one that comes after the last rate says which it would have."""
    without_rate = any(reason.code is Code.NO_RATE_LEFT for reason in reasons)
    return Verdict(
        outcome=Outcome.REJECT,
        amount=ZERO,
        ordinal=place.ordinal if without_rate else None,
        rate=None,
        base=ZERO,
        lines=(),
        reasons=tuple(reasons),
        flags=tuple(_standing_flags(facts, place)),
        ruleset=RULESET,
    )
