"""Which funds pay the claims of which plan."""

from collections.abc import Iterable

from unionbenefits.claims.models import ClaimsFund
from unionbenefits.plans.models import Plan


def funds_of(plans: Iterable[Plan]) -> dict[int, list[int]]:
    """Keys of the funds that pay for each plan, in the order of use. One query.

    Regardless of scope: whoever shows funds asks for those in scope, and learns from this only that there
    are others.
    """
    links = ClaimsFund.objects.filter(plan__in=list(plans)).order_by("plan", "order", "pk")
    found: dict[int, list[int]] = {}
    for plan, fund in links.values_list("plan_id", "fund_id"):
        found.setdefault(plan, []).append(fund)
    return found
