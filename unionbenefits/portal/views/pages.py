"""One's own cover, explanations, the language switch."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from unionbenefits.core import clock
from unionbenefits.plans.queries import coverage_of
from unionbenefits.portal.claim_list import newest
from unionbenefits.portal.cover import card
from unionbenefits.portal.forms import SignInForm
from unionbenefits.portal.http import posted
from unionbenefits.portal.sessions import current_worker
from unionbenefits.portal.views.sign_in import sign_in_page
from unionbenefits.workers.messages import has_news

_A_YEAR = 365 * 24 * 3600


@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """Am I covered, until when, what does it pay. A guest finds the sign-in here."""
    worker = current_worker(request)
    if worker is None:
        return sign_in_page(request, SignInForm())
    today = clock.today()
    coverage = coverage_of(worker, today)
    past = [card(cover, today) for cover in coverage.past]
    claims = newest(worker)
    context = {
        "worker": worker,
        "today": today,
        "current": [card(cover, today) for cover in coverage.current],
        "upcoming": [card(cover, today) for cover in reversed(coverage.upcoming)],
        "past": past,
        "can_still_apply": any(each.ever_held for each in past),
        "claims": claims,
        "claims_wait": any(row.tone == "wait" for row in claims),
        "has_news": has_news(worker),
    }
    return render(request, "portal/home.html", context)


def explanations(request: HttpRequest) -> HttpResponse:
    """What the cover is, what it pays, what to do after a hospital stay."""
    return render(request, "portal/help.html")


@posted
def language(request: HttpRequest) -> HttpResponse:
    """Remembers the chosen language for a year and goes back to the page, if it is one of ours."""
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = "/"
    response = redirect(target)
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=_A_YEAR,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response
