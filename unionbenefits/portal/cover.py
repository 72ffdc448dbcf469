"""What the home page says about one coverage, worked out from dates alone."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from unionbenefits.core.money import ZERO, round_half_up
from unionbenefits.plans.certificates import grouped
from unionbenefits.plans.queries import CoverView

# The worked example on the page: a self-paid part of this size, in 元. Payouts average about 2,570 元 (domain
# §1.2).
EXAMPLE = Decimal("1000.00")


@dataclass(frozen=True, slots=True)
class Share:
    """What one hospital stay pays: the first, second … of the period."""

    ordinal: int
    rate: Decimal
    example: Decimal


@dataclass(frozen=True, slots=True)
class Card:
    """One coverage as the page shows it.

    `days_left` counts today; `waiting_over` is the first day that pays.
    """

    cover: CoverView
    certificate: str
    days_left: int
    days_in_all: int
    days_gone: int
    waiting_over: dt.date | None
    shares: tuple[Share, ...]
    ever_held: bool
    example: Decimal = EXAMPLE


def card(cover: CoverView, today: dt.date) -> Card:
    """The coverage seen on `today`."""
    in_all = (cover.last_day - cover.first_day).days + 1
    left = max(0, (cover.last_day - today).days + 1)
    waiting = cover.waiting_until
    return Card(
        cover=cover,
        certificate=grouped(cover.certificate_no),
        days_left=left,
        days_in_all=in_all,
        days_gone=min(in_all, max(0, in_all - left)),
        waiting_over=waiting + dt.timedelta(days=1) if waiting is not None and waiting >= today else None,
        ever_held=cover.cancelled_from is None or cover.cancelled_from > cover.first_day,
        shares=tuple(
            Share(ordinal, rate, _example(cover, rate)) for ordinal, rate in enumerate(cover.rates, start=1)
        ),
    )


def _example(cover: CoverView, rate: Decimal) -> Decimal:
    """The claim formula (design §4) for the example, before anything else was paid in the period."""
    pay = round_half_up(max(ZERO, EXAMPLE - cover.deductible) * rate)
    return min([pay, *(cap for cap in (cover.cap_per_stay, cover.cap_per_period) if cap is not None)])
