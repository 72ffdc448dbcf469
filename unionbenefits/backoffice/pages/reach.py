"""Reach: which covered workers of a campaign never opened their page, and the figures told, opened, claimed.

Every figure leads to exactly the rows it counts. Counting looks at every gift: where they are many, the page
comes first and asks for the figures, which are kept for some minutes.
"""

import hashlib
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.cache import cache
from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_GET

from unionbenefits.backoffice.pages import charts
from unionbenefits.backoffice.pages.base import in_scope, page, render_page
from unionbenefits.backoffice.pages.paging import Page, keyset_by
from unionbenefits.backoffice.pages.reach_units import Unit, choice, chosen_unit
from unionbenefits.campaigns import reach as reaching
from unionbenefits.campaigns.enums import CampaignKind, Obstacle
from unionbenefits.campaigns.models import Campaign, GiftBatch, ReminderWave
from unionbenefits.claims.claimed import with_claims
from unionbenefits.core.masking import mask_phone
from unionbenefits.core.scope import of_request

VIEW = "campaigns.view_reminderwave"
REMIND = "campaigns.add_reminderwave"
# That somebody has claimed says that the person was in hospital: for those who see claims.
SEES_CLAIMS = "claims.view_claim"
CLAIMED = "claimed"
# Copies that may be counted while the page is made.
FEW = 5_000
KEPT_SECONDS = 5 * 60
PAUSE_DAYS = 14
WAVES_SHOWN, CAMPAIGNS = 5, 50

TEXTS: dict[str, Promise] = {
    reaching.ALL: gettext_lazy("Covered"),
    reaching.TOLD: gettext_lazy("Told by text message"),
    reaching.OPENED: gettext_lazy("Opened the page after that"),
    reaching.OWN: gettext_lazy("Opened it on their own"),
    reaching.NEVER: gettext_lazy("Never opened it"),
    CLAIMED: gettext_lazy("Claimed"),
}
_TONES = {reaching.OPENED: "good", reaching.NEVER: "warn"}


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure, its share of the covered, and the list of exactly its rows."""

    code: str
    text: Promise
    count: int
    percent: str
    href: str
    tone: str
    is_current: bool


@page(VIEW)
@require_GET
def newest(request: HttpRequest) -> HttpResponse:
    """The campaign that `?campaign=` names, or the one that opened last; without any, what to do first."""
    wanted = request.GET.get("campaign", "")
    campaigns = _campaigns(request)
    found = campaigns.filter(pk=wanted).first() if wanted.isascii() and wanted.isdigit() else None
    found = found or campaigns.first()
    if found is not None:
        kept = {name: request.GET[name] for name in ("union", "enterprise", "list") if request.GET.get(name)}
        return redirect(reverse("admin:reach", args=[found.pk]) + (f"?{urlencode(kept)}" if kept else ""))
    return render_page(request, "admin/pages/reach.html", title=_("Who knows of their cover"))


def _campaigns(request: HttpRequest) -> "QuerySet[Campaign]":
    """With `put_forward`, the copies of all their batches: about how many gifts there are to count."""
    campaigns = in_scope(request, Campaign).filter(kind=CampaignKind.COVERAGE)
    batches = in_scope(request, GiftBatch).filter(campaign=OuterRef("pk")).order_by().values("campaign")
    copies = Subquery(batches.annotate(sum=Sum("copies")).values("sum"))
    return campaigns.annotate(put_forward=copies).order_by("-opens_on", "-pk")


def one_campaign(request: HttpRequest, pk: int) -> Campaign:
    """A campaign of coverage in scope, or Http404."""
    found: Campaign = get_object_or_404(_campaigns(request), pk=pk)
    return found


@page(VIEW)
@require_GET
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """One list at a time, by `?list=`; of those whom a reminder cannot reach, by `?why=`."""
    campaigns = list(_campaigns(request)[:CAMPAIGNS])
    campaign = next((one for one in campaigns if one.pk == pk), None) or one_campaign(request, pk)
    chosen = choice(request)
    why = request.GET.get("why", "")
    why = why if why in Obstacle.values else ""
    name = reaching.NEVER if why else _list_asked(request)
    gifts = chosen.unit.of(reaching.covered(campaign, of_request(request)))
    pause = _pause(request)
    if why:
        waiting = chosen.unit.of(_to_remind(request, campaign, pause))
        found = reaching.kept_by(waiting, Obstacle(why), pause_days=pause)
    else:
        found = _only(gifts, name)
    rows = _page(request, found, pause)
    for gift in rows.rows:
        gift.phone_shown = mask_phone(gift.worker.phone) if gift.worker.phone else ""
        reason = getattr(gift, "obstacle", "")
        gift.obstacle_shown = Obstacle(reason).label if reason else ""
    context = {
        "campaign": campaign,
        "campaigns": campaigns,
        "chosen": chosen,
        "list": name,
        "why": why,
        "title_of_list": Obstacle(why).label if why else TEXTS[name],
        "is_never": name == reaching.NEVER,
        "rows": rows,
        "waves": in_scope(request, ReminderWave)
        .filter(campaign=campaign)
        .select_related("union", "enterprise", "started_by")[:WAVES_SHOWN],
        "may_remind": request.user.has_perm(REMIND),
        "wave_query": urlencode(chosen.unit.query),
        **_figures_of_page(request, campaign, chosen.unit, gifts, name),
    }
    return render_page(
        request, "admin/pages/reach.html", title=_("Who knows of their cover"), context=context
    )


def _page(request: HttpRequest, found: "QuerySet[Any]", pause: int) -> Page:
    """The page's rows, found by key and read with all they show after that: joined to people and covers from
    the start, the last page would read through everybody before it.
    """
    keys = keyset_by(request, found.only("pk", "worker_id"), ("worker_id",))
    shown = found.model._default_manager.in_scope(of_request(request))
    shown = reaching.with_times(shown.filter(pk__in=[gift.pk for gift in keys.rows]))
    shown = shown.annotate(obstacle=reaching.obstacle(pause)).order_by("worker_id")
    rows = list(shown.select_related("worker", "enterprise", "coverage"))
    return Page(rows=rows, back=keys.back, forth=keys.forth)


def _to_remind(request: HttpRequest, campaign: Campaign, pause: int) -> "QuerySet[Any]":
    waiting = reaching.to_remind(campaign, of_request(request), pause_days=pause)
    return reaching.with_times(waiting)


def _pause(request: HttpRequest) -> int:
    """The pause of a preview whose numbers led here."""
    text = request.GET.get("pause", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else PAUSE_DAYS


def _list_asked(request: HttpRequest) -> str:
    asked = request.GET.get("list", "")
    allowed = [*reaching.LISTS, *([CLAIMED] if request.user.has_perm(SEES_CLAIMS) else [])]
    return asked if asked in allowed else reaching.NEVER


def _only(gifts: "QuerySet[Any]", name: str) -> "QuerySet[Any]":
    return with_claims(gifts) if name == CLAIMED else reaching.of_list(gifts, name)


def _figures_of_page(
    request: HttpRequest, campaign: Any, unit: Unit, gifts: "QuerySet[Any]", name: str
) -> dict[str, Any]:
    """The tiles where the campaign has given little, else the address that gives them."""
    query = urlencode(unit.query | {"shown": name})
    address = reverse("admin:reach_figures", args=[campaign.pk]) + f"?{query}"
    if (campaign.put_forward or 0) > FEW:
        return {"figures_url": address}
    return {"tiles": _tiles(campaign, unit, _count(request, gifts), name)}


@page(VIEW)
@require_GET
def figures(request: HttpRequest, pk: int) -> HttpResponse:
    """The figures alone: what a page puts in its place, or a page of their own without JavaScript."""
    campaign, unit = one_campaign(request, pk), chosen_unit(request)
    counts = _kept(request, campaign, unit)
    context = {
        "campaign": campaign,
        "tiles": _tiles(campaign, unit, counts, request.GET.get("shown", "")),
    }
    if request.headers.get("HX-Request"):
        return render(request, "admin/pages/parts/reach_tiles.html", context)
    return render_page(
        request, "admin/pages/reach_figures.html", title=_("Who knows of their cover"), context=context
    )


def _count(request: HttpRequest, gifts: "QuerySet[Any]") -> dict[str, int]:
    """Rows of each list; claims only for those who see them."""
    found = reaching.figures(gifts)
    counts = {
        reaching.ALL: found.covered,
        reaching.TOLD: found.told,
        reaching.OPENED: found.opened,
        reaching.OWN: found.own,
        reaching.NEVER: found.never,
    }
    if request.user.has_perm(SEES_CLAIMS):
        counts[CLAIMED] = with_claims(gifts).order_by().count()
    return counts


def _kept(request: HttpRequest, campaign: Campaign, unit: Unit) -> dict[str, int]:
    scope = of_request(request)
    reach = (scope.everything, sorted(scope.union_paths), sorted(scope.enterprise_ids))
    asked = repr((campaign.pk, sorted(unit.query.items()), reach, request.user.has_perm(SEES_CLAIMS)))
    key = f"reach:{hashlib.sha256(asked.encode()).hexdigest()}"
    found: dict[str, int] | None = cache.get(key)
    if found is None:
        found = _count(request, unit.of(reaching.covered(campaign, scope)))
        cache.set(key, found, KEPT_SECONDS)
    return found


def _tiles(campaign: Campaign, unit: Unit, counts: dict[str, int], shown: str) -> list[Tile]:
    address = reverse("admin:reach", args=[campaign.pk])
    return [
        Tile(
            code=code,
            text=TEXTS[code],
            count=count,
            percent="" if code == reaching.ALL else charts.percent(count, counts[reaching.ALL]),
            href=f"{address}?{urlencode(unit.query | {'list': code})}",
            tone=_TONES.get(code, "") if count else "",
            is_current=code == shown,
        )
        for code, count in counts.items()
    ]
