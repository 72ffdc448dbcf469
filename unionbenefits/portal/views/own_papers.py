"""One's own certificate: to print, to show as a code, to see as others see it."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from unionbenefits.core import clock, qr
from unionbenefits.core.answers import to_show
from unionbenefits.plans.models import Coverage
from unionbenefits.plans.papers import print_certificate, verify_address
from unionbenefits.plans.queries import own_coverage
from unionbenefits.portal.sessions import current_worker
from unionbenefits.workers.models import Worker

_View = Callable[[Worker, Coverage], HttpResponse]


def _own(view: _View) -> Callable[..., HttpResponse]:
    """A view of the signed-in worker's own cover; 404 for any other, whether it exists or not."""

    @wraps(view)
    def guarded(request: HttpRequest, number: str) -> HttpResponse:
        worker = current_worker(request)
        if worker is None:
            return redirect("portal:home")
        return view(worker, own_coverage(worker, number))

    return never_cache(require_GET(guarded))


@_own
def pdf(worker: Worker, cover: Coverage) -> HttpResponse:
    """The certificate as a file that opens in the browser, from where it is printed or kept."""
    name = f"保障凭证-{cover.certificate_no}.pdf"
    return to_show(print_certificate(by=worker, coverage=cover), name)


@_own
def qr_picture(_worker: Worker, cover: Coverage) -> HttpResponse:
    """The code as on the paper, of today. A picture of its own, so that the page needs no inline code."""
    picture = qr.svg(verify_address(cover, clock.today()))
    return HttpResponse(picture, content_type="image/svg+xml", headers={"X-Content-Type-Options": "nosniff"})


@_own
def public_check(_worker: Worker, cover: Coverage) -> HttpResponse:
    """The page that others see after scanning the code."""
    query = verify_address(cover, clock.today()).partition("?")[2]
    answer = redirect("portal:certificate", number=cover.certificate_no)
    answer["Location"] += "?" + query
    return answer
