"""What the worker was told."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from unionbenefits.portal.sessions import current_worker
from unionbenefits.workers.messages import latest, mark_read, said

# A screen or three; older ones are about covers and claims that their own pages show.
_SHOWN = 50


@never_cache
def messages(request: HttpRequest) -> HttpResponse:
    """The latest messages, new ones marked; having been shown, they are read."""
    worker = current_worker(request)
    if worker is None:
        return redirect("portal:home")
    shown = [(said(each), each) for each in latest(worker, _SHOWN)]
    response = render(request, "portal/messages.html", {"shown": shown})
    mark_read(worker=worker)
    return response
