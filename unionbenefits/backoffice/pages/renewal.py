"""Lapsing and dropped: a campaign's people whose cover ends soon, and those its renewal left behind."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from unionbenefits.backoffice.pages import listing
from unionbenefits.backoffice.pages.base import in_scope, page, render_page
from unionbenefits.backoffice.pages.paging import keyset
from unionbenefits.campaigns.enums import LeftOut
from unionbenefits.campaigns.models import Campaign
from unionbenefits.campaigns.renewals import about_to_lapse, dropped
from unionbenefits.core.masking import mask_name
from unionbenefits.core.scope import of_request

VIEW = ("campaigns.view_campaign", "campaigns.view_gift")
WITHIN = (30, 60, 90)


@page(*VIEW)
@require_GET
def renewal(request: HttpRequest, pk: int) -> HttpResponse:
    """One list at a time, by `?list=`: days until the cover ends, or `dropped`."""
    scoped = in_scope(request, Campaign).select_related("owner", "renews")
    campaign: Campaign = get_object_or_404(scoped, pk=pk)
    scope = of_request(request)
    lists: dict[str, Any] = {str(days): about_to_lapse(campaign, scope, days) for days in WITHIN}
    texts = [(str(days), _("Ends within %(days)d days") % {"days": days}) for days in WITHIN]
    if campaign.renews_id is not None:
        lists["dropped"] = dropped(campaign, scope)
        texts.append(("dropped", _("Dropped")))
    chosen = request.GET.get("list", "")
    chosen = chosen if chosen in lists else next(iter(lists))
    rows = keyset(request, lists[chosen].select_related("worker", "enterprise", "coverage"))
    for gift in rows.rows:
        gift.shown_name = mask_name(gift.worker.name)
        gift.why_shown = LeftOut(gift.why).label if getattr(gift, "why", None) else ""
    return render_page(
        request,
        "admin/pages/renewal.html",
        title=_("Lapsing and dropped"),
        context={
            "campaign": campaign,
            "is_dropped": chosen == "dropped",
            "rows": rows,
            "tabs": listing.tabs(
                texts,
                {code: found.count() for code, found in lists.items()},
                chosen=chosen,
                name="list",
                tones={"30": "bad", "60": "warn", "dropped": "warn"},
            ),
        },
    )
