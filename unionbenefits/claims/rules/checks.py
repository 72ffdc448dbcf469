"""What stops a stay before any amount is worked out, and what a person has to look at first."""

from collections.abc import Iterator
from decimal import Decimal

from unionbenefits.claims.rules.codes import Code
from unionbenefits.claims.rules.cover import reached, uncovered_dates, waits
from unionbenefits.claims.rules.facts import STANDING, Facts, Stay
from unionbenefits.claims.rules.verdict import Note

TOLERANCE = Decimal("0.01")
# Longer stays exist, but are rare enough for a second look (case C112).
LONG_NIGHTS = 180


def stops(facts: Facts) -> Iterator[Note]:
    """Reasons to reject, apart from the ordinal."""
    stay = facts.stay
    if stay.state not in STANDING:
        yield Note(Code.NOT_STANDING)
    yield from _impossible(stay)
    if facts.died_on is not None and stay.admitted > facts.died_on:
        yield Note(Code.AFTER_DEATH, {"died": facts.died_on})
    yield from _outside(facts)
    if late_by(facts) > 0:
        yield Note(Code.FILED_LATE, {"days": facts.plan.filing_deadline_days, "late": late_by(facts)})


def doubts(facts: Facts) -> Iterator[Note]:
    """Reasons to refer."""
    stay = facts.stay
    yield from statement_doubts(stay)
    if stay.discharged is None or (stay.filed is not None and stay.admitted <= stay.filed < stay.discharged):
        yield Note(Code.STILL_IN_HOSPITAL)
    for other in facts.others:
        if other.state in STANDING and _same(stay, other):
            yield Note(Code.SAME_STAY, {"stay": other.id})
        elif other.state in STANDING and _overlap(stay, other):
            yield Note(Code.OVERLAPPING_STAY, {"stay": other.id})
    if stay.nights > LONG_NIGHTS:
        yield Note(Code.VERY_LONG_STAY, {"nights": stay.nights})


def statement_doubts(stay: Stay) -> Iterator[Note]:
    """The statement's sum: total = pooled + supplementary + aid + self-paid + own expense (domain §1.1)."""
    if stay.total is None:
        yield Note(Code.STATEMENT_INCOMPLETE)
        return
    parts = stay.pooled_fund + stay.supplementary + stay.medical_aid + stay.self_paid + stay.own_expense
    if abs(stay.total - parts) > TOLERANCE:
        yield Note(Code.STATEMENT_SUM, {"total": stay.total, "sum": parts, "difference": stay.total - parts})


def late_by(facts: Facts) -> int:
    """Days by which the filing missed the deadline; 0 when in time or not filed yet.

    Counted from the settlement of the statement, where that is not known from the discharge.
    """
    stay = facts.stay
    since = stay.settled or stay.discharged
    if since is None or stay.filed is None:
        return 0
    return max(0, (stay.filed - since).days - facts.plan.filing_deadline_days)


def _impossible(stay: Stay) -> Iterator[Note]:
    backwards = stay.discharged is not None and stay.discharged < stay.admitted
    in_future = stay.filed is not None and stay.admitted > stay.filed
    settled_first = stay.settled is not None and stay.settled < stay.admitted
    if backwards or in_future or settled_first:
        yield Note(Code.DATES_IMPOSSIBLE)


def _outside(facts: Facts) -> Iterator[Note]:
    stay, coverage = facts.stay, facts.coverage
    if coverage is None:
        yield Note(Code.OUTSIDE_COVERAGE, {"first": stay.admitted, "last": stay.end})
    elif not reached(stay, coverage, facts.plan.straddle):
        first, last = uncovered_dates(stay, coverage)
        yield Note(Code.OUTSIDE_COVERAGE, {"first": first, "last": last})
    elif waits(stay, coverage, facts.plan.waiting_days):
        yield Note(Code.WAITING_PERIOD, {"days": facts.plan.waiting_days, "start": coverage.start})


def _same(stay: Stay, other: Stay) -> bool:
    return (stay.admitted, stay.discharged) == (other.admitted, other.discharged) and (
        stay.hospital == other.hospital
    )


def _overlap(stay: Stay, other: Stay) -> bool:
    """Nights in two hospitals at once; the day of a transfer is shared and no overlap."""
    return stay.admitted < other.end and other.admitted < stay.end
