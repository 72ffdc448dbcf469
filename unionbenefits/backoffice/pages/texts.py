"""Text messages to workers: what became of each, sending failed ones again, and what every template says."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from unionbenefits.accounts.enums import SmsState
from unionbenefits.accounts.quiet import held_until, quiet_hours
from unionbenefits.accounts.resending import send_again
from unionbenefits.backoffice.pages.base import in_scope, one_in_scope, page, render_page
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.backoffice.pages.paging import keyset
from unionbenefits.backoffice.pages.reach import SEES_CLAIMS
from unionbenefits.core import clock
from unionbenefits.core.masking import mask_phone
from unionbenefits.workers import text_reports
from unionbenefits.workers.enums import MessageKind, NotTexted
from unionbenefits.workers.models import Message

VIEW = "workers.view_message"
RESEND = "workers.change_message"
# Sent again with one press: what an outage of some hours leaves behind; of more, the rest with another press.
AT_ONCE = 1_000

STATES: dict[str, Promise] = {
    text_reports.WAITING: gettext_lazy("Held: quiet hours, or one today already"),
    SmsState.QUEUED.value: gettext_lazy("On its way to the gateway"),
    SmsState.SENT.value: gettext_lazy("Taken by the gateway"),
    SmsState.FAILED.value: gettext_lazy("Not delivered"),
    SmsState.TAKEN_BACK.value: gettext_lazy("Taken back before it went"),
    text_reports.SPARED: gettext_lazy("Not needed, or not possible"),
}


def _kinds(request: HttpRequest) -> list[MessageKind]:
    return text_reports.kinds_seen(request.user.has_perm(SEES_CLAIMS))


def _asked(request: HttpRequest) -> tuple[str, str]:
    """State and kind of the address, as far as they exist and may be seen."""
    state, kind = request.GET.get("state", ""), request.GET.get("kind", "")
    return state if state in STATES else "", kind if kind in _kinds(request) else ""


def _found(request: HttpRequest, state: str, kind: str) -> Any:
    kinds = [MessageKind(kind)] if kind else _kinds(request)
    return text_reports.texts(in_scope(request, Message).filter(kind__in=kinds), state)


@page(VIEW)
@require_GET
def texts(request: HttpRequest) -> HttpResponse:
    """Those of the last 30 days to people in scope, the newest first; phones masked."""
    state, kind = _asked(request)
    rows = keyset(request, _found(request, state, kind), descending=True)
    for message in rows.rows:
        _explain(message)
    context = {
        "rows": rows,
        "state": state,
        "kind": kind,
        "states": list(STATES.items()),
        "kinds": [(one.value, one.label) for one in _kinds(request)],
        "quiet": quiet_hours(),
        "held_until": held_until(clock.now()),
        "may_resend": request.user.has_perm(RESEND),
        "failed": state == SmsState.FAILED.value,
        "query": urlencode({name: value for name, value in (("state", state), ("kind", kind)) if value}),
    }
    return render_page(
        request, "admin/pages/texts.html", title=_("Text messages to workers"), context=context
    )


def _explain(message: Any) -> None:
    """What the table shows of a message beyond its columns."""
    message.stands = text_reports.state_of(message)
    message.stands_shown = STATES[message.stands]
    message.why = NotTexted(message.not_texted).label if message.not_texted else ""
    message.phone_shown = mask_phone(message.sms.phone) if message.sms and message.sms.phone else ""
    message.may_go_again = message.stands == SmsState.FAILED


@page(RESEND)
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Sends one again that the gateway did not take."""
    message = one_in_scope(request, Message, pk)
    _send_again(request, [message.sms_id] if message.sms_id else [])
    return redirect(reverse("admin:texts") + "?state=failed")


@page(RESEND)
@require_POST
def all_again(request: HttpRequest) -> HttpResponse:
    """Sends again what the filter shows as not delivered."""
    _state, kind = _asked(request)
    failed = _found(request, SmsState.FAILED, kind).order_by("pk").values_list("sms_id", flat=True)
    _send_again(request, list(failed[:AT_ONCE]))
    return redirect(reverse("admin:texts") + "?state=failed")


def _send_again(request: HttpRequest, keys: list[int]) -> None:
    count = send_again(by=officer(request), messages=keys)
    sentence = ngettext(
        "%(count)s text message is on its way again.",
        "%(count)s text messages are on their way again.",
        count,
    )
    messages.info(request, sentence % {"count": f"{count:,}"})


@page(VIEW)
@require_GET
def templates(request: HttpRequest) -> HttpResponse:
    """Every template in both languages, when it goes, its length, and how many went in 30 days."""
    found = text_reports.templates(in_scope(request, Message))
    context = {"templates": found, "quiet": quiet_hours()}
    return render_page(
        request, "admin/pages/text_templates.html", title=_("Templates of messages"), context=context
    )
