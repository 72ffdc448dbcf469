"""Money is Decimal 元 with two places, rounded half up once, at the end (invariant 12)."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import models

CENT = Decimal("0.01")
ZERO = Decimal("0.00")


def round_half_up(amount: Decimal) -> Decimal:
    """元 to two places; 0.005 goes up (四舍五入)."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def show(amount: Decimal) -> str:
    """`1977140.00` as `1,977,140.00`."""
    return f"{round_half_up(amount):,.2f}"


class MoneyField(models.DecimalField):  # type: ignore[type-arg]
    """元, two places, up to 9,999,999,999.99."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 12)
        kwargs.setdefault("decimal_places", 2)
        super().__init__(*args, **kwargs)


_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿")


def capitals(amount: Decimal) -> str:
    """An amount in the capital numerals of vouchers: 1977140.00 is 壹佰玖拾柒万柒仟壹佰肆拾元整.

    By the rules for filling in bills (支付结算办法, annex 1): 整 ends an amount without 分, 零 stands once
    for any run of zeros between digits. Raises ValueError below zero and from 10,000 亿 on.
    """
    cents = int(round_half_up(amount) * 100)
    if not 0 <= cents < 10**14:
        raise ValueError("Amounts from 0.00 to 999,999,999,999.99 have capitals.")
    whole, jiao, fen = cents // 100, cents // 10 % 10, cents % 10
    said = _whole(whole) + "元" if whole else ""
    if not (jiao or fen):
        return (said or "零元") + "整"
    if jiao:
        said += _DIGITS[jiao] + "角"
    elif whole:
        said += "零"
    return said + (_DIGITS[fen] + "分" if fen else "整")


def _whole(number: int) -> str:
    """The 元 of an amount: groups of four digits; 零 where digits between two groups are zero."""
    said, last = "", 0
    for at in reversed(range(len(_GROUPS))):
        group = number // 10_000**at % 10_000
        if group:
            gap = said and (group < 1000 or last - at > 1)
            said += ("零" if gap else "") + _group(group) + _GROUPS[at]
            last = at
    return said


def _group(number: int) -> str:
    """1 to 9999, without 零 in front."""
    said, last = "", 0
    for at in reversed(range(len(_PLACES))):
        digit = number // 10**at % 10
        if digit:
            said += ("零" if said and last - at > 1 else "") + _DIGITS[digit] + _PLACES[at]
            last = at
    return said
