"""Invariant 12: Decimal with two places, rounded half up."""

from decimal import Decimal

import pytest

from unionbenefits.core.money import round_half_up, show


@pytest.mark.parametrize(
    ("amount", "rounded"),
    [("0.005", "0.01"), ("0.004", "0.00"), ("2.675", "2.68"), ("-0.005", "-0.01"), ("1", "1.00")],
)
def test_half_a_cent_goes_up(amount, rounded):
    assert str(round_half_up(Decimal(amount))) == rounded


def test_show_groups_thousands():
    assert show(Decimal(1977140)) == "1,977,140.00"
