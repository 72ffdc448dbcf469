"""Edges of the cover: C100, C102, waiting, cancellation."""

import datetime as dt
import json

import pytest

from tests.cases import FILES
from tests.claims.rules.scene import YEAR, day, decide, facts, said, stay, yuan
from unionbenefits.claims.rules import Coverage, adjudicate
from unionbenefits.claims.rules.cover import uncovered_dates


def period(first, last, **given):
    return Coverage(day(first), day(last), **{"first_enrolment": False} | given)


@pytest.mark.parametrize("rule", ["pro_rata_nights", "admission_date", "whole_stay_inside"])
def test_case_c100_a_stay_across_the_end_of_cover(rule):
    case = json.loads((FILES / "100-stay-straddles-end.json").read_text(encoding="utf-8"))
    cover = period(case["plan"]["start"], case["plan"]["end"])
    nights = 8
    given = stay("A", case["stay"]["admitted"], case["stay"]["discharged"], self_paid=f"{nights * 50}.00")
    verdict = decide(given, coverage=cover, straddle=rule, rates=(yuan("1.00"),))
    expected = case["expect_by_rule"]["admission_date_decides" if rule == "admission_date" else rule]
    assert str(verdict.amount) == expected["amount"]
    if rule == "whole_stay_inside":
        assert said(verdict) == ("reject", "0.00", ["outside_coverage"])
        assert verdict.reasons[0].values == {"first": dt.date(2027, 1, 1), "last": dt.date(2027, 1, 5)}
    if rule == "pro_rata_nights":
        [covered] = [line for line in verdict.lines if line.code == "covered_nights"]
        assert covered.values == {"covered": expected["nights"], "nights": nights}
        next_year = decide(
            given, coverage=period("2027-01-01", "2027-12-31"), straddle=rule, rates=(yuan("1.00"),)
        )
        assert str(next_year.amount) == "200.00"


def test_case_c102_the_last_day_is_covered_and_filing_later_changes_nothing():
    case = json.loads((FILES / "102-last-day.json").read_text(encoding="utf-8"))
    cover = period("2026-06-09", "2027-06-08")
    for one in case["cases"]:
        first, last = one["stay"].split("..")
        given = stay("A", first, last, filed=day(one["submitted"][:10]))
        outcome = decide(given, coverage=cover).outcome
        assert (outcome == "pay") is one["covered"], one


@pytest.mark.parametrize("rule", ["pro_rata_nights", "admission_date", "whole_stay_inside"])
def test_a_stay_without_a_night_counts_as_its_day(rule):
    for edge in ("2026-01-01", "2026-12-31"):
        assert said(decide(stay("A", edge, edge), straddle=rule)) == ("pay", "5600.00", [])
    for outside in ("2025-12-31", "2027-01-01"):
        assert said(decide(stay("A", outside, outside), straddle=rule))[2] == ["outside_coverage"]


def test_the_discharge_on_the_day_after_the_last_is_inside_for_nights_only():
    given = stay("A", "2026-12-30", "2027-01-01")
    assert str(decide(given, straddle="pro_rata_nights").amount) == "5600.00"
    assert said(decide(given, straddle="whole_stay_inside"))[0] == "reject"


def test_nights_before_the_cover_are_not_paid():
    verdict = decide(stay("A", "2025-12-30", "2026-01-03", self_paid="400.00"), straddle="pro_rata_nights")
    assert (str(verdict.base), str(verdict.amount)) == ("200.00", "160.00")
    assert "partly_covered" in verdict.flag_codes


@pytest.mark.parametrize(
    ("admitted", "first", "reasons"),
    [
        ("2026-01-01", True, ["waiting_period"]),
        ("2026-01-30", True, ["waiting_period"]),
        ("2026-01-31", True, []),
        ("2026-01-30", False, []),
        ("2025-12-31", True, ["outside_coverage"]),
    ],
)
def test_the_first_thirty_days_of_a_first_enrolment_pay_nothing(admitted, first, reasons):
    cover = Coverage(YEAR.start, YEAR.end, first_enrolment=first)
    assert said(decide(stay("A", admitted, "2026-02-20"), coverage=cover))[2] == reasons


def test_no_waiting_days_mean_no_waiting():
    cover = Coverage(YEAR.start, YEAR.end, first_enrolment=True)
    assert said(decide(stay("A", "2026-01-01", "2026-01-02"), coverage=cover, waiting_days=0))[0] == "pay"


@pytest.mark.parametrize(
    ("admitted", "rule", "amount", "outcome"),
    [
        ("2026-05-31", "admission_date", "5600.00", "pay"),
        ("2026-06-01", "admission_date", "0.00", "reject"),
        ("2026-05-30", "pro_rata_nights", "2800.00", "pay"),
        ("2026-05-30", "whole_stay_inside", "0.00", "reject"),
    ],
)
def test_a_cancelled_cover_ends_on_the_eve(admitted, rule, amount, outcome):
    cover = period("2026-01-01", "2026-12-31", cancelled_from=day("2026-06-01"))
    verdict = decide(stay("A", admitted, "2026-06-03"), coverage=cover, straddle=rule)
    assert (verdict.outcome.value, str(verdict.amount)) == (outcome, amount)
    assert "coverage_cancelled" in verdict.flag_codes


def test_a_cover_cancelled_from_its_start_never_held():
    cover = period("2026-01-01", "2026-12-31", cancelled_from=day("2026-01-01"))
    assert said(decide(stay(), coverage=cover)) == ("reject", "0.00", ["outside_coverage"])


def test_without_any_cover_the_stay_is_outside():
    assert said(decide(stay(), coverage=None)) == ("reject", "0.00", ["outside_coverage"])


def test_a_leap_day_is_a_day():
    cover = period("2028-01-01", "2028-02-29")
    assert said(decide(stay("A", "2028-02-29", "2028-03-01"), coverage=cover))[0] == "pay"
    assert said(decide(stay("A", "2028-03-01", "2028-03-02"), coverage=cover))[0] == "reject"


def test_uncovered_dates_of_a_stay_around_the_cover():
    around = stay("A", "2025-12-30", "2027-01-02")
    assert uncovered_dates(around, YEAR) == (dt.date(2025, 12, 30), dt.date(2027, 1, 2))


def test_case_c112_impossible_and_doubtful_dates():
    case = json.loads((FILES / "112-impossible-dates.json").read_text(encoding="utf-8"))
    today = day(case["today"])
    cover = period("2025-01-01", "2026-12-31")
    outcomes = []
    for one in case["claims"]:
        others = []
        if "overlaps_paid_stay" in one:
            first, last = one["overlaps_paid_stay"].split("..")
            others.append(stay("P", first, last, hospital="Y", state="paid", approved_amount="1.00"))
        given = stay("A", one["in"], one["out"], filed=today)
        died = day(one["died"]) if "died" in one else None
        outcomes.append(adjudicate(facts(given, *others, coverage=cover, died_on=died)))
    assert [(verdict.outcome.value, *verdict.reason_codes) for verdict in outcomes] == [
        ("reject", "dates_impossible"),
        ("reject", "dates_impossible"),
        ("refer", "still_in_hospital"),
        ("refer", "overlapping_stay"),
        ("refer", "very_long_stay"),
        ("reject", "after_death"),
    ]
