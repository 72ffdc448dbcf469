"""Money between decisions (case C104): a late stay moves others, and nothing is moved twice."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings, strategies as some

from tests.claims.rules.scene import decide, facts, stay, yuan
from unionbenefits.claims.rules import StayState, adjudicate
from unionbenefits.claims.rules.adjudicate import rounded
from unionbenefits.claims.rules.episodes import episodes

HOSPITALS = "UVWXYZ"


def paid(stay_id, admitted, discharged, approved, **values):
    return stay(stay_id, admitted, discharged, state="paid", approved_amount=approved, **values)


def moved(verdict):
    return {
        line.values["stay"]: (str(line.amount), line.values["old"], line.values["new"])
        for line in verdict.lines
        if line.code == "settle_difference"
    }


def test_a_transfer_that_joins_two_decided_episodes_raises_the_second():
    """A (80 %) and C (70 %) were decided apart; B, the transfer between them, makes them one episode."""
    verdict = decide(
        stay("B", "2026-03-05", "2026-03-09", hospital="Y", self_paid="500.00"),
        paid("A", "2026-03-01", "2026-03-05", "800.00", self_paid="1000.00"),
        paid("C", "2026-03-09", "2026-03-12", "700.00", self_paid="1000.00", hospital="Z"),
    )
    assert (verdict.ordinal, str(verdict.amount)) == (1, "400.00")
    assert moved(verdict) == {"C": ("100.00", 2, 1)}
    assert "settle_difference" in verdict.flag_codes


def test_a_stay_that_already_shared_the_ordinal_has_no_difference():
    verdict = decide(
        stay("B", "2026-03-05", "2026-03-09", hospital="Y"),
        paid("A", "2026-03-01", "2026-03-05", "800.00", self_paid="1000.00"),
        paid("C", "2026-03-09", "2026-03-12", "800.00", self_paid="1000.00", hospital="Z"),
    )
    assert moved(verdict) == {}


def test_two_later_stays_move_the_third_one_to_nothing():
    verdict = decide(
        stay("A", "2026-03-01", "2026-03-05", self_paid="1000.00"),
        paid("C", "2026-05-01", "2026-05-05", "800.00", self_paid="1000.00"),
        paid("D", "2026-07-01", "2026-07-05", "700.00", self_paid="1000.00"),
    )
    assert moved(verdict) == {"C": ("-100.00", 1, 2), "D": ("-700.00", 2, 3)}


def test_a_settled_difference_is_not_brought_up_when_the_late_stay_is_decided_anew():
    """100.00 of C were deducted when A was first decided: C stands at 700.00."""
    settled = paid("C", "2026-05-01", "2026-05-05", "700.00", self_paid="1000.00")
    assert moved(decide(stay("A", "2026-03-01", "2026-03-05"), settled)) == {}


def test_what_a_cap_had_cut_is_not_taken_back_again():
    """C was due 5600.00 and cut to the cap; as no. 2 it is due 4900.00, still above it."""
    cut = paid("C", "2026-05-01", "2026-05-05", "4000.00")
    verdict = decide(stay("A", "2026-03-01", "2026-03-05"), cut, cap_per_period=yuan("4000.00"))
    assert (str(verdict.amount), moved(verdict)) == ("0.00", {})


def test_a_cap_per_stay_holds_at_both_ordinals():
    capped = paid("C", "2026-05-01", "2026-05-05", "750.00", self_paid="1000.00")
    verdict = decide(
        stay("A", "2026-03-01", "2026-03-05", self_paid="100.00"), capped, cap_per_stay=yuan("750.00")
    )
    assert moved(verdict) == {"C": ("-50.00", 1, 2)}


def test_a_difference_in_favour_stays_within_the_cap_of_the_period():
    """Of 100.00 in favour of C only 30.00 fit: 960.00 − 160.00 − 700.00 − 70.00 of B itself."""
    parts = (
        stay("B", "2026-03-05", "2026-03-09", hospital="Y", self_paid="87.50"),
        paid("A", "2026-03-01", "2026-03-05", "160.00", self_paid="200.00"),
        paid("C", "2026-03-09", "2026-03-12", "700.00", self_paid="1000.00", hospital="Z"),
    )
    verdict = decide(*parts, cap_per_period=yuan("960.00"))
    assert (str(verdict.amount), moved(verdict)) == ("70.00", {"C": ("30.00", 2, 1)})
    assert moved(decide(*parts, cap_per_period=yuan("930.00"))) == {}


def test_without_an_approved_amount_the_change_of_ordinal_is_the_difference():
    unknown = paid("C", "2026-05-01", "2026-05-05", None, self_paid="1000.00")
    assert moved(decide(stay("A", "2026-03-01", "2026-03-05"), unknown)) == {"C": ("-100.00", 1, 2)}


def test_a_stay_of_another_period_is_never_moved():
    verdict = decide(stay("A", "2026-03-01", "2026-03-05"), paid("P", "2025-12-01", "2025-12-05", "800.00"))
    assert moved(verdict) == {}


@some.composite
def some_stays(draw):
    """Up to six stays of one period without overlaps, often close enough to be transfers."""
    days, made = some.integers(0, 6), []
    at = draw(some.integers(1, 20))
    for name in "ABCDEF"[: draw(some.integers(1, 6))]:
        until = at + draw(days)
        first, last = (f"2026-{1 + number // 28:02d}-{1 + number % 28:02d}" for number in (at, until))
        cents = draw(some.integers(0, 300_000))
        hospital = HOSPITALS["ABCDEF".index(name)]
        made.append(stay(name, first, last, hospital=hospital, self_paid=f"{Decimal(cents).scaleb(-2)}"))
        at = until + draw(days)
    return made


def in_turn(stays, **plan):
    """Each is filed and decided before the next is known, differences settled at once; what each got."""
    known, got = [], {}
    for one in stays:
        verdict = decide(one, *known, **plan)
        assert verdict.outcome == "pay"
        got[one.id] = verdict.amount
        for line in verdict.lines:
            if line.code == "settle_difference":
                got[line.values["stay"]] += line.amount
        known = [replace(old, state=StayState.PAID, approved_amount=got[old.id]) for old in (*known, one)]
    return got


@settings(max_examples=300, deadline=None)
@given(some_stays(), some.integers(0, 4), some.randoms(use_true_random=False))
def test_whatever_the_order_of_filing_each_stay_gets_what_its_episode_is_due(stays, gap, shuffler):
    """The oracle counts episodes of all the stays once, without any history."""
    rates = tuple(yuan(rate) for rate in ("0.80", "0.70", "0.55", "0.33", "0.20", "0.07"))
    due = {
        one.id: rounded(Fraction(one.self_paid) * Fraction(rates[ordinal]))
        for ordinal, episode in enumerate(episodes(stays, gap))
        for one in episode.stays
    }
    filed = list(stays)
    shuffler.shuffle(filed)
    assert in_turn(filed, rates=rates, episode_gap_days=gap) == due


@settings(max_examples=200, deadline=None)
@given(some_stays(), some.integers(0, 400_000), some.randoms(use_true_random=False))
def test_whatever_the_order_the_cap_of_the_period_is_never_passed(stays, cap, shuffler):
    filed = list(stays)
    shuffler.shuffle(filed)
    rates = (yuan("0.80"), yuan("0.70"), *[yuan("0.50")] * 4)
    limit = Decimal(cap).scaleb(-2)
    got = in_turn(filed, rates=rates, cap_per_period=limit)
    assert sum(got.values()) <= limit
    assert all(amount >= 0 for amount in got.values())


@settings(max_examples=200, deadline=None)
@given(some_stays())
def test_deciding_again_what_stands_moves_nothing(stays):
    """A decision taken anew over settled facts says the same and brings nothing up."""
    rates = (yuan("0.80"), yuan("0.70"), *[yuan("0.50")] * 4)
    got = in_turn(stays, rates=rates)
    standing = [replace(one, state=StayState.PAID, approved_amount=got[one.id]) for one in stays]
    for at, one in enumerate(standing):
        again = replace(one, state=StayState.FILED, approved_amount=None)
        others = standing[:at] + standing[at + 1 :]
        verdict = adjudicate(facts(again, *others, rates=rates))
        assert (verdict.amount, moved(verdict)) == (got[one.id], {})
