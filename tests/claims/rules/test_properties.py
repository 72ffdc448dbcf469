"""What holds for any facts."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings, strategies as some

from unionbenefits.claims.rules import (
    Coverage,
    Facts,
    Outcome,
    PlanTerms,
    Stay,
    StayState,
    Straddle,
    adjudicate,
)
from unionbenefits.claims.wording import document

START = dt.date(2025, 1, 1)
MONEY = some.integers(0, 5_000_000).map(lambda cents: Decimal(cents).scaleb(-2))
DAYS = some.integers(0, 800)
RATE = some.integers(1, 100).map(lambda percent: Decimal(percent).scaleb(-2))


@some.composite
def a_stay(draw, stay_id):
    admitted = START + dt.timedelta(days=draw(DAYS))
    discharged = admitted + dt.timedelta(days=draw(some.integers(0, 40)))
    parts = {name: draw(MONEY) for name in ("pooled_fund", "self_paid", "own_expense")}
    return Stay(
        id=stay_id,
        admitted=admitted,
        discharged=discharged,
        settled=discharged,
        filed=discharged + dt.timedelta(days=draw(some.integers(0, 30))),
        total=sum(parts.values(), Decimal("0.00")),
        other_paid=draw(MONEY),
        state=draw(some.sampled_from(StayState)),
        approved_amount=draw(some.none() | MONEY),
        hospital=draw(some.sampled_from("XYZ")),
        **parts,
    )


@some.composite
def any_facts(draw):
    count = draw(some.integers(1, 5))
    stays = tuple(draw(a_stay(f"S{at}")) for at in range(count))
    stays = (replace(stays[0], state=StayState.FILED), *stays[1:])
    start = START + dt.timedelta(days=draw(some.integers(0, 400)))
    plan = PlanTerms(
        rates=tuple(draw(some.lists(RATE, min_size=0, max_size=3))),
        deductible=draw(MONEY),
        cap_per_stay=draw(some.none() | MONEY),
        cap_per_period=draw(some.none() | MONEY),
        waiting_days=draw(some.integers(0, 60)),
        straddle=draw(some.sampled_from(Straddle)),
        episode_gap_days=draw(some.integers(0, 5)),
    )
    cancelled = draw(some.none() | some.integers(-5, 400).map(lambda days: start + dt.timedelta(days=days)))
    cover = Coverage(start, start + dt.timedelta(days=364), draw(some.booleans()), cancelled)
    return Facts(plan, cover, stays, "S0")


@settings(max_examples=400, deadline=None)
@given(any_facts())
def test_an_amount_is_money_never_negative_and_within_every_bound(facts):
    verdict = adjudicate(facts)
    stay, plan = facts.stay, facts.plan
    assert verdict.amount.as_tuple().exponent == -2
    assert 0 <= verdict.amount <= max(Decimal(0), stay.self_paid - stay.other_paid)
    assert plan.cap_per_stay is None or verdict.amount <= plan.cap_per_stay
    assert plan.cap_per_period is None or verdict.amount <= plan.cap_per_period
    assert verdict.amount == 0 or verdict.outcome is not Outcome.REJECT
    assert (verdict.outcome is Outcome.PAY) == (not verdict.reasons)


@settings(max_examples=300, deadline=None)
@given(any_facts(), MONEY)
def test_more_cost_never_pays_less(facts, more):
    dearer = replace(facts.stay, self_paid=facts.stay.self_paid + more, total=facts.stay.total + more)
    costlier = replace(facts, stays=(dearer, *facts.others))
    assert adjudicate(costlier).amount >= adjudicate(facts).amount


@settings(max_examples=300, deadline=None)
@given(any_facts(), some.randoms(use_true_random=False))
def test_the_order_in_which_stays_are_listed_changes_nothing(facts, shuffler):
    listed = list(facts.stays)
    shuffler.shuffle(listed)
    assert adjudicate(replace(facts, stays=tuple(listed))) == adjudicate(facts)


@settings(max_examples=300, deadline=None)
@given(any_facts())
def test_the_working_adds_up(facts):
    """From the self-paid part on, what is taken away leads to the base, and from the rate to the amount."""
    verdict = adjudicate(facts)
    amounts = {
        line.code.value: line.amount for line in verdict.lines if line.code.value != "settle_difference"
    }
    if not amounts:
        return
    taken = sum(amounts.get(name, Decimal(0)) for name in ("other_paid", "deductible", "covered_nights"))
    assert amounts["self_paid"] + taken == amounts["base"] == verdict.base
    cut = sum(amounts.get(name, Decimal(0)) for name in ("cap_per_stay", "cap_per_period"))
    assert amounts["rate"] + cut == amounts["pay"] == verdict.amount


@settings(max_examples=200, deadline=None)
@given(any_facts())
def test_every_verdict_can_be_put_into_words(facts):
    shown = document(adjudicate(facts))
    texts = [*shown["explanation"], *(line["text"] for line in shown["lines"])]
    assert all(text and "%(" not in text for text in texts)
