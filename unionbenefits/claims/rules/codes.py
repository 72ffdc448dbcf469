"""The closed list of what a verdict may say. Stable: tests, screens and other programs rely on the codes."""

from enum import StrEnum


class Code(StrEnum):
    """Reasons, flags and lines. Their sentences stand in `claims/wording.py`, in both languages."""

    # Reasons to reject.
    OUTSIDE_COVERAGE = "outside_coverage"
    WAITING_PERIOD = "waiting_period"
    FILED_LATE = "filed_late"
    NO_RATE_LEFT = "no_rate_left"
    DATES_IMPOSSIBLE = "dates_impossible"
    AFTER_DEATH = "after_death"
    NOT_STANDING = "not_standing"
    # Reasons to refer: a person has to look before anything is paid.
    STATEMENT_SUM = "statement_sum"
    STATEMENT_INCOMPLETE = "statement_incomplete"
    STILL_IN_HOSPITAL = "still_in_hospital"
    OVERLAPPING_STAY = "overlapping_stay"
    SAME_STAY = "same_stay"
    VERY_LONG_STAY = "very_long_stay"
    # Flags: shown, and nothing else.
    COVERAGE_CANCELLED = "coverage_cancelled"
    PARTLY_COVERED = "partly_covered"
    SAME_EPISODE = "same_episode"
    EARLIER_STAY_UNDECIDED = "earlier_stay_undecided"
    SETTLE_DIFFERENCE = "settle_difference"
    NOTHING_TO_PAY = "nothing_to_pay"
    CUT_BY_CAP = "cut_by_cap"
    EPISODE_BEGAN_BEFORE = "episode_began_before"
    # Lines of the working.
    SELF_PAID = "self_paid"
    OTHER_PAID = "other_paid"
    DEDUCTIBLE = "deductible"
    COVERED_NIGHTS = "covered_nights"
    BASE = "base"
    RATE = "rate"
    CAP_PER_STAY = "cap_per_stay"
    CAP_PER_PERIOD = "cap_per_period"
    PAY = "pay"


REJECTING = frozenset(
    {
        Code.OUTSIDE_COVERAGE,
        Code.WAITING_PERIOD,
        Code.FILED_LATE,
        Code.NO_RATE_LEFT,
        Code.DATES_IMPOSSIBLE,
        Code.AFTER_DEATH,
        Code.NOT_STANDING,
    }
)
REFERRING = frozenset(
    {
        Code.STATEMENT_SUM,
        Code.STATEMENT_INCOMPLETE,
        Code.STILL_IN_HOSPITAL,
        Code.OVERLAPPING_STAY,
        Code.SAME_STAY,
        Code.VERY_LONG_STAY,
    }
)
