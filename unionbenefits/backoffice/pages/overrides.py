"""Exceptions for people gifted before: asked for on a preview, allowed by a second person on a worklist."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from unionbenefits.backoffice.pages import listing
from unionbenefits.backoffice.pages.base import in_scope, one_in_scope, page, render_page
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.backoffice.pages.paging import keyset
from unionbenefits.campaigns import actions, queries
from unionbenefits.campaigns.enums import LeftOut
from unionbenefits.campaigns.models import Allotment, GiftOverride
from unionbenefits.core.errors import Refusal
from unionbenefits.core.masking import mask_name
from unionbenefits.workers.models import Worker

VIEW = "campaigns.view_giftoverride"
ASK = "campaigns.put_forward_giftbatch"
ALLOW = "campaigns.allow_giftoverride"


@page(VIEW)
@require_GET
def overrides(request: HttpRequest) -> HttpResponse:
    """Those that wait, or those that were allowed, the newest first."""
    scoped = in_scope(request, GiftOverride)
    waiting, allowed = scoped.filter(allowed_at__isnull=True), scoped.filter(allowed_at__isnull=False)
    chosen = "allowed" if request.GET.get("state") == "allowed" else "waiting"
    shown = (allowed if chosen == "allowed" else waiting).select_related(
        "campaign", "worker", "asked_by", "allowed_by"
    )
    rows = keyset(request, shown, descending=True)
    for override in rows.rows:
        override.shown_name = mask_name(override.worker.name)
        override.is_own = override.asked_by_id == request.user.pk
    return render_page(
        request,
        "admin/pages/overrides.html",
        title=_("Exceptions: gifted before"),
        context={
            "rows": rows,
            "may_allow": request.user.has_perm(ALLOW),
            "may_withdraw": request.user.has_perm(ASK),
            "tabs": listing.tabs(
                [("waiting", _("Waits for a second person")), ("allowed", _("Allowed"))],
                {"waiting": waiting.count(), "allowed": allowed.count()},
                chosen=chosen,
                tones={"waiting": "warn", "allowed": "good"},
            ),
        },
    )


@page(ASK)
@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for one of the people whom the preview of this allotment leaves out as gifted before."""
    scoped = in_scope(request, Allotment).select_related("campaign__plan_version", "union", "enterprise")
    allotment: Allotment = get_object_or_404(scoped, pk=pk)
    worker = one_in_scope(request, Worker, request.POST.get("worker", ""))
    lines = queries.preview_lines(allotment, only=[worker.pk])
    if [line.reason for line in lines] != [LeftOut.GIFTED_BEFORE]:
        messages.error(request, _("This person is not left out as gifted before any more. Look again."))
    else:
        try:
            actions.ask_override(
                by=officer(request),
                campaign=allotment.campaign,
                worker=worker,
                reason=request.POST.get("reason", ""),
            )
            messages.success(request, _("Asked. Another officer now allows it or does not."))
        except Refusal as refusal:
            messages.error(request, str(refusal))
    address = reverse("admin:batch_preview", args=[pk])
    return redirect(f"{address}?reason={LeftOut.GIFTED_BEFORE}")


@page(VIEW, ALLOW, fresh=True)
@require_POST
def allow(request: HttpRequest, pk: int) -> HttpResponse:
    """The second person allows it."""
    done = _("Allowed. The person gets the gift with the next batch.")
    return _decide(request, pk, actions.allow_override, done)


@page(VIEW, ASK)
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes it back."""
    return _decide(request, pk, actions.withdraw_override, _("Withdrawn."))


def _decide(request: HttpRequest, pk: int, verb: Callable[..., object], done: str) -> HttpResponse:
    override = one_in_scope(request, GiftOverride, pk)
    try:
        verb(by=officer(request), override=override)
        messages.success(request, done)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("admin:override_list")
