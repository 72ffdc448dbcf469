"""Views of a signed-in worker's own claims: 404 for another's, whether it exists or not (invariant 9)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache

from unionbenefits.claims.enums import ClaimState, FiledThrough
from unionbenefits.claims.models import Claim
from unionbenefits.portal.sessions import current_worker

_View = Callable[..., HttpResponse]


def signed_in(view: _View) -> _View:
    """A view that gets the signed-in worker after the request; a guest lands at the sign-in."""

    @wraps(view)
    def guarded(request: HttpRequest, **rest: Any) -> HttpResponse:
        worker = current_worker(request)
        return redirect("portal:home") if worker is None else view(request, worker, **rest)

    return never_cache(guarded)


def own_claim(view: _View) -> _View:
    """A view that gets the signed-in worker's own claim (`claim.worker`) after the request. What an officer
    has begun for the worker and not sent is the officer's.
    """

    @signed_in
    @wraps(view)
    def guarded(request: HttpRequest, worker: Any, pk: int, **rest: Any) -> HttpResponse:
        mine = Claim.objects.for_worker(worker).exclude(
            state=ClaimState.DRAFT, filed_through=FiledThrough.OFFICER
        )
        mine = mine.select_related("coverage__plan_version")
        claim = get_object_or_404(mine, pk=pk)
        claim.worker = worker
        return view(request, claim, **rest)

    return guarded
