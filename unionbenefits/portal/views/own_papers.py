"""One's own certificate: to print, to show as a code, to see as others see it."""

import datetime as dt
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from unionbenefits.core import clock, qr
from unionbenefits.core.answers import to_show
from unionbenefits.plans.models import Coverage
from unionbenefits.plans.papers import print_certificate, verify_address
from unionbenefits.plans.queries import coverage_of, own_coverage
from unionbenefits.portal import keeping
from unionbenefits.portal.cover import Card, card
from unionbenefits.portal.sessions import current_worker
from unionbenefits.workers.models import Worker

_View = Callable[[HttpRequest, Worker, Coverage], HttpResponse]


def _own(view: _View) -> Callable[..., HttpResponse]:
    """A view of the signed-in worker's own cover; 404 for any other, whether it exists or not."""

    @wraps(view)
    def guarded(request: HttpRequest, number: str) -> HttpResponse:
        worker = current_worker(request)
        if worker is None:
            return redirect("portal:home")
        return view(request, worker, own_coverage(worker, number))

    return never_cache(guarded)


@require_GET
@_own
def certificate(request: HttpRequest, worker: Worker, cover: Coverage) -> HttpResponse:
    """The certificate to show on the screen, to save, to print, to keep for where there is no network."""
    shown = _card(worker, cover)
    return render(request, "portal/cover.html", {"card": shown, "name": worker.name})


@require_POST
@_own
def keep(request: HttpRequest, worker: Worker, cover: Coverage) -> HttpResponse:
    """The page that the browser keeps: the same certificate with its code inside, and no form, as those of a
    kept page would be out of date. `X-Kept-Until` says from when on it must not be shown any more.
    """
    shown, today = _card(worker, cover), clock.today()
    address = verify_address(cover, today)
    context = {"card": shown, "name": worker.name, "code": qr.data_uri(address), "today": today}
    context["large"] = request.COOKIES.get("text_size") == "large"
    # Without the request: neither its messages nor its tokens belong into a copy.
    answer = HttpResponse(render_to_string("portal/kept.html", context))
    over = shown.cover.last_day + dt.timedelta(days=1)
    answer.headers["X-Kept-Until"] = f"{over.isoformat()}T00:00:00+08:00"
    keeping.remember(answer, worker, secure=settings.SESSION_COOKIE_SECURE)
    return answer


def _card(worker: Worker, cover: Coverage) -> Card:
    """The cover as its page shows it today."""
    today = clock.today()
    found = coverage_of(worker, today)
    all_own = (*found.current, *found.upcoming, *found.past)
    return card(next(own for own in all_own if own.certificate_no == cover.certificate_no), today)


@require_GET
@_own
def pdf(_request: HttpRequest, worker: Worker, cover: Coverage) -> HttpResponse:
    """The certificate as a file that opens in the browser, from where it is printed or kept."""
    name = f"保障凭证-{cover.certificate_no}.pdf"
    return to_show(print_certificate(by=worker, coverage=cover), name)


@require_GET
@_own
def qr_picture(_request: HttpRequest, _worker: Worker, cover: Coverage) -> HttpResponse:
    """The code as on the paper, of today. A picture of its own, so that the page needs no inline code."""
    picture = qr.svg(verify_address(cover, clock.today()))
    return HttpResponse(picture, content_type="image/svg+xml", headers={"X-Content-Type-Options": "nosniff"})


@require_GET
@_own
def public_check(_request: HttpRequest, _worker: Worker, cover: Coverage) -> HttpResponse:
    """The page that others see after scanning the code."""
    query = verify_address(cover, clock.today()).partition("?")[2]
    answer = redirect("portal:certificate", number=cover.certificate_no)
    answer["Location"] += "?" + query
    return answer
