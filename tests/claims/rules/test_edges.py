"""Combinations at the edges: leap days, transfers, chains, cancelled and partly covered stays, caps."""

import itertools
from fractions import Fraction

import pytest

from tests.claims.rules.scene import day, decide, said, stay, yuan
from unionbenefits.claims.rules import RULESET, RULESETS, Coverage, Straddle, adjudicate
from unionbenefits.claims.rules.codes import REFERRING, REJECTING, Code
from unionbenefits.claims.rules.cover import covered_nights, covered_part, uncovered_dates
from unionbenefits.claims.rules.episodes import episodes

RULES = ("admission_date", "pro_rata_nights", "whole_stay_inside")


def period(first, last, **given):
    return Coverage(day(first), day(last), **{"first_enrolment": False} | given)


@pytest.mark.parametrize(
    ("admitted", "discharged", "outcomes"),
    [
        ("2024-02-28", "2024-03-01", ("reject", "pay", "reject")),
        ("2024-02-29", "2024-03-01", ("pay", "pay", "pay")),
        ("2025-02-28", "2025-02-28", ("pay", "pay", "pay")),
        ("2025-02-28", "2025-03-01", ("pay", "pay", "reject")),
        ("2025-03-01", "2025-03-01", ("reject", "reject", "reject")),
    ],
)
def test_a_cover_from_a_leap_day_ends_on_the_last_of_february(admitted, discharged, outcomes):
    cover = period("2024-02-29", "2025-02-28")
    given = stay("A", admitted, discharged)
    found = tuple(decide(given, coverage=cover, straddle=rule).outcome.value for rule in RULES)
    assert found == outcomes


def test_the_deadline_counts_a_leap_day():
    given = stay(settled=day("2024-02-28"), admitted="2024-02-20", discharged="2024-02-28")
    cover = period("2024-01-01", "2024-12-31")
    for filed, reasons in (("2024-03-01", []), ("2024-03-02", ["filed_late"])):
        dated = stay("A", "2024-02-20", "2024-02-28", filed=day(filed))
        assert said(decide(dated, coverage=cover, filing_deadline_days=2))[2] == reasons
    assert said(decide(given, coverage=cover, filing_deadline_days=0))[2] == ["filed_late"]


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize(
    ("cancelled_from", "paid"),
    [
        ("2026-03-09", ("0.00", "0.00", "0.00")),
        ("2026-03-10", ("0.00", "0.00", "0.00")),
        ("2026-03-11", ("800.00", "100.00", "0.00")),
        ("2026-03-14", ("800.00", "400.00", "0.00")),
        ("2026-03-18", ("800.00", "800.00", "0.00")),
        ("2026-03-19", ("800.00", "800.00", "800.00")),
    ],
)
def test_a_cover_cancelled_during_the_stay(rule, cancelled_from, paid):
    """10 to 18 March, eight nights; the day before `cancelled_from` is the last of the cover."""
    cover = period("2026-01-01", "2026-12-31", cancelled_from=day(cancelled_from))
    verdict = decide(stay(self_paid="1000.00"), coverage=cover, straddle=rule)
    assert str(verdict.amount) == paid[RULES.index(rule)]


@pytest.mark.parametrize("rule", RULES)
def test_a_cancellation_after_the_period_changes_nothing(rule):
    cover = period("2026-01-01", "2026-12-31", cancelled_from=day("2027-05-01"))
    assert str(decide(stay(), coverage=cover, straddle=rule).amount) == "5600.00"


def test_both_halves_of_a_straddled_stay_make_the_whole():
    """Each period pays its nights by its own first rate; a cent may be rounded on each side."""
    for nights_before, self_paid in itertools.product(range(1, 8), ("100.00", "33.33", "0.01")):
        given = stay("A", f"2026-12-{32 - nights_before}", "2027-01-05", self_paid=self_paid)
        parts = [
            covered_part(given, cover, Straddle.PRO_RATA_NIGHTS)
            for cover in (period("2026-01-01", "2026-12-31"), period("2027-01-01", "2027-12-31"))
        ]
        assert parts == [Fraction(nights_before, nights_before + 4), Fraction(4, nights_before + 4)]


def test_the_waiting_period_asks_for_the_admission_only():
    """Nights after the waiting period do not heal an admission during it; one before the cover is not it."""
    cover = Coverage(day("2026-01-01"), day("2026-12-31"), first_enrolment=True)
    for rule in RULES:
        verdict = decide(stay("A", "2026-01-30", "2026-03-01"), coverage=cover, straddle=rule)
        assert said(verdict) == ("reject", "0.00", ["waiting_period"])


def test_a_waiting_period_longer_than_the_cover_pays_nothing():
    cover = Coverage(day("2026-01-01"), day("2026-01-31"), first_enrolment=True)
    assert said(decide(stay("A", "2026-01-31", "2026-01-31"), coverage=cover, waiting_days=60))[2] == [
        "waiting_period"
    ]


def test_a_rejected_stay_of_the_waiting_period_takes_no_ordinal():
    cover = Coverage(day("2026-01-01"), day("2026-12-31"), first_enrolment=True)
    waited = stay("W", "2026-01-10", "2026-01-12", state="rejected")
    assert decide(stay(), waited, coverage=cover).ordinal == 1


def test_every_reason_to_reject_is_named_at_once():
    given = stay("A", "2025-03-10", "2025-03-01", filed=day("2029-01-01"))
    verdict = decide(given, died_on=day("2025-01-01"))
    assert verdict.reason_codes == ("dates_impossible", "after_death", "outside_coverage", "filed_late")
    assert (str(verdict.amount), str(verdict.base), verdict.lines) == ("0.00", "0.00", ())


def test_rejecting_goes_before_referring():
    given = stay("A", "2025-03-10", "2025-03-18", total="1.00")
    assert said(decide(given)) == ("reject", "0.00", ["outside_coverage"])


@pytest.mark.parametrize(
    ("change", "reasons"),
    [
        ({"filed": day("2026-03-18")}, []),
        ({"filed": day("2026-03-17")}, ["still_in_hospital"]),
        ({"filed": day("2026-03-09"), "settled": None}, ["dates_impossible"]),
        ({"settled": day("2026-03-09")}, ["dates_impossible"]),
        ({"settled": None, "filed": None}, []),
    ],
)
def test_filing_before_discharge_or_admission(change, reasons):
    assert said(decide(stay(**change)))[2] == reasons


def test_death_during_the_stay_is_no_fault():
    assert said(decide(stay(), died_on=day("2026-03-10")))[0] == "pay"
    assert said(decide(stay(), died_on=day("2026-03-09")))[2] == ["after_death"]


@pytest.mark.parametrize(
    ("admitted", "discharged", "reasons"),
    [
        ("2026-03-01", "2026-03-10", []),
        ("2026-03-01", "2026-03-11", ["overlapping_stay"]),
        ("2026-03-17", "2026-03-20", ["overlapping_stay"]),
        ("2026-03-18", "2026-03-20", []),
        ("2026-03-12", "2026-03-12", ["overlapping_stay"]),
        ("2026-03-01", "2026-03-30", ["overlapping_stay"]),
        ("2026-03-10", "2026-03-18", ["overlapping_stay"]),
    ],
)
def test_nights_in_two_hospitals(admitted, discharged, reasons):
    other = stay("B", admitted, discharged, hospital="Y", state="paid", approved_amount="0.00")
    assert said(decide(stay(), other))[2] == reasons


@pytest.mark.parametrize("state", ["rejected", "withdrawn"])
def test_claims_that_fell_away_neither_overlap_nor_repeat(state):
    assert said(decide(stay(), stay("B", state=state), stay("C", hospital="Y", state=state)))[0] == "pay"


def test_two_visits_of_one_day_in_two_hospitals_are_one_episode():
    first = stay("A", "2026-03-10", "2026-03-10", hospital="X", state="paid", approved_amount="1.00")
    verdict = decide(stay("B", "2026-03-10", "2026-03-10", hospital="Y"), first)
    assert (verdict.outcome.value, verdict.ordinal) == ("pay", 1)


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_a_chain_of_three_is_one_episode_in_any_order(order):
    chain = [
        stay("A", "2026-03-01", "2026-03-05"),
        stay("B", "2026-03-06", "2026-03-06", hospital="Y"),
        stay("C", "2026-03-07", "2026-03-12", hospital="Z"),
    ]
    [episode] = episodes([chain[at] for at in order], 1)
    assert [one.id for one in episode.stays] == ["A", "B", "C"]
    assert len(episodes(chain, 0)) == 3


def test_a_short_stay_within_a_long_one_does_not_end_the_episode():
    long, short = stay("A", "2026-03-01", "2026-03-20"), stay("B", "2026-03-02", "2026-03-03", hospital="Y")
    after = stay("C", "2026-03-21", "2026-03-25", hospital="Z")
    assert len(episodes([long, short, after], 1)) == 1


def test_an_episode_across_new_year_is_first_in_the_new_period():
    before = stay("A", "2025-12-20", "2026-01-05", state="paid", approved_amount="1.00")
    verdict = decide(stay("B", "2026-01-05", "2026-01-09", hospital="Y"), before)
    assert verdict.ordinal == 1
    assert "episode_began_before" in verdict.flag_codes


def test_a_stay_begun_before_the_cover_says_so():
    verdict = decide(stay("A", "2025-12-28", "2026-01-05"), straddle="pro_rata_nights")
    assert {"episode_began_before", "partly_covered"} <= set(verdict.flag_codes)


def test_each_stay_of_an_episode_pays_its_own_base_and_deductible():
    """The deductible belongs to a stay: design §4 takes it from each base."""
    first = stay("A", "2026-03-01", "2026-03-05", state="paid", approved_amount="400.00", self_paid="1000.00")
    verdict = decide(
        stay("B", "2026-03-05", "2026-03-09", hospital="Y", self_paid="2000.00"),
        first,
        deductible=yuan("500.00"),
    )
    assert (str(verdict.base), str(verdict.amount), verdict.ordinal) == ("1500.00", "1200.00", 1)


def test_own_expense_and_the_funds_never_count():
    plain = decide(stay(self_paid="1000.00"))
    rich = decide(
        stay(
            self_paid="1000.00", own_expense="99999.00", pooled_fund="5000.00", supplementary="1.00",
            medical_aid="2.00", total="106002.00",
        )
    )  # fmt: skip
    assert (rich.outcome, rich.amount, rich.base) == (plain.outcome, plain.amount, plain.base)


@pytest.mark.parametrize(("approved", "left"), [("499.99", "0.01"), ("500.00", "0.00"), ("0.00", "500.00")])
def test_the_cap_of_the_period_to_the_cent(approved, left):
    earlier = stay("E", "2026-02-01", "2026-02-03", state="approved", approved_amount=approved)
    verdict = decide(stay(), earlier, cap_per_period=yuan("500.00"))
    assert (verdict.outcome.value, str(verdict.amount)) == ("pay", left)


def test_a_cap_of_zero_pays_nothing_and_none_means_no_cap():
    assert str(decide(stay(), cap_per_stay=yuan("0.00")).amount) == "0.00"
    assert str(decide(stay(self_paid="9999999.99"), cap_per_stay=None).amount) == "7999999.99"


def test_the_cap_is_applied_to_the_rounded_amount():
    """0.80 × 0.01 is 0.008, rounded to 0.01: a cap of 0.01 cuts nothing."""
    verdict = decide(stay(self_paid="0.01"), cap_per_stay=yuan("0.01"))
    assert (str(verdict.amount), "cut_by_cap" in verdict.flag_codes) == ("0.01", False)


def test_a_referred_claim_says_what_it_would_pay_but_is_not_paid():
    verdict = decide(stay(total="1.00"))
    assert said(verdict) == ("refer", "5600.00", ["statement_sum"])
    assert verdict.reasons[0].values == {
        "total": yuan("1.00"), "sum": yuan("7000.00"), "difference": yuan("-6999.00"),
    }  # fmt: skip


def test_a_very_long_stay_is_counted_without_walking_through_its_nights():
    whole = stay("A", "1900-01-01", "2099-12-31")
    cover = period("2026-01-01", "2026-12-31")
    assert (covered_nights(whole, cover), whole.nights) == (365, 73_048)
    assert uncovered_dates(whole, cover) == (day("1900-01-01"), day("2099-12-31"))


def test_reasons_to_reject_and_to_refer_never_mix():
    assert not REJECTING & REFERRING
    assert {code.value for code in Code} == {code.name.lower() for code in Code}


def test_every_verdict_names_rules_that_can_be_asked_again():
    verdict = decide(stay())
    assert verdict.ruleset == RULESET
    assert RULESETS[verdict.ruleset] is adjudicate
