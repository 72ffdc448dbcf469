"""Passwords of staff: a one-time link to set one, and changing one's own. Nobody ever types another's."""

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode
from django.utils.translation import gettext as _, gettext_lazy

from unionbenefits.accounts import notices
from unionbenefits.accounts.models import User
from unionbenefits.audit.actions import act
from unionbenefits.audit.actors import Actor
from unionbenefits.core.errors import Refusal


class _Tokens(PasswordResetTokenGenerator):
    """Signed, good for `settings.PASSWORD_LINK_HOURS`, void once a password is set or a newer link made."""

    key_salt = "unionbenefits.accounts.passwords"

    def _make_hash_value(self, user: User, timestamp: int) -> str:
        return f"{user.pk}:{user.password}:{user.session_round}:{timestamp}"


_TOKENS = _Tokens()
LINK_OVER = gettext_lazy("This link is used or too old. Ask your administrator for a new one.")


def make_password_link(*, by: Actor, user: User) -> str:
    """The full address under which `user` sets a password, once, within `settings.PASSWORD_LINK_HOURS`.

    The old password, older links and all sessions end at once. For new users too, who have no password yet.
    Whether `by` may manage the user is the caller's to check (`UserQuerySet.wholly_in_scope`). Raises Refusal
    `own_account` or `account_closed`.
    """
    if user.audit_name == by.audit_name:
        raise Refusal("own_account", _("Change your own password under your name in the menu."))
    if not user.is_active:
        raise Refusal("account_closed", _("This account is closed. Open it first."))
    with act("user.password_link", by=by) as doing:
        # An unusable password is random: what a link is signed over changes with every new link.
        user.set_unusable_password()
        user.save(update_fields=["password"])
        notices.tell(user, notices.PASSWORD_LINK, by=by)
        doing.about = user
    who = urlsafe_base64_encode(force_bytes(user.pk))
    address: str = reverse("admin:password_set", args=[who, _TOKENS.make_token(user)])
    return str(settings.PUBLIC_URL) + address


def hours() -> int:
    """How long a link is good."""
    return int(settings.PASSWORD_LINK_HOURS)


def user_of_link(who: str, token: str) -> User | None:
    """The open account that the link is for, while it is good."""
    try:
        user = User.objects.filter(pk=int(urlsafe_base64_decode(who)), is_active=True).first()
    except (ValueError, OverflowError):
        return None
    return user if user is not None and _TOKENS.check_token(user, token) else None


def set_password_by_link(*, who: str, token: str, password: str) -> User:
    """Uses the link up. Raises Refusal `link_over` or `password_weak` (with the sentences of the rules)."""
    with transaction.atomic():
        found = user_of_link(who, token)
        # Looked at again under the lock: of two that use one link at once, one finds it used.
        user = User.objects.select_for_update().filter(pk=found.pk).first() if found else None
        if user is None or not _TOKENS.check_token(user, token):
            raise Refusal(
                "link_over", _("This link is used or too old. Ask your administrator for a new one.")
            )
        return _set(user, password, action="user.password_set", by=user)


def change_own_password(*, by: User, password: str) -> User:
    """A new password of one's own; other sessions end. The caller has had the old one proved.

    Raises Refusal `password_weak` (with the sentences of the rules).
    """
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=by.pk)
        return _set(user, password, action="user.password_change", by=by)


def _set(user: User, password: str, *, action: str, by: Actor) -> User:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Refusal("password_weak", " ".join(error.messages))
    with act(action, by=by) as doing:
        user.set_password(password)
        user.save(update_fields=["password"])
        doing.about = user
    return user
