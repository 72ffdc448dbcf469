"""First or second stay: episodes by admission, whatever the order of filing (case C104), caps (C110)."""

import itertools
import json

import pytest

from tests.cases import FILES
from tests.claims.rules.scene import YEAR, day, decide, stay, yuan
from unionbenefits.claims.rules import Coverage, StayState
from unionbenefits.claims.rules.episodes import episodes

CASE = json.loads((FILES / "104-first-or-second-stay.json").read_text(encoding="utf-8"))
# The case pays lump sums of 300 and 200: the same as shares 1.00 and 2/3 of 300; here 1.00 and 0.50 of 300.
RATES = (yuan("1.00"), yuan("0.50"))


def stays(**states):
    """The four stays of the case; `A="paid:300.00"` gives a state and an approved amount."""
    made = []
    for one in CASE["stays"]:
        state, _colon, approved = states.get(one["id"], "filed").partition(":")
        made.append(
            stay(
                one["id"], one["in"], one["out"], hospital=one["hospital"], self_paid="300.00",
                state=state, approved_amount=yuan(approved) if approved else None,
            )
        )  # fmt: skip
    return made


def decided(stay_id, **states):
    return decide(*stays(**states), decide=stay_id, rates=RATES)


def test_case_c104_transfers_are_one_episode():
    assert [[one.id for one in episode.stays] for episode in episodes(stays(), 1)] == CASE["expect"][
        "episodes"
    ]


def test_case_c104_in_the_order_of_filing():
    """C comes first and is paid as the first stay; A shows the difference; D gets nothing."""
    first = decided("C")
    assert (first.ordinal, str(first.amount)) == (1, "300.00")
    assert first.flag_codes == ("earlier_stay_undecided", "earlier_stay_undecided")
    late = decided("A", C="paid:300.00")
    assert (late.ordinal, str(late.amount)) == (1, "300.00")
    [line] = [line for line in late.lines if line.code == "settle_difference"]
    assert (str(line.amount), line.values) == ("-150.00", {"stay": "C", "old": 1, "new": 2})
    transfer = decided("B", C="paid:300.00", A="approved:300.00")
    assert (transfer.ordinal, str(transfer.amount)) == (1, "300.00")
    assert "settle_difference" not in transfer.flag_codes
    third = decided("D", C="paid:300.00", A="approved:300.00", B="approved:300.00")
    assert (third.outcome.value, third.reason_codes, third.ordinal) == ("reject", ("no_rate_left",), 3)


@pytest.mark.parametrize("order", list(itertools.permutations("ABCD")))
def test_decided_in_any_order_the_total_with_its_differences_is_the_same(order):
    """A total of 300 + 300 (one episode) + 150 + 0, whatever came first."""
    done, total = {}, yuan("0.00")
    for stay_id in order:
        verdict = decided(stay_id, **done)
        if verdict.outcome == "pay":
            total += verdict.amount
            total += sum(
                (line.amount for line in verdict.lines if line.code == "settle_difference"), yuan("0.00")
            )
            done[stay_id] = f"paid:{verdict.amount}"
    # D alone may have been paid before the others filled the ordinals: its difference takes that back.
    assert total == yuan("750.00")


@pytest.mark.parametrize("state", ["rejected", "withdrawn"])
def test_rejected_and_withdrawn_claims_do_not_count(state):
    verdict = decided("C", A=state, B=state)
    assert (verdict.ordinal, str(verdict.amount)) == (1, "300.00")
    assert "earlier_stay_undecided" not in verdict.flag_codes


def test_a_claim_that_was_withdrawn_is_not_decided():
    verdict = decided("C", C="withdrawn")
    assert (verdict.outcome.value, verdict.reason_codes, verdict.ordinal) == (
        "reject",
        ("not_standing",),
        None,
    )


@pytest.mark.parametrize(("gap", "ordinal"), [(0, 2), (1, 2), (2, 1), (14, 1)])
def test_the_gap_of_an_episode_is_the_plans(gap, ordinal):
    first = stay("A", "2026-03-01", "2026-03-05", state=StayState.PAID, approved_amount="1.00")
    verdict = decide(stay("B", "2026-03-07", "2026-03-09"), first, episode_gap_days=gap)
    assert verdict.ordinal == ordinal


def test_a_chain_of_transfers_is_one_episode_even_through_an_undecided_stay():
    chain = [
        stay("A", "2026-03-01", "2026-03-05", state=StayState.PAID, approved_amount="1.00"),
        stay("B", "2026-03-05", "2026-03-09", hospital="Y"),
    ]
    verdict = decide(stay("C", "2026-03-10", "2026-03-12", hospital="Z"), *chain)
    assert verdict.ordinal == 1
    assert "same_episode" in verdict.flag_codes


def test_stays_of_another_period_take_no_ordinal():
    last_year = stay("P", "2025-11-01", "2025-11-05", state=StayState.PAID, approved_amount="1.00")
    assert decide(stay(), last_year).ordinal == 1


def test_a_stay_that_runs_into_the_period_counts_in_both_when_nights_do():
    across = stay("P", "2025-12-28", "2026-01-05", state=StayState.PAID, approved_amount="1.00")
    assert decide(stay(), across, straddle="pro_rata_nights").ordinal == 2
    assert decide(stay(), across, straddle="admission_date").ordinal == 1


def test_what_was_approved_before_a_cancellation_still_counts():
    cover = Coverage(YEAR.start, YEAR.end, first_enrolment=False, cancelled_from=day("2026-06-01"))
    earlier = stay("E", "2026-02-01", "2026-02-03", state=StayState.PAID, approved_amount="1.00")
    assert decide(stay(), earlier, coverage=cover).ordinal == 2


def test_case_c110_the_later_of_two_claims_is_cut_to_what_is_left_of_the_cap():
    case = json.loads((FILES / "110-annual-cap.json").read_text(encoding="utf-8"))
    cap = yuan(case["plan"]["cap_per_period"])
    paid = stay("P", "2026-01-02", "2026-01-03", state=StayState.PAID, approved_amount=case["given"]["paid"])
    rates = (yuan("1.00"),) * 3
    first, second = stay("A", self_paid="60.00"), stay("B", "2026-05-01", "2026-05-02", self_paid="60.00")
    one = decide(first, paid, second, cap_per_period=cap, rates=rates)
    approved = stay("A", self_paid="60.00", state=StayState.APPROVED, approved_amount=one.amount)
    two = decide(second, paid, approved, cap_per_period=cap, rates=rates)
    assert (str(one.amount), str(two.amount)) == ("60.00", "20.00")
    assert "cut_by_cap" in two.flag_codes


def test_filed_twice_is_pointed_out_and_not_paid():
    verdict = decide(stay(), stay("B"))
    assert (verdict.outcome.value, verdict.reason_codes) == ("refer", ("same_stay",))


def test_a_transfer_on_the_day_of_discharge_is_no_overlap():
    verdict = decide(
        stay("A", "2026-03-01", "2026-03-05"), stay("B", "2026-03-05", "2026-03-09", hospital="Y")
    )
    assert verdict.outcome.value == "pay"
