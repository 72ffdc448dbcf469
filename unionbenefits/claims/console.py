"""Who acts and on what, for the commands of payments."""

from django.utils.translation import gettext as _

from unionbenefits.access.models import Post
from unionbenefits.access.queries import scope_of
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


def office_of(user: User) -> Union:
    """The union of the officer's post of today. Raises Refusal `no_office`."""
    post = Post.objects.on(clock.today()).filter(user=user, union__isnull=False).order_by("pk").first()
    if post is None or post.union is None:
        raise Refusal("no_office", _("This officer has no post at a union today."))
    union: Union = post.union
    return union


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
