"""What others did to a person's sign-in, told to the person at the next sign-in."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from unionbenefits.accounts.models import SecurityNotice, User
from unionbenefits.audit.actors import Actor
from unionbenefits.core import clock

PASSWORD_LINK, FACTORS_RESET, UNLOCKED, SIGNED_OUT = (
    "password_link",
    "factors_reset",
    "unlocked",
    "signed_out",
)
_SENTENCES: dict[str, Promise] = {
    PASSWORD_LINK: _("%(who)s made a link to set your password on %(when)s."),
    FACTORS_RESET: _(
        "%(who)s reset your second factor on %(when)s. Reason: %(reason)s. If you did not ask for it, tell "
        "another administrator at once."
    ),
    UNLOCKED: _("%(who)s opened your locked sign-in name on %(when)s."),
    SIGNED_OUT: _("%(who)s ended all your sessions on %(when)s. Reason: %(reason)s"),
}


def tell(user: User, what: str, *, by: Actor, reason: str = "") -> SecurityNotice:
    """Notes that `by` did `what` to the sign-in of `user`; part of the verb's transaction."""
    who = str(by) if isinstance(by, User) else by.audit_name
    return SecurityNotice.objects.create(user=user, what=what, who=who, reason=reason, at=clock.now())


def sentence(notice: SecurityNotice) -> str:
    """The notice in words, in the language of the page."""
    when = clock.local(notice.at).strftime("%Y-%m-%d %H:%M")
    return str(_SENTENCES[notice.what]) % {"who": notice.who, "when": when, "reason": notice.reason}


def tell_now(user: User) -> list[str]:
    """The sentences not told yet; told from now on."""
    waiting = list(user.security_notices.filter(told_at=None).order_by("at", "pk"))
    if waiting:
        SecurityNotice.objects.filter(pk__in=[one.pk for one in waiting]).update(told_at=clock.now())
    return [sentence(one) for one in waiting]
