"""Small pictures drawn as SVG on the server: shares of a whole as one bar, a sum that grows over days."""

import datetime as dt
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


@dataclass(frozen=True, slots=True)
class Growth:
    """A sum that grows from day to day, as the points of a line and of the area under it (600 × 160)."""

    line: str
    area: str
    first: dt.date
    last: dt.date
    total: int


WIDTH, HEIGHT = 600, 160


def growth(days: Sequence[tuple[dt.date, int]]) -> Growth | None:
    """The running sum of `days` (in order) as steps; None for fewer than two days, which make no picture."""
    if len(days) < 2:
        return None
    first, last = days[0][0], days[-1][0]
    total, span = sum(count for _day, count in days), (last - first).days
    points, reached = [f"0,{HEIGHT}"], 0
    for day, count in days:
        x = f"{(day - first).days * WIDTH / span:.1f}"
        points.append(f"{x},{HEIGHT - reached * HEIGHT / total:.1f}")
        reached += count
        points.append(f"{x},{HEIGHT - reached * HEIGHT / total:.1f}")
    line = " ".join(points)
    return Growth(line, f"{line} {WIDTH},{HEIGHT}", first, last, total)
