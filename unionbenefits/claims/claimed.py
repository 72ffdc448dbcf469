"""Who of a campaign's covered workers has claimed: the last of the figures of reach."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from unionbenefits.claims.models import Claim


def with_claims(gifts: "QuerySet[Any]") -> "QuerySet[Any]":
    """Of these gifts those on whose cover a claim was filed, whatever became of it."""
    filed = Claim.objects.filed().filter(coverage=OuterRef("coverage"))
    return gifts.filter(Exists(filed))
