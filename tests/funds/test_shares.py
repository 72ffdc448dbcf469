"""Splitting amounts: parts add up to the cent, copies add up, no part outgrows its fund."""

from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from unionbenefits.funds.shares import count_out, most_within, split

CENTS = st.decimals(min_value="0.01", max_value="9999999.99", places=2)
WEIGHTS = st.lists(st.decimals(min_value="0.01", max_value="100", places=2), min_size=1, max_size=6)
FREE = st.lists(st.decimals(min_value="0", max_value="99999.99", places=2), min_size=1, max_size=5)


def money(*texts):
    return [Decimal(text) for text in texts]


@pytest.mark.parametrize(
    ("amount", "weights", "parts"),
    [
        ("100.00", money("33.33", "33.33", "33.34"), money("33.33", "33.33", "33.34")),
        ("95.00", money("33.33", "33.33", "33.34"), money("31.67", "31.66", "31.67")),
        ("0.01", money("50", "50"), money("0.01", "0.00")),
        ("95.01", money("50", "50"), money("47.51", "47.50")),
        ("10.00", money("100"), money("10.00")),
    ],
)
def test_cents_go_to_the_largest_remainders_and_then_to_the_first(amount, weights, parts):
    assert split(Decimal(amount), weights) == parts


@given(CENTS, WEIGHTS)
def test_parts_add_up_and_none_is_a_cent_off_its_share(amount, weights):
    parts = split(amount, weights)
    assert sum(parts) == amount
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - amount * weight / sum(weights)) < Decimal("0.01")


@given(WEIGHTS, st.data())
def test_no_part_outgrows_what_stands_when_it_is_given_back(standing, data):
    back = data.draw(st.decimals(min_value="0.01", max_value=sum(standing), places=2))
    assert all(part <= most for part, most in zip(split(back, standing), standing, strict=True))


@given(st.integers(min_value=0, max_value=30_000), WEIGHTS, st.booleans())
def test_copies_add_up(copies, parts, begun):
    counts = count_out(copies, parts, begun=begun)
    assert sum(counts) == copies
    assert min(counts) >= 0


def test_a_shared_copy_is_given_back_where_it_was_counted():
    assert count_out(3, money("100.00", "185.00")) == [1, 2]
    assert count_out(2, money("185.00", "5.00"), begun=True) == [2, 0]


@given(FREE, st.data())
def test_everything_up_to_the_most_can_be_paid_and_no_cent_more(free, data):
    weights = data.draw(
        st.lists(
            st.decimals(min_value="1", max_value="100", places=2), min_size=len(free), max_size=len(free)
        )
    )
    most = most_within(free, weights)
    assert any(part > one for part, one in zip(split(most + Decimal("0.01"), weights), free, strict=True))
    amount = data.draw(st.decimals(min_value="0", max_value=most, places=2))
    assert all(part <= one for part, one in zip(split(amount, weights), free, strict=True))


def test_one_after_the_other_pays_all_that_is_there():
    assert most_within(money("10.00", "0.00", "5.50"), None) == Decimal("15.50")
