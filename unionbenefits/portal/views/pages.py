"""One's own cover, explanations, the switches of language and print."""

from collections.abc import Collection

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
_TEXT_SIZE = "text_size"


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
    chosen = request.POST.get("language", "")
    return _remember(request, settings.LANGUAGE_COOKIE_NAME, chosen, known=dict(settings.LANGUAGES))


@posted
def text_size(request: HttpRequest) -> HttpResponse:
    """Remembers large print, or the usual one, for a year and goes back to the page."""
    return _remember(request, _TEXT_SIZE, request.POST.get("size", ""), known=("large", "usual"))


def _remember(request: HttpRequest, name: str, chosen: str, *, known: Collection[str]) -> HttpResponse:
    """Back to the page that asked, with the choice in a cookie: it is the browser's, not the person's."""
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = "/"
    response = redirect(target)
    if chosen in known:
        secure = settings.LANGUAGE_COOKIE_SECURE
        response.set_cookie(name, chosen, max_age=_A_YEAR, secure=secure, httponly=True, samesite="Lax")
    return response
