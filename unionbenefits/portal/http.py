"""Small helpers of the portal's views."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

View = Callable[[HttpRequest], HttpResponse]


def posted(view: View) -> View:
    """A view that only forms reach; whoever opens its address by hand or by the back button lands at home."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        return view(request) if request.method == "POST" else redirect("portal:home")

    return never_cache(guarded)
