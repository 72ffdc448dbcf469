"""Up to which amount a person may take a step alone."""

from decimal import Decimal

from django.db.models import Max

from unionbenefits.access.models import Post
from unionbenefits.accounts.models import User
from unionbenefits.claims.models import ApprovalLimit
from unionbenefits.core import clock


def limit_of(user: User) -> Decimal | None:
    """The widest limit of the person's roles that have one, 元 a decision; None where nothing limits them.

    One query.
    """
    roles = Post.objects.filter(user=user).on(clock.today()).values("role")
    limits = ApprovalLimit.objects.filter(role__in=roles)
    found: Decimal | None = limits.aggregate(widest=Max("up_to"))["widest"]
    return found
