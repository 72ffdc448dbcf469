"""How long traces of signing in are kept."""

from typing import Any

from django.contrib.sessions.models import Session
from django.utils.translation import gettext, gettext_lazy as _, ngettext

from unionbenefits.accounts.actions import TRACES_KEPT, purge_traces
from unionbenefits.accounts.models import SmsCode, SmsMessage
from unionbenefits.audit.actions import act
from unionbenefits.core import clock
from unionbenefits.core.retention import Rule, register


def _days(count: int) -> str:
    return ngettext("%(days)s day", "%(days)s days", count) % {"days": count}


def _traces() -> int:
    before = clock.now() - TRACES_KEPT
    old = (model.objects.filter(created_at__lt=before).count() for model in (SmsCode, SmsMessage))
    return sum(old)


def _sessions_over() -> int:
    return Session.objects.filter(expire_date__lt=clock.now()).count()


def _end_sessions(by: Any) -> int:
    if not _sessions_over():
        return 0
    with act("accounts.purge_sessions", by=by) as doing:
        gone, _by_model = Session.objects.filter(expire_date__lt=clock.now()).delete()
        doing.data = {"sessions": gone}
    return gone


register(
    Rule(
        code="sign_in_traces",
        what=_("One-time codes, text messages and counters of attempts"),
        period=lambda: _days(TRACES_KEPT.days),
        source=_("Network logs: at least six months (Cybersecurity Law, 网络安全法 art. 23)"),
        waiting=_traces,
        purge=lambda by: purge_traces(by=by),
    )
)
register(
    Rule(
        code="sessions",
        what=_("Sessions of browsers that are over"),
        period=lambda: gettext("At once"),
        source=_("No longer needed (PIPL art. 19)"),
        waiting=_sessions_over,
        purge=_end_sessions,
    )
)
