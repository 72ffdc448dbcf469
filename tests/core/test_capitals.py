"""Amounts in capitals, as vouchers and certificates write them."""

import re
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from unionbenefits.core.money import capitals

DIGITS = "零壹贰叁肆伍陆柒捌玖"


# The first lines are examples of the rules for filling in bills; the numbers of the demo follow.
@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("1977140.00", "壹佰玖拾柒万柒仟壹佰肆拾元整"),
        ("130055.00", "壹拾叁万零伍拾伍元整"),
        ("30000000.00", "叁仟万元整"),
        ("95.00", "玖拾伍元整"),
        ("10.00", "壹拾元整"),
        ("100007000.00", "壹亿零柒仟元整"),
        ("100000007.00", "壹亿零柒元整"),
        ("0.00", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("1.005", "壹元零壹分"),
        ("999999999999.99", "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)
def test_capitals_follow_the_rules_for_bills(amount, said):
    assert capitals(Decimal(amount)) == said


@pytest.mark.parametrize("amount", ["-0.01", "1000000000000.00"])
def test_amounts_without_capitals_are_refused(amount):
    with pytest.raises(ValueError):
        capitals(Decimal(amount))


def value(said: str) -> Decimal:
    """The amount again, read by position, with code that shares nothing with the writer."""
    whole, _, rest = said.rpartition("元")
    total, group, digit = 0, 0, 0
    for letter in whole:
        if letter in DIGITS:
            digit = DIGITS.index(letter)
        elif letter in "拾佰仟":
            group, digit = group + digit * {"拾": 10, "佰": 100, "仟": 1000}[letter], 0
        else:
            total, group, digit = total + (group + digit) * {"万": 10**4, "亿": 10**8}[letter], 0, 0
    jiao, fen = (re.search(rf"([{DIGITS}]){unit}", rest) for unit in "角分")
    cents = (total + group + digit) * 100
    cents += (DIGITS.index(jiao[1]) * 10 if jiao else 0) + (DIGITS.index(fen[1]) if fen else 0)
    return Decimal(cents) / 100


@given(st.integers(0, 10**14 - 1) | st.integers(0, 10**6).map(lambda n: n * 10**6))
def test_capitals_read_back_as_the_amount(cents):
    said = capitals(Decimal(cents) / 100)
    assert value(said) == Decimal(cents) / 100
    assert "零零" not in said
    assert not re.search("零[拾佰仟万亿]", said)
    assert (cents % 10 == 0) == said.endswith("整")
