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
