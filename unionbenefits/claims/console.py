"""Who acts and on what, in payments."""

from django.utils.translation import gettext as _

from unionbenefits.access.models import Post
from unionbenefits.access.queries import scope_of
from unionbenefits.access.roles import BUNDLES
from unionbenefits.accounts.models import User
from unionbenefits.claims.models import BankProfile, PaymentBatch
from unionbenefits.core import clock
from unionbenefits.core.errors import NotFound, Refusal
from unionbenefits.core.scope import Scope
from unionbenefits.unions.models import Union


def cashier(username: str, permission: str) -> tuple[User, Scope]:
    """The officer who acts, and what they see. Raises Refusal `officer_unknown`."""
    user = User.objects.filter(username=username, is_active=True).first()
    if user is None or not user.has_perm(permission):
        raise Refusal(
            "officer_unknown", _("There is no officer %(name)s who may do this.") % {"name": username}
        )
    return user, scope_of(user)


def offices_of(user: User, permission: str) -> list[Union]:
    """Where the officer may do it: the unions of today's posts whose role allows it, by name; for the
    installation's superuser those at the top of the tree.
    """
    if user.is_superuser:
        return list(Union.objects.filter(depth=1).order_by("name", "pk"))
    roles = [role for role, bundle in BUNDLES.items() if permission in bundle.permissions]
    posts = Post.objects.on(clock.today()).filter(user=user, union__isnull=False, role__in=roles)
    return list(Union.objects.filter(pk__in=posts.values("union")).order_by("name", "pk"))


def office_of(user: User, permission: str) -> Union:
    """The first of `offices_of`. Raises Refusal `no_office`."""
    offices = offices_of(user, permission)
    if not offices:
        raise Refusal("no_office", _("This officer has no post at a union today."))
    return offices[0]


def batch_numbered(number: str, scope: Scope) -> PaymentBatch:
    """The batch within the scope. Raises NotFound `batch_unknown`."""
    found: PaymentBatch | None = (
        PaymentBatch.objects.in_scope(scope).select_related("profile").filter(number=number).first()
    )
    if found is None:
        raise NotFound("batch_unknown", _("There is no payment batch with this number."))
    return found


def profile_coded(code: str) -> BankProfile:
    """The bank's form. Raises NotFound `bank_unknown`."""
    found: BankProfile | None = BankProfile.objects.filter(code=code, is_active=True).first()
    if found is None:
        raise NotFound("bank_unknown", _("There is no bank profile with this code."))
    return found
