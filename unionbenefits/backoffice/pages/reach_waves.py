"""Reminder waves: whom one would reach, started, watched, stopped."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from unionbenefits.accounts.quiet import held_until, quiet_hours
from unionbenefits.backoffice.pages.base import in_scope, page, render_page
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.backoffice.pages.reach import PAUSE_DAYS, REMIND, VIEW, one_campaign
from unionbenefits.backoffice.pages.reach_units import Unit, chosen_unit, own_union
from unionbenefits.campaigns.actions.reminding import (
    TO_TAKE_BACK,
    planned,
    preview_wave,
    start_wave,
    stop_wave,
)
from unionbenefits.campaigns.enums import Obstacle
from unionbenefits.campaigns.models import Campaign, ReminderWave
from unionbenefits.campaigns.reach import texts_of
from unionbenefits.campaigns.reach_models import OPEN_WAVES
from unionbenefits.core import clock
from unionbenefits.core.errors import Refusal
from unionbenefits.workers.enums import MessageKind
from unionbenefits.workers.message_words import text_of

SHORTEST, LONGEST = 3, 180
# What an officer can do about each obstacle.
HINTS: dict[str, Promise] = {
    Obstacle.NO_PHONE: gettext_lazy("Ask the enterprise for the number, or tell them in person."),
    Obstacle.SHARED_PHONE: gettext_lazy(
        "Often the number of a clerk. Ask for their own, or tell them in person."
    ),
    Obstacle.REFUSED: gettext_lazy("They said so on their page. Tell them in person if you can."),
    Obstacle.TOLD: gettext_lazy("They are left in peace until the pause is over."),
    Obstacle.DIED: gettext_lazy("Nobody is told."),
}


class PauseForm(forms.Form):
    """How long whoever was told is left in peace."""

    pause = forms.IntegerField(
        label=gettext_lazy("Leave out whoever was told within so many days"),
        min_value=SHORTEST,
        max_value=LONGEST,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


@dataclass(frozen=True, slots=True)
class Left:
    """An obstacle: how many it keeps from a reminder, what to do, and the list of exactly those."""

    text: str | Promise
    count: int
    hint: str | Promise
    href: str


@page(REMIND)
@require_http_methods(["GET", "POST"])
def wave(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom a wave would reach and whom not; a POST starts it."""
    campaign, unit = one_campaign(request, pk), chosen_unit(request)
    form = PauseForm(request.POST or {"pause": request.GET.get("pause", PAUSE_DAYS)})
    valid = form.is_valid()
    pause = form.cleaned_data["pause"] if valid else PAUSE_DAYS
    try:
        plan = _plan(request, campaign, unit, pause)
        if request.method == "POST" and valid and "start" in request.POST:
            return redirect("admin:reach_wave", pk=start_wave(by=officer(request), wave=plan).pk)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        if refusal.code == "unit_outside_scope":
            return redirect(reverse("admin:reach", args=[pk]))
    return _preview_page(request, plan, unit, form, status=200 if valid else 422)


def _plan(request: HttpRequest, campaign: Campaign, unit: Unit, pause: int) -> ReminderWave:
    """Without a chosen unit: the person's own union, with everything below it."""
    return planned(
        by=officer(request),
        campaign=campaign,
        union=unit.union or (None if unit.enterprise else own_union(request)),
        enterprise=unit.enterprise,
        pause_days=pause,
    )


def _preview_page(
    request: HttpRequest, plan: ReminderWave, unit: Unit, form: PauseForm, status: int
) -> HttpResponse:
    preview = preview_wave(plan)
    address = reverse("admin:reach", args=[plan.campaign_id])
    kept = Unit(plan.union, plan.enterprise).query | {"pause": str(plan.pause_days)}
    now = clock.now()
    context = {
        "campaign": plan.campaign,
        "plan": plan,
        "unit": unit,
        "form": form,
        "preview": preview,
        "left": [
            Left(Obstacle(code).label, count, HINTS[code], f"{address}?{urlencode(kept | {'why': code})}")
            for code, count in sorted(preview.obstacles.items(), key=lambda one: -one[1])
        ],
        "text": text_of(MessageKind.NEVER_OPENED),
        "quiet": quiet_hours(),
        "waits_until": held_until(now + TO_TAKE_BACK),
        "minutes": int(TO_TAKE_BACK.total_seconds() // 60),
        "list_url": f"{address}?{urlencode(unit.query)}",
    }
    return render_page(
        request, "admin/pages/reach_wave.html", title=_("Reminder wave"), context=context, status=status
    )


def one_wave(request: HttpRequest, pk: int) -> ReminderWave:
    """A wave in scope, or Http404."""
    waves = in_scope(request, ReminderWave).select_related("campaign", "union", "enterprise", "started_by")
    found: ReminderWave = get_object_or_404(waves, pk=pk)
    return found


@page(VIEW)
@require_GET
def watch(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a wave is, and what became of its text messages."""
    return render_page(
        request,
        "admin/pages/reach_watch.html",
        title=_("Reminder wave"),
        context=_about(request, one_wave(request, pk)),
    )


@page(VIEW)
@require_GET
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The bar; once nothing moves any more, the page loads again."""
    about = _about(request, one_wave(request, pk))
    if not about["moves"]:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return render(request, "admin/pages/parts/reach_run.html", about)


@page(REMIND)
@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes back whatever has not left."""
    spared = stop_wave(by=officer(request), wave=one_wave(request, pk))
    messages.info(
        request,
        ngettext(
            "Stopped. %(count)s reminder that had not left was taken back.",
            "Stopped. %(count)s reminders that had not left were taken back.",
            spared,
        )
        % {"count": f"{spared:,}"},
    )
    return redirect("admin:reach_wave", pk=pk)


def _about(request: HttpRequest, wave: ReminderWave) -> dict[str, Any]:
    texts = texts_of(wave)
    runs = wave.state in OPEN_WAVES
    now = clock.now()
    return {
        "wave": wave,
        "texts": texts,
        "runs": runs,
        "moves": runs or (texts.waiting > 0 and held_until(now) is None),
        "may_stop": (runs or texts.waiting > 0) and request.user.has_perm(REMIND),
        "not_begun": runs and wave.starts_at > now,
        "held_until": held_until(now),
        "quiet": quiet_hours(),
        "left": max(0, texts.written - texts.waiting),
    }
