"""Up to which amount a person may take a step alone."""

from decimal import Decimal

from unionbenefits.access.queries import posts_of
from unionbenefits.accounts.models import User
from unionbenefits.claims.models import ApprovalLimit


def limit_of(user: User) -> Decimal | None:
    """The widest limit of the person's roles that have one, 元 a decision; None where nothing limits them.

    Two queries.
    """
    roles = {post.role for post in posts_of(user)}
    return max(ApprovalLimit.objects.filter(role__in=roles).values_list("up_to", flat=True), default=None)
