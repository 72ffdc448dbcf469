"""The claims desk: what waits, by promised day and rank; one claim after the other."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_GET, require_http_methods

from unionbenefits.backoffice.pages import listing
from unionbenefits.backoffice.pages.base import in_scope, page, render_page
from unionbenefits.backoffice.pages.paging import Page, keyset, keyset_by
from unionbenefits.claims.backlog import Backlog, backlog_of
from unionbenefits.claims.enums import FINAL, OPEN, ClaimState, DecisionState
from unionbenefits.claims.models import Claim, Decision
from unionbenefits.claims.worklists import DUE, SOON, Show, Step, counts, filters
from unionbenefits.core import clock
from unionbenefits.core.scope import of_request
from unionbenefits.workers.models import Worker

VIEW = "claims.view_claim"
STEPS = {
    Step.DECIDE: "claims.decide_decision",
    Step.REVIEW: "claims.review_decision",
    Step.APPROVE: "claims.approve_decision",
}
ORDER = ("promised_on", "-risk", "pk")
TONES = {Show.TURN: "good", Show.LATE: "bad", Show.SOON: "warn"}
# What the tabs always offer; the others show up once one follows a link to them.
TABS = (Show.DECIDE, Show.REVIEW, Show.APPROVE, Show.ASKED, Show.LATE, Show.SOON)
CLOSED = "closed"
# Claims that one search shows.
FOUND = 50


@dataclass(frozen=True, slots=True)
class Row:
    """A claim on the list. `due` says how the promised day stands; `proposal` is the open decision."""

    claim: Claim
    due: str | Promise
    tone: str
    proposal: Decision | None


def steps_of(request: HttpRequest) -> frozenset[Step]:
    """The steps that the person's roles allow."""
    return frozenset(step for step, name in STEPS.items() if request.user.has_perm(name))


def parts_of(request: HttpRequest) -> dict[Show, Q]:
    """The parts of the desk for whoever asks."""
    return filters(request.user.pk or 0, steps_of(request), clock.today())


def filed_claims(request: HttpRequest) -> QuerySet[Claim]:
    """Claims in scope that were ever sent: drafts are the worker's own business."""
    return in_scope(request, Claim).exclude(number=None)


@page(VIEW)
@require_http_methods(["GET", "POST"])
def desk(request: HttpRequest) -> HttpResponse:
    """Open claims by promised day and rank; those that are closed; by POST the newest that a search finds: a
    document number has no place in an address, which servers log.
    """
    parts = parts_of(request)
    show, q = request.GET.get("show", ""), request.POST.get("q", "").replace("\x00", "").strip()[:60]
    claims = filed_claims(request)
    found = counts(claims, parts)
    if q:
        show = ""
        rows = Page(list(_with_names(request, _found(request, claims, q)).order_by("-pk")[:FOUND]), "", "")
    elif show == CLOSED:
        rows = keyset(request, _with_names(request, claims.filter(state__in=FINAL)), descending=True)
    else:
        show = show if show in parts else ""
        chosen = claims.filter(parts[Show(show)]) if show else claims
        rows = keyset_by(request, _with_names(request, chosen.filter(state__in=OPEN)), ORDER)
    rows = Page([_row(claim) for claim in rows.rows], rows.back, rows.forth)
    return render_page(
        request,
        "admin/pages/claims_desk.html",
        title=_("Claims desk"),
        context={
            "rows": rows,
            "q": q,
            "show": show,
            "open": found[""],
            "steps": steps_of(request),
            "backlog": _backlog(request) if not (q or show) else None,
            "tabs": [] if q else _tabs(show, found, bool(steps_of(request))),
        },
    )


@page(VIEW)
@require_GET
def next_claim(request: HttpRequest) -> HttpResponse:
    """The most urgent claim whose next step is the person's, other than the one just worked on (`after`)."""
    turn = filed_claims(request).filter(parts_of(request)[Show.TURN]).order_by(*ORDER)
    just = request.GET.get("after", "")
    if just.isascii() and just.isdigit() and len(just) < 19:
        turn = turn.exclude(pk=int(just))
    found = turn.values_list("pk", flat=True).first()
    if found is None:
        messages.info(request, _("Nothing waits for you at the claims desk."))
        return redirect("admin:claims_desk")
    return redirect("admin:claim_desk", pk=found)


def _backlog(request: HttpRequest) -> Backlog | None:
    """The forecast, for those who work on it. Three queries."""
    return backlog_of(of_request(request)) if steps_of(request) else None


def _tabs(show: str, found: Mapping[str, int], has_turn: bool) -> list[listing.Tab]:
    shown = [Show.TURN, *TABS, Show.MINE] if has_turn else [*TABS]
    shown += [Show(show)] if show in Show.values and show not in shown else []
    drawn = [listing.Tab("", _("All open"), found[""], "?", not show)]
    drawn += [
        listing.Tab(
            one.value,
            one.label,
            found[one],
            f"?show={one.value}",
            one == show,
            TONES.get(one, "plain") if found[one] else "plain",
        )
        for one in shown
    ]
    return drawn


def _found(request: HttpRequest, claims: "QuerySet[Claim]", q: str) -> "QuerySet[Claim]":
    """By the whole number of a claim, or by what finds a worker."""
    number = q.upper()
    if number.startswith("K") and number[1:].isdigit():
        return claims.filter(number=number)
    return claims.filter(worker__in=in_scope(request, Worker).find(q).values("pk"))  # type: ignore[attr-defined]


def _with_names(request: HttpRequest, claims: "QuerySet[Claim]") -> "QuerySet[Claim]":
    """With worker and open proposal. One query more for a page of any length."""
    under_way = in_scope(request, Decision).filter(state__in=[DecisionState.PROPOSED, DecisionState.REVIEWED])
    people = under_way.select_related("decided_by", "reviewed_by")
    return claims.select_related("worker").prefetch_related(
        Prefetch("decisions", queryset=people, to_attr="under_way")
    )


def _row(claim: Any) -> Row:
    due, tone = due_of(claim)
    return Row(claim, due, tone, claim.under_way[0] if claim.under_way else None)


def due_of(claim: Claim) -> tuple[str, str]:
    """How the promised day stands, and how loud that is; for a claim that waits for the worker, that day."""
    if claim.state == ClaimState.ASKED and claim.asked_until:
        return _("Worker answers by %(day)s") % {"day": claim.asked_until.isoformat()}, "info"
    if claim.state not in OPEN or claim.promised_on is None:
        return "", "plain"
    left = (claim.promised_on - clock.today()).days
    if left < 0:
        late = ngettext("%(days)s day late", "%(days)s days late", -left)
        return late % {"days": -left}, "bad"
    if left == 0:
        return _("due today"), "warn"
    text = ngettext("%(days)s day left", "%(days)s days left", left) % {"days": left}
    return text, "warn" if left <= SOON else "plain"


def for_home(request: HttpRequest) -> list[listing.Tab]:
    """Whose turn it is and open claims by promised day, each leading to exactly those rows; nothing for
    people without a step at the desk. One query.
    """
    if not steps_of(request):
        return []
    parts = parts_of(request)
    found = counts(filed_claims(request), {show: parts[show] for show in (Show.TURN, *DUE)})
    address = reverse("admin:claims_desk")
    return [
        listing.Tab(
            show.value,
            show.label,
            found[show],
            f"{address}?show={show.value}",
            False,
            TONES.get(show, "plain") if found[show] else "plain",
        )
        for show in (Show.TURN, *DUE)
    ]
