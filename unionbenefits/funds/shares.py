"""Splitting an amount so that its parts add up exactly."""

from collections.abc import Sequence
from decimal import Decimal

from unionbenefits.core.money import CENT, ZERO


def split(amount: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """`amount` (元, in cents) in proportion to `weights`; the cents that are left go to the largest
    remainders, the earlier of equals first. No part is larger than its weight while the amount is not larger
    than their sum.
    """
    total = sum(weights, ZERO)
    exact = [amount * weight / total for weight in weights]
    parts = [(one / CENT).to_integral_value("ROUND_FLOOR") * CENT for one in exact]
    missing = int((amount - sum(parts, ZERO)) / CENT)
    by_remainder = sorted(range(len(parts)), key=lambda at: (parts[at] - exact[at], at))
    for at in by_remainder[:missing]:
        parts[at] += CENT
    return [part.quantize(CENT) for part in parts]


def count_out(copies: int, parts: Sequence[Decimal], *, begun: bool = False) -> list[int]:
    """Copies by the parts that pay for them, adding up: one that two share counts with the part that
    completes it, or with `begun` (on the way back, in the reverse order) with the part that begins it.
    """
    total, reached, counted = sum(parts, ZERO), ZERO, 0
    counts = []
    for part in parts:
        reached += part
        exact = copies * reached / total if total else ZERO
        upto = int(exact.to_integral_value("ROUND_CEILING" if begun else "ROUND_FLOOR"))
        counts.append(upto - counted)
        counted = upto
    return counts


def most_within(free: Sequence[Decimal], shares: Sequence[Decimal] | None) -> Decimal:
    """The largest amount that the funds can pay together: all, or as far as the tightest share goes.

    Every smaller amount in whole cents can be paid too.
    """
    free = [max(ZERO, most) for most in free]
    if shares is None or not shares:
        return sum(free, ZERO)
    whole = sum(shares, ZERO)
    tightest = min(most * whole / share for most, share in zip(free, shares, strict=True))
    amount = (tightest / CENT).to_integral_value("ROUND_FLOOR") * CENT
    # Where the cents that are left over fall to other funds, a few more cents fit.
    while all(part <= most for part, most in zip(split(amount + CENT, shares), free, strict=True)):
        amount += CENT
    return amount.quantize(CENT)
