"""Small pictures drawn as SVG on the server: shares of a whole as one bar."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

Amount = int | Decimal


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a bar; `x` and `width` in hundredths of the whole, with a point in every language."""

    kind: str
    x: str
    width: str


def share(part: Amount, whole: Amount) -> float:
    """`part` of `whole` in per cent, between 0 and 100; 0 of nothing."""
    return min(100.0, max(0.0, float(part) * 100 / float(whole))) if whole else 0.0


def percent(part: Amount, whole: Amount) -> str:
    """The share as the page writes it: `0`, `<0.1`, `6.6`, `100`."""
    value = share(part, whole)
    if 0 < value < 0.05:
        return "<0.1"
    return f"{value:.1f}".removesuffix(".0")


def bar(parts: Sequence[tuple[str, Amount]], whole: Amount) -> list[Part]:
    """The pieces side by side, each with its CSS class: used, held, free. Empty pieces are left out."""
    drawn: list[Part] = []
    x = 0.0
    for kind, amount in parts:
        width = share(amount, whole)
        if width > 0:
            drawn.append(Part(kind, f"{x:.2f}", f"{max(width, 0.4):.2f}"))
            x += width
    return drawn
