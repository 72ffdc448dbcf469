"""Differences: what another stay should now have got, since ordinals moved or a cap was freed (case C104)."""

from typing import Any

from django.contrib import messages
from django.db.models import Case, CharField, F, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from unionbenefits.backoffice.pages import listing
from unionbenefits.backoffice.pages.base import in_scope, page, render_page
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.backoffice.pages.paging import keyset
from unionbenefits.claims import actions
from unionbenefits.claims.enums import DecisionState, DifferenceState
from unionbenefits.claims.models import Difference
from unionbenefits.core.errors import Refusal

VIEW = "claims.view_decision"
SETTLE = "claims.decide_decision"
# An open difference counts while its decision is under way; a void or returned decision takes it along.
DROPPED = "dropped"
STANDING = (DecisionState.PROPOSED, DecisionState.REVIEWED, DecisionState.APPROVED)
STATES = [*DifferenceState.choices, (DROPPED, gettext_lazy("Dropped with its decision"))]


@page(VIEW)
@require_GET
def differences(request: HttpRequest) -> HttpResponse:
    """The differences of one state: the oldest open ones first, of the settled the newest."""
    scoped = in_scope(request, Difference).annotate(
        stands=Case(
            When(decision__state__in=STANDING, then=F("state")),
            default=Value(DROPPED),
            output_field=CharField(),
        )
    )
    state = request.GET.get("state", DifferenceState.OPEN)
    state = state if state in dict(STATES) else DifferenceState.OPEN
    shown = scoped.filter(stands=state).select_related(
        "claim__worker", "decision__claim", "decision__decided_by", "settled_by"
    )
    rows = keyset(request, shown, descending=state != DifferenceState.OPEN)
    for one in rows.rows:
        one.is_proposed = one.decision.state == DecisionState.PROPOSED
        one.absolute = abs(one.amount)
    context = {
        "rows": rows,
        "is_open": state == DifferenceState.OPEN,
        "may_settle": request.user.has_perm(SETTLE),
        "tabs": listing.tabs(
            STATES, listing.tally(scoped, "stands"), chosen=state, tones={DifferenceState.OPEN: "warn"}
        ),
    }
    title = _("Differences of other stays")
    return render_page(request, "admin/pages/claim_differences.html", title=title, context=context)


@page(VIEW, SETTLE)
@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Deducts it from the decision that brought it up, pays it in addition, or leaves it, with a reason."""
    scoped = in_scope(request, Difference).select_related("decision__claim", "claim")
    difference: Difference = get_object_or_404(scoped, pk=pk)
    try:
        actions.settle_difference(by=officer(request), difference=difference, **_chosen(request))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Settled. The decision can now be reviewed."))
    if request.POST.get("back") == "claim":
        return redirect("admin:claim_desk", pk=difference.decision.claim_id)
    return redirect("admin:difference_list")


def _chosen(request: HttpRequest) -> dict[str, Any]:
    how = request.POST.get("how", "")
    known = how if how in DifferenceState.values else DifferenceState.OPEN
    return {"how": DifferenceState(known), "reason": request.POST.get("reason", "")}
