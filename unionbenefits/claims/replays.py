"""Reads of replays: their differences by kind, and what they add up to."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from unionbenefits.claims.models import Replay, ReplayDifference
from unionbenefits.core.money import ZERO

_PAID_BOTH = Q(outcome_before="pay", outcome_after="pay")
KINDS: Mapping[str, tuple[Promise, Q]] = {
    "less": (_("Pays less"), _PAID_BOTH & Q(amount_after__lt=F("amount_before"))),
    "more": (_("Pays more"), _PAID_BOTH & Q(amount_after__gt=F("amount_before"))),
    "rejected": (_("No longer pays"), Q(outcome_before="pay", outcome_after="reject")),
    "paid": (_("Pays now"), Q(outcome_before="reject", outcome_after="pay")),
    "referred": (_("A person has to look"), Q(outcome_after="refer")),
}


@dataclass(frozen=True, slots=True)
class KindSum:
    """Differences of a kind: how many, and 元 as decided and as decided again."""

    kind: str
    text: str | Promise
    count: int
    before: Decimal
    after: Decimal

    @property
    def change(self) -> Decimal:
        """元 more; below zero, less."""
        return self.after - self.before


def sums_by_kind(replay: Replay) -> list[KindSum]:
    """Every kind, those without differences too. One query."""
    asked: dict[str, Any] = {}
    for kind, (_text, found) in KINDS.items():
        asked[f"{kind}_count"] = Count("pk", filter=found)
        asked[f"{kind}_before"] = Sum("amount_before", filter=found, default=ZERO)
        asked[f"{kind}_after"] = Sum("amount_after", filter=found, default=ZERO)
    row = ReplayDifference.objects.filter(replay=replay).aggregate(**asked)
    return [
        KindSum(kind, text, row[f"{kind}_count"], row[f"{kind}_before"], row[f"{kind}_after"])
        for kind, (text, _found) in KINDS.items()
    ]


def of_kind(differences: "QuerySet[ReplayDifference]", kind: str) -> "QuerySet[ReplayDifference]":
    """Those of the kind; all for one that is unknown."""
    return differences.filter(KINDS[kind][1]) if kind in KINDS else differences
