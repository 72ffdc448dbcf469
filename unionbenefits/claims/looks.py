"""Second looks: how they are drawn, and what they say about all the decisions that were not looked at.

Each week, of each approver's small decisions, a share is drawn at random: at least so many, rounded up
(`LookRule`). The lot of a decision is a keyed digest of week, approver and decision. Drawing again gives the
same decisions; whoever does not hold the keys can neither foresee nor steer which ones they are.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, sqrt
from typing import Any

from django.db.models import Count, Q, QuerySet

from unionbenefits.claims.enums import LookVerdict
from unionbenefits.claims.models import LookRule
from unionbenefits.core.crypto.keyring import keyring

_PURPOSE = "claim.second_look"
# Of the normal distribution: 95 of 100 samples hold the true share within this many standard errors.
_Z = 1.959964


def rule_in_force() -> LookRule:
    """The newest rule; the defaults of the model where nobody set one."""
    return LookRule.objects.order_by("-pk").first() or LookRule()


def week_of(day: dt.date) -> dt.date:
    """The Monday of the day's week."""
    return day - dt.timedelta(days=day.weekday())


def drawn(
    decisions: Iterable[int], *, week: dt.date, approver: int, share: Decimal, at_least: int
) -> list[int]:
    """Which of one approver's decisions of a week get a second look, by their lots."""
    ring = keyring()
    lots = sorted((ring.digest(f"{week}:{approver}:{key}", _PURPOSE), key) for key in decisions)
    wanted = max(at_least, ceil(share * len(lots)))
    return [key for _lot, key in lots[:wanted]]


@dataclass(frozen=True, slots=True)
class LookFigures:
    """What came of second looks: `looked` of `drawn` are done, `wrong` of those were wrong."""

    drawn: int
    looked: int
    wrong: int
    name: str = ""

    @property
    def share(self) -> float | None:
        """Wrong ones among those looked at; None before the first."""
        return self.wrong / self.looked if self.looked else None

    @property
    def between(self) -> tuple[float, float] | None:
        """Where the share of all small decisions lies, with 95 % confidence."""
        return interval(self.wrong, self.looked) if self.looked else None


def interval(part: int, whole: int) -> tuple[float, float]:
    """Wilson's interval of a share, which holds for few looks and for none wrong as well."""
    share, square = part / whole, _Z * _Z
    middle = (share + square / (2 * whole)) / (1 + square / whole)
    reach = _Z * sqrt(share * (1 - share) / whole + square / (4 * whole * whole)) / (1 + square / whole)
    # What rounding leaves of zero and of one.
    low = 0.0 if part == 0 else max(0.0, middle - reach)
    return low, 1.0 if part == whole else min(1.0, middle + reach)


def figures_of(looks: "QuerySet[Any]") -> LookFigures:
    """All of the looks together. One query."""
    row = looks.order_by().aggregate(**_counts())
    return LookFigures(row["drawn"], row["looked"], row["wrong"])


def by_approver(looks: "QuerySet[Any]", limit: int = 50) -> list[LookFigures]:
    """Whose decisions they were, those with the most wrong ones first. One query."""
    name, username = "decision__approved_by__name", "decision__approved_by__username"
    rows = looks.order_by().values(name, username, "decision__approved_by").annotate(**_counts())
    return [
        LookFigures(row["drawn"], row["looked"], row["wrong"], row[name] or row[username])
        for row in rows.order_by("-wrong", "-looked", "decision__approved_by")[:limit]
    ]


def _counts() -> dict[str, Count]:
    return {
        "drawn": Count("pk"),
        "looked": Count("pk", filter=~Q(verdict=LookVerdict.OPEN)),
        "wrong": Count("pk", filter=Q(verdict=LookVerdict.WRONG)),
    }
