"""Rates, deductible, caps, rounding: the formula of design §4."""

from decimal import Decimal

import pytest

from tests.claims.rules.scene import day, decide, said, stay, yuan
from unionbenefits.claims.rules import StayState


def lines(verdict):
    return [(line.code.value, str(line.amount)) for line in verdict.lines]


def test_the_first_stay_pays_eighty_per_cent_of_the_self_paid_part():
    verdict = decide(stay(self_paid="7000.00", own_expense="2000.00"))
    assert said(verdict) == ("pay", "5600.00", [])
    assert (verdict.ordinal, verdict.rate, verdict.base) == (1, Decimal("0.80"), Decimal("7000.00"))
    assert lines(verdict) == [
        ("self_paid", "7000.00"), ("base", "7000.00"), ("rate", "5600.00"), ("pay", "5600.00"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("self_paid", "other_paid", "deductible", "amount"),
    [
        ("7000.00", "0.00", "0.00", "5600.00"),
        ("7000.00", "1000.00", "500.00", "4400.00"),
        ("7000.00", "7000.00", "0.00", "0.00"),
        ("7000.00", "9000.00", "0.00", "0.00"),
        ("300.00", "0.00", "500.00", "0.00"),
        ("0.00", "0.00", "0.00", "0.00"),
        # 0.80 × 0.01 = 0.008, and 0.80 × 1.23 = 0.984; half a cent goes up: 0.80 × 10.05625 has no such statement
        ("0.01", "0.00", "0.00", "0.01"),
        ("1.23", "0.00", "0.00", "0.98"),
    ],
)
def test_base_is_never_negative(self_paid, other_paid, deductible, amount):
    verdict = decide(stay(self_paid=self_paid, other_paid=other_paid), deductible=yuan(deductible))
    assert said(verdict) == ("pay", amount, [])
    assert ("nothing_to_pay" in verdict.flag_codes) == (amount == "0.00")


@pytest.mark.parametrize(
    ("rate", "self_paid", "amount"),
    [
        ("0.50", "0.01", "0.01"),
        ("0.50", "100.01", "50.01"),
        ("0.75", "0.02", "0.02"),
        ("0.25", "0.01", "0.00"),
    ],
)
def test_half_a_cent_goes_up_once_at_the_end(rate, self_paid, amount):
    assert str(decide(stay(self_paid=self_paid), rates=(yuan(rate),)).amount) == amount


def test_a_third_is_rounded_once():
    """One of three nights covered: 100.00 ÷ 3 × 0.80 = 26.666…, not 33.33 × 0.80 = 26.664 → 26.66."""
    verdict = decide(
        stay(admitted="2026-12-31", discharged="2027-01-03", self_paid="100.00"),
        straddle="pro_rata_nights",
    )
    assert str(verdict.amount) == "26.67"
    assert str(verdict.base) == "33.33"


def test_caps_cut_and_say_so():
    earlier = stay("E", "2026-01-10", "2026-01-12", state=StayState.PAID, approved_amount="420.00")
    verdict = decide(
        stay(self_paid="1000.00"), earlier, cap_per_stay=yuan("600.00"), cap_per_period=yuan("500.00")
    )
    assert said(verdict) == ("pay", "80.00", [])
    assert lines(verdict)[-4:] == [
        ("rate", "700.00"), ("cap_per_stay", "-100.00"), ("cap_per_period", "-520.00"), ("pay", "80.00"),
    ]  # fmt: skip
    assert "cut_by_cap" in verdict.flag_codes


def test_an_exhausted_period_pays_nothing_and_never_takes_back():
    earlier = stay("E", "2026-01-10", "2026-01-12", state=StayState.PAID, approved_amount="700.00")
    verdict = decide(stay(), earlier, cap_per_period=yuan("500.00"))
    assert said(verdict) == ("pay", "0.00", [])


def test_a_cap_counts_only_what_was_approved_in_this_period():
    last_year = stay("E", "2025-12-10", "2025-12-12", state=StayState.PAID, approved_amount="500.00")
    undecided = stay("F", "2026-02-10", "2026-02-12", state=StayState.FILED)
    refused = stay("G", "2026-02-20", "2026-02-22", state=StayState.REJECTED, approved_amount="500.00")
    verdict = decide(stay(), last_year, undecided, refused, cap_per_period=yuan("500.00"))
    assert (verdict.ordinal, str(verdict.amount)) == (1, "500.00")


@pytest.mark.parametrize(
    ("change", "reasons"),
    [
        ({"total": "7000.01"}, []),
        ({"total": "6999.99"}, []),
        ({"total": "7000.02"}, ["statement_sum"]),
        ({"total": "6999.98"}, ["statement_sum"]),
        ({"total": None}, ["statement_incomplete"]),
        ({"pooled_fund": "0.02"}, ["statement_sum"]),
        ({"medical_aid": "10.00", "supplementary": "20.00", "pooled_fund": "30.00", "total": "7060.00"}, []),
    ],
)
def test_a_statement_that_does_not_add_up_is_referred(change, reasons):
    verdict = decide(stay(**change))
    assert said(verdict) == ("refer" if reasons else "pay", "5600.00", reasons)


@pytest.mark.parametrize(
    ("settled", "filed", "reasons"),
    [
        ("2026-03-18", "2028-03-17", []),
        ("2026-03-18", "2028-03-18", ["filed_late"]),
        (None, "2028-03-17", []),
        (None, "2028-03-18", ["filed_late"]),
        ("2026-04-18", "2028-04-17", []),
        ("2026-03-18", None, []),
    ],
)
def test_the_deadline_runs_from_the_settlement(settled, filed, reasons):
    """730 days after 18 March 2026 is 17 March 2028 (2028 has a 29 February)."""
    given = stay(settled=settled and day(settled), filed=filed and day(filed))
    assert said(decide(given))[2] == reasons
