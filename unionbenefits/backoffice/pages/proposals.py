"""A new gift batch: choose the places, see who would get it and why not the others, put it forward."""

from dataclasses import dataclass
from typing import Any, Literal

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_GET, require_POST

from unionbenefits.backoffice.pages import listing
from unionbenefits.backoffice.pages.base import in_scope, page, render_page
from unionbenefits.backoffice.pages.forms import CandidatesForm
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.backoffice.pages.paging import keyset
from unionbenefits.campaigns import actions, queries
from unionbenefits.campaigns.actions.long_runs import MANY, OPEN
from unionbenefits.campaigns.enums import BatchState, CampaignKind, CampaignState, LeftOut
from unionbenefits.campaigns.models import Allotment, GiftBatch
from unionbenefits.campaigns.previews import budget_hint
from unionbenefits.core.errors import Refusal
from unionbenefits.funds.models import Fund
from unionbenefits.workers.models import Roster

LINES = 50
PUT_FORWARD = "campaigns.put_forward_giftbatch"
MONEY = "funds.view_fund"


@dataclass(frozen=True, slots=True)
class Place:
    """An allotment one may put a batch forward from, and how many of its places are left."""

    allotment: Allotment
    use: Any


@dataclass(frozen=True, slots=True)
class Budget:
    """What a preview says of the money: amounts only where `is_open`; `obstacles` are ready sentences."""

    is_open: bool
    suffices: bool
    obstacles: list[str]


@page(PUT_FORWARD)
@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """Open campaigns' allotments in scope: the first step of a batch."""
    scoped = in_scope(request, Allotment).filter(
        campaign__state=CampaignState.OPEN, campaign__kind=CampaignKind.COVERAGE
    )
    rows = keyset(request, scoped.select_related("campaign", "union", "enterprise"))
    use = queries.allotment_use(rows.rows)
    return render_page(
        request,
        "admin/pages/batch_choose.html",
        title=_("New gift batch"),
        context={"rows": rows, "places": [Place(row, use[row.pk]) for row in rows.rows]},
    )


def one_allotment(request: HttpRequest, pk: int) -> Allotment:
    """The places, or 404 outside the scope."""
    scoped = in_scope(request, Allotment).select_related("campaign__plan_version", "union", "enterprise")
    return get_object_or_404(scoped, pk=pk)


@page(PUT_FORWARD)
@require_GET
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Who gets it from this allotment, who does not and why, what it costs and what is left."""
    allotment = one_allotment(request, pk)
    if allotment.runs.filter(state__in=OPEN).exists():
        return redirect("admin:batch_making", pk=pk)
    form = CandidatesForm(request, allotment, request.GET)
    roster = form.cleaned_data["roster"] if form.is_valid() else None
    reason = request.GET.get("reason", "")
    reason = reason if reason in LeftOut.values or reason == "gets_it" else ""
    offset = _offset(request)
    found = queries.preview(allotment, roster)
    lines = queries.preview_lines(allotment, roster, reason=_reason(reason), limit=LINES + 1, offset=offset)
    return render_page(
        request,
        "admin/pages/batch_preview.html",
        title=_("Preview of a gift batch"),
        context={
            "allotment": allotment,
            "campaign": allotment.campaign,
            "form": form,
            "roster": roster,
            "preview": found,
            "budget": budget_of(request, found),
            "tabs": _reason_tabs(found, reason, {"roster": str(roster.pk)} if roster else {}),
            "lines": lines[:LINES],
            **_neighbours(request, offset, len(lines) > LINES),
        },
    )


def budget_of(request: HttpRequest, found: queries.Preview) -> Budget:
    """Amounts where the person may see all the funds, else only whether the money suffices."""
    funds = {fund.fund_id for fund in found.funds}
    seen = in_scope(request, Fund).filter(pk__in=funds).count() if request.user.has_perm(MONEY) else 0
    is_open = seen == len(funds)
    return Budget(
        is_open=is_open,
        suffices=found.available >= found.cost,
        obstacles=[sentence_of(notice.code, str(notice.message), is_open) for notice in found.obstacles],
    )


def sentence_of(code: str, text: str, is_open: bool) -> str:
    """The refusal's own sentence, without the amounts of funds that the person may not see."""
    if code == "budget_exhausted" and not is_open:
        return budget_hint()
    return text


def _reason(code: str) -> LeftOut | Literal["all"] | None:
    """What `preview_lines` calls the chosen filter."""
    if code == "gets_it":
        return None
    return LeftOut(code) if code else "all"


def _reason_tabs(found: Any, chosen: str, keep: dict[str, str]) -> list[listing.Tab]:
    counts = {"gets_it": found.eligible, **{str(code): count for code, count in found.reasons.items()}}
    return listing.tabs(
        [("gets_it", _("Gets it")), *LeftOut.choices],
        counts,
        chosen=chosen,
        name="reason",
        everything=_("Everybody"),
        tones={"gets_it": "good"},
        keep=keep,
    )


def _offset(request: HttpRequest) -> int:
    text = request.GET.get("from", "0")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _neighbours(request: HttpRequest, offset: int, more: bool) -> dict[str, Any]:
    """Addresses of the pages before and after, as `parts/pager.html` takes them."""

    def link(start: int) -> str:
        query = request.GET.copy()
        query["from"] = str(start)
        return "?" + query.urlencode()

    back = link(max(0, offset - LINES)) if offset else ""
    return {"pages": {"back": back, "forth": link(offset + LINES) if more else ""}, "first": offset + 1}


@page(PUT_FORWARD)
@require_POST
def put_forward(request: HttpRequest, pk: int) -> HttpResponse:
    """Puts forward what the preview showed. A second press finds the batch of the first."""
    allotment = one_allotment(request, pk)
    form = CandidatesForm(request, allotment, request.POST)
    if not form.is_valid():
        messages.error(request, _("This roster cannot be chosen. Choose again."))
        return redirect("admin:batch_preview", pk=pk)
    roster, fill = form.cleaned_data["roster"], bool(request.POST.get("fill"))
    try:
        if queries.asked_count(allotment, roster) > MANY:
            actions.start_put_forward(by=officer(request), allotment=allotment, roster=roster, fill=fill)
            return redirect("admin:batch_making", pk=pk)
        batch = actions.put_forward(by=officer(request), allotment=allotment, roster=roster, fill=fill)
    except Refusal as refusal:
        return _refused_put_forward(request, allotment, roster, refusal)
    _tell_differences(request, batch)
    return redirect("admin:batch_review", pk=batch.pk)


def _refused_put_forward(
    request: HttpRequest, allotment: Allotment, roster: Roster | None, refusal: Refusal
) -> HttpResponse:
    """Back to the preview with the sentence, or to the batch that this person just made of these people."""
    if refusal.code == "nobody_eligible":
        made = in_scope(request, GiftBatch).filter(
            allotment=allotment, roster=roster, state=BatchState.PUT_FORWARD, prepared_by=request.user.pk
        )
        newest = made.order_by("-pk").first()
        if newest is not None:
            messages.info(request, _("This batch was already put forward. Nothing was done twice."))
            return redirect("admin:batch_review", pk=newest.pk)
    # The preview tells the amounts to those who may see them; here a sentence without them serves everybody.
    messages.error(request, sentence_of(refusal.code, str(refusal), is_open=False))
    address = reverse("admin:batch_preview", args=[allotment.pk])
    return redirect(f"{address}?roster={roster.pk}" if roster else address)


def _tell_differences(request: HttpRequest, batch: GiftBatch) -> None:
    """Says so where the world moved on between the preview and the batch."""
    expected = request.POST.get("expected", "")
    if expected.isdigit() and int(expected) != batch.copies:
        text = _("Since the preview something changed: it showed %(then)s, the batch holds %(now)s.")
        messages.warning(request, text % {"then": expected, "now": batch.copies})
        return
    text = ngettext(
        "Put forward: %(copies)s worker. Another officer now approves it.",
        "Put forward: %(copies)s workers. Another officer now approves it.",
        batch.copies,
    )
    messages.success(request, text % {"copies": f"{batch.copies:,}"})
